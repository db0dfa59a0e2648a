"""Size menus for any window and text scale, and slow down what moves in them."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

EASE_S: Final = 0.10  # of everything that moves in a menu
_DESIGN: Final = (1280.0, 720.0)


class Metrics(NamedTuple):
    """Gives the sizes of menus in pixels. `unit` is a pixel of the 1280 x 720 design."""

    width: int
    height: int
    unit: float
    text_scale: float

    def space(self, design_px: float) -> int:
        """Return a distance."""
        return round(design_px * self.unit)

    def text(self, design_px: float) -> int:
        """Return the size of text that is read, and of what goes with it."""
        return round(design_px * self.unit * self.text_scale)

    def entry(self, design_px: float) -> int:
        """Return the text size that is large enough for most: it grows less than what is read."""
        return round(design_px * self.unit * math.sqrt(self.text_scale))

    def title(self, design_px: float) -> int:
        """Return the size of text that is large for everyone: it hardly grows."""
        return round(design_px * self.unit * math.sqrt(math.sqrt(self.text_scale)))

    @property
    def margin(self) -> int:
        """Return the distance between the window's edge and its content."""
        return self.space(64)


def metrics(size: tuple[int, int], text_scale: float) -> Metrics:
    """Return the sizes of menus in a window."""
    unit = min(size[0] / _DESIGN[0], size[1] / _DESIGN[1])
    return Metrics(*size, unit, text_scale)


def eased(value: float, target: float, frame_s: float, *, calm: bool) -> float:
    """Return a value on its way to its target, there within `EASE_S`; calm: at once."""
    if calm:
        return target
    gap = target - value
    after = gap * math.exp(-frame_s / (0.22 * EASE_S))
    return target if abs(after) < 0.5 else target - after
