"""Solve a convex quadratic program around a closed lap, with bounds on each variable.

A predictor-corrector interior-point method (Mehrotra, SIAM Journal on Optimization 2 (1992)). A
general solver takes four times as long: it does not know that bounds need no equations of their
own, nor that the matrix is a band.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.bot.cyclic_bands import BandedSystems, CyclicPentadiagonal

_TOLERANCE: Final = 1e-9  # of the value that is minimised, as a share of it
_NOTHING: Final = 1e-13  # of the value; rounding makes as much
_MAX_STEPS: Final = 60  # some sixteen are taken
_SHORT_OF_BOUND: Final = 0.995  # of the way to a bound, at most


class _Point(NamedTuple):
    """Holds a place between the bounds and the prices of both, or a step; arrays of (n,)."""

    x: Array
    low_price: Array
    high_price: Array


def solve_bounded_qp(
    quadratic: CyclicPentadiagonal, linear: Array, low: Array, high: Array
) -> Array:
    """Return the x in low..high that minimises x'Qx/2 + q'x, shape (n,).

    Q has to be positive definite, and each low below its high.
    """
    systems = BandedSystems(quadratic)
    x = 0.5 * (low + high)
    slope = quadratic @ x + linear
    # Prices that balance the slope from the first step on, as they do after each.
    price = np.mean(np.abs(slope) * (x - low)) / (x - low) + _NOTHING
    at = _Point(x, price + np.maximum(slope, 0.0), price + np.maximum(-slope, 0.0))
    for _ in range(_MAX_STEPS):
        slope = quadratic @ at.x + linear
        above, below = at.x - low, high - at.x
        value = 0.5 * float(np.sum(at.x * (slope + linear)))
        gap = np.sum(at.low_price * above + at.high_price * below)
        if gap <= max(_TOLERANCE * abs(value), _NOTHING):
            break
        at = _stepped(at, systems, slope, above, below)
    return np.clip(at.x, low, high)


def _stepped(
    at: _Point, systems: BandedSystems, slope: Array, above: Array, below: Array
) -> _Point:
    """Return the point after one step: as far as the bounds would have it, then corrected."""
    solved = systems.with_diagonal(at.low_price / above + at.high_price / below)

    def step(low_target: Array | float, high_target: Array | float) -> _Point:
        x = solved(low_target / above - high_target / below - slope)
        return _Point(
            x,
            (low_target - at.low_price * x) / above - at.low_price,
            (high_target + at.high_price * x) / below - at.high_price,
        )

    plain = step(0.0, 0.0)
    length = _length(at, plain, above, below, 1.0)
    after = (at.low_price + length * plain.low_price) * (above + length * plain.x)
    after += (at.high_price + length * plain.high_price) * (below - length * plain.x)
    count = 2.0 * len(above)
    mean = float(np.sum(at.low_price * above + at.high_price * below)) / count
    centred = mean * (float(np.sum(after)) / count / mean) ** 3
    better = step(
        centred - plain.x * plain.low_price,
        centred + plain.x * plain.high_price,
    )
    length = _length(at, better, above, below, _SHORT_OF_BOUND)
    return _Point(*(own + length * change for own, change in zip(at, better, strict=True)))


def _length(at: _Point, step: _Point, above: Array, below: Array, share: float) -> float:
    """Return how much of a step can be taken, at most 1, so that nothing becomes negative."""
    fastest = max(
        float(np.max(-change / own))
        for own, change in (
            (above, step.x),
            (below, -step.x),
            (at.low_price, step.low_price),
            (at.high_price, step.high_price),
        )
    )
    return min(1.0, share / fastest) if fastest > 0.0 else 1.0
