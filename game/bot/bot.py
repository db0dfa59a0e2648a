"""Drive as the reference bot: plan before the start, then follow the plan."""

from __future__ import annotations

from typing import Final

from game.bot.driver_noise import driver_noise
from game.bot.lone_follower import bind_follower, decide_alone
from game.bot.observing_follower import ObservingFollower
from game.bot.planning import make_plan
from game.bot.racecraft import KEEN, RacecraftLevel
from game.bot.racing_followers import RacingFollowers
from game.bot.side_lines import side_tables
from game.compiled import Backend, is_cached
from game.drivers.driver import BaseDriver, Course
from game.drivers.observation import Observation
from game.simulation.world import World
from game.vehicle.state import Controls

WORTH_COMPILING_LAPS: Final = 20  # estimate: that save as much time as compiling decisions takes


class Bot(BaseDriver):
    """Drives any circuit with any setup. pace: 1 for all that the car can do, or less."""

    def __init__(self, pace: float = 1.0) -> None:
        self.pace = pace

    def reset(self, course: Course) -> None:
        """Plan for the course, or read the plan from the cache."""
        track, spec, setup, seed, laps = course
        plan = make_plan(track, spec, setup, pace=self.pace, laps=laps)
        noise = driver_noise(self.pace, seed)
        self._follower = ObservingFollower(track, spec, setup, plan, noise)

    def decide(self, observation: Observation, /) -> Controls:
        """Return the controls for the next sixtieth of a second."""
        return self._follower.decide(observation)


class LoneBot(BaseDriver):
    """Drives the only car of a world as `Bot` does, to the bit, by compiled decisions."""

    def __init__(self, world: World, pace: float = 1.0) -> None:
        self.pace = pace
        self._world = world

    def reset(self, course: Course) -> None:
        """Plan for the course, or read the plan from the cache."""
        track, spec, setup, seed, laps = course
        plan = make_plan(track, spec, setup, pace=self.pace, laps=laps)
        self._decide = bind_follower(self._world, plan, driver_noise(self.pace, seed))

    def decide(self, _observation: Observation, /) -> Controls:
        """Return the controls for the next sixtieth of a second."""
        return self._decide().controls


class RacingBot(BaseDriver):
    """Drives a car among others as `Bot` does, to the bit, by decisions in the form of the tick."""

    def __init__(
        self,
        followers: RacingFollowers,
        car: int,
        pace: float = 1.0,
        level: RacecraftLevel = KEEN,
    ) -> None:
        """car: which of the world's cars it drives; level: of its racecraft."""
        self.pace = pace
        self._level = level
        self._followers = followers
        self._car = car

    def reset(self, course: Course) -> None:
        """Plan for the course, or read the plan from the cache."""
        track, spec, setup, seed, laps = course
        plan = make_plan(track, spec, setup, pace=self.pace, laps=laps)
        sides = side_tables(track, spec, setup, plan)
        noise = driver_noise(self.pace, seed)
        self._decide = self._followers.follower(self._car, plan, sides, noise, self._level)

    def decide(self, _observation: Observation, /) -> Controls:
        """Return the controls for the next sixtieth of a second."""
        return self._decide()


def bot_alone(world: World, pace: float, laps: int) -> Bot | LoneBot:
    """Return the reference bot for the only car of a world, in the form that gets round sooner.

    Its decisions take some seconds to compile, and then no time.
    """
    if world.backend is Backend.COMPILED and (
        laps >= WORTH_COMPILING_LAPS or is_cached(decide_alone)
    ):
        return LoneBot(world, pace)
    return Bot(pace)
