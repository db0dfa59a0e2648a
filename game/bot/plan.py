"""What a bot knows before it drives: the line, the speeds, and the limit they are measured by."""

from __future__ import annotations

from dataclasses import dataclass

from game.arrays import Array


@dataclass(frozen=True)
class Plan:
    """A line over stations evenly spaced along the centre line; arrays have shape (n,)."""

    station_m: float  # from one station to the next along the centre line
    offset_m: Array
    x_m: Array
    y_m: Array
    heading_rad: Array  # of the line
    curvature_1pm: Array
    grip: Array  # share of the car's limits that the speeds use
    speed_mps: Array
    accel_mps2: Array  # to the next station
    lap_time_s: float  # of these speeds
    charge_per_lap: float  # as rehearsed; NaN for a slower variant that uses less anyway
    limit_s: float  # the quasi-steady lap time of the line, at all the car's grip
