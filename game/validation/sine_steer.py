"""Steer sinusoidally as in ISO 7401: one period, and the response to a range of frequencies."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from game.arrays import Array
from game.lab.courses import MeasuredCar
from game.validation.car_under_test import on_tarmac
from game.validation.drive_log import DriveLog, HeldSpeed, logged_drive
from game.validation.steady_circle import steering_to_turn

_AFTER_S: Final = 1.0
_SWINGING_S: Final = 2.0  # before periods are measured
_PERIODS: Final = 3
_TICKS: Final = 1


@dataclass(frozen=True)
class SineSteer:
    """Holds one period of steering and the car's response."""

    log: DriveLog
    yaw_gain_1ps: float  # first peak of the yaw rate over that of the steering
    yaw_lag_s: float  # of the first peak of the yaw rate behind that of the steering
    lateral_lag_s: float  # of the lateral acceleration's
    second_peak: float  # of the yaw rate, as a share of the first


@dataclass(frozen=True)
class FrequencyResponse:
    """Holds how the yaw rate follows steering; arrays have shape (n,), one for each frequency."""

    frequency_hz: Array
    yaw_gain_1ps: Array
    yaw_lag_rad: Array


def sine_steer(
    car: MeasuredCar,
    speed_mps: float,
    lateral_mps2: float,
    frequency_hz: float,
    side: float = 1.0,
) -> SineSteer:
    """Steer one period, by as much as would turn the car with such an acceleration if held."""
    amplitude_rad = side * steering_to_turn(car, speed_mps, lateral_mps2)
    period_s = 1.0 / frequency_hz
    log = _steered(car, speed_mps, amplitude_rad, frequency_hz, period_s, period_s + _AFTER_S)
    first = log.time_s <= 0.75 * period_s
    steered = int(np.argmax(side * log.steering_rad[first]))
    yawed = int(np.argmax(side * log.yaw_rate_radps[first]))
    pushed = int(np.argmax(side * log.lateral_mps2[first]))
    peak_radps = float(side * log.yaw_rate_radps[yawed])
    return SineSteer(
        log,
        peak_radps / float(side * log.steering_rad[steered]),
        float(log.time_s[yawed] - log.time_s[steered]),
        float(log.time_s[pushed] - log.time_s[steered]),
        float(np.max(-side * log.yaw_rate_radps)) / peak_radps,
    )


def frequency_response(
    car: MeasuredCar, speed_mps: float, lateral_mps2: float, frequencies_hz: Sequence[float]
) -> FrequencyResponse:
    """Steer to and fro at each frequency, by the same angle, and fit sines to what comes of it."""
    amplitude_rad = steering_to_turn(car, speed_mps, lateral_mps2)
    answers = [
        _answer(car, speed_mps, amplitude_rad, frequency_hz) for frequency_hz in frequencies_hz
    ]
    return FrequencyResponse(
        np.array(frequencies_hz),
        np.array([abs(answer) for answer in answers]),
        np.array([-np.angle(answer) for answer in answers]),
    )


def _answer(
    car: MeasuredCar, speed_mps: float, amplitude_rad: float, frequency_hz: float
) -> complex:
    """Return the yaw rate over the steering, as a complex number."""
    swinging_s = math.ceil(_SWINGING_S * frequency_hz) / frequency_hz
    seconds = swinging_s + _PERIODS / frequency_hz
    log = _steered(car, speed_mps, amplitude_rad, frequency_hz, seconds, seconds)
    log = log.after(swinging_s)
    turning = np.exp(-2j * math.pi * frequency_hz * log.time_s)
    return complex((log.yaw_rate_radps * turning).sum() / (log.steering_rad * turning).sum())


def _steered(
    car: MeasuredCar,
    speed_mps: float,
    amplitude_rad: float,
    frequency_hz: float,
    steered_s: float,
    seconds: float,
) -> DriveLog:
    """Return a drive with sinusoidal steering for a time, and straight on for the rest."""
    world = on_tarmac(car, speed_mps)
    hand = HeldSpeed(car.spec.steering.lock_rad, speed_mps, _TICKS)
    hand.settle(world)
    began_s = world.time_s

    def steering_rad() -> float:
        now_s = world.time_s - began_s
        if now_s >= steered_s:
            return 0.0
        return amplitude_rad * math.sin(2.0 * math.pi * frequency_hz * now_s)

    return logged_drive(world, lambda now: hand.controls(now, steering_rad()), seconds, _TICKS)
