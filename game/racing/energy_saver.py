"""Let a driver lift in time, so that its energy lasts to the end of a race with a cap."""

from __future__ import annotations

import math
from typing import Final

from game.drivers.driver import BaseDriver, Course, DriverMaker, complete_driver
from game.drivers.observation import Observation
from game.drivers.timing import LapResult
from game.racing.energy_plan import EnergyPlan, lifted, net_used_j
from game.vehicle.state import Controls

_LIMITS: Final = (0.3, 1.3)  # of the planned top speed, for one that is behind or ahead of the plan


class EnergySaver(BaseDriver):
    """Passes on what another driver decides, but for the throttle beyond a top speed.

    The top speed is that of the plan, as much higher or lower as there is more or less energy left
    for the rest of the race than was planned: traffic takes some, a slower car ahead saves some.
    """

    def __init__(self, make: DriverMaker, plan: EnergyPlan) -> None:
        self._driver = complete_driver(make())
        self._plan = plan
        self.ticks_per_decision = self._driver.ticks_per_decision
        self.starts_itself = self._driver.starts_itself

    def reset(self, course: Course) -> None:
        """Give the driver its course."""
        self._lap_m = course.track.length_m
        self._distance_m = 0.0  # from the first crossing of the line, negative before it
        self._s_m = 0.0
        self._race_j = self._plan.race_j(course.laps)
        self._driver.reset(course)

    def decide(self, observation: Observation, /) -> Controls:
        """Return the driver's controls, with the throttle released towards the top speed."""
        car = observation.car
        self._distance_m += math.remainder(car.s_m - self._s_m, self._lap_m)
        self._s_m = car.s_m
        planned_j = self._race_j - self._plan.used_j(self._distance_m)
        left_j = self._plan.budget_j - net_used_j(car)
        low, high = _LIMITS
        share = min(max(left_j / planned_j, low), high) if planned_j > 0.0 else high
        decided = self._driver.decide(observation)
        return lifted(decided, car.velocity_forward_mps, share * self._plan.top_speed_mps)

    def lap_done(self, lap: LapResult) -> None:
        """Notify the driver of a finished lap."""
        self._driver.lap_done(lap)
