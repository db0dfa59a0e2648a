"""Estimate where a fast car brakes from the curvature of its path alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np

from game.arrays import Array
from game.quasi_steady.point_mass import limit_to_acceleration, limit_to_braking

# A touring car on slicks, roughly: it shows where cars brake, not how fast they are.
_LATERAL_MPS2: Final = 13.0
BRAKES_MPS2: Final = 11.0
_TOP_MPS: Final = 61.0
_POWER_WPKG: Final = 170.0
_TRACTION_MPS2: Final = 7.0


def braking(curvature_1pm: Array, length_m: float) -> Array:
    """Return how hard a car brakes at evenly spaced samples of a closed path, 0..1, shape (n,)."""
    speed_mps = estimated_speed_mps(curvature_1pm, length_m)
    step_m = length_m / len(speed_mps)
    square = speed_mps * speed_mps
    slowing_mps2 = (square - np.roll(square, -1)) / (2.0 * step_m)
    return np.clip(slowing_mps2 / BRAKES_MPS2, 0.0, 1.0)


def estimated_speed_mps(curvature_1pm: Array, length_m: float) -> Array:
    """Return the highest speed of a fast car at the samples, shape (n,), to be read only."""
    return _estimated_mps(curvature_1pm.astype(float).tobytes(), length_m)


@lru_cache(maxsize=8)  # of a circuit: asked for by its fields, its signs and its road, 50 ms each
def _estimated_mps(curvature: bytes, length_m: float) -> Array:
    curvature_1pm = np.frombuffer(curvature)
    step_m = length_m / len(curvature_1pm)
    bend = np.maximum(np.abs(curvature_1pm), 1e-6)
    limit_mps = np.minimum(np.sqrt(_LATERAL_MPS2 / bend), _TOP_MPS)
    speed_mps = limit_mps.tolist()
    limit_to_acceleration(
        speed_mps, step_m, lambda _, speed: min(_TRACTION_MPS2, _POWER_WPKG / speed)
    )
    limit_to_braking(speed_mps, step_m, lambda _, __: BRAKES_MPS2)
    estimated_mps = np.array(speed_mps)
    estimated_mps.flags.writeable = False
    return estimated_mps
