"""What every instrument is to the layout and to the drive."""

from __future__ import annotations

from typing import ClassVar, Protocol

import pygame

from game.app.hud.hud_data import Seen
from game.app.hud.style import Style
from game.app.ui.box import Box


class Piece(Protocol):
    """One instrument: how much room it takes, and its picture."""

    size: ClassVar[tuple[float, float]]  # width and height, units of the 1280 x 720 design
    has_text: ClassVar[bool]  # then it grows with the text scale

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Draw it, all inside the box."""
        ...
