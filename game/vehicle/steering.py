"""Turn the driver's wheel into the two front wheels' angles, by Ackermann's geometry."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from game.compiled import tick_function
from game.scalars import clamp
from game.trig import Direction, direction


@dataclass(frozen=True, slots=True)
class Steering:
    """Holds the front axle's steering made ready for the tick."""

    lock_rad: float
    rate_radps: float
    wheelbase_m: float
    track_width_m: float
    toe: float = 0.0  # slope by which each wheel is turned inwards
    compliance_radpn: float = 0.0  # by which the wheels turn back for each newton of their force


class FrontWheels(NamedTuple):
    """Holds the directions in which the two front wheels point."""

    left: Direction
    right: Direction


@tick_function
def steer(steering: Steering, angle_rad: float, wanted: float, step_s: float) -> float:
    """Return the mean angle a tick later, towards `wanted` of the lock at the rack's rate."""
    limit = steering.rate_radps * step_s
    return angle_rad + clamp(wanted * steering.lock_rad - angle_rad, -limit, limit)


@tick_function
def front_wheels(steering: Steering, angle_rad: float) -> FrontWheels:
    """Return the directions in which both wheels roll about one point on the rear axle's line.

    cot(left) = cot(mean) - track / (2 wheelbase), cot(right) = cot(mean) + the same; then both are
    turned inwards by their toe.
    """
    mean = direction(angle_rad)
    aside = mean.sin
    half = 0.5 * steering.track_width_m / steering.wheelbase_m * aside
    left = mean.cos - half
    right = mean.cos + half
    toe = steering.toe
    return FrontWheels(
        _along(left + toe * aside, aside - toe * left),
        _along(right - toe * aside, aside + toe * right),
    )


@tick_function
def _along(x: float, y: float) -> Direction:
    length = math.sqrt(x * x + y * y)
    return Direction(x / length, y / length)
