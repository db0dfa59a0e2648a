"""Drive as the reference bot: plan before the start, then follow the plan."""

from __future__ import annotations

from game.bot.driver_noise import driver_noise
from game.bot.path_follower import PathFollower
from game.bot.planning import make_plan
from game.drivers.driver import BaseDriver, Course
from game.drivers.observation import Observation
from game.vehicle.state import Controls


class Bot(BaseDriver):
    """Drives any circuit with any setup. pace: 1 for all that the car can do, or less."""

    def __init__(self, pace: float = 1.0) -> None:
        self.pace = pace

    def reset(self, course: Course) -> None:
        """Plan for the course, or read the plan from the cache."""
        track, spec, setup, seed, laps = course
        plan = make_plan(track, spec, setup, pace=self.pace, laps=laps)
        noise = driver_noise(self.pace, seed)
        self._follower = PathFollower(track, spec, setup, plan, noise)

    def decide(self, observation: Observation, /) -> Controls:
        """Return the controls for the next sixtieth of a second."""
        return self._follower.decide(observation)
