"""Put guide points along the long sides of a drawn line.

Whoever draws a line sets points closely where it bends, so a side much longer than those around it
says that the road is about straight there. Points along it with a small weight say so to the fit.
Nobody drew the side from the last point to the first. If the line turns sharply into it, the part
of the lap that is missing there has a corner: it is left to the fit, which goes on straight from
both ends, as far as these straights meet before long. Otherwise guides lead from end to end without
a detour; how the lap runs there is not in the file.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from game.arrays import Array

_LONG: Final = 2.5  # times the median of the sides around
_AROUND: Final = 4  # sides before and after
_MIN_SIDE_M: Final = 30.0
_SHARP_RAD: Final = 0.4  # of turn at one of the last side's ends
_STEP_M: Final = 20.0
_GUIDE_WEIGHT: Final = 0.1
_DETOUR: Final = 2.2  # times the way from end to end, by a corner of some 126 degrees
_END_SIDES: Final = 3  # that show where an end points


def with_guides(points_m: Array) -> tuple[Array, Array]:
    """Return points of a closed line and guides between them, shape (n, 2), and the weight of
    each, 1 for the points themselves.
    """
    sides_m = np.roll(points_m, -1, axis=0) - points_m
    length_m = np.hypot(*sides_m.T)
    around = [np.roll(length_m, shift) for shift in range(-_AROUND, _AROUND + 1) if shift]
    is_long = (length_m > _LONG * np.median(around, axis=0)) & (length_m > _MIN_SIDE_M)
    is_sharp = _sharpest_turn_rad(np.take(sides_m, (-2, -1, 0), axis=0)) >= _SHARP_RAD
    closing_m = _closing_m(points_m) if is_long[-1] and is_sharp else None
    is_long[-1] &= not is_sharp
    parts = np.where(is_long, np.ceil(length_m / _STEP_M), 1).astype(int)
    at = np.repeat(np.arange(len(points_m)), parts)
    place = np.arange(len(at)) - np.repeat(np.cumsum(parts) - parts, parts)
    share = place / parts[at]
    weights = np.where(place == 0, 1.0, _GUIDE_WEIGHT)
    guided_m = points_m[at] + share[:, None] * sides_m[at]
    if closing_m is not None:
        guided_m = np.concatenate([guided_m, closing_m])
        weights = np.append(weights, np.full(len(closing_m), _GUIDE_WEIGHT))
    return guided_m, weights


def _closing_m(points_m: Array) -> Array | None:
    """Return guides from the last point to the first, shape (n, 2); None where straights from both
    meet before long.
    """
    begin_m, end_m = points_m[-1], points_m[0]
    out = points_m[-1] - points_m[-1 - _END_SIDES]
    back = points_m[_END_SIDES] - points_m[0]
    out, back = out / np.hypot(*out), back / np.hypot(*back)
    gap = end_m - begin_m
    gap_m = float(np.hypot(*gap))
    cross = out[0] * back[1] - out[1] * back[0]
    if abs(cross) > 1e-6:
        ahead_m = (gap[0] * back[1] - gap[1] * back[0]) / cross
        behind_m = (out[0] * gap[1] - out[1] * gap[0]) / cross
        if min(ahead_m, behind_m) > 0.0 and ahead_m + behind_m <= _DETOUR * gap_m:
            return None
    share = np.linspace(0.0, 1.0, max(int(np.ceil(gap_m / _STEP_M)), 2) + 1)[1:-1, None]
    # The cubic curve that leaves the one end and reaches the other as the lap does there.
    rise = share * share * (3.0 - 2.0 * share)
    leaving, reaching = share * (1.0 - share) ** 2, share * share * (1.0 - share)
    return np.asarray(begin_m + rise * gap + gap_m * (leaving * out - reaching * back))


def _sharpest_turn_rad(sides_m: Array) -> float:
    """Return by how much a line of sides, shape (n, 2), turns where it turns most."""
    (x, y), (next_x, next_y) = sides_m[:-1].T, sides_m[1:].T
    return float(np.abs(np.arctan2(x * next_y - y * next_x, x * next_x + y * next_y)).max())
