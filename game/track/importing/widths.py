"""Find the tarmac's width along the lap: what the file says, where there is room for it."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.arrays import Array, Mask
from game.track.crossings import crossings_of
from game.track.importing.chain import curvature_at, places_at, points_at
from game.track.importing.cleaning import ClosedLine
from game.track.importing.fitting import Fit
from game.track.sketch import no_steeper
from game.units import PI

_STEP_M: Final = 4.0
_SMOOTHED_M: Final = 20.0  # over which a file's widths are averaged
_HALF_M: Final = (2.0, 25.0)  # from the centreline to an edge
_TOLERANCE_M: Final = 0.25
_FOLD: Final = 0.8  # share of a corner's radius that its inside edge may take
_KERB_M: Final = 1.5  # that fits between the inside edge and where it would fold
_APART_M: Final = 3.0  # of grass between two parts of a circuit
_WIDENING: Final = 0.25  # of an edge by the way along the lap, and no more
_CROSSING_M: Final = 150.0  # along either road from a crossing, on which it has room beside it
_MAX_PAIRS: Final = 1500  # samples, of which all pairs are compared

EdgeProfile = float | list[tuple[float, float]]


def edge_profiles(
    fit: Fit, line: ClosedLine, width_m: float, start_m: float
) -> tuple[EdgeProfile, EdgeProfile]:
    """Return the distances from the centreline to the left and the right edge of the tarmac.

    width_m: of the whole road where the file says nothing. start_m: where along the fitted chain
    the lap begins; the profiles' distances count from there.
    """
    lap_m = float(fit.chain.starts_m[-1])
    count = max(round(lap_m / _STEP_M), 8)
    s_m: Array = np.arange(count, dtype=np.float64) * (lap_m / count)
    curvature_1pm = curvature_at(fit.chain, places_at(fit.chain, start_m + s_m))
    room_m = _room(fit, start_m, s_m)
    profiles = []
    for widths, sign in ((line.left_m, 1.0), (line.right_m, -1.0)):
        edge_m = np.full(len(s_m), 0.5 * width_m)
        if widths is not None:
            edge_m = _stated(fit, widths, sign, s_m, start_m, edge_m)
        bend_1pm = np.maximum(sign * curvature_1pm, 1e-9)
        edge_m = np.minimum(edge_m, np.maximum(_FOLD / bend_1pm - _KERB_M, _HALF_M[0]))
        edge_m = np.clip(np.minimum(edge_m, room_m), *_HALF_M)
        edge_m = no_steeper(edge_m, _WIDENING * lap_m / count)
        profiles.append(_thinned(s_m, edge_m, lap_m))
    return profiles[0], profiles[1]


def _stated(
    fit: Fit, widths: Array, sign: float, s_m: Array, start_m: float, otherwise_m: Array
) -> Array:
    """Return the widths that a file gives beside its points, measured from the fitted line."""
    edge_m = widths + sign * fit.offset_m
    known = np.isfinite(edge_m) & (widths > 0.0)
    if not known.any():
        return otherwise_m
    lap_m = fit.chain.starts_m[-1]
    at_m = np.mod(fit.s_m[known] - start_m, lap_m)
    order = np.argsort(at_m)
    found = np.interp(s_m, at_m[order], edge_m[known][order], period=lap_m)
    count = max(1, round(_SMOOTHED_M / _STEP_M)) | 1
    around = np.take(found, np.arange(-(count // 2), len(found) + count // 2), mode="wrap")
    return np.convolve(around, np.full(count, 1.0 / count), mode="valid")


def _room(fit: Fit, start_m: float, s_m: Array) -> Array:
    """Return how wide half a road may be that does not touch another part of the circuit."""
    lap_m = float(fit.chain.starts_m[-1])
    stride = max(1, -(-len(s_m) // _MAX_PAIRS))
    few_m = s_m[::stride]
    points_m, _ = points_at(fit.chain, places_at(fit.chain, start_m + few_m))
    apart_m = np.hypot(
        points_m[:, None, 0] - points_m[None, :, 0], points_m[:, None, 1] - points_m[None, :, 1]
    )
    along_m = np.abs(few_m[:, None] - few_m[None, :])
    along_m = np.minimum(along_m, lap_m - along_m)
    # A hairpin brings points that far along it near each other; other parts are farther.
    apart_m[along_m <= 0.5 * PI * (apart_m + 2.0)] = np.inf
    for crossing in crossings_of(points_m, few_m, lap_m):
        one, other = (_near(few_m, there_m, lap_m) for there_m in crossing)
        apart_m[one[:, None] & other] = apart_m[other[:, None] & one] = np.inf
    half_m = 0.5 * (apart_m.min(axis=1) - _APART_M)
    return np.asarray(np.interp(s_m, few_m, np.minimum(half_m, 1e3), period=lap_m))


def _near(s_m: Array, place_m: float, lap_m: float) -> Mask:
    """Return which distances along the lap are near a crossing at one of them."""
    along_m = np.abs(s_m - place_m)
    return np.asarray(np.minimum(along_m, lap_m - along_m) < _CROSSING_M)


def _thinned(s_m: Array, edge_m: Array, lap_m: float) -> EdgeProfile:
    """Return few places between which the distance changes smoothly, never wider than it was."""
    if float(np.ptp(edge_m)) <= _TOLERANCE_M:
        return round(float(edge_m.min()), 2)
    around_m = np.append(s_m, lap_m)
    value_m = np.append(edge_m, edge_m[0])
    kept = [0, len(s_m)]
    waiting = [(0, len(s_m))]
    while waiting:
        first, last = waiting.pop()
        if last - first < 2:
            continue
        chord_m = np.interp(
            around_m[first + 1 : last], around_m[[first, last]], value_m[[first, last]]
        )
        off_m = np.abs(value_m[first + 1 : last] - chord_m)
        worst = first + 1 + int(np.argmax(off_m))
        if off_m.max() > _TOLERANCE_M:
            kept.append(worst)
            waiting += [(first, worst), (worst, last)]
    rows = sorted(set(kept) - {len(s_m)})
    return [(round(float(s_m[at]), 1), round(float(edge_m[at]), 2)) for at in rows]
