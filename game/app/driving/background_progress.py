"""Show at the window's lower edge how far the work is that is done beside a drive."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import metrics
from game.translation import _

_TEXT_PX: Final = 13
_LINE_PX: Final = 2
_PAD: Final = 6
_BEHIND: Final = (*palette.INK, 150)
_BETWEEN: Final = "   \N{MIDDLE DOT}   "


def draw_background_progress(
    surface: pygame.Surface, shares: Mapping[str, float], text_scale: float
) -> None:
    """Draw what is being done, each with its share, 0..1, over a line that shows the lowest one."""
    text = _BETWEEN.join(f"{_(what)}  {100.0 * share:.0f} %" for what, share in shares.items())
    sizes = metrics(surface.get_size(), text_scale)
    line_px = max(_LINE_PX, sizes.space(_LINE_PX))
    top = sizes.height - line_px
    surface.fill(palette.INK, (0, top, sizes.width, line_px))
    surface.fill(palette.BRIGHT, (0, top, round(min(shares.values()) * sizes.width), line_px))
    px = sizes.entry(_TEXT_PX)
    width = line_width(text, px) + 2 * sizes.space(_PAD)
    box = Box((sizes.width - width) // 2, top - line_height(px), width, line_height(px))
    fill_rounded(surface, box, _BEHIND, sizes.space(3))
    write_line(surface, text, box, TextStyle(px, palette.TEXT), Align.CENTRE)
