"""How worker processes are made: cheaply, and deaf to Ctrl-C, which is their parent's to answer."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any

from game.errors import InputError

# The slow part of a worker's start. Where there is a fork server it does this once for all of
# them, while the parent is still at its plans; else each worker does it when it is asked to.
_LOADED_AHEAD = ["game.headless.fleet", "scipy.linalg", "numba"]


def load_ahead() -> None:
    """Let what workers need be loaded from now on, if that can be done beside other work.

    Before the first process is started, in the main thread.
    """
    if not _has_fork_server():
        return
    _context().set_forkserver_preload(_LOADED_AHEAD)
    heard_by = signal.signal(signal.SIGINT, signal.SIG_IGN)  # which the server's children inherit
    try:
        with _safe_path():
            forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, heard_by)


def start_process(work: Callable[[Connection], None]) -> tuple[Any, Connection]:
    """A process at this work, which is given one end of a connection, and the other end of it.

    May take a second, until what workers need is loaded. Raises InputError if none can be started.
    """
    context = _context()
    ours, its = context.Pipe()
    process = context.Process(target=work, args=(its,), daemon=True)
    try:
        process.start()
    except (EOFError, ConnectionError):
        raise InputError("no process could be started: the server that makes them ended") from None
    its.close()  # so that ours tells when the process has ended
    return process, ours


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """Keep the working folder, where a `random.py` may lie, out of the server's imports."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def _has_fork_server() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _context() -> Any:
    return multiprocessing.get_context("forkserver" if _has_fork_server() else "spawn")
