"""Put a driver into a race: held until the lights are out, retired by its first fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from game.drivers.driver import BaseDriver, Course, DriverMaker, complete_driver
from game.drivers.observation import Observation
from game.drivers.timing import LapResult
from game.errors import LostLapError
from game.vehicle.state import PEDAL_STEPS, Controls

_STANDING: Final = Controls(brake=PEDAL_STEPS)


class Hang(NamedTuple):
    """Says when a bot did not come back any more, in a race that was driven before."""

    car: int
    tick: int  # of the world
    reason: str


class RacingDriver(BaseDriver):
    """Passes on what another driver decides, as long as it may and can drive.

    Drivers that do not start themselves are held on the brake until the lights are out.
    """

    def __init__(
        self,
        make: DriverMaker,
        on_fault: Callable[[str], None],
        hang: Hang | None = None,
        is_retired: Callable[[], bool] | None = None,
        on_turn: Callable[[int], None] | None = None,
    ) -> None:
        """on_fault: is called once with what went wrong, in one line; while it is made, too.

        hang: from which moment on the driver is known not to come back; is_retired: whether race
        control has taken the car out; on_turn: is called with the world's tick before each turn.
        """
        self._on_fault = on_fault
        self._is_retired = is_retired or _never
        self._hang = hang
        self._on_turn = on_turn or _ignore
        self._tick = 0  # of the last turn
        self._is_racing = False
        self._is_out = False
        self._driver = BaseDriver()
        try:
            self._begin_turn(0)
            self._driver = complete_driver(make())
        except LostLapError as error:
            self._retire(error)
        self.ticks_per_decision = self._driver.ticks_per_decision

    def reset(self, course: Course) -> None:
        """Give the driver its course."""
        if self._is_out:
            return
        try:
            self._on_turn(self._tick)
            self._driver.reset(course)
        except LostLapError as error:
            self._retire(error)

    def decide(self, observation: Observation, /) -> Controls:
        """Return the driver's controls; a car that is out brakes to a stop.

        One that race control has taken out is driven on without throttle, until it stands.
        """
        if self._is_out or self._waits(observation):
            return _STANDING
        try:
            self._begin_turn(observation.car.tick)
            decided = self._driver.decide(observation)
            return decided._replace(throttle=0) if self._is_retired() else decided
        except LostLapError as error:
            self._retire(error)
            return _STANDING

    def lap_done(self, lap: LapResult) -> None:
        """Notify the driver of a finished lap."""
        if self._is_out:
            return
        try:
            self._on_turn(self._tick)
            self._driver.lap_done(lap)
        except LostLapError as error:
            self._retire(error)

    def _waits(self, observation: Observation) -> bool:
        """Return whether the car is held: until the lights are out, once."""
        if not self._is_racing:
            race = observation.race
            self._is_racing = race is None or race.is_started or self._driver.starts_itself
        return not self._is_racing

    def _begin_turn(self, tick: int) -> None:
        """Raise LostLapError if the driver is known not to come back any more."""
        if self._hang is not None and tick >= self._hang.tick:
            raise LostLapError(self._hang.reason)
        self._tick = tick
        self._on_turn(tick)

    def _retire(self, error: LostLapError) -> None:
        self._is_out = True
        self._on_fault(str(error))


def _never() -> bool:
    return False


def _ignore(_tick: int) -> None:
    """Ignore that a turn begins."""
