"""Solve positive definite equations again and again, with other entries in the same places.

QDLDL factorises them (Stellato, Banjac, Goulart, Bemporad and Boyd, Mathematical Programming
Computation 12 (2020)). It calls no BLAS, whose kernels differ with the processor and round
differently: a search that goes by such solutions ends in another line on another machine, and the
bot drives another lap.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from game.arrays import Array, Indices


class SymmetricEquations:
    """Solves equations whose matrix has entries in places that do not change.

    Its factors are those of the last matrix: whoever solves with those of an earlier one is told.
    """

    def __init__(self, first: Indices, second: Indices, order: int) -> None:
        """Take the rows and columns of the entries, on either side of the diagonal, shape (m,).

        order: the number of unknowns.
        """
        upper, lower = np.maximum(first, second), np.minimum(first, second)
        places, self._entry = np.unique(upper * order + lower, return_inverse=True)
        self._rows = places % order
        self._columns = np.searchsorted(places, np.arange(order + 1) * order)
        self._order = order
        self._matrix: Any = None
        self._solver: Any = None
        self._factorised = 0

    def factorise(self, entries: Array) -> Callable[[Array], Array]:
        """Return a function that solves the equations with these entries, shape (m,).

        Entries in one place are added. It takes and returns arrays of shape (order,), and raises
        RuntimeError once other entries have been factorised, ValueError where a solution shows
        that the matrix is not positive definite.
        """
        sums = np.bincount(self._entry, entries, len(self._rows))
        self._update(sums.astype(np.float64, copy=False))
        self._factorised += 1
        own = self._factorised

        def solved(right: Array) -> Array:
            if own != self._factorised:
                raise RuntimeError("other equations have been factorised since")
            solution: Array = self._solver.solve(right)
            if not np.sum(right * solution) >= 0.0:  # of x'A x; also where it is not a number
                raise ValueError("the matrix is not positive definite")
            return solution

        return solved

    def _update(self, entries: Array) -> None:
        try:
            if self._solver is None:
                import qdldl  # loaded here, with scipy.sparse: planning is rare
                from scipy.sparse import csc_matrix

                parts = (entries, self._rows, self._columns)
                self._matrix = csc_matrix(parts, shape=(self._order, self._order))
                self._solver = qdldl.Solver(self._matrix, upper=True)
            else:
                self._matrix.data = entries
                self._solver.update(self._matrix, upper=True)
        except RuntimeError:  # a pivot is 0
            raise ValueError("the matrix is not positive definite") from None
