"""Set up a race of the window in which a bot sits at the player's wheel."""

from __future__ import annotations

import math
from collections.abc import Callable

from game.app.scenes.player_race import chosen_grid, field_wanted, race_from
from game.app.scenes.race import RaceScene
from game.app.scenes.routes import SceneRoutes
from game.app.setup.model.garage import Garage
from game.app.venue.field_ahead import FieldWanted, race_length
from game.bot.planning import make_plan
from game.drivers.driver import Driver


def staged_race(routes: SceneRoutes, make_driver: Callable[[], Driver]) -> RaceScene:
    """Return the race of the settings, on its grid. make_driver: makes who sits at the wheel."""
    garage = routes.garage
    race = race_from(garage, chosen_grid(garage, 1, planned_field(garage, field_wanted(garage))))
    car = race.followed
    car.entry = car.entry._replace(make_driver=make_driver)
    race.restart()
    return RaceScene(garage, routes, race)


def planned_field(garage: Garage, wanted: FieldWanted) -> list[float]:
    """Return the laps of a field, once all are planned, as of bots that nobody is among."""
    laps = race_length(garage.track, garage.spec, wanted).laps
    for pace in wanted.paces:
        make_plan(garage.track, garage.spec, wanted.setup, pace=pace, laps=laps)
    return [math.inf for _ in wanted.paces]
