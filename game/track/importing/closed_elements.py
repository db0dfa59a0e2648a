"""Round a fitted chain to elements from its start line on that close exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.track.elements import Element, Pose, poses
from game.track.importing.chain import Chain, curvature_at, places_at, points_at, rotated, span
from game.units import TAU

_CURVATURE_DIGITS: Final = 9
_LENGTH_DIGITS: Final = (6, 8, 10)  # as few as close the loop
_GAP_M: Final = 1e-4
_MIN_PIECE_M: Final = 0.2  # before or after the start line; a shorter one is left to its neighbour
_ROUNDS: Final = 6

ElementRow = tuple[float, float, float]  # length, curvature at the start and at the end


class RoundedChain(NamedTuple):
    """Holds elements as a file has them, and where the first one begins."""

    start: Pose
    rows: list[ElementRow]

    @property
    def elements(self) -> tuple[Element, ...]:
        """Return the elements."""
        return tuple(Element(f"element {i}", *row) for i, row in enumerate(self.rows, start=1))

    @property
    def length_m(self) -> float:
        """Return the length of all elements together."""
        return sum(length_m for length_m, _, _ in self.rows)


def closed_elements(chain: Chain, start_m: float) -> RoundedChain:
    """Return the chain as rounded elements that begin at a distance along it.

    Lengths are changed a little, in proportion to themselves, until the loop closes to 0.1 mm.
    """
    length_m, curvature_1pm = _cut(chain, start_m)
    curvature_1pm = np.round(curvature_1pm, _CURVATURE_DIGITS) + 0.0  # no zero is negative
    points_m, heading_rad = points_at(chain, places_at(chain, np.array([start_m])))
    heading = math.remainder(float(heading_rad[0]), TAU)
    start = Pose(
        round(float(points_m[0, 0]), 3),
        round(float(points_m[0, 1]), 3),
        math.radians(round(math.degrees(heading), 7)),
    )
    found = RoundedChain(start, [])
    for digits in _LENGTH_DIGITS:
        found = _closed(start, length_m, curvature_1pm, chain.turned_rad, digits)
        if math.hypot(*_gap(poses(start, found.elements), chain.turned_rad)[:2]) <= _GAP_M:
            break
    return found


def _cut(chain: Chain, start_m: float) -> tuple[Array, Array]:
    """Return the lengths of the elements from a distance on, and the curvatures at their ends,
    which are one more than they.
    """
    lap_m = chain.starts_m[-1]
    knots_m = np.sort(np.mod(chain.starts_m[:-1] - start_m, lap_m))
    inner_m = knots_m[(knots_m > _MIN_PIECE_M) & (knots_m < lap_m - _MIN_PIECE_M)]
    bent = np.abs(curvature_at(chain, places_at(chain, start_m + inner_m))) > 0.0
    beside = np.append(bent[1:], True) | np.concatenate([[True], bent[:-1]])
    inner_m = inner_m[bent | beside]  # knots within a straight are none
    ends_m = np.concatenate([[0.0], inner_m, [lap_m]])
    curvature_1pm = curvature_at(chain, places_at(chain, start_m + ends_m))
    curvature_1pm[-1] = curvature_1pm[0]
    return np.diff(ends_m), curvature_1pm


def _closed(
    start: Pose, length_m: Array, curvature_1pm: Array, turned_rad: float, digits: int
) -> RoundedChain:
    """Return the chain with lengths of so many digits that close it as well as these can."""
    best = RoundedChain(start, [])
    smallest = math.inf
    for _ in range(_ROUNDS):
        rounded_m = np.round(length_m, digits)
        rows = list(
            zip(
                rounded_m.tolist(),
                curvature_1pm[:-1].tolist(),
                curvature_1pm[1:].tolist(),
                strict=True,
            )
        )
        chain = RoundedChain(start, rows)
        places = poses(start, chain.elements)
        gap = _gap(places, turned_rad)
        size = math.hypot(*gap[:2]) + 1000.0 * abs(gap[2])
        if size < smallest:
            best, smallest = chain, size
        by_length = _gap_by_length(chain.rows, places)
        scale = rounded_m
        change = np.linalg.lstsq(by_length * scale, -np.array(gap), rcond=None)[0] * scale
        length_m = np.maximum(rounded_m + change, 0.5 * rounded_m)
    return best


def _gap(places: Sequence[Pose], turned_rad: float) -> tuple[float, float, float]:
    """Return by how much the last pose misses the first: x, y and heading."""
    start, end = places[0], places[-1]
    return (
        end.x_m - start.x_m,
        end.y_m - start.y_m,
        end.heading_rad - start.heading_rad - turned_rad,
    )


def _gap_by_length(rows: Sequence[ElementRow], poses_between: Sequence[Pose]) -> Array:
    """Return the derivatives of the gap by the elements' lengths, shape (3, n)."""
    places = np.array(poses_between)
    length_m, start_1pm, end_1pm = np.array(rows).T
    ahead = span(start_1pm, end_1pm, length_m, np.ones(len(length_m)))
    shift = rotated(ahead.by_length, places[:-1, 2])
    to_end = places[-1, :2] - places[1:, :2]
    turned = np.column_stack([-to_end[:, 1], to_end[:, 0]])
    moved = shift + ahead.turn_by_length[:, None] * turned
    return np.vstack([moved.T, ahead.turn_by_length])
