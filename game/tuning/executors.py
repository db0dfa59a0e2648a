"""The laps of a study are driven in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Final, Protocol

from game.tuning.baseline import Baseline
from game.tuning.measure import measure_setup
from game.tuning.measurement import Measurement
from game.tuning.measurement_cache import MeasurementCache
from game.vehicle.setup import Setup
from game.workers.messages import WorkerSpec
from game.workers.pool import WorkerPool
from game.workers.worker import WorkerLostError
from game.workers.worker_loop import ParentLink

MeasureSetup = Callable[[Baseline, Setup, int], Measurement]


class OtherVersionError(Exception):
    """A worker has another version of the program: its laps would not be comparable."""


class Executor(Protocol):
    """An executor has workers that measure setups."""

    worker_lost: type[Exception]  # raised by the future of a task whose worker ended

    @property
    def workers(self) -> int:
        """Return how many setups are measured at once; may change."""

    def submit(self, setup: Setup) -> Future[Measurement]:
        """Submit a setup to be measured."""

    def close(self) -> None:
        """End the work; what is not done yet is dropped."""


class LocalExecutor:
    """Uses processes of this machine, started when they are needed."""

    worker_lost: type[Exception] = WorkerLostError

    def __init__(
        self, baseline: Baseline, laps: int, workers: int, measure: MeasureSetup = measure_setup
    ) -> None:
        self.workers: Final = workers
        arguments = (baseline, baseline_key(baseline), measure, laps)
        self._pool = WorkerPool(WorkerSpec(_measurer, arguments), workers)

    def submit(self, setup: Setup) -> Future[Measurement]:
        """Submit a setup to be measured."""
        return self._pool.submit(setup)

    def close(self) -> None:
        """End the processes now, whatever they are doing."""
        self._pool.end()


def baseline_key(baseline: Baseline) -> str:
    """Return a name for a baseline and the program that drives it: equal keys, equal laps."""
    return MeasurementCache(baseline).folder.name


# What follows happens in the workers.

_baselines: Final[dict[str, Baseline]] = {}
_turn: Final = threading.Lock()  # a worker with many threads still drives one lap at a time


def register_baseline(baseline: Baseline, key: str) -> None:
    """Keep a baseline for all laps to come, unless this worker's program is another one."""
    if baseline_key(baseline) == key:
        _baselines[key] = baseline


def measure_on(key: str, measure: MeasureSetup, setup: Setup, laps: int) -> Measurement:
    """Measure a setup on a registered baseline. Raises OtherVersionError if it was not."""
    if key not in _baselines:
        raise OtherVersionError
    with _turn:
        return measure(_baselines[key], setup, laps)


def _measurer(
    _link: ParentLink, baseline: Baseline, key: str, measure: MeasureSetup, laps: int
) -> Callable[[Setup], Measurement]:
    """Make a worker that measures setups."""
    register_baseline(baseline, key)
    return lambda setup: measure_on(key, measure, setup, laps)
