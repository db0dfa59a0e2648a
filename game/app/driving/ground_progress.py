"""Show at the window's lower edge how much of the circuit is painted, as long as it is not all."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import metrics
from game.translation import _

_TEXT_PX: Final = 10
_LINE_PX: Final = 2
_PAD: Final = 6
_BEHIND: Final = (*palette.INK, 150)


def draw_ground_progress(surface: pygame.Surface, progress: float, text_scale: float) -> None:
    """Draw a line as long as the share that is painted, 0..1, and what it means above it."""
    if progress >= 1.0:
        return
    sizes = metrics(surface.get_size(), text_scale)
    line_px = max(_LINE_PX, sizes.space(_LINE_PX))
    top = sizes.height - line_px
    surface.fill(palette.INK, (0, top, sizes.width, line_px))
    surface.fill(palette.BRIGHT, (0, top, round(progress * sizes.width), line_px))
    px = sizes.entry(_TEXT_PX)
    text = f"{_('Painting the circuit')}  {100.0 * progress:.0f} %"
    width = line_width(text, px) + 2 * sizes.space(_PAD)
    box = Box((sizes.width - width) // 2, top - line_height(px), width, line_height(px))
    fill_rounded(surface, box, _BEHIND, sizes.space(3))
    write_line(surface, text, box, TextStyle(px, palette.TEXT), Align.CENTRE)
