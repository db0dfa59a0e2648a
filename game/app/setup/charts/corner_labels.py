"""Place words beside the corners of a map: off the line, apart, each with its leader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from game.app.ui.box import Box
from game.arrays import Array, Mask

_DIRECTIONS: Final = 16  # directions from a corner in which a word may stand
_STEPS: Final = tuple(0.9 + 0.65 * step for step in range(9))  # as multiples of the text's height
_ROUNDS: Final = 2  # of placing each word again among all others
_CLEAR_PX: Final = 4.0  # between a word and the line, and between words
_FINE: Final = 2  # pieces of the line as one, where words are held against it
_COARSE: Final = 4  # pieces of the line as one, where leaders are held against it
_MEETS: Final = 300.0  # cost of meeting another word
_COVERS: Final = 40.0  # cost of covering a piece of the line
_CROSSES: Final = 14.0  # cost of a leader that crosses the line
_PASSES: Final = 30.0  # cost of a leader that crosses another word
_FAR: Final = 0.8  # cost of each height away from the apex
_ASIDE: Final = 0.8  # cost of each radian off the way straight out of the bend
_ALONG: Final = np.linspace(0.2, 0.8, 4)  # of a leader, where it is looked at


def place_labels(
    apexes: Array, outward: Array, line: Array, sizes: Sequence[tuple[int, int]], within: Box
) -> list[Box]:
    """Return a box of its size beside each apex.

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
            meets = _within(at, others, room + halves[number]).sum(axis=1)
            passed = _passed(apexes[number], at, others, room)
            chosen[number] = at[int((cost + _MEETS * meets + _PASSES * passed).argmin())]
    return [_box(middle, size) for middle, size in zip(chosen, sizes, strict=True)]


def _candidates(
    apex: Array, out: Array, line: Array, half: Array, within: Box
) -> tuple[Array, Array]:
    """Return middles for a word, shape (m, 2), and what is against each, shape (m,)."""
    high = 2.0 * half[1]
    angles = np.linspace(-np.pi, np.pi, _DIRECTIONS, endpoint=False) + np.arctan2(out[1], out[0])
    off = np.abs(np.linspace(-np.pi, np.pi, _DIRECTIONS, endpoint=False))
    directions = np.column_stack([np.cos(angles), np.sin(angles)])
    # So far out that the word just touches a circle around the apex, whichever way it stands.
    reach = np.minimum(
        half[0] / np.maximum(np.abs(directions[:, 0]), 1e-9),
        half[1] / np.maximum(np.abs(directions[:, 1]), 1e-9),
    )
    far = (np.array(_STEPS) * high)[:, None] + reach[None, :]
    at = apex + far[:, :, None] * directions[None, :, :]
    lowest = np.array([within.left, within.top]) + half + 1
    highest = np.array([within.right, within.bottom]) - half - 1
    at = np.clip(at, lowest, np.maximum(lowest, highest)).reshape(-1, 2)
    covered = _within(at, line[::_FINE], half + _CLEAR_PX).sum(axis=1)
    crossed = _crossed(apex, at, line[::_COARSE])
    away = np.hypot(*(at - apex).T) / high
    aside = np.tile(off, len(_STEPS))
    return at, _COVERS * covered + _CROSSES * crossed + _FAR * away + _ASIDE * aside


def _passed(apex: Array, at: Array, others: Array, half: Array) -> Array:
    """Count the boxes, `half` so wide and high, that the leaders from an apex pass, shape (m,)."""
    passed = np.zeros((len(at), len(others)), dtype=bool)
    for share in _ALONG:
        passed |= _within(apex + share * (at - apex), others, half)
    counts: Array = passed.sum(axis=1).astype(float)
    return counts


def _crossed(apex: Array, at: Array, line: Array) -> Array:
    """Count how often the leaders from an apex cross the line, but for their start, shape (m,)."""
    leader, ahead = at - apex, np.diff(line, axis=0)
    off = line - apex
    # Twice the areas of triangles: their signs say on which side of a stroke a point lies.
    sides = leader[:, :1] * off[None, :, 1] - leader[:, 1:] * off[None, :, 0]
    begin = off[:-1, 0] * ahead[:, 1] - off[:-1, 1] * ahead[:, 0]
    end = begin[None, :] - (leader[:, :1] * ahead[None, :, 1] - leader[:, 1:] * ahead[None, :, 0])
    far = np.hypot(*(off[:-1] + off[1:]).T) > 4.0 * np.hypot(*ahead.T)
    across = (sides[:, :-1] * sides[:, 1:] < 0.0) & (begin[None, :] * end < 0.0) & far[None, :]
    crossed: Array = across.sum(axis=1).astype(float)
    return crossed


def _within(at: Array, others: Array, half: Array) -> Mask:
    """Return which places, shape (m, 2), lie in boxes around others, shape (n, 2): shape (m, n)."""
    across = np.abs(at[:, None, 0] - others[None, :, 0]) < half[..., 0]
    inside: Mask = across & (np.abs(at[:, None, 1] - others[None, :, 1]) < half[..., 1])
    return inside


def _box(middle: Sequence[float], size: tuple[int, int]) -> Box:
    return Box(round(middle[0] - size[0] / 2), round(middle[1] - size[1] / 2), *size)
