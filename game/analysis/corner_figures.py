"""Describe a corner in numbers: speeds at entry, at its slowest and at its end, time, energy."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from game.analysis.corner_stretches import CornerStretch
from game.analysis.lap_profile import LapProfile
from game.arrays import Array

_PRESSED: Final = 0.05  # of the brake, from which it is used
_FULL: Final = 0.95  # of the throttle, from which it is full


class CornerResult(NamedTuple):
    """Holds how a lap took a corner; time and energy are those of the corner's stretch."""

    number: int
    entry_mps: float  # where the corner begins
    min_mps: float
    exit_mps: float  # where it ends
    time_s: float
    net_j: float
    brake_m: float  # where the brake is pressed before the slowest place; NaN: not at all
    full_m: float  # from where the throttle is full again; NaN: not before the stretch ends
    way_m: float  # driven in the stretch


def corner_figures(
    profile: LapProfile, stretches: Sequence[CornerStretch]
) -> tuple[CornerResult, ...]:
    """Return a row for each corner."""
    return tuple(_row(profile, stretch) for stretch in stretches)


def slowest(profile: LapProfile, stretch: CornerStretch) -> int:
    """Return the mark in a corner at which a lap is slowest."""
    first, last = max(stretch.turn_in, stretch.begin), min(stretch.leave, stretch.end)
    if last <= first:
        first, last = stretch.begin, stretch.end
    return first + int(np.argmin(profile.columns.speed_mps[first : last + 1]))


def _row(profile: LapProfile, stretch: CornerStretch) -> CornerResult:
    columns, begin, end = profile.columns, stretch.begin, stretch.end
    low = slowest(profile, stretch)
    return CornerResult(
        number=stretch.corner.number,
        entry_mps=float(columns.speed_mps[stretch.turn_in]),
        min_mps=float(columns.speed_mps[stretch.turn_in : stretch.leave + 1].min()),
        exit_mps=float(columns.speed_mps[stretch.leave]),
        time_s=_between(columns.time_s, begin, end),
        net_j=_between(columns.net_j, begin, end),
        brake_m=profile.marks.spacing_m * _first(columns.brake, _PRESSED, begin, low),
        full_m=profile.marks.spacing_m * _first(columns.throttle, _FULL, low, end),
        way_m=_between(columns.way_m, begin, end),
    )


def _between(column: Array, begin: int, end: int) -> float:
    return float(column[end] - column[begin])


def _first(pedal: Array, more_than: float, begin: int, end: int) -> float:
    """Return the first mark at which a pedal is pressed more; NaN if it never is."""
    found = np.flatnonzero(pedal[begin : end + 1] > more_than)
    return float(begin + found[0]) if len(found) else math.nan
