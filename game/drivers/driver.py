"""What whoever drives has to be, and what a driver may be told besides what it sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, Protocol

from game.drivers.observation import Observation
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls

TICKS_PER_DECISION: Final = 4  # 60 Hz


class Driver(Protocol):
    """Turns what it sees into controls. Any class with this one method will do.

    Three more members are optional:

    - `ticks_per_decision`: the controls hold for so many ticks of 1/240 s, 4 unless given;
    - `reset(course)`: told the `Course` once, before the first decision of a run;
    - `lap_done(lap)`: told the `LapResult` of every finished lap, to learn from it.
    """

    def decide(self, seen: Observation) -> Controls:
        """The controls from now on; `controls(steering, throttle, brake)` makes them."""
        ...


DriverMaker = Callable[[], Driver]


class Course(NamedTuple):
    """What is to be driven."""

    track: Track
    spec: CarSpec
    setup: Setup
    seed: int = 0  # for drivers that roll dice: the same seed, the same run
    laps: int = 1  # to be driven, as far as is known
