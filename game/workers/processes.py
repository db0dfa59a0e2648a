"""Workers' processes are made cheaply, and so that they ignore Ctrl-C."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any, Final

from game.errors import InputError
from game.translation import _
from game.workers.messages import StartMethod
from game.workers.worker_loop import worker_loop

_SLOW_LIBRARY: Final = "numba"
_EXIT_TIMEOUT_S: Final = 5.0  # for a process to end whose connection has ended

# Python finds out about processes that have ended whenever another one is started. Of two threads
# that do so at once, one could miss the exit code.
_process_lock: Final = threading.Lock()


def start_fork_server(module: str) -> None:
    """Start loading what workers need, if that can be done beside other work.

    This is the slow part of a worker's start. Where there is a fork server it does this once for
    all workers, while the parent is still busy with other things; else each does it for itself.
    Workers start it when they are made; the earlier the better. Only the main thread can do it.

    module: where the work is defined; it is loaded, too.
    """
    if not _has_fork_server() or threading.current_thread() is not threading.main_thread():
        return
    multiprocessing.get_context("forkserver").set_forkserver_preload([module, _SLOW_LIBRARY])
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)  # which the server's children inherit
    try:
        with _safe_path():
            forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, handler)


def start_process(method: StartMethod) -> tuple[Any, Connection]:
    """Return a process that waits for its spec, and the parent's end of the connection to it.

    May take a second, until what workers need is loaded. Raises InputError or OSError if none can
    be started. The process is given little at its start: one that ends before it has read all of
    that would complain, or block its parent for ever.
    """
    context: Any = multiprocessing.get_context(method if _has_fork_server() else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=worker_loop, args=(theirs,), daemon=True)
    try:
        with _process_lock:
            process.start()
    except (EOFError, ConnectionError):
        text = _("no process could be started: the server that makes them ended")
        raise InputError(text) from None
    theirs.close()  # so that ours ends with the process
    return process, ours


def exit_reason(process: Any) -> str:
    """Return why a process has ended, once its connection has."""
    with _process_lock:
        process.join(_EXIT_TIMEOUT_S)
        exit_code: int | None = process.exitcode
    if exit_code is None:
        return _("its process closed its connection")
    if exit_code < 0:
        name = signal.Signals(-exit_code).name
        return _("its process was ended by {signal}").format(signal=name)
    return _("its process ended with exit code {code}").format(code=exit_code)


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
