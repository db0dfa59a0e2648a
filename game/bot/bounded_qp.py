"""Solve convex quadratic programs around a closed lap, with bounds on each variable.

One after the other they have nearly the same variables at their bounds. A primal-dual active-set
method (Hintermüller, Ito and Kunisch, SIAM Journal on Optimization 13 (2002)) that begins with
those of the last solution finds the next one, exactly, by solving equations two or three times.
Where it goes in circles, a predictor-corrector interior-point method (Mehrotra, SIAM Journal on
Optimization 2 (1992)), which takes some twenty steps, leads near the solution.

A general solver takes four times as long as the latter: it does not know that bounds need no
equations of their own, nor that the matrix is a band.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Mask
from game.bot.cyclic_bands import CyclicEquations, CyclicPentadiagonal

_TOLERANCE: Final = 1e-9  # of the value that is minimised, as a share of it
_NOTHING: Final = 1e-13  # of the value; rounding makes as much
_MAX_STEPS: Final = 60  # some nineteen are taken
_SHORT_OF_BOUND: Final = 0.995  # of the way to a bound, at most
_NEAR: Final = 1e-4  # share of the value, from which on it is known what is at its bounds
_MAX_ROUNDS: Final = 12  # of the active-set method; it rarely needs more and ends
_HELD: Final = 1e9  # times the largest entry: what holds a variable at its bound


class BoundedMinimum(NamedTuple):
    """Holds a solution, and which of its variables are at their bounds; arrays of (n,)."""

    x: Array
    at_low: Mask
    at_high: Mask


class _BoundedProgram(NamedTuple):
    """Holds what is to be minimised, x'Qx/2 + q'x, and the bounds of x; arrays of (n,)."""

    quadratic: CyclicPentadiagonal
    equations: CyclicEquations
    linear: Array
    low: Array
    high: Array


class _Point(NamedTuple):
    """Holds a place between the bounds and the multipliers of both, or a step; arrays of (n,)."""

    x: Array
    low_multiplier: Array
    high_multiplier: Array


def solve_bounded_qp(
    quadratic: CyclicPentadiagonal,
    linear: Array,
    low: Array,
    high: Array,
    similar: BoundedMinimum | None = None,
) -> BoundedMinimum:
    """Return the x in low..high that minimises x'Qx/2 + q'x, shape (n,).

    Q has to be positive definite, and each low below its high.
    similar: the solution of a similar program, to begin with.
    """
    program = _BoundedProgram(quadratic, CyclicEquations(quadratic), linear, low, high)
    found = similar and _by_active_set(program, similar.at_low, similar.at_high)
    return found or _by_interior_point(program)


def _by_active_set(program: _BoundedProgram, at_low: Mask, at_high: Mask) -> BoundedMinimum | None:
    """Return the solution, where these variables are at first held at their bounds; None if it is
    not found.

    Those that would leave their bounds inwards are released and those beyond them held, until there
    are none of either.
    """
    quadratic, equations, linear, low, high = program
    hold = _HELD * float(quadratic.here.max())
    for _ in range(_MAX_ROUNDS):
        held = at_low | at_high
        bound = np.where(at_low, low, high)
        added = np.where(held, hold, 0.0)
        x = np.where(held, bound, equations.with_diagonal(added)(added * bound - linear))
        slope = quadratic @ x + linear
        then_low = np.where(at_low, slope > 0.0, x < low)
        then_high = np.where(at_high, slope < 0.0, x > high)
        if (then_low == at_low).all() and (then_high == at_high).all():
            return BoundedMinimum(x, at_low, at_high)
        at_low, at_high = then_low, then_high
    return None


def _by_interior_point(program: _BoundedProgram) -> BoundedMinimum:
    """Return the solution, found from the middle between the bounds.

    Near it, the active-set method is tried for what is left.
    """
    quadratic, equations, linear, low, high = program
    x = 0.5 * (low + high)
    slope = quadratic @ x + linear
    # Multipliers that balance the slope from the first step on, as they do after each.
    multiplier = np.mean(np.abs(slope) * (x - low)) / (x - low) + _NOTHING
    at = _Point(x, multiplier + np.maximum(slope, 0.0), multiplier + np.maximum(-slope, 0.0))
    is_tried = False
    for _ in range(_MAX_STEPS):
        slope = quadratic @ at.x + linear
        above, below = at.x - low, high - at.x
        value = abs(0.5 * float(np.sum(at.x * (slope + linear))))
        gap = np.sum(at.low_multiplier * above + at.high_multiplier * below)
        if gap <= max(_TOLERANCE * value, _NOTHING):
            break
        if gap <= _NEAR * value and not is_tried:
            found = _by_active_set(program, *_at_bounds(program, at))
            if found is not None:
                return found
            is_tried = True
        at = _stepped(at, equations, slope, above, below)
    return BoundedMinimum(np.clip(at.x, low, high), *_at_bounds(program, at))


def _at_bounds(program: _BoundedProgram, at: _Point) -> tuple[Mask, Mask]:
    """Return what seems to be at its low and its high bound, from a place near the solution."""
    stiffness = program.quadratic.here
    at_low = at.low_multiplier > stiffness * (at.x - program.low)
    return at_low, (at.high_multiplier > stiffness * (program.high - at.x)) & ~at_low


def _stepped(
    at: _Point, equations: CyclicEquations, slope: Array, above: Array, below: Array
) -> _Point:
    """Return the point after one step: as far as the bounds would have it, then corrected."""
    solved = equations.with_diagonal(at.low_multiplier / above + at.high_multiplier / below)

    def step(low_target: Array | float, high_target: Array | float) -> _Point:
        x = solved(low_target / above - high_target / below - slope)
        return _Point(
            x,
            (low_target - at.low_multiplier * x) / above - at.low_multiplier,
            (high_target + at.high_multiplier * x) / below - at.high_multiplier,
        )

    plain = step(0.0, 0.0)
    length = _length(at, plain, above, below, 1.0)
    after = (at.low_multiplier + length * plain.low_multiplier) * (above + length * plain.x)
    after += (at.high_multiplier + length * plain.high_multiplier) * (below - length * plain.x)
    count = 2.0 * len(above)
    mean = float(np.sum(at.low_multiplier * above + at.high_multiplier * below)) / count
    share = float(np.sum(after)) / count / mean
    centred = mean * share * share * share
    better = step(
        centred - plain.x * plain.low_multiplier,
        centred + plain.x * plain.high_multiplier,
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
            (at.low_multiplier, step.low_multiplier),
            (at.high_multiplier, step.high_multiplier),
        )
    )
    return min(1.0, share / fastest) if fastest > 0.0 else 1.0
