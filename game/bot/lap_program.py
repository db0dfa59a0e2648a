"""Solve convex quadratic programs of two unknowns at each station of a closed lap.

A predictor-corrector interior-point method (Mehrotra, SIAM Journal on Optimization 2 (1992)). Each
inequality is about a station and the two beside it, so that the equations of a step are sparse, and
are solved in the time that one goes once around.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices
from game.bot.cyclic_bands import CyclicPentadiagonal
from game.bot.symmetric_equations import SymmetricEquations

_KEPT_LAYOUTS: Final = 4  # a circuit has one
_MAX_STEPS: Final = 40  # some fifteen are taken
_SHORT_OF_BOUND: Final = 0.99  # of the way to a bound, at most
_FIRST_ROOM: Final = 0.1  # at least, of an inequality, where the method starts
_FIRST_MULTIPLIER: Final = 1e-3
_PAIRS: Final = np.triu_indices(6)  # of the unknowns that an inequality is about


class LapProgram(NamedTuple):
    """Holds what is minimised, x'Qx/2 + q'x, and inequalities R x <= r around the lap.

    A row of R has six entries at each station: for the first unknown at the station before, this
    one and the one after, and the same for the second.
    """

    quadratic: tuple[CyclicPentadiagonal, CyclicPentadiagonal]  # of each unknown
    linear: Array  # shape (2, n)
    rows: Array  # shape (rows, 6, n)
    room: Array  # shape (rows, n)


class _Layout(NamedTuple):
    """Says where unknowns stand in the equations, and has these ready for a lap."""

    place: Indices  # of each unknown, (2, n)
    around: Indices  # of the six unknowns that the rows of a station are about, (6, n)
    # Entries: of both quadratic parts, then of each two of those six unknowns.
    equations: SymmetricEquations


class _Iterate(NamedTuple):
    """Holds the unknowns, (2 * n,), and each row's room and multiplier, (rows, n); or a step."""

    x: Array
    room: Array
    multiplier: Array


def solve_lap_program(program: LapProgram, tolerance: float) -> Array:
    """Return the unknowns that minimise the program, shape (2, n).

    tolerance: of the value that is minimised.
    """
    layout = _layout(program.linear.shape[1])
    equations = _Equations(program, layout)
    room = np.maximum(program.room, _FIRST_ROOM)
    at = _Iterate(np.zeros(program.linear.size), room, _FIRST_MULTIPLIER / room)
    for _ in range(_MAX_STEPS):
        gap = float((at.room * at.multiplier).sum())
        missed = equations.rows_times(at.x) + at.room - program.room
        if gap < tolerance and np.abs(missed).max() < tolerance:
            break
        at = _stepped(at, equations, missed)
    return at.x[layout.place]


def _stepped(at: _Iterate, equations: _Equations, missed: Array) -> _Iterate:
    """Return the point after one step: as far as the inequalities would have it, then corrected."""
    solved = equations.factorised(at.multiplier / at.room)
    slope = equations.slope(at.x, at.multiplier)

    def step(product: Array) -> _Iterate:
        """Return the step to the solution in which room times multiplier is this."""
        wanted = (product + at.multiplier * missed) / at.room - at.multiplier
        x = solved(-slope - equations.transposed_times(wanted))
        room = -missed - equations.rows_times(x)
        return _Iterate(x, room, (product - at.multiplier * room) / at.room - at.multiplier)

    plain = step(np.zeros_like(at.room))
    length = _length(at, plain, 1.0)
    product = at.room * at.multiplier
    after = (at.room + length * plain.room) * (at.multiplier + length * plain.multiplier)
    share = float(after.mean() / product.mean())
    centred = float(product.mean()) * share * share * share
    better = step(centred - plain.room * plain.multiplier)
    length = _length(at, better, _SHORT_OF_BOUND)
    return _Iterate(*(own + length * change for own, change in zip(at, better, strict=True)))


def _length(at: _Iterate, step: _Iterate, share: float) -> float:
    """Return how much of a step can be taken, at most 1, so that nothing becomes negative."""
    fastest = max(
        float(np.max(-step.room / at.room)), float(np.max(-step.multiplier / at.multiplier)), share
    )
    return share / fastest


class _Equations:
    """Solves the equations of a program's steps, with weights on its inequalities."""

    def __init__(self, program: LapProgram, layout: _Layout) -> None:
        self._layout = layout
        self._rows = program.rows
        self._quadratic = program.quadratic
        self._linear = np.empty(program.linear.size)
        self._linear[layout.place] = program.linear
        first, second = _PAIRS
        self._products = program.rows[:, first] * program.rows[:, second]

    def rows_times(self, x: Array) -> Array:
        """Return the product of the rows with the unknowns, shape (rows, n)."""
        product: Array = np.einsum("rkn,kn->rn", self._rows, x[self._layout.around])
        return product

    def transposed_times(self, weights: Array) -> Array:
        """Return the product of the transposed rows with a number for each, shape (2 * n,)."""
        found = np.einsum("rkn,rn->kn", self._rows, weights)
        places, count = self._layout.around.ravel(), self._linear.size
        return np.bincount(places, found.ravel(), count).astype(np.float64, copy=False)

    def slope(self, x: Array, multiplier: Array) -> Array:
        """Return the slope of what is minimised with the inequalities, so multiplied."""
        slope = self._linear + self.transposed_times(multiplier)
        for place, part in zip(self._layout.place, self._quadratic, strict=True):
            slope[place] += part @ x[place]
        return slope

    def factorised(self, weights: Array) -> Callable[[Array], Array]:
        """Return a function that solves equations with these weights on the squared rows.

        weights: shape (rows, n). The function takes and returns arrays of shape (2 * n,).
        """
        squared = np.einsum("rpn,rn->pn", self._products, weights)
        entries = [entry for part in self._quadratic for entry in part]
        return self._layout.equations.factorise(np.concatenate([*entries, squared.ravel()]))


@lru_cache(_KEPT_LAYOUTS)
def _layout(count: int) -> _Layout:
    place = 2 * np.arange(count) + np.array([[0], [1]])
    around = np.concatenate([[np.roll(one, away) for away in (1, 0, -1)] for one in place])
    beside = [(one, np.roll(one, -away)) for one in place for away in range(3)]
    pairs = [(around[first], around[second]) for first, second in zip(*_PAIRS, strict=True)]
    first, second = (np.concatenate(side) for side in zip(*beside, *pairs, strict=True))
    return _Layout(place, around, SymmetricEquations(first, second, 2 * count))
