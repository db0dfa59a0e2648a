"""Follows a plan by what a driver observes, alone or among other cars."""

from __future__ import annotations

from game.bot.control_steps import in_steps
from game.bot.driver_noise import EXACT, DriverNoise
from game.bot.follower_tables import follower_tables
from game.bot.foresight import CarSeen, foresight_of, see_car
from game.bot.lane import ALONE
from game.bot.path_follower import FollowerMemory, decide
from game.bot.plan import Plan
from game.bot.racecraft import KEEN
from game.bot.racing_speeds import racing_plan
from game.bot.side_lines import side_tables
from game.bot.traffic import lane_choice, wished_lane
from game.drivers.driver import TICKS_PER_DECISION
from game.drivers.observation import Observation
from game.simulation.split_table import SplitMaps
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls

_NOT_AMONG_THEM: int = -1  # the own car's place among those seen


class ObservingFollower:
    """Drives one car by a plan: exactly, or with the noise of a driver who is not the fastest.

    Lines to drive beside others are worked out when it first sees one.
    """

    ticks_per_decision = TICKS_PER_DECISION

    def __init__(
        self,
        track: Track,
        spec: CarSpec,
        setup: Setup,
        plan: Plan,
        noise: DriverNoise | None = None,
    ) -> None:
        self._course = track, spec, setup, plan
        self._noise = noise
        maps = SplitMaps(track)
        self._car = maps.car(spec, setup)
        self._tables = follower_tables(track, maps, spec, self._car, plan)
        self._memory = FollowerMemory()
        self._choice = lane_choice(KEEN)
        self._held = Controls()
        self._seen: list[CarSeen] = []
        self._foresight = foresight_of(0)

    @property
    def lost(self) -> bool:
        """Return whether the car is being brought back to its line."""
        return self._memory.recovery.lost != 0

    @property
    def deviation_m(self) -> float:
        """Return the distance from the path at the last decision, positive to its left."""
        return self._memory.deviation_m

    def decide(self, observation: Observation) -> Controls:
        """Return the controls for the next sixtieth of a second."""
        now = observation.car
        noise = EXACT if self._noise is None else self._noise.at(now.tick)
        wish = ALONE
        if others := observation.others:
            if len(self._seen) != len(others):
                self._meet(len(others))
            for seen, other in zip(self._seen, others, strict=True):
                see_car(seen, other.car)
            wish = wished_lane(
                self._tables,
                self._memory,
                self._choice,
                now,
                self._seen,
                _NOT_AMONG_THEM,
                self._foresight,
            )
        exact = decide(self._car, self._tables, self._memory, now, noise, wish)
        self._held = in_steps(self._held, exact) if others else exact
        return self._held

    def _meet(self, others: int) -> None:
        """Get ready to drive among so many others."""
        sides, plan = side_tables(*self._course), self._course[-1]
        raced = racing_plan(plan, sides.limits, sides.max_left_mps2)
        self._tables = self._tables._replace(sides=sides, plan=raced.table)
        self._seen = [CarSeen() for _ in range(others)]
        self._foresight = foresight_of(others)
