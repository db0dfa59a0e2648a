"""Find the minimum-curvature line of a corridor, shortened a little.

Curvature squared is what a corner costs in speed, and length is what it costs in distance; a long
corner is driven on the inside only because of the second. Each round linearises the curvature of
the line found so far and solves one convex quadratic program with bounds (Heilmeier et al., Vehicle
System Dynamics 58 (2020), minimum curvature; Braghin et al., Computers & Structures 86 (2008), the
mix with length).
"""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import Final

import numpy as np

from game.arrays import Array
from game.bot.bounded_qp import BoundedMinimum, solve_bounded_qp
from game.bot.corridor import Corridor, line_at
from game.bot.cyclic_bands import CyclicTridiagonal
from game.quasi_steady.racing_line import RacingLine, polygon_curvature
from game.trig_arrays import lengths

_MAX_ROUNDS: Final = 6
_CONVERGED_M: Final = 0.01  # a round that moves the line by less is the last
_KEPT_LINES: Final = 6  # a circuit has two
_TIE_BREAK: Final = 1e-9  # keeps straights, where any offset costs nothing, from wandering


def min_curvature_line(corridor: Corridor, length_weight: float) -> RacingLine:
    """Return the line of minimum squared curvature plus `length_weight` (1/m**2) times its
    length.
    """
    columns = [getattr(corridor, field.name).tobytes() for field in dataclasses.fields(corridor)]
    return line_at(corridor, _min_curvature_offsets(tuple(columns), length_weight).copy())


@lru_cache(_KEPT_LINES)
def _min_curvature_offsets(columns: tuple[bytes, ...], length_weight: float) -> Array:
    """Return the offsets of the line through the corridor with these columns, shape (n,).

    They are kept: the search for the fastest line begins with the same ones for every setup.
    """
    corridor = Corridor(*map(np.frombuffer, columns))
    offset_m, best = np.zeros(len(corridor.s_m)), None
    for _ in range(_MAX_ROUNDS):
        before_m = offset_m
        best = _solve_round(corridor, offset_m, length_weight, best)
        offset_m = best.x
        if np.abs(offset_m - before_m).max() < _CONVERGED_M:
            break
    return offset_m


def _solve_round(
    corridor: Corridor, offset_m: Array, length_weight: float, last: BoundedMinimum | None
) -> BoundedMinimum:
    """Return the best offsets for the curvature linearised about `offset_m`.

    last: those of the last round.
    """
    curvature, jacobian = linearised_curvature(corridor, offset_m)
    # Length to second order: half the squared length of each piece over its length.
    difference_x = difference_matrix(corridor.normal_x)
    difference_y = difference_matrix(corridor.normal_y)
    start_x, start_y = _step(corridor.x_m), _step(corridor.y_m)
    piece_m = lengths(start_x, start_y).mean()
    cost = length_weight / (2.0 * piece_m**2)
    squared_length = difference_x.squared().plus(difference_y.squared())
    quadratic = jacobian.squared().plus(squared_length, cost)
    quadratic = quadratic._replace(here=quadratic.here + _TIE_BREAK)
    linear = jacobian.transposed_times(curvature - jacobian @ offset_m) + cost * (
        difference_x.transposed_times(start_x) + difference_y.transposed_times(start_y)
    )
    return solve_bounded_qp(quadratic, linear, corridor.right_m, corridor.left_m, last)


def linearised_curvature(corridor: Corridor, offset_m: Array) -> tuple[Array, CyclicTridiagonal]:
    """Return the curvature at the stations, shape (n,), and its Jacobian by offsets.

    The curvature is the turn from one piece of the line to the next by their mean length.
    """
    x_m = corridor.x_m + offset_m * corridor.normal_x
    y_m = corridor.y_m + offset_m * corridor.normal_y
    step_x, step_y = _step(x_m), _step(y_m)
    length_m = lengths(step_x, step_y)
    along_x, along_y = step_x / length_m, step_y / length_m

    def slopes(normal_x: Array, normal_y: Array) -> tuple[Array, Array]:
        """Return the change of the pieces' length and direction as an end moves along a normal."""
        across = along_x * normal_y - along_y * normal_x
        return along_x * normal_x + along_y * normal_y, across / length_m

    first_m, first_rad = slopes(-corridor.normal_x, -corridor.normal_y)
    second_m, second_rad = slopes(np.roll(corridor.normal_x, -1), np.roll(corridor.normal_y, -1))
    curvature = polygon_curvature(x_m, y_m)
    half = 0.5 * curvature
    mean_m = 0.5 * (length_m + np.roll(length_m, 1))
    before = -np.roll(first_rad + np.roll(half, -1) * first_m, 1)
    here = first_rad - half * first_m - np.roll(second_rad + np.roll(half, -1) * second_m, 1)
    after = second_rad - half * second_m
    return curvature, CyclicTridiagonal(before / mean_m, here / mean_m, after / mean_m)


def difference_matrix(normal: Array) -> CyclicTridiagonal:
    """Return the matrix that gives each piece's change along one axis for a change of offsets."""
    return CyclicTridiagonal(np.zeros_like(normal), -normal, np.roll(normal, -1))


def _step(value: Array) -> Array:
    return np.roll(value, -1) - value
