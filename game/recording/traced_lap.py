"""A lap as the times at which a car passed even marks along it."""

from __future__ import annotations

from typing import Final, NamedTuple

_MARK_SPACING_M: Final = 5.0  # about, of the marks along every traced lap


class LapMarks(NamedTuple):
    """Divides a lap evenly by marks; the first one is the line."""

    total: int
    spacing_m: float

    @classmethod
    def of(cls, length_m: float) -> LapMarks:
        """Return the marks of a lap of this length."""
        total = max(1, round(length_m / _MARK_SPACING_M))
        return cls(total, length_m / total)


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
