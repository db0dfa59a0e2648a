"""Fit a chain near another one that lies near the points and bends simply, by one round.

The points' distances from the chain are weighed against how often its curvature's slope changes
(the trend filter of Kim, Koh, Boyd and Gorinevsky, SIAM Review 51 (2009), whose solutions consist
of straights, arcs and clothoids of themselves), against the sum of its turning to either side,
which a corner has anyway, but a ripple adds to, and against its length: the other two let a corner
between two far points bulge as far as it likes. Knots move across the chain; poses and curvatures
from knot to knot are linearised, so that the round is one convex quadratic program.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices, Mask
from game.quadratic_program import solve_quadratic_program
from game.track.importing.chain import (
    Chain,
    offsets_m,
    places_at,
    rotated,
    span,
    span_at,
)

_CURVATURE_UNIT: Final = 0.01  # 1/m, so that the unknowns are near 1
_SLOPE_UNIT: Final = 0.001  # 1/m^2
_TIE_BREAK: Final = 1e-7  # between chains that are equally good where there are no points
_SOLVED: Final = 1e-6  # of the cost and the constraints; finer makes no line better
_MAX_TURN_RAD: Final = 0.4  # of a knot in one round: farther, what was linearised does not hold
# The unknowns of each knot, in blocks, in these units.
_ACROSS, _TURN, _CURVATURE, _LONGER, _SLOPE_CHANGE, _BEND = range(6)
_UNITS: Final = (1.0, 1.0, _CURVATURE_UNIT, 1.0, _SLOPE_UNIT, _CURVATURE_UNIT)

MatrixEntry = tuple[int, Indices, Array]  # a block of unknowns, the knots, and a factor in each row


class Weights(NamedTuple):
    """Holds the weight of each point, (m,), and the penalties at each knot, (n,)."""

    points: Array  # 1 for a point of the file, less for a guide
    slope_change: Array  # m^2 per 1/m^2
    turning: Array  # m^2 per radian
    length: Array  # m^2 per metre, of the element that begins there


class KnotBounds(NamedTuple):
    """Holds the curvatures that knots may have, shape (n,)."""

    side: Array  # to which they bend: 1 left, -1 right, 0 either, and for those that do not
    straight: Mask  # those that do not bend
    max_curvature_1pm: float


def improved(
    chain: Chain, points_m: Array, s_m: Array, weights: Weights, bounds: KnotBounds
) -> Chain:
    """Return the best chain of the same knots, linearised about this one.

    s_m: where along the lap each of the points lies.
    """
    from scipy import sparse

    count = len(chain.x_m)
    moved = _distance_rows(chain, s_m)
    weight = weights.points / len(points_m)
    quadratic = moved.T @ sparse.diags(weight) @ moved + _TIE_BREAK * sparse.identity(6 * count)
    linear = -(moved.T @ (weight * offsets_m(chain, points_m, s_m)))
    linear[_LONGER * count : _SLOPE_CHANGE * count] += weights.length
    linear[_SLOPE_CHANGE * count : _BEND * count] += weights.slope_change * _SLOPE_UNIT
    reach_m = 0.5 * (chain.length_m + np.roll(chain.length_m, 1))
    # A knot whose side is known turns by its curvature; the size of another is an unknown.
    turning = weights.turning * reach_m * _CURVATURE_UNIT
    linear[_BEND * count :] += np.where(bounds.side == 0.0, turning, 0.0)
    linear[_CURVATURE * count : _LONGER * count] += bounds.side * turning
    equal, within = _joints(chain, bounds.straight), _limits(chain, bounds)
    step = solve_quadratic_program(quadratic, linear, equal, within, _SOLVED).reshape(6, count)
    step *= min(1.0, _MAX_TURN_RAD / max(float(np.abs(step[_TURN]).max()), 1e-9))
    across_m, turn_rad, bend, longer_m = step[:_SLOPE_CHANGE]
    return dataclasses.replace(
        chain,
        x_m=chain.x_m - across_m * np.sin(chain.heading_rad),
        y_m=chain.y_m + across_m * np.cos(chain.heading_rad),
        heading_rad=chain.heading_rad + turn_rad,
        curvature_1pm=chain.curvature_1pm + bend * _CURVATURE_UNIT,
        length_m=np.clip(chain.length_m + longer_m, 0.5 * chain.length_m, 2.0 * chain.length_m),
    )


def slope_changes(chain: Chain) -> Array:
    """Return by how much the slope of the curvature changes at each knot, 1/m^2."""
    slope = (chain.next_curvature_1pm - chain.curvature_1pm) / chain.length_m
    changes: Array = slope - np.roll(slope, 1)
    return changes


def _distance_rows(chain: Chain, s_m: Array) -> Any:
    """Return how the places at distances along the chain move to the left, by the unknowns."""
    count, places = len(chain.x_m), places_at(chain, s_m)
    at, ahead = places.element, span_at(chain, places)
    # All in the frame of the knot before the place.
    sin, cos = np.sin(ahead.turn_rad), np.cos(ahead.turn_rad)

    def left(vectors: Array) -> Array:
        return np.asarray(vectors[:, 1] * cos - vectors[:, 0] * sin)

    moved = [
        (_ACROSS, at, cos),
        (_TURN, at, left(_turned_left(ahead.chord_m))),
        (_CURVATURE, at, left(ahead.by_start_curvature)),
        (_CURVATURE, (at + 1) % count, left(ahead.by_end_curvature)),
        (_LONGER, at, left(ahead.by_length)),
    ]
    return _matrix(count, [moved])


def _joints(chain: Chain, straight: Mask) -> tuple[Any, Array]:
    """Return the equations by which each element ends where the next one begins."""
    count = len(chain.x_m)
    here = np.arange(count)
    there = (here + 1) % count
    whole = span(chain.curvature_1pm, chain.next_curvature_1pm, chain.length_m, np.ones(count))
    next_heading_rad = np.append(chain.heading_rad[1:], chain.heading_rad[0] + chain.turned_rad)
    step_m = np.column_stack(
        [np.roll(chain.x_m, -1) - chain.x_m, np.roll(chain.y_m, -1) - chain.y_m]
    )
    gap_m = rotated(step_m, -chain.heading_rad) - whole.chord_m
    gap_rad = next_heading_rad - chain.heading_rad - whole.turn_rad
    turn_rad = next_heading_rad - chain.heading_rad
    turned = _turned_left(whole.chord_m)
    axes = [
        [
            (_TURN, here, turned[:, axis]),
            (_CURVATURE, here, whole.by_start_curvature[:, axis]),
            (_CURVATURE, there, whole.by_end_curvature[:, axis]),
            (_LONGER, here, whole.by_length[:, axis]),
            (_ACROSS, here, np.full(count, float(axis))),
            (_ACROSS, there, np.sin(turn_rad) if axis == 0 else -np.cos(turn_rad)),
        ]
        for axis in (0, 1)
    ]
    heading = [
        (_TURN, here, np.ones(count)),
        (_TURN, there, -np.ones(count)),
        (_CURVATURE, here, whole.turn_by_start_curvature),
        (_CURVATURE, there, whole.turn_by_end_curvature),
        (_LONGER, here, whole.turn_by_length),
    ]
    kept = np.flatnonzero(straight)
    unbent = [(_CURVATURE, kept, np.ones(len(kept)))]
    return (
        _matrix(count, [*axes, heading, unbent]),
        np.concatenate([gap_m[:, 0], gap_m[:, 1], gap_rad, -chain.curvature_1pm[kept]]),
    )


def _limits(chain: Chain, bounds: KnotBounds) -> tuple[Any, Array]:
    """Return the inequalities by which the last two blocks are sizes, and the bounds are kept."""
    count = len(chain.x_m)
    here = np.arange(count)
    before, after = (here - 1) % count, (here + 1) % count
    per_after = 1.0 / (chain.length_m * _SLOPE_UNIT)
    per_before = np.roll(per_after, 1)
    is_sided = bounds.side != 0.0
    free, sided = np.flatnonzero(~is_sided), np.flatnonzero(is_sided)
    side, bends_1pm = bounds.side[sided], (bounds.side * chain.curvature_1pm)[sided]
    one = np.full(len(free), 1.0 / _CURVATURE_UNIT)
    groups, rights = [], []
    for sign, max_1pm in ((1.0, bounds.max_curvature_1pm), (-1.0, 0.0)):
        changed = [
            (_CURVATURE, before, sign * per_before),
            (_CURVATURE, here, -sign * (per_before + per_after)),
            (_CURVATURE, after, sign * per_after),
            (_SLOPE_CHANGE, here, np.full(count, -1.0 / _SLOPE_UNIT)),
        ]
        bent = [(_CURVATURE, free, sign * one), (_BEND, free, -one)]
        kept = [(_CURVATURE, sided, sign * side / _CURVATURE_UNIT)]
        groups += [changed, bent, kept]
        rights += [
            -sign * slope_changes(chain) / _SLOPE_UNIT,
            -sign * chain.curvature_1pm[free] / _CURVATURE_UNIT,
            (max_1pm - sign * bends_1pm) / _CURVATURE_UNIT,
        ]
    groups.append([(_BEND, free, one)])
    rights.append(np.full(len(free), bounds.max_curvature_1pm / _CURVATURE_UNIT))
    return _matrix(count, groups), np.concatenate(rights)


def _matrix(count: int, groups: Sequence[Sequence[MatrixEntry]]) -> Any:
    """Return a sparse matrix of groups of rows, in the units of the unknowns.

    A group has its entries in each of its rows.
    """
    from scipy import sparse

    rows: list[Indices] = []
    columns: list[Indices] = []
    values: list[Array] = []
    height = 0
    for entries in groups:
        here = np.arange(height, height + len(entries[0][1]))
        height += len(here)
        for block, knots, factor in entries:
            rows.append(here)
            columns.append(block * count + knots)
            values.append(_UNITS[block] * factor)
    places = (np.concatenate(rows), np.concatenate(columns))
    shape = (height, len(_UNITS) * count)
    return sparse.csc_matrix((np.concatenate(values), places), shape=shape)


def _turned_left(vectors: Array) -> Array:
    return np.column_stack([-vectors[:, 1], vectors[:, 0]])
