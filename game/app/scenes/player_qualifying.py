"""Set up the qualifying of whoever sits at the window, for the race of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from game.app.car.livery import Livery
from game.app.car.settings import chosen_livery
from game.app.driving.drive import Drive
from game.app.driving.qualifying import Qualifying
from game.app.driving.race_field import bot_entrants, field_paces, player_entrants
from game.app.scenes.player_drive import player_drive
from game.app.scenes.two_player_drive import drive_of_two, players_liveries
from game.app.setup.model.garage import Garage
from game.app.venue.field_ahead import FieldWanted
from game.racing.rules import race_rules


def player_qualifying(garage: Garage, wanted: FieldWanted) -> Qualifying:
    """Return the qualifying of the player, who drives alone, against their best lap.

    Each valid lap is kept as in any drive alone. wanted: the field whose plans the bots' times are.
    """
    drive = player_drive(garage, goes_back=False)
    return _qualifying(garage, drive, wanted, [chosen_livery(garage.context.settings.car)])


def qualifying_of_two(garage: Garage, wanted: FieldWanted) -> Qualifying:
    """Return the qualifying of two players, who are on the circuit at once; no lap is kept.

    wanted: the field whose plans the bots' times are.
    """
    return _qualifying(garage, drive_of_two(garage), wanted, players_liveries(garage.context))


def _qualifying(
    garage: Garage, drive: Drive, wanted: FieldWanted, liveries: Sequence[Livery]
) -> Qualifying:
    race = garage.context.settings.race
    paces = field_paces(race, len(garage.track.grid), len(liveries))
    return Qualifying(
        drive,
        player_entrants(liveries),
        bot_entrants(liveries, race, paces),
        race_rules().qualifying.laps,
        partial(garage.field_ahead.laps_s, wanted),
    )
