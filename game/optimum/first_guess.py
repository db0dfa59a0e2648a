"""Turn the bot's plan into a trajectory, from which an optimum is searched.

Along a plan, the sideslip, slips and pedals are guessed by the rule of thumb that forces grow in
proportion to slips up to half the peak; the search makes them right in its first steps.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from game.arrays import Array
from game.bot.plan import Plan
from game.optimum.trajectory import Trajectory
from game.quasi_steady.motor_limits import cool_torque_limits, full_drive_voltage
from game.units import G_MPS2
from game.vehicle.parts import Car
from game.vehicle.torque_split import full_drive

_HALF: Final = 0.5  # of the peak slip at all the grip
_MAX_SLIP: Final = 0.6  # of the peak slip ratio
_MAX_PEDAL: Final = 0.95


def first_guess(car: Car, charge: float, plan: Plan) -> Trajectory:
    """Return the trajectory of a car that drives the plan."""
    speed_mps, accel_mps2, bend_1pm = plan.speed_mps, plan.accel_mps2, plan.curvature_1pm
    left_mps2 = speed_mps**2 * bend_1pm
    aero = car.aero
    load_n = (
        car.mass_kg * G_MPS2 + (aero.front_downforce_kgpm + aero.rear_downforce_kgpm) * speed_mps**2
    )
    grip_n = car.tyre.friction_forward * load_n
    drive_n = car.mass_kg * accel_mps2 + aero.drag_kgpm * speed_mps**2
    side = _HALF * car.mass_kg * left_mps2 / grip_n
    slip = np.clip(_HALF * drive_n / grip_n, -_MAX_SLIP, _MAX_SLIP) * car.tyre.peak_slip_ratio
    yaw_radps = speed_mps * bend_1pm
    sideways_mps = yaw_radps * car.rear_axle_m - side * car.tyre.peak_slip_tangent * speed_mps
    rows = [
        plan.offset_m,
        plan.across_rad - sideways_mps / speed_mps,
        speed_mps,
        sideways_mps,
        yaw_radps,
        accel_mps2,
        left_mps2,
        (car.front_axle_m + car.rear_axle_m) * bend_1pm,
        *[slip] * 4,
        _pedal(car, charge, speed_mps, drive_n),
        np.zeros_like(speed_mps),
    ]
    s_m: Array = np.arange(len(speed_mps), dtype=np.float64) * plan.station_m
    return Trajectory(s_m, np.stack(rows))


def _pedal(car: Car, charge: float, speed_mps: Array, drive_n: Array) -> Array:
    """Return how far the one pedal is pressed for a force."""
    per_nm = car.gear_ratio * car.gear_efficiency / car.wheel.radius_m
    share = car.front_torque_share
    full_n = np.empty_like(speed_mps)
    for index, each_mps in enumerate(speed_mps.tolist()):
        voltage_v = full_drive_voltage(car, share, charge, each_mps)
        limits_nm = cool_torque_limits(car, each_mps, voltage_v)
        full_n[index] = per_nm * full_drive(car.split_law, share, limits_nm)
    pressed = np.where(
        drive_n > 0.0, drive_n / np.maximum(full_n, 1.0), drive_n / car.brakes.full_pedal_force_n
    )
    pedal: Array = np.clip(pressed, -_MAX_PEDAL, _MAX_PEDAL)
    return pedal
