"""What a study is after: a quick lap, little energy, or so much of the one for the other."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.errors import InputError
from game.tuning.measurement import Measurement

_BEYOND: Final = 1e6  # what a kWh beyond the cap counts: more than all else


class Goal(NamedTuple):
    """The less of the sum, the better; but first the cap, if there is one."""

    text: str  # as the user wrote it
    time: float  # what a second a lap counts
    energy: float  # what a kWh a lap counts, drawn less regained
    cap_kwh: float = math.inf  # a lap

    def score(self, measurement: Measurement) -> float:
        """How far from it a setup is; infinite where no lap was finished."""
        if not measurement.laps_s:
            return math.inf
        net_kwh = measurement.ledger.net_kwh
        beyond_kwh = max(net_kwh - self.cap_kwh, 0.0)
        return self.time * measurement.lap_time_s + self.energy * net_kwh + _BEYOND * beyond_kwh

    @property
    def title(self) -> str:
        """What the best is called."""
        titles = {"time": "Fastest", "energy": "Least energy"}
        title = titles.get(self.text, f"Best for {self.text}")
        return f"{title} within {self.cap_kwh:g} kWh" if self.is_capped else title

    @property
    def is_capped(self) -> bool:
        """Whether there is a cap."""
        return self.cap_kwh < math.inf


def read_goal(text: str, cap_kwh: float | None = None) -> Goal:
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
    cap_kwh = math.inf if cap_kwh is None else cap_kwh
    return Goal(text.replace(" ", ""), weights["time"], weights["energy"], cap_kwh)
