"""Anyone's driver, kept from spoiling the run: what it does wrong costs it the lap and no more."""

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

from game.drivers.driver import TICKS_PER_DECISION, Course, DriverMaker
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
    """A driver like any other, which asks the one that it made.

    Whatever that one raises, takes too long for or returns by mistake becomes a LostLapError whose
    line tells what happened, on which line of its file and where on the lap; which bot and which
    lap it was is the caller's to add. What it prints goes to stderr. KeyboardInterrupt passes
    where it can be Ctrl-C; in a process deaf to that it is the driver's own.

    A driver that never comes back cannot be stopped from within, only together with its process.
    With `on_hang` a thread watches, and calls it with the line once the time is over; it should
    tell someone and end the process with `HUNG_EXIT_CODE`.
    """

    def __init__(
        self,
        make: DriverMaker,
        time_limit_s: float = DECISION_LIMIT_S,
        on_hang: Callable[[str], None] | None = None,
    ) -> None:
        """Makes the driver; time limits are of the wall clock. Raises LostLapError if that fails.

        time_limit_s: for one decision; making, reset and learning have `LEARNING_LIMIT_S`.
        """
        self._time_limit_s = time_limit_s
        module = sys.modules.get(getattr(make, "__module__", ""))
        self._file = str(getattr(module, "__file__", ""))
        self._car: Snapshot | None = None  # at its last decision
        self._limit_s = LEARNING_LIMIT_S  # of what it was asked last
        self._due_s = math.inf  # when it has to be back
        self._thread = threading.get_ident()
        if on_hang is not None:
            watch = threading.Thread(target=_watch, args=(weakref.ref(self), on_hang), daemon=True)
            watch.start()
        self._driver: Any = self._ask(lambda _: make(), None, LEARNING_LIMIT_S)
        self._ticks_per_decision = self._ask(_ticks_per_decision, self._driver, LEARNING_LIMIT_S)
        if self._ticks_per_decision not in range(1, TICK_HZ + 1):
            raise LostLapError(
                f"{own_line((), self._file)}: ticks_per_decision is "
                f"{_told(self._ticks_per_decision)}, expected a whole number from 1 to {TICK_HZ}"
            )

    @property
    def ticks_per_decision(self) -> int:
        """The driver's own."""
        return int(self._ticks_per_decision)

    def reset(self, course: Course) -> None:
        """Hand the course on to a driver that wants it."""
        if hasattr(self._driver, "reset"):
            self._ask(self._driver.reset, course, LEARNING_LIMIT_S)

    def lap_done(self, lap: LapResult) -> None:
        """Hand the lap on to a driver that wants it."""
        if hasattr(self._driver, "lap_done"):
            self._ask(self._driver.lap_done, lap, LEARNING_LIMIT_S)

    def decide(self, seen: Observation) -> Controls:
        """The driver's controls, clipped to their ranges."""
        if self._car is None:
            seen.open_eyes()  # nobody's time
        self._car = seen.car
        given = self._ask(self._driver.decide, seen, self._time_limit_s)
        try:
            return _checked(given)
        except TypeError:
            raise LostLapError(
                f"{own_line((), self._file)}: decide returned {_told(given)}, expected "
                f"controls(steering, throttle, brake){self._place()}"
            ) from None

    def overdue(self) -> str | None:
        """The line that tells of a driver which should have come back by now, for any thread."""
        if time.perf_counter() <= self._due_s:
            return None
        stack = traceback.extract_stack(sys._current_frames().get(self._thread))
        return f"{own_line(stack, self._file)}: {self._late()}"

    def _ask(self, question: Callable[[Any], Any], about: Any, limit_s: float) -> Any:
        stdout, sys.stdout = sys.stdout, sys.stderr
        self._limit_s = limit_s
        self._due_s = due_s = time.perf_counter() + limit_s
        try:
            answer = question(about)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt) and not _is_deaf_to_interrupts():
                raise
            raise LostLapError(fault_line(error, self._file) + self._place()) from error
        finally:
            self._due_s = math.inf
            sys.stdout = stdout
        if time.perf_counter() > due_s:
            raise LostLapError(f"{own_line((), self._file)}: {self._late()}")
        return answer

    def _late(self) -> str:
        return f"did not come back within {self._limit_s:g} s{self._place()}"

    def _place(self) -> str:
        return "" if self._car is None else f", at {self._car.s_m:.0f} m"


def _is_deaf_to_interrupts() -> bool:
    return signal.getsignal(signal.SIGINT) is signal.SIG_IGN


def _ticks_per_decision(driver: Any) -> Any:
    return getattr(driver, "ticks_per_decision", TICKS_PER_DECISION)


def _checked(given: Any) -> Controls:
    """Controls in whole numbers within their bounds. Raises TypeError for anything else."""
    if not isinstance(given, Controls):
        raise TypeError
    steering, throttle, brake, reverse = map(index, given)
    return Controls(
        max(-STEERING_STEPS, min(STEERING_STEPS, steering)),
        max(0, min(PEDAL_STEPS, throttle)),
        max(0, min(PEDAL_STEPS, brake)),
        max(0, min(1, reverse)),
    )


def _told(given: Any) -> str:
    """Whatever it is, in some words on one line."""
    teller = reprlib.Repr()
    teller.maxother = 80
    return " ".join(teller.repr(given).split())


def _watch(driver: weakref.ref[GuardedDriver], on_hang: Callable[[str], None]) -> None:
    """Look at the clock now and then, for as long as the driver is in use."""
    while (guarded := driver()) is not None:
        line = guarded.overdue()
        if line is not None:
            on_hang(line)
            return
        del guarded
        time.sleep(_WATCH_S)
