"""Cast shadows, soft-edged, as long as what casts them is high and the sun is low."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.patches import Drawing, Patches, Piece
from game.app.canvas.sun import NOON_CAST, ShadowCast
from game.app.canvas.warp import pixels_of
from game.app.objects.trees import Trees
from game.arrays import Array

Darkness = npt.NDArray[np.uint8]

_SOFT_LOW_M: Final = 0.07  # at noon
_SOFT_HIGH_M: Final = 0.30
_TALL_M: Final = 2.5


class Shadows:
    """Holds the shadows of everything that stands on a track's ground."""

    def __init__(
        self,
        lines: Sequence[tuple[Array, float]],
        blocks: Sequence[tuple[Array, float]],
        overhead: Sequence[tuple[Array, float]],
        cast: ShadowCast = NOON_CAST,
        trees: Trees | None = None,
    ) -> None:
        """Take lines of thin walls, outlines of blocks and overhead parts, each with its height."""
        fall = np.array([cast.east, cast.north])
        low = [cast_line(points_m, height_m * fall) for points_m, height_m in lines]
        low += [cast_block(outline, high * fall) for outline, high in blocks if high < _TALL_M]
        tall = [cast_block(outline, high * fall) for outline, high in blocks if high >= _TALL_M]
        tall += [[outline + high * fall] for outline, high in overhead]
        self._cast = cast
        self._low = _drawing(low)
        self._tall = _drawing(tall)
        self._trees = trees

    def shade(self, piece: Piece) -> Darkness | None:
        """Return how dark each pixel of a piece is, 0..255; None if there is no shadow."""
        soft_low, soft_high = (
            self._cast.softness * soft_m * piece.pixels_per_m
            for soft_m in (_SOFT_LOW_M, _SOFT_HIGH_M)
        )
        margin = 2 * math.ceil(soft_high) + 4
        wide = piece._replace(
            west_m=piece.west_m - margin / piece.pixels_per_m,
            south_m=piece.south_m - margin / piece.pixels_per_m,
            pixels=piece.pixels + 2 * margin,
        )
        layers = []
        if self._low.touches(wide):
            low = _black(wide)
            self._low.draw(low, wide)
            layers.append(_blurred(low, soft_low))
        if self._tall.touches(wide) or (
            self._trees is not None and self._trees.casts_shadow_on(wide, self._cast)
        ):
            high = _black(wide)
            self._tall.draw(high, wide)
            if self._trees is not None:
                self._trees.draw_shadows(high, wide, self._cast)
            layers.append(_blurred(high, soft_high))
        if not layers:
            return None
        inner = slice(margin, margin + piece.pixels)
        return np.ascontiguousarray(np.maximum(layers[0], layers[-1])[inner, inner])


def cast_line(points_m: Array, fall_m: Array) -> list[Array]:
    """Return the shadow of a thin wall along points of shape (n, 2), which falls so far."""
    return [np.array([a, b, b + fall_m, a + fall_m]) for a, b in pairwise(points_m)]


def cast_block(outline_m: Array, fall_m: Array) -> list[Array]:
    """Return the shadow of a block with an upright side on each edge of its outline."""
    ring = np.concatenate([outline_m, outline_m[:1]])
    return [*cast_line(ring, fall_m), outline_m + fall_m]


def _drawing(shapes: Iterable[list[Array]]) -> Drawing:
    polygons = [polygon for shape in shapes for polygon in shape]
    return Drawing(Patches(polygons, [(255, 255, 255)] * len(polygons)))


def _black(piece: Piece) -> pygame.Surface:
    return pygame.Surface((piece.pixels, piece.pixels), 0, 32)


def _blurred(surface: pygame.Surface, radius: float) -> Darkness:
    """Return the surface blurred: two box blurs come near a Gaussian one, in less time."""
    grey = cv2.extractChannel(pixels_of(surface), 0)
    pixels = max(1, round(radius))
    for _ in range(2 if pixels > 1 else 1):
        grey = cv2.blur(grey, (2 * pixels + 1, 2 * pixels + 1))
    return np.asarray(grey, np.uint8)
