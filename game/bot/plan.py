"""A plan is all that a bot knows before it drives: the line, the speeds, and the limit of both."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from game.arrays import Array
from game.compiled import tick_function


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


class PlanTable(NamedTuple):
    """Holds the stations of a plan, evenly spaced along the centreline."""

    station_m: float  # from one to the next
    stations: list[PlanStation]


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
    grip: Array  # share of the car's limits that the speeds use
    speed_mps: Array
    accel_mps2: Array  # to the next station
    lap_time_s: float  # of these speeds
    charge_per_lap: float  # as rehearsed; NaN for a slower variant that uses less anyway
    limit_s: float  # the quasi-steady lap time of the line, at all the car's grip

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
        return PlanTable(self.station_m, list(stations))


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
