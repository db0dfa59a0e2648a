"""Find where a driven trace stood still: a receiver at rest wanders around the place.

A row of points stands where it goes on and on without getting anywhere. Such points say where the
car was once, not how its way bends; a line through all of them would be a tangle.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from game.arrays import Array, Indices, Mask

_AROUND_M: Final = 5.0  # from its first point, in which a receiver at rest stays
_AWAY_M: Final = 10.0  # and where it has certainly left
_POINTS: Final = 5  # of a standstill, at least
_WANDERED: Final = 2.5  # times as far as it got; half a circle is 1.6 times its diameter
_TURNED: Final = 1.5  # times as far as a few points got, from where it may have wandered
_LOOK_AHEAD: Final = 1000  # points; a longer standstill goes on as another one beside it
_NEAR_M: Final = 1.0  # from point to point, of two that tell one place
_BEHIND_M: Final = 3.0  # by which a point may lie behind the one before it and tell the same place


def place_begins(points_m: Array) -> Mask:
    """Return which points begin a place of their own; the others belong to the one before.

    Places are standstills, points that follow one another within a metre or lie a little behind the
    one before, and single points.
    points_m: of shape (n, 2)
    """
    steps = np.diff(points_m, axis=0)
    steps_m = np.hypot(*steps.T)
    along_m = np.concatenate([[0.0], np.cumsum(steps_m)])
    begins = np.concatenate([[True], steps_m >= _NEAR_M])
    onward = points_m[3:] - points_m[:-3]
    begins[2:-1] &= (steps_m[1:-1] >= _BEHIND_M) | ((steps[1:-1] * onward).sum(axis=1) > 0.0)
    runs = np.flatnonzero(begins)
    within_m = along_m - np.repeat(along_m[runs], np.diff(np.append(runs, len(points_m))))
    begins |= np.diff(np.floor(within_m / _BEHIND_M), prepend=0.0) != 0.0
    end = 0
    for first in _turning_back(points_m, along_m).tolist():
        if first >= end:
            end = _standstill_end(points_m[first : first + _LOOK_AHEAD], first)
            begins[first + 1 : end] = False
            if end > first:
                begins[first] = True
                begins[end : end + 1] = True
    return begins


def _turning_back(points_m: Array, along_m: Array) -> Indices:
    """Return the points from which the next few lead nearly nowhere."""
    ahead = _POINTS - 1
    if len(points_m) <= ahead:
        return np.zeros(0, int)
    way_m = along_m[ahead:] - along_m[:-ahead]
    got_m = np.hypot(*(points_m[ahead:] - points_m[:-ahead]).T)
    return np.flatnonzero((way_m < _WANDERED * _AWAY_M) & (way_m > _TURNED * got_m))


def _standstill_end(points_m: Array, first: int) -> int:
    """Return the number behind the last point of a standstill; `first` if there is none."""
    from_first_m = np.hypot(*(points_m - points_m[0]).T)
    left = np.flatnonzero(from_first_m > _AWAY_M)
    stay = np.flatnonzero(from_first_m[: left[0] if left.size else None] <= _AROUND_M)
    count = int(stay[-1]) + 1
    way_m = np.hypot(*np.diff(points_m[:count], axis=0).T).sum()
    stands = count >= _POINTS and way_m > _WANDERED * from_first_m[:count].max()
    return first + count if stands else first
