"""Find the state of a car at each station of a quasi-steady lap of planned speeds."""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.compiled import compiled, tick_function, uses_machine_code
from game.quasi_steady.assists import AssistForces, assisted_state, no_assists
from game.quasi_steady.axle import (
    SteadyAxle,
    TyreCurve,
    combined_slip,
    lateral_slip_of,
    tyre_curve,
)
from game.quasi_steady.cornering import QuasiSteadyCar, SteadyMotion
from game.quasi_steady.head_wind import car_head_wind
from game.quasi_steady.hilly_road import HillyRoad
from game.quasi_steady.motor_limits import cool_torque_limit, full_drive_voltage
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.speed_profile import SpeedProfile
from game.quasi_steady.split_planner import SharesAlong
from game.quasi_steady.steady_state import SteadyState
from game.quasi_steady.track_conditions import TrackConditions
from game.records import arrays, records
from game.scalars import minimum
from game.track.tables import added_weight
from game.trig_arrays import arc_tangents
from game.vehicle.parts import Car
from game.vehicle.powertrain import electrical_power
from game.vehicle.spec import MotorSpec
from game.vehicle.torque_split import FrontShares

# A driver's motion is the mean of the plan's around each moment. Speeds and turns of the reference
# bot's laps are nearest to that of 0.5 and 0.4 s, with no delay of either.
_SMOOTHED_S: Final = 0.45
_ROUNDING: Final = 1.0 - 1e-9  # share of the maximum regeneration that counts as all of it


class SteadyLap(NamedTuple):
    """Holds the pieces from each station to the next; all arrays have shape (n,)."""

    duration_s: Array
    forward_mps2: Array  # along the car, which points into a corner, as it is measured
    lateral_mps2: Array  # across it, positive in turns to either side
    front_slip_tangent: Array
    rear_slip_tangent: Array
    front_normalised_slip: Array  # slip as a share of the slip of peak grip
    rear_normalised_slip: Array
    power_w: Array  # at the battery's terminals, positive discharges


class _DrivenMotion(NamedTuple):
    """Holds the motion of each piece as it is driven, positive to the left; shape (n,)."""

    speed_mps: Array
    accel_mps2: Array
    yaw_radps: Array
    yaw_radps2: Array


class _Pieces(NamedTuple):
    """Holds the motion of each piece and the shares that its axles are set to."""

    speed_mps: list[float]
    accel_mps2: list[float]
    left_mps2: list[float]  # not negative
    yaw_radps2: list[float]  # yaw acceleration
    pressing_mps2: list[float]  # on the road, beyond the weight
    torque_share: list[float]
    regen_share: list[float]
    head_mps: list[float]  # by which the air meets the nose faster than the car drives


class _PieceResults(NamedTuple):
    """Holds the results of each piece of the lap."""

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
    road: HillyRoad | None = None,
) -> SteadyLap:
    """Return the lap of a profile with the shares of each station; road: of a hilly circuit.

    It is driven as drivers do, who neither brake nor turn in with a jerk.
    """
    driven = _driven_motion(line, profile)
    forward_mps2, left_mps2 = driven.accel_mps2, np.abs(driven.speed_mps * driven.yaw_radps)
    pressing_mps2 = np.zeros_like(left_mps2)
    if road is not None:
        back_mps2, aid_mps2, upright, bend_1pm = map(np.asarray, road.along(line))
        forward_mps2 = forward_mps2 + back_mps2
        left_mps2 = np.abs(left_mps2 - aid_mps2)
        pressing_mps2 = added_weight(upright, driven.speed_mps**2, bend_1pm)
    pieces = _Pieces(
        driven.speed_mps.tolist(),
        forward_mps2.tolist(),
        left_mps2.tolist(),
        (np.sign(driven.yaw_radps) * driven.yaw_radps2).tolist(),
        pressing_mps2.tolist(),
        shares.torque.tolist(),
        shares.regen.tolist(),
        car_head_wind(car, line).tolist(),
    )
    results = _results(car, conditions, pieces)
    inward_rad = arc_tangents(np.array(results.rear_slip_tangent))
    inward_rad -= car.rear_axle_m * left_mps2 / driven.speed_mps**2
    return SteadyLap(
        line.spacing_m / driven.speed_mps,
        forward_mps2 + inward_rad * left_mps2,
        left_mps2 - inward_rad * forward_mps2,
        *(np.array(column) for column in results),
    )


def _driven_motion(line: RacingLine, profile: SpeedProfile) -> _DrivenMotion:
    """Return the motion of a profile as it is driven: the mean of some time around each piece."""
    duration_s = 2.0 * line.spacing_m / (profile.speed_mps + np.roll(profile.speed_mps, -1))
    turn_rad = 0.5 * (line.curvature_1pm + np.roll(line.curvature_1pm, -1)) * line.spacing_m
    yaw_radps = profile.speed_mps * line.curvature_1pm
    lap_s = float(duration_s.sum())
    begin_s = np.cumsum(duration_s) - duration_s

    def change(column: Array, by_lap: float = 0.0) -> Array:
        """Return the mean rate of a column that grows by so much in a lap; shape (n,)."""
        times_s = np.append(begin_s, lap_s)
        values = np.append(column, column[0] + by_lap)
        middle_s = begin_s + 0.5 * duration_s
        before, after = (
            np.floor(place_s / lap_s) * by_lap + np.interp(place_s % lap_s, times_s, values)
            for place_s in (middle_s - 0.5 * _SMOOTHED_S, middle_s + 0.5 * _SMOOTHED_S)
        )
        rate: Array = (after - before) / _SMOOTHED_S
        return rate

    return _DrivenMotion(
        speed_mps=change(np.cumsum(line.spacing_m) - line.spacing_m, line.length_m),
        accel_mps2=change(profile.speed_mps),
        yaw_radps=change(np.cumsum(turn_rad) - turn_rad, float(turn_rad.sum())),
        yaw_radps2=change(yaw_radps),
    )


