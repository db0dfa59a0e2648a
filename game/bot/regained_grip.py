"""Grip is given back where rehearsals eased it by more than was needed.

Easing goes one way: where the car ran wide it has to go slower, by as much as it was wide, also
where one slide only led to the next. Once the lap is clean, each eased stretch is searched by
bisection for the highest grip at which the car runs no wider than at the eased one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from game.arrays import Array
from game.bot.plan import Plan
from game.bot.rehearsal import LineDeparture, Rehearsal

_MUCH: Final = 0.03  # share of the grip that a stretch has lost somewhere
_ROUNDS: Final = 3  # of bisection; the last one gives back an eighth
_STEADY_M: Final = 0.75  # from the line, which is as good as on it


class Rehearsed(NamedTuple):
    """Holds a plan and how it was driven."""

    plan: Plan
    rehearsal: Rehearsal


class _StationRun(NamedTuple):
    """Holds stations in a row, from one on; they may cross the start of the lap."""

    first: int
    stations: npt.NDArray[np.intp]  # indices, shape (n,)


def with_grip_regained(
    clean: Rehearsed, first_grip: float, rehearsed: Callable[[Array], Rehearsed]
) -> Rehearsed:
    """Return a plan that is driven as well as a clean one, with more of the grip it began with.

    rehearsed: makes the plan with a share of the grip at each station, and drives it.
    """
    stretches = _eased_stretches(clean.plan.grip, first_grip)
    if not stretches:
        return clean
    station_m = clean.plan.station_m
    allowed_m = np.maximum(_widest(clean.rehearsal.departures, stretches, station_m), _STEADY_M)

    def tried(shares: Array) -> tuple[Rehearsed, npt.NDArray[np.bool_]]:
        grip = clean.plan.grip.copy()
        for stretch, share in zip(stretches, shares.tolist(), strict=True):
            grip[stretch.stations] += share * (first_grip - grip[stretch.stations])
        trial = rehearsed(grip)
        return trial, _widest(trial.rehearsal.departures, stretches, station_m) <= allowed_m

    best, best_shares = clean, np.zeros(len(stretches))
    low, high = np.zeros(len(stretches)), np.ones(len(stretches))
    for _ in range(_ROUNDS):
        middle = 0.5 * (low + high)
        trial, holds = tried(middle)
        low, high = np.where(holds, middle, low), np.where(holds, high, middle)
        if holds.all() and trial.rehearsal.is_clean:
            best, best_shares = trial, middle
    if (low > best_shares).any():  # what held in turn need not hold at once
        trial, holds = tried(low)
        if holds.all() and trial.rehearsal.is_clean:
            best = trial
    return best


def is_much_eased(grip: Array, first_grip: float) -> bool:
    """Return whether the grip was eased so much that the car is not far from sliding there."""
    return bool(grip.min() < (1.0 - _MUCH) * first_grip)


def _eased_stretches(grip: Array, first_grip: float) -> list[_StationRun]:
    """Return the stretches whose grip was eased so much that a search is worth it, in order."""
    eased = grip < first_grip
    firsts = np.flatnonzero(eased & ~np.roll(eased, 1))
    found = []
    for first in firsts.tolist():
        following = np.roll(eased, -first)
        length = len(grip) if following.all() else int(np.argmin(following))
        stations = (first + np.arange(length)) % len(grip)
        if is_much_eased(grip[stations], first_grip):
            found.append(_StationRun(first, stations))
    return found


def _widest(
    departures: tuple[LineDeparture, ...], stretches: list[_StationRun], station_m: float
) -> Array:
    """Return how wide the car ran in each stretch or after it, before the next one; shape (n,)."""
    firsts_m = np.array([stretch.first for stretch in stretches]) * station_m
    widest_m = np.zeros(len(stretches))
    for from_m, wide_m in departures:
        stretch = int(np.searchsorted(firsts_m, from_m, side="right")) - 1  # -1 is the last one
        widest_m[stretch] = max(widest_m[stretch], wide_m)
    return widest_m
