"""What an entrant has driven, added up."""

from __future__ import annotations

import hashlib
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field

from game.headless.fleet import LapDone, LapsLost, StintDone, StintEvent
from game.headless.stint import Entrant
from game.recording.lap_recorder import Lap
from game.simulation.world import TICK_S


@dataclass
class Results:
    """One entrant's laps and stints, whatever order they came in. Times are of valid laps."""

    entrant: Entrant
    _done: list[LapDone] = field(default_factory=list)
    _stints: list[StintDone] = field(default_factory=list)
    _lost: list[LapsLost] = field(default_factory=list)

    def add(self, event: StintEvent) -> None:
        """Add what was driven or lost."""
        if isinstance(event, LapDone):
            self._done.append(event)
        elif isinstance(event, StintDone):
            self._stints.append(event)
        else:
            self._lost.append(event)

    @property
    def laps(self) -> list[LapDone]:
        """The finished laps by number."""
        return sorted(self._done, key=lambda done: done.lap.number)

    @property
    def lost(self) -> list[LapsLost]:
        """The lost laps by number."""
        return sorted(self._lost, key=lambda lost: lost.first_lap)

    @property
    def valid_laps(self) -> int:
        """How many count."""
        return len(self._valid())

    @property
    def best_s(self) -> float | None:
        """The shortest valid lap; nothing if there is none, as below."""
        return min((lap.time_s for lap in self._valid()), default=None)

    @property
    def median_s(self) -> float | None:
        """The median valid lap."""
        return self._median(lambda lap: lap.time_s)

    @property
    def spread_s(self) -> float | None:
        """The interquartile range: how far the middle half of the valid laps lies apart."""
        times = [lap.time_s for lap in self._valid()]
        if len(times) < 2:
            return 0.0 if times else None
        lower, _, upper = statistics.quantiles(times, method="inclusive")
        return upper - lower

    @property
    def median_drawn_j(self) -> float | None:
        """The median energy that a valid lap draws from the battery."""
        return self._median(lambda lap: lap.drawn_j)

    @property
    def median_regained_j(self) -> float | None:
        """The median energy that a valid lap gives back."""
        return self._median(lambda lap: lap.regained_j)

    @property
    def ticks(self) -> int:
        """Of all stints."""
        return sum(done.run.ticks for done in self._stints)

    @property
    def wall_s(self) -> float:
        """The time that the stints took, added up."""
        return sum(done.run.wall_s for done in self._stints)

    @property
    def realtime_factor(self) -> float:
        """Simulated time in that of the wall, per process."""
        return self.ticks * TICK_S / self.wall_s if self._stints else 0.0

    @property
    def compiled(self) -> bool:
        """Whether the tick ran as machine code."""
        return any(done.run.compiled for done in self._stints)

    @property
    def state_hash(self) -> str:
        """Of a stint as it ended; of several, the hash of theirs in the order of their laps."""
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
