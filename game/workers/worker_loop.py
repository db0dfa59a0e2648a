"""A worker's process answers tasks until the connection to its parent ends."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final, NoReturn

from game.catalogues import set_language
from game.translation import _
from game.workers.messages import MessageKind, WorkerSpec

_FAILED_EXIT_CODE: Final = 1


class ParentLink:
    """Connects a worker with its parent."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def report(self, value: Any) -> None:
        """Report progress with the task; the parent receives a `Progress`."""
        self._pipe.send((MessageKind.PROGRESS, value))

    def exit(self, reason: str, exit_code: int) -> NoReturn:
        """End this worker at once, for a reason that is sent to its parent."""
        try:
            self._pipe.send((MessageKind.LAST_WORDS, reason))
        finally:
            os._exit(exit_code)


def worker_loop(pipe: Connection) -> None:
    """Answer tasks until the connection ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where there is no fork server to inherit from
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with contextlib.suppress(EOFError, OSError):
        spec, spoken, environment = _received(pipe)
        os.environ.clear()
        os.environ.update(environment)
        set_language(spoken)  # of what it may say to the player
        if spec.niceness and hasattr(os, "nice"):
            os.nice(spec.niceness)
        link = ParentLink(pipe)
        try:
            answer = spec.prepare(link, *spec.arguments)
        except Exception as error:
            traceback.print_exc()
            reason = _("its process could not start: {reason}").format(reason=error)
            link.exit(reason, _FAILED_EXIT_CODE)
        pipe.send((MessageKind.READY, None))
        while True:
            pipe.send(_result(answer, pipe.recv()))


def _received(pipe: Connection) -> tuple[WorkerSpec, str, dict[str, str]]:
    """Return the worker's work, and the language and the environment of its parent."""
    spec, spoken, environment = pipe.recv()
    return spec, spoken, environment


def _result(answer: Callable[[Any], Any], task: Any) -> tuple[MessageKind, Any]:
    try:
        return MessageKind.ANSWER, answer(task)
    except Exception as error:
        error.add_note(f"In a worker process:\n{traceback.format_exc()}")
        return MessageKind.FAILURE, _picklable(error)


def _picklable(error: Exception) -> Exception:
    """Return the error, or another one with its text where it could not be read by the parent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


def _end_with_parent() -> None:
    """Wait for the parent's end, which a worker that is busy would not notice otherwise."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(_FAILED_EXIT_CODE)
