"""Turn a stick's place into what it asks for."""

from __future__ import annotations

import math
from typing import Annotated

from msgspec import Meta

from game.toml_files import TomlTable


class StickCurve(TomlTable, frozen=True):
    """Shapes the way of a stick: fine in the middle, all before the rim, nothing at rest."""

    dead_zone: Annotated[float, Meta(ge=0.0, le=0.5)] = 0.10  # round
    outer_zone: Annotated[float, Meta(ge=0.0, le=0.3)] = 0.03  # where the end is reached already
    exponent: Annotated[float, Meta(ge=1.0, le=4.0)] = 1.7

    def shaped(self, x: float, y: float = 0.0) -> float:
        """Return what a stick at (x, y), each -1..1, asks for along x, -1..1.

        The dead zone is a circle and is taken out without a step at its rim.
        """
        reach = math.hypot(x, y)
        if reach <= self.dead_zone:
            return 0.0
        span = 1.0 - self.dead_zone - self.outer_zone
        share = min((reach - self.dead_zone) / span, 1.0) * x / reach
        return math.copysign(abs(share) ** self.exponent, share)
