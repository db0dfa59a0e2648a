"""Hold the points of a circuit as a file gives them, with what it says about them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from game.arrays import Array


class SourceStretch(NamedTuple):
    """Holds a stretch of a line from one of its points to another, and what the file says there."""

    first: int
    last: int
    name: str = ""
    runs_above: bool = False


@dataclass(frozen=True)
class SourceLine:
    """Holds points in the order of driving or drawing, in metres, x east and y north."""

    format: str
    points_m: Array  # shape (n, 2)
    right_m: Array | None = None  # from each point to the road's right edge, shape (n,)
    left_m: Array | None = None
    is_loop: bool = False  # the file says that its last point joins its first
    is_driven: bool = False  # by a car, perhaps for several laps
    title: str = ""
    licence: str = ""
    origin_deg: tuple[float, float] | None = None  # latitude and longitude of x = y = 0
    stretches: tuple[SourceStretch, ...] = ()
    notes: tuple[str, ...] = ()
    height_m: Array | None = None  # of each point, shape (n,)

    def noted(self, note: str) -> SourceLine:
        """Return the same line with a note to the user."""
        return replace(self, notes=(*self.notes, note))

    def reversed(self) -> SourceLine:
        """Return the line driven the other way."""
        last = len(self.points_m) - 1
        return replace(
            self,
            points_m=self.points_m[::-1],
            right_m=None if self.left_m is None else self.left_m[::-1],
            left_m=None if self.right_m is None else self.right_m[::-1],
            height_m=None if self.height_m is None else self.height_m[::-1],
            stretches=tuple(
                each._replace(first=last - each.last, last=last - each.first)
                for each in self.stretches[::-1]
            ),
        )


def half_widths(width_m: Array) -> tuple[Array, Array]:
    """Return the widths to the right and to the left of the middle of a road."""
    half_m: Array = 0.5 * np.asarray(width_m, float)
    return half_m, half_m
