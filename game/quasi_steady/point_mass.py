"""Drive a point mass round a closed lap of evenly spaced stations, limited by a formula.

The passes of `speed_passes` do the same by the tables of a car.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

LimitAt = Callable[[int, float], float]  # m/s2, at a station of this index and at this speed

_LAPS: Final = 2  # the second lap starts from the speed at which the first one ended


def limit_to_acceleration(speed_mps: list[float], step_m: float, acceleration: LimitAt) -> None:
    """Lower the speeds to what can be reached from the station before."""
    count = len(speed_mps)
    for index in _LAPS * list(range(count)):
        after, here_mps = (index + 1) % count, speed_mps[index]
        reached = here_mps * here_mps + 2.0 * acceleration(index, here_mps) * step_m
        speed_mps[after] = min(speed_mps[after], math.sqrt(reached))


def limit_to_braking(speed_mps: list[float], step_m: float, deceleration: LimitAt) -> None:
    """Lower the speeds to those from which the next station's speed can be braked to."""
    count = len(speed_mps)
    for index in _LAPS * list(range(count - 1, -1, -1)):
        after_mps = speed_mps[(index + 1) % count]
        reached = after_mps * after_mps + 2.0 * deceleration(index, after_mps) * step_m
        speed_mps[index] = min(speed_mps[index], math.sqrt(reached))
