"""Mark the other cars of a drive: by their names in view, by arrows at the edge out of view."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import pygame

from game.app.driving.driven_car import DrivenCar
from game.app.driving.ghost_tag import GhostTag, draw_tag
from game.app.driving.race_board import BoardRow
from game.app.driving.seen_drive import SeenDrive
from game.app.hud.near_cars import NearCar, draw_near_cars
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.view.camera import View

_TAG_M: Final = 3.0  # from a car to its name
_MIN_TAG_PX: Final = 8.0


class MarkedCar(NamedTuple):
    """A car other than the followed one, with what it is marked by."""

    car: DrivenCar
    number: str
    name: str
    colour: Colour


def marked_cars(seen: SeenDrive, rows: Iterable[BoardRow]) -> list[MarkedCar]:
    """Return the cars of rows of a race's board, but for the driver's own."""
    return [
        MarkedCar(seen.cars[row.car], row.number, row.name, row.colour)
        for row in rows
        if not row.is_own
    ]


def draw_names(
    surface: pygame.Surface,
    view: View,
    seen: SeenDrive,
    fraction: float,
    cars: Sequence[MarkedCar],
    text_scale: float,
) -> None:
    """Write the names of cars in view beside them, on the sides away from the followed car."""
    own = seen.followed.pose(fraction)
    own_place = view.to_screen(own.x_m, own.y_m)
    clear_px = max(_TAG_M * view.pixels_per_m, _MIN_TAG_PX)
    taken: list[Box] = []
    for marked in cars:
        pose = marked.car.pose(fraction)
        place = view.to_screen(pose.x_m, pose.y_m)
        if surface.get_rect().collidepoint(place):
            away = (place[0] - own_place[0], place[1] - own_place[1] - 1.0)
            tag = GhostTag(f"{marked.number} {marked.name}", marked.colour, text_scale)
            box = draw_tag(surface, tag, place, away, clear_px, taken)
            taken += [] if box is None else [box]


def draw_arrows(
    surface: pygame.Surface,
    view: View,
    seen: SeenDrive,
    fraction: float,
    cars: Sequence[MarkedCar],
    boxes: Sequence[Box],
    text_scale: float,
) -> None:
    """Draw arrows at the edge to cars that are near but out of view, beside what is read."""
    near = []
    for marked in cars:
        pose = marked.car.pose(fraction)
        near.append(NearCar(pose.x_m, pose.y_m, marked.number, marked.colour))
    own = seen.followed.pose(fraction)
    draw_near_cars(surface, view, (own.x_m, own.y_m), near, boxes, text_scale)
