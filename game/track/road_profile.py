"""Sample the heights and the banking of a road along its lap, and read them in the tick.

Heights go through what the file gives as a periodic cubic spline, whose curvature has no jumps: a
car feels it as weight. Banking goes through its rows as the edges of a road do, by cubic pieces
that stay between two rows' values.

Distances along the lap are those on the road, so a grade is the sine of the road's angle; distances
from the centreline are those on the map, so a crossfall is the tangent of the banking.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from game.arrays import Array
from game.track.profiles import along_lap
from game.track.track_file import RoadProfileEntry
from game.units import PI

_MIN_KNOTS = 3  # of a periodic spline's equations


class RoadProfile(NamedTuple):
    """Holds a road's heights and banking at samples along the lap; arrays have shape (n,)."""

    height_m: Array
    grade: Array  # sine of the road's angle, positive uphill
    bend_1pm: Array  # vertical curvature, positive in a dip
    crossfall: Array  # positive where the road falls to the left, as it should in a left turn
    twist_1pm: Array  # change of the crossfall along the lap

    @property
    def climb_m(self) -> float:
        """Return the height that a lap climbs in all."""
        return float(np.maximum(np.roll(self.height_m, -1) - self.height_m, 0.0).sum())

    @property
    def steepest(self) -> float:
        """Return the steepest grade, uphill or downhill, without its sign."""
        return float(np.abs(self.grade).max())

    @property
    def is_level(self) -> bool:
        """Return whether nothing in it acts on a car."""
        return not (self.grade.any() or self.bend_1pm.any() or self.crossfall.any())


def sample_profile(entry: RoadProfileEntry | None, s_m: Array, length_m: float) -> RoadProfile:
    """Return the profile at distances that divide the lap evenly, (n,); flat without an entry."""
    heights = () if entry is None else entry.heights_m
    banking = () if entry is None else entry.banking_deg
    falls = [(at_m, math.tan(angle_deg * PI / 180.0)) for at_m, angle_deg in banking]
    height_m, grade, bend_1pm = _spline(heights, s_m, length_m)
    crossfall = along_lap(s_m, falls, length_m) if falls else s_m * 0.0
    twist = np.roll(crossfall, -1) - np.roll(crossfall, 1)
    twist_1pm = twist * (0.5 * len(s_m) / length_m)
    return RoadProfile(height_m, grade, bend_1pm, crossfall, twist_1pm)


def _spline(
    knots: Sequence[tuple[float, float]], s_m: Array, length_m: float
) -> tuple[Array, Array, Array]:
    """Return the closed cubic spline through (s, value) knots: values, slopes and curvatures."""
    values = {value for _, value in knots}
    if len(values) < 2:  # exactly flat, without the rounding of a solution
        return np.full_like(s_m, values.pop() if values else 0.0), s_m * 0.0, s_m * 0.0
    ordered = sorted((at_m % length_m, value) for at_m, value in knots)
    laps = -(-_MIN_KNOTS // len(ordered))
    at_m = [at_m + lap * length_m for lap in range(laps) for at_m, _ in ordered]
    heights = [value for _ in range(laps) for _, value in ordered]
    spans = [after - before for before, after in pairwise(at_m)]
    spans.append(at_m[0] + laps * length_m - at_m[-1])
    bends = np.array(_knot_curvatures(spans, heights))
    starts, span_m, height = np.array(at_m), np.array(spans), np.array(heights)
    left = np.searchsorted(starts, s_m, side="right") - 1
    into_m = s_m - starts[left] + np.where(left < 0, laps * length_m, 0.0)
    right = (left + 1) % len(starts)
    width_m = span_m[left]
    rise = (height[right] - height[left]) / width_m
    lean = (bends[right] - bends[left]) / width_m
    slope = rise - width_m * (2.0 * bends[left] + bends[right]) / 6.0
    bend = bends[left] + into_m * lean
    value = height[left] + into_m * (slope + into_m * (bends[left] / 2.0 + into_m * lean / 6.0))
    return value, slope + into_m * 0.5 * (bends[left] + bend), bend


def _knot_curvatures(spans: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return the curvatures of a periodic cubic spline at its knots: one cyclic equation each.

    The corners of the matrix are taken out as Sherman and Morrison do it, and the rest solved
    downwards and upwards, in plain arithmetic that rounds equally on every machine.
    """
    count = len(spans)
    rises = [(heights[(i + 1) % count] - heights[i]) / spans[i] for i in range(count)]
    middle = [2.0 * (spans[i - 1] + spans[i]) for i in range(count)]
    right = [6.0 * (rises[i] - rises[i - 1]) for i in range(count)]
    corner = spans[-1]
    gamma = -middle[0]
    middle[0] -= gamma
    middle[-1] -= corner * corner / gamma
    ends = [gamma, *[0.0] * (count - 2), corner]
    plain = _solved(spans, middle, right)
    along = _solved(spans, middle, ends)
    share = (plain[0] + corner * plain[-1] / gamma) / (1.0 + along[0] + corner * along[-1] / gamma)
    return [one - share * other for one, other in zip(plain, along, strict=True)]


def _solved(spans: Sequence[float], middle: Sequence[float], right: Sequence[float]) -> list[float]:
    """Return the solution of symmetric tridiagonal equations with `spans` beside the middle."""
    count = len(middle)
    over, found = [0.0] * count, [0.0] * count
    below = 0.0
    for i in range(count):
        pivot = middle[i] - (below * over[i - 1] if i else 0.0)
        over[i] = spans[i] / pivot
        found[i] = (right[i] - (below * found[i - 1] if i else 0.0)) / pivot
        below = spans[i]
    for i in range(count - 2, -1, -1):
        found[i] -= over[i] * found[i + 1]
    return found
