"""Set up the race of the player at the window."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from game.app.context import display  # noqa: F401  # first: it settles how pygame starts

import pygame  # isort: skip

from game.app.driving.driven_car import CarEntry
from game.app.driving.race_drive import RaceDrive, race_entries
from game.app.driving.race_field import RaceEntrant, field_paces, grid_order
from game.app.scenes.loading_steps import field_steps, ground_steps
from game.app.scenes.race import RaceScene
from game.app.scenes.two_player_drive import players_entries, players_liveries
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
    return _field(garage, field_paces(race, len(garage.track.grid), players))


def field_of(garage: Garage, grid: Sequence[RaceEntrant]) -> FieldWanted:
    """Return what has to be prepared for the bots of a grid, as `field_wanted` for those chosen."""
    paces = (each.pace for each in grid if not each.is_player)
    return _field(garage, sorted(paces, reverse=True))


def _field(garage: Garage, paces: Sequence[float]) -> FieldWanted:
    race = garage.context.settings.race
    minutes = race.minutes if race.length == "minutes" else 0
    wanted = (*paces, race_rules().end.cool_down_pace)
    return FieldWanted(_bots_setup(garage), wanted, race.laps, minutes)


def chosen_grid(garage: Garage, players: int, laps_s: Sequence[float]) -> list[RaceEntrant]:
    """Return the grid of the settings, for so many players; by laps if they have not qualified.

    laps_s: that the bots plan, for the paces that were wanted.
    """
    race = garage.context.settings.race
    paces = field_paces(race, len(garage.track.grid), players)
    liveries = players_liveries(garage.context)[:players]
    return grid_order(liveries, race, paces, laps_s, garage.best_s)


def race_from(garage: Garage, grid: Sequence[RaceEntrant]) -> RaceDrive:
    """Return the race of the settings from a grid, with the player's car, or those of two."""
    players = sum(each.is_player for each in grid)
    if players == 1:
        return _race_of_one(garage, grid)
    return _race(garage, grid, players_entries(garage))


def _race_of_one(garage: Garage, grid: Sequence[RaceEntrant]) -> RaceDrive:
    context, spec = garage.context, garage.spec
    setup, state = garage.drive_setup, context.inputs.state
    player = CarEntry(
        spec,
        setup,
        lambda: HumanDriver(state, spec, setup),
        damage=context.damage,
        heard_by=(context.telemetry,),
    )
    drive = _race(garage, grid, [player])
    context.telemetry.describe(garage.track.name, spec.id, drive.followed.number)
    return drive


def _race(
    garage: Garage, entrants: Sequence[RaceEntrant], players: Sequence[CarEntry]
) -> RaceDrive:
    bots_setup = _bots_setup(garage)
    entries = race_entries(entrants, players, bots_setup)
    wanted = field_of(garage, entrants)
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
