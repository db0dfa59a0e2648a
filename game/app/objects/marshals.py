"""Draw marshals beside their huts: they follow the cars, and wave yellow for one off the road."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
import pygame

from game.app.objects.flags import STILL_NOON, YELLOW, FlagAir, draw_flag
from game.app.objects.trackside import marshal_posts
from game.app.view.camera import View
from game.arrays import Array
from game.track.track import Track

_ASIDE_M: Final = (2.6, -2.2)  # of a post's two marshals along the road, from the hut's middle
_TO_ROAD_M: Final = 0.6
_INCIDENT_M: Final = 170.0  # from a post to a car that its flag warns of
_SWAY_M: Final = 0.12
_SWAY_HZ: Final = 0.35
_SHOULDERS_M: Final = 0.62  # wider than life, or nobody would see them
_HEAD_M: Final = 0.26
_OVERALLS: Final = (232, 112, 32)
_HELMET: Final = (244, 244, 240)
_FLAG: Final = 0.62  # of the size of a flag on a pole
_FLAG_FASTER: Final = 2.2  # it is waved, not blown
_MIN_PX: Final = 3.0  # across the shoulders


class Marshals:
    """Draws the marshals of one circuit."""

    def __init__(self, track: Track, air: FlagAir = STILL_NOON) -> None:
        """air: how their flags are seen."""
        self._air = air
        posts = [
            [
                post.middle_m - _TO_ROAD_M * post.side * post.left + along_m * post.along
                for along_m in _ASIDE_M
            ]
            for post in marshal_posts(track)
        ]
        self._places_m: Array = np.array(posts).reshape(-1, len(_ASIDE_M), 2)

    def draw(
        self,
        surface: pygame.Surface,
        view: View,
        time_s: float,
        watched_m: Array,
        incidents_m: Sequence[Array],
    ) -> None:
        """Draw the marshals in view; they look at one place, and wave near an incident.

        incidents_m: where cars are off the road.
        """
        if _SHOULDERS_M * view.pixels_per_m < _MIN_PX:
            return
        reach_m = math.hypot(view.half_width_m, view.half_height_m) + 6.0
        away_m = np.abs(self._places_m[:, 0] - (view.x_m, view.y_m)).max(axis=1)
        for post in np.flatnonzero(away_m < reach_m).tolist():
            first, second = self._places_m[post]
            waves = any(math.dist(first, place_m) < _INCIDENT_M for place_m in incidents_m)
            for number, place_m in enumerate((first, second)):
                swayed_m = place_m + _swayed(time_s + 1.7 * number + post)
                _draw_marshal(surface, view, swayed_m, watched_m)
                if waves and number == 0:
                    faster_s = _FLAG_FASTER * time_s
                    draw_flag(surface, view, swayed_m, faster_s, YELLOW, _FLAG, self._air)


def _swayed(time_s: float) -> Array:
    turn = 2.0 * math.pi * _SWAY_HZ * time_s
    return _SWAY_M * np.array([math.sin(turn), math.cos(0.7 * turn)])


def _draw_marshal(surface: pygame.Surface, view: View, place_m: Array, watched_m: Array) -> None:
    """Draw shoulders across the way that the marshal looks, and a helmet over them."""
    x, y = view.to_screen(*place_m.tolist())
    to_x, to_y = view.to_screen(*watched_m.tolist())
    away = max(math.hypot(to_x - x, to_y - y), 1e-6)
    half = 0.5 * _SHOULDERS_M * view.pixels_per_m
    across = (half * (to_y - y) / away, -half * (to_x - x) / away)
    width = max(round(0.75 * half), 2)
    begin, end = (x - across[0], y - across[1]), (x + across[0], y + across[1])
    pygame.draw.line(surface, _OVERALLS, begin, end, width)
    for shoulder in (begin, end):
        pygame.draw.circle(surface, _OVERALLS, shoulder, 0.5 * width)
    head = max(0.5 * _HEAD_M * view.pixels_per_m, 1.2)
    forward = 0.3 * head
    middle = (x + forward * (to_x - x) / away, y + forward * (to_y - y) / away)
    pygame.draw.circle(surface, _HELMET, middle, head)
