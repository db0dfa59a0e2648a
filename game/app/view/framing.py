"""Find where a view's middle must lie, and how wide it must be, to keep a box of it free.

Instruments hide parts of the window. What is left are rectangles; the more of a box fits into one,
and the less the view has to move for it, the more that rectangle counts. So the answer never jumps.
Lengths are in heights of the window: to the right and up from its middle.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import Final, NamedTuple

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
    return Frame(width, height, tuple(_largest_free(WindowArea(-half, -0.5, half, 0.5), spans)))


def _largest_free(whole: WindowArea, hidden: Sequence[WindowArea]) -> list[WindowArea]:
    """Return the rectangles that touch nothing hidden and are part of no larger such one."""
    columns = sorted({whole.left, whole.right, *(x for s in hidden for x in (s.left, s.right))})
    rows = sorted({whole.low, whole.high, *(y for s in hidden for y in (s.low, s.high))})
    free = [
        WindowArea(left, low, right, high)
        for (left, right), (low, high) in product(_pairs(columns), _pairs(rows))
        if not any(
            left < s.right and s.left < right and low < s.high and s.low < high for s in hidden
        )
    ]
    return [one for one in free if not any(_holds(other, one) for other in free if other != one)]


def _pairs(places: Sequence[float]) -> list[tuple[float, float]]:
    return [(one, other) for one in places for other in places if one < other]


def _holds(outer: WindowArea, inner: WindowArea) -> bool:
    return (
        outer.left <= inner.left
        and outer.low <= inner.low
        and outer.right >= inner.right
        and outer.high >= inner.high
    )


def needed_height_m(box_m: WindowArea, frame: Frame) -> float:
    """Return how high a view must be for the box to fit into one of the free rectangles."""
    return min(_needed_m(box_m, free) for free in frame.free)


def framed(box_m: WindowArea, room_m: float, height_m: float, frame: Frame) -> tuple[float, float]:
    """Return the middle, to the right and up from the car, for a view that is `height_m` high.

    The box is free. If it is too large, the car still is, with so much room around it.
    """
    wanted = (0.5 * (box_m.left + box_m.right), 0.5 * (box_m.low + box_m.high))
    costs, middles = [], []
    for free in frame.free:
        across = (free.left * height_m, free.right * height_m)
        upwards = (free.low * height_m, free.high * height_m)
        x_m = _middle(wanted[0], (box_m.left, box_m.right), across, room_m)
        y_m = _middle(wanted[1], (box_m.low, box_m.high), upwards, room_m)
        moved = math.hypot(x_m - wanted[0], y_m - wanted[1]) / height_m
        lack = max(math.log(_needed_m(box_m, free) / height_m), 0.0)
        costs.append(moved + _LACK_WEIGHT * lack)
        middles.append((x_m, y_m))
    lowest = min(costs)
    weights = [math.exp(_SHARPNESS * (lowest - cost)) for cost in costs]
    total = sum(weights)
    right_m = sum(weight * x_m for weight, (x_m, _) in zip(weights, middles, strict=True))
    up_m = sum(weight * y_m for weight, (_, y_m) in zip(weights, middles, strict=True))
    return right_m / total, up_m / total


def _needed_m(box_m: WindowArea, free: WindowArea) -> float:
    return max(
        (box_m.right - box_m.left) / (free.right - free.left),
        (box_m.high - box_m.low) / (free.high - free.low),
    )


def _middle(
    wanted: float, box: tuple[float, float], free: tuple[float, float], room: float
) -> float:
    """Return the middle next to the wanted one with which the box is free, or at least the car."""
    low, high = box[1] - free[1], box[0] - free[0]
    middle = 0.5 * (low + high) if low > high else min(max(wanted, low), high)
    return min(max(middle, room - free[1]), -room - free[0])
