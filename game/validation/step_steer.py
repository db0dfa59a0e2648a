"""Drive the step input of ISO 7401: the steering is turned at once, and the response timed.

Response times run from the moment at which half of the steering is there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from game.arrays import Array
from game.lab.courses import MeasuredCar
from game.validation.car_under_test import on_tarmac
from game.validation.drive_log import DriveLog, HeldSpeed, logged_drive
from game.validation.steady_circle import steering_to_turn

_BEFORE_S: Final = 0.2
_AFTER_S: Final = 2.5
_STEADY_S: Final = 1.0  # at the end, over which the car's answer is steady
_RISEN: Final = 0.9  # of the steady value, where a response counts as there
_TICKS: Final = 1


@dataclass(frozen=True)
class StepSteer:
    """Holds a step of the steering and the car's response."""

    log: DriveLog  # its time is 0 when half of the steering is there
    steering_rad: float
    yaw_rate_radps: float  # in the end
    lateral_mps2: float

    @property
    def yaw_gain_1ps(self) -> float:
        """Return the steady yaw rate for each radian of the front wheels."""
        return self.yaw_rate_radps / self.steering_rad

    @property
    def yaw_response_s(self) -> float:
        """Return when nine tenths of the steady yaw rate are there."""
        return _first_time(self.log.time_s, self.log.yaw_rate_radps / self.yaw_rate_radps)

    @property
    def lateral_response_s(self) -> float:
        """Return when nine tenths of the steady lateral acceleration are there."""
        return _first_time(self.log.time_s, self.log.lateral_mps2 / self.lateral_mps2)

    @property
    def yaw_peak_s(self) -> float:
        """Return when the yaw rate is highest."""
        return float(self.log.time_s[np.argmax(self.log.yaw_rate_radps / self.yaw_rate_radps)])

    @property
    def yaw_overshoot(self) -> float:
        """Return the share of the steady yaw rate by which its peak is above it."""
        return float(np.max(self.log.yaw_rate_radps / self.yaw_rate_radps)) - 1.0


def step_steer(
    car: MeasuredCar, speed_mps: float, lateral_mps2: float, side: float = 1.0
) -> StepSteer:
    """Turn the wheels, as fast as they can be, to where the car turns with such an acceleration.

    A driver holds the speed. side: 1 to the left, -1 to the right. Raises UnfinishedLapError for
    more than the tyres hold.
    """
    steering_rad = side * steering_to_turn(car, speed_mps, lateral_mps2)
    world = on_tarmac(car, speed_mps)
    hand = HeldSpeed(car.spec.steering.lock_rad, speed_mps, _TICKS)
    hand.settle(world)
    turned_s = world.time_s + _BEFORE_S
    log = logged_drive(
        world,
        lambda now: hand.controls(now, steering_rad if world.time_s >= turned_s else 0.0),
        _BEFORE_S + _AFTER_S,
        _TICKS,
    )
    return step_in(log)


def step_in(log: DriveLog) -> StepSteer:
    """Return the step that a drive from straight ahead to a steady turn has."""
    half = int(np.argmax(np.abs(log.steering_rad) >= 0.5 * abs(log.steering_rad[-1])))
    steady = log.time_s >= log.time_s[-1] - _STEADY_S
    return StepSteer(
        log.shifted(float(log.time_s[half])),
        float(log.steering_rad[steady].mean()),
        float(log.yaw_rate_radps[steady].mean()),
        float(log.lateral_mps2[steady].mean()),
    )


def _first_time(time_s: Array, share: Array) -> float:
    """Return when a share first comes to nine tenths, between two looks."""
    after = int(np.argmax(share >= _RISEN))
    before = after - 1
    part = (_RISEN - share[before]) / (share[after] - share[before])
    return float(time_s[before] + part * (time_s[after] - time_s[before]))
