"""Plan speeds along a known line, with a share of the grip that is less where the car ran wide."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from game.arrays import Array
from game.bot.plan import GRIP_STEP, LEVELS, Plan
from game.bot.rehearsal import OFF_LINE_M, LineDeparture
from game.quasi_steady.hilly_road import hilly_road
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.speed_profile import SpeedPlanner
from game.quasi_steady.split_planner import split_planner
from game.quasi_steady.track_conditions import track_conditions
from game.quasi_steady.wet_line import wet_line
from game.simulation.split_table import resolve
from game.track.track import Track
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_LESS_PER_M: Final = 0.012  # of the grip used before a departure, for each metre of it
_MIN_FACTOR: Final = 0.94  # of the grip, for one departure
_BEFORE_S: Final = 2.0  # a departure is caused so long before it shows
_BEHIND_M: Final = 15.0
_FADE_M: Final = 30.0  # over which the grip used goes back to what it was


def speed_planner(
    track: Track, spec: CarSpec, setup: Setup, tyre_grip: float = 1.0
) -> SpeedPlanner:
    """Return the planner of speeds along lines of a track for a car with its setup.

    tyre_grip: the share of their best grip that its tyres have.
    """
    car = make_car(spec, setup)
    table = resolve(setup.split_map, setup, track)
    conditions = track_conditions(track, car, setup)
    conditions = conditions._replace(grip=tyre_grip * conditions.grip)
    wet = wet_line(track, car, conditions, spec.weather)
    return split_planner(car, conditions, table, hilly_road(track), wet)


def slower_planners(
    track: Track, spec: CarSpec, setup: Setup, levels: int = LEVELS
) -> list[SpeedPlanner]:
    """Return planners for tyres with less than all their grip, a level each, the best first."""
    return [
        speed_planner(track, spec, setup, 1.0 - GRIP_STEP * level) for level in range(1, levels + 1)
    ]


def with_slower_speeds(plan: Plan, line: RacingLine, planners: Sequence[SpeedPlanner]) -> Plan:
    """Return a plan of a line with its speeds for tyres with less grip, a level for each planner.

    They use the same share of that grip at each station.
    """
    profiles = [planner.profile(line, plan.grip) for planner in planners]
    return dataclasses.replace(
        plan,
        slower_speed_mps=np.array([profile.speed_mps for profile in profiles]),
        slower_accel_mps2=np.array([profile.accel_mps2 for profile in profiles]),
    )


def line_plan(planner: SpeedPlanner, line: RacingLine, grip: Array, quasi_steady_s: float) -> Plan:
    """Return the plan to drive a line with a share of the grip, shape (n,).

    quasi_steady_s: the lap time with all of the grip.
    """
    profile = planner.profile(line, grip)
    across_rad = line.heading_rad - line.centreline_rad
    return Plan(
        station_m=float(line.s_m[1]),
        offset_m=line.offset_m,
        x_m=line.x_m,
        y_m=line.y_m,
        heading_rad=line.heading_rad,
        across_rad=np.array([math.remainder(angle, math.tau) for angle in across_rad.tolist()]),
        curvature_1pm=line.curvature_1pm,
        grip=grip,
        speed_mps=profile.speed_mps,
        accel_mps2=profile.accel_mps2,
        lap_time_s=profile.lap_time_s,
        charge_per_lap=math.nan,
        quasi_steady_s=quasi_steady_s,
    )


def reduced_grip(plan: Plan, s_m: Array, lap_m: float, found: Sequence[LineDeparture]) -> Array:
    """Return the grip that a plan uses, less from before each departure to a little behind it,
    shape (n,).

    The wider it was, the less; a departure of no width costs nothing, so that a plan changes
    evenly with the car that it is for.
    """
    factor = np.ones_like(s_m)
    for from_m, widest_m in found:
        less = max(1.0 - _LESS_PER_M * (widest_m - OFF_LINE_M), _MIN_FACTOR)
        speed_mps = float(np.interp(from_m, s_m, plan.speed_mps))
        before_m = _BEFORE_S * speed_mps
        middle_m = from_m + 0.5 * (_BEHIND_M - before_m)
        away_m = np.abs((s_m - middle_m + 0.5 * lap_m) % lap_m - 0.5 * lap_m)
        beyond_m = away_m - 0.5 * (before_m + _BEHIND_M)
        factor = np.minimum(factor, less + (1.0 - less) * np.clip(beyond_m / _FADE_M, 0.0, 1.0))
    return plan.grip * factor
