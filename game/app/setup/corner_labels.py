"""Words beside the corners of a map: off the line, apart from each other, each with its leader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from game.app.ui.box import Box

Array = npt.NDArray[np.float64]

_WAYS: Final = 24  # around a corner, in which a word may stand ...
_STEPS: Final = tuple(0.9 + 0.45 * step for step in range(14))  # ... so many heights away
_ROUNDS: Final = 3  # of placing each word anew among all others
_CLEAR_PX: Final = 4.0  # between a word and the line, and between words
_NEAR_PX: Final = 3.0  # of a leader is what it crosses
_MEETS: Final = 300.0  # what it costs to meet another word, ...
_COVERS: Final = 40.0  # ... to cover a piece of the line, ...
_CROSSES: Final = 14.0  # ... that the leader crosses the line ...
_PASSES: Final = 30.0  # ... or another word, ...
_FAR: Final = 0.8  # ... each height away from the apex ...
_ASIDE: Final = 0.8  # ... and each radian off the way straight out of the bend
_ALONG: Final = np.linspace(0.15, 0.85, 6)  # of a leader, where it is looked at


def place_labels(
    apexes: Array, outward: Array, line: Array, sizes: Sequence[tuple[int, int]], within: Box
) -> list[Box]:
    """A box of its size beside each apex.

    apexes, and the unit vectors out of the bends: shape (corners, 2); the line: shape (n, 2).
    """
    halves = 0.5 * np.array(sizes)
    found = [
        _candidates(apex, out, line, half, within)
        for apex, out, half in zip(apexes, outward, halves, strict=True)
    ]
    chosen = np.array([at[int(cost.argmin())] for at, cost in found])
    for _ in range(_ROUNDS):
        for number, (at, cost) in enumerate(found):
            others = np.delete(chosen, number, axis=0)
            room = np.delete(halves, number, axis=0) + _CLEAR_PX
            apart = np.abs(at[:, None, :] - others[None, :, :]) >= room + halves[number]
            meets = (~apart.any(axis=2)).sum(axis=1)
            passed = _passed(apexes[number], at, others, room)
            chosen[number] = at[int((cost + _MEETS * meets + _PASSES * passed).argmin())]
    return [_box(middle, size) for middle, size in zip(chosen, sizes, strict=True)]


def _candidates(
    apex: Array, out: Array, line: Array, half: Array, within: Box
) -> tuple[Array, Array]:
    """Middles of where a word may stand, shape (m, 2), and what is against each, shape (m,)."""
    high = 2.0 * half[1]
    angles = np.linspace(-np.pi, np.pi, _WAYS, endpoint=False) + np.arctan2(out[1], out[0])
    off = np.abs(np.linspace(-np.pi, np.pi, _WAYS, endpoint=False))
    ways = np.column_stack([np.cos(angles), np.sin(angles)])
    # So far out that the word just touches a circle around the apex, whichever way it stands.
    reach = np.minimum(
        half[0] / np.maximum(np.abs(ways[:, 0]), 1e-9),
        half[1] / np.maximum(np.abs(ways[:, 1]), 1e-9),
    )
    far = (np.array(_STEPS) * high)[:, None] + reach[None, :]
    at = apex + far[:, :, None] * ways[None, :, :]
    least = np.array([within.left, within.top]) + half + 1
    most = np.array([within.right, within.bottom]) - half - 1
    at = np.clip(at, least, np.maximum(least, most)).reshape(-1, 2)
    covered = _covered(at, line, half + _CLEAR_PX)
    crossed = _passed(apex, at, line[np.hypot(*(line - apex).T) > high], np.full(2, _NEAR_PX))
    away = np.hypot(*(at - apex).T) / high
    aside = np.tile(off, len(_STEPS))
    return at, _COVERS * covered + _CROSSES * crossed + _FAR * away + _ASIDE * aside


def _passed(apex: Array, at: Array, others: Array, half: Array) -> Array:
    """How many places, with so much around each, the leaders from an apex pass, shape (m,)."""
    points = apex + _ALONG[:, None, None] * (at - apex)[None, :, :]
    inside = np.abs(points[:, :, None, :] - others[None, None, :, :]) < half
    passed: Array = inside.all(axis=3).any(axis=0).sum(axis=1).astype(float)
    return passed


def _covered(at: Array, line: Array, half: Array) -> Array:
    """How many points of the line lie in the box around each place, shape (m,)."""
    inside = np.abs(at[:, None, :] - line[None, :, :]) < half
    counts: Array = inside.all(axis=2).sum(axis=1).astype(float)
    return counts


def _box(middle: Sequence[float], size: tuple[int, int]) -> Box:
    return Box(round(middle[0] - size[0] / 2), round(middle[1] - size[1] / 2), *size)
