"""Keep the messages of the system's sound library away from the terminal.

ALSA writes eight lines to stderr for every device that it does not find, and a device is looked
for every few seconds. The window shows pygame's own error instead.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_USUAL: Final = "libasound.so.2"
_MAPS: Final = Path("/proc/self/maps")


def keep_library_silent() -> None:
    """Have every ALSA library of this process say nothing; without one nothing happens.

    It is given a function of C that ignores its arguments. A function of Python would need
    Python's lock, which the thread that closes the device may hold while SDL waits for its own.
    """
    if not sys.platform.startswith("linux"):
        return
    for name in _libraries():
        with suppress(OSError, AttributeError):
            set_handler = ctypes.CDLL(name).snd_lib_error_set_handler
            set_handler(ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p))


def _libraries() -> Iterator[str]:
    """Yield those that are loaded, as pygame brings one along, and the system's."""
    with suppress(OSError):
        words = {line.split()[-1] for line in _MAPS.read_text().splitlines()}
        yield from sorted(word for word in words if "libasound" in word)
    yield _USUAL
