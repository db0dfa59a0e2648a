"""What a car does on the way round a lap of planned speeds: tyres and power, station by station."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from game.compiled import arrays, compiled, numba_is_installed, records, rows, tick_function
from game.drivers.racing_line import RacingLine
from game.drivers.speed_profile import SpeedProfile
from game.drivers.steady_car import Ambience, Axle, hold, inverse_magic_formula, slip_for
from game.vehicle.parts import Car
from game.vehicle.powertrain import electrical_power

Array = npt.NDArray[np.float64]


class SteadyLap(NamedTuple):
    """The pieces from each station to the next; all arrays have shape (n,)."""

    duration_s: Array
    lateral_mps2: Array  # as in a left turn
    front_slip_tangent: Array
    rear_slip_tangent: Array
    front_usage: Array  # slip as a share of the slip of most grip
    rear_usage: Array
    power_w: Array  # at the battery's terminals, positive discharges


class _Pieces(NamedTuple):
    """What is known of the pieces before."""

    speed_mps: list[float]
    accel_mps2: list[float]
    curvature_1pm: list[float]  # not negative


class _Found(NamedTuple):
    """What is found, one number a piece."""

    front_slip_tangent: list[float]
    rear_slip_tangent: list[float]
    front_usage: list[float]
    rear_usage: list[float]
    power_w: list[float]


def steady_lap(car: Car, ambience: Ambience, line: RacingLine, profile: SpeedProfile) -> SteadyLap:
    """Hold every piece of a profile by the steady car."""
    speed_mps = 0.5 * (profile.speed_mps + np.roll(profile.speed_mps, -1))
    curvature_1pm = np.abs(0.5 * (line.curvature_1pm + np.roll(line.curvature_1pm, -1)))
    pieces: Any = _Pieces(speed_mps.tolist(), profile.accel_mps2.tolist(), curvature_1pm.tolist())
    found: Any = _Found(*([0.0] * len(speed_mps) for _ in _Found._fields))
    slips = inverse_magic_formula(car)
    if numba_is_installed():
        pieces, found = arrays(pieces), arrays(found)
        compiled(hold_pieces)(records([car]), rows(float, slips), ambience, pieces, found)
    else:
        hold_pieces([car], slips, ambience, pieces, found)
    return SteadyLap(
        line.spacing_m / speed_mps,
        speed_mps**2 * curvature_1pm,
        *(np.array(column) for column in found),
    )


@tick_function
def hold_pieces(
    cars: Any, slips: list[float], ambience: Ambience, pieces: _Pieces, found: _Found
) -> None:
    """Fill `found` for `cars[0]`."""
    car = cars[0]
    tyre = car.tyre
    for index in range(len(pieces.speed_mps)):
        speed_mps = pieces.speed_mps[index]
        left_mps2 = speed_mps * speed_mps * pieces.curvature_1pm[index]
        held = hold(car, slips, ambience, speed_mps, pieces.accel_mps2[index], left_mps2)
        front_usage = _usage(slips, held.front)
        rear_usage = _usage(slips, held.rear)
        found.front_usage[index] = front_usage
        found.rear_usage[index] = rear_usage
        found.front_slip_tangent[index] = (
            tyre.peak_slip_tangent * front_usage * _share(held.front, held.front.left_n)
        )
        found.rear_slip_tangent[index] = (
            tyre.peak_slip_tangent * rear_usage * _share(held.rear, held.rear.left_n)
        )
        found.power_w[index] = _axle_power(car, held.front, front_usage, speed_mps) + _axle_power(
            car, held.rear, rear_usage, speed_mps
        )


@tick_function
def _usage(slips: list[float], axle: Axle) -> float:
    return slip_for(slips, _size(axle) / axle.grip_n)


@tick_function
def _size(axle: Axle) -> float:
    return math.sqrt(axle.forward_n * axle.forward_n + axle.left_n * axle.left_n)


@tick_function
def _share(axle: Axle, part_n: float) -> float:
    """Of an axle's slip, the share in the direction of a part of its force."""
    size_n = _size(axle)
    return part_n / size_n if size_n > 0.0 else 0.0


@tick_function
def _axle_power(car: Car, axle: Axle, usage: float, speed_mps: float) -> float:
    """What the axle's motor takes from the battery, W; a driven wheel turns faster by its slip."""
    slip_ratio = car.tyre.peak_slip_ratio * usage * _share(axle, axle.forward_n)
    motor_radps = speed_mps * (1.0 + slip_ratio) / car.wheel.radius_m * car.motor.gear_ratio
    return electrical_power(car, axle.motor_nm, motor_radps)
