"""Say how long a race is: so many laps, or so many minutes."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

from game.bot.planning import OnRound, make_plan
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

MAX_MINUTES: Final = 1440.0  # a day


class RaceLength(NamedTuple):
    """Holds the length of a race.

    In a race by minutes the chequered flag is shown to whoever leads when it crosses the line next
    after they are up.
    """

    laps: int  # of the race; in one by minutes those that are expected
    minutes: float = 0.0  # 0: a race by laps

    @classmethod
    def by_minutes(cls, minutes: float, lap_s: float) -> RaceLength:
        """Return the length of a race by minutes. lap_s: that its fastest car plans."""
        return cls(max(math.ceil(60.0 * minutes / lap_s), 1), minutes)

    @property
    def is_by_minutes(self) -> bool:
        """Return whether a time ends the race."""
        return self.minutes > 0.0

    @property
    def time_s(self) -> float:
        """Return after what time the flag is made ready; infinite in a race by laps."""
        return 60.0 * self.minutes if self.is_by_minutes else math.inf


def planned_length(
    minutes: float,
    track: Track,
    spec: CarSpec,
    cars: Iterable[tuple[Setup, float]],
    on_round: OnRound | None = None,
) -> RaceLength:
    """Return the length of a race by minutes, by the fastest lap that is planned for its cars.

    cars: setups and paces; bots other than the reference count as one of pace 1.
    """
    plans = (make_plan(track, spec, setup, on_round, pace) for setup, pace in dict.fromkeys(cars))
    return RaceLength.by_minutes(minutes, min(plan.lap_time_s for plan in plans))
