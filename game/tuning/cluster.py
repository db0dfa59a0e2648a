"""Drive laps by the workers of a Dask cluster that already runs."""

from __future__ import annotations

import logging
import socket
import warnings
from concurrent.futures import Future
from typing import Any, Final

from distributed import Client, KilledWorker, WorkerPlugin
from distributed.comm.addressing import get_address_host_port

from game.errors import InputError
from game.tuning.baseline import Baseline
from game.tuning.executors import MeasureSetup, baseline_key, measure_on, register_baseline
from game.tuning.measure import measure_setup
from game.tuning.measurement import Measurement
from game.vehicle.setup import Setup

_TIMEOUT_S: Final = 10  # for an answer of the scheduler, and for a first worker


class ClusterExecutor:
    """Uses a cluster's workers. When one ends, the cluster itself gives its task to another."""

    worker_lost: type[Exception] = KilledWorker  # once several workers ended at the same task

    def __init__(
        self, baseline: Baseline, laps: int, address: str, measure: MeasureSetup = measure_setup
    ) -> None:
        """Raise InputError if nobody answers at the address, such as tcp://10.0.0.1:8786."""
        self._key, self._laps, self._measure = baseline_key(baseline), laps, measure
        self._client: Any = reach_cluster(address)
        try:
            self._client.register_plugin(_BaselinePlugin(baseline, self._key))
        except Exception as error:
            self.close()
            why = (str(error).splitlines() or [type(error).__name__])[0]
            raise InputError(
                f"--cluster {address}: the workers cannot take the work ({why}); "
                "install the same leaf-rc[fast,lab] there as here"
            ) from None
        self._executor = self._client.get_executor(pure=False)

    @property
    def workers(self) -> int:
        """Return how many threads all workers have, as of now."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def submit(self, setup: Setup) -> Future[Measurement]:
        """Submit a setup to be measured."""
        future: Future[Measurement] = self._executor.submit(
            measure_on, self._key, self._measure, setup, self._laps
        )
        return future

    def close(self) -> None:
        """Leave the cluster, which drops what is waiting there."""
        self._client.close(timeout=_TIMEOUT_S)


class _BaselinePlugin(WorkerPlugin):
    """Brings the baseline to every worker, to those that join later too."""

    def __init__(self, baseline: Baseline, key: str) -> None:
        self.name = f"leaf-rc {key}"
        self._order = (baseline, key)

    def setup(self, worker: Any) -> None:  # noqa: ARG002
        """Keep the baseline; called once on each worker."""
        register_baseline(*self._order)


def reach_cluster(address: str) -> Any:
    """Return a client of a cluster that has a worker at least.

    Raises InputError if nobody answers at the address, or there are no workers.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    client = _client(address)
    try:
        client.wait_for_workers(1, timeout=_TIMEOUT_S)
    except TimeoutError:
        client.close(timeout=_TIMEOUT_S)
        raise InputError(
            f"--cluster {address}: has no workers; start some: dask worker {address}"
        ) from None
    return client


def _client(address: str) -> Any:
    connect: Any = Client
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of other versions of Dask, which mostly do
        try:
            # A client waits long for a host that is not there.
            place = get_address_host_port(address)
            socket.create_connection(place, _TIMEOUT_S).close()
            return connect(address, timeout=_TIMEOUT_S, set_as_default=False)
        except (OSError, ValueError, TypeError):
            raise InputError(
                f"--cluster {address}: no Dask scheduler answers there; "
                "an address is one such as tcp://10.0.0.1:8786"
            ) from None
