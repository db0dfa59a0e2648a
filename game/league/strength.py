"""Estimate how strong bots are from the orders in which they finished, with how sure that is.

The model is that of Plackett and Luce: the winner is drawn with a chance that grows with strength,
then the second among the rest, and so on, so that a race of eight counts once. Its pairs counted
one by one, as Elo does after a game of two, would make the spread too small, and the result would
depend on the order of the races. Strengths are those that are most likely, with a weak belief
beforehand that they are a few hundred points apart: a bot that always wins would else be infinitely
strong. The spread is that of the normal distribution around the maximum (Laplace). SciPy finds the
maximum; choix, which does so as well, knows no spread.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from scipy.optimize import minimize

from game.arrays import Array

MEAN_STRENGTH: Final = 1500.0  # of all bots of a league
_POINTS: Final = 400.0 / math.log(10.0)  # of Elo's scale: 400 points more win ten times as often
_BELIEVED_SPREAD: Final = 400.0 / _POINTS  # of strengths, before a race is driven; estimate


class Strength(NamedTuple):
    """Holds the strength of a bot on Elo's scale, and the standard deviation of what is known."""

    points: float
    spread: float


def strengths(count: int, orders: Sequence[Sequence[int]]) -> list[Strength]:
    """Return the strengths of so many bots, by their numbers.

    orders: of each race, whoever was in it, the winner first.
    """
    races = [np.array(order, int) for order in orders if len(order) > 1]
    found = minimize(
        _cost, np.zeros(count), args=(races,), jac=_gradient, hess=_hessian, method="trust-exact"
    )
    centred = np.eye(count) - 1.0 / count  # only differences can be known
    variances = np.diag(centred @ np.linalg.inv(_hessian(found.x, races)) @ centred)
    points = _POINTS * (centred @ found.x) + MEAN_STRENGTH
    return [
        Strength(float(point), _POINTS * math.sqrt(variance))
        for point, variance in zip(points, variances, strict=True)
    ]


def win_chance(one: Strength, other: Strength) -> float:
    """Return how often one is in front of the other."""
    return 1.0 / (1.0 + math.exp((other.points - one.points) / _POINTS))


def _cost(worth: Array, races: Sequence[Any]) -> float:
    """Return minus the logarithm of how likely these races are, and of the belief."""
    cost = 0.5 * float(worth @ worth) / _BELIEVED_SPREAD**2
    for order in races:
        for place in range(len(order) - 1):
            left = worth[order[place:]]
            cost += float(np.logaddexp.reduce(left) - left[0])
    return cost


def _gradient(worth: Array, races: Sequence[Any]) -> Array:
    gradient = worth / _BELIEVED_SPREAD**2
    for order in races:
        for place in range(len(order) - 1):
            left = order[place:]
            gradient[left] += _chances(worth[left])
            gradient[order[place]] -= 1.0
    return gradient


def _hessian(worth: Array, races: Sequence[Any]) -> Array:
    hessian: Array = np.eye(len(worth)) / _BELIEVED_SPREAD**2
    for order in races:
        for place in range(len(order) - 1):
            left = order[place:]
            chances = _chances(worth[left])
            hessian[np.ix_(left, left)] += np.diag(chances) - np.outer(chances, chances)
    return hessian


def _chances(worth: Array) -> Array:
    """Return how likely each of these is to be the first of them."""
    chances: Array = np.exp(worth - np.logaddexp.reduce(worth))
    return chances
