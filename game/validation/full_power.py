"""Accelerate on endless tarmac at full pedal, and log motors, pack and wheels by speed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from game.arrays import Array
from game.lab.courses import MeasuredCar, SpeedHold, speed_of
from game.units import mps
from game.validation.car_under_test import on_tarmac
from game.vehicle.state import controls

_FROM_KMH: Final = 20.0
_TO_KMH: Final = 216.0
_LOOK_TICKS: Final = 24
_MAX_S: Final = 40.0
_HOLD_S: Final = 8.0
_MEAN_S: Final = 2.0


@dataclass(frozen=True)
class PowerLog:
    """Holds a drive at full pedal; arrays have shape (n,), means between two looks."""

    speed_mps: Array
    front_w: Array  # at the motor shaft
    rear_w: Array
    front_nm: Array
    rear_nm: Array
    wheels_w: Array  # what is left after gears and the tyres' slip
    battery_w: Array  # at the terminals
    heat_w: Array  # in the pack
    current_a: Array
    open_v: Array

    def between(self, column: str, low_kmh: float, high_kmh: float) -> float:
        """Return the mean of a column between two speeds, NaN if the car was not there."""
        chosen = (self.speed_mps >= mps(low_kmh)) & (self.speed_mps <= mps(high_kmh))
        return float(getattr(self, column)[chosen].mean()) if chosen.any() else float("nan")

    def constant_torque_to_mps(self) -> float:
        """Return the speed up to which the motors give their torque, at 99 % of it."""
        both_nm = self.front_nm + self.rear_nm
        return float(self.speed_mps[both_nm >= 0.99 * both_nm.max()].max())


def full_power(car: MeasuredCar) -> PowerLog:
    """Accelerate with the pedal on the floor, and log the power on its way."""
    world = on_tarmac(car, mps(_FROM_KMH))
    floor = controls(throttle=1.0)
    looks = [_look(world)]
    while world.time_s < _MAX_S and looks[-1][0] < mps(_TO_KMH):
        world.advance([floor], _LOOK_TICKS)
        looks.append(_look(world))
    return _power_log(np.array(looks), _LOOK_TICKS * world.step_s)


def steady_power_w(car: MeasuredCar, speed_mps: float) -> float:
    """Return the motors' power at the shafts that a speed takes on the level, W."""
    world = on_tarmac(car, speed_mps)
    foot = SpeedHold(4)
    powers = []
    while world.time_s < _HOLD_S:
        now = world.step([controls(throttle=foot.throttle(world.snapshots()[0], speed_mps))], 4)
        if world.time_s > _HOLD_S - _MEAN_S:
            powers.append(now.snapshots[0].front_power_w + now.snapshots[0].rear_power_w)
    return float(np.mean(powers))


def _look(world: Any) -> tuple[float, ...]:
    now = world.snapshots()[0]
    state = world.runtime(0).state
    ledger = state.ledger
    return (
        speed_of(now),
        now.front_power_w,
        now.rear_power_w,
        now.front_torque_nm,
        now.rear_torque_nm,
        ledger.gear_heat_j + ledger.tyre_heat_j,
        now.battery_power_w,
        ledger.battery_heat_j,
        ledger.chemical_j,
        state.battery.current_a,
    )


def _power_log(looks: Array, interval_s: float) -> PowerLog:
    means = 0.5 * (looks[1:] + looks[:-1])
    rates = np.diff(looks, axis=0) / interval_s
    current_a = means[:, 9]
    return PowerLog(
        speed_mps=means[:, 0],
        front_w=means[:, 1],
        rear_w=means[:, 2],
        front_nm=means[:, 3],
        rear_nm=means[:, 4],
        wheels_w=means[:, 1] + means[:, 2] - rates[:, 5],
        battery_w=means[:, 6],
        heat_w=rates[:, 7],
        current_a=current_a,
        open_v=rates[:, 8] / current_a,
    )
