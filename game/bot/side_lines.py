"""Find the lines on which two cars go round side by side: parallel, a car's width and more apart.

Between them is the line of least curvature in the corridor that is left where half of that distance
is kept free on both sides. A place beside that middle line is the same all round, so that cars that
keep their places never meet; how fast a car can be there follows from the speeds on three of them.
"""

from __future__ import annotations

import dataclasses
from typing import Final

import numpy as np

from game.arrays import Array
from game.bot.corners_ahead import corners_ahead
from game.bot.corridor import KERB_SHARE, corridor, line_at
from game.bot.min_curvature_line import min_curvature_line
from game.bot.plan import Plan
from game.bot.plan_pace import at_pace
from game.bot.racing_speeds import racing_plan
from game.bot.side_tables import SPEED_STEP_MPS, SideStation, SideTables, SpeedLimits
from game.bot.speed_plan import line_plan, speed_planner
from game.bot.water_ahead import planned_weather
from game.track.track import Track
from game.vehicle.setup import Setup, on_frozen_tyres
from game.vehicle.spec import CarSpec, in_weather

APART_M: Final = 0.85  # between two cars side by side
_SPEED_STEPS: Final = 60
_LENGTH_WEIGHT_1PM2: Final = 1e-3
_WINDOW_M: Final = (25.0, 60.0, 50.0)  # behind and ahead, room for a place counts; then evened
_SLOW_WINDOW_M: Final = (10.0, 20.0, 20.0)  # the same at low speed
_STRAIGHT_MPS2: Final = 5.0  # to the side, with less of which there is room for several cars
_MIN_SPARE: Final = 0.25  # squared share of the grip that a corner leaves to brake, at least
_GRIP: Final = 0.97  # share of what the plan uses: nobody has rehearsed these lines


def side_tables(track: Track, spec: CarSpec, setup: Setup, plan: Plan) -> SideTables:
    """Return the side lines of a car, with speeds for the grip and the pace that its plan uses."""
    setup = on_frozen_tyres(setup)
    is_wet = spec.weather.is_wet
    spec = in_weather(spec, planned_weather(spec.weather))
    free = corridor(track, spec.chassis.width_m, 0.0 if is_wet else KERB_SHARE)
    side_m = 0.5 * (spec.chassis.width_m + APART_M)
    kept_m = np.minimum(side_m, np.maximum(0.5 * (free.left_m - free.right_m) - 0.01, 0.0))
    narrow = dataclasses.replace(free, left_m=free.left_m - kept_m, right_m=free.right_m + kept_m)
    middle = min_curvature_line(narrow, _LENGTH_WEIGHT_1PM2)
    planner = speed_planner(track, spec, setup)
    grip = _GRIP * plan.grip
    limits, max_left_mps2 = _speed_limits(plan), _max_left(plan)
    lines = [
        line_plan(planner, line_at(free, middle.offset_m + place_m), grip, plan.quasi_steady_s)
        for place_m in (-side_m, 0.0, side_m)
    ]
    right, between, left = (
        racing_plan(at_pace(line, plan.pace), limits, max_left_mps2) for line in lines
    )
    station_m = between.station_m
    right_m = np.maximum(between.offset_m - free.right_m, 0.0)
    left_m = np.maximum(free.left_m - between.offset_m, 0.0)
    side_mps2 = np.abs(between.curvature_1pm) * between.speed_mps * between.speed_mps
    few_m = np.where(side_mps2 > _STRAIGHT_MPS2, side_m, np.inf)  # that corners have room for
    columns = (
        between.offset_m,
        between.across_rad,
        between.curvature_1pm,
        -right_m,
        left_m,
        -_kept(right_m, _SLOW_WINDOW_M, station_m),
        _kept(left_m, _SLOW_WINDOW_M, station_m),
        -_kept(np.minimum(right_m, few_m), _WINDOW_M, station_m),
        _kept(np.minimum(left_m, few_m), _WINDOW_M, station_m),
        1.0 / (right.speed_mps * right.speed_mps),
        1.0 / (between.speed_mps * between.speed_mps),
        1.0 / (left.speed_mps * left.speed_mps),
        between.accel_mps2,
        *corners_ahead(plan),
    )
    return SideTables(
        stations=list(map(SideStation, *(column.tolist() for column in columns))),
        limits=limits,
        side_m=side_m,
        max_left_mps2=max_left_mps2,
        half_width_m=0.5 * spec.chassis.width_m,
        half_length_m=0.5 * spec.chassis.length_m,
    )


def _max_left(plan: Plan) -> float:
    """Return the greatest acceleration to the side of a plan, m/s2."""
    return float((np.abs(plan.curvature_1pm) * plan.speed_mps * plan.speed_mps).max())


def _kept(room_m: Array, window_m: tuple[float, float, float], station_m: float) -> Array:
    """Return the room that there is all along the road around, shape (n,), without steps."""
    behind, ahead, evened = (round(length_m / station_m) for length_m in window_m)
    least_m = room_m
    for shift in range(-ahead, behind + 1):
        least_m = np.minimum(least_m, np.roll(room_m, shift))
    shifts = range(-(evened // 2), evened // 2 + 1)
    mean_m: Array = np.mean([np.roll(least_m, shift) for shift in shifts], axis=0)
    return np.minimum(mean_m, room_m)


def _speed_limits(plan: Plan) -> list[SpeedLimits]:
    """Return what the plan does at most: forward at no lower speed, else at no higher one.

    What it brakes in a corner is taken for what the corner leaves of braking straight on.
    """
    speed_mps = plan.speed_mps
    left_mps2 = np.abs(plan.curvature_1pm) * speed_mps * speed_mps
    steps_mps = np.arange(_SPEED_STEPS) * SPEED_STEP_MPS
    slower = [speed_mps <= step_mps + SPEED_STEP_MPS for step_mps in steps_mps]
    lefts_mps2 = [max(_most(left_mps2[those]), 1.0) for those in slower]
    used = left_mps2 / np.interp(speed_mps, steps_mps, lefts_mps2)
    spare = np.sqrt(np.maximum(1.0 - used * used, _MIN_SPARE))
    brake_mps2 = np.minimum(-plan.accel_mps2 / spare, _most(-plan.accel_mps2))
    brakes_mps2 = [_most(brake_mps2[those]) for those in slower]
    lowest_mps2 = next((each for each in brakes_mps2 if each > 1.0), 1.0)
    return [
        SpeedLimits(
            _most(plan.accel_mps2[speed_mps >= step_mps]), max(brake, lowest_mps2), most_left
        )
        for step_mps, brake, most_left in zip(steps_mps, brakes_mps2, lefts_mps2, strict=True)
    ]


def _most(accel_mps2: Array) -> float:
    return max(float(accel_mps2.max()), 0.0) if len(accel_mps2) else 0.0
