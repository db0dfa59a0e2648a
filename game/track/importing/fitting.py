"""Fit the line of a circuit to points along it: a closed chain that is simple and near to them.

The penalty on bends is lowered step by step: first until the points lie as near as is required,
unless by then the line follows their noise. From there the line bends to the same sides as it did,
and the penalty is lowered further as long as this brings the line nearer without making it much
less simple.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices, Mask
from game.progress import OnProgress
from game.track.importing.chain import (
    Chain,
    curvature_at,
    located,
    offsets_m,
    places_at,
    points_at,
)
from game.track.importing.curvature_filter import KnotBounds, Weights, improved, slope_changes
from game.track.importing.first_chain import first_chain

# m^2 per 1/m^2: at the first a bend of 100 m of radius is drawn smoother than by noise of 1 m, at
# the last lines through exact points are within millimetres.
_PENALTIES: Final = tuple(30.0 * 3.0**-step for step in range(9))
_FIRST_ROUNDS: Final = 3
_ROUNDS: Final = 2
_LAST_ROUNDS: Final = 4
_USUAL_STEPS: Final = 6  # penalties, until a line is near enough
_PENALISED: Final = 0.8  # of a fit's time, until they are done,
_SIDED: Final = 0.9  # and until the last rounds with all knots are
_TURNING_PENALTY: Final = 0.01  # 1/m^2: for ripples of 60 m both penalties are equal
# 1/m^3, where points are as far apart as below: more would cut corners between two points as a
# spline does, less would let them bulge. Between nearer points there is little to choose.
_LENGTH_PENALTY: Final = 2e-4
_FAR_APART_M: Final = 50.0
_USUAL: Final = 2.5  # times the median gap: in a longer one a part of the lap is missing, and how
# the line runs into it tells more
_SMALL_CHANGE_1PM2: Final = 1e-3  # of slope; larger ones cost less, as hairpins have them
_CHANGE_REACH_M: Final = 12.0  # within which a large change may move
_STEEP: Final = 0.8  # rise of log complexity over fall of log distance: beyond it, ripples
_NOISE: Final = 2.5  # the same; beyond it, nothing but noise
_EXACT_M: Final = 0.03  # nearer than this no line needs to be
_FAR_M: Final = 0.7  # points farther away count for less
_BEND_1PM: Final = 1.0 / 1500.0  # a wider bend has no side
_SIGNIFICANT: Final = 0.7  # of the tolerance, by which a bend stands out that has a side
_OFF: Final = 0.5  # of the tolerance; where the points are beside the line by more, bends cost less
_LINEAR_1PM2: Final = 2e-6  # a smaller change of slope is none
_STRAIGHT_1PM: Final = 1e-6  # a smaller curvature is none
_MIN_KNOTS: Final = 8
_THINNED: Final = 1.2  # times as far from the points as with all knots, that few knots may be,
_MORE_KNOTS: Final = 4  # else as often more are put between them,
_LONG_M: Final = 30.0  # where they are farther apart
_LAST_PENALTY: Final = 0.3  # of the one that was chosen, once there are few knots


class Fit(NamedTuple):
    """Describes a fitted chain, where along it the points are, and how far to the left of it."""

    chain: Chain
    s_m: Array
    offset_m: Array

    @property
    def rms_m(self) -> float:
        """Return the root of the mean square of the points' distances."""
        return float(np.sqrt(np.mean(self.offset_m**2)))

    @property
    def complexity_1pm2(self) -> float:
        """Return the sum of the sizes of all changes of the curvature's slope."""
        return float(np.abs(slope_changes(self.chain)).sum())


class Requirements(NamedTuple):
    """Holds what a fitted line has to meet."""

    tolerance_m: float  # root mean square of the points' distances, if they allow it
    max_curvature_1pm: float


def fit_line(
    points_m: Array, weights: Array, requirements: Requirements, on_progress: OnProgress
) -> Fit:
    """Return the line along points in the order of the lap, shape (m, 2).

    weights: of the points, shape (m,): 1, or less for those that only guide the line.
    """
    chain, s_m = first_chain(points_m)
    task = _FitTask(points_m, weights, requirements)
    fit = task.fit_at(chain, s_m)
    penalty, has_sides = _PENALTIES[0], False
    none = np.zeros(len(chain.x_m))
    bounds = KnotBounds(none, none > 0.0, requirements.max_curvature_1pm)
    for step, next_penalty in enumerate(_PENALTIES):
        on_progress(_PENALISED * _share_after(step))
        closer = fit
        for _ in range(_FIRST_ROUNDS if step == 0 else _ROUNDS):
            closer = task.improved(closer, next_penalty, bounds)
        limit = _STEEP if task.rms_m(fit) <= requirements.tolerance_m else _NOISE
        if step and task.steepness(fit, closer) > limit:
            break
        fit, penalty = closer, next_penalty
        if task.rms_m(fit) <= requirements.tolerance_m and not has_sides:
            has_sides, bounds = True, task.sided(fit, bounds)
        if task.rms_m(fit) <= _EXACT_M:
            break
    if not has_sides:
        bounds = task.sided(fit, bounds)
    on_progress(_PENALISED)
    for _ in range(_ROUNDS):
        fit = task.improved(fit, penalty, bounds)
    on_progress(_SIDED)
    return _with_few_knots(fit, task, _LAST_PENALTY * penalty)


