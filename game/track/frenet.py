"""Find track coordinates near a point of the centreline, which an arc approximates there."""

import math
from typing import NamedTuple

import numpy as np

from game.arrays import Array
from game.compiled import tick_function
from game.trig import arc_tangent

# Below this share of the radius a point lies at or beyond the centre of curvature, where the foot
# flips to the other side of the circle; the step along is computed as if the point lay here.
_MIN_SHARE = 0.05


class TrackPoint(NamedTuple):
    """Describes a place in track coordinates."""

    s_m: float
    offset_m: float  # positive to the left


@tick_function
def project_on_arc(
    from_m: float, curvature_1pm: float, along_m: float, left_m: float
) -> TrackPoint:
    """Return (along, left) projected on an arc through the origin along the first axis.

    Returns the length along the arc, counted from `from_m` at the origin, and the distance from it.
    With k the curvature, a = 1 - k n and r = sqrt(a^2 + (k t)^2), the point's distance from the
    centre is r/k: the offset (1 - r)/k, and the turn atan(k t / a), both written without a
    division by k. Finite everywhere; beyond the centre of curvature the step keeps its sign and
    stays below a quarter turn.
    """
    share = 1.0 - curvature_1pm * left_m
    lateral = curvature_1pm * along_m
    ratio = math.sqrt(share * share + lateral * lateral)
    offset_m = (2.0 * left_m - curvature_1pm * (left_m * left_m + along_m * along_m)) / (
        1.0 + ratio
    )
    if share < _MIN_SHARE:
        share = _MIN_SHARE
    slope = lateral / share
    square = slope * slope
    if square < 0.004:
        # atan(u)/u by its series, within 3e-11 here
        shape = 1.0 - square * (1.0 / 3.0 - square * (1.0 / 5.0 - square * (1.0 / 7.0)))
    else:
        shape = arc_tangent(slope) / slope
    return TrackPoint(from_m + along_m / share * shape, offset_m)


def project_on_arcs(curvature_1pm: Array, along_m: Array, left_m: Array) -> tuple[Array, Array]:
    """Apply `project_on_arc` to arrays, for pictures: the lengths along the arcs, and the offsets.

    The offsets are the same. The lengths take atan(u), u the slope of the foot's turn, for u: too
    long by a share of u^2 / 3, which is 0.1 mm for half a metre on a radius of 20 m.
    """
    share = 1.0 - curvature_1pm * left_m
    ratio = np.sqrt(share**2 + (curvature_1pm * along_m) ** 2)
    offset_m = (2.0 * left_m - curvature_1pm * (left_m * left_m + along_m * along_m)) / (
        1.0 + ratio
    )
    return along_m / np.maximum(share, _MIN_SHARE), offset_m
