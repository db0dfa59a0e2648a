"""Put the cars of a race in order while it goes on, as it is shown on a pit wall."""

from __future__ import annotations

from typing import NamedTuple

from game.racing.race_control import RaceControl


class RaceStanding(NamedTuple):
    """Holds where a car lies. Gaps are infinite until both cars have passed a mark."""

    car: int  # its number in the race
    laps_done: int
    gap_s: float  # to the leader: the intervals of all from there on
    interval_s: float  # to the car that is a place ahead
    laps_down: int  # whole laps that it is behind the leader
    penalty_s: float
    is_finished: bool
    retired: str  # why; empty for one that has not
    is_disqualified: bool = False


def race_standings(control: RaceControl) -> tuple[RaceStanding, ...]:
    """Return the cars by their places; who has retired, then who is disqualified, comes last."""
    timing = control.timing
    order = sorted(
        timing.order(), key=lambda car: (control.is_disqualified(car), control.is_out(car))
    )
    leader = timing.cars[order[0]]
    found = []
    gap_s = 0.0
    for place, car in enumerate(order):
        interval_s = max(timing.gap_s(car, order[place - 1]), 0.0) if place else 0.0
        gap_s += interval_s
        behind_m = leader.distance_m - timing.cars[car].distance_m
        laps_down = leader.laps_done - timing.cars[car].laps_done
        found.append(
            RaceStanding(
                car=car,
                laps_done=timing.cars[car].laps_done,
                gap_s=gap_s,
                interval_s=interval_s,
                laps_down=min(laps_down, max(int(behind_m / timing.length_m), 0)),
                penalty_s=control.penalty_s(car),
                is_finished=timing.cars[car].is_finished,
                retired=control.retired(car),
                is_disqualified=control.is_disqualified(car),
            )
        )
    return tuple(found)
