"""Put guide points along the long sides of a drawn line.

Whoever draws a line sets points closely where it bends, so a side much longer than those around it
says that the road is about straight there. Points along it with a small weight say so to the fit.
Nobody drew the side from the last point to the first. If the line turns sharply into it, the part
of the lap that is missing there has a corner.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from game.arrays import Array

_LONG: Final = 2.5  # times the median of the sides around
_AROUND: Final = 4  # sides before and after
_MIN_SIDE_M: Final = 30.0
_SHARP_RAD: Final = 0.4  # of turn at one of the last side's ends
_STEP_M: Final = 20.0
_GUIDE_WEIGHT: Final = 0.1


def with_guides(points_m: Array) -> tuple[Array, Array]:
    """Return points of a closed line and guides between them, shape (n, 2), and the weight of
    each, 1 for the points themselves.
    """
    sides_m = np.roll(points_m, -1, axis=0) - points_m
    length_m = np.hypot(*sides_m.T)
    around = [np.roll(length_m, shift) for shift in range(-_AROUND, _AROUND + 1) if shift]
    is_long = (length_m > _LONG * np.median(around, axis=0)) & (length_m > _MIN_SIDE_M)
    is_long[-1] &= _sharpest_turn_rad(np.take(sides_m, (-2, -1, 0), axis=0)) < _SHARP_RAD
    parts = np.where(is_long, np.ceil(length_m / _STEP_M), 1).astype(int)
    at = np.repeat(np.arange(len(points_m)), parts)
    place = np.arange(len(at)) - np.repeat(np.cumsum(parts) - parts, parts)
    share = place / parts[at]
    weights = np.where(place == 0, 1.0, _GUIDE_WEIGHT)
    return points_m[at] + share[:, None] * sides_m[at], weights


def _sharpest_turn_rad(sides_m: Array) -> float:
    """Return by how much a line of sides, shape (n, 2), turns where it turns most."""
    (x, y), (next_x, next_y) = sides_m[:-1].T, sides_m[1:].T
    return float(np.abs(np.arctan2(x * next_y - y * next_x, x * next_x + y * next_y)).max())
