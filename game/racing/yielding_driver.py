"""Let a driver give a place back that race control wants back: it lifts where that is safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from game.drivers.driver import BaseDriver, Course, DriverMaker, complete_driver
from game.drivers.observation import Observation
from game.drivers.race_view import LetBy
from game.drivers.timing import LapResult
from game.vehicle.state import PEDAL_STEPS, Controls

_TURNING_MPS2: Final = 8.0  # across: turning harder, a car may be unsettled by a lift; estimate
_FAR_M: Final = 20.0  # behind, a car is not surprised by a brake that is touched; estimate
_BRAKE: Final = PEDAL_STEPS // 10  # so much
_SLOWEST_MPS: Final = 15.0  # that it lifts down to; estimate


class YieldingDriver(BaseDriver):
    """Passes on what another driver decides, but for the throttle while a car has to be let by.

    It lifts on straights and in wide turns, where whoever is behind sees it slow down in time and
    has room to pass, and touches the brake while the car is still some way behind.
    """

    def __init__(self, make: DriverMaker, let_by: Callable[[], LetBy | None]) -> None:
        """let_by: gives whom race control wants to be let by, as a `RaceView` does."""
        self._driver = complete_driver(make())
        self._let_by = let_by
        self.ticks_per_decision = self._driver.ticks_per_decision
        self.starts_itself = self._driver.starts_itself

    def reset(self, course: Course) -> None:
        """Give the driver its course."""
        self._driver.reset(course)

    def decide(self, observation: Observation, /) -> Controls:
        """Return the driver's controls, with the throttle released to let a car by."""
        decided = self._driver.decide(observation)
        let_by = self._let_by()
        if let_by is None:
            return decided
        car = observation.car
        across_mps2 = abs(car.yaw_rate_radps * car.velocity_forward_mps)
        if across_mps2 > _TURNING_MPS2 or car.velocity_forward_mps < _SLOWEST_MPS:
            return decided
        brake = max(decided.brake, _BRAKE) if let_by.gap_m > _FAR_M else decided.brake
        return decided._replace(throttle=0, brake=brake)

    def lap_done(self, lap: LapResult) -> None:
        """Notify the driver of a finished lap."""
        self._driver.lap_done(lap)
