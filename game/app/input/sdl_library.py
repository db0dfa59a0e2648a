"""Call the SDL library of pygame for the few things that pygame does not pass on."""

from __future__ import annotations

import ctypes
import sys
from functools import lru_cache
from pathlib import Path
from typing import Final

import pygame

_PLACES: Final = {  # beside pygame's package, or inside it
    "linux": ("../pygame_ce.libs/libSDL2-2*.so*",),
    "darwin": (".dylibs/libSDL2-2*.dylib", "../pygame_ce.dylibs/libSDL2-2*.dylib"),
    "win32": ("SDL2.dll",),
}


@lru_cache(maxsize=1)
def sdl_library() -> ctypes.CDLL | None:
    """Return the library; None where pygame uses another one than it brings along."""
    package = Path(pygame.__file__).parent
    for pattern in _PLACES.get(sys.platform, ()):
        folder = package / Path(pattern).parent
        for path in sorted(folder.glob(Path(pattern).name)):
            try:
                return ctypes.CDLL(str(path))
            except OSError:
                continue
    return None
