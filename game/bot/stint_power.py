"""Foresee the powertrain over a stint: how hard it accelerates the car, and what that costs it.

Motors and pack are those of the tick, called for pieces of a lap instead of ticks.
"""

from __future__ import annotations

from typing import NamedTuple

from game.quasi_steady.motor_limits import full_drive_voltage, motor_radps
from game.vehicle.battery import BatteryLimits, battery_flow, battery_limits, pack_cooling
from game.vehicle.car import run_motor
from game.vehicle.motor import speed_limiter, torque_limit, warmed
from game.vehicle.parts import Car
from game.vehicle.powertrain import electrical_power, motor_torque_per_force
from game.vehicle.state import AxlePair, CarState
from game.vehicle.torque_split import FrontShares, full_drive, split_drive, split_torque


class Work(NamedTuple):
    """Describes what the motors do over a piece of a lap; negative regains."""

    force_n: float  # at the tyres, forwards
    speed_mps: float
    duration_s: float


def full_force(car: Car, state: CarState, torque_share: float, speed_mps: float) -> float:
    """Return the force at the tyres at full throttle, with the heat and charge of the state, N."""
    limits_nm = _limits(car, state, torque_share, speed_mps)
    radps = motor_radps(car, speed_mps)
    wanted_nm = full_drive(car.split_law, torque_share, limits_nm)
    drive_nm = split_drive(car.split_law, wanted_nm, torque_share, limits_nm)
    electrical_w = electrical_power(car.front.motor, drive_nm.front, radps) + electrical_power(
        car.rear.motor, drive_nm.rear, radps
    )
    given = min(1.0, _pack(car, state).discharge_w / max(electrical_w, 1.0))
    both_nm = drive_nm.front + drive_nm.rear
    return given * both_nm * car.gear_ratio * car.gear_efficiency / car.wheel.radius_m


def work(car: Car, state: CarState, shares: FrontShares, done: Work, charge_factor: float) -> None:
    """Take from the pack what a piece of work takes, and warm pack and motors by it.

    charge_factor: factor of the charge that is used, for what the steady state leaves out.
    """
    radps = motor_radps(car, done.speed_mps)
    torques_nm = _torques(car, state, shares, done, radps)
    electrical_w, seconds = 0.0, done.duration_s
    axles = ((car.front.motor, state.front), (car.rear.motor, state.rear))
    for (motor, axle), torque_nm in zip(axles, torques_nm, strict=True):
        axle.torque_nm = torque_nm
        electrical_w += run_motor(motor, axle, state.ledger, radps, 1.0, 0.0, seconds)
    battery = state.battery
    flow = battery_flow(car.battery, battery.charge, electrical_w)
    used = charge_factor * flow.current_a * done.duration_s / car.battery.capacity_c
    battery.charge = max(0.0, battery.charge - used)
    battery.temperature_k = warmed(
        battery.temperature_k,
        flow.heat_w,
        car.battery.heat_capacity_jpk,
        pack_cooling(car.battery, done.speed_mps),
        car.battery.ambient_temperature_k,
        done.duration_s,
    )


def _torques(
    car: Car, state: CarState, shares: FrontShares, done: Work, radps: float
) -> AxlePair[float]:
    """Return the motors' torques: drive by its share, or regeneration as far as it goes."""
    limits_nm = _limits(car, state, shares.torque, done.speed_mps)
    if done.force_n > 0.0:
        drive_nm = done.force_n * car.wheel.radius_m / (car.gear_ratio * car.gear_efficiency)
        return split_drive(car.split_law, drive_nm, shares.torque, limits_nm)
    regen_nm = min(-done.force_n * motor_torque_per_force(car), _pack(car, state).charge_w / radps)
    regen = split_torque(car.split_law, regen_nm, shares.regen, limits_nm)
    return AxlePair(-regen.front, -regen.rear)


def _limits(car: Car, state: CarState, torque_share: float, speed_mps: float) -> AxlePair[float]:
    """Return what the motors can give with their heat and the voltage at full throttle, Nm."""
    voltage_v = full_drive_voltage(car, torque_share, state.battery.charge, speed_mps)
    radps = motor_radps(car, speed_mps)
    front_nm, rear_nm = (
        torque_limit(
            motor,
            radps,
            voltage_v,
            car.power_share,
            axle.winding_temperature_k,
            axle.inverter_temperature_k,
        )
        * speed_limiter(motor, radps)
        for motor, axle in ((car.front.motor, state.front), (car.rear.motor, state.rear))
    )
    return AxlePair(front_nm, rear_nm)


def _pack(car: Car, state: CarState) -> BatteryLimits:
    battery = state.battery
    return battery_limits(car.battery, battery.charge, battery.temperature_k, car.regen_limit)
