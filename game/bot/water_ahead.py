"""A plan foresees water and rubber on the road: it is for the best of it, slower speeds beside.

Rain comes and goes, and cars dry their line and lay rubber on it. The line and its speeds are
planned, and rehearsed, for the least water that there will be on it, and the most rubber then. For
every moment of a drive the plan knows how much of that grip there is then, and its bot chooses
among the slower speeds by it, as it does for tyres that are not at their best.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Final

import msgspec
import numpy as np

from game.arrays import Array
from game.bot.plan import GRIP_STEP, LEVELS, WATER_STEP_S, Plan
from game.bot.speed_plan import slower_planners, speed_planner, with_slower_speeds
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.track_conditions import track_conditions
from game.quasi_steady.wet_line import WetLine
from game.simulation.wet_road import wet_road
from game.track.track import Track
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec, in_weather
from game.weather.rubber import RubberRow, rubber_rows
from game.weather.tables import weather_at
from game.weather.water import HOURS_FORESEEN, ROW_S, WaterRow, water_rows
from game.weather.weather import Weather, foreseen

_SLIPPERY: Final = 0.25  # share of the line whose grip has fallen by more than a drive counts on
_MAX_LEVELS: Final = 14


def planned_weather(weather: Weather) -> Weather:
    """Return the weather that a line and its speeds are planned for, with its best line."""
    known = foreseen(weather)
    if not known.road_varies:
        return known
    water, rubber = water_rows(known), rubber_rows(known)

    def at(number: int) -> tuple[WaterRow, RubberRow]:
        return water[min(number, len(water) - 1)], rubber[min(number, len(rubber) - 1)]

    def badness(number: int) -> tuple[float, float]:
        of_water, of_rubber = at(number)
        return of_water.line_m, -of_rubber.line

    best = min(range(max(len(water), len(rubber))), key=badness)
    then = weather_at(known, best * ROW_S)
    (line_m, beside_m), of_rubber = at(best)
    if known.is_wet:
        then = msgspec.structs.replace(then, water_m=beside_m, line_water_m=line_m)
    if known.rubber is not None:
        then = msgspec.structs.replace(then, rubber=of_rubber.line)
    return then


def with_water_ahead(
    plan: Plan, line: RacingLine, track: Track, spec: CarSpec, setup: Setup
) -> Plan:
    """Return a plan with its speeds for less grip, of tyres and of a road that is worse at times.

    spec: the car in the weather that is driven in.
    """
    planned = in_weather(spec, planned_weather(spec.weather))
    levels = LEVELS
    if spec.weather.road_varies:
        water_grip = _grip_of_road(plan, line, track, spec, setup)
        min_grip = float(water_grip.min())
        levels = min(LEVELS + math.ceil((1.0 - min_grip) / GRIP_STEP), _MAX_LEVELS)
        at_start = speed_planner(track, in_weather(spec, foreseen(spec.weather)), setup)
        quasi_steady_s = at_start.profile(line).lap_time_s
        plan = dataclasses.replace(plan, water_grip=water_grip, quasi_steady_s=quasi_steady_s)
    return with_slower_speeds(plan, line, slower_planners(track, planned, setup, levels))


def _grip_of_road(plan: Plan, line: RacingLine, track: Track, spec: CarSpec, setup: Setup) -> Array:
    """Return the grip over a drive as a share of that planned with, every `WATER_STEP_S`.

    It is what water and rubber leave of it along the planned line, at the planned speeds.
    """
    known, planned = foreseen(spec.weather), planned_weather(spec.weather)

    def grips(weather: Weather, time_s: float) -> Array:
        car = make_car(in_weather(spec, weather), setup)
        conditions = track_conditions(track, car, setup)
        return WetLine(wet_road(track, weather), car, conditions).grips(
            line, plan.speed_mps, time_s
        )

    best = grips(planned, 0.0)
    times_s = np.arange(0.0, HOURS_FORESEEN * 3600.0 + WATER_STEP_S, WATER_STEP_S)
    shares = [np.quantile(grips(known, float(at_s)) / best, _SLIPPERY) for at_s in times_s]
    lowered = [min(float(share), 1.0) for share in shares]
    while len(lowered) > 1 and lowered[-1] == lowered[-2]:
        lowered.pop()  # it changes no more
    return np.array(lowered)
