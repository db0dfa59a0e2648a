"""Measures many setups: those that were measured before are taken from the store."""

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

_AHEAD: Final = 2  # setups handed out for each hand, so that none waits for its next one
_MOST_DEATHS: Final = 3  # of workers at the same setup, all alone

Hear = Callable[[Setup, Measurement], None]


class Study:
    """Measurements, each made once however often it is asked for and however many workers end.

    Whatever comes in is kept at once, so that a study that is killed goes on where it was.
    """

    def __init__(self, store: MeasurementCache, laps: int, executor: Executor, hear: Hear) -> None:
        """`hear` is told every measurement as it comes."""
        self.found: dict[Setup, Measurement] = {}
        self.from_cache = 0
        self.driven = 0
        self._store, self._laps, self._executor, self._hear = store, laps, executor, hear

    def measure(self, setups: Iterable[Setup]) -> list[Measurement]:
        """What laps with these setups come to, in their order.

        Raises InputError if the executor cannot go on; what came in is kept.
        """
        setups = list(setups)
        new = [each for each in dict.fromkeys(setups) if each not in self.found]
        to_drive = [each for each in new if not self._is_kept(each)]
        suspects = self._drive(to_drive, self._executor.hands * _AHEAD if to_drive else 0)
        for suspect in suspects:
            self._drive_alone(suspect)
        return [self.found[each] for each in setups]

    def _is_kept(self, setup: Setup) -> bool:
        kept = self._store.get(setup, self._laps)
        if kept is not None:
            self.from_cache += 1
            self._note(setup, kept)
        return kept is not None

    def _drive(self, setups: list[Setup], at_once: int) -> list[Setup]:
        """Drive setups, so many handed out at a time; those whose worker ended are left over."""
        waiting, left_over = deque(setups), []
        running: dict[Future[Measurement], Setup] = {}
        try:
            while waiting or running:
                while waiting and len(running) < at_once:
                    setup = waiting.popleft()
                    running[self._executor.start(setup)] = setup
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    setup = running.pop(done)
                    if not self._take(setup, done):
                        left_over.append(setup)
        finally:
            for future in running:
                future.cancel()
        return left_over

    def _drive_alone(self, setup: Setup) -> None:
        """Drive what ran when a worker ended: whose worker ends again is the cause of it."""
        for _ in range(_MOST_DEATHS):
            if not self._drive([setup], 1):
                return
        self._note(setup, Measurement(lost=f"its process ended {_MOST_DEATHS} times in a row"))

    def _take(self, setup: Setup, done: Future[Measurement]) -> bool:
        """Keep what came in; whether anything did."""
        try:
            measurement = done.result()
        except self._executor.death:
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
        self._store.keep(setup, self._laps, measurement)
        self._note(setup, measurement)
        return True

    def _note(self, setup: Setup, measurement: Measurement) -> None:
        self.found[setup] = measurement
        self._hear(setup, measurement)
