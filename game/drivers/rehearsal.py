"""Laps driven before the start, to learn where a plan asks too much and what it costs in charge."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from game.drivers.line_keeper import LineKeeper
from game.drivers.observation import Observation
from game.drivers.plan import Plan
from game.drivers.start import flying_start
from game.simulation.world import World
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_LAPS: Final = 2  # after the run-up; the second meets a car that is warmer and emptier
_PATIENCE: Final = 2.5  # times the planned time, after which a rehearsal is broken off
_WIDE_M: Final = 1.0  # from the line: more than its feedback takes in normal driving
_BACK_M: Final = 0.5


@dataclass(frozen=True)
class Rehearsal:
    """What came of driving a plan."""

    troubles_m: tuple[float, ...]  # where on the lap the car left the line or slid
    lost: bool  # it spun, or had to be brought back
    charge_per_lap: float


def rehearse(track: Track, spec: CarSpec, setup: Setup, plan: Plan) -> Rehearsal:
    """Drive the plan for its run-up and some laps, alone on the track."""
    world = World(track, [flying_start(spec, setup, plan)], machine_code=True)
    keeper = LineKeeper(track, spec, setup, plan)
    troubles_m: list[float] = []
    in_trouble = lost = False
    first = now = world.snapshots()[0]
    distance_m = now.s_m
    to_drive_m = (_LAPS + 1) * track.length_m
    give_up_s = _PATIENCE * (_LAPS + 1) * plan.lap_time_s
    while distance_m < to_drive_m and world.time_s < give_up_s:
        before_m = now.s_m
        controls = keeper.decide(Observation(now))
        now = world.step([controls], keeper.ticks_per_decision).snapshots[0]
        distance_m += math.remainder(now.s_m - before_m, track.length_m)
        away_m = abs(keeper.deviation_m)
        if keeper.lost or away_m > _WIDE_M:
            if not in_trouble:
                troubles_m.append(now.s_m)
            in_trouble = True
            lost = lost or keeper.lost
        elif away_m < _BACK_M:
            in_trouble = False
    laps = max(distance_m - first.s_m, 1.0) / track.length_m
    return Rehearsal(tuple(troubles_m), lost, (first.charge - now.charge) / laps)
