"""Make plans slower than the fastest one: at a wanted pace, or so that the charge lasts."""

from __future__ import annotations

import dataclasses
import math
from typing import Final

from game.bot.corridor import corridor, line_at
from game.bot.plan import Plan
from game.bot.rehearsal import rehearse
from game.bot.speed_plan import line_plan, speed_planner
from game.bot.stint_plan import with_charge_factor
from game.bot.water_ahead import planned_weather, with_water_ahead
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.speed_profile import SpeedPlanner
from game.track.track import Track
from game.vehicle.setup import Setup, on_frozen_tyres
from game.vehicle.spec import CarSpec, in_weather

_MAX_STEP: Final = 0.97  # factor of the pace at most, from one trial to the next
_MIN_PACE: Final = 0.3
_BISECTIONS: Final = 20


def charge_lasts(plan: Plan, setup: Setup, laps: float) -> bool:
    """Return whether the charge that a drive starts with lasts for a number of laps of a plan."""
    return plan.charge_per_lap * laps <= setup.initial_charge


def slower_plan(
    track: Track, spec: CarSpec, setup: Setup, fastest: Plan, pace: float, laps: float
) -> Plan:
    """Return a plan on the same line, slower until the charge lasts, if it can.

    It is worked out on frozen tyres, as the fastest one is.
    """
    setup = on_frozen_tyres(setup)
    driven, spec = spec, in_weather(spec, planned_weather(spec.weather))
    line = line_at(corridor(track, spec.chassis.width_m), fastest.offset_m)
    plan = _lasting_plan(track, spec, setup, line, fastest, pace, laps)
    plan = with_water_ahead(plan, line, track, driven, setup)
    return with_charge_factor(plan, track, driven, setup)


def _lasting_plan(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    line: RacingLine,
    fastest: Plan,
    pace: float,
    laps: float,
) -> Plan:
    planner = speed_planner(track, spec, setup)
    plan = fastest
    while True:
        if pace < 1.0:
            plan = _paced(planner, line, fastest, pace)
        if charge_lasts(fastest, setup, laps) or pace < _MIN_PACE:
            return plan
        if plan is not fastest:  # which was rehearsed when it was made
            charge_per_lap = rehearse(track, spec, setup, plan).charge_per_lap
            plan = dataclasses.replace(plan, charge_per_lap=charge_per_lap)
        share = setup.initial_charge / (plan.charge_per_lap * laps)
        if share >= 1.0:
            return plan
        # Most of the charge goes into drag, which rises with the square of the speed.
        pace *= min(_MAX_STEP, math.sqrt(share))


def _paced(planner: SpeedPlanner, line: RacingLine, fastest: Plan, pace: float) -> Plan:
    """Return the plan with the same line and that share of the grip at which its lap takes 1 /
    pace.
    """
    low, high = 0.0, 1.0
    for _ in range(_BISECTIONS):
        share = 0.5 * (low + high)
        plan = line_plan(planner, line, share * fastest.grip, fastest.quasi_steady_s)
        if plan.lap_time_s * pace > fastest.lap_time_s:
            low = share
        else:
            high = share
    return plan
