"""Find where a view's middle must lie, and how wide it must be, to keep a box of it free.

Instruments hide parts of the window. What is left are rectangles; the more of a box fits into one,
and the less the view has to move for it, the more that rectangle counts. So the answer never jumps.
Lengths are in heights of the window: to the right and up from its middle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from game.arrays import FloatArray

_LACK_WEIGHT: Final = 8.0  # what is too small by a tenth counts like a move by eight tenths
_SHARPNESS: Final = 14.0  # of the choice between rectangles, per height of the window


class WindowArea(NamedTuple):
    """Describes a rectangle: its left, lower, right and upper edge."""

    left: float
    low: float
    right: float
    high: float


class Frame(NamedTuple):
    """Holds a window's size in pixels and its rectangles without instruments, in heights."""

    width: int
    height: int
    free: tuple[WindowArea, ...]
    rooms: tuple[tuple[float, float], ...]  # width and height of those that no other one surpasses


@lru_cache(maxsize=8)
def frame_without(size: tuple[int, int], hidden: tuple[tuple[int, int, int, int], ...]) -> Frame:
    """Return the frame of a window in which boxes (left, top, width, height) are hidden."""
    width, height = size
    spans = [
        WindowArea(
            (left - 0.5 * width) / height,
            (0.5 * height - top - high) / height,
            (left + wide - 0.5 * width) / height,
            (0.5 * height - top) / height,
        )
        for left, top, wide, high in hidden
    ]
    half = 0.5 * width / height
    free = tuple(_largest_free(WindowArea(-half, -0.5, half, 0.5), spans))
    return Frame(width, height, free, _largest_rooms(free))


def _largest_rooms(free: Sequence[WindowArea]) -> tuple[tuple[float, float], ...]:
    """Return widths and heights, without those of which another one has as much of both."""
    largest: list[tuple[float, float]] = []
    for width, high in sorted({(s.right - s.left, s.high - s.low) for s in free}, reverse=True):
        if not largest or high > largest[-1][1]:
            largest.append((width, high))
    return tuple(largest)


def _largest_free(whole: WindowArea, hidden: Sequence[WindowArea]) -> list[WindowArea]:
    """Return the rectangles that touch nothing hidden and are part of no larger such one.

    Their edges are those of what is hidden and of the whole. All are looked at together: of the
    edges of twenty instruments there are a million rectangles.
    """
    columns = sorted({whole.left, whole.right, *(x for s in hidden for x in (s.left, s.right))})
    rows = sorted({whole.low, whole.high, *(y for s in hidden for y in (s.low, s.high))})
    across = _touched(columns, [(s.left, s.right) for s in hidden])
    upwards = _touched(rows, [(s.low, s.high) for s in hidden])
    free = np.tensordot(across, upwards, axes=(2, 2)) == 0.0  # by left, right, lower, upper edge
    free &= np.triu(np.ones((len(columns), len(columns)), bool), 1)[:, :, None, None]
    free &= np.triu(np.ones((len(rows), len(rows)), bool), 1)
    grows = np.zeros_like(free)  # by one of its edges
    grows[1:] |= free[:-1]
    grows[:, :-1] |= free[:, 1:]
    grows[:, :, 1:] |= free[:, :, :-1]
    grows[..., :-1] |= free[..., 1:]
    return [
        WindowArea(columns[left], rows[low], columns[right], rows[high])
        for left, right, low, high in np.argwhere(free & ~grows).tolist()
    ]


def _touched(edges: Sequence[float], spans: Sequence[tuple[float, float]]) -> FloatArray:
    """Return 1 where the way from one edge to another touches a span: by edges and span."""
    places = np.array(edges)
    begins, ends = np.array(spans).reshape(-1, 2).T
    touched = (places[:, None, None] < ends) & (begins < places[:, None])
    return touched.astype(np.float32)


def needed_height_m(box_m: WindowArea, frame: Frame) -> float:
    """Return how high a view must be for the box to fit into one of the free rectangles."""
    left_m, low_m, right_m, high_m = box_m
    width_m, height_m = right_m - left_m, high_m - low_m
    return min([max(width_m / width, height_m / high) for width, high in frame.rooms])


def framed(box_m: WindowArea, room_m: float, height_m: float, frame: Frame) -> tuple[float, float]:
    """Return the middle, to the right and up from the car, for a view that is `height_m` high.

    The box is free. If it is too large, the car still is, with so much room around it.
    """
    left_m, low_m, right_m, high_m = box_m
    wanted_x_m, wanted_y_m = 0.5 * (left_m + right_m), 0.5 * (low_m + high_m)
    width_m, tall_m = right_m - left_m, high_m - low_m
    costs, middles = [], []
    for left, low, right, high in frame.free:
        x_m = _middle(wanted_x_m, left_m - left * height_m, right_m - right * height_m)
        x_m = min(max(x_m, room_m - right * height_m), -room_m - left * height_m)
        y_m = _middle(wanted_y_m, low_m - low * height_m, high_m - high * height_m)
        y_m = min(max(y_m, room_m - high * height_m), -room_m - low * height_m)
        cost = math.hypot(x_m - wanted_x_m, y_m - wanted_y_m) / height_m
        needed_m = max(width_m / (right - left), tall_m / (high - low))
        if needed_m > height_m:
            cost += _LACK_WEIGHT * math.log(needed_m / height_m)
        costs.append(cost)
        middles.append((x_m, y_m))
    lowest = min(costs)
    weights = [math.exp(_SHARPNESS * (lowest - cost)) for cost in costs]
    total = sum(weights)
    x_m = sum([weight * x_m for weight, (x_m, _) in zip(weights, middles, strict=True)])
    y_m = sum([weight * y_m for weight, (_, y_m) in zip(weights, middles, strict=True)])
    return x_m / total, y_m / total


def _middle(wanted: float, highest: float, lowest: float) -> float:
    """Return the middle next to the wanted one with which a box is free, or half between."""
    if lowest > highest:
        return 0.5 * (lowest + highest)
    return min(max(wanted, lowest), highest)
