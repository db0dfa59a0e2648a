"""Say what clips there are, of which part of a replay, and what takes one."""

from __future__ import annotations

from typing import Final, NamedTuple, Protocol

import pygame

from game.app.sound.synthesiser import Pcm

MOVIE: Final = ".mp4"
GIF: Final = ".gif"
MAX_GIF_FPS: Final = 50  # viewers show a picture for two hundredths of a second at least


class ClipFormat(NamedTuple):
    """Says how large the pictures of a clip are, and how many there are in a second."""

    size: tuple[int, int]
    fps: int


class FilmedPart(NamedTuple):
    """Says which part of a replay is filmed, in its ticks, and which car is followed."""

    begin: int
    end: int
    car: int = 0


class ClipFile(Protocol):
    """Takes a clip, picture by picture."""

    def show(self, picture: pygame.Surface) -> None:
        """Add a picture."""
        ...

    def sound(self, samples: Pcm) -> None:
        """Add samples, shape (frames, 2)."""
        ...

    def finish(self) -> None:
        """Write what is left to write."""
        ...
