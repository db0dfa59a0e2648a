"""Measure many setups: those that were measured before are taken from the cache."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from typing import Final

from game.errors import InputError
from game.tuning.executors import Executor, OtherVersionError
from game.tuning.measurement import Measurement
from game.tuning.measurement_cache import MeasurementCache
from game.vehicle.setup import Setup

_SUBMITTED_PER_WORKER: Final = 2  # setups, so that no worker waits for its next one
_MAX_LOST_WORKERS: Final = 3  # at the same setup, driven alone

OnMeasurement = Callable[[Setup, Measurement], None]


class Study:
    """Measures each setup once, however often it is asked for and however many workers end.

    Each is cached at once, so that a study that is killed can be resumed.
    """

    def __init__(
        self,
        cache: MeasurementCache,
        laps: int,
        executor: Executor,
        on_measurement: OnMeasurement,
    ) -> None:
        """`on_measurement` is called with every measurement as it comes."""
        self.found: dict[Setup, Measurement] = {}
        self.from_cache = 0
        self.driven = 0
        self._cache, self._laps, self._executor = cache, laps, executor
        self._on_measurement = on_measurement

    def measure(self, setups: Iterable[Setup]) -> list[Measurement]:
        """Return the measurements of these setups, in their order.

        Raises InputError if the executor cannot go on; what is measured by then is kept.
        """
        setups = list(setups)
        new = [each for each in dict.fromkeys(setups) if each not in self.found]
        to_drive = [each for each in new if not self._is_cached(each)]
        at_once = self._executor.workers * _SUBMITTED_PER_WORKER if to_drive else 0
        suspects = self._drive(to_drive, at_once)
        for suspect in suspects:
            self._drive_alone(suspect)
        return [self.found[each] for each in setups]

    def _is_cached(self, setup: Setup) -> bool:
        cached = self._cache.get(setup, self._laps)
        if cached is not None:
            self.from_cache += 1
            self._add(setup, cached)
        return cached is not None

    def _drive(self, setups: list[Setup], at_once: int) -> list[Setup]:
        """Drive setups, several at a time; those whose worker was lost are left over."""
        waiting, left_over = deque(setups), []
        running: dict[Future[Measurement], Setup] = {}
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    setup = waiting.popleft()
                    running[self._executor.submit(setup)] = setup
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    setup = running.pop(done)
                    if not self._keep_result(setup, done):
                        left_over.append(setup)
        finally:
            for future in running:
                future.cancel()
        return left_over

    def _drive_alone(self, setup: Setup) -> None:
        """Drive a setup whose worker was lost: if it is lost again, the setup is the cause."""
        for _ in range(_MAX_LOST_WORKERS):
            if not self._drive([setup], 1):
                return
        self._add(setup, Measurement(lost=f"its process ended {_MAX_LOST_WORKERS} times in a row"))

    def _keep_result(self, setup: Setup, done: Future[Measurement]) -> bool:
        """Keep the result of a future; return False if its worker was lost."""
        try:
            measurement = done.result()
        except self._executor.worker_lost:
            return False
        except OtherVersionError:
            raise InputError(
                "a worker has another version of leaf-rc than this machine: install the same one"
            ) from None
        except CancelledError:
            raise InputError(
                "the connection to the workers was lost; what came in is kept: run it again"
            ) from None
        except InputError:
            raise
        except Exception as error:
            why = (str(error).splitlines() or [""])[0]
            raise InputError(f"a worker failed: {type(error).__name__}: {why}") from None
        self.driven += 1
        self._cache.keep(setup, self._laps, measurement)
        self._add(setup, measurement)
        return True

    def _add(self, setup: Setup, measurement: Measurement) -> None:
        self.found[setup] = measurement
        self._on_measurement(setup, measurement)
