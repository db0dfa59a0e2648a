"""One process at a time does what all others can use afterwards."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock in the context, which is a file; wait for it while another process holds it.

    The system frees the lock of a process that ends. Where no file can be written or locked there
    is no lock: two processes may then do the same at once. A thread must not ask for a lock that
    it holds.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            _lock(stack.enter_context(path.open("ab")))
        yield


if sys.platform == "win32":

    def _lock(file: IO[bytes]) -> None:
        """Lock a file until it is closed, or give up after ten seconds."""
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)

else:

    def _lock(file: IO[bytes]) -> None:
        """Lock a file until it is closed."""
        fcntl.flock(file, fcntl.LOCK_EX)
