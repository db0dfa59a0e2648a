"""What every instrument is to the layout and to the drive."""

from __future__ import annotations

from typing import Protocol

import pygame

from game.app.hud.seen import Seen
from game.app.hud.style import Style
from game.app.ui.box import Box


class Piece(Protocol):
    """One instrument: how much room it takes, and its picture."""

    @staticmethod
    def natural_size(text: float) -> tuple[float, float]:
        """Width and height in units, where text is `text` times as large as in the design."""
        ...

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Draw it, all inside the box."""
        ...
