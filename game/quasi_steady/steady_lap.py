"""What a car does on the way round a lap of planned speeds: tyres and power, station by station."""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.compiled import arrays, compiled, numba_is_installed, records, tick_function
from game.quasi_steady.assists import Aids, hold, no_aids
from game.quasi_steady.axle import (
    SteadyAxle,
    TyreCurve,
    side_slip_for,
    slip_of,
    tyre_curve,
)
from game.quasi_steady.axle_torques import cool_limit
from game.quasi_steady.mapped_profile import SharesAlong
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.speed_profile import SpeedProfile
from game.quasi_steady.steady_state import Hold
from game.quasi_steady.track_conditions import TrackConditions
from game.scalars import minimum
from game.vehicle.parts import Car
from game.vehicle.powertrain import electrical_power
from game.vehicle.spec import MotorSpec
from game.vehicle.torque_split import FrontShares

_LATE_S: Final = 0.1  # a driver's pedals act so much after the plan
_FULL: Final = 1.0 - 1e-9  # of what the battery takes: what rounding leaves


class SteadyLap(NamedTuple):
    """The pieces from each station to the next; all arrays have shape (n,)."""

    duration_s: Array
    forward_mps2: Array
    lateral_mps2: Array  # as in a left turn
    front_slip_tangent: Array
    rear_slip_tangent: Array
    front_normalised_slip: Array  # slip as a share of the slip of most grip
    rear_normalised_slip: Array
    power_w: Array  # at the battery's terminals, positive discharges


class _Pieces(NamedTuple):
    """What is known of the pieces before."""

    speed_mps: list[float]
    accel_mps2: list[float]
    curvature_1pm: list[float]  # not negative
    turn_radps2: list[float]  # growth of the yaw rate
    torque_share: list[float]
    regen_share: list[float]


class _Found(NamedTuple):
    """What is found, one number a piece."""

    front_slip_tangent: list[float]
    rear_slip_tangent: list[float]
    front_normalised_slip: list[float]
    rear_normalised_slip: list[float]
    power_w: list[float]


def steady_lap(
    car: Car,
    conditions: TrackConditions,
    line: RacingLine,
    profile: SpeedProfile,
    shares: SharesAlong,
) -> SteadyLap:
    """Hold every piece by the steady car with the shares that act at its station.

    As a driver drives it: at the profile's speeds and accelerations, a little late.
    """
    speed_mps = 0.5 * (profile.speed_mps + np.roll(profile.speed_mps, -1))
    mid_m = line.s_m + 0.5 * line.s_m[1]
    late_m = mid_m - _LATE_S * speed_mps
    lap_m = len(line.s_m) * float(line.s_m[1])
    accel_mps2 = np.interp(late_m, mid_m, profile.accel_mps2, period=lap_m)
    speed_mps = np.interp(late_m, mid_m, speed_mps, period=lap_m)
    curvature_1pm = np.abs(0.5 * (line.curvature_1pm + np.roll(line.curvature_1pm, -1)))
    yaw_radps = profile.speed_mps * line.curvature_1pm
    turn_radps2 = (np.roll(yaw_radps, -1) - yaw_radps) * speed_mps / line.spacing_m
    turn_radps2 *= np.sign(line.curvature_1pm + np.roll(line.curvature_1pm, -1))
    pieces: Any = _Pieces(
        speed_mps.tolist(),
        accel_mps2.tolist(),
        curvature_1pm.tolist(),
        turn_radps2.tolist(),
        shares.torque.tolist(),
        shares.regen.tolist(),
    )
    found: Any = _Found(*([0.0] * len(speed_mps) for _ in _Found._fields))
    curve = tyre_curve(car.tyre)
    if numba_is_installed():
        pieces, found = arrays(pieces), arrays(found)
        compiled(hold_pieces)(records([car]), arrays(curve), conditions, pieces, found)
    else:
        hold_pieces([car], curve, conditions, pieces, found)
    return SteadyLap(
        line.spacing_m / speed_mps,
        accel_mps2,
        speed_mps**2 * curvature_1pm,
        *(np.array(column) for column in found),
    )


