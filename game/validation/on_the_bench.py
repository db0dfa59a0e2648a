"""Measure parts on the bench: tyres, motors and the pack, each figure in the unit of its name."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.units import FREEZING_K, TAU
from game.validation.car_under_test import CarUnderTest
from game.vehicle.battery import open_circuit_voltage
from game.vehicle.climate import CLEAR_NOON_CLIMATE
from game.vehicle.motor import inverter_loss, motor_loss
from game.vehicle.state import AxlePair, TyreState
from game.vehicle.tyre import friction, make_tyre
from game.vehicle.tyre_state import grip_factor, make_tyre_life

_STEPS: Final = 400


def motor_peak_efficiency_percent(car: CarUnderTest) -> float:
    """Return the best efficiency of the motor alone, over torque and speed."""
    motor = car.spec.front_motor
    best = 0.0
    for torque_nm in np.linspace(5.0, motor.peak_torque_nm, 60).tolist():
        for speed_radps in np.linspace(20.0, motor.speed_limit_radps, 60).tolist():
            power_w = torque_nm * speed_radps
            if power_w <= motor.peak_power_w:
                best = max(best, power_w / (power_w + motor_loss(motor, torque_nm, speed_radps)))
    return 100.0 * best


def motor_loss_w(car: CarUnderTest, torque_nm: float, speed_rpm: float) -> float:
    """Return what the motor loses at a torque and a speed."""
    return motor_loss(car.spec.front_motor, torque_nm, speed_rpm * TAU / 60.0)


def inverter_efficiency_percent(car: CarUnderTest, power_kw: float) -> float:
    """Return the inverter's efficiency at a power."""
    power_w = 1e3 * power_kw
    return 100.0 * power_w / (power_w + inverter_loss(car.spec.front_motor, power_w))


def pack_energy_kwh(car: CarUnderTest) -> float:
    """Discharge the pack slowly from full to empty."""
    battery = car.spec.battery
    charges = (np.arange(_STEPS) + 0.5) / _STEPS
    mean_v = float(np.mean([open_circuit_voltage(battery, charge) for charge in charges.tolist()]))
    return mean_v * battery.capacity_c / 3.6e6


def full_pack_v(car: CarUnderTest) -> float:
    """Return the pack's voltage when it is full."""
    return open_circuit_voltage(car.spec.battery, 1.0)


def tyre_peak_slip_deg(car: CarUnderTest) -> float:
    """Return the slip angle with the most grip."""
    return math.degrees(math.atan(car.spec.tyres[car.setup.tyre].peak_slip_tangent))


def tyre_peak_slip_ratio(car: CarUnderTest) -> float:
    """Return the slip ratio with the most grip."""
    return car.spec.tyres[car.setup.tyre].peak_slip_ratio


def tyre_friction(car: CarUnderTest, load_n: float) -> float:
    """Return the greatest lateral force over the load."""
    return friction(make_tyre(car.spec.tyres[car.setup.tyre]), load_n, 1.0).left_n / load_n


def cornering_stiffness_1prad(car: CarUnderTest, load_n: float) -> float:
    """Return the lateral force of small slip angles, over load and angle."""
    tyre = make_tyre(car.spec.tyres[car.setup.tyre])
    slope = tyre.stiffness * tyre.shape / tyre.peak_slip_tangent
    return slope * friction(tyre, load_n, 1.0).left_n / load_n


def slip_stiffness(car: CarUnderTest, load_n: float) -> float:
    """Return the longitudinal force of small slip ratios, over load and slip ratio."""
    tyre = make_tyre(car.spec.tyres[car.setup.tyre])
    slope = tyre.stiffness * tyre.shape / tyre.peak_slip_ratio
    return slope * friction(tyre, load_n, 1.0).forward_n / load_n


def warming_gain_percent(car: CarUnderTest, from_c: float, to_c: float) -> float:
    """Return the grip that a tyre gains between two temperatures, NaN if it has none."""
    spec = car.spec.tyres[car.setup.tyre]
    if spec.state is None:
        return math.nan
    life = make_tyre_life(
        spec, car.spec.wheel.radius_m, True, CLEAR_NOON_CLIMATE, AxlePair(0.0, 0.0)
    )
    cold, warm = (
        grip_factor(life, TyreState(to_k, to_k, spec.state.best_pressure_pa))
        for to_k in (from_c + FREEZING_K, to_c + FREEZING_K)
    )
    return 100.0 * (warm / cold - 1.0)
