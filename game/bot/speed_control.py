"""Keep the planned speed by the pedals, within the grip that steering leaves."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.bot.follower_tables import FollowerTables
from game.bot.lateral_control import LateralForces
from game.compiled import tick_function
from game.quasi_steady.axle import slip_for_force
from game.scalars import absolute, clamp, maximum, minimum
from game.simulation.snapshot import Snapshot
from game.simulation.split_table import shares_at
from game.track.surfaces import TARMAC
from game.trig import direction
from game.units import G_MPS2
from game.vehicle.motor import torque_limit
from game.vehicle.parts import Car
from game.vehicle.spec import MotorSpec
from game.vehicle.state import AxlePair
from game.vehicle.throttle_pedal import lift_off_force
from game.vehicle.torque_split import FIXED, full_drive, split_drive

SPEED_LEAD_S: Final = 0.1  # the pedals act so much later
_SPEED_GAIN_1PS: Final = 9.0  # acceleration asked per speed missing
_DRIVE_SLIP: Final = 1.1  # normalised slip from which the throttle is taken back
_BRAKE_SLIP: Final = 1.05
_SLIP_GAIN: Final = 1.5
_SLIPPING_SHARE: Final = 0.1  # of the peak slip ratio, from which a wheel is driven or braked
_MIN_SPEED_MPS: Final = 1.0  # guards the motors' limits at rest


class WantedSpeed(NamedTuple):
    """Holds the speed to keep, and the acceleration that it changes with."""

    speed_mps: float
    accel_mps2: float
    max_accel_mps2: float  # with which the car stays behind others


class ForwardForce(NamedTuple):
    """Describes a forward force at the tyres."""

    force_n: float
    front_share: float  # of the force, on the front axle


class PedalPositions(NamedTuple):
    """Holds the travel of the pedals, 0..1; one of them is released."""

    throttle: float
    brake: float


@tick_function
def _road_per_motor(car: Car) -> float:
    """Return the force at the tyres for a motor's torque, 1/m."""
    return car.gear_ratio * car.gear_efficiency / car.wheel.radius_m


@tick_function
def _moving_kg(car: Car) -> float:
    """Return the mass of a car and of its wheels, as they spin with it."""
    return car.mass_kg + car.wheels_inertia_kgm2 / (car.wheel.radius_m * car.wheel.radius_m)


@tick_function
def cool_limits_nm(car: Car, now: Snapshot) -> AxlePair[float]:
    """Return the torques that the motors can give cool at this speed, Nm."""
    return _limits_at_nm(car, now, now.velocity_forward_mps)


@tick_function
def _limits_at_nm(car: Car, now: Snapshot, speed_mps: float) -> AxlePair[float]:
    motor_radps = maximum(speed_mps, _MIN_SPEED_MPS) / car.wheel.radius_m
    motor_radps *= car.gear_ratio
    return AxlePair(
        _cool_limit_nm(car, car.front.motor, motor_radps, now.battery_voltage_v),
        _cool_limit_nm(car, car.rear.motor, motor_radps, now.battery_voltage_v),
    )


@tick_function
def _cool_limit_nm(car: Car, motor: MotorSpec, motor_radps: float, voltage_v: float) -> float:
    cool_k = motor.coolant_temperature_k
    return torque_limit(motor, motor_radps, voltage_v, car.power_share, cool_k, cool_k)


