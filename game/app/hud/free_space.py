"""Find free places in the window beside other boxes, and places that line up with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from game.app.ui.box import Box
from game.arrays import Mask

_GAP: Final = 6  # between boxes, units
_EDGE: Final = 16  # between boxes and the window's edge, units
_SNAP: Final = 8  # units: nearer to a line than this, a box is put on it
_MIDDLE: Final = (0.30, 0.70, 0.22, 0.78)  # left, right, top, bottom, of the window


def pulled_in(box: Box, size: tuple[int, int]) -> Box:
    """Return the box moved into the window."""
    return box._replace(
        left=max(min(box.left, size[0] - box.width), 0),
        top=max(min(box.top, size[1] - box.height), 0),
    )


def nearest_free(
    wanted: Box, size: tuple[int, int], unit: float, taken: Sequence[Box]
) -> Box | None:
    """Return the wanted box, or one of its size beside the taken ones or at the edge."""
    if not any(wanted.meets(other) for other in taken):
        return wanted
    gap, edge = round(_GAP * unit), round(_EDGE * unit)
    left_edges = [wanted.left, edge, size[0] - edge - wanted.width]
    top_edges = [wanted.top, edge, size[1] - edge - wanted.height]
    for other in taken:
        left_edges += _beside(other.left, other.width, wanted.width, gap)
        top_edges += _beside(other.top, other.height, wanted.height, gap)
    left, top = (grid.ravel() for grid in np.meshgrid(left_edges, top_edges))
    free = _free(left, top, wanted, size, taken, gap)
    if not free.any():
        return None
    away = np.hypot(left - wanted.left, top - wanted.top)
    from_edge = np.minimum(left, size[0] - wanted.width - left)  # stray instruments line up there
    best = int(np.argmin(np.where(free, away + from_edge, np.inf)))
    return wanted._replace(left=int(left[best]), top=int(top[best]))


def snapped(box: Box, size: tuple[int, int], unit: float, others: Sequence[Box]) -> Box:
    """Return the box moved a little to where it lines up with the window or with other boxes."""
    gap, edge, reach = round(_GAP * unit), round(_EDGE * unit), _SNAP * unit
    left_edges = [edge, (size[0] - box.width) // 2, size[0] - edge - box.width]
    top_edges = [edge, (size[1] - box.height) // 2, size[1] - edge - box.height]
    for other in others:
        left_edges += _beside(other.left, other.width, box.width, gap)
        top_edges += _beside(other.top, other.height, box.height, gap)
    left = min(left_edges, key=lambda x: abs(x - box.left))
    top = min(top_edges, key=lambda y: abs(y - box.top))
    return box._replace(
        left=left if abs(left - box.left) <= reach else box.left,
        top=top if abs(top - box.top) <= reach else box.top,
    )


def _beside(start: int, length: int, own_length: int, gap: int) -> tuple[int, int, int, int]:
    """Return the positions of a length that are flush with another one, or beside it."""
    end = start + length
    return start, end - own_length, start - gap - own_length, end + gap


def _free(
    left: npt.NDArray[np.int_],
    top: npt.NDArray[np.int_],
    wanted: Box,
    size: tuple[int, int],
    taken: Sequence[Box],
    gap: int,
) -> Mask:
    """Return the corners that keep the box in the window, off the others and out of the middle."""
    right, bottom = left + wanted.width, top + wanted.height
    free = (left >= 0) & (top >= 0) & (right <= size[0]) & (bottom <= size[1])
    for other in taken:
        free &= (
            (right + gap <= other.left)
            | (left >= other.right + gap)
            | (bottom + gap <= other.top)
            | (top >= other.bottom + gap)
        )
    x0, x1, y0, y1 = (
        share * length
        for share, length in zip(_MIDDLE, (size[0], size[0], size[1], size[1]), strict=True)
    )
    free &= (right <= x0) | (left >= x1) | (bottom <= y0) | (top >= y1)
    return free
