"""Polygons in world metres, found by place and drawn into a picture of a piece of the world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pygame

Array = npt.NDArray[np.float64]
Colour = tuple[int, int, int]


class Piece(NamedTuple):
    """A square of the world as a picture: its south-west corner, its scale, its side in pixels."""

    west_m: float
    south_m: float
    pixels_per_m: float
    pixels: int

    @property
    def side_m(self) -> float:
        """Side of the square."""
        return self.pixels / self.pixels_per_m

    def to_pixels(self, points_m: Array) -> Array:
        """Places as pixels from the upper left corner, shape (n, 2)."""
        return np.column_stack(
            [
                (points_m[:, 0] - self.west_m) * self.pixels_per_m,
                self.pixels - (points_m[:, 1] - self.south_m) * self.pixels_per_m,
            ]
        )


class Patches:
    """Polygons, each with its colour, drawn in the order given."""

    def __init__(self, polygons_m: Sequence[Array], colours: Sequence[Colour]) -> None:
        self.polygons_m = list(polygons_m)
        self.colours = list(colours)
        shape = (len(self.polygons_m), 2)
        self._low_m = np.array([p.min(axis=0) for p in self.polygons_m]).reshape(shape)
        self._high_m = np.array([p.max(axis=0) for p in self.polygons_m]).reshape(shape)

    def near(self, piece: Piece, margin_m: float = 0.0) -> list[int]:
        """Indices of the polygons whose box touches a piece."""
        low = np.array([piece.west_m, piece.south_m]) - margin_m
        high = low + piece.side_m + 2.0 * margin_m
        inside = np.all((self._high_m >= low) & (self._low_m <= high), axis=1)
        found: list[int] = np.flatnonzero(inside).tolist()
        return found

    def draw(
        self, surface: pygame.Surface, piece: Piece, shift_m: tuple[float, float] = (0, 0)
    ) -> int:
        """Draw all that touch the piece, moved by a shift; how many that were."""
        moved = Piece(
            piece.west_m - shift_m[0], piece.south_m - shift_m[1], piece.pixels_per_m, piece.pixels
        )
        found = self.near(moved)
        for index in found:
            points = moved.to_pixels(self.polygons_m[index])
            pygame.draw.polygon(surface, self.colours[index], points.tolist())
        return len(found)


def joined(parts: Sequence[Patches]) -> Patches:
    """All parts as one, in order."""
    return Patches(
        [polygon for part in parts for polygon in part.polygons_m],
        [colour for part in parts for colour in part.colours],
    )


def ribbon_patches(
    right_m: Array, left_m: Array, colour: Colour, chunk: int = 8, least_m: float = 0.02
) -> Patches:
    """The area between two closed lines of shape (n, 2) where they are apart, in short pieces."""
    count = len(right_m)
    apart = np.hypot(*(left_m - right_m).T) > least_m
    polygons = []
    for begin in range(0, count, chunk):
        index = np.arange(begin, begin + chunk + 1) % count
        if apart[index].any():
            polygons.append(np.concatenate([right_m[index], left_m[index][::-1]]))
    return Patches(polygons, [colour] * len(polygons))


def line_patches(points_m: Array, width_m: float, colour: Colour, *, closed: bool) -> Patches:
    """A line of some width along points of shape (n, 2), one piece a segment, joined roundly."""
    ring = np.concatenate([points_m, points_m[:1]]) if closed else points_m
    steps = np.diff(ring, axis=0)
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)
    along = steps / lengths[:, None]
    half = 0.5 * width_m
    aside = half * np.column_stack([-along[:, 1], along[:, 0]])
    over = 0.5 * half * along  # so that segments of a bend overlap
    polygons = [
        np.array([a - o + n, b + o + n, b + o - n, a - o - n])
        for a, b, n, o in zip(ring[:-1], ring[1:], aside, over, strict=True)
    ]
    return Patches(polygons, [colour] * len(polygons))
