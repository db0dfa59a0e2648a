"""Make the chain that a fit starts from: an interpolating curve through the points."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.arrays import Array
from game.track.importing.chain import Chain
from game.units import TAU

_AROUND: Final = 6  # points of the next lap that the curve needs to be closed
_SAMPLE_M: Final = 0.5
_BEND_M: Final = 8.0  # to either side, over which a bend is measured
_TURN_RAD: Final = 0.2  # between two knots in a bend
_KNOT_M: Final = (1.5, 4.0)  # from knot to knot: in the tightest bends, on straights
_MAX_KNOTS: Final = 2000  # of a lap, however long it is, so that its fit takes some seconds
_FINEST: Final = 0.25  # of the coarsest step, in the bends of a long lap
_MIN_KNOTS: Final = 16
_FIRST_CURVATURE_1PM: Final = 0.15


def first_chain(points_m: Array) -> tuple[Chain, Array]:
    """Return a chain through points in the order of the lap, shape (m, 2), and where along it
    each of them is.

    The curve is a modified Akima spline, which does not swing out where far points follow near
    ones. Knots are nearer to one another where it bends.
    """
    from scipy.interpolate import Akima1DInterpolator

    count = len(points_m)
    around_m = np.take(points_m, np.arange(-_AROUND, count + _AROUND), axis=0, mode="wrap")
    knots = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(around_m, axis=0).T))])
    curve = Akima1DInterpolator(knots, around_m, method="makima")
    first, last = knots[_AROUND], knots[_AROUND + count]
    at = np.linspace(first, last, max(int((last - first) / _SAMPLE_M), 100) + 1)
    s_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(curve(at), axis=0).T))])
    slope = curve(at, 1)
    heading_rad = np.unwrap(np.arctan2(slope[:, 1], slope[:, 0]))
    turned_rad = TAU * round((heading_rad[-1] - heading_rad[0]) / TAU)

    def heading(distance_m: Array) -> Array:
        laps = np.floor(distance_m / s_m[-1])
        within = np.interp(distance_m - laps * s_m[-1], s_m, heading_rad)
        return np.asarray(within + laps * turned_rad)

    at_m = _knots_m(s_m, np.abs(heading(s_m + _BEND_M) - heading(s_m - _BEND_M)) / (2.0 * _BEND_M))
    places_m = curve(np.interp(at_m, s_m, at))
    length_m = np.diff(np.append(at_m, s_m[-1]))
    knot_rad = heading(at_m)
    turn_rad = np.diff(np.append(knot_rad, knot_rad[0] + turned_rad))
    bend_1pm = turn_rad / length_m
    curvature_1pm = 0.5 * (bend_1pm + np.roll(bend_1pm, 1))
    limit_1pm = _FIRST_CURVATURE_1PM
    chain = Chain(
        places_m[:, 0],
        places_m[:, 1],
        knot_rad,
        np.clip(curvature_1pm, -limit_1pm, limit_1pm),
        length_m,
        turned_rad,
    )
    return chain, np.interp(knots[_AROUND : _AROUND + count], at, s_m)


def _knots_m(s_m: Array, bend_1pm: Array) -> Array:
    """Return where along a curve the knots are; s_m and how much it bends there, shape (n,)."""
    finest_m, coarsest_m = _KNOT_M
    coarsest_m = max(coarsest_m, s_m[-1] / _MAX_KNOTS)
    finest_m = max(finest_m, _FINEST * coarsest_m)
    step_m = np.clip(_TURN_RAD / np.maximum(bend_1pm, 1e-9), finest_m, coarsest_m)
    passed = np.concatenate([[0.0], np.cumsum(np.diff(s_m) / step_m[1:])])
    count = min(max(round(passed[-1]), _MIN_KNOTS), _MAX_KNOTS)
    return np.asarray(np.interp(np.arange(count) * (passed[-1] / count), passed, s_m))
