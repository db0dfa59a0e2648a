"""Do work beside the game in a process of its own, which is polled once a frame."""

from __future__ import annotations

from typing import Any

from game.translation import _
from game.workers.messages import Answer, Failure, Progress, WorkerLost, WorkerSpec
from game.workers.worker import Worker


class BackgroundWork:
    """Does one task after another in a process, which is started with the first of them."""

    def __init__(self, spec: WorkerSpec, failed: str) -> None:
        """failed: the text about work that failed, marked for translation, with a `{reason}`."""
        self.error = ""  # why the last one failed that did, for the player; else empty
        self.progress = 0.0  # of the task that is being done, 0..1
        self._worker_spec = spec
        self._failed = failed
        self._worker: Worker | None = None
        self._failed_tasks: list[Any] = []
        self._is_closed = False

    @property
    def is_working(self) -> bool:
        """Return whether its process has a task."""
        return self._worker is not None and self._worker.is_working

    def close(self) -> None:
        """Give up at once: a process that is being started ends as soon as it has begun."""
        self._is_closed = True
        self._end()

    def _send(self, task: Any) -> None:
        """Give the process a task, unless it has one already."""
        if self._is_closed:
            return
        if self._worker is None:
            self._worker = Worker(self._worker_spec)
        if self._worker.busy_with is None:
            self._worker.send(task)

    def _answers(self) -> list[Answer]:
        """Return the answers that have come since the last call; note progress and errors."""
        answers: list[Answer] = []
        for message in () if self._worker is None else self._worker.poll():
            if isinstance(message, Answer):
                answers.append(message)
            elif isinstance(message, Progress):
                self.progress = message.value
            elif isinstance(message, Failure):
                self._note_failure(message.task, message.error)
            elif isinstance(message, WorkerLost):
                self._note_failure(message.task, message.reason)
        return answers

    def _note_failure(self, task: Any, reason: object) -> None:
        self.error = _(self._failed).format(reason=reason)
        self._failed_tasks.append(task)

    def _end_if_idle(self) -> None:
        """End the process unless it works on a task: the next one starts another."""
        if self._worker is not None and self._worker.busy_with is None:
            self._end()

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None
