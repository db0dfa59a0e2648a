"""The two tyres of an axle in a bend: one slip angle, forward forces of their own.

The inner wheel carries less and still gets its half of a drive or brake torque, so it reaches its
peak first. All slips are shares of the slip of most grip, all forces shares of the most grip.
"""

import math
from functools import cache
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.vehicle.tyre import Tyre, magic_formula

_STEPS: Final = 64
_SLIDING: Final = 0.2  # of the grip, from which on traction control and ABS mind a tyre


class TyreCurve(NamedTuple):
    """The rise of the Magic Formula to its peak, at evenly spaced steps."""

    slips: list[float]  # upside down: the slip for a force, from 0 to 1
    secants: list[float]  # the square of force per slip, for a slip from 0 to 1


class SteadyAxle(NamedTuple):
    """What both tyres of an axle are asked for, and what they have."""

    left_n: float  # lateral, both together
    inner_forward_n: float  # drive positive, brakes negative
    outer_forward_n: float
    inner_grip_n: float
    outer_grip_n: float
    most_slip: float  # that whoever minds the slip lets a driven or braked tyre have
    motor_nm: float


@cache
def tyre_curve(tyre: Tyre) -> TyreCurve:
    """The curve of a compound."""
    stiffness, shape, curvature = tyre.stiffness, tyre.shape, tyre.curvature
    secants = [(stiffness * shape) ** 2]
    for step in range(1, _STEPS + 1):
        slip = step / _STEPS
        secants.append((magic_formula(slip, stiffness, shape, curvature) / slip) ** 2)
    return TyreCurve(inverse_magic_formula(tyre), secants)


def inverse_magic_formula(tyre: Tyre) -> list[float]:
    """The slips, up to the peak's, that give each of evenly spaced shares of the peak force."""
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
def slip_for(slips: list[float], force_share: float) -> float:
    """Slip as a share of the peak's for a force as a share of the largest, up to 1.

    slips: the tyre's curve upside down, at evenly spaced force shares from 0 to 1.
    """
    steps = len(slips) - 1
    place = force_share * steps
    index = int(place)
    if index >= steps:
        return slips[steps]
    return slips[index] + (place - index) * (slips[index + 1] - slips[index])


@tick_function
def holds(curve: TyreCurve, axle: SteadyAxle) -> bool:
    """Whether there is a slip angle at which both tyres give what they are asked for."""
    most = most_side_slip(curve, axle)
    return most >= 0.0 and axle.left_n <= left_at(curve, axle, most)


@tick_function
def most_side_slip(curve: TyreCurve, axle: SteadyAxle) -> float:
    """The largest lateral slip at which neither tyre slips too much; negative if there is none."""
    inner = _side_slip_left(curve, axle.inner_forward_n / axle.inner_grip_n, axle.most_slip)
    outer = _side_slip_left(curve, axle.outer_forward_n / axle.outer_grip_n, axle.most_slip)
    return inner if inner < outer else outer


@tick_function
def left_at(curve: TyreCurve, axle: SteadyAxle, side: float) -> float:
    """Lateral force of both tyres at a lateral slip, N."""
    inner = slip_of(curve, side, axle.inner_forward_n / axle.inner_grip_n)
    outer = slip_of(curve, side, axle.outer_forward_n / axle.outer_grip_n)
    return side * (
        axle.inner_grip_n * math.sqrt(secant(curve, inner))
        + axle.outer_grip_n * math.sqrt(secant(curve, outer))
    )


@tick_function
def side_slip_for(curve: TyreCurve, axle: SteadyAxle) -> float:
    """The lateral slip that gives the axle its lateral force, or the most that is left."""
    low = 0.0
    high = most_side_slip(curve, axle)
    if high < 0.0:
        return 0.0
    for _ in range(20):
        middle = 0.5 * (low + high)
        if left_at(curve, axle, middle) < axle.left_n:
            low = middle
        else:
            high = middle
    return high


@tick_function
def slip_of(curve: TyreCurve, side: float, forward: float) -> float:
    """The whole slip, up to 1, at a lateral slip and a forward force.

    Force over slip is the same in every direction: with its square q(slip), the forward slip f
    gives forward**2 = q f**2 = q (slip**2 - side**2), which rises with the slip.
    """
    wanted = forward * forward
    steps = len(curve.secants) - 1
    low = 0
    high = steps
    low_value = -curve.secants[0] * side * side
    high_value = curve.secants[steps] * (1.0 - side * side)
    if high_value <= wanted:
        return 1.0
    while high - low > 1:
        middle = (low + high) // 2
        slip = middle / steps
        value = curve.secants[middle] * (slip * slip - side * side)
        if value < wanted:
            low = middle
            low_value = value
        else:
            high = middle
            high_value = value
    return (low + (wanted - low_value) / (high_value - low_value)) / steps


@tick_function
def _side_slip_left(curve: TyreCurve, forward: float, most: float) -> float:
    if -_SLIDING < forward < _SLIDING:
        most = 1.0
    left = most * most - forward * forward / secant(curve, most)
    return math.sqrt(left) if left >= 0.0 else -1.0


@tick_function
def secant(curve: TyreCurve, slip: float) -> float:
    """The square of force per slip."""
    steps = len(curve.secants) - 1
    place = slip * steps
    index = int(place)
    if index >= steps:
        return curve.secants[steps]
    low = curve.secants[index]
    return low + (place - index) * (curve.secants[index + 1] - low)
