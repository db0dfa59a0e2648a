"""What the window asks of a scene."""

from __future__ import annotations

from typing import NamedTuple, Protocol

import pygame

from game.app.input.commands import Command


class Pointer(NamedTuple):
    """The mouse: where it is, what its left button just did, how far its wheel turned."""

    place: tuple[int, int]
    pressed: bool = False
    released: bool = False
    held: bool = False
    scrolled: int = 0  # lines, up positive


class Scene(Protocol):
    """Something that fills the window."""

    def hear(self, command: Command) -> Scene | None:
        """Follow a command; the scene that comes next, or None to close the window."""
        ...

    def point(self, pointer: Pointer) -> Scene | None:
        """Follow the mouse; the scene that comes next, or None to close the window."""
        ...

    def advance(self, frame_s: float) -> None:
        """Move on by a frame."""
        ...

    def draw(self, surface: pygame.Surface) -> None:
        """Fill the surface."""
        ...
