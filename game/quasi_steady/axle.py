"""Solve an axle's two tyres in a corner: one slip angle, and a forward force for each tyre.

The inner tyre carries less load and still gets its half of a drive or brake torque, so it reaches
its peak first. All slips are normalised by the slip of peak grip, all forces by the peak grip.
"""

import math
from functools import cache
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import clamp
from game.vehicle.tyre import Tyre, magic_formula

_STEPS: Final = 64
_SLIP_CONTROL_FORCE: Final = 0.2  # of the grip; tyres that give less are not slip-controlled


class TyreCurve(NamedTuple):
    """Holds the Magic Formula from no slip to its peak, in tables of evenly spaced steps."""

    slip_at_force: list[float]  # the inverse: normalised slip for a force from 0 to 1
    squared_secants: list[float]  # (force / slip)**2 for a normalised slip from 0 to 1


class SteadyAxle(NamedTuple):
    """Holds the forces that both tyres of an axle have to give, and the grip that they have."""

    left_n: float  # lateral, of both together
    inner_forward_n: float  # drive positive, brakes negative
    outer_forward_n: float
    inner_grip_n: float
    outer_grip_n: float
    max_slip: float  # to which traction control or ABS limits a driven or braked tyre
    motor_nm: float


@cache
def tyre_curve(tyre: Tyre) -> TyreCurve:
    """Return the tables of a tyre compound."""
    stiffness, shape, curvature = tyre.stiffness, tyre.shape, tyre.curvature
    squared_secants = [(stiffness * shape) ** 2]
    for step in range(1, _STEPS + 1):
        slip = step / _STEPS
        squared_secants.append((magic_formula(slip, stiffness, shape, curvature) / slip) ** 2)
    return TyreCurve(inverse_magic_formula(tyre), squared_secants)


def inverse_magic_formula(tyre: Tyre) -> list[float]:
    """Return the slips, up to the peak's, that give each of evenly spaced shares of the peak
    force.
    """
    slips = []
    for step in range(_STEPS + 1):
        low, high = 0.0, 1.0
        for _ in range(50):
            middle = 0.5 * (low + high)
            force = magic_formula(middle, tyre.stiffness, tyre.shape, tyre.curvature)
            if force < step / _STEPS:
                low = middle
            else:
                high = middle
        slips.append(high)
    return slips


@tick_function
def slip_for_force(slip_at_force: list[float], force_share: float) -> float:
    """Return the normalised slip, up to 1, for a force as a share of the largest.

    slip_at_force: the inverse of the tyre's curve at evenly spaced force shares from 0 to 1.
    """
    steps = len(slip_at_force) - 1
    place = force_share * steps
    index = int(place)
    if index >= steps:
        return slip_at_force[steps]
    return slip_at_force[index] + (place - index) * (
        slip_at_force[index + 1] - slip_at_force[index]
    )


@tick_function
def within_grip(curve: TyreCurve, axle: SteadyAxle) -> bool:
    """Return whether there is a slip angle at which both tyres give the forces asked of them."""
    max_slip = max_lateral_slip(curve, axle)
    return max_slip >= 0.0 and axle.left_n <= lateral_force(curve, axle, max_slip)


@tick_function
def max_lateral_slip(curve: TyreCurve, axle: SteadyAxle) -> float:
    """Return the largest lateral slip at which neither tyre slips too much; negative if there is
    none.
    """
    inner = _remaining_slip(curve, axle.inner_forward_n / axle.inner_grip_n, axle.max_slip)
    outer = _remaining_slip(curve, axle.outer_forward_n / axle.outer_grip_n, axle.max_slip)
    return inner if inner < outer else outer


@tick_function
def lateral_force(curve: TyreCurve, axle: SteadyAxle, lateral_slip: float) -> float:
    """Return the lateral force of both tyres at a lateral slip, N."""
    inner = combined_slip(curve, lateral_slip, axle.inner_forward_n / axle.inner_grip_n)
    outer = combined_slip(curve, lateral_slip, axle.outer_forward_n / axle.outer_grip_n)
    return lateral_slip * (
        axle.inner_grip_n * math.sqrt(squared_secant(curve, inner))
        + axle.outer_grip_n * math.sqrt(squared_secant(curve, outer))
    )


@tick_function
def lateral_slip_of(curve: TyreCurve, axle: SteadyAxle) -> float:
    """Return the lateral slip that gives the axle its lateral force, or the slip of its peak.

    Where a tyre cannot give its forward force besides, it slips as at its peak and gives less:
    that is what ABS releases of an inner wheel.
    """
    low = 0.0
    high = 1.0
    for _ in range(20):
        middle = 0.5 * (low + high)
        if lateral_force(curve, axle, middle) < axle.left_n:
            low = middle
        else:
            high = middle
    return high


@tick_function
def lateral_slip_near(curve: TyreCurve, axle: SteadyAxle, guess: float) -> float:
    """Return about the lateral slip at which both tyres give their lateral force, by one step.

    The step goes towards the largest lateral slip, at which it is exact.
    """
    most = max_lateral_slip(curve, axle)
    if most < 0.0:
        return guess
    here_n = lateral_force(curve, axle, guess)
    more_n = lateral_force(curve, axle, most) - here_n
    if more_n <= 0.0 or most <= guess:
        return most
    return guess + clamp((axle.left_n - here_n) / more_n, 0.0, 1.0) * (most - guess)


@tick_function
def combined_slip(curve: TyreCurve, lateral_slip: float, forward: float) -> float:
    """Return the combined slip, up to 1, at a lateral slip and a forward force.

    Force over slip is the same in every direction. With q(slip) its square, the forward slip f
    gives forward**2 = q f**2 = q (slip**2 - lateral_slip**2), which rises with the slip.
    """
    wanted = forward * forward
    steps = len(curve.squared_secants) - 1
    low = 0
    high = steps
    low_value = -curve.squared_secants[0] * lateral_slip * lateral_slip
    high_value = curve.squared_secants[steps] * (1.0 - lateral_slip * lateral_slip)
    if high_value <= wanted:
        return 1.0
    while high - low > 1:
        middle = (low + high) // 2
        slip = middle / steps
        value = curve.squared_secants[middle] * (slip * slip - lateral_slip * lateral_slip)
        if value < wanted:
            low = middle
            low_value = value
        else:
            high = middle
            high_value = value
    return (low + (wanted - low_value) / (high_value - low_value)) / steps


@tick_function
def _remaining_slip(curve: TyreCurve, forward: float, max_slip: float) -> float:
    """Return the lateral slip that a forward force leaves of the largest slip; -1 if it leaves
    none.
    """
    if -_SLIP_CONTROL_FORCE < forward < _SLIP_CONTROL_FORCE:
        max_slip = 1.0
    left = max_slip * max_slip - forward * forward / squared_secant(curve, max_slip)
    return math.sqrt(left) if left >= 0.0 else -1.0


@tick_function
def squared_secant(curve: TyreCurve, slip: float) -> float:
    """Return the square of force over slip at a normalised slip."""
    steps = len(curve.squared_secants) - 1
    place = slip * steps
    index = int(place)
    if index >= steps:
        return curve.squared_secants[steps]
    low = curve.squared_secants[index]
    return low + (place - index) * (curve.squared_secants[index + 1] - low)