def _results(car: Car, conditions: TrackConditions, pieces: _Pieces) -> _PieceResults:
    results = _PieceResults(*([0.0] * len(pieces.speed_mps) for _ in _PieceResults._fields))
    curve = tyre_curve(car.tyre)
    if not uses_machine_code():
        fill_lap([car], curve, conditions, pieces, results)
        return results
    filled: _PieceResults = arrays(results)
    compiled(fill_lap)(records([car]), arrays(curve), conditions, arrays(pieces), filled)
    return filled


@tick_function
def fill_lap(
    cars: Any,
    curve: TyreCurve,
    conditions: TrackConditions,
    pieces: _Pieces,
    results: _PieceResults,
) -> None:
    """Fill `results` for `cars[0]`."""
    assists = no_assists()
    for index in range(len(pieces.speed_mps)):
        shares = FrontShares(pieces.torque_share[index], pieces.regen_share[index])
        there = TrackConditions(
            conditions.grip,
            conditions.rolling_resistance,
            conditions.charge_w,
            conditions.charge,
            pieces.head_mps[index],
            pieces.pressing_mps2[index],
            conditions.levels,
            conditions.water_m,
            conditions.rubber,
            conditions.rubbering,
        )
        steady = QuasiSteadyCar(cars[0], curve, shares, there)
        speed_mps = pieces.speed_mps[index]
        motion = SteadyMotion(
            speed_mps, pieces.accel_mps2[index], pieces.left_mps2[index], pieces.yaw_radps2[index]
        )
        state, assists = assisted_state(steady, motion, assists)
        _fill_piece(steady, state, assists, speed_mps, index, results)


@tick_function
def _fill_piece(
    steady: QuasiSteadyCar,
    state: SteadyState,
    assists: AssistForces,
    speed_mps: float,
    index: int,
    results: _PieceResults,
) -> None:
    car = steady.car
    curve = steady.curve
    front_lateral_slip = lateral_slip_of(curve, state.front)
    rear_lateral_slip = lateral_slip_of(curve, state.rear)
    front_slip = _normalised_slip(curve, state.front, front_lateral_slip)
    rear_slip = _normalised_slip(curve, state.rear, rear_lateral_slip)
    results.front_normalised_slip[index] = front_slip
    results.rear_normalised_slip[index] = rear_slip
    results.front_slip_tangent[index] = car.tyre.peak_slip_tangent * front_lateral_slip
    results.rear_slip_tangent[index] = car.tyre.peak_slip_tangent * rear_lateral_slip
    results.power_w[index] = _power(
        steady,
        state,
        assists,
        speed_mps,
        _slip_ratio(car, state.front, front_slip, front_lateral_slip),
        _slip_ratio(car, state.rear, rear_slip, rear_lateral_slip),
    )


@tick_function
def _normalised_slip(curve: TyreCurve, axle: SteadyAxle, lateral_slip: float) -> float:
    """Return the mean of both tyres."""
    return 0.5 * (
        combined_slip(curve, lateral_slip, axle.inner_forward_n / axle.inner_grip_n)
        + combined_slip(curve, lateral_slip, axle.outer_forward_n / axle.outer_grip_n)
    )


@tick_function
def _slip_ratio(car: Car, axle: SteadyAxle, normalised_slip: float, lateral_slip: float) -> float:
    """Return how much faster the axle's wheels turn than they roll."""
    forward = normalised_slip * normalised_slip - lateral_slip * lateral_slip
    slip_ratio = car.tyre.peak_slip_ratio * math.sqrt(forward) if forward > 0.0 else 0.0
    return slip_ratio if axle.inner_forward_n + axle.outer_forward_n >= 0.0 else -slip_ratio


@tick_function
def _power(
    steady: QuasiSteadyCar,
    state: SteadyState,
    assists: AssistForces,
    speed_mps: float,
    front_slip_ratio: float,
    rear_slip_ratio: float,
) -> float:
    """Return the power that the motors draw from the battery, W.

    The maximum regeneration is counted with the wheels' speed, not the car's. ABS that releases a
    wheel releases as much of its axle's regeneration.
    """
    car = steady.car
    rolling_radps = speed_mps / car.wheel.radius_m * car.gear_ratio
    front_nm = state.front.motor_nm
    rear_nm = state.rear.motor_nm
    if -(front_nm + rear_nm) * rolling_radps > _ROUNDING * steady.conditions.charge_w:
        slower = 1.0 + 0.5 * (front_slip_ratio + rear_slip_ratio)
        front_nm /= slower
        rear_nm /= slower
    front_nm *= 1.0 - assists.front_released
    rear_nm *= 1.0 - assists.rear_released
    voltage_v = full_drive_voltage(car, steady.shares.torque, steady.conditions.charge, speed_mps)
    front_rim_mps = speed_mps * (1.0 + front_slip_ratio)
    rear_rim_mps = speed_mps * (1.0 + rear_slip_ratio)
    return _axle_power(car, car.front.motor, front_nm, front_rim_mps, voltage_v) + _axle_power(
        car, car.rear.motor, rear_nm, rear_rim_mps, voltage_v
    )


@tick_function
def _axle_power(
    car: Car, motor: MotorSpec, motor_nm: float, rim_mps: float, voltage_v: float
) -> float:
    return electrical_power(
        motor,
        minimum(motor_nm, cool_torque_limit(car, motor, rim_mps, voltage_v)),
        rim_mps / car.wheel.radius_m * motor.gear_ratio,
    )
