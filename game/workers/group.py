"""Share tasks among several workers."""

from __future__ import annotations

import queue
from collections import deque
from collections.abc import Iterator
from typing import Any, Final

from game.errors import InputError
from game.workers.messages import Message, WorkerLost, WorkerSpec
from game.workers.worker import Inbox, Worker, received

_MAX_FAILED_STARTS: Final = 3  # in a row; then no further worker would start either


class WorkerGroup:
    """Shares tasks among workers; each task goes to the first of them that is idle.

    Tasks start as many workers as they need, up to the size of the group. Another worker is
    started in place of one that was lost, `max_restarts` times at most, or any number of times.
    """

    def __init__(self, spec: WorkerSpec, size: int, max_restarts: int | None = None) -> None:
        self.workers: list[Worker] = []
        self.exit_reason = ""  # of the last worker that was lost
        self._spec, self._size = spec, size
        self._starts_left = None if max_restarts is None else size + max_restarts
        self._failed_starts = 0
        self._waiting: deque[Any] = deque()
        self._inbox: Inbox = queue.SimpleQueue()

    def __enter__(self) -> WorkerGroup:
        return self

    def __exit__(self, *_: object) -> None:
        self.end_and_wait()

    @property
    def tasks(self) -> list[Any]:
        """Return the tasks that workers have and those that wait for one."""
        busy = [worker.busy_with for worker in self.workers if worker.busy_with is not None]
        return busy + list(self._waiting)

    @property
    def free(self) -> int:
        """Return how many workers would be idle if no further task came."""
        return max(0, sum(worker.idle for worker in self.workers) - len(self._waiting))

    @property
    def is_alive(self) -> bool:
        """Return whether any worker is left."""
        return bool(self.workers)

    def start(self) -> None:
        """Start all workers that are missing now rather than when their tasks come."""
        self._failed_starts = 0
        self._start_up_to(self._size)

    def submit(self, task: Any) -> None:
        """Submit a task behind those that wait already."""
        self._waiting.append(task)
        self._assign()

    def submit_first(self, task: Any) -> None:
        """Submit a task before those that wait already."""
        self._waiting.appendleft(task)
        self._assign()

    def poll(self) -> list[Message]:
        """Return the messages of all workers since the last call."""
        return self._handled(received(self._inbox))

    def wait(self) -> list[Message]:
        """Wait until a worker sends something; all messages so far, which may be none.

        Raises InputError if no worker is left to do what waits.
        """
        if not self.workers:
            raise InputError(self.exit_reason)
        return self._handled(received(self._inbox, wait=True))

    def end(self) -> None:
        """End all workers now, whatever they are doing, and drop their tasks."""
        for worker in self.workers:
            worker.end()
        self.workers = []
        self._waiting.clear()

    def end_and_wait(self) -> None:
        """End all workers now, and return when their processes have ended."""
        workers = self.workers
        self.end()
        for worker in workers:
            worker.join()

    def _handled(self, received: Iterator[tuple[Worker, Message | None]]) -> list[Message]:
        messages = []
        for worker, message in received:
            if worker not in self.workers:
                continue  # it was ended
            if worker.ready:
                self._failed_starts = 0
            if isinstance(message, WorkerLost):
                self.workers.remove(worker)
                self.exit_reason = message.reason
                self._failed_starts += not worker.ready
            if message is not None:
                messages.append(message)
        self._assign()
        return messages

    def _assign(self) -> None:
        """Give waiting tasks to idle workers, and start workers for the others."""
        for worker in self.workers:
            if worker.idle and self._waiting:
                worker.send(self._waiting.popleft())
        starting = sum(not worker.ready for worker in self.workers)
        self._start_up_to(min(self._size, len(self.workers) + len(self._waiting) - starting))

    def _start_up_to(self, count: int) -> None:
        while len(self.workers) < count and self._may_start():
            self.workers.append(Worker(self._spec, self._inbox))
            if self._starts_left is not None:
                self._starts_left -= 1

    def _may_start(self) -> bool:
        return self._starts_left != 0 and self._failed_starts < _MAX_FAILED_STARTS
