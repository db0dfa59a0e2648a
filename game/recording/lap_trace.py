"""A lap's trace holds when the car was where, and how far it is ahead of its best lap or behind."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

from game.recording.lap_listener import LapListener
from game.simulation.events import LapDone
from game.simulation.snapshot import Snapshot

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


class TargetLap(NamedTuple):
    """Describes a lap to compare with as long as the car has none of its own."""

    name: str
    lap: TracedLap


class LapTrace(LapListener):
    """Listens to one car. Its best valid lap outlives restarts.

    At the line `delta_s` becomes the difference of the two lap times: both laps begin and end
    with the stopwatch's own times.
    """

    def __init__(self, step_s: float, length_m: float, car: int = 0) -> None:
        super().__init__(car)
        self.best: TracedLap | None = None
        self.find_target: Callable[[], TargetLap | None] = _no_target
        self._step_s = step_s
        self._length_m = length_m
        self._marks, self._spacing_m = LapMarks.of(length_m)
        self.restart()

    def restart(self) -> None:
        """Forget the lap under way."""
        self._times_s: list[float] = []
        self._travelled_m = math.nan  # since the line; none before the first lap
        self._time_s = 0.0

    @property
    def lap_share(self) -> float:
        """Return how much of the lap under way is done, 0..1; 0 before the first."""
        if math.isnan(self._travelled_m):
            return 0.0
        return min(max(self._travelled_m / self._length_m, 0.0), 1.0)

    @property
    def reference(self) -> TracedLap | None:
        """Return the lap to compare with: the best one, or the target as long as there is none."""
        if self.best is not None:
            return self.best
        target = self.find_target()
        return None if target is None else target.lap

    @property
    def reference_name(self) -> str:
        """Return the name of the target while it is compared with, else empty."""
        target = self.find_target() if self.best is None else None
        return "" if target is None else target.name

    @property
    def delta_s(self) -> float | None:
        """Return how far behind the reference (positive) or ahead; None while none is compared."""
        reference = self.reference
        if reference is None or math.isnan(self._travelled_m):
            return None
        return self._time_s - reference.time_at(self._travelled_m)

    @property
    def predicted_s(self) -> float | None:
        """Return the lap time if the rest goes as in the reference."""
        delta_s = self.delta_s
        reference = self.reference
        return None if reference is None or delta_s is None else reference.time_s + delta_s

    def last_deltas_s(self, count: int) -> list[float]:
        """Return the deltas at the last `count` marks passed in this lap, oldest first."""
        reference = self.reference
        if reference is None:
            return []
        first = max(len(self._times_s) - count, 0)
        return [
            time_s - best_s
            for time_s, best_s in zip(
                self._times_s[first:], reference.times_s[first:], strict=False
            )
        ]

    def _on_lap_started(self) -> None:
        self._times_s, self._travelled_m, self._time_s = [0.0], 0.0, 0.0

    def _on_lap_driven(self, snapshot: Snapshot) -> None:
        """Note the times of the marks passed in this step, linear within it."""
        # Where the clock runs from standstill, the car is behind the line or on it.
        if math.isnan(self._travelled_m):
            self._travelled_m = self._nearest(snapshot.s_m, 0.0)
        time_s = snapshot.tick * self._step_s - snapshot.lap_start_s
        travelled_m = self._nearest(snapshot.s_m, self._travelled_m)
        while (mark_m := len(self._times_s) * self._spacing_m) <= travelled_m:
            if len(self._times_s) == self._marks:
                break  # the last mark is the line: its time is the stopwatch's
            step_m = travelled_m - self._travelled_m
            share = (mark_m - self._travelled_m) / step_m if step_m > 0.0 else 1.0
            self._times_s.append(self._time_s + share * (time_s - self._time_s))
        self._travelled_m, self._time_s = travelled_m, time_s

    def _nearest(self, s_m: float, to_m: float) -> float:
        """Return the place `s_m`, give or take laps, that is nearest to `to_m`."""
        return to_m + math.remainder(s_m - to_m, self._length_m)

    def _on_lap_done(self, lap: LapDone) -> None:
        times_s = self._times_s
        begin_s = times_s[-1]
        missing = self._marks - len(times_s)
        for number in range(1, missing + 1):
            times_s.append(begin_s + number / (missing + 1) * (lap.time_s - begin_s))
        if lap.valid and (self.best is None or lap.time_s < self.best.time_s):
            self.best = TracedLap(lap.time_s, self._spacing_m, (*times_s, lap.time_s))


def _no_target() -> None:
    """Return no target."""
