"""Set up the drive of two players at one machine, and prepare its first frame."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Final

from game.app.car.livery import LIVERIES, Livery
from game.app.car.settings import chosen_livery
from game.app.context import display  # noqa: F401  # first: it settles how pygame starts

import pygame  # isort: skip

from game.app.context.app_context import AppContext
from game.app.driving.compiled_drive import CompiledDrive
from game.app.driving.drive import Drive
from game.app.driving.driven_car import CarEntry
from game.app.driving.race_field import free_liveries
from game.app.input.seat import Seat
from game.app.scenes.loading_steps import field_steps, ground_steps
from game.app.scenes.split import SplitScene
from game.app.setup.model.garage import Garage
from game.app.venue.field_ahead import FieldWanted
from game.drivers.human_driver import HumanDriver
from game.errors import InputError
from game.setups.presets import load_setup, presets
from game.translation import _
from game.vehicle.setup import Setup

_CARS: Final = 0.3  # of all the work


def players_liveries(context: AppContext) -> list[Livery]:
    """Return what the cars of two players wear: never the same colours, nor the same number."""
    first = chosen_livery(context.settings.car)
    wanted = context.settings.two_players.livery
    second = next(each for each in LIVERIES if each.name == wanted)
    if second.name == first.name:
        return [first, *free_liveries([first], 1)]
    if second.number == first.number:
        second = second._replace(number=free_liveries([first, second], 1)[0].number)
    return [first, second]


def setup_names(garage: Garage) -> list[str]:
    """Return the names of the setups that the second player can choose, the chosen one's, too."""
    names = [preset.name for preset in presets(garage.spec) if preset.setup is not None]
    chosen = garage.context.settings.two_players.setup
    return names if not chosen or chosen in names else [*names, chosen]


def players_setups(garage: Garage) -> list[Setup]:
    """Return the setups of two players: the garage's, and the one of a name or the same.

    Of a setup that cannot be had the player is told.
    """
    own, name = garage.drive_setup, garage.context.settings.two_players.setup
    if not name:
        return [own, own]
    try:
        return [own, garage.as_driven(load_setup(name, garage.spec))]
    except InputError as error:
        text = _("Player 2 has the setup of Player 1: {why}")
        garage.context.notice.show(text.format(why=error))
        return [own, own]


def players_entries(garage: Garage) -> list[CarEntry]:
    """Return the cars of two players, each with a setup and driven from a seat."""
    spec = garage.spec

    def driver(seat: Seat, setup: Setup) -> HumanDriver:
        return HumanDriver(seat.state, spec, setup)

    setups, liveries = players_setups(garage), players_liveries(garage.context)
    return [
        CarEntry(spec, setup, partial(driver, seat, setup), livery, garage.context.damage)
        for seat, setup, livery in zip(garage.context.seats, setups, liveries, strict=True)
    ]


def ticks_wanted(garage: Garage) -> FieldWanted:
    """Return what has to be prepared for a free drive of two players: nothing but its ticks."""
    return FieldWanted(garage.drive_setup, (), 0)


def drive_of_two(garage: Garage) -> Drive:
    """Return the free drive of two players, from the first boxes of the grid."""
    return CompiledDrive(garage.track, players_entries(garage))


def split_steps(scene: SplitScene, size: tuple[int, int]) -> Iterator[float]:
    """Paint the cars and the ground in both halves, then draw all once unseen."""
    yield 0.0
    for share in field_steps(scene.picture.cars):
        yield _CARS * share
    for pane, part in zip(scene.panes, scene.halves(size), strict=True):
        view = pane.view(part.size, 0.0)
        for share in ground_steps(scene.garage.venue, view, pane.number):
            yield _CARS + (1.0 - _CARS) * 0.5 * (pane.number + share)
    scene.draw(pygame.Surface(size))
