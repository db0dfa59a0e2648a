"""Make plans slower than the fastest one: at a wanted pace, or so that the charge lasts.

Who drives at a pace drives as in a film that is shown so much slower: at that share of the fastest
plan's speed in corners and on straights alike, which takes its square of grip, brakes and motors.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Final

from game.bot.plan import Plan
from game.bot.rehearsal import rehearse
from game.bot.start import flying_start, run_up_laps
from game.bot.stint_plan import planned_stint, with_charge_factor
from game.bot.water_ahead import planned_weather
from game.track.track import Track
from game.vehicle.setup import Setup, on_frozen_tyres
from game.vehicle.spec import CarSpec, in_weather

_MAX_STEP: Final = 0.99  # factor of the pace at most, from one trial to the next
_CHARGE_BY_PACE: Final = 3.0  # power of the pace that a lap's charge rises with
_RESERVE: Final = 0.01  # of a full battery's charge, for what cannot be foreseen
_MIN_PACE: Final = 0.3


def charge_lasts(plan: Plan, setup: Setup, laps: float) -> bool:
    """Return whether the charge that a drive starts with lasts for a number of laps of a plan."""
    return plan.charge_per_lap * laps <= setup.initial_charge


def at_pace(plan: Plan, pace: float) -> Plan:
    """Return a plan at a share of its speed all along the lap, which takes 1 / pace as long."""
    square = pace * pace
    return dataclasses.replace(
        plan,
        speed_mps=pace * plan.speed_mps,
        accel_mps2=square * plan.accel_mps2,
        slower_speed_mps=pace * plan.slower_speed_mps,
        slower_accel_mps2=square * plan.slower_accel_mps2,
        lap_time_s=plan.lap_time_s / pace,
        charge_per_lap=math.nan,
        pace=pace * plan.pace,
    )


def slower_plan(
    track: Track, spec: CarSpec, setup: Setup, fastest: Plan, pace: float, laps: int
) -> Plan:
    """Return a plan on the same line, slower until the charge lasts for the laps, if it can.

    It is worked out on frozen tyres, as the fastest one is.
    """
    setup = on_frozen_tyres(setup)
    planned = in_weather(spec, planned_weather(spec.weather))
    range_laps = laps + run_up_laps(fastest)
    plan = at_pace(fastest, pace) if pace < 1.0 else fastest
    if charge_lasts(fastest, setup, range_laps):
        return plan
    while pace >= _MIN_PACE:
        if plan is not fastest:  # which was rehearsed when it was made
            charge_per_lap = rehearse(track, planned, setup, plan).charge_per_lap
            plan = dataclasses.replace(plan, charge_per_lap=charge_per_lap)
            plan = with_charge_factor(plan, track, spec, setup)
        # A battery that is nearly empty gives its charge at less voltage: the last laps take more.
        start = flying_start(spec, setup, plan)
        left = planned_stint(track, plan, start, laps)[-1].charge
        if left >= _RESERVE:
            return plan
        used = max(setup.initial_charge - left, plan.charge_per_lap * range_laps)
        share = max(setup.initial_charge - _RESERVE, 0.0) / used
        pace *= min(_MAX_STEP, share ** (1.0 / _CHARGE_BY_PACE))
        plan = at_pace(fastest, max(pace, _MIN_PACE))
    return plan
