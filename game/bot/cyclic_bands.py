"""Solve banded equations of a closed lap: a row has entries for its own station and its neighbours.

They are kept as their diagonals, which wrap around, so that products are sums of arrays and
equations are solved in the time that one goes once around.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices

_KEPT_ORDERS: Final = 8  # a circuit has one
_LAPACK: Final = "scipy.linalg._flapack"  # what scipy.linalg.lapack has its functions from


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


class BandedSystems:
    """Solves equations with a positive definite matrix whose diagonal is made larger each time.

    Stations are taken from both sides of the first one in turn, so that those which are near each
    other on the lap are near in this order, also where the lap closes: a band, without corners.
    """

    def __init__(self, matrix: CyclicPentadiagonal) -> None:
        functions = lapack()  # loaded here: planning is rare
        self._factorise: Callable[..., tuple[Array, int]] = functions.dpbtrf
        self._solve: Callable[..., tuple[Array, int]] = functions.dpbtrs
        self._order, below, column = _folded(len(matrix.here))
        self._band = np.zeros((int(below.max()) + 1, len(matrix.here)), order="F")
        for rows, columns, entries in zip(below, column, matrix, strict=True):
            self._band[rows, columns] = entries

    def with_diagonal(self, added: Array) -> Callable[[Array], Array]:
        """Return a function that solves the equations, with this added to the diagonal, for right
        sides of shape (n,).
        """
        band = self._band.copy(order="F")
        band[0, self._order] += added
        factors, fault = self._factorise(band, lower=1, overwrite_ab=1)
        if fault:
            raise ValueError("the matrix is not positive definite")

        def solved(right: Array) -> Array:
            folded = np.empty_like(right)
            folded[self._order] = right
            solution, _fault = self._solve(factors, folded, lower=1, overwrite_b=1)
            return np.asarray(solution[self._order])

        return solved


@cache
def lapack() -> Any:
    """Return scipy's functions of LAPACK, if possible without the rest of scipy.linalg.

    That takes a sixth of a second to load, in every process that paints or plans a circuit.
    """
    if "scipy.linalg" not in sys.modules:
        folders = [f"{folder}/linalg" for folder in importlib.import_module("scipy").__path__]
        spec = PathFinder.find_spec(_LAPACK, folders)
        if spec is not None and spec.loader is not None:
            module = module_from_spec(spec)
            spec.loader.exec_module(module)
            if hasattr(module, "dpbtrf") and hasattr(module, "dpbtrs"):
                return module
    return importlib.import_module("scipy.linalg.lapack")


@lru_cache(_KEPT_ORDERS)
def _folded(count: int) -> tuple[Indices, Indices, Indices]:
    """Return the place of each station in the folded order, and where in the band its entries are.

    The latter are the rows below the diagonal and the columns, each of shape (3, n): of the entries
    for the station itself, the next one and the one after that.
    """
    order = folded_order(count)
    others = np.stack([np.roll(order, -away) for away in range(3)])
    return order, np.abs(others - order), np.minimum(others, order)


def folded_order(count: int) -> Indices:
    """Return the place of each station in an order that takes them from both sides of the first."""
    half = (count + 1) // 2
    order = np.empty(count, np.intp)
    order[:half] = 2 * np.arange(half)
    order[half:] = 2 * (count - 1 - np.arange(half, count)) + 1
    return order
