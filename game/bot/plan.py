"""A plan is all that a bot knows before it drives: the line, the speeds, and the limit of both."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.compiled import tick_function
from game.scalars import minimum

GRIP_STEP: Final = 0.05  # of the tyres' grip, from one level of slower speeds to the next
LEVELS: Final = 6  # of them, so that cold tyres have one
WATER_STEP_S: Final = 30.0  # from one of the grips in water to the next


class PlanPoint(NamedTuple):
    """Holds the plan's values at one place on the lap."""

    offset_m: float
    across_rad: float
    curvature_1pm: float
    speed_mps: float
    accel_mps2: float


class PlanStation(NamedTuple):
    """Holds the plan's values at a station."""

    here: PlanPoint
    change: PlanPoint  # to the next station


class PlannedSpeed(NamedTuple):
    """Holds the speed at a place, and the acceleration that it changes with."""

    speed_mps: float
    accel_mps2: float


class SlowerStation(NamedTuple):
    """Holds the speeds at a station for tyres with less than all their grip."""

    here: PlannedSpeed
    change: PlannedSpeed  # to the next station


class PlanTable(NamedTuple):
    """Holds the stations of a plan, evenly spaced along the centreline."""

    station_m: float  # from one to the next
    stations: list[PlanStation]
    slower: list[SlowerStation]  # the stations of one level of grip after the other, the best first
    water_grip: list[float]  # every WATER_STEP_S, of that planned with; the last one stays
    pace: float  # share of the speed that the car's limits allow


def _no_levels() -> Array:
    return np.empty((0, 0))


def _always_as_planned() -> Array:
    return np.ones(1)


@dataclass(frozen=True)
class Plan:
    """Holds a line over stations evenly spaced along the centreline; arrays have shape (n,)."""

    station_m: float  # from one station to the next along the centreline
    offset_m: Array  # of the line from the centreline, positive to the left
    x_m: Array
    y_m: Array
    heading_rad: Array  # of the line
    across_rad: Array  # heading of the line relative to the centreline's
    curvature_1pm: Array
    grip: Array  # share of the car's limits that the speeds use, at full pace
    speed_mps: Array
    accel_mps2: Array  # to the next station
    lap_time_s: float  # of these speeds
    charge_per_lap: float  # as rehearsed; NaN for a slower variant that uses less anyway
    quasi_steady_s: float  # lap time of the line by quasi-steady calculation, at all the grip
    # The same for tyres with less grip, a row for each `GRIP_STEP` less; shape (levels, n).
    slower_speed_mps: Array = field(default_factory=_no_levels)
    slower_accel_mps2: Array = field(default_factory=_no_levels)
    # Share of the grip planned with that water leaves over a drive, every `WATER_STEP_S`; (times,).
    water_grip: Array = field(default_factory=_always_as_planned)
    charge_factor: float = 1.0  # charge used as rehearsed, over that of steady states
    pace: float = 1.0  # share of the speed that the car's limits allow, all along the lap

    def at(self, s_m: float) -> PlanPoint:
        """Return the plan at a distance along the lap, interpolated between the stations."""
        return plan_at(self.table, s_m)

    @cached_property
    def table(self) -> PlanTable:
        """Return the stations for `plan_at`."""
        columns = (
            self.offset_m,
            self.across_rad,
            self.curvature_1pm,
            self.speed_mps,
            self.accel_mps2,
        )
        changes = [np.roll(column, -1) - column for column in columns]
        stations = map(
            PlanStation,
            map(PlanPoint, *(column.tolist() for column in columns)),
            map(PlanPoint, *(column.tolist() for column in changes)),
        )
        grips = self.water_grip.tolist()
        return PlanTable(self.station_m, list(stations), self._slower(), grips, self.pace)

    def _slower(self) -> list[SlowerStation]:
        columns = (self.slower_speed_mps, self.slower_accel_mps2)
        changes = [np.roll(column, -1, axis=1) - column for column in columns]
        here, change = (
            map(PlannedSpeed, *(column.ravel().tolist() for column in both))
            for both in (columns, changes)
        )
        return list(map(SlowerStation, here, change))


@tick_function
def plan_at(plan: PlanTable, s_m: float) -> PlanPoint:
    """Return the plan at a distance along the lap, interpolated between the stations."""
    place = s_m / plan.station_m
    index = math.floor(place)
    share = place - index
    station = plan.stations[index % len(plan.stations)]
    here = station.here
    change = station.change
    return PlanPoint(
        here.offset_m + share * change.offset_m,
        here.across_rad + share * change.across_rad,
        here.curvature_1pm + share * change.curvature_1pm,
        here.speed_mps + share * change.speed_mps,
        here.accel_mps2 + share * change.accel_mps2,
    )


@tick_function
def usable_grip(
    front_left: float, front_right: float, rear_left: float, rear_right: float
) -> float:
    """Return the grip of the worse axle's tyres, which ends what the car can do."""
    return minimum(0.5 * (front_left + front_right), 0.5 * (rear_left + rear_right))


@tick_function
def water_grip_at(plan: PlanTable, time_s: float) -> float:
    """Return the share of the grip planned with that water leaves at a time of the drive."""
    last = len(plan.water_grip) - 1
    place = time_s / WATER_STEP_S
    index = int(place)
    if index >= last:
        return plan.water_grip[last]
    here = plan.water_grip[index]
    return here + (place - index) * (plan.water_grip[index + 1] - here)


@tick_function
def speed_at(plan: PlanTable, s_m: float, tyre_grip: float) -> PlannedSpeed:
    """Return the speed planned for tyres with a share of their grip, up to 1.

    It lies between those of two levels; below the lowest one it falls with the root of the grip.
    """
    levels = len(plan.slower) // len(plan.stations)
    place = (1.0 - tyre_grip) / GRIP_STEP
    level = int(place)
    if level >= levels:
        lowest = _level_speed(plan, s_m, levels)
        left = tyre_grip / (1.0 - levels * GRIP_STEP)
        return PlannedSpeed(lowest.speed_mps * math.sqrt(left), lowest.accel_mps2 * left)
    share = place - level
    above = _level_speed(plan, s_m, level)
    below = _level_speed(plan, s_m, level + 1)
    return PlannedSpeed(
        above.speed_mps + share * (below.speed_mps - above.speed_mps),
        above.accel_mps2 + share * (below.accel_mps2 - above.accel_mps2),
    )


@tick_function
def _level_speed(plan: PlanTable, s_m: float, level: int) -> PlannedSpeed:
    """Return the speed planned for one level of grip; 0 is all of it."""
    if level == 0:
        best = plan_at(plan, s_m)
        return PlannedSpeed(best.speed_mps, best.accel_mps2)
    place = s_m / plan.station_m
    index = math.floor(place)
    share = place - index
    count = len(plan.stations)
    station = plan.slower[(level - 1) * count + index % count]
    here = station.here
    change = station.change
    return PlannedSpeed(
        here.speed_mps + share * change.speed_mps, here.accel_mps2 + share * change.accel_mps2
    )
