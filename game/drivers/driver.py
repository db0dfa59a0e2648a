"""What the session asks of whoever drives."""

from typing import Protocol

from game.drivers.observation import Observation
from game.vehicle.state import Controls


class Driver(Protocol):
    """Turns what it sees into controls, which hold until it is asked again."""

    @property
    def ticks_per_decision(self) -> int:
        """How many ticks its controls hold: 1 is 240 Hz, 4 is 60 Hz."""
        ...

    def decide(self, seen: Observation) -> Controls:
        """The controls from now on."""
        ...
