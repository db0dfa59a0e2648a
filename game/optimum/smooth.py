"""Define smooth forms of the tick's functions that have a kink where an optimum likes to stay.

Newton's method goes back and forth over a kink. Each of these stands beside the function of the
tick that it is called in place of, and `tests/optimum/test_smooth.py` has how far they are apart.
All other functions are the tick's own.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

from game.optimum.casadi_library import ca
from game.optimum.symbols import Symbolic, is_symbol
from game.scalars import clamp, maximum, minimum
from game.vehicle.differential import Differential, clutch_limit
from game.vehicle.motor import derating, speed_limiter, torque_limit, weakened_torque
from game.vehicle.parts import Car
from game.vehicle.powertrain import (
    _regeneration_torques,
    _traction_share,
    motor_torque_per_force,
    wheel_torque,
)
from game.vehicle.spec import MotorSpec, SharesInWater
from game.vehicle.state import AxlePair, CarState
from game.vehicle.torque_split import LIMIT, full_drive
from game.vehicle.wet_grip import DEPTH_STEP_M, between_depths

MINIMUM_WIDTH: Final = 1e-3  # of the numbers, within which the smaller passes into the other
CORNER_WIDTH: Final = 5e-3  # the same where a motor's constant torque becomes constant power
CHARGE_WIDTH: Final = 2e-2  # the same where the pack takes no more regeneration
LIMITER_WIDTH: Final = 0.05  # of the torque, within which the speed limiter begins
CLUTCH_WIDTH_NM: Final = 30.0  # of an axle's torque, within which its differential turns to coast
DEPTH_WIDTH: Final = 0.05  # of a step of depth, within which a compound's grip in water bends
TORQUE_WIDTH_NM: Final = 5.0  # within which a gear's loss changes its sign
_TINY: Final = 1e-9


def tick_on_symbols() -> Any:
    """Return what calls the tick's functions on symbols, those with a kink in their smooth form."""
    symbolic = Symbolic()

    def regeneration(
        car: Car, state: CarState, motors: Any, braking_n: Any, *others: Any
    ) -> AxlePair[Any]:
        """Return `_regeneration_torques` for a force that passes smoothly into what the pack
        takes, so that the kink beyond is never come to.
        """
        charge_w = others[-1]
        charge_n = charge_w / (motors.abs_speed_radps * motor_torque_per_force(car))
        kept_n = _smaller(braking_n, charge_n, CHARGE_WIDTH * charge_n)
        given = (car, state, motors, kept_n, *others)
        regained: AxlePair[Any] = symbolic.call_itself(_regeneration_torques, *given)
        return regained

    def full(law: int, front_torque_share: Any, limits_nm: AxlePair[Any]) -> Any:
        """Return the torque of both motors at full throttle: `full_drive`."""
        if law != LIMIT:
            return symbolic.call_itself(full_drive, law, front_torque_share, limits_nm)
        front_nm, rear_nm = limits_nm
        weaker = smooth_maximum(front_nm * (1.0 - front_torque_share), rear_nm * front_torque_share)
        return front_nm * rear_nm / weaker

    symbolic.instead |= {
        minimum: smooth_minimum,
        maximum: smooth_maximum,
        clutch_limit: smooth_clutch_limit,
        _traction_share: _all_of_it,
        wheel_torque: smooth_wheel_torque,
        clamp: smooth_clamp,
        full_drive: full,
        torque_limit: smooth_torque_limit,
        speed_limiter: smooth_speed_limiter,
        between_depths: smooth_between_depths,
        _regeneration_torques: regeneration,
    }
    return symbolic.call


def smooth_minimum(one: Any, other: Any) -> Any:
    """Return about the smaller of two numbers, never more."""
    if not (is_symbol(one) or is_symbol(other)):
        return minimum(one, other)
    return _smaller(one, other, MINIMUM_WIDTH * 0.5 * ca.sqrt(one * one + other * other + _TINY))


def smooth_maximum(one: Any, other: Any) -> Any:
    """Return about the larger of two numbers, never less."""
    if not (is_symbol(one) or is_symbol(other)):
        return maximum(one, other)
    return -smooth_minimum(-one, -other)


def smooth_clamp(value: Any, low: Any, high: Any) -> Any:
    """Return about the nearest number to `value` between `low` and `high`, never beyond."""
    return smooth_maximum(low, smooth_minimum(value, high))


def smooth_torque_limit(
    motor: MotorSpec,
    speed_radps: Any,
    voltage_v: Any,
    power_share: float,
    winding_k: float,
    inverter_k: float,
) -> Any:
    """Return the largest torque at this speed: `torque_limit`."""
    power_nm = motor.peak_power_w * power_share / speed_radps
    cool = derating(
        winding_k, motor.winding_limit_k, motor.derating_band_k, motor.derated_share
    ) * derating(inverter_k, motor.inverter_limit_k, motor.derating_band_k, motor.derated_share)
    weakened_nm = weakened_torque(motor, voltage_v / speed_radps)
    width_nm = CORNER_WIDTH * motor.peak_torque_nm
    power_nm = _smaller(power_nm, weakened_nm, width_nm)
    return cool * _smaller(motor.peak_torque_nm, power_nm, width_nm)


def smooth_speed_limiter(motor: MotorSpec, speed_radps: Any) -> Any:
    """Return the share of drive torque left near a motor's highest speed: `speed_limiter`."""
    band_radps = motor.speed_cut_radps - motor.speed_limit_radps
    left = (motor.speed_cut_radps - speed_radps) / band_radps
    return smooth_maximum(0.0, _smaller(1.0, left, LIMITER_WIDTH))


def smooth_clutch_limit(differential: Differential, axle_nm: Any) -> Any:
    """Return the largest torque that a differential's clutch carries: `clutch_limit`."""
    drive, coast = differential.drive_lock, differential.coast_lock
    length_nm = ca.sqrt(axle_nm * axle_nm + CLUTCH_WIDTH_NM**2)
    return differential.preload_nm + 0.5 * ((drive - coast) * axle_nm + (drive + coast) * length_nm)


def smooth_wheel_torque(motor: MotorSpec, motor_nm: Any, _speed_radps: Any) -> Any:
    """Return the torque on both wheels of an axle that rolls forwards: `wheel_torque`."""
    forward, backward = motor.gear_efficiency, 1.0 / motor.gear_efficiency
    length_nm = ca.sqrt(motor_nm * motor_nm + TORQUE_WIDTH_NM**2)
    lossless_nm = 0.5 * (forward + backward) * motor_nm
    return motor.gear_ratio * (lossless_nm - 0.5 * (backward - forward) * length_nm)


def smooth_between_depths(values: SharesInWater, water_m: Any) -> Any:
    """Return the value of a compound's table at a depth: `between_depths`.

    It is a straight line that bends a little at each of the table's depths.
    """
    if not is_symbol(water_m):
        return between_depths(values, water_m)
    place = water_m / DEPTH_STEP_M
    rises = [*(after - before for before, after in pairwise(values)), 0.0]
    found = values[0] + rises[0] * place
    for depth, (before, after) in enumerate(pairwise(rises), 1):
        found += (after - before) * -_smaller(0.0, depth - place, DEPTH_WIDTH)
    return found


def _all_of_it(*_: Any) -> float:
    return 1.0


def _smaller(one: Any, other: Any, width: Any) -> Any:
    """Return the hyperbola below two lines, half a width below where they cross."""
    apart = one - other
    return 0.5 * (one + other - ca.sqrt(apart * apart + width * width + _TINY))
