"""Jolt the picture when the car is hit: it comes to rest within half a second."""

from __future__ import annotations

import math
from typing import Final

from game.app.view.camera import View
from game.units import TAU

_FROM: Final = 0.06  # of the hardest hit
_HARDER_TIMES: Final = 1.15
_OF_THE_HEIGHT: Final = 0.030  # the first swing of the hardest hit
_FADES_S: Final = 0.13
_X_HZ: Final = 11.0
_Y_HZ: Final = 8.5


class Jolt:
    """Shakes one picture."""

    def __init__(self) -> None:
        self._strength = 0.0
        self._time_s = 0.0

    def hit(self, strength: float) -> None:
        """Jolt from now on, as hard as 0..1, unless a harder jolt is under way."""
        if strength > _FROM and strength > _HARDER_TIMES * self._left:
            self._strength, self._time_s = math.sqrt(strength), 0.0

    def update(self, frame_s: float) -> None:
        """Move on by a frame."""
        self._time_s += frame_s
        if self._left < 0.01:
            self._strength = 0.0

    def stop(self) -> None:
        """Come to rest at once."""
        self._strength = 0.0

    def jolted(self, view: View) -> View:
        """Return a view as the jolt moves it."""
        if not self._strength:
            return view
        reach_m = _OF_THE_HEIGHT * self._left * view.height / view.pixels_per_m
        return view._replace(
            x_m=view.x_m + reach_m * math.cos(TAU * _X_HZ * self._time_s),
            y_m=view.y_m + reach_m * math.sin(TAU * _Y_HZ * self._time_s + 1.0),
        )

    @property
    def _left(self) -> float:
        return self._strength * math.exp(-self._time_s / _FADES_S)
