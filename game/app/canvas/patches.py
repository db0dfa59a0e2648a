"""Draw polygons in world metres, found by place, into a picture of a piece of the world."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pygame

from game.app.ui.palette import Colour
from game.arrays import Array, Indices


class Piece(NamedTuple):
    """A piece is a square of the world as a picture: south-west corner, scale, side in pixels."""

    west_m: float
    south_m: float
    pixels_per_m: float
    pixels: int

    @property
    def side_m(self) -> float:
        """Return the side of the square."""
        return self.pixels / self.pixels_per_m

    def part(self, rows: slice, columns: slice) -> Piece:
        """Return a smaller square of it, by its rows, counted from the top, and its columns."""
        return Piece(
            self.west_m + columns.start / self.pixels_per_m,
            self.south_m + (self.pixels - rows.stop) / self.pixels_per_m,
            self.pixels_per_m,
            rows.stop - rows.start,
        )

    def to_pixels(self, points_m: Array) -> Array:
        """Return places as pixels from the upper left corner, shape (n, 2)."""
        return np.column_stack(
            [
                (points_m[:, 0] - self.west_m) * self.pixels_per_m,
                self.pixels - (points_m[:, 1] - self.south_m) * self.pixels_per_m,
            ]
        )

    def touching(self, low_m: Array, high_m: Array, margin_m: float = 0.0) -> Indices:
        """Return the indices of the boxes, (n, 2) corners, that touch the square or its margin."""
        low = np.array([self.west_m, self.south_m]) - margin_m
        high = low + self.side_m + 2.0 * margin_m
        inside = (high_m[:, 0] >= low[0]) & (low_m[:, 0] <= high[0])
        inside &= (high_m[:, 1] >= low[1]) & (low_m[:, 1] <= high[1])
        return np.flatnonzero(inside)


class Patches:
    """Patches are polygons, each with its colour, drawn in the order given."""

    def __init__(self, polygons_m: Sequence[Array], colours: Sequence[Colour]) -> None:
        self.polygons_m = list(polygons_m)
        self.colours = list(colours)

    def __len__(self) -> int:
        return len(self.polygons_m)


class Drawing:
    """A drawing finds patches by their place, so that those of a piece are drawn quickly."""

    def __init__(self, patches: Patches) -> None:
        self._colours = patches.colours
        counts = np.array([len(polygon) for polygon in patches.polygons_m], dtype=np.intp)
        self._ends = np.cumsum(counts)
        self._starts = self._ends - counts
        self._points_m = np.concatenate([np.zeros((0, 2)), *patches.polygons_m])
        if len(counts):
            # Column by column: they are compared so, a piece at a time.
            self._low_m = np.asfortranarray(np.minimum.reduceat(self._points_m, self._starts))
            self._high_m = np.asfortranarray(np.maximum.reduceat(self._points_m, self._starts))
        else:
            self._low_m = self._high_m = np.zeros((0, 2))

    def touches(self, piece: Piece) -> bool:
        """Return whether any of the patches may lie in a piece."""
        return len(piece.touching(self._low_m, self._high_m)) > 0

    def draw(
        self, surface: pygame.Surface, piece: Piece, shift_m: tuple[float, float] = (0.0, 0.0)
    ) -> None:
        """Draw all that touches the piece, moved by a shift."""
        moved = piece._replace(west_m=piece.west_m - shift_m[0], south_m=piece.south_m - shift_m[1])
        found = moved.touching(self._low_m, self._high_m)
        if not len(found):
            return
        starts, ends = self._starts[found], self._ends[found]
        counts = ends - starts
        rows = np.repeat(starts - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())
        # Rounded here: pygame cuts off what follows the point, which moves what lies outside.
        points = np.floor(moved.to_pixels(self._points_m[rows]) + 0.5).astype(int).tolist()
        begin = 0
        for index, count in zip(found.tolist(), counts.tolist(), strict=True):
            pygame.draw.polygon(surface, self._colours[index], points[begin : begin + count])
            begin += count


def rectangle(middle: Array, half_one: Array, half_other: Array) -> Array:
    """Return the corners of a rectangle, given by its middle and half of each of its sides."""
    return np.array(
        [
            middle + half_one + half_other,
            middle - half_one + half_other,
            middle - half_one - half_other,
            middle + half_one - half_other,
        ]
    )


def joined(parts: Sequence[Patches]) -> Patches:
    """Return the patches of all parts, in order."""
    return Patches(
        [polygon for part in parts for polygon in part.polygons_m],
        [colour for part in parts for colour in part.colours],
    )


def line_patches(points_m: Array, width_m: float, colour: Colour, *, closed: bool) -> Patches:
    """Return a line of some width along points of shape (n, 2), one polygon for each segment."""
    ring = np.concatenate([points_m, points_m[:1]]) if closed else points_m
    steps = np.diff(ring, axis=0)
    lengths = np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-9)
    along = steps / lengths[:, None]
    half = 0.5 * width_m
    aside = half * np.column_stack([-along[:, 1], along[:, 0]])
    over = 0.5 * half * along  # so that segments of a bend overlap
    begin, end = ring[:-1] - over, ring[1:] + over
    polygons = np.stack([begin + aside, end + aside, end - aside, begin - aside], axis=1)
    return Patches(list(polygons), [colour] * len(polygons))
