"""Cast shadows of the sun, soft-edged, as long as what casts them is high."""

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
from game.app.canvas.sheet import Sheet
from game.app.canvas.sun import SUN_SHADOW
from game.app.canvas.warp import pixels_of
from game.app.objects.trees import Trees
from game.arrays import Array, FloatArray

_Grey = npt.NDArray[np.uint8]

_SHADE: Final = (0.50, 0.535, 0.63)  # of the light, that is left by the sky
_SOFT_LOW_M: Final = 0.07
_SOFT_HIGH_M: Final = 0.30
_TALL_M: Final = 2.5


class Shadows:
    """Holds the shadows of everything that stands on a track's ground."""

    def __init__(
        self,
        lines: Sequence[tuple[Array, float]],
        blocks: Sequence[tuple[Array, float]],
        overhead: Sequence[tuple[Array, float]],
        trees: Trees | None = None,
    ) -> None:
        """Take lines of thin walls, outlines of blocks and overhead parts, each with its height."""
        low = [cast_line(points_m, height_m) for points_m, height_m in lines]
        low += [cast_block(outline, high) for outline, high in blocks if high < _TALL_M]
        tall = [cast_block(outline, high) for outline, high in blocks if high >= _TALL_M]
        tall += [[outline + high * np.array(SUN_SHADOW)] for outline, high in overhead]
        self._low = _drawing(low)
        self._tall = _drawing(tall)
        self._trees = trees

    def shade(self, piece: Piece) -> Shade | None:
        """Return the shadows on a piece; None if there are none."""
        margin = 2 * math.ceil(_SOFT_HIGH_M * piece.pixels_per_m) + 4
        wide = piece._replace(
            west_m=piece.west_m - margin / piece.pixels_per_m,
            south_m=piece.south_m - margin / piece.pixels_per_m,
            pixels=piece.pixels + 2 * margin,
        )
        layers = []
        if self._low.touches(wide):
            low = _black(wide)
            self._low.draw(low, wide)
            layers.append(_blurred(low, _SOFT_LOW_M * piece.pixels_per_m))
        if self._tall.touches(wide) or (
            self._trees is not None and self._trees.casts_shadow_on(wide)
        ):
            high = _black(wide)
            self._tall.draw(high, wide)
            if self._trees is not None:
                self._trees.draw_shadows(high, wide)
            layers.append(_blurred(high, _SOFT_HIGH_M * piece.pixels_per_m))
        if not layers:
            return None
        inner = slice(margin, margin + piece.pixels)
        return Shade(np.maximum(layers[0], layers[-1])[inner, inner])


class Shade:
    """Says how dark each pixel of a piece is in the shade, 0..255, shape (pixels, pixels)."""

    def __init__(self, dark: _Grey) -> None:
        self._dark = dark

    def darken(self, sheet: Sheet, share: FloatArray | float = 1.0) -> None:
        """Darken a share of a sheet."""
        block = self._dark[sheet.block]
        if not block.any():
            return
        dark = block * np.float32(1.0 / 255.0)
        dark *= share
        for plane, left in zip(sheet.rgb, _SHADE, strict=True):
            plane *= 1.0 - np.float32(1.0 - left) * dark


def cast_line(points_m: Array, height_m: float) -> list[Array]:
    """Return the shadow of a thin wall along points of shape (n, 2)."""
    over = height_m * np.array(SUN_SHADOW)
    return [np.array([a, b, b + over, a + over]) for a, b in pairwise(points_m)]


def cast_block(outline_m: Array, height_m: float) -> list[Array]:
    """Return the shadow of a block with an upright side on each edge of its outline."""
    ring = np.concatenate([outline_m, outline_m[:1]])
    return [*cast_line(ring, height_m), outline_m + height_m * np.array(SUN_SHADOW)]


def _drawing(shapes: Iterable[list[Array]]) -> Drawing:
    polygons = [polygon for shape in shapes for polygon in shape]
    return Drawing(Patches(polygons, [(255, 255, 255)] * len(polygons)))


def _black(piece: Piece) -> pygame.Surface:
    return pygame.Surface((piece.pixels, piece.pixels), 0, 32)


def _blurred(surface: pygame.Surface, radius: float) -> _Grey:
    """Return the surface blurred: two box blurs come near a Gaussian one, in less time."""
    grey = cv2.extractChannel(pixels_of(surface), 0)
    pixels = max(1, round(radius))
    for _ in range(2 if pixels > 1 else 1):
        grey = cv2.blur(grey, (2 * pixels + 1, 2 * pixels + 1))
    return np.asarray(grey, np.uint8)
