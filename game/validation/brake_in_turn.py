"""Brake in a turn as in ISO 7975: from a steady circle, with the steering wheel held still."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from game.lab.courses import MeasuredCar, drive_course, speed_of
from game.simulation.snapshot import Snapshot
from game.validation.car_under_test import on_tarmac
from game.validation.drive_log import LOOK_TICKS, DriveLog, HeldSpeed, logged_drive
from game.validation.steady_circle import steering_to_turn
from game.vehicle.parts import make_car
from game.vehicle.state import Controls, controls

RADIUS_M: Final = 100.0
_WINDING_S: Final = 3.0
_STEADY_S: Final = 2.0
_MAX_S: Final = 8.0
_JUDGED_S: Final = 1.0  # after the brakes, as the standard has it
_SPUN_RAD: Final = 0.5 * math.pi
_SLOW_MPS: Final = 3.0  # below it sideslip means nothing


@dataclass(frozen=True)
class BrakeInTurn:
    """Holds the braking: its time is 0 when the brakes are touched."""

    log: DriveLog
    radius_m: float
    side: float

    @property
    def spins(self) -> bool:
        """Return whether the car ends up across its way before it is slow."""
        fast = self.log.speed_mps > _SLOW_MPS
        return bool(np.max(np.abs(self.log.sideslip_rad[fast])) > _SPUN_RAD)

    @property
    def largest_sideslip_rad(self) -> float:
        """Return how far the car's axis came off its way while it was fast."""
        fast = self.log.speed_mps > _SLOW_MPS
        return float(np.max(np.abs(self.log.sideslip_rad[fast])))

    @property
    def deceleration_mps2(self) -> float:
        """Return the mean deceleration of the first second."""
        at = self._judged()
        return float((self.log.speed_mps[0] - self.log.speed_mps[at]) / self.log.time_s[at])

    @property
    def yaw_ratio(self) -> float:
        """Return the yaw rate after a second over that of the same circle at the speed then.

        Above 1 the car turns in, below 1 it runs wide.
        """
        at = self._judged()
        on_circle_radps = self.log.speed_mps[at] / self.radius_m
        return float(self.side * self.log.yaw_rate_radps[at] / on_circle_radps)

    @property
    def runs_wide_m(self) -> float:
        """Return how far outside the circle the car is after a second; below 0 inside."""
        log, at = self.log, self._judged()
        course_rad = log.heading_rad[0] + log.sideslip_rad[0]
        middle_x_m = log.x_m[0] - self.side * self.radius_m * math.sin(course_rad)
        middle_y_m = log.y_m[0] + self.side * self.radius_m * math.cos(course_rad)
        return math.hypot(log.x_m[at] - middle_x_m, log.y_m[at] - middle_y_m) - self.radius_m

    def _judged(self) -> int:
        return int(np.argmax(self.log.time_s >= _JUDGED_S)) or len(self.log.time_s) - 1


def brake_in_turn(
    car: MeasuredCar,
    lateral_mps2: float,
    deceleration_mps2: float,
    radius_m: float = RADIUS_M,
    side: float = 1.0,
) -> BrakeInTurn:
    """Drive a steady turn, then release the throttle and press the brake so far, to a standstill.

    The pedal is where it would give this deceleration on a straight.
    """
    speed_mps = math.sqrt(lateral_mps2 * radius_m)
    steering_rad = side * steering_to_turn(car, speed_mps, lateral_mps2)
    world = on_tarmac(car, speed_mps)
    hand = HeldSpeed(car.spec.steering.lock_rad, speed_mps)
    hand.settle(world)
    began_s = world.time_s

    def wind_on(now: Snapshot) -> Controls:
        wound = min(1.0, (world.time_s - began_s) / _WINDING_S)
        return hand.controls(now, wound * steering_rad)

    *_, steady = drive_course(world, wind_on, began_s + _WINDING_S + _STEADY_S, LOOK_TICKS)
    turned_m = speed_of(steady) / abs(steady.yaw_rate_radps)
    mass_kg = make_car(car.spec, car.setup).mass_kg
    pedal = deceleration_mps2 * mass_kg / car.spec.brakes.full_pedal_force_n
    lock_rad = car.spec.steering.lock_rad
    braking = controls(steering_rad / lock_rad, brake=pedal)
    return BrakeInTurn(logged_drive(world, lambda _: braking, _MAX_S), turned_m, side)
