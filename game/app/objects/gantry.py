"""Draw the start gantry: cars pass below it, so its beam is drawn over them."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.ui.palette import Colour
from game.app.view.camera import View
from game.arrays import Array
from game.track.track import Track

_AHEAD_M: Final = 9.0  # of the line, so that the driver on pole sees the lights
_DEEP_M: Final = 1.5
_BEYOND_M: Final = 1.6  # the tarmac's edges
_HEIGHT_M: Final = 6.0
_LAMPS: Final = 5
_BEAM: Final = (58, 60, 65)
_RAIL: Final = (112, 115, 120)
_BRACE: Final = (84, 87, 92)
_HOUSING: Final = (24, 25, 27)
_UNLIT: Final = (66, 20, 20)
_LIT: Final = (255, 58, 44)
_GLOW: Final = (96, 16, 10)  # around a lit lamp, added to what is below
_GLOW_M: Final = 1.1


class Beam(NamedTuple):
    """Holds the beam's outline, shape (4, 2), and its height above the road."""

    outline_m: Array
    height_m: float


def gantry_beam(track: Track) -> Beam:
    """Return the outline of the beam, and its height."""
    right_m, left_m = _ends(track)
    return Beam(_box(track, -0.5 * _DEEP_M, 0.5 * _DEEP_M, right_m, left_m), _HEIGHT_M)


def gantry_posts(track: Track) -> list[Array]:
    """Return the outlines of its posts on the ground."""
    right_m, left_m = _ends(track)
    return [
        _box(track, along_m - 0.16, along_m + 0.16, end_m - 0.16, end_m + 0.16)
        for end_m in (right_m, left_m)
        for along_m in (-0.5, 0.5)
    ]


class Gantry:
    """Draws the beam on top of what passes below it."""

    def __init__(self, track: Track) -> None:
        right_m, left_m = _ends(track)
        half_m = 0.5 * _DEEP_M
        parts: list[tuple[Colour, Array]] = [(_BEAM, gantry_beam(track).outline_m)]
        bays = max(1, round((left_m - right_m) / 1.6))
        cuts = np.linspace(right_m, left_m, bays + 1)
        parts += [(_BRACE, _box(track, -half_m, half_m, at - 0.06, at + 0.06)) for at in cuts]
        parts += [
            (_RAIL, _box(track, along_m, along_m + 0.16, right_m, left_m))
            for along_m in (-half_m, half_m - 0.16)
        ]
        middle_m = 0.5 * (right_m + left_m)
        lamps = []
        for lamp in range(_LAMPS):
            at_m = middle_m + 1.5 * (lamp - 0.5 * (_LAMPS - 1))
            parts.append((_HOUSING, _box(track, -half_m - 0.35, -0.1, at_m - 0.5, at_m + 0.5)))
            lamps.append(_box(track, -half_m - 0.25, -half_m + 0.1, at_m - 0.2, at_m + 0.2))
        # Numbered from the driver's left, where offsets are greatest.
        self._lamps_m: list[list[list[float]]] = [outline.tolist() for outline in reversed(lamps)]
        self._colours = [colour for colour, _ in parts]
        self._corners_m: list[list[list[float]]] = [outline.tolist() for _, outline in parts]
        middle = gantry_beam(track).outline_m.mean(axis=0)
        self._x_m, self._y_m = middle.tolist()
        self._reach_m = 0.5 * (left_m - right_m) + _DEEP_M

    def draw(self, surface: pygame.Surface, view: View, lit: int = 0) -> None:
        """Draw it if it is in view, with so many of its lamps lit."""
        away_m = math.hypot(view.half_width_m, view.half_height_m) + self._reach_m
        if math.hypot(self._x_m - view.x_m, self._y_m - view.y_m) > away_m:
            return
        for colour, corners in zip(self._colours, self._corners_m, strict=True):
            pygame.draw.polygon(surface, colour, [view.to_screen(x, y) for x, y in corners])
        for number, corners in enumerate(self._lamps_m):
            places = [view.to_screen(x, y) for x, y in corners]
            if number < lit:
                _draw_glow(surface, places, _GLOW_M * view.pixels_per_m)
            pygame.draw.polygon(surface, _LIT if number < lit else _UNLIT, places)


def _draw_glow(surface: pygame.Surface, corners: list[tuple[float, float]], radius: float) -> None:
    """Draw the light around a lit lamp."""
    glow = _glow(max(round(radius), 2))
    x, y = np.mean(corners, axis=0).tolist()
    corner = (x - 0.5 * glow.get_width(), y - 0.5 * glow.get_height())
    surface.blit(glow, corner, special_flags=pygame.BLEND_RGB_ADD)


@lru_cache(maxsize=8)
def _glow(radius: int) -> pygame.Surface:
    glow = pygame.Surface((2 * radius, 2 * radius))
    for step in range(radius):
        share = ((step + 1) / radius) ** 2
        colour = tuple(round(share * part) for part in _GLOW)
        pygame.draw.circle(glow, colour, (radius, radius), radius - step)
    return glow


def _ends(track: Track) -> tuple[float, float]:
    at = round(_AHEAD_M / track.length_m * len(track.frames.s_m))
    right_m = -float(track.band_edges("right")[at, 1]) - _BEYOND_M
    left_m = float(track.band_edges("left")[at, 1]) + _BEYOND_M
    return right_m, left_m


def _box(track: Track, from_m: float, to_m: float, right_m: float, left_m: float) -> Array:
    points = [
        track.centreline.point(_AHEAD_M + along_m, offset_m)
        for along_m, offset_m in (
            (from_m, right_m),
            (to_m, right_m),
            (to_m, left_m),
            (from_m, left_m),
        )
    ]
    return np.array(points)
