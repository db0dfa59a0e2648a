"""Let the sky move in wet ground: brighter where clouds are thin, by how much each pixel shines.

How much a pixel shines is in its fourth byte (`wet_ground.py`). The sky is so far away that its
mirror image moves with the view, and slowly across it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.warp import Pixels, is_plain, pixels_of
from game.app.canvas.wind import seen_wind
from game.app.view.camera import View
from game.weather.weather import Weather

_COARSER: Final = 4  # pixels of the window to one of the sheen, which is soft
# Rows of the sheen that are added to the picture at once: each strip costs a call, but thin ones
# fit more closely around a road, and what is made of them stays near the processor.
_STRIP: Final = 20
_SOFTER: Final = 2  # pixels of the sheen to one of the sky
_SHEET: Final = 128  # pixels of the sky, which repeats
_CLOUD_M: Final = 26.0  # of ground, that a cloud's mirror image is wide: eight pixels of the sheet
_CLOUD_PX: Final = 8
_FOLLOWS: Final = 0.6  # of the way of the view, that the mirror image comes along
_DRIFT: Final = 0.8  # times the wind at the ground
_BRIGHTEST: Final = 52.0  # of 255, that the sky adds at most
_SEED: Final = 29

_Grey = npt.NDArray[np.uint8]


class Sheen:
    """Draws the sky that moves in wet ground."""

    def __init__(self, weather: Weather) -> None:
        self.time_s = 0.0
        self._wind = seen_wind(weather)
        self._soft = _KeptMemory(1)
        self._light = _KeptMemory(4)

    def draw(self, surface: pygame.Surface, view: View) -> None:
        """Lighten what shines on a surface that the ground has just been drawn on."""
        if not is_plain(surface):
            return
        pixels = pixels_of(surface)
        gloss = np.ascontiguousarray(pixels[::_COARSER, ::_COARSER, 3])
        if not gloss.any():
            return
        high, wide = gloss.shape
        small = self._sky(view, wide // _SOFTER + 1, high // _SOFTER + 1)
        sky = cv2.resize(small, (wide, high))
        added = cv2.multiply(gloss, sky, scale=_BRIGHTEST / 255.0 / 255.0)
        bright = np.asarray(added, np.uint8)
        for rows, columns in _shining(gloss):
            self._add_enlarged(pixels, bright, rows, columns)

    def _add_enlarged(self, pixels: Pixels, bright: _Grey, rows: slice, columns: slice) -> None:
        """Add a block of a brightness to the picture that is so many times as large."""
        lit = pixels[
            _COARSER * rows.start : _COARSER * rows.stop,
            _COARSER * columns.start : _COARSER * columns.stop,
        ]
        # With what is around it, so that blocks fit together.
        above, before = min(rows.start, 1), min(columns.start, 1)
        around = bright[
            rows.start - above : rows.stop + 1, columns.start - before : columns.stop + 1
        ]
        high, wide = _COARSER * around.shape[0], _COARSER * around.shape[1]
        soft = self._soft.of(high, wide)
        cv2.resize(around, (wide, high), soft)
        high, wide = lit.shape[:2]
        top, left = _COARSER * above, _COARSER * before
        light = self._light.of(high, wide)
        cv2.cvtColor(soft[top : top + high, left : left + wide], cv2.COLOR_GRAY2BGRA, light)
        cv2.add(lit, light, dst=lit)

    def _sky(self, view: View, wide: int, high: int) -> _Grey:
        """Return the brightness of the sky that a view's pixels mirror."""
        per_m = _CLOUD_PX / _CLOUD_M
        scale = per_m * _COARSER * _SOFTER / view.pixels_per_m
        cos, sin = scale * math.cos(view.turn_rad), scale * math.sin(view.turn_rad)
        east_m = (1.0 - _FOLLOWS) * view.x_m - _DRIFT * self._wind.x_mps * self.time_s
        north_m = (1.0 - _FOLLOWS) * view.y_m - _DRIFT * self._wind.y_mps * self.time_s
        x, y = -0.5 * wide, -0.5 * high
        matrix = np.array(
            [
                [cos, -sin, (east_m * per_m) % _SHEET + cos * x - sin * y],
                [sin, cos, (-north_m * per_m) % _SHEET + sin * x + cos * y],
            ]
        )
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        sky = cv2.warpAffine(
            _sheet(), matrix, (wide, high), flags=flags, borderMode=cv2.BORDER_WRAP
        )
        return np.asarray(sky, np.uint8)


class _KeptMemory:
    """Keeps memory for pictures of one depth: fresh memory is slow when it is first written to."""

    def __init__(self, depth: int) -> None:
        self._depth = depth
        self._memory = np.empty(0, np.uint8)

    def of(self, height: int, width: int) -> Pixels:
        """Return a picture of this size, whose content is whatever was there."""
        needed = height * width * self._depth
        if len(self._memory) < needed:
            self._memory = np.empty(needed, np.uint8)
        return self._memory[:needed].reshape(height, width, self._depth)


def _shining(gloss: _Grey) -> Iterator[tuple[slice, slice]]:
    """Yield blocks, one above the other, outside of which nothing shines."""
    for top in range(0, len(gloss), _STRIP):
        near = gloss[max(top - 1, 0) : top + _STRIP + 1]  # enlarging spreads it
        columns = np.flatnonzero(near.max(axis=0))
        if len(columns):
            yield (
                slice(top, top + _STRIP),
                slice(max(int(columns[0]) - 1, 0), int(columns[-1]) + 2),
            )


@cache
def _sheet() -> _Grey:
    """Return a cloudy sky that repeats itself, 0..255: soft noise of two sizes."""
    random = np.random.default_rng(_SEED)
    total = np.zeros((_SHEET, _SHEET))
    for lump_px, share in ((_CLOUD_PX, 1.0), (_CLOUD_PX // 2, 0.5)):
        count = _SHEET // lump_px
        lattice = np.pad(random.normal(size=(count, count)), 4, mode="wrap")
        size = (lattice.shape[1] * lump_px, lattice.shape[0] * lump_px)
        fine = cv2.resize(lattice, size, interpolation=cv2.INTER_CUBIC)
        inner = slice(4 * lump_px, 4 * lump_px + _SHEET)
        total += share * fine[inner, inner]
    return np.asarray(255.0 * np.clip(0.35 + 0.42 * total, 0.0, 1.0), np.uint8)
