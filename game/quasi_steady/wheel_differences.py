"""The differential and ABS make the two wheels of an axle differ in a corner."""

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.quasi_steady.axle import TyreCurve, combined_slip, squared_secant
from game.quasi_steady.cornering import QuasiSteadyCar
from game.vehicle.assists import SlipControl
from game.vehicle.differential import Differential, clutch_limit

_CLUTCH_STEPS: Final = 3  # of the regula falsi


class AxleDemand(NamedTuple):
    """Holds what the pedals demand of an axle in a corner, and the grip of its tyres."""

    forward_n: float
    motor_nm: float
    lateral_slip: float
    inner_grip_n: float
    outer_grip_n: float


@tick_function
def clutch_force(
    steady: QuasiSteadyCar,
    differential: Differential,
    demand: AxleDemand,
    rolling_difference: float,
) -> float:
    """Return the forward force, N, that the differential moves to the inner wheel.

    Its clutch drives the wheel that turns slower, until both turn at one speed at most. That is the
    inner one, unless it slips more than the outer one by more than `rolling_difference`, the share
    by which the outer wheel rolls faster.
    """
    car = steady.car
    curve = steady.curve
    limit_n = clutch_limit(differential, demand.motor_nm * car.gear_ratio) / car.wheel.radius_m
    ellipse = car.tyre.friction_left / car.tyre.friction_forward
    inner_share = ellipse / demand.inner_grip_n
    outer_share = ellipse / demand.outer_grip_n
    side = demand.lateral_slip
    half_n = 0.5 * demand.forward_n
    apart = rolling_difference / car.tyre.peak_slip_ratio
    low_n = -limit_n
    high_n = limit_n
    low = _slip_difference(
        curve, side, inner_share * (half_n + low_n), outer_share * (half_n - low_n)
    )
    high = _slip_difference(
        curve, side, inner_share * (half_n + high_n), outer_share * (half_n - high_n)
    )
    low -= apart
    high -= apart
    clutch_n = high_n if high <= 0.0 else low_n
    if low < 0.0 < high:
        for _ in range(_CLUTCH_STEPS):
            clutch_n = low_n - low * (high_n - low_n) / (high - low)
            middle = _slip_difference(
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
def force_with_abs(
    steady: QuasiSteadyCar,
    control: SlipControl,
    demand_n: float,
    grip_n: float,
    lateral_slip: float,
) -> float:
    """Return the forward force that ABS leaves of what is demanded of a wheel, N."""
    if demand_n >= 0.0 or control.level == 0 or control.slip_target > 1.0:
        return demand_n
    left = squared_secant(steady.curve, control.slip_target) * (
        control.slip_target * control.slip_target - lateral_slip * lateral_slip
    )
    ellipse = steady.car.tyre.friction_left / steady.car.tyre.friction_forward
    limit_n = grip_n * math.sqrt(left) / ellipse if left > 0.0 else 0.0
    return demand_n if demand_n > -limit_n else -limit_n


@tick_function
def _slip_difference(curve: TyreCurve, lateral_slip: float, inner: float, outer: float) -> float:
    """Return how much more normalised forward slip the inner tyre has than the outer one."""
    return _forward_slip(curve, lateral_slip, inner) - _forward_slip(curve, lateral_slip, outer)


@tick_function
def _forward_slip(curve: TyreCurve, lateral_slip: float, forward: float) -> float:
    slip = combined_slip(curve, lateral_slip, forward)
    left = slip * slip - lateral_slip * lateral_slip
    size = math.sqrt(left) if left > 0.0 else 0.0
    return size if forward >= 0.0 else -size
