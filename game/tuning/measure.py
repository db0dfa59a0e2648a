"""Measure a setup by laps of the reference driver in the simulation, on the baseline's line."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.bot.rehearsal import departures
from game.bot.speed_plan import (
    line_plan,
    reduced_grip,
    slower_planners,
    speed_planner,
    with_slower_speeds,
)
from game.tuning.baseline import Baseline
from game.tuning.flying_laps import FlyingLaps, drive_plan
from game.tuning.lap_analysis import LapAnalysis
from game.tuning.measurement import Measurement
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup

LAPS: Final = 2

_TRIALS: Final = 2  # laps to learn on, each followed by the same rule
_RETRIES: Final = 8  # more, while the car gets lost
_WORN_LEVELS: Final = 1  # of slower speeds: warm tyres that wear for some laps lose little


def measure_setup(baseline: Baseline, setup: Setup, laps: int = LAPS) -> Measurement:
    """Drive flying laps and measure them. The same call gives the same numbers anywhere.

    The speeds are the setup's own; the share of the grip that they use is the baseline's, and less
    by one rule wherever the car leaves the line. So the lap time changes evenly with the setup.
    Tyres with a state are warm from the start and wear while they are driven.
    """
    planner = speed_planner(baseline.track, baseline.spec, setup)
    quasi_steady_s = planner.profile(baseline.line).lap_time_s
    slower = []
    if setup.tyre_state == "live":
        slower = slower_planners(baseline.track, baseline.spec, setup, _WORN_LEVELS)
    grip = baseline.plan.grip
    for trial in range(_TRIALS + _RETRIES):
        plan = line_plan(planner, baseline.line, grip, quasi_steady_s)
        plan = with_slower_speeds(plan, baseline.line, slower) if slower else plan
        driven = drive_plan(
            baseline.track, baseline.spec, setup, plan, laps if trial >= _TRIALS else 1
        )
        found = departures(driven.log.s_m.tolist(), np.abs(driven.deviation_m).tolist())
        if math.isnan(driven.lost_m) and (trial >= _TRIALS or not found):
            break
        grip = reduced_grip(plan, baseline.line.s_m, baseline.track.length_m, found)
    if len(driven.laps) < laps and math.isnan(driven.lost_m):
        driven = drive_plan(baseline.track, baseline.spec, setup, plan, laps)
    return _measurement(baseline, setup, driven)


def _reason(driven: FlyingLaps) -> str:
    place_m = driven.log.s_m[-1]
    if not math.isnan(driven.lost_m):
        return f"the car was lost at {place_m:.0f} m"
    if driven.laps:
        return "no lap was valid"
    return f"lap {len(driven.laps) + 1} was not finished in time; the car got to {place_m:.0f} m"


def _measurement(baseline: Baseline, setup: Setup, driven: FlyingLaps) -> Measurement:
    numbers = [number for number, lap in enumerate(driven.laps, 1) if lap.valid]
    if not numbers:
        return Measurement(lost=_reason(driven))
    best = min(numbers, key=lambda number: driven.laps[number - 1].time_s)
    tyre = make_car(baseline.spec, setup).tyre
    analysis = LapAnalysis(
        baseline.track, tyre, driven.log, driven.look_s, driven.laps[best - 1], best
    )
    return Measurement(
        laps_s=tuple(driven.laps[number - 1].time_s for number in numbers),
        sectors_s=driven.laps[best - 1].sectors_s,
        ledger=analysis.ledger(),
        balance=analysis.balance(),
        corners=analysis.corners(),
        trace=analysis.trace(),
    )
