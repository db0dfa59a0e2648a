"""Throw paper over the road after the line when a lap is worth celebrating.

Cannons stand along both sides of the road; each fires just before the car is there, so that it
drives through what they throw. The paper flutters down, lies on the ground for a while and is gone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
import pygame

from game.app.canvas.daylight import NOON, sun_direction
from game.app.effects.particles import on_screen
from game.app.ui.palette import Colour
from game.app.view.camera import View
from game.arrays import Array, Indices
from game.track.track import Track
from game.track.track_file import Side
from game.weather.sky import Sky

_FIRST_M: Final = 14.0  # after the line
_STEP_M: Final = 9.0  # from cannon to cannon
_CANNONS: Final = 22  # on each side
_BESIDE_M: Final = 0.8  # the tarmac's edges
_PIECES: Final = 26  # from each
_SOONER_S: Final = 1.15  # than the car is there, each fires
_MIN_SPEED_MPS: Final = 15.0
_ACROSS_MPS: Final = (2.0, 17.0)
_ALONG_MPS: Final = 5.5  # scatter
_UP_MPS: Final = (6.0, 15.0)
_DRAG_PS: Final = 1.7
_FALL_MPS: Final = 1.5
_WIND_MPS: Final = np.array([1.1, 0.5])
_LIES_S: Final = 6.0  # from its throw until a piece on the ground is gone
_LONG_M: Final = 0.8
_WIDE: Final = 0.55  # of a piece's length
_NEARER_M: Final = 24.0  # of height, by which a piece looks twice as large
_SPIN_HZ: Final = (0.4, 1.6)
_TURNS: Final = 8  # pictures of half a turn
_FLUTTERS: Final = (1.0, 0.65, 0.25)  # of its width, as it tumbles
_FLUTTER_HZ: Final = 5.0  # of a turn
_SHADOW: Final[Colour] = (0, 0, 0)
_SHADOW_ALPHA: Final = 70
_SEED: Final = 47
_SIDES: Final[tuple[tuple[Side, float], ...]] = (("left", 1.0), ("right", -1.0))
_MIN_PX: Final = 2


class Confetti:
    """Throws and draws the paper of one circuit."""

    def __init__(self, track: Track, sky: Sky = NOON) -> None:
        self._fall = np.array(sun_direction(sky))
        s_m = _FIRST_M + _STEP_M * np.arange(_CANNONS)
        places, inwards = [], []
        for at_m in (s_m % track.length_m).tolist():
            left_rad = track.centreline.pose(at_m).heading_rad + 0.5 * math.pi
            index = track.frames.index_at(at_m)
            for side, sign in _SIDES:
                edge_m = sign * (float(track.band_edges(side)[index, 0]) + _BESIDE_M)
                places.append(track.centreline.point(at_m, edge_m))
                inwards.append((-sign * math.cos(left_rad), -sign * math.sin(left_rad)))
        self._away_m = np.repeat(s_m, 2 * _PIECES)
        self._from_m = np.repeat(np.array(places), _PIECES, axis=0)
        self._inwards = np.repeat(np.array(inwards), _PIECES, axis=0)
        self.clear()

    def __len__(self) -> int:
        return int(np.count_nonzero((self._age_s >= 0.0) & (self._age_s < _LIES_S)))

    def clear(self) -> None:
        """Remove all paper."""
        self._age_s = np.full(len(self._away_m), _LIES_S)

    def throw(self, colours: Sequence[Colour], speed_mps: float) -> None:
        """Fire all cannons, for a car that crosses the line at a speed."""
        count, chance = len(self._away_m), np.random.default_rng(_SEED)
        there_s = self._away_m / max(speed_mps, _MIN_SPEED_MPS)
        self._age_s = np.minimum(_SOONER_S - there_s, 0.0)
        across = chance.uniform(*_ACROSS_MPS, (count, 1)) * self._inwards
        self._velocity_mps = across + chance.normal(0.0, _ALONG_MPS, (count, 2))
        self._up_mps = chance.uniform(*_UP_MPS, count)
        self._spin_hz = chance.uniform(*_SPIN_HZ, count)
        self._phase = chance.random(count)
        self._colours = tuple(colours)
        self._colour = chance.integers(0, len(colours), count)

    def update(self, frame_s: float) -> None:
        """Let a frame pass."""
        self._age_s += frame_s

    def draw(self, surface: pygame.Surface, view: View) -> None:
        """Draw each piece above its shadow."""
        flying = np.flatnonzero((self._age_s >= 0.0) & (self._age_s < _LIES_S))
        if not len(flying):
            return
        places_m, heights_m, tumbled = self._now(flying)
        places = on_screen(view, places_m)
        seen = np.all((places > 0.0) & (places < (view.width, view.height)), axis=1)
        heights_m, tumbled, number = heights_m[seen], tumbled[seen], flying[seen]
        long_px = _LONG_M * view.pixels_per_m * (1.0 + heights_m / _NEARER_M)
        looks = np.column_stack(
            [
                np.maximum(np.round(long_px), _MIN_PX),
                (_TURNS * tumbled) % _TURNS,
                (_FLUTTER_HZ * tumbled) % len(_FLUTTERS),
            ]
        )
        named = list(zip(self._colour[number].tolist(), looks.astype(int).tolist(), strict=True))
        shadows = on_screen(view, places_m[seen] + heights_m[:, None] * self._fall)
        surface.fblits(
            (_piece(_SHADOW, _SHADOW_ALPHA, *look), place)
            for (_, look), place in zip(named, shadows.tolist(), strict=True)
        )
        surface.fblits(
            (_piece(self._colours[colour], 255, *look), place)
            for (colour, look), place in zip(named, places[seen].tolist(), strict=True)
        )

    def _now(self, flying: Indices) -> tuple[Array, Array, Array]:
        """Return where pieces are, (n, 2), how high, and how many turns they have tumbled."""
        age_s = self._age_s[flying]
        slowed_s = (1.0 - np.exp(-_DRAG_PS * age_s)) / _DRAG_PS
        heights_m = 1.0 + self._up_mps[flying] * slowed_s - _FALL_MPS * age_s
        # A piece that has come down lies where it did.
        landed_s = 1.0 + self._up_mps[flying] / _DRAG_PS
        air_s = np.minimum(age_s, landed_s / _FALL_MPS)
        drifted_m = (air_s - slowed_s)[:, None] * _WIND_MPS
        places_m = self._from_m[flying] + slowed_s[:, None] * self._velocity_mps[flying] + drifted_m
        tumbled = self._phase[flying] + self._spin_hz[flying] * air_s
        return places_m, np.maximum(heights_m, 0.0), tumbled


@lru_cache(maxsize=1500)
def _piece(colour: Colour, alpha: int, size: int, turn: int, flutter: int) -> pygame.Surface:
    """Return the picture of a piece of so many pixels, turned, with its width as it tumbles."""
    fine = 4
    paper = pygame.Surface((fine * size, fine * size), pygame.SRCALPHA)
    paper.fill((*colour, 0))
    wide = max(round(fine * size * _WIDE * _FLUTTERS[flutter]), 2)
    paper.fill((*colour, alpha), (0, (fine * size - wide) // 2, fine * size, wide))
    turned = pygame.transform.rotate(paper, 180.0 * turn / _TURNS)
    side = max(turned.get_width() // fine, 1)
    return pygame.transform.smoothscale(turned, (side, side))
