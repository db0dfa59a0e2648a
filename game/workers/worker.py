"""Start a process, give it tasks and receive its messages, from the parent's side."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
import weakref
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any, Final

from game.errors import InputError
from game.translation import _, language
from game.workers.messages import (
    Answer,
    Failure,
    Message,
    MessageKind,
    Progress,
    WorkerLost,
    WorkerSpec,
)
from game.workers.processes import exit_reason, start_fork_server, start_process


class WorkerLostError(Exception):
    """The worker ended before its task was done."""


Inbox = queue.SimpleQueue[tuple["Worker", MessageKind, Any]]

_workers: Final = weakref.WeakSet["Worker"]()  # of this process
_workers_lock: Final = threading.Lock()


def workers_at_work() -> int:
    """Return how many workers of this process are at a task, of whatever kind."""
    with _workers_lock:
        return sum(worker.is_working for worker in _workers)


class Worker:
    """A worker is a process that works on one task after another, as its parent sees it."""

    def __init__(self, spec: WorkerSpec, inbox: Inbox | None = None) -> None:
        """Return at once, while a thread starts the process.

        Workers that share an inbox are waited for together.
        """
        self.ready = False
        self.busy_with: Any = None  # the task
        self.exit_reason = ""  # why it was lost, once it is
        self._inbox: Inbox = queue.SimpleQueue() if inbox is None else inbox
        self._lock = threading.Lock()  # of the process and the end; nothing waits while it is held
        self._sending = threading.Lock()  # of the pipe, which may be full, and the unsent tasks
        self._process: Any = None
        self._pipe: Connection | None = None
        self._unsent: list[Any] = []  # tasks for a process that is not ready
        self._reads_tasks = False  # what is sent before would fill the pipe
        self._is_ending = False
        self._unanswered = 0  # tasks
        with _workers_lock:
            _workers.add(self)
        if spec.start_method == "forkserver":
            start_fork_server(spec.prepare.__module__)
        self._thread = threading.Thread(target=self._run, args=(spec,), name="worker", daemon=True)
        self._thread.start()

    @property
    def idle(self) -> bool:
        """Return whether it has started and has nothing to do."""
        return self.ready and self.busy_with is None and not self.exit_reason

    @property
    def is_working(self) -> bool:
        """Return whether it is at a task, or will begin it as soon as it has started.

        It is not any more once its answer is here, even if nobody ever polls it.
        """
        return self._unanswered > 0 and not self._is_ending

    @property
    def pid(self) -> int | None:
        """Return the number of its process, once that has started."""
        return None if self._process is None else self._process.pid

    def send(self, task: Any) -> None:
        """Give it its next task; if it is not ready yet it gets it later, and nobody waits."""
        with self._sending:
            self._unanswered += 1
            if self._pipe is None or not self._reads_tasks:
                self._unsent.append(task)
            else:
                with contextlib.suppress(OSError):  # of a worker that has ended, as it will say
                    self._pipe.send(task)
        self.busy_with = task

    def poll(self) -> list[Message]:
        """Return the messages of the worker since the last call."""
        return [message for _, message in received(self._inbox) if message is not None]

    def call(self, task: Any) -> Any:
        """Give it a task and wait for the answer.

        Raises WorkerLostError, InputError if its process could not be started, or what the task
        raised.
        """
        self.send(task)
        while True:
            for _worker, message in received(self._inbox, wait=True):
                if isinstance(message, Answer):
                    return message.value
                if isinstance(message, Failure):
                    raise message.error
                if isinstance(message, WorkerLost):
                    lost = InputError if self.pid is None else WorkerLostError
                    raise lost(message.reason)

    def end(self) -> None:
        """End its process now, whatever it is doing, even while it is being started."""
        with self._lock:
            self._is_ending = True
            if self._process is not None:
                self._process.kill()

    def join(self, timeout_s: float | None = None) -> bool:
        """Wait until its process has ended, and return whether it has."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def note(self, kind: MessageKind, value: Any) -> Message | None:
        """Update its state by what it has sent, and return the message to be passed on, if any."""
        if kind is MessageKind.READY:
            self.ready = True
            return None
        task = self.busy_with
        if kind is MessageKind.PROGRESS:
            return Progress(task, value)
        self.busy_with = None
        if kind is MessageKind.ANSWER:
            return Answer(task, value)
        if kind is MessageKind.FAILURE:
            return Failure(task, value)
        self.exit_reason = value
        return WorkerLost(task, value)

    def _run(self, spec: WorkerSpec) -> None:
        """Start the process and pass on what comes from it until it ends; in the thread."""
        reason = ""
        try:
            self._process_started(*start_process(spec.start_method), spec)
            while True:
                assert self._pipe is not None
                kind, value = self._pipe.recv()
                if kind is MessageKind.LAST_WORDS:
                    reason = value
                else:
                    if kind in (MessageKind.ANSWER, MessageKind.FAILURE):
                        with self._sending:
                            self._unanswered -= 1
                    self._inbox.put((self, kind, value))
                if kind is MessageKind.READY:
                    self._send_unsent(self._pipe)
        except InputError as error:
            reason = str(error)
        except (EOFError, OSError) as error:
            reason = reason or self._exit_reason(error)
        except Exception as error:  # of something that can be pickled there, but not unpickled here
            reason = _("what its process sent could not be read: {reason}").format(reason=error)
        with self._sending:
            if self._pipe is not None:
                self._pipe.close()
            self._pipe = None
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._unanswered = 0
        self._inbox.put((self, MessageKind.LOST, reason))

    def _process_started(self, process: Any, pipe: Connection, spec: WorkerSpec) -> None:
        with self._lock:
            self._process = process
            if self._is_ending:
                process.kill()
        # The fork server has the environment of its own start, and its children inherit that.
        pipe.send((spec, language(), dict(os.environ)))  # may take until the process reads it
        with self._sending:
            self._pipe = pipe

    def _send_unsent(self, pipe: Connection) -> None:
        with self._sending:
            self._reads_tasks = True
            for task in self._unsent:
                pipe.send(task)

    def _exit_reason(self, error: Exception) -> str:
        if self._is_ending:
            return _("its process was no longer needed")
        if self._process is None:
            return _("no process could be started: {reason}").format(reason=error)
        return exit_reason(self._process)


def received(inbox: Inbox, wait: bool = False) -> Iterator[tuple[Worker, Message | None]]:
    """Return the content of an inbox in its order, each with its worker."""
    with contextlib.suppress(queue.Empty):
        worker, kind, value = inbox.get(block=wait)
        while True:
            yield worker, worker.note(kind, value)
            worker, kind, value = inbox.get_nowait()
