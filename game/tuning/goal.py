"""Define the goal of a study: a quick lap, little energy, or a weighted sum of the two."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.errors import InputError
from game.tuning.measurement import Measurement

_EXCESS_WEIGHT: Final = 1e6  # of a kWh above the cap: more than anything else counts


class Goal(NamedTuple):
    """A goal is a weighted sum to be minimised; keeping to a cap, if there is one, comes first."""

    text: str  # as the user wrote it
    time: float  # weight of a second a lap
    energy: float  # weight of a kWh a lap, drawn less regained
    cap_kwh: float = math.inf  # a lap

    def score(self, measurement: Measurement) -> float:
        """Return the score of a setup, lower is better; infinite if no lap was finished."""
        if not measurement.laps_s:
            return math.inf
        net_kwh = measurement.ledger.net_kwh
        excess_kwh = max(net_kwh - self.cap_kwh, 0.0)
        return (
            self.time * measurement.lap_time_s + self.energy * net_kwh + _EXCESS_WEIGHT * excess_kwh
        )

    @property
    def title(self) -> str:
        """Return the title of the best setup."""
        titles = {"time": "Fastest", "energy": "Lowest energy"}
        title = titles.get(self.text, f"Best for {self.text}")
        return f"{title} within {self.cap_kwh:g} kWh" if self.is_capped else title

    @property
    def is_capped(self) -> bool:
        """Return whether the energy of a lap is capped."""
        return self.cap_kwh < math.inf


def read_goal(text: str, cap_kwh: float | None = None) -> Goal:
    """Return a goal such as time, energy, time+0.5*energy. Raises InputError for any other text."""
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
    cap_kwh = math.inf if cap_kwh is None else cap_kwh
    return Goal(text.replace(" ", ""), weights["time"], weights["energy"], cap_kwh)
