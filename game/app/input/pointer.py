"""Bring the mouse to scenes and rows."""

from __future__ import annotations

from typing import NamedTuple


class Pointer(NamedTuple):
    """Says where the mouse is, what its left button just did, how far its wheel turned."""

    place: tuple[int, int]
    pressed: bool = False
    released: bool = False
    held: bool = False
    scrolled: int = 0  # lines, up positive
