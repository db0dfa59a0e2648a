"""Find where a centreline crosses itself, and the bridges that a lap needs there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices
from game.track.levels import RAMP_M, in_stretch
from game.track.nearest import distances_m
from game.track.sampling import Frames
from game.track.track_file import BridgeEntry

_SEARCHED_M: Final = 300  # along the lap from a crossing, either way
_MAX_CHORDS: Final = 2000  # 15 m long on the longest circuit, still enough
_GROUP: Final = 16  # chords that are compared with others at once


class Crossing(NamedTuple):
    """Describes a place that a lap passes twice, and how far from the start line it does so."""

    s_m: float
    other_s_m: float  # the later one


def find_crossings(frames: Frames) -> list[Crossing]:
    """Return where a centreline crosses itself, in the order of the first passages."""
    count = len(frames.s_m)
    at = np.arange(0, count, math.ceil(count / _MAX_CHORDS))
    return crossings_of(frames.places_m[at], frames.s_m[at], frames.length_m)


def crossings_of(begin_m: Array, s_m: Array, length_m: float) -> list[Crossing]:
    """Return where a closed line of points, (n, 2), at distances of shape (n,) crosses itself."""
    side_m = np.roll(begin_m, -1, axis=0) - begin_m
    one, two = _pairs_near(begin_m, begin_m + side_m)
    # Where the line of each chord is met by the line of the other, as a share of the chord.
    apart_m = begin_m[two] - begin_m[one]
    cross = _cross(side_m[one], side_m[two])
    with np.errstate(divide="ignore", invalid="ignore"):
        share = _cross(apart_m, side_m[two]) / cross
        other = _cross(apart_m, side_m[one]) / cross
        met = (share >= 0.0) & (share < 1.0) & (other >= 0.0) & (other < 1.0)
    one, two, share, other = one[met], two[met], share[met], other[met]
    step_m = np.diff(s_m, append=length_m)
    at_m, other_m = s_m[one] + share * step_m[one], s_m[two] + other * step_m[two]
    return [Crossing(*each) for each in zip(at_m.tolist(), other_m.tolist(), strict=True)]


def _pairs_near(begin_m: Array, end_m: Array) -> tuple[Indices, Indices]:
    """Return the numbers of chords of a closed line whose surroundings touch, in order.

    Chords that follow one another meet at their ends and are no such pair. Whole groups of chords
    are compared first.
    """
    count = len(begin_m)
    low_m, high_m = np.minimum(begin_m, end_m), np.maximum(begin_m, end_m)
    firsts = np.arange(0, count, _GROUP)
    one, two = _touching(np.minimum.reduceat(low_m, firsts), np.maximum.reduceat(high_m, firsts))
    within = np.arange(_GROUP)
    shape = (len(one), _GROUP, _GROUP)
    first = np.broadcast_to((firsts[one][:, None] + within)[:, :, None], shape).ravel()
    second = np.broadcast_to((firsts[two][:, None] + within)[:, None, :], shape).ravel()
    there = np.flatnonzero((second < count) & (second - first > 1))
    first, second = first[there], second[there]
    near = second - first < count - 1
    for axis in (0, 1):
        near &= low_m[first, axis] <= high_m[second, axis]
        near &= low_m[second, axis] <= high_m[first, axis]
    first, second = first[near], second[near]
    order = np.lexsort((second, first))
    return first[order], second[order]


def _touching(low_m: Array, high_m: Array) -> tuple[Indices, Indices]:
    """Return the numbers of the boxes that touch, each pair once, and each with itself."""
    touch = (low_m[:, None] <= high_m[None]) & (low_m[None] <= high_m[:, None])
    one, two = np.nonzero(touch.all(axis=2))
    once = one <= two
    return one[once], two[once]


def bridges_needed(
    frames: Frames, clear_m: float, above: Sequence[BridgeEntry] = ()
) -> list[BridgeEntry]:
    """Return bridges with which no two parts of a lap cross on one level, as far as there are such.

    clear_m: between the centrelines of the two roads, where a bridge's ramp may begin. At each
    crossing the passage in one of the stretches `above` is the one above, or else the one farther
    from the start line, unless that raises what has to be below.
    """
    length_m = frames.length_m

    def height(s_m: float) -> tuple[bool, float]:
        is_above = any(in_stretch(stretch, s_m, length_m) for stretch in above)
        return is_above, min(s_m, length_m - s_m)

    bridges: list[BridgeEntry] = []
    below_m: list[float] = []
    for crossing in find_crossings(frames):
        near_m, far_m = sorted(crossing, key=height)
        for over_m, under_m in ((far_m, near_m), (near_m, far_m)):
            there = [bridge for bridge in bridges if in_stretch(bridge, over_m, length_m)]
            bridge = there[0] if there else bridge_across(frames, over_m, under_m, clear_m)
            if not _is_raised([bridge, *bridges], [under_m], length_m) and not _is_raised(
                [bridge], below_m, length_m
            ):
                bridges += [] if there else [bridge]
                below_m.append(under_m)
                break
    return bridges


def _is_raised(bridges: Sequence[BridgeEntry], places_m: Sequence[float], length_m: float) -> bool:
    """Return whether one of some places lies on one of some bridges."""
    return any(in_stretch(bridge, s_m, length_m) for bridge in bridges for s_m in places_m)


def bridge_across(frames: Frames, above_m: float, below_m: float, clear_m: float) -> BridgeEntry:
    """Return the bridge at one passage of a crossing, over the road at the other."""
    count = len(frames.s_m)
    span = np.arange(-_SEARCHED_M, _SEARCHED_M + 1)  # samples are a metre apart
    below = frames.places_m[(frames.index_at(below_m) + span) % count]
    from_m, to_m = (
        above_m + sign * (_clear_after_m(frames, above_m, sign, below, clear_m) + RAMP_M)
        for sign in (-1, 1)
    )
    return BridgeEntry(round(from_m % frames.length_m, 1), round(to_m % frames.length_m, 1))


def _clear_after_m(frames: Frames, s_m: float, sign: int, below: Array, clear_m: float) -> float:
    """Return how far along the lap, either way, a road is first clear of the one below."""
    index = (frames.index_at(s_m) + sign * np.arange(_SEARCHED_M)) % len(frames.s_m)
    x_m, y_m = frames.x_m[index], frames.y_m[index]
    clear = distances_m(x_m, y_m, below) >= clear_m
    return float(np.argmax(clear)) if clear.any() else float(_SEARCHED_M)


def _cross(one: Array, other: Array) -> Array:
    product: Array = one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]
    return product
