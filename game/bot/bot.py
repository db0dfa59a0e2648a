"""The reference bot: plans before the start, then keeps to the plan."""

from __future__ import annotations

from game.bot.driver_noise import DriverNoise
from game.bot.path_follower import PathFollower
from game.bot.planning import make_plan
from game.drivers.driver import Course
from game.drivers.observation import Observation
from game.vehicle.state import Controls


class Bot:
    """Drives any circuit with any setup. pace: how much of the car's lap speed it asks, up to 1."""

    def __init__(self, pace: float = 1.0) -> None:
        self.pace = pace

    def reset(self, course: Course) -> None:
        """Plan for the course, or take the plan that is kept."""
        track, spec, setup, seed, laps = course
        plan = make_plan(track, spec, setup, pace=self.pace, laps=laps)
        noise = DriverNoise(self.pace, seed) if self.pace < 1.0 else None
        self._follower = PathFollower(track, spec, setup, plan, noise)

    def decide(self, seen: Observation) -> Controls:
        """The controls for the next sixtieth of a second."""
        return self._follower.decide(seen)