def _share_after(steps: int) -> float:
    """Return how much of the work with one penalty after another is done after so many of them.

    Nobody knows beforehand how many it takes. Beyond the usual number, each is half of what is
    left.
    """
    last = _USUAL_STEPS - 1
    left = 1.0 - min(steps, last) / _USUAL_STEPS
    return 1.0 - left * 0.5 ** max(steps - last, 0)


class _FitTask(NamedTuple):
    """Holds the points to be fitted, and the requirements of their line."""

    points_m: Array
    weights: Array
    requirements: Requirements

    def improved(self, fit: Fit, penalty: float, bounds: KnotBounds) -> Fit:
        """Return a better fit of the same knots."""
        near = np.minimum(1.0, _FAR_M / np.maximum(np.abs(fit.offset_m), 1e-9))
        ease = 1.0 + _change_nearby(fit.chain) / _SMALL_CHANGE_1PM2
        ease *= 1.0 + (self._off_m(fit) / (_OFF * self.requirements.tolerance_m)) ** 2
        weights = Weights(
            self.weights * near,
            penalty / ease,
            _TURNING_PENALTY * penalty / ease,
            _LENGTH_PENALTY * penalty * _sparseness(fit),
        )
        chain = improved(fit.chain, self.points_m, fit.s_m, weights, bounds)
        return self.fit_at(chain, fit.s_m)

    def fit_at(self, chain: Chain, hint_s_m: Array) -> Fit:
        """Return the fit that a chain is."""
        s_m = located(chain, self.points_m, hint_s_m)
        return Fit(chain, s_m, offsets_m(chain, self.points_m, s_m))

    def rms_m(self, fit: Fit) -> float:
        """Return the root mean square of the distances of the points that count fully."""
        return float(np.sqrt(np.mean(fit.offset_m[self.weights >= 1.0] ** 2)))

    def steepness(self, fit: Fit, closer: Fit) -> float:
        """Return by how much more complexity a closer fit pays for being closer, as logarithms."""
        nearer = math.log(max(self.rms_m(fit), 1e-6) / max(self.rms_m(closer), 1e-6))
        busier = math.log(max(closer.complexity_1pm2, 1e-9) / max(fit.complexity_1pm2, 1e-9))
        return busier / max(nearer, 1e-6)

    def sided(self, fit: Fit, bounds: KnotBounds) -> KnotBounds:
        """Return bounds that let the line bend to the sides to which it bends now."""
        min_m = _SIGNIFICANT * self.requirements.tolerance_m
        return bounds._replace(side=_sides(fit.chain, min_m))

    def _off_m(self, fit: Fit) -> Array:
        """Return how far the line is beside the points around each knot, noise averaged out."""
        own = np.flatnonzero(self.weights >= 1.0)
        order = own[np.argsort(fit.s_m[own])]
        padded = np.take(fit.offset_m[order], np.arange(-2, len(order) + 2), mode="wrap")
        mean_m = np.abs(np.convolve(padded, np.full(5, 0.2), mode="valid"))
        starts_m = fit.chain.starts_m
        return np.asarray(np.interp(starts_m[:-1], fit.s_m[order], mean_m, period=starts_m[-1]))


def _sparseness(fit: Fit) -> Array:
    """Return how far apart the points are around each element, 0..1 of what is far; less where a
    gap is much longer than others.
    """
    lap_m = fit.chain.starts_m[-1]
    at_m = np.sort(np.mod(fit.s_m, lap_m))
    gaps_m = np.diff(at_m, append=at_m[0] + lap_m)
    far = np.minimum(gaps_m / _FAR_APART_M, 1.0)
    usual = np.minimum(_USUAL * np.median(gaps_m) / np.maximum(gaps_m, 1e-9), 1.0)
    middle_m = fit.chain.starts_m[:-1] + 0.5 * fit.chain.length_m
    sparse: Array = ((far * usual) ** 2)[np.searchsorted(at_m, middle_m, side="right") - 1]
    return sparse


def _change_nearby(chain: Chain) -> Array:
    """Return the largest change of slope within some metres of each knot, 1/m^2."""
    change = np.abs(slope_changes(chain))
    reach = max(1, round(_CHANGE_REACH_M / float(np.median(chain.length_m))))
    rolled = [np.roll(change, shift) for shift in range(-reach, reach + 1)]
    return np.asarray(np.max(rolled, axis=0))


