"""Find where a circuit is driven most: a line with wide bends, between the road's edges.

It says where rubber lies and where cars dry the road. A good driver's line is within a metre of it
along most of the lap; this one is needed where nobody has planned yet, and to the same bits on
every machine: plain arithmetic in a fixed order, first in coarse steps, then in finer ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from game.arrays import Array

_STATION_M: Final = 10.0  # from one place to the next, about
_MARGIN_M: Final = 1.2  # from the line to the road's edge: half a car and a little
_PASSES: Final = ((4, 300), (2, 300), (1, 150))  # stations in a step, and sweeps over the lap
_OVER: Final = 1.5  # over-relaxation


def usual_line(curvature_1pm: Array, left_m: Array, right_m: Array, length_m: float) -> list[float]:
    """Return the line's offsets at stations that divide the lap evenly; the first is at the start.

    Given are the centreline's curvature and the distances to the road's edges, shape (n,), at
    places that divide the lap evenly.
    """
    count = max(4 * round(0.25 * length_m / _STATION_M), 8)
    places = [
        [*range(i * len(curvature_1pm) // count - 4, i * len(curvature_1pm) // count + 5)]
        for i in range(count)
    ]
    total = len(curvature_1pm)
    bends, left, right = (
        [[float(column[i % total]) for i in around] for around in places]
        for column in (curvature_1pm, left_m, right_m)
    )
    bend_1pm = [sum(around) / len(around) for around in bends]
    high_m = [max(min(around) - _MARGIN_M, 0.0) for around in left]
    low_m = [min(_MARGIN_M - min(around), 0.0) for around in right]
    offsets = [0.0] * count
    for stations, sweeps in _PASSES:
        at = range(0, count, stations)
        coarse = [offsets[i] for i in at]
        means = [sum(bend_1pm[(i + k) % count] for k in range(stations)) / stations for i in at]
        bounds = ([low_m[i] for i in at], [high_m[i] for i in at])
        _straighten(coarse, means, bounds, stations * length_m / count, sweeps)
        for number, i in enumerate(at):
            change_m = coarse[(number + 1) % len(coarse)] - coarse[number]
            for k in range(stations):
                offsets[i + k] = coarse[number] + k / stations * change_m
    return offsets


def _straighten(
    offsets: list[float],
    bend_1pm: Sequence[float],
    bounds_m: tuple[Sequence[float], Sequence[float]],
    step_m: float,
    sweeps: int,
) -> None:
    """Move each offset in turn to where the squares of what is counted around it add up to least.

    Counted is k + o'' - k**2 o beside a centreline of curvature k: the bend of the line, and its
    length besides, which is less on the inside.
    """
    count = len(offsets)
    low_m, high_m = bounds_m
    per = 1.0 / (step_m * step_m)
    own = [-bend * bend - 2.0 * per for bend in bend_1pm]
    counted = [
        bend_1pm[i] + own[i] * offsets[i] + per * (offsets[i - 1] + offsets[(i + 1) % count])
        for i in range(count)
    ]
    for _ in range(sweeps):
        for i in range(count):
            after = i + 1 if i + 1 < count else 0
            slope = per * (counted[i - 1] + counted[after]) + own[i] * counted[i]
            wanted_m = offsets[i] - _OVER * slope / (2.0 * per * per + own[i] * own[i])
            moved_m = min(max(wanted_m, low_m[i]), high_m[i]) - offsets[i]
            offsets[i] += moved_m
            counted[i] += own[i] * moved_m
            counted[i - 1] += per * moved_m
            counted[after] += per * moved_m
