"""Where tyres have darkened the road: a plausible line through the corners, for looks only."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.track.sampling import Frames

Array = npt.NDArray[np.float64]

_NEAR_M = 26.0  # over which a corner pulls the line inside ...
_FAR_M = 75.0  # ... and pushes it outside before and after
_PULL_M2 = 210.0  # offset per curvature, before it saturates


def rubber_offset(frames: Frames, reach_m: float) -> Array:
    """Offset of the line at the samples, at most `reach_m` to either side, shape (n,).

    Outside, inside, outside: the curvature seen through a narrow window less that through a wide
    one, saturated at the road's edge.
    """
    spectrum = np.fft.rfft(frames.curvature_1pm)
    cycles_1pm = np.fft.rfftfreq(len(frames.s_m)) / (frames.length_m / len(frames.s_m))
    near, far = (
        np.exp(-2.0 * (np.pi * sigma_m * cycles_1pm) ** 2) for sigma_m in (_NEAR_M, _FAR_M)
    )
    seen = np.fft.irfft(spectrum * (near - 0.9 * far), n=len(frames.s_m))
    offset_m: Array = reach_m * np.tanh(_PULL_M2 / reach_m * seen)
    return offset_m
