"""Find the nearest of many points, such as the samples of a lap, to each of many places.

Places are given by two arrays that broadcast against each other, as numpy's operators take them:
for n places two of shape (n,), for a grid one of shape (columns,) and one of shape (rows, 1).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from game.arrays import Array, FloatArray, Indices

NOT_SEARCHED = -1
_BLOCK = 32  # places along each axis that are searched together
_SLACK_M = 1.0  # far above the rounding of the distances by which candidates are chosen

_Slices = tuple[slice, ...]


def nearest_points(x_m: Array, y_m: Array, points_m: Array, within_m: float = math.inf) -> Indices:
    """Return the index of the point, of shape (m, 2), that is nearest to each place.

    Blocks of places of which all lie farther than `within_m` from every point may be left out:
    their index is `NOT_SEARCHED`.
    """
    found = np.full(np.broadcast_shapes(x_m.shape, y_m.shape), NOT_SEARCHED, np.intp)
    for block, x, y, candidates in _blocks(x_m, y_m, points_m, within_m):
        found[block] = candidates[_squares_m2(x, y, points_m[candidates]).argmin(axis=-1)]
    return found


def distances_m(x_m: Array, y_m: Array, points_m: Array, within_m: float = math.inf) -> Array:
    """Return the distance from each place to the nearest of the points, to seven digits.

    Infinite where `nearest_points` does not search.
    """
    found = np.full(np.broadcast_shapes(x_m.shape, y_m.shape), math.inf)
    for block, x, y, candidates in _blocks(x_m, y_m, points_m, within_m):
        found[block] = np.sqrt(_squares_m2(x, y, points_m[candidates]).min(axis=-1))
    return found


def _blocks(
    x_m: Array, y_m: Array, points_m: Array, within_m: float
) -> Iterator[tuple[_Slices, Array, Array, Indices]]:
    """Yield blocks of places, their coordinates, and the points that may be nearest to one.

    The point nearest to the middle of a block is at most `radius` farther from any place in it, and
    a point that is nearest to one of these places at most `radius` farther from the middle.
    """
    for block in _slices(np.broadcast_shapes(x_m.shape, y_m.shape)):
        x, y = _part(x_m, block), _part(y_m, block)
        middle_x, middle_y = 0.5 * (x.min() + x.max()), 0.5 * (y.min() + y.max())
        radius_m = math.hypot(x.max() - middle_x, y.max() - middle_y)
        away_m = np.hypot(points_m[:, 0] - middle_x, points_m[:, 1] - middle_y)
        nearest_m = float(away_m.min())
        if nearest_m <= within_m + radius_m:
            yield block, x, y, np.flatnonzero(away_m <= nearest_m + 2.0 * radius_m + _SLACK_M)


def _slices(shape: tuple[int, ...]) -> Iterator[_Slices]:
    for corner in np.ndindex(*(math.ceil(length / _BLOCK) for length in shape)):
        yield tuple(slice(place * _BLOCK, (place + 1) * _BLOCK) for place in corner)


def _part(values: Array, block: _Slices) -> Array:
    """Return the part of an array that broadcasts which belongs to a block."""
    own = block[len(block) - values.ndim :]
    return values[
        tuple(
            slice(None) if length == 1 else part
            for length, part in zip(values.shape, own, strict=True)
        )
    ]


def _squares_m2(x_m: Array, y_m: Array, points_m: Array) -> FloatArray:
    """Return the squares of the distances from places to points, of which the last axis counts.

    The differences are rounded to single precision: half the time, and far below a sample's step.
    """
    east_m = (x_m[..., None] - points_m[:, 0]).astype(np.float32)
    north_m = (y_m[..., None] - points_m[:, 1]).astype(np.float32)
    squares: FloatArray = east_m * east_m + north_m * north_m
    return squares
