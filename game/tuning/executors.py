"""Who drives the laps of a study: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from functools import partial
from typing import Final, Protocol

from game.headless.processes import load_ahead, process_context
from game.tuning.lap_store import LapStore
from game.tuning.measure import measure_setup
from game.tuning.measurement import Measurement
from game.tuning.rig import Rig
from game.vehicle.setup import Setup

Measure = Callable[[Rig, Setup, int], Measurement]


class OtherVersionError(Exception):
    """A worker has another version of the program: its laps would not be comparable."""


class Crew(Protocol):
    """Workers that measure setups."""

    death: type[Exception]  # what a future raises whose worker ended, the crew being well again

    @property
    def hands(self) -> int:
        """How many setups are measured at once; may change."""

    def start(self, setup: Setup) -> Future[Measurement]:
        """Have a setup measured."""

    def close(self) -> None:
        """Let what was started go."""


class LocalCrew:
    """Processes of this machine, started when there is something to do."""

    death: type[Exception] = BrokenExecutor

    def __init__(self, rig: Rig, laps: int, workers: int, measure: Measure = measure_setup) -> None:
        self.hands: Final = workers
        self._rig, self._key = rig, rig_key(rig)
        self._measure, self._laps = measure, laps
        self._pool: ProcessPoolExecutor | None = None

    def start(self, setup: Setup) -> Future[Measurement]:
        """Have a setup measured; in new processes, if one of the old ones has ended."""
        work = partial(measure_on, self._key, self._measure, setup, self._laps)
        try:
            return self._living_pool().submit(work)
        except BrokenExecutor:
            self.close()
            return self._living_pool().submit(work)

    def close(self) -> None:
        """End the processes after the laps that they are at."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _living_pool(self) -> ProcessPoolExecutor:
        if self._pool is None:
            load_ahead()
            self._pool = ProcessPoolExecutor(
                self.hands, process_context(), _begin, (self._rig, self._key)
            )
        return self._pool


def rig_key(rig: Rig) -> str:
    """Names a rig and the program that drives on it: where it is the same, so are all laps."""
    return LapStore(rig).folder.name


# What follows happens in the workers.

_rigs: Final[dict[str, Rig]] = {}
_turn: Final = threading.Lock()  # a worker with many threads still drives one lap at a time


def take_rig(rig: Rig, key: str) -> None:
    """Have a rig ready for all laps to come; not if this worker's program is another one."""
    if rig_key(rig) == key:
        _rigs[key] = rig


def measure_on(key: str, measure: Measure, setup: Setup, laps: int) -> Measurement:
    """Measure a setup on a rig that was taken. Raises OtherVersionError if it was not."""
    if key not in _rigs:
        raise OtherVersionError
    with _turn:
        return measure(_rigs[key], setup, laps)


def _begin(rig: Rig, key: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    take_rig(rig, key)
