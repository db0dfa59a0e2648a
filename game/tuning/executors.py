"""Who drives the laps of a study: processes of this machine, or the workers of a Dask cluster."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, Final, Protocol

from game.tuning.baseline import Baseline
from game.tuning.measure import measure_setup
from game.tuning.measurement import Measurement
from game.tuning.measurement_cache import MeasurementCache
from game.vehicle.setup import Setup
from game.workers import load_ahead, start_process

Measure = Callable[[Baseline, Setup, int], Measurement]


class OtherVersionError(Exception):
    """A worker has another version of the program: its laps would not be comparable."""


class Executor(Protocol):
    """Workers that measure setups."""

    death: type[Exception]  # what a future raises whose worker ended, the executor being well again

    @property
    def hands(self) -> int:
        """How many setups are measured at once; may change."""

    def start(self, setup: Setup) -> Future[Measurement]:
        """Have a setup measured."""

    def close(self) -> None:
        """Let what was started go."""


class ProcessEndedError(Exception):
    """The process that measured a setup ended before it was done."""


class LocalExecutor:
    """Processes of this machine, each at the hand of a thread; started when they are needed.

    The standard library's pool of processes gives up all of them when one ends, and may then wait
    for ever for the others.
    """

    death: type[Exception] = ProcessEndedError

    def __init__(
        self, baseline: Baseline, laps: int, workers: int, measure: Measure = measure_setup
    ) -> None:
        """In the main thread."""
        self.hands: Final = workers
        self._order = (baseline, baseline_key(baseline))
        self._measure, self._laps = measure, laps
        self._threads = ThreadPoolExecutor(workers)
        self._own = threading.local()
        self._processes: list[tuple[Any, Connection]] = []
        self._is_open = True

    def start(self, setup: Setup) -> Future[Measurement]:
        """Have a setup measured."""
        if not self._processes:
            load_ahead()
        return self._threads.submit(self._hand_over, setup)

    def close(self) -> None:
        """End the processes now, whatever they are at."""
        self._is_open = False
        for process, _ in self._processes:
            process.kill()
        self._threads.shutdown(cancel_futures=True)

    def _hand_over(self, setup: Setup) -> Measurement:
        """In one of the threads: have its process measure, a new one if there is none."""
        if not self._is_open:
            raise ProcessEndedError
        try:
            pipe = self._pipe()
            pipe.send((self._measure, setup, self._laps))
            answer: Measurement | Exception = pipe.recv()
        except (EOFError, OSError):
            self._own.pipe = None
            raise ProcessEndedError from None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _pipe(self) -> Connection:
        pipe: Connection | None = getattr(self._own, "pipe", None)
        if pipe is None:
            process, pipe = start_process(_answer)
            self._processes.append((process, pipe))
            self._own.pipe = pipe
            if not self._is_open:
                process.kill()
            pipe.send(self._order)
        return pipe


def baseline_key(baseline: Baseline) -> str:
    """Names a baseline and the program that drives on it: where it is the same, so are all laps."""
    return MeasurementCache(baseline).folder.name


# What follows happens in the workers.

_baselines: Final[dict[str, Baseline]] = {}
_turn: Final = threading.Lock()  # a worker with many threads still drives one lap at a time


def register_baseline(baseline: Baseline, key: str) -> None:
    """Have a baseline ready for all laps to come; not if this worker's program is another one."""
    if baseline_key(baseline) == key:
        _baselines[key] = baseline


def measure_on(key: str, measure: Measure, setup: Setup, laps: int) -> Measurement:
    """Measure a setup on a baseline that was taken. Raises OtherVersionError if it was not."""
    if key not in _baselines:
        raise OtherVersionError
    with _turn:
        return measure(_baselines[key], setup, laps)


def _answer(parent: Connection) -> None:
    """The work of a process, until the connection ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    with contextlib.suppress(EOFError, OSError):
        baseline, key = parent.recv()
        register_baseline(baseline, key)
        while True:
            measure, setup, laps = parent.recv()
            try:
                parent.send(measure_on(key, measure, setup, laps))
            except Exception as error:
                parent.send(error)
