"""Draw speed streaks: faint lines in the air behind a fast car, the faster the longer.

They hang in the world, so that they pass as the ground does. Each is drawn in the colour of the
ground below it made lighter, which needs no layer of its own.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from game.app.view.camera import View
from game.arrays import Array
from game.simulation.snapshot import Snapshot

_FROM_MPS: Final = 32.0
_FULL_MPS: Final = 62.0
_COUNT: Final = 13
_SPREAD: Final = 1.15  # of the view's size: where they hang around the car
_CLEAR: Final = 0.16  # of the view's height: around the car there are none
_LENGTH_S: Final = 0.30  # of the car's way, at full speed
_PARTS: Final = (0.4, 1.0, 0.7)  # strength along one, from its tail to its head
_THICK: Final = 1  # the part that is two pixels wide
_LIGHTER: Final = 110.0
_MIN_STRENGTH: Final = 0.05
_SEED: Final = 61


class Streaks:
    """Draws the streaks around the followed car."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Hang all streaks anew, so that pictures repeat."""
        random = np.random.default_rng(_SEED)
        self._places = random.random((_COUNT, 2))  # shares of a box that repeats over the world
        self._strengths = random.uniform(0.55, 1.0, _COUNT)

    def draw(self, surface: pygame.Surface, view: View, now: Snapshot) -> None:
        """Draw the streaks of a car that is fast enough for them."""
        speed_mps = math.hypot(now.velocity_forward_mps, now.velocity_left_mps)
        share = min((speed_mps - _FROM_MPS) / (_FULL_MPS - _FROM_MPS), 1.0)
        if share <= 0.0:
            return
        slip_rad = math.atan2(now.velocity_left_mps, now.velocity_forward_mps)
        direction_rad = now.heading_rad + slip_rad + view.turn_rad
        length_px = _LENGTH_S * share * speed_mps * view.pixels_per_m
        streak = length_px * np.array([math.cos(direction_rad), -math.sin(direction_rad)])
        heads = self._heads(view)
        car = np.array(view.to_screen(now.x_m, now.y_m))
        clear_px = _CLEAR * view.height
        apart = _away(car, heads, streak)
        faded = np.clip(apart / clear_px - 0.5, 0.0, 1.0) * share * self._strengths
        _draw_lines(surface, heads, streak, faded)

    def _heads(self, view: View) -> Array:
        """Return where the streaks end on the screen; they repeat from box to box of the world."""
        box_px = _SPREAD * np.array([view.width, view.height], dtype=float)
        moved = np.array(view.to_screen(0.0, 0.0)) / box_px
        return ((self._places + moved) % 1.0) * box_px - 0.5 * (box_px - (view.width, view.height))


def _away(place: Array, heads: Array, streak: Array) -> Array:
    """Return how far a place is from each of some lines that end at their heads."""
    length = math.hypot(*streak.tolist())
    before = heads - place
    along = before @ streak / length
    across = (before[:, 0] * streak[1] - before[:, 1] * streak[0]) / length
    beyond = along - np.clip(along, 0.0, length)
    away: Array = np.hypot(beyond, across)
    return away


def _draw_lines(surface: pygame.Surface, heads: Array, streak: Array, strengths: Array) -> None:
    """Draw lines that end at some places, each lighter than what lies in its middle."""
    width, height = surface.get_size()
    count = len(_PARTS)
    ends = heads[:, None] - streak * (1.0 - np.arange(count + 1) / count)[:, None]
    inside = np.all((ends >= 0.0) & (ends < (width - 1, height - 1)), axis=(1, 2))
    seen = inside & (strengths >= _MIN_STRENGTH)
    for places, strength in zip(ends[seen].tolist(), strengths[seen].tolist(), strict=True):
        for part, along in enumerate(_PARTS):
            begin, end = places[part], places[part + 1]
            middle = (int(0.5 * (begin[0] + end[0])), int(0.5 * (begin[1] + end[1])))
            more = round(_LIGHTER * along * strength)
            red, green, blue, _ = surface.get_at(middle)
            lighter = (min(red + more, 255), min(green + more, 255), min(blue + more, 255))
            pygame.draw.aaline(surface, lighter, begin, end)
            if part == _THICK:
                pygame.draw.aaline(surface, lighter, *(_beside(begin, end)))


def _beside(begin: list[float], end: list[float]) -> tuple[list[float], list[float]]:
    """Return a line a pixel beside another one."""
    steep = abs(end[1] - begin[1]) > abs(end[0] - begin[0])
    aside = (1.0, 0.0) if steep else (0.0, 1.0)
    return (
        [begin[0] + aside[0], begin[1] + aside[1]],
        [end[0] + aside[0], end[1] + aside[1]],
    )
