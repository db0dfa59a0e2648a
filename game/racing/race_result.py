"""Classify the cars of a race."""

from __future__ import annotations

import math
from typing import NamedTuple

from game.racing.contact_energy import CarContact
from game.racing.race_control import Penalty, RaceControl


class Classified(NamedTuple):
    """Holds a car's result."""

    car: int  # its number in the race
    place: int
    grid: int  # where it started
    laps: int  # it has finished
    time_s: float  # its own and its penalties; infinite for one that has not finished
    gap_s: float  # to the winner, if it drove as many laps; else infinite
    penalty_s: float
    best_lap_s: float  # within the track limits; infinite without one
    lap_times_s: tuple[float, ...]
    net_j: float  # energy from the battery, what is regained taken off
    retired: str  # why; empty for one that has finished


class RaceResult(NamedTuple):
    """Holds the result of a race."""

    classified: tuple[Classified, ...]  # the winner first
    penalties: tuple[Penalty, ...]
    contacts: tuple[CarContact, ...]

    @property
    def laps_driven(self) -> int:
        """Return how many laps the winner has finished; without one, whoever has most."""
        return max((each.laps for each in self.classified), default=0)

    @property
    def fastest_lap(self) -> Classified | None:
        """Return whose best lap is the fastest of all; None if there is no valid lap."""
        best = min(self.classified, key=lambda each: each.best_lap_s, default=None)
        return best if best is not None and math.isfinite(best.best_lap_s) else None


def classify(control: RaceControl) -> RaceResult:
    """Return the result as it is now: by laps, then by time with penalties; who retired, last."""
    order = control.timing.order()
    by_distance = {car: place for place, car in enumerate(order)}

    def key(car: int) -> tuple[bool, int, float, int]:
        timing = control.timing.cars[car]
        time_s = timing.finish_s + control.penalty_s(car)
        return (not timing.is_finished, -timing.laps_done, time_s, by_distance[car])

    cars = sorted(order, key=key)
    winner = control.timing.cars[cars[0]]
    winner_s = winner.finish_s + control.penalty_s(cars[0])
    classified = []
    for place, car in enumerate(cars, start=1):
        timing = control.timing.cars[car]
        time_s = timing.finish_s + control.penalty_s(car)
        same_lap = timing.is_finished and timing.laps_done == winner.laps_done
        classified.append(
            Classified(
                car=car,
                place=place,
                grid=car + 1,
                laps=timing.laps_done,
                time_s=time_s,
                gap_s=time_s - winner_s if same_lap else math.inf,
                penalty_s=control.penalty_s(car),
                best_lap_s=timing.best_lap_s,
                lap_times_s=tuple(timing.lap_times_s),
                net_j=control.net_j(car),
                retired=control.retired(car),
            )
        )
    return RaceResult(tuple(classified), tuple(control.log.penalties), tuple(control.log.contacts))
