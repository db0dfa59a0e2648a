"""Trace a lap: when the car was where, and how far it is ahead of another lap or behind."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from game.recording.best_sectors import BestSectors
from game.recording.lap_listener import LapListener
from game.recording.traced_lap import LapMarks, TracedLap
from game.simulation.events import LapDone, SectorDone
from game.simulation.snapshot import Snapshot
from game.simulation.world import Step

PIECES: Final = 24  # of a lap, that are compared one by one: some 170 m each


class ReferenceLap(NamedTuple):
    """Describes the lap that the one under way is compared with."""

    name: str  # empty for the best lap
    lap: TracedLap


class LineDelta(NamedTuple):
    """Holds how the last lap compared with the reference that it had at the line."""

    delta_s: float  # difference of the two lap times
    name: str  # of the reference
    gains_s: tuple[float, ...]  # of all pieces of the lap


class SavedTrace(NamedTuple):
    """Holds the lap under way of a trace."""

    times_s: tuple[float, ...]
    travelled_m: float
    time_s: float
    sectors_s: tuple[float, ...]
    line: LineDelta | None


class LapTrace(LapListener):
    """Listens to one car. Its best valid lap, its last lap and its best sectors outlive restarts.

    At the line `delta_s` becomes the difference of the two lap times: both laps begin and end
    with the stopwatch's own times.
    """

    def __init__(
        self, step_s: float, length_m: float, car: int = 0, sectors_m: Sequence[float] = (0.0,)
    ) -> None:
        """sectors_m: where each sector begins along the lap, from 0."""
        super().__init__(car)
        self.best: TracedLap | None = None
        self.session_best: TracedLap | None = None  # of the laps that were listened to
        self.last: TracedLap | None = None  # whether it counts or not
        self.best_sectors = BestSectors(sectors_m)
        self.find_reference: Callable[[], ReferenceLap | None] = self._best_as_reference
        self._step_s = step_s
        self._length_m = length_m
        self._marks, self._spacing_m = LapMarks.of(length_m)
        self.restart()

    def race(self, lap: TracedLap, sectors_s: Sequence[float]) -> None:
        """Let a lap of an earlier drive be the best so far."""
        self.best = lap
        self.best_sectors.add(lap, sectors_s)

    def restart(self) -> None:
        """Forget the lap under way."""
        self._times_s: list[float] = []
        self._travelled_m = math.nan  # since the line; none before the first lap
        self._time_s = 0.0
        self._sectors_s: list[float] = []
        self.line: LineDelta | None = None  # of the lap before this one

    def saved(self) -> SavedTrace:
        """Return the lap under way, for `restore`; laps that were finished are not part of it."""
        return SavedTrace(
            tuple(self._times_s),
            self._travelled_m,
            self._time_s,
            tuple(self._sectors_s),
            self.line,
        )

    def restore(self, saved: SavedTrace) -> None:
        """Trace on from a lap under way."""
        self._times_s, self._sectors_s = list(saved.times_s), list(saved.sectors_s)
        self._travelled_m, self._time_s, self.line = saved.travelled_m, saved.time_s, saved.line

    def on_step(self, step: Step) -> None:
        """Trace a step; the last sector of a lap is done before the lap."""
        for event in step.events:
            if isinstance(event, SectorDone) and event.car == self._car:
                self._sectors_s.append(event.time_s)
        super().on_step(step)

    @property
    def lap_share(self) -> float:
        """Return how much of the lap under way is done, 0..1; 0 before the first."""
        if math.isnan(self._travelled_m):
            return 0.0
        return min(max(self._travelled_m / self._length_m, 0.0), 1.0)

    @property
    def reference(self) -> TracedLap | None:
        """Return the lap to compare with."""
        found = self.find_reference()
        return None if found is None else found.lap

    @property
    def reference_name(self) -> str:
        """Return the name of the lap that is compared with; empty for the best lap, or none."""
        found = self.find_reference()
        return "" if found is None else found.name

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

    def gains_s(self, pieces: int = PIECES) -> tuple[float, ...]:
        """Return what each of so many even pieces of the lap that are driven has lost on the
        reference; gains are negative.
        """
        reference = self.reference
        if reference is None:
            return ()
        ends = (round(number * self._marks / pieces) for number in range(pieces + 1))
        driven = [mark for mark in ends if mark < len(self._times_s)]
        deltas_s = [self._times_s[mark] - reference.times_s[mark] for mark in driven]
        return tuple(after - before for before, after in pairwise(deltas_s))

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
        self._sectors_s = []

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
        times_s.append(lap.time_s)
        self._compare_at_the_line(lap.time_s)
        self.last = driven = TracedLap(lap.time_s, self._spacing_m, tuple(times_s))
        if lap.valid:
            self.best = _quicker(driven, self.best)
            self.session_best = _quicker(driven, self.session_best)
            self.best_sectors.add(driven, self._sectors_s)

    def _compare_at_the_line(self, time_s: float) -> None:
        found = self.find_reference()
        if found is None:
            self.line = None
        else:
            self.line = LineDelta(time_s - found.lap.time_s, found.name, self.gains_s())

    def _best_as_reference(self) -> ReferenceLap | None:
        return None if self.best is None else ReferenceLap("", self.best)


def _quicker(driven: TracedLap, best: TracedLap | None) -> TracedLap:
    return driven if best is None or driven.time_s < best.time_s else best
