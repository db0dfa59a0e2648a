"""One process at a time does what all others can use afterwards."""

from __future__ import annotations

import contextlib
import os
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
    is no lock: two processes may then do the same at once. The file is removed at the end. A thread
    must not ask for a lock that it holds.
    """
    file = None
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = _locked_file(path)
    try:
        yield
    finally:
        if file is not None:
            _remove(path, file)


if sys.platform == "win32":

    def _locked_file(path: Path) -> IO[bytes]:
        """Open a file that is locked until it is closed, or give up after ten seconds."""
        with contextlib.ExitStack() as stack:
            file = stack.enter_context(path.open("ab"))
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            stack.pop_all()
        return file

    def _remove(path: Path, file: IO[bytes]) -> None:
        """Unlock and remove a file, unless another process has it open, too."""
        file.close()
        with contextlib.suppress(OSError):
            path.unlink()

else:

    def _locked_file(path: Path) -> IO[bytes]:
        """Open a file that is locked until it is closed.

        Who had to wait may have got a lock on a file that was removed: it takes the next one.
        """
        while True:
            with contextlib.ExitStack() as stack:
                file = stack.enter_context(path.open("ab"))
                fcntl.flock(file, fcntl.LOCK_EX)
                with contextlib.suppress(FileNotFoundError):
                    if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                        stack.pop_all()
                        return file

    def _remove(path: Path, file: IO[bytes]) -> None:
        """Remove a file while it is locked, so that nobody loses the next one, and unlock it."""
        with contextlib.suppress(OSError):
            path.unlink()
        file.close()
