"""Classify the cars of a race."""

from __future__ import annotations

import math
from typing import NamedTuple

from game.racing.contact_energy import CarContact
from game.racing.race_control import RaceControl
from game.racing.race_log import GainedPlace, Penalty


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
    is_disqualified: bool = False


class RaceResult(NamedTuple):
    """Holds the result of a race."""

    classified: tuple[Classified, ...]  # the winner first
    penalties: tuple[Penalty, ...]
    contacts: tuple[CarContact, ...]
    gained: tuple[GainedPlace, ...] = ()  # that cars were told to give back

    @property
    def laps_driven(self) -> int:
        """Return how many laps the winner has finished; without one, whoever has most."""
        return max((each.laps for each in self.classified), default=0)

    @property
    def fastest_lap(self) -> Classified | None:
        """Return whose best lap is the fastest of all; None if there is no valid lap."""
        placed = (each for each in self.classified if not each.is_disqualified)
        best = min(placed, key=lambda each: each.best_lap_s, default=None)
        return best if best is not None and math.isfinite(best.best_lap_s) else None


def classify(control: RaceControl) -> RaceResult:
    """Return the result as it is now: by laps, then by time with penalties.

    Who has retired comes after those who finished, who was disqualified last.
    """
    order = control.timing.order()
    by_distance = {car: place for place, car in enumerate(order)}

    def time_s(car: int) -> float:
        is_placed = not control.is_disqualified(car)
        finish_s = control.timing.cars[car].finish_s if is_placed else math.inf
        return finish_s + control.penalty_s(car)

    def key(car: int) -> tuple[bool, bool, int, float, int]:
        timing, is_disqualified = control.timing.cars[car], control.is_disqualified(car)
        laps = -timing.laps_done
        return (is_disqualified, not timing.is_finished, laps, time_s(car), by_distance[car])

    cars = sorted(order, key=key)
    winner = control.timing.cars[cars[0]]
    classified = []
    for place, car in enumerate(cars, start=1):
        timing = control.timing.cars[car]
        same_lap = math.isfinite(time_s(car)) and timing.laps_done == winner.laps_done
        classified.append(
            Classified(
                car=car,
                place=place,
                grid=car + 1,
                laps=timing.laps_done,
                time_s=time_s(car),
                gap_s=time_s(car) - time_s(cars[0]) if same_lap else math.inf,
                penalty_s=control.penalty_s(car),
                best_lap_s=timing.best_lap_s,
                lap_times_s=tuple(timing.lap_times_s),
                net_j=control.net_j(car),
                retired=control.retired(car),
                is_disqualified=control.is_disqualified(car),
            )
        )
    log = control.log
    return RaceResult(
        tuple(classified), tuple(log.penalties), tuple(log.contacts), tuple(log.gained)
    )
