"""Ackermann steering: the driver's wheel to the two front wheels' angles."""

from dataclasses import dataclass
from typing import NamedTuple

from game.compiled import tick_function
from game.trig import arc_tangent, direction


@dataclass(frozen=True, slots=True)
class Steering:
    """The front axle's steering made ready for the tick."""

    lock_rad: float
    rate_radps: float
    wheelbase_m: float
    track_width_m: float


class FrontAngles(NamedTuple):
    """The angles of the two front wheels."""

    left_rad: float
    right_rad: float


@tick_function
def steer(steering: Steering, angle_rad: float, wanted: float, step_s: float) -> float:
    """The mean angle after a tick towards `wanted` (-1..1 of the lock), at the rack's rate."""
    most = steering.rate_radps * step_s
    change = wanted * steering.lock_rad - angle_rad
    if change > most:
        change = most
    elif change < -most:
        change = -most
    return angle_rad + change


@tick_function
def front_angles(steering: Steering, angle_rad: float) -> FrontAngles:
    """The angles with which both wheels roll about one point on the rear axle's line.

    cot(left) = cot(mean) - track / (2 wheelbase), cot(right) = cot(mean) + the same.
    """
    ahead = direction(angle_rad)
    half = 0.5 * steering.track_width_m / steering.wheelbase_m * ahead.sin
    return FrontAngles(
        arc_tangent(ahead.sin / (ahead.cos - half)), arc_tangent(ahead.sin / (ahead.cos + half))
    )
