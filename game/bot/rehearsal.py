"""Drive laps before the start, to learn where a plan asks too much and what charge it costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.bot.lone_follower import bind_follower
from game.bot.plan import Plan
from game.bot.start import flying_start
from game.compiled import Backend
from game.drivers.driver import TICKS_PER_DECISION
from game.simulation.world import World
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

LAPS: Final = 2  # after the run-up; the second meets a car that is warmer and emptier
_TIME_LIMIT: Final = 2.5  # times the planned time, after which a rehearsal is broken off
_WIDE_M: Final = 1.0  # from the line: more than its feedback corrects in normal driving
OFF_LINE_M: Final = 0.5


class LineDeparture(NamedTuple):
    """Describes a stretch on which the car was off its line."""

    from_m: float  # on the lap
    widest_m: float


@dataclass(frozen=True)
class Rehearsal:
    """Holds the result of driving a plan."""

    departures: tuple[LineDeparture, ...]
    lost: bool  # it spun, or had to be brought back
    charge_per_lap: float

    @property
    def is_clean(self) -> bool:
        """Return whether the car kept to its line, as nearly as in normal driving."""
        return not self.incidents_m and not self.lost

    @property
    def incidents_m(self) -> tuple[float, ...]:
        """Return the places where the car left the line by more than its feedback corrects."""
        return tuple(each.from_m for each in self.departures if each.widest_m > _WIDE_M)


def rehearse(track: Track, spec: CarSpec, setup: Setup, plan: Plan, laps: int = LAPS) -> Rehearsal:
    """Drive the plan for its run-up and some laps, alone on the track."""
    world = World(track, [flying_start(spec, setup, plan)], backend=Backend.COMPILED)
    decide = bind_follower(world, plan)
    places_m: list[float] = []
    deviations_m: list[float] = []
    lost = False
    first = after = decide()
    distance_m = first.s_m
    to_drive_m = (laps + 1) * track.length_m
    give_up_s = _TIME_LIMIT * (laps + 1) * plan.lap_time_s
    while distance_m < to_drive_m and world.time_s < give_up_s:
        before = after
        world.advance([before.controls], TICKS_PER_DECISION)
        after = decide()
        moved_m = math.remainder(after.s_m - before.s_m, track.length_m)
        distance_m += moved_m
        places_m.append(after.s_m)
        deviations_m.append(abs(before.deviation_m))
        lost = lost or before.lost
        if after.charge <= 0.0 and moved_m <= 0.0:
            break  # it has come to rest, or rolls back down a hill: it gets no farther
    driven_laps = max(distance_m - first.s_m, 1.0) / track.length_m
    return Rehearsal(
        departures(places_m, deviations_m), lost, (first.charge - after.charge) / driven_laps
    )


def departures(
    places_m: Sequence[float], deviations_m: Sequence[float]
) -> tuple[LineDeparture, ...]:
    """Return the places where a car left its line by more than an ordinary correction."""
    found: list[LineDeparture] = []
    outside = False
    for place_m, off_m in zip(places_m, deviations_m, strict=True):
        if off_m > OFF_LINE_M and outside:
            from_m, widest_m = found[-1]
            found[-1] = LineDeparture(from_m, max(widest_m, off_m))
        elif off_m > OFF_LINE_M:
            found.append(LineDeparture(place_m, off_m))
        outside = off_m > OFF_LINE_M
    return tuple(found)
