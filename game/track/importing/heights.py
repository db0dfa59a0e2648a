"""Make a circuit's heights of those that a file gives for its points, without their noise.

Receivers know heights to some metres only, and differently from point to point. Each height of the
circuit is the mean of those around it, weighted by a bell curve over `_SMOOTHED_M` of the way: with
3 m of noise from point to point, 8 m apart, grades are wrong by 0.01 in the root mean square and by
0.035 at most. Hills shorter than some 150 m are lost.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from game.arrays import Array

_SMOOTHED_M: Final = 60.0  # standard deviation of the bell curve
_ROW_M: Final = 40.0  # from one height of the circuit to the next
_FLAT_M: Final = 0.5  # from the lowest to the highest: less is no hill
_DIGITS: Final = 2
_GROUP: Final = 100  # of rows that are worked out at once
_TINY: Final = 1e-9

HeightRows = list[tuple[float, float]]


def height_rows(s_m: Array, height_m: Array, lap_m: float) -> HeightRows:
    """Return heights along the lap, [s, height], of points at distances of shape (n,).

    There are none where the file gives none, zeros, or a flat road.
    """
    if not np.isfinite(height_m).all() or not np.ptp(height_m) > 0.0:
        return []
    count = max(round(lap_m / _ROW_M), 3)
    rows_m: Array = np.arange(count, dtype=np.float64) * (lap_m / count)
    smooth_m = np.concatenate(
        [_means(rows_m[at : at + _GROUP], s_m, height_m, lap_m) for at in range(0, count, _GROUP)]
    )
    if not np.isfinite(smooth_m).all() or np.ptp(smooth_m) < _FLAT_M:
        return []
    rows = zip(rows_m.tolist(), smooth_m.tolist(), strict=True)
    return [(round(at_m, _DIGITS), round(height, _DIGITS)) for at_m, height in rows]


def _means(rows_m: Array, s_m: Array, height_m: Array, lap_m: float) -> Array:
    """Return the weighted means of the heights around each place.

    Each point stands for the way around it, so that many on one stretch count no more.
    """
    order = np.argsort(s_m)
    ordered_m = s_m[order]
    ahead_m = np.diff(ordered_m, append=ordered_m[0] + lap_m)
    share_m = np.minimum(0.5 * (ahead_m + np.roll(ahead_m, 1)), _SMOOTHED_M) + _TINY
    away_m = (rows_m[:, None] - ordered_m + 0.5 * lap_m) % lap_m - 0.5 * lap_m
    weights = share_m * (np.exp(-0.5 * (away_m / _SMOOTHED_M) ** 2) + _TINY)
    means: Array = (weights @ height_m[order]) / weights.sum(axis=1)
    return means
