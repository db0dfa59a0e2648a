"""Where a fast car brakes, estimated from the curvature of its path alone."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.arrays import Array

# A touring car on slicks, roughly: it serves to tell where cars brake, not how fast they are.
_LATERAL_MPS2: Final = 13.0
BRAKES_MPS2: Final = 11.0
_TOP_MPS: Final = 61.0
_POWER_WPKG: Final = 170.0
_TRACTION_MPS2: Final = 7.0


def braking(curvature_1pm: Array, length_m: float) -> Array:
    """How hard a car brakes at evenly spaced samples of a closed path, 0..1, shape (n,)."""
    speed_mps = estimated_speed_mps(curvature_1pm, length_m)
    step_m = length_m / len(speed_mps)
    square = speed_mps * speed_mps
    slowing_mps2 = (square - np.roll(square, -1)) / (2.0 * step_m)
    return np.clip(slowing_mps2 / BRAKES_MPS2, 0.0, 1.0)


def estimated_speed_mps(curvature_1pm: Array, length_m: float) -> Array:
    """The highest speed of a fast car at the samples, shape (n,)."""
    step_m = length_m / len(curvature_1pm)
    bend = np.maximum(np.abs(curvature_1pm), 1e-6)
    limit_mps = np.minimum(np.sqrt(_LATERAL_MPS2 / bend), _TOP_MPS)
    slowest = int(np.argmin(limit_mps))
    speeds = np.roll(limit_mps, -slowest).tolist()
    speed_mps = speeds[0]
    for at in range(1, len(speeds)):
        gain_mps2 = min(_TRACTION_MPS2, _POWER_WPKG / speed_mps)
        speed_mps = min(speeds[at], (speed_mps * speed_mps + 2.0 * gain_mps2 * step_m) ** 0.5)
        speeds[at] = speed_mps
    speed_mps = speeds[0]
    for at in range(len(speeds) - 1, 0, -1):
        max_mps = (speed_mps * speed_mps + 2.0 * BRAKES_MPS2 * step_m) ** 0.5
        speed_mps = speeds[at] = min(speeds[at], max_mps)
    return np.roll(np.array(speeds), slowest)