def _sides(chain: Chain, min_m: float) -> Array:
    """Return to which side the chain bends at each knot; a straight goes with the nearest bend.

    min_m: from their chords; bends that stand out less have no side of their own.
    """
    curvature_1pm, lap_m = chain.curvature_1pm, chain.starts_m[-1]
    bend = np.where(np.abs(curvature_1pm) < _BEND_1PM, 0.0, np.sign(curvature_1pm))
    side = np.zeros(len(bend))
    for run in _runs(bend):
        length_m = chain.length_m[run].sum()
        turn_rad = abs((curvature_1pm[run] * chain.length_m[run]).sum())
        if turn_rad * length_m / 8.0 >= min_m:  # of an arc, its height above its chord
            side[run] = bend[run[0]]
    bent = np.flatnonzero(side)
    if len(bent) == 0:
        return side
    at_m = chain.starts_m[:-1]
    after = np.searchsorted(bent, np.arange(len(side))) % len(bent)
    next_m = np.mod(at_m[bent[after]] - at_m, lap_m)
    last_m = np.mod(at_m - at_m[bent[after - 1]], lap_m)
    return np.where(next_m < last_m, side[bent[after]], side[bent[after - 1]])


def _runs(values: Array) -> list[Indices]:
    """Return the indices of the stretches of equal values of a closed row, in order."""
    changes = np.flatnonzero(values != np.roll(values, 1))
    if len(changes) == 0:
        return [np.arange(len(values))]
    ends = np.append(changes[1:], changes[0] + len(values))
    return [np.arange(a, b) % len(values) for a, b in zip(changes, ends, strict=True)]


def _with_few_knots(fit: Fit, task: _FitTask, penalty: float) -> Fit:
    """Return the fit with the knots alone at which the curvature's slope changes.

    Where it changes everywhere by a little, as around an ellipse, these are too few: more are put
    between them as long as the line is farther from the points for want of them.
    """
    at_m, straight = _kinks(fit.chain)
    limit_m = max(task.requirements.tolerance_m, _THINNED * task.rms_m(fit))
    thinned = _thinned(fit, task, penalty, at_m, straight)
    for _ in range(_MORE_KNOTS):
        if task.rms_m(thinned) <= limit_m:
            break
        at_m, straight = _more_knots(at_m, straight, float(fit.chain.starts_m[-1]))
        thinned = _thinned(fit, task, penalty, at_m, straight)
    return thinned


def _thinned(fit: Fit, task: _FitTask, penalty: float, at_m: Array, straight: Mask) -> Fit:
    """Return the fit with knots at given distances along it; straight: those that do not bend."""
    chain = fit.chain
    places = places_at(chain, at_m)
    points_m, heading_rad = points_at(chain, places)
    few = Chain(
        points_m[:, 0],
        points_m[:, 1],
        heading_rad,
        np.where(straight, 0.0, curvature_at(chain, places)),
        np.diff(np.append(at_m, chain.starts_m[-1] + at_m[0])),
        chain.turned_rad,
    )
    bounds = KnotBounds(np.sign(few.curvature_1pm), straight, task.requirements.max_curvature_1pm)
    thinned = task.fit_at(few, fit.s_m - at_m[0])
    for _ in range(_LAST_ROUNDS):
        thinned = task.improved(thinned, penalty, bounds)
    return thinned


def _more_knots(at_m: Array, straight: Mask, lap_m: float) -> tuple[Array, Mask]:
    """Return knots with one more in the middle of each long element that bends."""
    length_m = np.diff(np.append(at_m, at_m[0] + lap_m))
    is_cut = (length_m > _LONG_M) & ~(straight & np.roll(straight, -1))
    middle_m = np.mod(at_m + 0.5 * length_m, lap_m)[is_cut]
    order = np.argsort(both_m := np.concatenate([at_m, middle_m]))
    return both_m[order], np.append(straight, np.zeros(len(middle_m), bool))[order]


def _kinks(chain: Chain) -> tuple[Array, Mask]:
    """Return where along a chain its curvature's slope changes, and whether a straight is there.

    A change between two knots shows at both of them; it is one, between them.
    """
    change = slope_changes(chain)
    sign = np.where(np.abs(change) > _LINEAR_1PM2, np.sign(change), 0.0)
    s_m = chain.starts_m
    at_m, straight = [], []
    for run in _runs(sign):
        if sign[run[0]] == 0.0:
            continue
        for first in range(0, len(run), 2):
            pair = run[first : first + 2]
            along_m = s_m[pair] + np.where(pair < pair[0], s_m[-1], 0.0)
            at_m.append(float(np.average(along_m, weights=np.abs(change[pair]))) % s_m[-1])
            straight.append(bool((np.abs(chain.curvature_1pm[pair]) < _STRAIGHT_1PM).any()))
    if len(at_m) < _MIN_KNOTS:
        at_m = (np.arange(_MIN_KNOTS) * (s_m[-1] / _MIN_KNOTS)).tolist()
        straight = [False] * _MIN_KNOTS
    order = np.argsort(at_m)
    return np.array(at_m)[order], np.array(straight)[order]
