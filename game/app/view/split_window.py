"""Divide a window between two players: side by side, or one above the other."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

SplitLayout = Literal["auto", "beside", "above"]  # "auto": by the window's shape

_WIDE: Final = 1.2  # times its height: from here on halves side by side are nearer to squares
_GAPS_PER_HEIGHT: Final = 180.0  # widths of the line between the halves that fit the height


class WindowPart(NamedTuple):
    """A part of a window, in pixels from its top left."""

    left: int
    top: int
    width: int
    height: int

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height."""
        return self.width, self.height


def halves_of(size: tuple[int, int], layout: SplitLayout) -> tuple[WindowPart, WindowPart]:
    """Return the first and the second person's part of a window: as large, and a line apart."""
    width, height = size
    gap = max(round(height / _GAPS_PER_HEIGHT), 2)
    is_wide = width >= _WIDE * height
    if layout == "beside" or (layout == "auto" and is_wide):
        wide = max((width - gap) // 2, 1)
        return WindowPart(0, 0, wide, height), WindowPart(width - wide, 0, wide, height)
    high = max((height - gap) // 2, 1)
    return WindowPart(0, 0, width, high), WindowPart(0, height - high, width, high)
