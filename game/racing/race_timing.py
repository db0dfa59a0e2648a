"""Time the cars of a race at the line and at marks along the lap, and put them in order."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from game.racing.race_length import RaceLength
from game.recording.traced_lap import LapMarks
from game.simulation.events import LapDone, LapStarted, LapVoid
from game.simulation.snapshot import Snapshot
from game.simulation.world import Step

_MARK_SPACING_M: Final = 100.0  # about: mini-sectors, at whose ends gaps are taken


@dataclass(slots=True)
class CarTiming:
    """Holds how far a car has come. Times are since the lights went out."""

    distance_m: float  # since the line ahead of the grid, negative before it
    lap_times_s: list[float] = field(default_factory=list)  # of finished laps, the first from 0
    best_lap_s: float = math.inf  # of those within the track limits
    finish_s: float = math.inf  # when it crossed the line behind the chequered flag
    is_out: bool = False  # laps that it still drives do not count
    mark_times_s: array[float] = field(default_factory=lambda: array("d"))  # from the line on
    _s_m: float = 0.0
    _line_s: float = 0.0  # when it last crossed the line with a lap that counts

    @property
    def laps_done(self) -> int:
        """Return how many laps it has finished."""
        return len(self.lap_times_s)

    @property
    def is_finished(self) -> bool:
        """Return whether it has crossed the line behind the chequered flag."""
        return math.isfinite(self.finish_s)


class RaceTiming:
    """Times all cars of a race."""

    def __init__(
        self, length_m: float, snapshots: Sequence[Snapshot], length: RaceLength, start_s: float
    ) -> None:
        """length: after which whoever is the first to cross the line has won.

        start_s: the time of the world at which that of the race begins.
        """
        self.cars = tuple(
            CarTiming(math.remainder(car.s_m, length_m), _s_m=car.s_m) for car in snapshots
        )
        self.length = length
        self._now_s = 0.0  # of the race
        self._start_s = start_s
        self.length_m = length_m
        self._marks = LapMarks.of(length_m, _MARK_SPACING_M)

    @property
    def is_won(self) -> bool:
        """Return whether a car has driven the whole distance: the chequered flag is out."""
        return any(car.is_finished for car in self.cars)

    def on_step(self, step: Step, before_s: float, now_s: float) -> None:
        """Time a step. Both times are of the race."""
        self._now_s = now_s
        for event in step.events:
            match event:
                case LapDone():
                    self._finish_lap(self.cars[event.car], event, step)
                case LapVoid():
                    self.cars[event.car].distance_m -= self.length_m
        for car, snapshot in zip(self.cars, step.snapshots, strict=True):
            self._move(car, snapshot, before_s, now_s)

    def order(self) -> list[int]:
        """Return the cars by their places: who is in front comes first."""

        def place(number: int) -> tuple[bool, float, float, int]:
            car = self.cars[number]
            if car.is_finished:
                return (False, -car.laps_done, car.finish_s, number)
            return (True, -car.distance_m, 0.0, number)

        return sorted(range(len(self.cars)), key=place)

    @property
    def time_left_s(self) -> float:
        """Return the time until the chequered flag is made ready; infinite in a race by laps."""
        return max(self.length.time_s - max(self._now_s, 0.0), 0.0)

    def is_on_last_lap(self, car: int) -> bool:
        """Return whether a car will see the chequered flag when it reaches the line, if all go on.

        In a race by minutes that is known once they are up: of the leader, and of every car that
        the leader reaches the line before.
        """
        if self.is_won:
            return True
        own = self.cars[car]
        if not self.length.is_by_minutes:
            return own.laps_done == self.length.laps - 1
        racing = (each for each in self.cars if not each.is_out)
        leader = max(racing, key=lambda each: each.distance_m, default=own)
        return self.time_left_s == 0.0 and own._s_m <= leader._s_m

    def gap_s(self, behind: int, ahead: int) -> float:
        """Return by how much a car passed a mark later, the last that it has passed.

        It is infinite if the other one has not passed that mark.
        """
        own, other = self.cars[behind].mark_times_s, self.cars[ahead].mark_times_s
        if not own or len(other) < len(own):
            return math.inf
        return own[-1] - other[len(own) - 1]

    def _finish_lap(self, car: CarTiming, done: LapDone, step: Step) -> None:
        """Note a lap; the crossing is when the clock of the next one began."""
        if car.is_finished or car.is_out:
            return
        was_won = self.is_won
        crossing_s = _crossing_s(step, done.car) - self._start_s
        lap_s = crossing_s - car._line_s
        car.lap_times_s.append(lap_s)
        if done.valid:
            car.best_lap_s = min(car.best_lap_s, lap_s)
        car._line_s = crossing_s
        if was_won or self._has_won(car, crossing_s):
            car.finish_s = crossing_s

    def _has_won(self, car: CarTiming, crossing_s: float) -> bool:
        """Return whether a car that crosses the line is the first one behind the chequered flag."""
        if not self.length.is_by_minutes:
            return car.laps_done == self.length.laps
        others = (each for each in self.cars if each is not car and not each.is_out)
        leads = all(each.laps_done < car.laps_done for each in others)
        return leads and crossing_s >= self.length.time_s

    def _move(self, car: CarTiming, snapshot: Snapshot, before_s: float, now_s: float) -> None:
        moved_m = math.remainder(snapshot.s_m - car._s_m, self.length_m)
        car._s_m = snapshot.s_m
        before_m = car.distance_m
        car.distance_m += moved_m
        spacing_m = self._marks.spacing_m
        while car.distance_m >= len(car.mark_times_s) * spacing_m:
            beyond_m = car.distance_m - len(car.mark_times_s) * spacing_m
            share = min(beyond_m / moved_m, 1.0) if car.distance_m > before_m else 0.0
            car.mark_times_s.append(now_s - share * (now_s - before_s))


def _crossing_s(step: Step, car: int) -> float:
    """Return the time of the world at which a car crossed the line in a step."""
    return next(
        event.start_s for event in step.events if isinstance(event, LapStarted) and event.car == car
    )
