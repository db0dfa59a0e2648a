"""Compute sines, cosines and arc tangents of arrays: the bits of `trig.py`, far more quickly.

numpy's own differ between processors in the last bit, and a search that goes by them ends in
another line; its sums, products, quotients and roots are the same on every one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, cast

import numpy as np

from game.arrays import Array
from game.trig import (
    HALF_PI,
    HALF_PI_HIGH,
    HALF_PI_LOW,
    QUARTER_PI,
    TAN_EIGHTH_PI,
    arc_tangent_near_zero,
    cosine_near_zero,
    sine_near_zero,
)
from game.units import PI

# What is plus and times of one number there is plus and times of each of an array's.
_SINE: Final[Callable[[Array], Array]] = cast(Any, sine_near_zero)
_COSINE: Final[Callable[[Array], Array]] = cast(Any, cosine_near_zero)
_ARC_TANGENT: Final[Callable[[Array], Array]] = cast(Any, arc_tangent_near_zero)


class Directions(NamedTuple):
    """Holds the cosines and sines of many angles."""

    cos: Array
    sin: Array


def directions(angle_rad: Array) -> Directions:
    """Return what `trig.direction` gives for each angle."""
    quarters = np.floor(angle_rad / HALF_PI + 0.5)
    x = (angle_rad - quarters * HALF_PI_HIGH) - quarters * HALF_PI_LOW
    sin, cos = _SINE(x), _COSINE(x)
    quadrant = quarters % 4.0
    choices = [quadrant == 0.0, quadrant == 1.0, quadrant == 2.0]
    return Directions(
        np.select(choices, [cos, -sin, -cos], sin), np.select(choices, [sin, cos, -sin], -cos)
    )


def arc_tangents(slope: Array) -> Array:
    """Return what `trig.arc_tangent` gives for each slope."""
    x = np.abs(slope)
    steep = x > 1.0
    x = np.where(steep, 1.0 / np.where(steep, x, 1.0), x)
    sign = np.where(steep, -1.0, 1.0)
    base = np.where(steep, HALF_PI, 0.0)
    turned = x > TAN_EIGHTH_PI
    x = np.where(turned, (x - 1.0) / (x + 1.0), x)
    base = np.where(turned, base + sign * QUARTER_PI, base)
    angle_rad = base + sign * _ARC_TANGENT(x)
    return np.where(slope < 0.0, -angle_rad, angle_rad)


def arc_tangents2(y: Array, x: Array) -> Array:
    """Return what `trig.arc_tangent2` gives for each vector."""
    beside = x == 0.0
    angle_rad = arc_tangents(y / np.where(beside, 1.0, x))
    angle_rad = np.where(x < 0.0, angle_rad + np.where(y >= 0.0, PI, -PI), angle_rad)
    return np.where(beside, HALF_PI * np.sign(y), angle_rad)


def arc_sines(sine: Array) -> Array:
    """Return the angle in -pi/2..pi/2 for each sine of -1..1, within 1e-11."""
    return arc_tangents2(sine, np.sqrt((1.0 - sine) * (1.0 + sine)))


def lengths(x: Array, y: Array) -> Array:
    """Return the length of each vector."""
    return np.asarray(np.sqrt(x * x + y * y))
