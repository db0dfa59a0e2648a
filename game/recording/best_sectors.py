"""Put the best sectors of several laps together: the lap that was in one's hands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from game.recording.traced_lap import TracedLap


class _Sector(NamedTuple):
    """Holds a sector as a lap drove it."""

    time_s: float
    begin_s: float  # since the line of its lap
    lap: TracedLap


class BestSectors:
    """Keeps the best sectors of the valid laps of one car, and the lap that they make together."""

    def __init__(self, sectors_m: Sequence[float]) -> None:
        """sectors_m: where each sector begins along the lap, from 0."""
        self.lap: TracedLap | None = None
        self._sectors_m = tuple(sectors_m)
        self._best: list[_Sector] = []

    def add(self, lap: TracedLap, sectors_s: Sequence[float]) -> None:
        """Take a valid lap with its sectors' times; one of other sectors does not count."""
        if len(sectors_s) != len(self._sectors_m):
            return
        begins_s = accumulate(sectors_s[:-1], initial=0.0)
        driven = [_Sector(time_s, at, lap) for time_s, at in zip(sectors_s, begins_s, strict=True)]
        best = self._best or driven
        self._best = [
            min(pair, key=lambda each: each.time_s) for pair in zip(best, driven, strict=True)
        ]
        self.lap = self._together()

    def _together(self) -> TracedLap:
        """Return the sectors one after another; each takes its own stopwatch's time."""
        spacing_m = self._best[0].lap.spacing_m
        marks = len(self._best[0].lap.times_s)
        ends_s = (0.0, *accumulate(sector.time_s for sector in self._best))
        times_s = []
        for mark in range(marks - 1):
            place_m = mark * spacing_m
            number = bisect_right(self._sectors_m, place_m) - 1
            sector = self._best[number]
            within_s = sector.lap.times_s[mark] - sector.begin_s
            times_s.append(ends_s[number] + min(max(within_s, 0.0), sector.time_s))
        return TracedLap(ends_s[-1], spacing_m, (*times_s, ends_s[-1]))