@tick_function
def forward_force(
    car: Car,
    tables: FollowerTables,
    now: Snapshot,
    axles: LateralForces,
    wanted: WantedSpeed,
    limits_nm: AxlePair[float],
) -> ForwardForce:
    """Return the forward force for the wanted speed, within the grip; limits_nm: of the motors."""
    speed_mps = now.velocity_forward_mps
    wanted_mps2 = minimum(
        wanted.accel_mps2 + _SPEED_GAIN_1PS * (wanted.speed_mps - speed_mps),
        wanted.max_accel_mps2,
    )
    tarmac = tables.track.surfaces[TARMAC]
    resistance_n = (
        _drag(car, now)
        + tarmac.rolling_resistance * car.mass_kg * G_MPS2
        + _cornering_drag(car, tables, axles.front_left_n, axles.front_grip_n)
        + _cornering_drag(car, tables, axles.rear_left_n, axles.rear_grip_n)
    )
    uphill_n = car.mass_kg * G_MPS2 * now.gradient_ratio
    force_n = _moving_kg(car) * wanted_mps2 + resistance_n + uphill_n
    within_grip = _within_grip(car, tables, now, force_n, axles, limits_nm)
    full_n = _used_drive_n(car, tables, now, limits_nm)
    if within_grip.force_n <= full_n:
        return within_grip
    # What no motor gives takes no grip from steering either.
    return ForwardForce(full_n, _front_share(car, tables, now, full_n, limits_nm))


@tick_function
def _drag(car: Car, now: Snapshot) -> float:
    """Return the force with which the air holds the car back, in the wind that is foreseen."""
    speed_mps = now.velocity_forward_mps
    if car.wind.x_mps == 0.0 and car.wind.y_mps == 0.0:
        return car.aero.drag_kgpm * speed_mps * speed_mps
    heading = direction(now.heading_rad)
    air_mps = speed_mps - (car.wind.x_mps * heading.cos + car.wind.y_mps * heading.sin)
    return car.aero.drag_kgpm * air_mps * absolute(air_mps)


@tick_function
def pedals(
    car: Car, tables: FollowerTables, now: Snapshot, force_n: float, limits_nm: AxlePair[float]
) -> PedalPositions:
    """Return the pedals for a forward force; limits_nm: of the motors."""
    if force_n >= -lift_off_force(car.throttle_pedal, 0.0):
        return PedalPositions(_throttle(car, tables, now, force_n, limits_nm), 0.0)
    return PedalPositions(0.0, _brake(car, now, force_n))


@tick_function
def _front_share(
    car: Car, tables: FollowerTables, now: Snapshot, force_n: float, limits_nm: AxlePair[float]
) -> float:
    """Return the front axle's share of a forward force: of the drive, or of pedal and motors'
    braking.

    From the motors' present braking follows what the pedal leaves to the friction brakes.
    """
    if force_n >= 0.0:
        return _drive_share(car, now, force_n, limits_nm)
    per_motor = _road_per_motor(car) / (car.gear_efficiency * car.gear_efficiency)
    regen_n = -(now.front_torque_nm + now.rear_torque_nm) * per_motor
    regen = clamp(regen_n / -force_n, 0.0, 1.0)
    shares = shares_at(tables.track, tables.splits, car, now.s_m)
    return regen * shares.regen + (1.0 - regen) * car.brakes.front_bias


@tick_function
def _cornering_drag(car: Car, tables: FollowerTables, left_n: float, grip_n: float) -> float:
    """Return the force with which an axle's slip angle holds the car back, N."""
    used_n = minimum(abs(left_n), grip_n)
    slip = slip_for_force(tables.slip_at_force, used_n / grip_n)
    return used_n * slip * car.tyre.peak_slip_tangent


@tick_function
def _within_grip(
    car: Car,
    tables: FollowerTables,
    now: Snapshot,
    force_n: float,
    axles: LateralForces,
    limits_nm: AxlePair[float],
) -> ForwardForce:
    """Return the force, less where an axle would leave its friction circle: both demands yield."""
    share = _front_share(car, tables, now, force_n, limits_nm)
    front = _length(axles.front_left_n, share * force_n) / axles.front_grip_n
    rear = _length(axles.rear_left_n, (1.0 - share) * force_n) / axles.rear_grip_n
    if front > 1.0 or rear > 1.0:
        force_n /= maximum(front, rear)
        share = _front_share(car, tables, now, force_n, limits_nm)
    return ForwardForce(force_n, share)


