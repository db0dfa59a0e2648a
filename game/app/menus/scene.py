"""Define what the window asks of a scene."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Protocol

import pygame

from game.app.input.commands import Command
from game.app.input.pointer import Pointer


class Scene(Protocol):
    """A scene fills the window."""

    def handle(self, command: Command) -> Scene | None:
        """Follow a command and return the scene that comes next, or None to close the window."""
        ...

    def handle_pointer(self, pointer: Pointer) -> Scene | None:
        """Follow the mouse and return the scene that comes next, or None to close the window."""
        ...

    def update(self, frame_s: float) -> None:
        """Move on by a frame."""
        ...

    def draw(self, surface: pygame.Surface) -> None:
        """Fill the surface."""
        ...


class PassingScene(ABC):
    """A passing scene gives way to another one by itself."""

    @abstractmethod
    def following(self) -> Scene:
        """Return the scene that is shown from now on: this one until its time has come."""
