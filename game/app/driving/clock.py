"""Turn real time into whole ticks, with the fraction that is left for the picture."""

from __future__ import annotations

from typing import Final

from game.simulation.world import TICK_S

_MAX_S: Final = 0.25  # of a frame: a longer hitch slows the game rather than freezing it


class FixedStepClock:
    """Says how many ticks a frame needs. Ticks never depend on the frame rate."""

    def __init__(self, tick_s: float = TICK_S) -> None:
        self._tick_s = tick_s
        self._left_s = 0.0

    def advance(self, frame_s: float) -> int:
        """Return the ticks due after a frame of this length."""
        self._left_s += min(max(frame_s, 0.0), _MAX_S)
        ticks = int(self._left_s / self._tick_s)
        self._left_s -= ticks * self._tick_s
        return ticks

    @property
    def fraction(self) -> float:
        """Return how far real time is beyond the last tick, 0..1 of a tick."""
        return min(max(self._left_s / self._tick_s, 0.0), 1.0)

    def reset(self) -> None:
        """Forget what is left, after a pause."""
        self._left_s = 0.0
