"""A plan foresees water on the road: it is for the driest of it, with slower speeds beside.

Rain comes and goes, and cars dry their line. The line and its speeds are planned, and rehearsed,
for the least water that there will be on it. For every moment of a drive the plan knows how much of
that grip there is then, and its bot chooses among the slower speeds by it, as it does for tyres
that are not at their best.
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
from game.weather.tables import weather_at
from game.weather.water import HOURS_FORESEEN, ROW_S, water_rows
from game.weather.weather import Weather, foreseen

_SLIPPERY: Final = 0.25  # share of the line whose grip has fallen by more than a drive counts on
_MAX_LEVELS: Final = 14


def planned_weather(weather: Weather) -> Weather:
    """Return the weather that a line and its speeds are planned for, with its driest line."""
    known = foreseen(weather)
    if not known.is_wet:
        return known
    rows = water_rows(known)
    driest = min(range(len(rows)), key=lambda number: rows[number].line_m)
    then = weather_at(known, driest * ROW_S)
    line_m, beside_m = rows[driest]
    return msgspec.structs.replace(then, water_m=beside_m, line_water_m=line_m)


def with_water_ahead(
    plan: Plan, line: RacingLine, track: Track, spec: CarSpec, setup: Setup
) -> Plan:
    """Return a plan with its speeds for less grip, of tyres and of a road that is wetter at times.

    spec: the car in the weather that is driven in.
    """
    planned = in_weather(spec, planned_weather(spec.weather))
    levels = LEVELS
    if spec.weather.is_wet:
        water_grip = _grip_in_water(plan, line, track, spec, setup)
        min_grip = float(water_grip.min())
        levels = min(LEVELS + math.ceil((1.0 - min_grip) / GRIP_STEP), _MAX_LEVELS)
        at_start = speed_planner(track, in_weather(spec, foreseen(spec.weather)), setup)
        quasi_steady_s = at_start.profile(line).lap_time_s
        plan = dataclasses.replace(plan, water_grip=water_grip, quasi_steady_s=quasi_steady_s)
    return with_slower_speeds(plan, line, slower_planners(track, planned, setup, levels))


def _grip_in_water(
    plan: Plan, line: RacingLine, track: Track, spec: CarSpec, setup: Setup
) -> Array:
    """Return the grip over a drive as a share of that planned with, every `WATER_STEP_S`.

    It is what water leaves of it along the planned line, at the planned speeds.
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
