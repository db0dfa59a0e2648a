"""Drive steady circles as ISO 4138 describes them: at a constant speed or radius.

The understeer angle is what the front wheels are turned more than the path's curvature alone takes;
its slope over the lateral acceleration is the understeer gradient.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from game.arrays import Array
from game.errors import UnfinishedLapError
from game.lab.courses import MeasuredCar, drive_course
from game.simulation.snapshot import Snapshot
from game.simulation.world import World
from game.units import G_MPS2, kmh
from game.validation.car_under_test import on_tarmac
from game.validation.drive_log import DriveLog, HeldSpeed, logged
from game.vehicle.state import Controls

LINEAR_G: Final = (0.2, 0.6)  # lateral acceleration between which a gradient is taken
_TICKS: Final = 8
_RAMP_S: Final = 24.0  # slow enough for the car to be in balance all the way
_RAMP_MPS2: Final = 1.0  # of lateral acceleration a second, at a constant speed
_MIN_TURN_MPS2: Final = 0.5
_SPEED_LOST_MPS: Final = 1.5  # when a constant speed is no longer held
_SLID_RAD: Final = 0.35  # of sideslip: the car has spun
_FASTER_MPS2: Final = 0.35  # on a circle
_FROM_MPS2: Final = 0.5  # to the side, where a circle begins
_WIDER: Final = 1.04  # than the circle: the car runs wide
_CIRCLE_MAX_S: Final = 150.0
_STEERED_PER_BEND: Final = 3.0  # radians a second for each radian that is missing
_AVERAGED_S: Final = 0.5


@dataclass(frozen=True)
class SteadyTurns:
    """Holds what a car did in balance; arrays have shape (n,), in the order of the drive."""

    speed_mps: Array
    lateral_mps2: Array  # to the inside
    steering_rad: Array  # mean of the front wheels
    understeer_rad: Array  # more than the curvature takes
    sideslip_rad: Array

    def understeer_gradient(self, low_g: float = LINEAR_G[0], high_g: float = LINEAR_G[1]) -> float:
        """Return radians more of steering for each m/s2, between two lateral accelerations.

        NaN where the car did not get there.
        """
        lateral_g = self.lateral_mps2 / G_MPS2
        if len(lateral_g) == 0 or lateral_g.max() < high_g:
            return math.nan
        end = int(np.argmax(lateral_g >= high_g))
        chosen = (lateral_g[:end] >= low_g).nonzero()[0]
        slope, _ = np.polyfit(self.lateral_mps2[chosen], self.understeer_rad[chosen], 1)
        return float(slope)

    def steering_for(self, lateral_mps2: float) -> float:
        """Return the angle of the front wheels at a lateral acceleration, NaN if it is not held."""
        if self.lateral_mps2.max() < lateral_mps2:
            return math.nan
        end = int(np.argmax(self.lateral_mps2 >= lateral_mps2)) + 1
        return float(np.interp(lateral_mps2, self.lateral_mps2[:end], self.steering_rad[:end]))


def steering_to_turn(car: MeasuredCar, speed_mps: float, lateral_mps2: float) -> float:
    """Return the angle of the front wheels with which a car turns so hard at a speed.

    Raises UnfinishedLapError if it cannot.
    """
    angle_rad = turns_at_speed(car, speed_mps).steering_for(lateral_mps2)
    if math.isnan(angle_rad):
        lateral_g = lateral_mps2 / G_MPS2
        raise UnfinishedLapError(
            f"the car does not corner with {lateral_g:.2f} g at {kmh(speed_mps):.0f} km/h"
        )
    return angle_rad


def turns_at_speed(car: MeasuredCar, speed_mps: float, side: float = 1.0) -> SteadyTurns:
    """Hold a speed and wind the steering on slowly. side: 1 to the left, -1 to the right."""
    world = on_tarmac(car, speed_mps)
    hand = HeldSpeed(car.spec.steering.lock_rad, speed_mps, _TICKS)
    hand.settle(world)
    began_s = world.time_s
    # The steering that a car without any understeer takes, and half as much more.
    wheelbase_m = car.spec.chassis.wheelbase_m
    rate_radps = 1.5 * _RAMP_MPS2 * wheelbase_m / speed_mps**2 + 0.001

    def wind_on(now: Snapshot) -> Controls:
        return hand.controls(now, side * rate_radps * (world.time_s - began_s))

    def is_held(now: Snapshot) -> bool:
        return abs(math.hypot(now.velocity_forward_mps, now.velocity_left_mps) - speed_mps) < (
            _SPEED_LOST_MPS
        )

    return _turns(car, _driven(world, wind_on, is_held, began_s + _RAMP_S), side)


def turns_on_circle(car: MeasuredCar, radius_m: float, side: float = 1.0) -> SteadyTurns:
    """Keep to a circle ever faster, until the car runs wide."""
    begin_mps = math.sqrt(_FROM_MPS2 * radius_m)
    world = on_tarmac(car, begin_mps)
    hand = HeldSpeed(car.spec.steering.lock_rad, begin_mps, _TICKS)
    steering_rad = side * math.atan(car.spec.chassis.wheelbase_m / radius_m)

    def keep_to_circle(now: Snapshot) -> Controls:
        nonlocal steering_rad
        hand.speed_mps = begin_mps + _FASTER_MPS2 * world.time_s
        missing_1pm = side / radius_m - now.yaw_rate_radps / _speed(now)
        missing_rad = missing_1pm * car.spec.chassis.wheelbase_m
        steering_rad += _STEERED_PER_BEND * missing_rad * _TICKS * world.step_s
        return hand.controls(now, steering_rad)

    def is_held(now: Snapshot) -> bool:
        turned = world.time_s > 2.0 * _AVERAGED_S
        return not turned or side * now.yaw_rate_radps * radius_m > _speed(now) / _WIDER

    return _turns(car, _driven(world, keep_to_circle, is_held, _CIRCLE_MAX_S), side)


def _speed(now: Snapshot) -> float:
    return math.hypot(now.velocity_forward_mps, now.velocity_left_mps)


def _driven(
    world: World,
    driver: Callable[[Snapshot], Controls],
    is_held: Callable[[Snapshot], bool],
    until_s: float,
) -> DriveLog:
    """Drive until the car no longer does what it is to do."""
    looks = [world.snapshots()[0]]
    for now in drive_course(world, driver, until_s, _TICKS):
        if not is_held(now) or abs(math.atan2(now.velocity_left_mps, _speed(now))) > _SLID_RAD:
            break
        looks.append(now)
    return logged(looks, world.step_s)


def _turns(car: MeasuredCar, log: DriveLog, side: float) -> SteadyTurns:
    """Return a log, smoothed, from where the car turns on."""
    speed_mps, yaw_radps = _mean(log.speed_mps), side * _mean(log.yaw_rate_radps)
    steering_rad = side * _mean(log.steering_rad)
    lateral_mps2 = speed_mps * yaw_radps
    turning = lateral_mps2 > _MIN_TURN_MPS2
    ackermann_rad = np.arctan(car.spec.chassis.wheelbase_m * yaw_radps / speed_mps)
    return SteadyTurns(
        speed_mps[turning],
        lateral_mps2[turning],
        steering_rad[turning],
        (steering_rad - ackermann_rad)[turning],
        side * _mean(log.sideslip_rad)[turning],
    )


def _mean(column: Array) -> Array:
    """Return the moving average over half a second."""
    window = round(_AVERAGED_S * 240 / _TICKS)
    if len(column) < window:
        return column[:0]
    return np.convolve(column, np.full(window, 1.0 / window), mode="valid")
