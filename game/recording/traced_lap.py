"""Hold a lap as the times at which a car passed even marks along it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array

_MARK_SPACING_M: Final = 5.0  # about, of the marks along every traced lap


class LapMarks(NamedTuple):
    """Divides a lap evenly by marks; the first and the last one are the line."""

    total: int  # less one: the last closes the lap
    spacing_m: float

    @classmethod
    def of(cls, length_m: float, about_m: float = _MARK_SPACING_M) -> LapMarks:
        """Return the marks of a lap of this length, about so far apart."""
        total = max(1, round(length_m / about_m))
        return cls(total, length_m / total)

    @property
    def places_m(self) -> Array:
        """Return the places of all marks, the line at both ends, shape (total + 1,)."""
        return self.spacing_m * np.arange(self.total + 1.0)

    def nearest(self, s_m: float) -> int:
        """Return the mark nearest to a place of the lap."""
        return min(max(round(s_m / self.spacing_m), 0), self.total)


class TracedLap(NamedTuple):
    """Holds a lap's time at marks that lie evenly along it, from the line to the line again."""

    time_s: float
    spacing_m: float
    times_s: tuple[float, ...]

    def time_at(self, travelled_m: float) -> float:
        """Return the time since the line when the car was so far, s; the ends hold beyond them."""
        last = len(self.times_s) - 1
        mark = min(max(travelled_m / self.spacing_m, 0.0), float(last))
        before = min(int(mark), last - 1)
        begin_s, end_s = self.times_s[before : before + 2]
        return begin_s + (mark - before) * (end_s - begin_s)


def traced_lap(time_s: float, way_m: Array, times_s: Array, length_m: float) -> TracedLap:
    """Return a lap of this time as its times at the marks.

    way_m, times_s: how far along the lap it was when, neither falling, shape (n,).
    """
    marks = LapMarks.of(length_m)
    inner_s = np.interp(marks.places_m[1:-1], way_m, times_s)
    return TracedLap(time_s, marks.spacing_m, (0.0, *inner_s.tolist(), time_s))
