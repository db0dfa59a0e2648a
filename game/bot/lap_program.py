"""Solve convex quadratic programs of two unknowns at each station of a closed lap.

A predictor-corrector interior-point method (Mehrotra, SIAM Journal on Optimization 2 (1992)). Each
inequality is about a station and the two beside it, so that the equations of a step are sparse, and
are solved in the time that one goes once around.

Most of that time goes into sums over the inequalities, so that they are kept by what can be other
than 0 or 1 in them, and a step's changes are kept as shares of what they change.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.bot.cyclic_bands import CyclicPentadiagonal
from game.bot.symmetric_equations import SymmetricEquations

_KEPT_LAYOUTS: Final = 4  # a circuit has one
_MAX_STEPS: Final = 40  # some fifteen are taken
_SHORT_OF_BOUND: Final = 0.99  # of the way to a bound, at most
_FIRST_ROOM: Final = 1.0  # at least, of an inequality, where the method starts ...
_FIRST_BOUND_ROOM: Final = 0.01  # ... and of a bound
_FIRST_MULTIPLIER: Final = 1e-3
_PAIRS: Final = np.triu_indices(4)  # of the entries of a row ...
_SECOND_SQUARED: Final = 7  # ... and which of them is the second unknown at the station itself


class LapLimits(NamedTuple):
    """Holds inequalities R x <= r: some rows of R, each of which is there at every station.

    A row has four entries: for the first unknown at its station, and for the second at the station
    before, there and at the one after. The first rows have 1 for the first unknown at the station
    after, too, and those behind them have it at the station before.
    """

    rows: Array  # shape (rows, 4, n)
    room: Array  # shape (rows, n)
    with_after: int  # number of rows
    with_before: int


class LapProgram(NamedTuple):
    """Holds what is minimised, x'Qx/2 + q'x, and its limits."""

    quadratic: tuple[CyclicPentadiagonal, CyclicPentadiagonal]  # of each unknown
    linear: Array  # shape (2, n)
    limits: LapLimits
    low: Array  # bounds of the second unknown, shape (n,)
    high: Array


class _Iterate(NamedTuple):
    """Holds the unknowns, (2, n), and each limit's room and multiplier, (limits, n).

    Limits are the rows and, behind them, both bounds. missed: what the room is too large by.
    """

    x: Array
    room: Array
    multiplier: Array
    missed: Array


def solve_lap_program(program: LapProgram, tolerance: float) -> Array:
    """Return the unknowns that minimise the program, shape (2, n).

    tolerance: of the value that is minimised.
    """
    equations = _Equations(program)
    given = np.concatenate([program.limits.room, [program.high, -program.low]])
    first = np.full((len(given), 1), _FIRST_ROOM)
    first[-2:] = _FIRST_BOUND_ROOM
    room = np.maximum(given, first)
    at = _Iterate(np.zeros_like(program.linear), room, _FIRST_MULTIPLIER / room, room - given)
    for _ in range(_MAX_STEPS):
        product = at.room * at.multiplier
        if product.sum() < tolerance and np.abs(at.missed).max() < tolerance:
            break
        at = _stepped(at, equations, product)
    return at.x


def _stepped(at: _Iterate, equations: _Equations, product: Array) -> _Iterate:
    """Return the point after one step: as far as the limits would have it, then corrected.

    The corrected step leads to where room times multiplier is the same for all limits. product:
    what it is now.
    """
    inverse = 1.0 / at.room
    weight = at.multiplier * inverse
    solved = equations.factorised(weight)
    weight *= at.missed
    right = -equations.slope(at.x) - equations.transposed_times(weight)

    def used(x: Array) -> Array:
        """Return the share of each limit's room that a step takes."""
        share = equations.rows_times(x)
        share += at.missed
        share *= inverse
        return share

    room = used(solved(right))  # to where each product is 0: a multiplier keeps the same share
    length = min(1.0, 1.0 / max(float(room.max()), 1.0 - float(room.min())))
    second = 1.0 - room  # of the products' change with the length, by its square
    second *= room
    second *= product
    gap = float(product.sum())
    after = (1.0 - length) * gap + length * length * float(second.sum())
    share = after / gap
    wanted = np.subtract(gap / product.size * share * share * share, second, out=second)
    wanted *= inverse
    x = solved(right - equations.transposed_times(wanted))
    room = used(x)
    wanted /= at.multiplier
    multiplier = np.subtract(1.0 - room, wanted, out=wanted)  # share that the step takes of it
    length = _SHORT_OF_BOUND / max(float(room.max()), float(multiplier.max()), _SHORT_OF_BOUND)
    room *= -length
    room += 1.0
    multiplier *= -length
    multiplier += 1.0
    room *= at.room
    multiplier *= at.multiplier
    return _Iterate(at.x + length * x, room, multiplier, (1.0 - length) * at.missed)


