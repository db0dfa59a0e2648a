"""Measure a rectangle of the window."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """A box is a rectangle: left, top, width, height."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Return the first column beyond the box."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """Return the first row beyond the box."""
        return self.top + self.height

    def holds(self, place: tuple[int, int]) -> bool:
        """Return whether a pixel lies in the box."""
        return self.left <= place[0] < self.right and self.top <= place[1] < self.bottom

    def meets(self, other: Box, gap: int = 0) -> bool:
        """Return whether the box overlaps another one, or comes nearer to it than `gap`."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )
