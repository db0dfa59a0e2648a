"""The lights of a start: they come on one after another, and go out when nobody knows."""

from __future__ import annotations

import random
from typing import NamedTuple

from game.racing.rules import StartRules


class StartLights(NamedTuple):
    """Says when the lights of a start come on and go out."""

    lights: int
    between_s: float
    out_s: float  # the race begins

    @classmethod
    def drawn(cls, rules: StartRules, seed: int) -> StartLights:
        """Return the lights of a race; the same seed, the same moment."""
        hold_s = random.Random(f"start lights {seed}").uniform(*rules.hold_s)
        return cls(rules.lights, rules.light_s, rules.lights * rules.light_s + hold_s)

    def lit(self, time_s: float) -> int:
        """Return how many are lit so long after the cars stand on the grid."""
        if time_s >= self.out_s:
            return 0
        return min(int(time_s / self.between_s), self.lights)