class _Equations:
    """Solves the equations of a program's steps, with weights on its limits."""

    def __init__(self, program: LapProgram) -> None:
        count = program.linear.shape[1]
        self._program = program
        self._equations = _equations(count)
        rows, _, after, before = program.limits
        self._rows = rows
        self._with_after, self._with_before = slice(after), slice(after, after + before)
        first, second = _PAIRS
        self._products = rows[:, first] * rows[:, second]

    def rows_times(self, x: Array) -> Array:
        """Return the product of the limits' rows with the unknowns, shape (limits, n)."""
        around = np.concatenate([x[:, -1:], x, x[:, :1]], axis=1)
        first, second = around
        own = np.array([x[0], second[:-2], x[1], second[2:]])
        product = np.empty((len(self._rows) + 2, x.shape[1]))
        np.einsum("rkn,kn->rn", self._rows, own, out=product[:-2])
        product[self._with_after] += first[2:]
        product[self._with_before] += first[:-2]
        product[-2], product[-1] = x[1], -x[1]
        return product

    def transposed_times(self, weights: Array) -> Array:
        """Return the product of the transposed rows with a number for each, shape (2, n)."""
        count = weights.shape[1]
        own = np.einsum("rkn,rn->kn", self._rows, weights[:-2])
        around = np.zeros((2, count + 2))
        first, second = around
        first[1:-1], second[1:-1] = own[0], own[2]
        first[2:] += weights[self._with_after].sum(axis=0)
        first[:-2] += weights[self._with_before].sum(axis=0)
        second[:-2] += own[1]
        second[2:] += own[3]
        second[1:-1] += weights[-2] - weights[-1]
        around[:, 1] += around[:, -1]
        around[:, -2] += around[:, 0]
        product: Array = around[:, 1:-1]
        return product

    def slope(self, x: Array) -> Array:
        """Return the slope of what is minimised, shape (2, n)."""
        parts = zip(self._program.quadratic, x, strict=True)
        curved: Array = np.array([part @ each for part, each in parts])
        return self._program.linear + curved

    def factorised(self, weights: Array) -> Callable[[Array], Array]:
        """Return a function that solves equations with these weights on the squared rows.

        weights: shape (limits, n). The function takes and returns arrays of shape (2, n).
        """
        squared = np.einsum("rpn,rn->pn", self._products, weights[:-2])
        squared[_SECOND_SQUARED] += weights[-2] + weights[-1]
        parts = [entry for part in self._program.quadratic for entry in part] + [*squared]
        for those in (self._with_after, self._with_before):
            parts += [weights[those].sum(axis=0)]
            parts += [*np.einsum("rkn,rn->kn", self._rows[those], weights[those])]
        solved = self._equations.factorise(np.concatenate(parts))
        return lambda right: solved(right.T.ravel()).reshape(-1, 2).T


@lru_cache(_KEPT_LAYOUTS)
def _equations(count: int) -> SymmetricEquations:
    """Return the equations of a lap with so many stations, made ready once.

    Their entries are those of both quadratic parts, of each two entries of a row, and of 1 with
    itself and with the entries of a row that has it: first where that is for the station after.
    """
    place = 2 * np.arange(count) + np.array([[0], [1]])
    first, second = place
    around = np.array([first, np.roll(second, 1), second, np.roll(second, -1)])
    pairs = [(one, np.roll(one, -away)) for one in place for away in range(3)]
    pairs += [(around[one], around[other]) for one, other in zip(*_PAIRS, strict=True)]
    for beside in (np.roll(first, -1), np.roll(first, 1)):
        pairs += [(beside, beside), *((beside, each) for each in around)]
    rows, columns = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return SymmetricEquations(rows, columns, 2 * count)
