"""Share tasks among workers, and return futures."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from game.workers.messages import WorkerSpec
from game.workers.processes import start_fork_server
from game.workers.worker import Worker, WorkerLostError


class WorkerPool:
    """Gives a future for each answer of its workers, for a caller that waits for many at once.

    The standard library's pool of processes gives up all of them when one ends, and may then wait
    for ever for the others.
    """

    def __init__(self, spec: WorkerSpec, size: int) -> None:
        self._spec = spec
        self._threads = ThreadPoolExecutor(size)  # each has a worker of its own
        self._of_thread = threading.local()
        self._workers: list[Worker] = []
        self._is_open = True

    def submit(self, task: Any) -> Future[Any]:
        """Submit a task; its future raises WorkerLostError, or what the task raised."""
        if self._spec.start_method == "forkserver":
            start_fork_server(self._spec.prepare.__module__)
        return self._threads.submit(self._call, task)

    def end(self) -> None:
        """End all workers now, whatever they are doing, and drop what waits."""
        self._is_open = False
        for worker in self._workers:
            worker.end()
        self._threads.shutdown(cancel_futures=True)

    def _call(self, task: Any) -> Any:
        """Do a task with the worker of this thread, by a new one if it has none."""
        if not self._is_open:
            raise WorkerLostError
        worker: Worker | None = getattr(self._of_thread, "worker", None)
        if worker is None or worker.exit_reason:
            worker = self._of_thread.worker = Worker(self._spec)
            self._workers.append(worker)
            if not self._is_open:
                worker.end()
        return worker.call(task)