@tick_function
def hold_pieces(
    cars: Any, curve: TyreCurve, conditions: TrackConditions, pieces: _Pieces, found: _Found
) -> None:
    """Fill `found` for `cars[0]`."""
    car = cars[0]
    aids = no_aids()
    for index in range(len(pieces.speed_mps)):
        speed_mps = pieces.speed_mps[index]
        left_mps2 = speed_mps * speed_mps * pieces.curvature_1pm[index]
        held, aids = hold(
            car,
            FrontShares(pieces.torque_share[index], pieces.regen_share[index]),
            curve,
            conditions,
            speed_mps,
            pieces.accel_mps2[index],
            left_mps2,
            pieces.turn_radps2[index],
            aids,
        )
        front_side = side_slip_for(curve, held.front)
        rear_side = side_slip_for(curve, held.rear)
        front_normalised_slip = _normalised_slip(curve, held.front, front_side)
        rear_normalised_slip = _normalised_slip(curve, held.rear, rear_side)
        found.front_normalised_slip[index] = front_normalised_slip
        found.rear_normalised_slip[index] = rear_normalised_slip
        found.front_slip_tangent[index] = car.tyre.peak_slip_tangent * front_side
        found.rear_slip_tangent[index] = car.tyre.peak_slip_tangent * rear_side
        found.power_w[index] = _power(
            car,
            conditions,
            held,
            aids,
            speed_mps,
            _slip_ratio(car, held.front, front_normalised_slip, front_side),
            _slip_ratio(car, held.rear, rear_normalised_slip, rear_side),
        )


@tick_function
def _normalised_slip(curve: TyreCurve, axle: SteadyAxle, side: float) -> float:
    """The mean of both tyres."""
    return 0.5 * (
        slip_of(curve, side, axle.inner_forward_n / axle.inner_grip_n)
        + slip_of(curve, side, axle.outer_forward_n / axle.outer_grip_n)
    )


@tick_function
def _slip_ratio(car: Car, axle: SteadyAxle, normalised_slip: float, side: float) -> float:
    """How much faster the axle's wheels turn than they roll."""
    forward = normalised_slip * normalised_slip - side * side
    slip_ratio = car.tyre.peak_slip_ratio * math.sqrt(forward) if forward > 0.0 else 0.0
    return slip_ratio if axle.inner_forward_n + axle.outer_forward_n >= 0.0 else -slip_ratio


@tick_function
def _power(
    car: Car,
    conditions: TrackConditions,
    held: Hold,
    aids: Aids,
    speed_mps: float,
    front_slip_ratio: float,
    rear_slip_ratio: float,
) -> float:
    """What the motors take from the battery, W.

    What it takes at most is counted with the wheels' speed, not the car's. ABS that releases a
    wheel takes as much of its axle's regeneration.
    """
    rolling_radps = speed_mps / car.wheel.radius_m * car.gear_ratio
    front_nm = held.front.motor_nm
    rear_nm = held.rear.motor_nm
    if -(front_nm + rear_nm) * rolling_radps > _FULL * conditions.charge_w:
        slower = 1.0 + 0.5 * (front_slip_ratio + rear_slip_ratio)
        front_nm /= slower
        rear_nm /= slower
    front_nm *= 1.0 - aids.front_released
    rear_nm *= 1.0 - aids.rear_released
    return _axle_power(
        car, car.front.motor, front_nm, speed_mps * (1.0 + front_slip_ratio)
    ) + _axle_power(car, car.rear.motor, rear_nm, speed_mps * (1.0 + rear_slip_ratio))


@tick_function
def _axle_power(car: Car, motor: MotorSpec, motor_nm: float, rim_mps: float) -> float:
    return electrical_power(
        motor,
        minimum(motor_nm, cool_limit(car, motor, rim_mps)),
        rim_mps / car.wheel.radius_m * motor.gear_ratio,
    )
