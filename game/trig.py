"""Compute sine, cosine and arc tangent from + - * / alone: the same bits on every machine.

The C library's own differ between versions and processors in the last bit, and a difference in the
last bit grows once a car touches a wall. IEEE 754 rounds + - * / and sqrt the same everywhere.
"""

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.units import PI, TAU

HALF_PI: Final = PI / 2.0
QUARTER_PI: Final = PI / 4.0
TAN_EIGHTH_PI: Final = 0.41421356237309503  # sqrt(2) - 1
# pi/2 = high + low; high has 33 significant bits, so that turns * high is exact to 2**20 turns.
HALF_PI_HIGH: Final = 1.57079632673412561417
HALF_PI_LOW: Final = 6.07710050650619224932e-11


class Direction(NamedTuple):
    """Holds the cosine and sine of one angle."""

    cos: float
    sin: float


@tick_function
def direction(angle_rad: float) -> Direction:
    """Return cosine and sine of an angle up to a million radians, each within 1e-13.

    The angle is brought within an eighth of a turn, where the Taylor series to x**13 and x**14
    leave less than 3e-14.
    """
    quarters = math.floor(angle_rad / HALF_PI + 0.5)
    x = (angle_rad - quarters * HALF_PI_HIGH) - quarters * HALF_PI_LOW
    sin = sine_near_zero(x)
    cos = cosine_near_zero(x)
    quadrant = quarters % 4
    if quadrant == 0:
        return Direction(cos, sin)
    if quadrant == 1:
        return Direction(-sin, cos)
    if quadrant == 2:
        return Direction(-cos, -sin)
    return Direction(sin, -cos)


@tick_function
def sine(angle_rad: float) -> float:
    """Return the sine of an angle up to a million radians, within 1e-13; less work than both."""
    quarters = math.floor(angle_rad / HALF_PI + 0.5)
    x = (angle_rad - quarters * HALF_PI_HIGH) - quarters * HALF_PI_LOW
    value = sine_near_zero(x) if quarters % 2 == 0 else cosine_near_zero(x)
    return value if quarters % 4 < 2 else -value


@tick_function
def sine_near_zero(x: float) -> float:
    """Return the sine of an angle within an eighth of a turn."""
    z = x * x
    return x * (
        1.0
        + z
        * (
            -1.0 / 6.0
            + z
            * (
                1.0 / 120.0
                + z
                * (
                    -1.0 / 5040.0
                    + z * (1.0 / 362880.0 + z * (-1.0 / 39916800.0 + z * (1.0 / 6227020800.0)))
                )
            )
        )
    )


@tick_function
def cosine_near_zero(x: float) -> float:
    """Return the cosine of an angle within an eighth of a turn."""
    z = x * x
    return 1.0 + z * (
        -0.5
        + z
        * (
            1.0 / 24.0
            + z
            * (
                -1.0 / 720.0
                + z
                * (
                    1.0 / 40320.0
                    + z * (-1.0 / 3628800.0 + z * (1.0 / 479001600.0 + z * (-1.0 / 87178291200.0)))
                )
            )
        )
    )


@tick_function
def arc_tangent(slope: float) -> float:
    """Return the angle in -pi/2..pi/2 whose tangent is `slope`, within 2e-12.

    Reflected at 1 and turned by pi/4 at tan(pi/8), so that the polynomial works near 0 only.
    """
    x = -slope if slope < 0.0 else slope
    base = 0.0
    sign = 1.0
    if x > 1.0:
        x = 1.0 / x
        base = HALF_PI
        sign = -1.0
    if x > TAN_EIGHTH_PI:
        x = (x - 1.0) / (x + 1.0)
        base += sign * QUARTER_PI
    angle = base + sign * arc_tangent_near_zero(x)
    return -angle if slope < 0.0 else angle


@tick_function
def arc_tangent_near_zero(x: float) -> float:
    """Return the angle whose tangent is `x`, within tan(pi/8) of 0.

    The polynomial has least squares at Chebyshev points of the remainder beyond x.
    """
    z = x * x
    return x + x * z * (
        -0.33333333331505555
        + z
        * (
            0.19999998944180647
            + z
            * (
                -0.14285614325439341
                + z
                * (
                    0.11107539980362874
                    + z
                    * (-0.0902948527002572 + z * (0.07137915218220614 + z * -0.04048241912172692))
                )
            )
        )
    )


@tick_function
def arc_tangent2(y: float, x: float) -> float:
    """Return the angle of the vector (x, y), -pi..pi; 0 for the null vector."""
    if x > 0.0:
        return arc_tangent(y / x)
    if x < 0.0:
        return arc_tangent(y / x) + (PI if y >= 0.0 else -PI)
    if y > 0.0:
        return HALF_PI
    return -HALF_PI if y < 0.0 else 0.0


@tick_function
def wrap_angle(angle_rad: float) -> float:
    """Return the same direction as an angle in -pi..pi."""
    return angle_rad - TAU * math.floor(angle_rad / TAU + 0.5)
