"""A line of news over the picture, gone after a few seconds."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.hud.layout import unit_of
from game.app.ui.box import Box
from game.app.ui.lettering import Align, text_width, write
from game.app.ui.panel import draw_panel

_SHOWN_S: Final = 3.0
_BRIGHT: Final = (243, 245, 248)


class Notice:
    """Shows the latest line."""

    def __init__(self) -> None:
        self._text = ""
        self._left_s = 0.0

    def say(self, text: str) -> None:
        """Show a line from now on."""
        self._text = text
        self._left_s = _SHOWN_S

    def draw(self, surface: pygame.Surface, frame_s: float) -> None:
        """Draw the line below the instruments while it is news."""
        if self._left_s <= 0.0:
            return
        self._left_s -= frame_s
        unit = unit_of(surface.get_size())
        size = round(24 * unit)
        width = text_width(self._text, size) + round(32 * unit)
        left = (surface.get_width() - width) // 2
        top = round(0.24 * surface.get_height())
        draw_panel(surface, Box(left, top, width, round(38 * unit)), unit)
        middle = left + width / 2
        write(surface, self._text, (middle, top + 7 * unit), size, _BRIGHT, Align.CENTRE)
