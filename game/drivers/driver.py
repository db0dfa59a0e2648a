"""Define the protocol of a driver, and the calls that it may implement in addition."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple, Protocol, cast

from game.drivers.observation import Observation
from game.drivers.timing import LapResult
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec
from game.vehicle.state import Controls

TICKS_PER_DECISION: Final = 4  # 60 Hz


class Driver(Protocol):
    """Turns observations into controls. Any class with this one method will do.

    `BaseDriver` lists the optional members of a driver.
    """

    def decide(self, observation: Observation, /) -> Controls:
        """Return the controls from now on; `controls(steering, throttle, brake)` makes them."""
        ...


DriverMaker = Callable[[], Driver]


class Course(NamedTuple):
    """A course is what a driver is to drive."""

    track: Track
    spec: CarSpec
    setup: Setup
    seed: int = 0  # for drivers that use random numbers: the same seed, the same run
    laps: int = 1  # to be driven, as far as is known


class BaseDriver:
    """A driver may inherit all optional members from this class.

    A driver may as well define only those that it needs, without inheriting anything.
    """

    ticks_per_decision: int = TICKS_PER_DECISION
    """The number of ticks of 1/240 s that the controls of a decision are held for."""

    starts_itself: bool = False
    """Whether it waits for a race's start lights itself; others are held until these are out."""

    def reset(self, course: Course) -> None:
        """Take the course, once before the first decision of a run."""

    def decide(self, observation: Observation, /) -> Controls:
        """Return the controls from now on."""
        raise NotImplementedError

    def lap_done(self, lap: LapResult) -> None:
        """Take a finished lap, to learn from it."""


class _CompletedDriver(BaseDriver):
    """Completes a driver that lacks optional members with those of the base driver."""

    def __init__(self, driver: Driver) -> None:
        for name in _MEMBERS:
            if hasattr(driver, name):
                setattr(self, name, getattr(driver, name))


_MEMBERS: Final = ("ticks_per_decision", "starts_itself", "reset", "decide", "lap_done")


def complete_driver(driver: Driver) -> BaseDriver:
    """Return a driver with all optional members: itself if it has them."""
    if all(hasattr(driver, name) for name in _MEMBERS):
        return cast(BaseDriver, driver)
    return _CompletedDriver(driver)
