"""Find the runs of samples along a lap where something holds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from game.arrays import Indices, Mask


class SampleRun(NamedTuple):
    """Holds a run of samples, which may go on over the start line: `end` is the last of them."""

    begin: int
    end: int

    @property
    def size(self) -> int:
        """Return how many samples it has."""
        return self.end - self.begin + 1

    def indices(self, count: int) -> Indices:
        """Return the samples of the run, of as many as there are on the lap."""
        return np.arange(self.begin, self.end + 1) % count


def sample_runs(chosen: Mask, *, apart: float = 1.0, closed: bool = True) -> list[SampleRun]:
    """Return the runs of samples that are chosen, in order.

    apart: two that follow each other by so many samples at most are of one run.
    closed: the last sample is followed by the first one.
    """
    places = np.flatnonzero(chosen)
    if len(places) == 0:
        return []
    breaks = np.flatnonzero(np.diff(places) > apart) + 1
    runs = [SampleRun(int(run[0]), int(run[-1])) for run in np.split(places, breaks)]
    count = len(chosen)
    if closed and len(runs) > 1 and runs[0].begin + count - runs[-1].end <= apart:
        first = runs.pop(0)
        runs[-1] = SampleRun(runs[-1].begin, first.end + count)
    return runs
