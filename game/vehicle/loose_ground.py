"""Push back a car whose wheels plough through loose ground.

Stones that a wheel sinks into have to be pushed aside however it turns, so ploughing resists the
car and not the wheel's spin: no wheel is locked by it, and traction has to overcome it. Where it is
more than the tyres' grip a slow car is beached: with spinning wheels it digs itself out at a crawl.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.vehicle.parts import Car
from game.vehicle.state import BodyForce, BodyMotion, Ground, PerWheel

# Below this speed of a wheel over the ground ploughing falls with it, to nothing at rest: spinning
# wheels throw the stones away that hold the car. An estimate: it lets a car with two thirds of the
# ploughing as grip crawl at 10 km/h.
_DIGGING_MPS: Final = 4.0


class _WheelForce(NamedTuple):
    """Holds the force on one wheel, in the car's axes."""

    forward_n: float
    left_n: float


@tick_function
def is_ploughing(ground: PerWheel[Ground]) -> bool:
    """Return whether a wheel is on loose ground."""
    return (
        ground.front_left.ploughing
        + ground.front_right.ploughing
        + ground.rear_left.ploughing
        + ground.rear_right.ploughing
        > 0.0
    )


@tick_function
def ploughing_force(
    car: Car, loads_n: PerWheel[float], ground: PerWheel[Ground], motion: BodyMotion
) -> BodyForce:
    """Return the force of loose ground on a car, on each wheel against its way over it."""
    turning_mps = motion.yaw_rate_radps * car.half_track_m
    left_forward_mps = motion.velocity_forward_mps - turning_mps
    right_forward_mps = motion.velocity_forward_mps + turning_mps
    front_mps = motion.velocity_left_mps + motion.yaw_rate_radps * car.front_axle_m
    rear_mps = motion.velocity_left_mps - motion.yaw_rate_radps * car.rear_axle_m
    front_left = _push_back(
        loads_n.front_left * ground.front_left.ploughing, left_forward_mps, front_mps
    )
    front_right = _push_back(
        loads_n.front_right * ground.front_right.ploughing, right_forward_mps, front_mps
    )
    rear_left = _push_back(
        loads_n.rear_left * ground.rear_left.ploughing, left_forward_mps, rear_mps
    )
    rear_right = _push_back(
        loads_n.rear_right * ground.rear_right.ploughing, right_forward_mps, rear_mps
    )
    front_n = front_left.left_n + front_right.left_n
    rear_n = rear_left.left_n + rear_right.left_n
    left_n = front_left.forward_n + rear_left.forward_n
    right_n = front_right.forward_n + rear_right.forward_n
    return BodyForce(
        left_n + right_n,
        front_n + rear_n,
        car.front_axle_m * front_n
        - car.rear_axle_m * rear_n
        + car.half_track_m * (right_n - left_n),
    )


@tick_function
def _push_back(resistance_n: float, forward_mps: float, left_mps: float) -> _WheelForce:
    """Return a wheel's resistance, against its velocity over the ground."""
    speed_mps = math.sqrt(forward_mps * forward_mps + left_mps * left_mps)
    if speed_mps < _DIGGING_MPS:
        speed_mps = _DIGGING_MPS
    per_speed = resistance_n / speed_mps
    return _WheelForce(-per_speed * forward_mps, -per_speed * left_mps)
