"""Ways of a car over a lap: along the circuit, and as it was driven."""

from __future__ import annotations

import numpy as np

from game.arrays import Array


def lap_way_m(s_m: Array, length_m: float) -> Array:
    """Return how far along the lap each place is from the line, shape (n,).

    s_m: the places that a car came past, the first one near the line, before it or behind. The way
    falls where the car goes back.
    """
    steps_m = np.diff(s_m, prepend=0.0)
    steps_m -= length_m * np.round(steps_m / length_m)
    return np.cumsum(steps_m)


def driven_way_m(forward_mps: Array, left_mps: Array, time_s: Array) -> Array:
    """Return how far a car was driven since the first of some moments, shape (n,)."""
    speed_mps = np.hypot(forward_mps, left_mps)
    steps_m = 0.5 * (speed_mps[1:] + speed_mps[:-1]) * np.diff(time_s)
    return np.append(0.0, np.cumsum(steps_m))
