"""A plan is all that a bot knows before it drives: the line, the speeds, and the limit of both."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from game.arrays import Array


class PlanPoint(NamedTuple):
    """The plan's values at one place on the lap."""

    offset_m: float
    across_rad: float
    curvature_1pm: float
    speed_mps: float
    accel_mps2: float


@dataclass(frozen=True)
class Plan:
    """A line over stations evenly spaced along the centreline; arrays have shape (n,)."""

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
        points = self._points
        place = s_m / self.station_m
        index = math.floor(place)
        share = place - index
        here, change = points[index % len(points)]
        offset_m, across_rad, curvature_1pm, speed_mps, accel_mps2 = here
        more_m, more_rad, more_1pm, more_mps, more_mps2 = change
        return PlanPoint(
            offset_m + share * more_m,
            across_rad + share * more_rad,
            curvature_1pm + share * more_1pm,
            speed_mps + share * more_mps,
            accel_mps2 + share * more_mps2,
        )

    @cached_property
    def _points(self) -> list[tuple[PlanPoint, PlanPoint]]:
        """Return the stations, each with what changes to the next."""
        columns = (
            self.offset_m,
            self.across_rad,
            self.curvature_1pm,
            self.speed_mps,
            self.accel_mps2,
        )
        changes = [np.roll(column, -1) - column for column in columns]
        return list(
            zip(
                map(PlanPoint, *(column.tolist() for column in columns)),
                map(PlanPoint, *(column.tolist() for column in changes)),
                strict=True,
            )
        )
