"""What a study is after: a quick lap, little energy, or so much of the one for the other."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.files import InputError
from game.tuning.measurement import Measurement


class Goal(NamedTuple):
    """The less of the sum, the better."""

    text: str  # as the user wrote it
    time: float  # what a second a lap counts
    energy: float  # what a kWh a lap counts, drawn less regained

    def score(self, measurement: Measurement) -> float:
        """How far from it a setup is; infinite where no lap was finished."""
        if not measurement.laps_s:
            return math.inf
        return self.time * measurement.lap_time_s + self.energy * measurement.ledger.net_kwh


QUICKEST: Final = Goal("time", 1.0, 0.0)


def read_goal(text: str) -> Goal:
    """A goal such as time, energy, time+0.5*energy. Raises InputError for what is none."""
    weights = {"time": 0.0, "energy": 0.0}
    for term in text.replace(" ", "").split("+"):
        factor, times, name = term.rpartition("*")
        try:
            weights[name] += float(factor) if times else 1.0
        except (KeyError, ValueError):
            raise InputError(
                f"--goal {text}: '{term}' is not understood; "
                "time, energy, or with weights as in time+0.5*energy (s and kWh a lap)"
            ) from None
    if not all(0.0 <= weight < math.inf for weight in weights.values()) or not any(
        weights.values()
    ):
        raise InputError(f"--goal {text}: weights are numbers above 0")
    return Goal(text.replace(" ", ""), weights["time"], weights["energy"])
