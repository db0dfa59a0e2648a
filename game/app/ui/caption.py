"""Draw a line of text on a panel in the middle of the window, which says what is going on."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.panel import draw_panel
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import Metrics

_PX: Final = 16


def caption_height(sizes: Metrics) -> int:
    """Return the height of a caption."""
    return line_height(sizes.text(_PX)) + sizes.space(6)


def draw_caption(
    surface: pygame.Surface, sizes: Metrics, text: str, colour: Colour, top: int
) -> Box:
    """Draw a caption as wide as its text, `top` pixels below the upper edge; return where."""
    px = sizes.text(_PX)
    width = line_width(text, px, Weight.BOLD) + 2 * px
    box = Box((sizes.width - width) // 2, top, width, caption_height(sizes))
    draw_panel(surface, box, sizes.unit)
    write_line(surface, text, box, TextStyle(px, colour, Weight.BOLD), Align.CENTRE)
    return box
