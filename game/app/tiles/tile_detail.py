"""Choose how the ground of a view is laid: from tiles of which scale, and how far shrunk."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.app.tiles.tiles import SCALES
from game.app.view.camera import View

ENLARGED: Final = 1.15  # screen pixels a pixel of the ground, at most
_HYSTERESIS: Final = 1.05  # a scale is left only when so much beyond its limit: no flicker


class TileDetail(NamedTuple):
    """Says how ground is laid: from tiles of a scale, shrunk."""

    scale: float
    shrunk: float

    @property
    def pixels_per_m(self) -> float:
        """Return the scale that comes of it."""
        return self.scale * self.shrunk

    def is_near(self, pixels_per_m: float, factor: float) -> bool:
        """Return whether a view of a scale is enlarged or shrunk by less than a factor beyond."""
        highest = math.inf if self is DETAILS[-1] else ENLARGED * self.pixels_per_m * factor
        return self.farthest(factor) < pixels_per_m <= highest

    def farthest(self, factor: float) -> float:
        """Return the scale of the farthest view that it is near enough for by that factor."""
        index = DETAILS.index(self)
        return 0.0 if index == 0 else ENLARGED * DETAILS[index - 1].pixels_per_m / factor


# Steps between the scales of tiles: a view warped from ground nearly twice as fine would glitter,
# and would read four times the memory.
DETAILS: Final = tuple(
    TileDetail(scale, shrunk)
    for scale in SCALES
    for shrunk in ((1.0,) if scale == SCALES[0] else (0.75, 1.0))
)


def detail_for(view: View, before: TileDetail) -> TileDetail:
    """Return the coarsest that does not look enlarged; the one before as long as it suits."""
    if before.is_near(view.pixels_per_m, _HYSTERESIS):
        return before
    for detail in DETAILS:
        if view.pixels_per_m <= ENLARGED * detail.pixels_per_m:
            return detail
    return DETAILS[-1]
