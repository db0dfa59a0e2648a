"""Divide the time that a lap loses on a reference among causes that add up to it exactly.

Between two marks a lap takes its way over its speed. What differs is split in two:

    l/v - l'/v'  =  (l - l') (1/v + 1/v') / 2  +  (l + l') (1/v - 1/v') / 2

The first part is the line: a longer way. The second one is speed, and is shared out by what is
missing of its square, v'^2 - v^2, which braking and driving change by the same amount over the same
way, whatever the speed is:

- what is missing at the slowest place is the minimum speed's, also before and behind it, as long as
  it is still missing there;
- what is missing where the corner's stretch begins was brought along, until it is made up for;
- the rest before the slowest place is braking, behind it traction.

The slowest places of both laps are the ends of the middle of a corner, all of which is the minimum
speed's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from game.analysis.corner_figures import slowest
from game.analysis.corner_stretches import CornerStretch
from game.analysis.lap_profile import LapProfile
from game.arrays import Array

_TINY_MPS: Final = 0.01  # slower is not told from standing still


class Causes(NamedTuple):
    """Holds the time lost, by its causes; negative is gained."""

    line_s: float = 0.0  # a longer way
    arrival_s: float = 0.0  # speed that was missing before the corner
    braking_s: float = 0.0
    minimum_s: float = 0.0  # speed that is missing at the slowest place
    traction_s: float = 0.0

    @property
    def total_s(self) -> float:
        """Return the time lost in all."""
        return sum(self)


class CornerLoss(NamedTuple):
    """Holds what is lost in the stretch of a corner."""

    number: int
    causes: Causes

    @property
    def time_s(self) -> float:
        """Return the time lost in all."""
        return self.causes.total_s

    @property
    def main(self) -> int:
        """Return the place among the causes of the one that costs most."""
        return max(range(len(self.causes)), key=lambda place: self.causes[place])


def corner_losses(
    profile: LapProfile, reference: LapProfile, stretches: Sequence[CornerStretch]
) -> tuple[CornerLoss, ...]:
    """Return what a lap loses on a reference in each corner."""
    line_s, speed_s, missing = _parts(profile, reference)
    losses = []
    for stretch in stretches:
        within = slice(stretch.begin, stretch.end)
        first, last = sorted(slowest(each, stretch) for each in (profile, reference))
        middle = first - stretch.begin, last - stretch.begin
        causes = _causes(line_s[within], speed_s[within], missing[within], *middle)
        losses.append(CornerLoss(stretch.corner.number, causes))
    return tuple(losses)


def lap_causes(losses: Sequence[CornerLoss]) -> Causes:
    """Return the causes over all corners."""
    return Causes(*(sum(each) for each in zip(*(loss.causes for loss in losses), strict=True)))


def behind_s(profile: LapProfile, reference: LapProfile) -> Array:
    """Return how far a lap is behind a reference at each mark."""
    return profile.columns.time_s - reference.columns.time_s


def _parts(profile: LapProfile, reference: LapProfile) -> tuple[Array, Array, Array]:
    """Return the time lost by way and by speed between marks, and what the square lacks."""
    (own_m, own_mps), (other_m, other_mps) = map(_pieces, (profile, reference))
    lost_s = np.diff(behind_s(profile, reference))
    line_s = 0.5 * (own_m - other_m) * (1.0 / own_mps + 1.0 / other_mps)
    return line_s, lost_s - line_s, other_mps**2 - own_mps**2


def _pieces(profile: LapProfile) -> tuple[Array, Array]:
    """Return the way from mark to mark, and the mean speed on it."""
    way_m, time_s = np.diff(profile.columns.way_m), np.diff(profile.columns.time_s)
    return way_m, np.maximum(way_m / np.maximum(time_s, 1e-9), _TINY_MPS)


def _causes(line_s: Array, speed_s: Array, missing: Array, first: int, last: int) -> Causes:
    """Share out the loss of a stretch; first, last: where the middle of the corner is."""
    count = len(missing)
    first, last = (min(max(place, 0), count) for place in (first, last))
    brought, minimum = np.zeros(count), np.zeros(count)
    brought[:first] = _left_over(missing[:first])
    before = (missing - brought)[:first]
    if first < count:
        minimum[:first] = _left_over(np.append(missing[first], before[::-1]))[:0:-1]
        minimum[first:last] = missing[first:last]
        minimum[last:] = _left_over(missing[last:])
    rest = missing - brought - minimum
    weight = np.divide(speed_s, missing, out=np.zeros(count), where=missing != 0.0)
    even_s = float(speed_s[missing == 0.0].sum())  # of speeds that do not differ: rounding
    return Causes(
        line_s=float(line_s.sum()) + even_s,
        arrival_s=float((weight * brought).sum()),
        braking_s=float((weight * rest)[:first].sum()),
        minimum_s=float((weight * minimum).sum()),
        traction_s=float((weight * rest)[first:].sum()),
    )


def _left_over(missing: Array) -> Array:
    """Return what is left, along the way, of what is missing at its beginning."""
    if len(missing) == 0:
        return missing
    if missing[0] < 0.0:
        return np.minimum(np.maximum.accumulate(missing), 0.0)
    return np.maximum(np.minimum.accumulate(missing), 0.0)
