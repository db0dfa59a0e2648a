"""Show news over the picture for a few seconds."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.panel import draw_panel
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, line_width, wrapped, write_line
from game.app.ui.theme import Metrics, metrics

_SHOWN_S: Final = 2.5
_PER_LETTER_S: Final = 0.05  # longer news stay longer
_PX: Final = 16
_TOP: Final = 92
_DENSE: Final = 0.9


class Notice:
    """Shows the latest message over the picture for a few seconds."""

    def __init__(self) -> None:
        self._text = ""
        self._left_s = 0.0

    def show(self, text: str) -> None:
        """Show a text from now on."""
        self._text = text
        self._left_s = _SHOWN_S + _PER_LETTER_S * len(text)

    def draw(self, surface: pygame.Surface, frame_s: float, text_scale: float = 1.0) -> None:
        """Draw the message near the upper edge while it is new."""
        if self._left_s <= 0.0:
            return
        self._left_s -= frame_s
        sizes = metrics(surface.get_size(), text_scale)
        px = sizes.text(_PX)
        lines = wrapped(self._text, sizes.width - 2 * sizes.margin - 2 * px, px)
        box = _box(sizes, lines, px)
        draw_panel(surface, box, sizes.unit, _DENSE)
        high = line_height(px)
        for index, line in enumerate(lines):
            top = box.top + px // 2 + index * high
            place = Box(box.left + px, top, box.width - 2 * px, high)
            write_line(surface, line, place, TextStyle(px, palette.BRIGHT), Align.CENTRE)


def _box(sizes: Metrics, lines: tuple[str, ...], px: int) -> Box:
    width = max(line_width(line, px) for line in lines) + 2 * px + 2
    height = len(lines) * line_height(px) + px
    return Box((sizes.width - width) // 2, sizes.space(_TOP), width, height)
