"""Show that a drive is practice: that its laps do not count, how fast time runs, what is kept."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.panel import draw_panel
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import metrics
from game.translation import _

_TOP: Final = 72  # below what is said of track limits, in units
_PX: Final = 14
_PAD: Final = 12
_DENSE: Final = 0.72


class PracticeFigures(NamedTuple):
    """Says how a drive is practised."""

    speed: float  # of time, 1 as usual
    is_looped: bool  # a corner, again and again


def draw_practice(surface: pygame.Surface, figures: PracticeFigures, text_scale: float) -> Box:
    """Draw a line in the middle near the upper edge, and return where."""
    sizes = metrics(surface.get_size(), text_scale)
    px, pad = sizes.text(_PX), sizes.space(_PAD)
    title, words = _("PRACTICE"), _words(figures)
    wide = line_width(title, px, Weight.BOLD) + 2
    width = wide + px + line_width(words, px) + 2 + 2 * pad
    high = line_height(px) + pad // 2
    box = Box((sizes.width - width) // 2, sizes.space(_TOP), width, high)
    draw_panel(surface, box, sizes.unit, _DENSE)
    line = Box(box.left + pad, box.top + pad // 4, width - 2 * pad, line_height(px))
    write_line(surface, title, line, TextStyle(px, palette.YELLOW, Weight.BOLD))
    write_line(surface, words, line, TextStyle(px, palette.BRIGHT), Align.RIGHT)
    return box


def _words(figures: PracticeFigures) -> str:
    """Return what there is to know, in a line."""
    words = [_("laps do not count until you restart")]
    if figures.speed < 1.0:
        words.append(_("time at {percent} %").format(percent=round(100.0 * figures.speed)))
    if figures.is_looped:
        words.append(_("a corner in a loop"))
    return " \N{MIDDLE DOT} ".join(words)