@tick_function
def _length(left_n: float, forward_n: float) -> float:
    """Return the size of a force with these two parts, N."""
    return math.sqrt(left_n * left_n + forward_n * forward_n)


@tick_function
def _drive_share(car: Car, now: Snapshot, force_n: float, limits_nm: AxlePair[float]) -> float:
    """Return the front axle's share of the drive that the motors can give."""
    share = now.front_torque_share
    torque = split_drive(car.split_law, force_n / _road_per_motor(car), share, limits_nm)
    delivered_nm = torque.front + torque.rear
    return torque.front / delivered_nm if delivered_nm > 0.0 else share


@tick_function
def _full_drive_n(
    car: Car, tables: FollowerTables, now: Snapshot, limits_nm: AxlePair[float]
) -> float:
    """Return the forward force at the tyres with a full throttle."""
    share = now.front_torque_share
    if car.split_mode == FIXED:  # it is the map's at once
        share = shares_at(tables.track, tables.splits, car, now.s_m).torque
    return full_drive(car.split_law, share, limits_nm) * _road_per_motor(car)


@tick_function
def _used_drive_n(
    car: Car, tables: FollowerTables, now: Snapshot, limits_nm: AxlePair[float]
) -> float:
    """Return the forward force that is used at most: below full pace, less than the motors give.

    A car that is as much slower everywhere has the square of its pace of the drive that it would
    have at full pace at the same place. Alone it has no use for more than its plan asks.
    """
    pace = tables.plan.pace
    if pace == 1.0 or len(tables.sides.stations) == 0:
        return _full_drive_n(car, tables, now, limits_nm)
    faster_nm = _limits_at_nm(car, now, now.velocity_forward_mps / pace)
    return pace * pace * _full_drive_n(car, tables, now, faster_nm)


@tick_function
def _throttle(
    car: Car, tables: FollowerTables, now: Snapshot, force_n: float, limits_nm: AxlePair[float]
) -> float:
    """Return the throttle for a force, taken back where a driven wheel slips beyond its peak."""
    pedal = car.throttle_pedal
    idle = pedal.one_pedal_travel
    if force_n < 0.0:  # lifting off as far as needed
        return idle * (1.0 + force_n / pedal.one_pedal_force_n)
    excess = maximum(_max_slip(car, now, 1.0) - _DRIVE_SLIP, 0.0)
    limit_n = _full_drive_n(car, tables, now, limits_nm)
    return idle + (1.0 - idle) * (1.0 - _SLIP_GAIN * excess) * force_n / limit_n


@tick_function
def _brake(car: Car, now: Snapshot, force_n: float) -> float:
    """Return the brake pedal for a force, taken back where a braked wheel slips beyond its
    peak.
    """
    excess = maximum(_max_slip(car, now, -1.0) - _BRAKE_SLIP, 0.0)
    lift_n = lift_off_force(car.throttle_pedal, 0.0)
    pedal_n = (_SLIP_GAIN * excess - 1.0) * force_n - lift_n
    return pedal_n / car.brakes.full_pedal_force_n


@tick_function
def _max_slip(car: Car, now: Snapshot, sign: float) -> float:
    """Return the highest normalised slip among the wheels that are driven (sign 1) or braked
    (-1).
    """
    threshold = _SLIPPING_SHARE * car.tyre.peak_slip_ratio
    highest = 0.0
    for slip_ratio, normalised_slip in (
        (now.front_left_slip_ratio, now.front_left_normalised_slip),
        (now.front_right_slip_ratio, now.front_right_normalised_slip),
        (now.rear_left_slip_ratio, now.rear_left_normalised_slip),
        (now.rear_right_slip_ratio, now.rear_right_normalised_slip),
    ):
        if sign * slip_ratio > threshold and normalised_slip > highest:
            highest = normalised_slip
    return highest
