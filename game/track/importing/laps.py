"""Take a driven trace apart into laps, and find the lap in their middle."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.track.importing.chain import Chain, located, offsets_m, places_at, points_at, rotated
from game.track.importing.fitting import Requirements, fit_line

_NEAR_M: Final = 15.0  # a driven line and the next one, on one road
_APART_M: Final = 120.0  # along the trace, between two passages of one place
_SAME_WAY: Final = 0.9  # cosine between two passages of one road; where roads cross it is less
_ANCHORS: Final = 32  # places at which passages are counted
_SAME: Final = 0.1  # share of a lap, by which the lengths of laps differ that are whole
_MEAN_STEP_M: Final = 4.0
_ASTRAY: Final = 0.1  # share of a lap beside the others, on which it went elsewhere
_ROUGH: Final = Requirements(1.0, 0.15)  # for the line along which laps are compared


class TraceLap(NamedTuple):
    """Describes a lap of a trace: its points from `begin` up to, not including, `end`."""

    begin: int
    end: int


def find_laps(points_m: Array) -> list[TraceLap]:
    """Return the whole laps of a trace, shape (n, 2); none if no place is passed twice."""
    from scipy.spatial import cKDTree

    along_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points_m, axis=0).T))])
    ahead = _directions(points_m, along_m)
    near = cKDTree(points_m)
    best: list[int] = []
    for anchor in np.linspace(0, len(points_m) - 1, _ANCHORS).astype(int).tolist():
        found = np.array(sorted(near.query_ball_point(points_m[anchor], _NEAR_M)))
        found = found[ahead[found] @ ahead[anchor] > _SAME_WAY]
        passages = [
            group[np.argmin(np.hypot(*(points_m[group] - points_m[anchor]).T))]
            for group in np.split(found, np.flatnonzero(np.diff(along_m[found]) > _APART_M) + 1)
            if len(group)
        ]
        if len(passages) > len(best):
            best = [int(each) for each in passages]
    laps = [TraceLap(begin, end) for begin, end in pairwise(best)]
    if not laps:
        return []
    lengths_m = np.array([along_m[lap.end] - along_m[lap.begin] for lap in laps])
    usual_m = float(np.median(lengths_m))
    if len(laps) == 1 and along_m[-1] - lengths_m[0] < 2.0 * _NEAR_M:
        return []  # a closed line, which comes back to where it began
    return [
        lap
        for lap, length_m in zip(laps, lengths_m, strict=True)
        if abs(length_m - usual_m) <= _SAME * usual_m
    ]


def _directions(points_m: Array, along_m: Array) -> Array:
    """Return where a trace leads at each of its points, from some metres before to some after."""
    before_m, after_m = (
        np.column_stack([np.interp(along_m + shift_m, along_m, axis_m) for axis_m in points_m.T])
        for shift_m in (-_NEAR_M, _NEAR_M)
    )
    ahead_m = after_m - before_m
    return np.asarray(ahead_m / np.maximum(np.hypot(*ahead_m.T), 1e-9)[:, None])


def middle_lap(points_m: Array, laps: list[TraceLap]) -> tuple[Array, int]:
    """Return the lap in the middle of all, shape (m, 2), and how many it is made of.

    Laps that went elsewhere for a while, as into the pit lane, are left out.
    """
    lengths_m = [np.hypot(*np.diff(points_m[lap.begin : lap.end], axis=0).T).sum() for lap in laps]
    usual = laps[int(np.argsort(lengths_m)[len(laps) // 2])]
    own_m = points_m[usual.begin : usual.end]
    if len(laps) == 1:
        return own_m, 1
    fit = fit_line(own_m, np.ones(len(own_m)), _ROUGH, lambda _: None)
    lap_m = fit.chain.starts_m[-1]
    s_m, offset_m, used = [], [], 0
    for lap in laps:
        part_m = points_m[lap.begin : lap.end]
        share = np.linspace(0.0, 1.0, len(part_m), endpoint=False)
        at_m = located(fit.chain, part_m, fit.s_m[0] + share * lap_m)
        beside_m = offsets_m(fit.chain, part_m, at_m)
        if np.mean(np.abs(beside_m) > _NEAR_M) <= _ASTRAY:
            near = np.abs(beside_m) <= _NEAR_M
            s_m.append(np.mod(at_m[near], lap_m))
            offset_m.append(beside_m[near])
            used += 1
    return _along(fit.chain, np.concatenate(s_m), np.concatenate(offset_m)), used


def _along(chain: Chain, s_m: Array, offset_m: Array) -> Array:
    """Return the points at the median of the offsets every few metres of a chain."""
    lap_m = chain.starts_m[-1]
    count = max(round(lap_m / _MEAN_STEP_M), 8)
    order = np.argsort(s_m)
    groups = np.split(order, np.searchsorted(s_m[order], np.arange(1, count) * (lap_m / count)))
    kept = [group for group in groups if len(group)]
    middle_m = np.array([np.median(s_m[group]) for group in kept])
    left_m = np.array([np.median(offset_m[group]) for group in kept])
    on_line_m, heading_rad = points_at(chain, places_at(chain, middle_m))
    return on_line_m + rotated(np.column_stack([np.zeros(len(left_m)), left_m]), heading_rad)
