"""Guard a driver that somebody else wrote, whose faults cost it the lap and never end the run."""

from __future__ import annotations

import math
import reprlib
import signal
import sys
import threading
import time
import traceback
import weakref
from collections.abc import Callable
from operator import index
from typing import Any, Final

from game.drivers.driver import BaseDriver, Course, DriverMaker, complete_driver
from game.drivers.fault import fault_line, own_line
from game.drivers.observation import Observation
from game.drivers.timing import LapResult
from game.errors import LostLapError
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_HZ
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS, Controls

DECISION_LIMIT_S: Final = 1.0
LEARNING_LIMIT_S: Final = 60.0  # to be made, to reset, and to learn from a lap
HUNG_EXIT_CODE: Final = 87  # of a process that was ended because its driver did not come back
_WATCH_S: Final = 0.1  # between two looks at the clock


class GuardedDriver:
    """Makes another driver and passes everything on to it.

    Whatever that one raises, takes too long for or returns by mistake becomes a LostLapError. Its
    message says what happened, on which line of the driver's file and where on the lap; the caller
    adds which bot and which lap it was. What the driver prints goes to stderr. KeyboardInterrupt
    passes where it can be Ctrl-C; in a process that ignores SIGINT it is the driver's own.

    A driver that never returns cannot be stopped from within, only together with its process. With
    `on_hang` a thread watches the time, and calls it with the message when the time is over; it
    should report that and end the process with `HUNG_EXIT_CODE`.
    """

    def __init__(
        self,
        make: DriverMaker,
        time_limit_s: float = DECISION_LIMIT_S,
        on_hang: Callable[[str], None] | None = None,
    ) -> None:
        """Make the driver; time limits are of the wall clock. Raises LostLapError if that fails.

        time_limit_s: for one decision; making, reset and learning have `LEARNING_LIMIT_S`.
        """
        self._time_limit_s = time_limit_s
        module = sys.modules.get(getattr(make, "__module__", ""))
        self._file = str(getattr(module, "__file__", ""))
        self._car: Snapshot | None = None  # at its last decision
        self._limit_s = LEARNING_LIMIT_S  # of the call under way
        self._due_s = math.inf  # when that call has to return
        self._thread = threading.get_ident()
        if on_hang is not None:
            watch = threading.Thread(target=_watch, args=(weakref.ref(self), on_hang), daemon=True)
            watch.start()
        self._driver: BaseDriver = self._call(
            lambda _: complete_driver(make()), None, LEARNING_LIMIT_S
        )
        self._ticks_per_decision: Any = self._driver.ticks_per_decision
        if self._ticks_per_decision not in range(1, TICK_HZ + 1):
            raise LostLapError(
                f"{own_line((), self._file)}: ticks_per_decision is "
                f"{_described(self._ticks_per_decision)}, "
                f"expected a whole number from 1 to {TICK_HZ}"
            )

    @property
    def ticks_per_decision(self) -> int:
        """Return how many ticks the controls of a decision hold."""
        return int(self._ticks_per_decision)

    @property
    def starts_itself(self) -> bool:
        """Return whether the driver waits for a race's start lights itself."""
        return bool(self._driver.starts_itself)

    def reset(self, course: Course) -> None:
        """Reset the driver with the course."""
        self._call(self._driver.reset, course, LEARNING_LIMIT_S)

    def lap_done(self, lap: LapResult) -> None:
        """Notify the driver of a finished lap."""
        self._call(self._driver.lap_done, lap, LEARNING_LIMIT_S)

    def decide(self, observation: Observation) -> Controls:
        """Return the driver's controls, clipped to their ranges."""
        if self._car is None:
            observation.prepare_sensor()  # not on the driver's time
        self._car = observation.car
        given = self._call(self._driver.decide, observation, self._time_limit_s)
        try:
            return _checked(given)
        except TypeError:
            raise LostLapError(
                f"{own_line((), self._file)}: decide returned {_described(given)}, expected "
                f"controls(steering, throttle, brake){self._place()}"
            ) from None

    def overdue(self) -> str | None:
        """Return the message about a driver that should have returned by now; for any thread."""
        if time.perf_counter() <= self._due_s:
            return None
        stack = traceback.extract_stack(sys._current_frames().get(self._thread))
        return f"{own_line(stack, self._file)}: {self._late()}"

    def _call(self, method: Callable[[Any], Any], argument: Any, limit_s: float) -> Any:
        stdout, sys.stdout = sys.stdout, sys.stderr
        self._limit_s = limit_s
        self._due_s = due_s = time.perf_counter() + limit_s
        try:
            returned = method(argument)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt) and not _ignores_interrupts():
                raise
            raise LostLapError(fault_line(error, self._file) + self._place()) from error
        finally:
            self._due_s = math.inf
            sys.stdout = stdout
        if time.perf_counter() > due_s:
            raise LostLapError(f"{own_line((), self._file)}: {self._late()}")
        return returned

    def _late(self) -> str:
        return f"did not come back within {self._limit_s:g} s{self._place()}"

    def _place(self) -> str:
        return "" if self._car is None else f", at {self._car.s_m:.0f} m"


def _ignores_interrupts() -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def _checked(given: Any) -> Controls:
    """Return controls in whole numbers within their bounds. Raises TypeError for anything else."""
    if not isinstance(given, Controls):
        raise TypeError
    steering, throttle, brake, reverse = map(index, given)
    return Controls(
        max(-STEERING_STEPS, min(STEERING_STEPS, steering)),
        max(0, min(PEDAL_STEPS, throttle)),
        max(0, min(PEDAL_STEPS, brake)),
        max(0, min(1, reverse)),
    )


def _described(given: Any) -> str:
    """Return a value of any type, described on one line."""
    short = reprlib.Repr()
    short.maxother = 80
    return " ".join(short.repr(given).split())


def _watch(driver: weakref.ref[GuardedDriver], on_hang: Callable[[str], None]) -> None:
    """Compare the clock with the time limit now and then, for as long as the driver is in use."""
    while (guarded := driver()) is not None:
        line = guarded.overdue()
        if line is not None:
            on_hang(line)
            return
        del guarded
        time.sleep(_WATCH_S)
