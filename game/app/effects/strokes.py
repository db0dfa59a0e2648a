"""Darken or lighten the ground by a bounded number of four-cornered strokes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.patches import Piece
from game.arrays import Array, Mask

Shades = npt.NDArray[np.uint8]
IsHidden = Callable[[Array], Mask]  # for points of shape (n, 2)

_MARGIN_PX: Final = 2
_TALLY: Final = np.array([1, 1, 1])


class Strokes(NamedTuple):
    """Holds corners in turn, shape (n, 4, 2); colours to multiply with and to add, shape (n, 3)."""

    corners_m: Array
    tints: Shades
    lifts: Shades

    def chosen(self, which: npt.NDArray[Any]) -> Strokes:
        """Return the strokes that a mask or an index selects."""
        return Strokes(self.corners_m[which], self.tints[which], self.lifts[which])

    def seen(self, is_hidden: IsHidden | None) -> Strokes:
        """Return the strokes whose middles are not hidden."""
        if is_hidden is None:
            return self
        return self.chosen(~is_hidden(self.corners_m.mean(axis=1)))


NO_STROKES: Final = Strokes(
    np.zeros((0, 4, 2)), np.zeros((0, 3), np.uint8), np.zeros((0, 3), np.uint8)
)


class StrokeStore:
    """Keeps the newest strokes and finds them by place."""

    def __init__(self, capacity: int) -> None:
        self._kept = Strokes(
            np.zeros((capacity, 4, 2), np.float64),
            np.zeros((capacity, 3), np.uint8),
            np.zeros((capacity, 3), np.uint8),
        )
        self._low_m = np.full((capacity, 2), np.inf)
        self._high_m = np.full((capacity, 2), -np.inf)
        self._written = 0

    def __len__(self) -> int:
        return min(self._written, len(self._low_m))

    def add(self, strokes: Strokes) -> None:
        """Keep these; where there is no room the oldest go."""
        at = (self._written + np.arange(len(strokes.corners_m))) % len(self._low_m)
        self._kept.corners_m[at] = strokes.corners_m
        self._kept.tints[at] = strokes.tints
        self._kept.lifts[at] = strokes.lifts
        self._low_m[at] = strokes.corners_m.min(axis=1)
        self._high_m[at] = strokes.corners_m.max(axis=1)
        self._written += len(at)

    def touching(self, piece: Piece, limit: int) -> Strokes:
        """Return the newest strokes that reach into a piece of the world, `limit` at limit."""
        found = piece.touching(self._low_m, self._high_m)
        if len(found) > limit:
            age = (self._written - 1 - found) % len(self._low_m)
            found = found[np.argsort(age)[:limit]]
        return self._kept.chosen(found)


def stamp(surface: pygame.Surface, piece: Piece, strokes: Strokes, finer: int) -> None:
    """Draw strokes onto a picture of a piece, smoothed from `finer` times as many pixels."""
    corners = piece.to_pixels(strokes.corners_m.reshape(-1, 2)).reshape(-1, 4, 2)
    low = np.maximum(np.floor(corners.min(axis=(0, 1))).astype(int) - _MARGIN_PX, 0)
    high = np.ceil(corners.max(axis=(0, 1))).astype(int) + _MARGIN_PX
    high = np.minimum(high, surface.get_size())
    if np.any(high <= low):
        return
    width, height = (high - low).tolist()
    fine = np.rint(_drawn_in((corners - low) * finer) - 0.5).astype(int)
    patch = pygame.Surface((width * finer, height * finer), depth=32)
    for shades, ground, flag in (
        (strokes.tints, 255, pygame.BLEND_RGB_MULT),
        (strokes.lifts, 0, pygame.BLEND_RGB_ADD),
    ):
        marked = np.flatnonzero(np.any(shades != ground, axis=1))
        if len(marked):
            patch.fill((ground, ground, ground))
            order = marked[np.argsort(np.abs(shades[marked].astype(int) - ground) @ _TALLY)]
            for polygon, shade in zip(fine[order].tolist(), shades[order].tolist(), strict=True):
                pygame.draw.polygon(patch, shade, polygon)
            smooth = pygame.transform.smoothscale(patch, (width, height))
            surface.blit(smooth, low.tolist(), special_flags=flag)


def _drawn_in(corners: Array) -> Array:
    """Move corners half a pixel inwards, because a polygon is drawn with its edges."""
    along = corners[:, 1] + corners[:, 2] - corners[:, 0] - corners[:, 3]
    across = corners[:, 2] + corners[:, 3] - corners[:, 0] - corners[:, 1]
    along *= 0.5 * _reach(along)
    across *= 0.5 * _reach(across)
    inwards = np.stack([along + across, across - along, -along - across, along - across], axis=1)
    inner: Array = corners + inwards
    return inner


def _reach(ways: Array) -> Array:
    """Return the factor from a stroke's direction to the reach of a line across it, in lines."""
    lengths = np.maximum(np.hypot(ways[:, 0], ways[:, 1]), 1e-9)
    return np.asarray(np.abs(ways).max(axis=1) / lengths**2)[:, None]
