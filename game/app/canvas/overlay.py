"""Draw shapes with smooth edges: at twice the scale, scaled down, blended onto the ground."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final, Protocol

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.patches import Piece
from game.app.canvas.sheet import Sheet
from game.app.canvas.warp import pixels_of
from game.arrays import FloatArray

_FINER: Final = 2
_ALPHA: Final = 3
_FROM_BYTE: Final = np.float32(1.0 / 255.0)


class Shapes(Protocol):
    """Shapes know which pieces of the world they touch."""

    def touches(self, piece: Piece) -> bool:
        """Return whether any of them may lie in a piece."""
        ...

    def draw(self, surface: pygame.Surface, piece: Piece) -> None:
        """Draw those that touch the piece onto a transparent picture of it."""
        ...


class Overlay:
    """An overlay is a transparent picture of a piece with opaque shapes at its `fine` scale."""

    def __init__(self, piece: Piece) -> None:
        self.fine = piece._replace(
            pixels_per_m=piece.pixels_per_m * _FINER, pixels=piece.pixels * _FINER
        )
        self.surface = pygame.Surface((self.fine.pixels, self.fine.pixels), pygame.SRCALPHA, 32)

    def touches(self, sheet: Sheet) -> bool:
        """Return whether anything is drawn on a sheet's block."""
        return cv2.countNonZero(self._planes[_ALPHA][sheet.block]) > 0

    def coverage(self, sheet: Sheet) -> FloatArray:
        """Return the share of each pixel of a sheet that is covered, 0..1."""
        return self._planes[_ALPHA][sheet.block] * _FROM_BYTE

    def opacity(self) -> npt.NDArray[np.uint8]:
        """Return how much of each pixel of the piece is covered, 0..255."""
        return self._planes[_ALPHA]

    def blend_onto(self, sheet: Sheet, share: FloatArray | float, tone: FloatArray | float) -> None:
        """Blend a share of what is drawn onto a sheet, its colours multiplied by a tone."""
        left = self.coverage(sheet)
        left *= share
        sheet.multiply(np.subtract(np.float32(1.0), left, out=left))
        covered = share * tone
        for plane, drawn in zip(sheet.rgb, reversed(self._planes[:_ALPHA]), strict=True):
            colour = drawn[sheet.block].astype(np.float32)
            colour *= covered
            plane += colour

    @cached_property
    def _planes(self) -> Sequence[npt.NDArray[np.uint8]]:
        """Return blue, green, red and opacity at the piece's own scale, each (pixels, pixels).

        Where a pixel is covered in part, its clear parts count as black: its colours are multiplied
        by its opacity.
        """
        side = self.fine.pixels
        size = (side // _FINER, side // _FINER)
        scaled = cv2.resize(pixels_of(self.surface), size, interpolation=cv2.INTER_AREA)
        return [np.asarray(plane, np.uint8) for plane in cv2.split(scaled)]


class KeptOverlay:
    """Draws the overlay of a piece, and keeps it: a piece is painted, and then it is shaded."""

    def __init__(self, shapes_of: Callable[[Piece], Sequence[Shapes]]) -> None:
        """Draw the shapes that are given for a piece."""
        self._shapes_of = shapes_of
        self._last: tuple[Piece, Overlay | None] | None = None

    def of(self, piece: Piece) -> Overlay | None:
        """Return the overlay of a piece; None if no shape touches it."""
        last = self._last
        if last is None or last[0] != piece:
            last = self._last = piece, overlay_of(piece, self._shapes_of(piece))
        return last[1]


def overlay_of(piece: Piece, shapes: Sequence[Shapes]) -> Overlay | None:
    """Return the overlay with these shapes, in their order; None if none touches the piece."""
    if not any(shape.touches(piece) for shape in shapes):
        return None
    overlay = Overlay(piece)
    for shape in shapes:
        shape.draw(overlay.surface, overlay.fine)
    return overlay
