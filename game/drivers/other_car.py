"""Describe another car as a driver observes it: relative to the driver's own car."""

from __future__ import annotations

import math
from typing import NamedTuple

from game.simulation.snapshot import Snapshot
from game.trig import direction, wrap_angle


class OtherCar(NamedTuple):
    """Describes another car. Forward and left are in the axes of the driver's own car."""

    gap_m: float  # along the lap the shorter way round, positive ahead
    offset_m: float  # of the other car from the centreline, positive to the left
    forward_m: float  # from the own centre of gravity to the other's
    left_m: float
    velocity_forward_mps: float  # of the other car less the own
    velocity_left_mps: float
    heading_rad: float  # less the own, -pi..pi
    car: Snapshot  # all that is known of it


def relative_to(own: Snapshot, other: Snapshot, lap_m: float) -> OtherCar:
    """Return the other car as seen from the own; `lap_m` is the length of the lap, or infinity."""
    ahead = direction(own.heading_rad)
    turned_rad = wrap_angle(other.heading_rad - own.heading_rad)
    turned = direction(turned_rad)
    east_m, north_m = other.x_m - own.x_m, other.y_m - own.y_m
    forward_mps, left_mps = other.velocity_forward_mps, other.velocity_left_mps
    return OtherCar(
        gap_m=math.remainder(other.s_m - own.s_m, lap_m),
        offset_m=other.offset_m,
        forward_m=east_m * ahead.cos + north_m * ahead.sin,
        left_m=north_m * ahead.cos - east_m * ahead.sin,
        velocity_forward_mps=forward_mps * turned.cos
        - left_mps * turned.sin
        - own.velocity_forward_mps,
        velocity_left_mps=forward_mps * turned.sin + left_mps * turned.cos - own.velocity_left_mps,
        heading_rad=turned_rad,
        car=other,
    )
