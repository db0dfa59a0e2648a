"""Set up the race of the player at the window."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from game.app.car.settings import chosen_livery
from game.app.context import display  # noqa: F401  # first: it settles how pygame starts

import pygame  # isort: skip

from game.app.driving.driven_car import CarEntry
from game.app.driving.race_drive import RaceDrive, race_entries
from game.app.driving.race_field import RaceEntrant, field_paces, grid_order
from game.app.scenes.loading_steps import field_steps, ground_steps
from game.app.scenes.race import RaceScene
from game.app.scenes.two_player_drive import players_entries
from game.app.setup.model.garage import Garage
from game.app.venue.field_ahead import FieldWanted, race_length
from game.app.view.camera import View
from game.drivers.human_driver import HumanDriver
from game.racing.rules import race_rules
from game.vehicle.setup import Setup, default_setup

_SEEDS: Final = 1_000_000
_CARS: Final = 0.3  # of all the work


def field_wanted(garage: Garage, players: int = 1) -> FieldWanted:
    """Return what has to be prepared: the field that is chosen, and who drives behind the flag."""
    race = garage.context.settings.race
    paces = field_paces(race, len(garage.track.grid), players)
    paces = (*paces, race_rules().end.cool_down_pace)
    minutes = race.minutes if race.length == "minutes" else 0
    return FieldWanted(_bots_setup(garage), paces, race.laps, minutes)


def player_race(garage: Garage, laps_s: Sequence[float]) -> RaceDrive:
    """Return the race of the settings, the player's car among those of bots.

    laps_s: that the bots plan, for the paces that were wanted.
    """
    context, spec = garage.context, garage.spec
    race = context.settings.race
    paces = field_paces(race, len(garage.track.grid))
    own = [chosen_livery(context.settings.car)]
    entrants = grid_order(own, race, paces, laps_s, garage.best_s)
    setup, state = garage.drive_setup, context.inputs.state
    player = CarEntry(
        spec,
        setup,
        lambda: HumanDriver(state, spec, setup),
        damage=context.damage,
        heard_by=(context.telemetry,),
    )
    drive = _race(garage, entrants, [player])
    context.telemetry.describe(garage.track.name, spec.id, drive.followed.number)
    return drive


def race_of_two(garage: Garage, laps_s: Sequence[float]) -> RaceDrive:
    """Return the race of the settings for two players, among bots if more than two cars race.

    laps_s: that the bots plan, for the paces that were wanted.
    """
    context, entries = garage.context, players_entries(garage)
    race = context.settings.race
    paces = field_paces(race, len(garage.track.grid), len(entries))
    liveries = [each.livery for each in entries]
    entrants = grid_order(liveries, race, paces, laps_s, garage.best_s)
    return _race(garage, entrants, entries)


def _race(
    garage: Garage, entrants: Sequence[RaceEntrant], players: Sequence[CarEntry]
) -> RaceDrive:
    bots_setup = _bots_setup(garage)
    entries = race_entries(entrants, players, bots_setup)
    wanted = field_wanted(garage, len(players))
    length, seed = race_length(garage.track, garage.spec, wanted), secrets.randbelow(_SEEDS)
    return RaceDrive(garage.track, entrants, entries, length, seed, bots_setup)


def race_steps(scene: RaceScene, view: View) -> Iterator[float]:
    """Paint the cars and the ground in view, then draw all once unseen."""
    yield 0.0
    for share in field_steps(scene.picture.cars):
        yield _CARS * share
    for share in ground_steps(scene.garage.venue, view):
        yield _CARS + (1.0 - _CARS) * share
    scene.draw(pygame.Surface((view.width, view.height)))


def _bots_setup(garage: Garage) -> Setup:
    """Return the setup of the bots: what the car has when it is new, on the player's tyres."""
    own = garage.drive_setup
    return msgspec.structs.replace(
        default_setup(garage.spec), tyre=own.tyre, tyre_state=own.tyre_state
    )
