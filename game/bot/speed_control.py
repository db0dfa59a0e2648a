"""The bot's pedals: they keep the planned speed, within the grip that steering leaves."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.bot.lateral_control import LateralForces
from game.quasi_steady.axle import slip_for_force, tyre_curve
from game.simulation.snapshot import Snapshot
from game.simulation.split_table import SplitMaps, shares_at
from game.track.surfaces import TARMAC
from game.track.track import Track
from game.units import G_MPS2
from game.vehicle.motor import torque_limit
from game.vehicle.parts import Car
from game.vehicle.setup import Setup
from game.vehicle.spec import MotorSpec
from game.vehicle.state import AxlePair
from game.vehicle.throttle_pedal import lift_off_force
from game.vehicle.torque_split import split_torque

SPEED_LEAD_S: Final = 0.1  # the pedals act so much later
_SPEED_GAIN_1PS: Final = 7.5  # acceleration asked per speed missing
_DRIVE_SLIP: Final = 1.0  # normalised slip from which the throttle is taken back
_BRAKE_SLIP: Final = 1.05
_SLIP_GAIN: Final = 1.5
_SLIPPING_SHARE: Final = 0.1  # of the peak slip ratio, from which a wheel is driven or braked


class WantedSpeed(NamedTuple):
    """The speed to keep, and the acceleration that it changes with."""

    speed_mps: float
    accel_mps2: float
    max_accel_mps2: float  # with which the car stays behind others


class ForwardForce(NamedTuple):
    """A forward force at the tyres."""

    force_n: float
    front_share: float  # of the force, on the front axle


class PedalPositions(NamedTuple):
    """The travel of the pedals, 0..1; one of them is released."""

    throttle: float = 0.0
    brake: float = 0.0


class SpeedControl:
    """Presses the pedals of one car."""

    def __init__(self, track: Track, car: Car, maps: SplitMaps, setup: Setup) -> None:
        self._tables = track.tables
        self._splits = maps.rows
        self._car = car
        self._front_bias = setup.front_brake_bias
        self._slip_at_force = tyre_curve(car.tyre).slip_at_force
        self._road_per_motor = car.gear_ratio * car.gear_efficiency / car.wheel.radius_m
        self._moving_kg = car.mass_kg + car.wheels_inertia_kgm2 / car.wheel.radius_m**2
        tarmac = track.tables.surfaces[TARMAC]
        self._rolling_n = tarmac.rolling_resistance * car.mass_kg * G_MPS2
        self._limits_at_mps = math.nan  # the speed of these limits, which a decision reads thrice
        self._limits_nm = AxlePair(0.0, 0.0)

    def forward_force(
        self, now: Snapshot, axles: LateralForces, wanted: WantedSpeed
    ) -> ForwardForce:
        """Return the forward force for the wanted speed, within the grip."""
        speed_mps = now.velocity_forward_mps
        wanted_mps2 = min(
            wanted.accel_mps2 + _SPEED_GAIN_1PS * (wanted.speed_mps - speed_mps),
            wanted.max_accel_mps2,
        )
        resistance_n = (
            self._car.aero.drag_kgpm * speed_mps * speed_mps
            + self._rolling_n
            + self._cornering_drag(axles.front_left_n, axles.front_grip_n)
            + self._cornering_drag(axles.rear_left_n, axles.rear_grip_n)
        )
        return self._within_grip(now, self._moving_kg * wanted_mps2 + resistance_n, axles)

    def pedals(self, now: Snapshot, force_n: float) -> PedalPositions:
        """Return the pedals for a forward force."""
        if force_n >= -lift_off_force(self._car.throttle_pedal, 0.0):
            return PedalPositions(throttle=self._throttle(now, force_n))
        return PedalPositions(brake=self._brake(now, force_n))

    def _front_share(self, now: Snapshot, force_n: float) -> float:
        """Return the front axle's share of a forward force: of the drive, or of pedal and motors'
        braking.

        From the motors' present braking follows what the pedal leaves to the friction brakes.
        """
        if force_n >= 0.0:
            return self._drive_share(now, force_n)
        per_motor = self._road_per_motor / self._car.gear_efficiency**2
        regen_n = -(now.front_torque_nm + now.rear_torque_nm) * per_motor
        regen = min(max(regen_n / -force_n, 0.0), 1.0)
        shares = shares_at(self._tables, self._splits, self._car, now.s_m)
        return regen * shares.regen + (1.0 - regen) * self._front_bias

    def _cornering_drag(self, left_n: float, grip_n: float) -> float:
        """Return the force with which an axle's slip angle holds the car back, N."""
        used_n = min(abs(left_n), grip_n)
        slip = slip_for_force(self._slip_at_force, used_n / grip_n)
        return used_n * slip * self._car.tyre.peak_slip_tangent

    def _within_grip(self, now: Snapshot, force_n: float, axles: LateralForces) -> ForwardForce:
        """Return the force, less where an axle would leave its friction circle: both demands
        yield.
        """
        share = self._front_share(now, force_n)
        front = _length(axles.front_left_n, share * force_n) / axles.front_grip_n
        rear = _length(axles.rear_left_n, (1.0 - share) * force_n) / axles.rear_grip_n
        if front > 1.0 or rear > 1.0:
            force_n /= max(front, rear)
            share = self._front_share(now, force_n)
        return ForwardForce(force_n, share)

    def _drive_share(self, now: Snapshot, force_n: float) -> float:
        """Return the front axle's share of the drive, with what one motor gives in place of the
        other.
        """
        limits_nm = self._torque_limits(now)
        share = now.front_torque_share
        demand_nm = force_n / self._road_per_motor
        torque = split_torque(demand_nm, share, limits_nm)
        delivered_nm = torque.front + torque.rear
        return torque.front / delivered_nm if delivered_nm > 0.0 else share

    def _throttle(self, now: Snapshot, force_n: float) -> float:
        """Return the throttle for a force, taken back where a driven wheel slips beyond its
        peak.
        """
        pedal = self._car.throttle_pedal
        idle = pedal.one_pedal_travel
        if force_n < 0.0:  # lifting off as far as needed
            return idle * (1.0 + force_n / pedal.one_pedal_force_n)
        share = shares_at(self._tables, self._splits, self._car, now.s_m).torque
        limits_nm = self._torque_limits(now)
        excess = max(0.0, self._max_slip(now, 1.0) - _DRIVE_SLIP)
        limit_nm = limits_nm.front * (share > 0.0) + limits_nm.rear * (share < 1.0)
        limit_n = limit_nm * self._road_per_motor
        return idle + (1.0 - idle) * (1.0 - _SLIP_GAIN * excess) * force_n / limit_n

    def _brake(self, now: Snapshot, force_n: float) -> float:
        """Return the brake pedal for a force, taken back where a braked wheel slips beyond its
        peak.
        """
        excess = max(0.0, self._max_slip(now, -1.0) - _BRAKE_SLIP)
        lift_n = lift_off_force(self._car.throttle_pedal, 0.0)
        pedal_n = (_SLIP_GAIN * excess - 1.0) * force_n - lift_n
        return pedal_n / self._car.brakes.full_pedal_force_n

    def _torque_limits(self, now: Snapshot) -> AxlePair[float]:
        """Return the torques that the motors can give cool at this speed, Nm."""
        speed_mps = now.velocity_forward_mps
        if speed_mps != self._limits_at_mps:
            motor_radps = max(speed_mps, 1.0) / self._car.wheel.radius_m
            motor_radps *= self._car.gear_ratio
            self._limits_at_mps = speed_mps
            self._limits_nm = AxlePair(
                self._torque_limit(self._car.front.motor, motor_radps),
                self._torque_limit(self._car.rear.motor, motor_radps),
            )
        return self._limits_nm

    def _torque_limit(self, motor: MotorSpec, motor_radps: float) -> float:
        cool_k = motor.coolant_temperature_k
        return torque_limit(motor, motor_radps, self._car.power_share, cool_k, cool_k)

    def _max_slip(self, now: Snapshot, sign: float) -> float:
        """Return the highest normalised slip among the wheels that are driven (sign 1) or braked
        (-1).
        """
        threshold = _SLIPPING_SHARE * self._car.tyre.peak_slip_ratio
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


def _length(left_n: float, forward_n: float) -> float:
    """Return the size of a force with these two parts, N."""
    return math.sqrt(left_n * left_n + forward_n * forward_n)
