"""The rivals that drive along with a player: those who were invited, and the medals to come."""

from __future__ import annotations

from game.app.car.medal_liveries import MEDAL_LIVERIES
from game.app.driving.driven_car import DrivenCar
from game.app.driving.rival import Rival
from game.app.setup.model.garage import Garage
from game.goals.medals import next_medal
from game.goals.targets import Targets


def rivals_of(garage: Garage, car: DrivenCar) -> tuple[Rival, ...]:
    """Return the rivals of the player's car now, as its best lap and the settings have them."""
    targets = garage.targets
    medals = () if targets is None else _medal_rivals(garage, targets, car.best.time_s)
    return (*garage.rivals, *medals)


def _medal_rivals(garage: Garage, targets: Targets, best_s: float) -> tuple[Rival, ...]:
    shown = garage.context.settings.hud.medal_ghosts
    medals = list(targets.laps)
    if shown != "all":
        following = next_medal(targets.lap_times, best_s)
        medals = [] if shown == "none" or following is None else [following]
    return tuple(Rival(each.title, MEDAL_LIVERIES[each], targets.laps[each]) for each in medals)
