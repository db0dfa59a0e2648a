"""Minimise a square cost under linear equations and inequalities, with sparse matrices."""

from __future__ import annotations

from typing import Any

import numpy as np

from game.arrays import Array

# A sparse matrix with a right side for each of its rows.
Rows = tuple[Any, Array]


def solve_quadratic_program(
    quadratic: Any,
    linear: Array,
    equal: Rows | None,
    within: Rows,
    tolerance: float | None = None,
) -> Array:
    """Return the x with equal[0] x = equal[1] and within[0] x <= within[1] that costs least.

    The cost is half of x times quadratic times x, and linear times x. tolerance: for one of many
    rounds in place of Clarabel's own, then without its iterative refinement, which takes a third
    of the time and saves no step.
    """
    import clarabel
    from scipy import sparse

    settings = clarabel.DefaultSettings()
    settings.verbose = False
    if tolerance is not None:
        settings.tol_gap_abs = settings.tol_gap_rel = settings.tol_feas = tolerance
        settings.iterative_refinement_enable = False
    blocks, cones = [within], [clarabel.NonnegativeConeT(len(within[1]))]
    if equal is not None:
        blocks.insert(0, equal)
        cones.insert(0, clarabel.ZeroConeT(len(equal[1])))
    solution = clarabel.DefaultSolver(
        sparse.triu(quadratic, format="csc"),
        linear,
        sparse.vstack([rows for rows, _ in blocks], format="csc"),
        np.concatenate([rights for _, rights in blocks]),
        cones,
        settings,
    ).solve()
    return np.asarray(solution.x)
