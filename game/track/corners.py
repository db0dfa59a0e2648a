"""Number the corners of a circuit: ranges of the lap, listed in its file or found."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.track.centreline import Centreline
from game.track.sample_runs import sample_runs
from game.track.track_file import CornerEntry, Side
from game.units import PI

_STEP_M: Final = 1.0
_MIN_CURVATURE_1PM: Final = 1.0 / 400.0  # a wider bend is a straight to this car
_STRAIGHT_1PM: Final = 1.0 / 2000.0  # where a corner begins and ends
_MAX_GAP_M: Final = 20.0  # between two bends to one side that are one corner
_APART_SHARE: Final = (
    0.5  # of the gentler apex: the line bends less for so long between two corners
)
_DIP_SHARE: Final = 0.2  # and somewhere no more than that
_MIN_TURNING_RAD: Final = 12.0 * PI / 180.0  # less is a kink without a number


@dataclass(frozen=True)
class Corner:
    """Describes a numbered corner and where it lies on the lap."""

    number: int
    name: str
    inside: Side  # the side to which it turns
    turn_in_m: float
    apex_m: float  # halfway through the corner
    exit_m: float


class _Bend(NamedTuple):
    """Turns to one side over samples: from `begin` up to, not including, `end`."""

    begin: int
    end: int
    sign: float


def find_corners(centreline: Centreline) -> tuple[Corner, ...]:
    """Return the corners along a centreline, found from its curvature and numbered in order.

    A corner is a bend of less than 400 m of radius that turns by 12 degrees or more, from where
    the line begins to bend to where it is straight again. Two to one side are one corner unless the
    line is nearly straight between them: for 20 m it bends by less than half as much as at the
    gentler of the two apexes, and somewhere by less than a fifth. One that lies across the start
    line is cut there.
    """
    count = max(round(centreline.length_m / _STEP_M), 3)
    step_m = centreline.length_m / count
    curvature_1pm = centreline.curvature_1pm((np.arange(count) + 0.5) * step_m)
    bends = _merged(_bends(curvature_1pm), _MAX_GAP_M / step_m)
    kept = [
        part
        for bend in bends
        for part in _split(bend, curvature_1pm, step_m)
        if _is_corner(part, curvature_1pm, step_m)
    ]
    return tuple(
        _corner(CornerEntry(number, bend.begin * step_m, bend.end * step_m), centreline)
        for number, bend in enumerate(kept, start=1)
    )


def corners_of(entries: list[CornerEntry], centreline: Centreline) -> tuple[Corner, ...]:
    """Return the corners that a file lists for its centreline."""
    return tuple(_corner(entry, centreline) for entry in entries)


def _corner(entry: CornerEntry, centreline: Centreline) -> Corner:
    """Return a corner with the side and the middle of its turning."""
    s_m = np.linspace(entry.from_m, entry.to_m, 101)
    turned_rad = np.cumsum(centreline.curvature_1pm(0.5 * (s_m[1:] + s_m[:-1])))
    middle = int(np.searchsorted(np.abs(turned_rad), 0.5 * abs(turned_rad[-1])))
    return Corner(
        entry.number,
        entry.name,
        "left" if turned_rad[-1] > 0.0 else "right",
        entry.from_m,
        float(s_m[middle + 1]),
        entry.to_m,
    )


def _bends(curvature_1pm: Array) -> list[_Bend]:
    """Return the stretches that bend to one side and are somewhere tight enough, in order."""
    sign = np.where(np.abs(curvature_1pm) < _STRAIGHT_1PM, 0.0, np.sign(curvature_1pm))
    cuts = [0, *(np.flatnonzero(np.diff(sign)) + 1).tolist(), len(sign)]
    return [
        _Bend(begin, end, float(sign[begin]))
        for begin, end in pairwise(cuts)
        if np.abs(curvature_1pm[begin:end]).max() >= _MIN_CURVATURE_1PM
    ]


def _merged(bends: list[_Bend], max_gap: float) -> list[_Bend]:
    """Return the bends with those made one that follow each other closely to the same side."""
    merged: list[_Bend] = []
    for bend in bends:
        last = merged[-1] if merged else None
        if last is not None and last.sign == bend.sign and bend.begin - last.end < max_gap:
            merged[-1] = _Bend(last.begin, bend.end, bend.sign)
        else:
            merged.append(bend)
    return merged


def _is_corner(bend: _Bend, curvature_1pm: Array, step_m: float) -> bool:
    """Return whether a bend turns far enough, and somewhere tightly enough, for a number."""
    inside = np.abs(curvature_1pm[bend.begin : bend.end])
    turned_rad = abs(float(curvature_1pm[bend.begin : bend.end].sum())) * step_m
    return bool(inside.max() >= _MIN_CURVATURE_1PM) and turned_rad >= _MIN_TURNING_RAD


def _split(bend: _Bend, curvature_1pm: Array, step_m: float) -> list[_Bend]:
    """Return the corners that a bend consists of: itself, or those that a dip separates."""
    inside = np.maximum(bend.sign * curvature_1pm[bend.begin : bend.end], 0.0)
    before, after = np.maximum.accumulate(inside), np.maximum.accumulate(inside[::-1])[::-1]
    gentler = np.minimum(before, after)
    for run in sample_runs(inside <= _DIP_SHARE * gentler, closed=False):
        lowest = run.begin + int(np.argmin(inside[run.begin : run.end + 1]))
        low = inside < _APART_SHARE * gentler[lowest]
        ends = np.flatnonzero(~low)
        place = int(np.searchsorted(ends, lowest))
        if place in (0, len(ends)) or (ends[place] - ends[place - 1] - 1) * step_m < _MAX_GAP_M:
            continue
        bent = np.flatnonzero(inside >= _STRAIGHT_1PM)
        first_end = int(bent[bent < lowest][-1]) + 1
        second_begin = int(bent[bent > lowest][0])
        one = _Bend(bend.begin, bend.begin + first_end, bend.sign)
        other = _Bend(bend.begin + second_begin, bend.end, bend.sign)
        if all(_is_corner(part, curvature_1pm, step_m) for part in (one, other)):
            return [
                *_split(one, curvature_1pm, step_m),
                *_split(other, curvature_1pm, step_m),
            ]
    return [bend]
