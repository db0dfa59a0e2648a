"""Mark at the window's edge the cars of a race that are near but out of view."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.shapes import fill_circle
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, write_line
from game.app.ui.theme import Metrics, metrics
from game.app.view.camera import View

_FAR_M: Final = 120.0  # from the own car, where marks end
_NEAR_M: Final = 30.0  # where they are largest
_INSET: Final = 30
_RADIUS: Final = (10.0, 16.0)  # of the disc, far away and near
_TIP: Final = 1.75  # of the radius, to the tip of the arrow
_HALF_RAD: Final = 0.62  # between the arrow's axis and its feet
_PX: Final = 15
_FINER: Final = 3
_TURNS: Final = 64  # that arrows are drawn for


class NearCar(NamedTuple):
    """A car that may be out of view."""

    x_m: float
    y_m: float
    number: str
    colour: Colour


def draw_near_cars(
    surface: pygame.Surface,
    view: View,
    own_m: tuple[float, float],
    cars: Sequence[NearCar],
    read: Sequence[Box] = (),
    text_scale: float = 1.0,
) -> None:
    """Draw an arrow towards each car that is near and not in view, beside what is read."""
    sizes = metrics(surface.get_size(), text_scale)
    own = view.to_screen(*own_m)
    inset = sizes.space(_INSET)
    frame = Box(inset, inset, sizes.width - 2 * inset, sizes.height - 2 * inset)
    for car in sorted(cars, key=lambda each: -_away_m(each, own_m)):
        away_m = _away_m(car, own_m)
        x, y = view.to_screen(car.x_m, car.y_m)
        if away_m > _FAR_M or surface.get_rect().collidepoint(x, y):
            continue
        share = min(max((_FAR_M - away_m) / (_FAR_M - _NEAR_M), 0.0), 1.0)
        radius = (_RADIUS[0] + share * (_RADIUS[1] - _RADIUS[0])) * sizes.unit
        place = _clear(_at_edge(frame, own, (x, y)), round(1.8 * radius), frame, read)
        angle_rad = math.atan2(y - own[1], x - own[0])
        _draw_mark(surface, sizes, place, round(radius), angle_rad, car)


def _away_m(car: NearCar, own_m: tuple[float, float]) -> float:
    return math.hypot(car.x_m - own_m[0], car.y_m - own_m[1])


def _at_edge(
    frame: Box, own: tuple[float, float], place: tuple[float, float]
) -> tuple[float, float]:
    """Return where the line from the own car to a place leaves the frame."""
    x = min(max(own[0], frame.left + 1), frame.right - 1)
    y = min(max(own[1], frame.top + 1), frame.bottom - 1)
    east, down = place[0] - x, place[1] - y
    shares = [1.0]
    if east:
        shares.append(((frame.right if east > 0.0 else frame.left) - x) / east)
    if down:
        shares.append(((frame.bottom if down > 0.0 else frame.top) - y) / down)
    share = min(shares)
    return x + share * east, y + share * down


def _clear(
    place: tuple[float, float], reach: int, frame: Box, read: Sequence[Box]
) -> tuple[float, float]:
    """Return the place, moved along the edge that it is at from what is read there."""
    x, y = place
    for box in read:
        mark = Box(round(x) - reach, round(y) - reach, 2 * reach, 2 * reach)
        if not mark.meets(box):
            continue
        if min(x - frame.left, frame.right - x) < min(y - frame.top, frame.bottom - y):
            above = box.top - frame.top > frame.bottom - box.bottom  # there is more room
            y = box.top - reach if above else box.bottom + reach
        else:
            before = box.left - frame.left > frame.right - box.right
            x = box.left - reach if before else box.right + reach
    return min(max(x, frame.left), frame.right), min(max(y, frame.top), frame.bottom)


def _draw_mark(
    surface: pygame.Surface,
    sizes: Metrics,
    place: tuple[float, float],
    radius: int,
    angle_rad: float,
    car: NearCar,
) -> None:
    turn = round(angle_rad / (2.0 * math.pi) * _TURNS) % _TURNS
    arrow = _arrow(radius, turn, car.colour)
    half = arrow.get_width() / 2
    surface.blit(arrow, (place[0] - half, place[1] - half))
    fill_circle(surface, place, radius, palette.INK)
    px = max(round(1.1 * radius), sizes.text(_PX) * radius // round(_RADIUS[1] * sizes.unit))
    high = line_height(px)
    box = Box(round(place[0] - 2 * radius), round(place[1] - high / 2), 4 * radius, high)
    style = TextStyle(px, palette.BRIGHT, Weight.BOLD)
    write_line(surface, car.number, box, style, Align.CENTRE)


@lru_cache(maxsize=256)
def _arrow(radius: int, turn: int, colour: Colour) -> pygame.Surface:
    """Return a drop whose tip points where a car is, with a dark rim."""
    reach = round(_TIP * radius) + 3
    large = pygame.Surface((2 * reach * _FINER, 2 * reach * _FINER), pygame.SRCALPHA)
    angle_rad = 2.0 * math.pi * turn / _TURNS
    middle = reach * _FINER
    for shade, grown in (((*palette.INK, 220), 2.0), ((*colour, 255), 0.0)):
        body = (1.22 * radius + grown) * _FINER
        tip = (_TIP * radius + grown) * _FINER
        points = [
            (middle + length * math.cos(a), middle + length * math.sin(a))
            for a, length in (
                (angle_rad, tip),
                (angle_rad + _HALF_RAD, body),
                (angle_rad - _HALF_RAD, body),
            )
        ]
        pygame.draw.circle(large, shade, (middle, middle), body)
        pygame.draw.polygon(large, shade, points)
    return pygame.transform.smoothscale(large, (2 * reach, 2 * reach))
