"""Lay out a circuit before its first scene is shown: the cars, and the ground that is in view."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from typing import Final

from game.app.context import display  # noqa: F401  # first: it settles how pygame starts

import pygame  # isort: skip

from game.app.car.livery import GHOST
from game.app.car.medal_liveries import MEDAL_LIVERIES
from game.app.car.settings import chosen_livery
from game.app.car.sprite import CarSprite
from game.app.driving.car_view import CarView
from game.app.menus.scene import Scene
from game.app.scenes.driving import DrivingScene
from game.app.scenes.title import TitleScene
from game.app.venue.venue import Venue
from game.app.view.camera import NORTH_RAD, View

_CARS: Final = 0.1  # of all the work


def loading_steps(scene: DrivingScene | TitleScene, view: View) -> Iterator[float]:
    """Paint the cars while the ground is begun in the background, then draw all once unseen.

    What is drawn for the first time takes longer than a frame has.
    """
    yield 0.0  # so that the window shows something first
    scene.garage.venue.poll()  # processes begin to paint the ground while the cars are painted
    chosen = chosen_livery(scene.garage.context.settings.car)
    for livery in (chosen, GHOST, *MEDAL_LIVERIES.values()):
        CarSprite(scene.garage.spec, livery).prepare()
        yield _CARS
    venue = scene.garage.venue
    for share in ground_steps(venue, view):
        yield _CARS + (1.0 - _CARS) * share
    if isinstance(scene, TitleScene):
        scene.attract_mode.prepare()
    venue.plan_ahead.begin()  # not before: it would hold up the ground
    scene.garage.poll()  # whose first call reads medal times, or has a process begin to drive them
    scene.draw(pygame.Surface((view.width, view.height)))


def field_steps(cars: Sequence[CarView]) -> Iterator[float]:
    """Paint the cars of a field; yield how much of it is done, 0..1."""
    for number, car in enumerate(cars, start=1):
        car.prepare()
        yield number / len(cars)


def ground_steps(venue: Venue, view: View, number: int = 0) -> Iterator[float]:
    """Have the ground of a view in memory, and room for what it needs later; yield 0..1.

    number: of the view, where there are several.
    """
    painted = venue.world_screen.view(view)
    yield from venue.world_view.load(painted, number)
    turns = venue.context.settings.camera.turns
    venue.world_view.reserve(painted._replace(up_rad=0.0 if turns else NORTH_RAD), number)


def settled(scene: Scene) -> Scene:
    """Return the scene, with the memory in order."""
    settle_memory()
    return scene


def settle_memory() -> None:
    """Spare the collector what was loaded and stays: it would stop frames for 10 ms.

    What was spared before, as a circuit that was left since, is looked at once more.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
