"""Collect the laps and stints of one entrant, and their statistics."""

from __future__ import annotations

import hashlib
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from game.headless.fleet import LapsLost, StintDone, StintEvent, StintLapDone
from game.headless.stint import Entrant
from game.recording.lap_recorder import Lap
from game.simulation.world import TICK_S


@dataclass
class Results:
    """Collects one entrant's laps and stints in any order. All times are those of valid laps."""

    entrant: Entrant
    _done: list[StintLapDone] = field(default_factory=list)
    _stints: list[StintDone] = field(default_factory=list)
    _lost: list[LapsLost] = field(default_factory=list)

    def add(self, event: StintEvent) -> None:
        """Add what was driven or lost."""
        if isinstance(event, StintLapDone):
            self._done.append(event)
        elif isinstance(event, StintDone):
            self._stints.append(event)
        else:
            self._lost.append(event)

    @property
    def laps(self) -> list[StintLapDone]:
        """Return the finished laps, in the order of their numbers."""
        return sorted(self._done, key=lambda done: done.lap.number)

    @property
    def lost(self) -> list[LapsLost]:
        """Return the lost laps, in the order of their numbers."""
        return sorted(self._lost, key=lambda lost: lost.first_lap)

    @property
    def valid_laps(self) -> int:
        """Return the number of valid laps."""
        return len(self._valid())

    @property
    def best_s(self) -> float | None:
        """Return the time of the fastest valid lap; None if there is none."""
        return min((lap.time_s for lap in self._valid()), default=None)

    @property
    def median_s(self) -> float | None:
        """Return the median time of the valid laps; None if there are none."""
        return self._median(lambda lap: lap.time_s)

    @property
    def repeats(self) -> int:
        """Return how many stints had the same laps, to the bit; 1 if they vary."""
        times = {
            (done.stint.number, done.lap.number - done.stint.first_lap): done.lap.time_s
            for done in self._done
        }
        first = {place: time_s for (stint, place), time_s in times.items() if stint == 1}
        if any(first.get(place) != time_s for (_, place), time_s in times.items()):
            return 1
        return max(1, len({stint for stint, _ in times}))

    @property
    def spread_s(self) -> float | None:
        """Return the interquartile range of the times of valid laps; None if there are none.

        None as well where all stints had the same laps: then nothing varies.
        """
        if self.repeats > 1:
            return None
        times = [lap.time_s for lap in self._valid()]
        if len(times) < 2:
            return 0.0 if times else None
        lower, _, upper = statistics.quantiles(times, method="inclusive")
        return upper - lower

    @property
    def median_drawn_j(self) -> float | None:
        """Return the median energy drawn in valid laps; None if there are none."""
        return self._median(lambda lap: lap.drawn_j)

    @property
    def median_regained_j(self) -> float | None:
        """Return the median energy that valid laps regain; None if there are none."""
        return self._median(lambda lap: lap.regained_j)

    @property
    def ticks(self) -> int:
        """Return the number of ticks of all stints."""
        return sum(done.run.ticks for done in self._stints)

    @property
    def wall_s(self) -> float:
        """Return the wall-clock time of all stints, added up."""
        return sum(done.run.wall_s for done in self._stints)

    @property
    def realtime_factor(self) -> float:
        """Return how much faster than the wall clock a process drives."""
        return self.ticks * TICK_S / self.wall_s if self._stints else 0.0

    @property
    def compiled(self) -> bool:
        """Return whether the tick ran as machine code."""
        return any(done.run.compiled for done in self._stints)

    @property
    def state_hash(self) -> str:
        """Return the hash of a stint's last state; for several, the hash of their hashes."""
        ends = sorted(self._stints, key=lambda done: done.stint.first_lap)
        hashes = [done.run.state_hash for done in ends]
        if len(hashes) == 1:
            return hashes[0]
        return hashlib.sha256("".join(hashes).encode()).hexdigest()[:32]

    def _valid(self) -> list[Lap]:
        return [done.lap for done in self._done if done.lap.valid]

    def _median(self, of: Callable[[Lap], float]) -> float | None:
        valid = self._valid()
        return statistics.median(map(of, valid)) if valid else None
