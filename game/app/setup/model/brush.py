"""Move the brush that paints shares along the lap: where it is, how wide, with which share."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.setup.model.split_edit import SharedTorque
from game.vehicle.split_map import Stretch

MIN_M: Final = 10.0
_MAX_M: Final = 1000.0
_STEP_M: Final = 10.0  # of its place and of its width
_STEP_SHARE: Final = 0.05
_FINE_M: Final = 5.0  # between two points of it that are drawn


class Brush:
    """Moves by steps along a lap; `share` is of the front axle, 0..1."""

    def __init__(self, lap_m: float) -> None:
        self.at_m, self.wide_m, self.share = 0.0, 60.0, 0.5
        self._lap_m = lap_m

    def move(self, steps: int) -> None:
        """Move the brush along the lap."""
        self.at_m = (self.at_m + steps * _STEP_M) % self._lap_m

    def widen(self, steps: int) -> None:
        """Make the brush wider, or narrower with negative steps."""
        self.wide_m = min(max(self.wide_m + steps * _STEP_M, MIN_M), _MAX_M)

    def lift(self, steps: int) -> None:
        """Raise or lower the share, to round values."""
        step = round(self.share / _STEP_SHARE + steps)
        self.share = round(min(max(step * _STEP_SHARE, 0.0), 1.0), 2)

    def reach(self, from_m: float, to_m: float) -> None:
        """Let it reach from one place to another, the shorter way."""
        ahead_m = (to_m - from_m + self._lap_m / 2) % self._lap_m - self._lap_m / 2
        self.at_m = (from_m + ahead_m / 2) % self._lap_m
        self.wide_m = min(max(abs(ahead_m), MIN_M), _MAX_M)

    def along(self) -> list[float]:
        """Return places close together from its one end to the other; they may lie off 0..lap."""
        count = max(round(self.wide_m / _FINE_M), 2)
        half_m = self.wide_m / 2
        places: list[float] = np.linspace(self.at_m - half_m, self.at_m + half_m, count).tolist()
        return places

    def stretch(self, of: SharedTorque) -> Stretch:
        """Return the stretch that it paints."""
        ends_m = (self.at_m - self.wide_m / 2, self.at_m + self.wide_m / 2)
        from_m, to_m = (round(end_m % self._lap_m, 1) for end_m in ends_m)
        return Stretch(from_m, to_m, self.share, of)
