"""Measures a setup by laps of the reference driver in the simulation, on the rig's line."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.drivers.planning import line_plan, softened, speed_planner
from game.tuning.flying_laps import FlyingLaps, drive_plan
from game.tuning.lap_review import LapReview
from game.tuning.measurement import Measurement
from game.tuning.rig import Rig
from game.vehicle.setup import Setup

LAPS: Final = 2

_ATTEMPTS: Final = 8
_WIDE_M: Final = 1.0  # from the line: more than its feedback takes in normal driving


def measure_setup(rig: Rig, setup: Setup, laps: int = LAPS) -> Measurement:
    """Drive flying laps; what they came to. The same call gives the same numbers anywhere."""
    planner = speed_planner(rig.track, rig.spec, setup)
    limit_s = planner.profile(rig.line).lap_time_s
    plan = line_plan(planner, rig.line, rig.plan.grip, limit_s)
    for _ in range(_ATTEMPTS):
        driven = drive_plan(rig.track, rig.spec, setup, plan, laps)
        troubles_m = _troubles(driven)
        if not troubles_m and len(driven.laps) == laps:
            return _measurement(rig, driven)
        grip = softened(
            plan, rig.line.s_m, rig.track.length_m, troubles_m, not math.isnan(driven.lost_m)
        )
        plan = line_plan(planner, rig.line, grip, limit_s)
    return Measurement(lost=_reason(driven))


def _troubles(driven: FlyingLaps) -> list[float]:
    """Where the car began to leave the line."""
    wide = np.abs(driven.deviation_m) > _WIDE_M
    begins = np.flatnonzero(wide & ~np.append(False, wide[:-1]))
    troubles_m = driven.log.s_m[begins].tolist()
    return troubles_m if math.isnan(driven.lost_m) else [*troubles_m, driven.lost_m]


def _reason(driven: FlyingLaps) -> str:
    place_m = driven.log.s_m[-1]
    if not math.isnan(driven.lost_m):
        return f"the car was lost at {place_m:.0f} m"
    return f"lap {len(driven.laps) + 1} was not finished in time; the car got to {place_m:.0f} m"


def _measurement(rig: Rig, driven: FlyingLaps) -> Measurement:
    numbers = [number for number, lap in enumerate(driven.laps, 1) if lap.valid]
    if not numbers:
        return Measurement(lost="no lap was valid")
    best = min(numbers, key=lambda number: driven.laps[number - 1].time_s)
    review = LapReview(rig.track, driven.log, driven.look_s, driven.laps[best - 1], best)
    return Measurement(
        laps_s=tuple(driven.laps[number - 1].time_s for number in numbers),
        sectors_s=driven.laps[best - 1].sectors_s,
        ledger=review.ledger(),
        balance=review.balance(),
        corners=review.corners(),
        trace=review.trace(),
    )
