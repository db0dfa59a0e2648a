"""What makes the two wheels of an axle differ in a bend: differential and ABS."""

import math
from typing import Final

from game.compiled import tick_function
from game.quasi_steady.axle import TyreCurve, secant, slip_of
from game.vehicle.assists import SlipControl
from game.vehicle.differential import Differential, clutch_limit
from game.vehicle.parts import Car

_CLUTCH_STEPS: Final = 3  # of regula falsi


@tick_function
def clutch_force(
    car: Car,
    curve: TyreCurve,
    differential: Differential,
    forward_n: float,
    motor_nm: float,
    inner_grip_n: float,
    outer_grip_n: float,
    side: float,
    creep: float,
) -> float:
    """What the differential gives the inner wheel of the outer one's forward force, N.

    Its clutch drives the one that turns slower, at most until both turn alike: the inner one by
    `creep`, unless it slips so much more.
    """
    most_n = clutch_limit(differential, motor_nm * car.gear_ratio) / car.wheel.radius_m
    ellipse = car.tyre.friction_left / car.tyre.friction_forward
    inner_share = ellipse / inner_grip_n
    outer_share = ellipse / outer_grip_n
    half_n = 0.5 * forward_n
    apart = creep / car.tyre.peak_slip_ratio
    low_n = -most_n
    high_n = most_n
    low = _faster(curve, side, inner_share * (half_n + low_n), outer_share * (half_n - low_n))
    high = _faster(curve, side, inner_share * (half_n + high_n), outer_share * (half_n - high_n))
    low -= apart
    high -= apart
    clutch_n = high_n if high <= 0.0 else low_n
    if low < 0.0 < high:
        for _ in range(_CLUTCH_STEPS):
            clutch_n = low_n - low * (high_n - low_n) / (high - low)
            middle = _faster(
                curve, side, inner_share * (half_n + clutch_n), outer_share * (half_n - clutch_n)
            )
            middle -= apart
            if middle < 0.0:
                low_n = clutch_n
                low = middle
            else:
                high_n = clutch_n
                high = middle
    return clutch_n


@tick_function
def kept_force(
    car: Car,
    curve: TyreCurve,
    control: SlipControl,
    asked_n: float,
    grip_n: float,
    side: float,
) -> float:
    """What ABS leaves of a wheel's forward force, N."""
    if asked_n >= 0.0 or control.level == 0 or control.slip_target > 1.0:
        return asked_n
    left = secant(curve, control.slip_target) * (
        control.slip_target * control.slip_target - side * side
    )
    ellipse = car.tyre.friction_left / car.tyre.friction_forward
    most_n = grip_n * math.sqrt(left) / ellipse if left > 0.0 else 0.0
    return asked_n if asked_n > -most_n else -most_n


@tick_function
def _faster(curve: TyreCurve, side: float, inner: float, outer: float) -> float:
    """How much more forward slip the inner tyre has than the outer one, of the peak's."""
    return _forward_slip(curve, side, inner) - _forward_slip(curve, side, outer)


@tick_function
def _forward_slip(curve: TyreCurve, side: float, forward: float) -> float:
    slip = slip_of(curve, side, forward)
    left = slip * slip - side * side
    size = math.sqrt(left) if left > 0.0 else 0.0
    return size if forward >= 0.0 else -size
