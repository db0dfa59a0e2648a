"""Hold a closed chain of elements as arrays for a fit: knots with a pose and a curvature.

Along the element between two knots curvature changes linearly. Fractions `t` count from 0 at an
element's beginning to 1 at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(8)
_NODES, _WEIGHTS = 0.5 * (_NODES + 1.0), 0.5 * _WEIGHTS  # on 0..1
_LOCATING_ROUNDS: Final = 12
_MIN_SHARE: Final = 0.3  # of the radius to a point inside a bend: nearer to its middle none is sure
_MAX_STEP_M: Final = 30.0  # of one round along the line


@dataclass(frozen=True)
class Chain:
    """Describes a closed chain of n elements from knot to knot; all arrays have the shape (n,).

    The elements need not meet: a fit makes them do so.
    """

    x_m: Array
    y_m: Array
    heading_rad: Array  # not wrapped along the lap
    curvature_1pm: Array
    length_m: Array  # of the element that begins at the knot
    turned_rad: float  # in a whole lap: a number of whole turns

    @property
    def starts_m(self) -> Array:
        """Return the distances of the knots along the lap, and the lap's length; shape (n + 1,)."""
        return np.concatenate([[0.0], np.cumsum(self.length_m)])

    @property
    def next_curvature_1pm(self) -> Array:
        """Return the curvature at the end of each element."""
        return np.roll(self.curvature_1pm, -1)


class Places(NamedTuple):
    """Holds places on a chain: their elements, and the fractions along these, shape (m,)."""

    element: Indices
    fraction: Array


class Span(NamedTuple):
    """Leads from the beginning of elements to a fraction of them, with its derivatives.

    Both are in the frame of the first heading; arrays of shape (m, 2) but for the turn's.
    """

    chord_m: Array
    by_start_curvature: Array
    by_end_curvature: Array
    by_length: Array
    turn_rad: Array
    turn_by_start_curvature: Array
    turn_by_end_curvature: Array
    turn_by_length: Array


def span(start_1pm: Array, end_1pm: Array, length_m: Array, fraction: Array) -> Span:
    """Return the ways along elements to a fraction of them; all arrays of shape (m,)."""
    t = fraction[:, None] * _NODES
    by_end = 0.5 * t * t
    by_start = t - by_end
    length = length_m[:, None]
    change_rad = start_1pm[:, None] * by_start + end_1pm[:, None] * by_end  # per metre of length
    angle_rad = length * change_rad
    weight = _WEIGHTS * fraction[:, None] * length
    cos, sin = weight * np.cos(angle_rad), weight * np.sin(angle_rad)

    def along(factor: Array) -> Array:
        return np.column_stack([(-sin * factor).sum(axis=1), (cos * factor).sum(axis=1)])

    chord_m = np.column_stack([cos.sum(axis=1), sin.sum(axis=1)])
    end_share = 0.5 * fraction * fraction
    start_share = fraction - end_share
    turn = start_1pm * start_share + end_1pm * end_share
    return Span(
        chord_m,
        along(length * by_start),
        along(length * by_end),
        chord_m / length + along(change_rad),
        length_m * turn,
        length_m * start_share,
        length_m * end_share,
        turn,
    )


def span_at(chain: Chain, places: Places) -> Span:
    """Return the ways from the knots before places on a chain to these."""
    at = places.element
    return span(
        chain.curvature_1pm[at],
        chain.next_curvature_1pm[at],
        chain.length_m[at],
        places.fraction,
    )


def rotated(vectors: Array, angle_rad: Array) -> Array:
    """Return vectors turned anticlockwise by an angle each, shape (m, 2)."""
    cos, sin = np.cos(angle_rad), np.sin(angle_rad)
    x, y = vectors.T
    return np.column_stack([cos * x - sin * y, sin * x + cos * y])


def points_at(chain: Chain, places: Places) -> tuple[Array, Array]:
    """Return the points of places on a chain, shape (m, 2), and the headings there, (m,)."""
    at = places.element
    ahead = span_at(chain, places)
    heading_rad = chain.heading_rad[at]
    knots_m = np.column_stack([chain.x_m[at], chain.y_m[at]])
    return knots_m + rotated(ahead.chord_m, heading_rad), heading_rad + ahead.turn_rad


def places_at(chain: Chain, s_m: Array) -> Places:
    """Return the places at distances along the lap, which wrap."""
    starts_m = chain.starts_m
    wrapped_m = np.mod(s_m, starts_m[-1])
    element = np.clip(np.searchsorted(starts_m, wrapped_m, side="right") - 1, 0, len(chain.x_m) - 1)
    return Places(element, (wrapped_m - starts_m[element]) / chain.length_m[element])


def curvature_at(chain: Chain, places: Places) -> Array:
    """Return the curvatures at places on a chain, shape (m,)."""
    start_1pm = chain.curvature_1pm[places.element]
    end_1pm = chain.next_curvature_1pm[places.element]
    return start_1pm + places.fraction * (end_1pm - start_1pm)


def located(chain: Chain, points_m: Array, hint_s_m: Array) -> Array:
    """Return the distances along the lap at which points of shape (m, 2) lie beside the chain.

    Each search walks from its hint, so that where a lap nears or crosses itself it stays on the
    hint's part.
    """
    s_m = hint_s_m.copy()
    for _ in range(_LOCATING_ROUNDS):
        places = places_at(chain, s_m)
        on_line_m, heading_rad = points_at(chain, places)
        away_m = rotated(points_m - on_line_m, -heading_rad)
        share = 1.0 - curvature_at(chain, places) * away_m[:, 1]
        step_m = np.clip(away_m[:, 0] / np.maximum(share, _MIN_SHARE), -_MAX_STEP_M, _MAX_STEP_M)
        s_m += step_m
        if np.abs(step_m).max(initial=0.0) < 1e-6:
            break
    return s_m


def offsets_m(chain: Chain, points_m: Array, s_m: Array) -> Array:
    """Return how far points lie to the left of the chain at distances along it, shape (m,)."""
    on_line_m, heading_rad = points_at(chain, places_at(chain, s_m))
    left_m: Array = rotated(points_m - on_line_m, -heading_rad)[:, 1]
    return left_m
