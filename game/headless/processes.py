"""How worker processes are made: cheaply, and deaf to Ctrl-C, which is their parent's to answer."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Callable, Iterator
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any

# The slow part of a worker's start. Where there is a fork server it does this once for all of
# them, while the parent is still at its plans; else each worker does it when it is asked to.
_LOADED_AHEAD = ["game.headless.fleet", "scipy.linalg", "numba"]


def load_ahead() -> None:
    """Let what workers need be loaded from now on, if that can be done beside other work."""
    if _has_fork_server():
        _context().set_forkserver_preload(_LOADED_AHEAD)
        with _deaf_to_interrupts():
            forkserver.ensure_running()


def start_process(work: Callable[..., None], *arguments: Any) -> tuple[Any, Connection]:
    """A process at `work(connection, *arguments)`, and our end of the connection to it."""
    context = _context()
    ours, its = context.Pipe()
    process = context.Process(target=work, args=(its, *arguments), daemon=True)
    with _deaf_to_interrupts():
        process.start()
    its.close()  # so that ours tells when the process has ended
    return process, ours


def _has_fork_server() -> bool:
    return "forkserver" in multiprocessing.get_all_start_methods()


def _context() -> Any:
    return multiprocessing.get_context("forkserver" if _has_fork_server() else "spawn")


@contextlib.contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """What is started in here inherits that interrupts are ignored."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
