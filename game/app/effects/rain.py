"""Draw rain as it is seen from above: drops that fall past the eye, rings where they hit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import pygame

from game.app.canvas.wind import seen_wind
from game.app.effects.particles import on_screen
from game.app.view.camera import View
from game.arrays import FloatArray, Indices
from game.weather.weather import Weather

_FULL_MMPH: Final = 10.0  # of the counts below; they go with the root of the rate
_MAX_TIMES: Final = 2.0
_RINGS: Final = 110  # in view
_STREAKS: Final = 50
_RING_S: Final = 0.22
_RING_M: Final = 0.95  # across, at the end: larger than life, or nobody would see one
_RING_PHASES: Final = 4
_RING_COLOUR: Final = (206, 216, 226)
_RING_ALPHA: Final = 170
_FALL_MPS: Final = 7.0  # estimate: drops of 2 mm
_STREAK: Final = 0.045  # of a view's height, as long as a streak is at its edge
_STREAK_COLOUR: Final = (222, 230, 238)
_STREAK_ALPHA: Final = 62
_DIRECTIONS: Final = 24  # that streaks are drawn in, of half a turn
_NOWHERE_M: Final = 1e9
_SEED: Final = 83


_Placed = tuple[pygame.Surface, list[float]]  # and its upper left corner


class Rain:
    """Draws the rain over one view."""

    def __init__(self, weather: Weather) -> None:
        most = round(_MAX_TIMES * _RINGS)
        self._chance = np.random.default_rng(_SEED)
        self._wind = np.array(seen_wind(weather))
        self._places_m: FloatArray = np.full((most, 2), _NOWHERE_M)
        self._age_s: FloatArray = self._chance.uniform(0.0, _RING_S, most)
        self._times = 0.0

    def update(self, rain_mmph: float, frame_s: float) -> None:
        """Let it rain for a frame, so many millimetres an hour."""
        self._times = min(math.sqrt(rain_mmph / _FULL_MMPH), _MAX_TIMES)
        self._age_s += frame_s

    def draw(self, surface: pygame.Surface, view: View) -> None:
        """Draw the rings on the ground, and the drops above it."""
        if self._times > 0.0:
            surface.fblits([*self._rings(view), *self._streaks(view)])

    def _rings(self, view: View) -> list[_Placed]:
        count = round(self._times * _RINGS)
        places = on_screen(view, self._places_m[:count])
        x, y = places.T
        here = (x >= 0.0) & (x < view.width) & (y >= 0.0) & (y < view.height)
        ended = np.flatnonzero(~here | (self._age_s[:count] >= _RING_S))
        fresh = len(ended)
        if fresh:
            places[ended] = self._chance.random((fresh, 2)) * (view.width, view.height)
            self._places_m[ended] = _on_ground(view, places[ended])
            self._age_s[ended] = self._chance.uniform(0.0, 0.5 * _RING_S, fresh)
        wide_px = max(round(_RING_M * view.pixels_per_m), 4)
        pictures = _rings(wide_px)
        phases = (_RING_PHASES * self._age_s[:count] / _RING_S).astype(int).tolist()
        return _placed(pictures, phases, places - 0.5 * wide_px)

    def _streaks(self, view: View) -> list[_Placed]:
        """Return drops between eye and ground: they move away from its middle, and with the wind.

        A drop stays in view for less than a frame, so that each frame has others.
        """
        count = round(self._times * _STREAKS)
        places = self._chance.random((count, 2)) * (view.width, view.height)
        from_middle = places - (0.5 * view.width, 0.5 * view.height)
        cos, sin = math.cos(view.turn_rad), math.sin(view.turn_rad)
        east, north = self._wind / _FALL_MPS * 0.5 * view.height
        away = from_middle + np.array([east * cos - north * sin, -east * sin - north * cos])
        angles = np.arctan2(-away[:, 1], away[:, 0]) * (_DIRECTIONS / math.pi)
        length_px = max(round(_STREAK * view.height), 6)
        pictures, halves_px = _streaks(length_px)
        which = (np.rint(angles) % _DIRECTIONS).astype(int)
        return _placed(pictures, which.tolist(), places - halves_px[which])


def _placed(
    pictures: Sequence[pygame.Surface], which: Sequence[int], corners: FloatArray
) -> list[_Placed]:
    """Return the pictures of these numbers, each with its upper left corner."""
    chosen = map(pictures.__getitem__, which)
    return list(zip(chosen, corners.tolist(), strict=True))


def _on_ground(view: View, places: FloatArray) -> FloatArray:
    """Return where places in the window are in the world, shape (n, 2)."""
    cos, sin = math.cos(view.turn_rad), math.sin(view.turn_rad)
    right = (places[:, 0] - 0.5 * view.width) / view.pixels_per_m
    up = (0.5 * view.height - places[:, 1]) / view.pixels_per_m
    return np.column_stack([view.x_m + right * cos + up * sin, view.y_m - right * sin + up * cos])


@lru_cache(maxsize=64)
def _rings(wide_px: int) -> tuple[pygame.Surface, ...]:
    """Return a ring as it spreads."""
    return tuple(_ring(phase, wide_px) for phase in range(_RING_PHASES))


def _ring(phase: int, wide_px: int) -> pygame.Surface:
    """Return a ring that has spread so far, and fades."""
    picture = pygame.Surface((wide_px, wide_px), pygame.SRCALPHA)
    share = (phase + 1.0) / _RING_PHASES
    alpha = round(_RING_ALPHA * (1.1 - 0.8 * share))
    radius = max(0.5 * wide_px * share - 0.5, 1.7)
    middle = (0.5 * wide_px, 0.5 * wide_px)
    pygame.draw.aacircle(picture, (*_RING_COLOUR, alpha), middle, radius, 1)
    return picture


@lru_cache(maxsize=16)
def _streaks(length_px: int) -> tuple[tuple[pygame.Surface, ...], Indices]:
    """Return a streak in all directions, and half of each picture's width and height."""
    pictures = tuple(_streak(number, length_px) for number in range(_DIRECTIONS))
    return pictures, np.array([picture.get_size() for picture in pictures]) // 2


def _streak(direction: int, length_px: int) -> pygame.Surface:
    """Return a soft line, by its direction as a number of half a turn's."""
    thick = max(length_px // 16, 1)
    line = pygame.Surface((length_px, thick + 2), pygame.SRCALPHA)
    line.fill((*_STREAK_COLOUR, 0))
    for x in range(length_px):
        strength = math.sin(math.pi * (x + 0.5) / length_px)
        colour = (*_STREAK_COLOUR, round(_STREAK_ALPHA * strength))
        line.fill(colour, (x, 1, 1, thick))
    return pygame.transform.rotozoom(line, 180.0 * direction / _DIRECTIONS, 1.0)
