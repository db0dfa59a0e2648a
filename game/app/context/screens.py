"""Find the screens of this machine, and how much of each a window may take up."""

from __future__ import annotations

import ctypes
from typing import Final, NamedTuple

import pygame

from game.app.input.sdl_library import sdl_library

_PANEL: Final = 48  # taken off the height of a screen whose free area the system does not report


class Area(NamedTuple):
    """An area is a rectangle of the desktop, in pixels."""

    left: int
    top: int
    width: int
    height: int

    def overlap_px(self, other: Area) -> int:
        """Return the number of pixels that both areas have in common."""
        wide = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        high = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(wide, 0) * max(high, 0)


class Screen(NamedTuple):
    """A screen has an area, and a part of it that panels and docks leave free."""

    whole: Area
    usable: Area

    def key(self, index: int) -> str:
        """Return a name under which a screen is found again."""
        return f"{index} {self.whole.width}x{self.whole.height}"


def screens() -> list[Screen]:
    """Return the screens in the system's order; at least one while there is a display."""
    return _asked_of_sdl() or [
        Screen(Area(0, 0, *size), Area(0, 0, size[0], size[1] - _PANEL))
        for size in pygame.display.get_desktop_sizes()
    ]


class _Rect(ctypes.Structure):
    """Holds the layout of SDL's `SDL_Rect`."""

    _fields_ = tuple((name, ctypes.c_int) for name in ("x", "y", "w", "h"))


def _asked_of_sdl() -> list[Screen]:
    """Ask the library itself for what pygame does not pass on; nothing where it is not found."""
    library = sdl_library()
    if library is None:
        return []
    try:
        return [
            Screen(
                _area(library.SDL_GetDisplayBounds, index),
                _area(library.SDL_GetDisplayUsableBounds, index),
            )
            for index in range(library.SDL_GetNumVideoDisplays())
        ]
    except (AttributeError, ValueError):
        return []


def _area(ask: ctypes._NamedFuncPointer, index: int) -> Area:
    """Ask for an area. Raises ValueError if the library does not know it."""
    found = _Rect()
    if ask(index, ctypes.byref(found)) != 0 or found.w <= 0 or found.h <= 0:
        raise ValueError("no such display")
    return Area(found.x, found.y, found.w, found.h)
