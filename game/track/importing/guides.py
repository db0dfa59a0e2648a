"""Put guide points along the long sides of a drawn line.

Whoever draws a line sets points closely where it bends, so a side much longer than those around it
says that the road is about straight there. Points along it with a small weight say so to the fit.
Nobody drew the side from the last point to the first. If the line turns sharply into it, the part
of the lap that is missing there has a corner. Where straights from both ends meet before long,
guides lead along them and through a corner as circuits have it; otherwise from end to end without a
detour. How the lap runs there is not in the file: circuits of different lengths have the same
points left.
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
_END_SIDES: Final = 3  # at least, that show where an end points
_END_M: Final = 40.0  # the same
# estimates: with them, circuits with 300 m missing come out too long as often as too short. Shares
# of the shorter straight on which a corner turns, if the longer one is endless or equally long:
_TURNING: Final = 0.85
_EVENLY: Final = 0.5
_LEAVING: Final = 1.7  # times the gap, by which a cubic curve goes on as an end points
_ARC_POINTS: Final = 40


def with_guides(points_m: Array) -> tuple[Array, Array]:
    """Return points of a closed line and guides between them, shape (n, 2), and the weight of
    each, 1 for the points themselves.
    """
    sides_m = np.roll(points_m, -1, axis=0) - points_m
    length_m = np.hypot(*sides_m.T)
    around = [np.roll(length_m, shift) for shift in range(-_AROUND, _AROUND + 1) if shift]
    is_long = (length_m > _LONG * np.median(around, axis=0)) & (length_m > _MIN_SIDE_M)
    is_sharp = _sharpest_turn_rad(np.take(sides_m, (-2, -1, 0), axis=0)) >= _SHARP_RAD
    closing_m = _closing_m(points_m) if is_long[-1] and is_sharp else np.zeros((0, 2))
    is_long[-1] &= not is_sharp
    parts = np.where(is_long, np.ceil(length_m / _STEP_M), 1).astype(int)
    at = np.repeat(np.arange(len(points_m)), parts)
    place = np.arange(len(at)) - np.repeat(np.cumsum(parts) - parts, parts)
    share = place / parts[at]
    weights = np.where(place == 0, 1.0, _GUIDE_WEIGHT)
    guided_m = np.concatenate([points_m[at] + share[:, None] * sides_m[at], closing_m])
    return guided_m, np.append(weights, np.full(len(closing_m), _GUIDE_WEIGHT))


def _closing_m(points_m: Array) -> Array:
    """Return guides from the last point to the first, shape (n, 2)."""
    out, back = -_setting_out(points_m[::-1]), _setting_out(points_m)
    gap = points_m[0] - points_m[-1]
    line_m = points_m[-1] + _way(gap, out, back)
    along_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line_m, axis=0).T))])
    count = max(int(np.ceil(along_m[-1] / _STEP_M)), 2)
    at_m = np.linspace(0.0, along_m[-1], count + 1)[1:-1]
    return np.column_stack([np.interp(at_m, along_m, line_m[:, axis]) for axis in (0, 1)])


def _setting_out(points_m: Array) -> Array:
    """Return the direction in which a row of points leaves its first one, as a unit vector."""
    along_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points_m, axis=0).T))])
    count = max(int(np.searchsorted(along_m, _END_M)), _END_SIDES + 1)
    direction = np.polyfit(along_m[:count], points_m[:count], 2)[1]
    return np.asarray(direction / np.hypot(*direction))


def _way(gap: Array, out: Array, back: Array) -> Array:
    """Return points along a way over a gap, from (0, 0) on, that leaves in the direction `out` and
    arrives in the direction `back`.
    """
    gap_m = float(np.hypot(*gap))
    cross, dot = float(out[0] * back[1] - out[1] * back[0]), float(out @ back)
    if abs(cross) > 1e-6:
        ahead_m = (gap[0] * back[1] - gap[1] * back[0]) / cross
        behind_m = (out[0] * gap[1] - out[1] * gap[0]) / cross
        if min(ahead_m, behind_m) > 0.0 and ahead_m + behind_m <= _DETOUR * gap_m:
            shorter_m, longer_m = sorted((ahead_m, behind_m))
            tangent_m = shorter_m * (_TURNING - (_TURNING - _EVENLY) * shorter_m / longer_m)
            radius_m = tangent_m * (1.0 + dot) / cross  # to the left
            turn_rad = np.linspace(0.0, np.arctan2(cross, dot), _ARC_POINTS)[:, None]
            left = np.array([-out[1], out[0]])
            arc = radius_m * (np.sin(turn_rad) * out + (1.0 - np.cos(turn_rad)) * left)
            return np.concatenate([np.zeros((1, 2)), (ahead_m - tangent_m) * out + arc, gap[None]])
    share = np.linspace(0.0, 1.0, _ARC_POINTS)[:, None]
    rise = share * share * (3.0 - 2.0 * share)
    leaving, arriving = share * (1.0 - share) ** 2, share * share * (1.0 - share)
    return np.asarray(rise * gap + _LEAVING * gap_m * (leaving * out - arriving * back))


def _sharpest_turn_rad(sides_m: Array) -> float:
    """Return by how much a line of sides, shape (n, 2), turns where it turns most."""
    (x, y), (next_x, next_y) = sides_m[:-1].T, sides_m[1:].T
    return float(np.abs(np.arctan2(x * next_y - y * next_x, x * next_x + y * next_y)).max())
