"""Solve banded equations of a closed lap: a row has entries for its own station and its neighbours.

They are kept as their diagonals, which wrap around, so that products are sums of arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.bot.symmetric_equations import SymmetricEquations

_KEPT_ORDERS: Final = 8  # a circuit has one


class CyclicTridiagonal(NamedTuple):
    """Holds a matrix, (n, n), whose row i has entries for i - 1, i and i + 1; arrays of (n,)."""

    before: Array
    here: Array
    after: Array

    def __matmul__(self, vector: Array) -> Array:
        """Return the product with a vector, shape (n,)."""
        return (
            self.before * np.roll(vector, 1) + self.here * vector + self.after * np.roll(vector, -1)
        )

    def transposed_times(self, vector: Array) -> Array:
        """Return the product of the transposed matrix with a vector, shape (n,)."""
        return (
            np.roll(self.after * vector, 1) + self.here * vector + np.roll(self.before * vector, -1)
        )

    def squared(self) -> CyclicPentadiagonal:
        """Return the product of the transposed matrix with the matrix."""
        following = np.roll(self.before, -1)
        return CyclicPentadiagonal(
            self.here**2 + np.roll(self.after, 1) ** 2 + following**2,
            self.here * self.after + following * np.roll(self.here, -1),
            following * np.roll(self.after, -1),
        )


class CyclicPentadiagonal(NamedTuple):
    """Holds a symmetric matrix, (n, n): its entries [i, i], [i, i + 1] and [i, i + 2], of (n,)."""

    here: Array
    after: Array
    second: Array

    def __matmul__(self, vector: Array) -> Array:
        """Return the product with a vector, shape (n,)."""
        product: Array = self.here * vector
        around = np.concatenate([vector, vector[:2]])
        for away, entries in ((1, self.after), (2, self.second)):
            product += entries * around[away : away + len(vector)]
            mirrored = entries * vector
            product[away:] += mirrored[:-away]
            product[:away] += mirrored[-away:]
        return product

    def plus(self, other: CyclicPentadiagonal, times: float = 1.0) -> CyclicPentadiagonal:
        """Return the sum of the matrix and so many times another one."""
        return CyclicPentadiagonal(
            *(own + times * added for own, added in zip(self, other, strict=True))
        )

    def times(self, factor: float) -> CyclicPentadiagonal:
        """Return the matrix times a factor."""
        return CyclicPentadiagonal(*(factor * entries for entries in self))


class CyclicEquations:
    """Solves equations with a positive definite matrix whose diagonal is made larger each time."""

    def __init__(self, matrix: CyclicPentadiagonal) -> None:
        self._entries = np.concatenate(matrix)
        self._equations = _equations(len(matrix.here))

    def with_diagonal(self, added: Array) -> Callable[[Array], Array]:
        """Return a function that solves the equations, with this added to the diagonal, for right
        sides of shape (n,).

        It does so until other equations of this order are prepared, and raises RuntimeError then,
        and ValueError where a solution shows that the matrix is not positive definite.
        """
        entries = self._entries.copy()
        entries[: len(added)] += added
        return self._equations.factorise(entries)


@lru_cache(_KEPT_ORDERS)
def _equations(count: int) -> SymmetricEquations:
    """Return the equations of a lap with so many stations, made ready once."""
    station = np.arange(count)
    others = [np.roll(station, -away) for away in range(3)]
    return SymmetricEquations(np.tile(station, 3), np.concatenate(others), count)
