"""Make a driver imprecise: below full pace the line wanders and the speed varies."""

from __future__ import annotations

import math
import random
from typing import Final, NamedTuple

from game.simulation.world import TICK_S

_WANDER_M: Final = 1.2  # at most, per share of the pace that is missing
_WEAVE: Final = 0.05  # share of the speed given away at most, per share of the pace that is missing
_WAVES_S: Final = (5.3, 24.4, 171.0)  # lengths of the waves; no lap is a multiple of all


class Imprecision(NamedTuple):
    """Holds a driver's noise at a moment."""

    wander_m: float  # beside the wanted line
    speed_share: float  # of the wanted speed


EXACT: Final = Imprecision(0.0, 1.0)


class DriverNoise:
    """Makes a driver imprecise. The same pace and seed wander in the same way."""

    def __init__(self, pace: float, seed: int) -> None:
        generator = random.Random(seed)
        self._missing = 1.0 - pace
        self._line_rad = [generator.uniform(0.0, math.tau) for _ in _WAVES_S]
        self._speed_rad = [generator.uniform(0.0, math.tau) for _ in _WAVES_S]

    def at(self, tick: int) -> Imprecision:
        """Return how far off the driver is at a moment."""
        return Imprecision(self.wander_m(tick), self.speed_share(tick))

    def wander_m(self, tick: int) -> float:
        """Return the distance beside the wanted line that the driver aims at."""
        return _WANDER_M * self._missing * _wave(tick, self._line_rad)

    def speed_share(self, tick: int) -> float:
        """Return the share of the wanted speed that is driven."""
        return 1.0 - _WEAVE * self._missing * 0.5 * (1.0 + _wave(tick, self._speed_rad))


def driver_noise(pace: float, seed: int = 0) -> DriverNoise | None:
    """Return the noise of a driver at a pace; at full pace there is none."""
    return DriverNoise(pace, seed) if pace < 1.0 else None


def _wave(tick: int, phases_rad: list[float]) -> float:
    """Return a slow wave between -1 and 1."""
    turns = (
        math.sin(math.tau * tick * TICK_S / length_s + phase_rad)
        for length_s, phase_rad in zip(_WAVES_S, phases_rad, strict=True)
    )
    return sum(turns) / len(_WAVES_S)
