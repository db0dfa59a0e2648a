"""Charts over the distance of a lap: their frame, and a legend of strokes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.setup.charts import chart
from game.app.setup.charts.chart import Panel, Span
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.lettering import Colour
from game.app.ui.rounded import fill_rounded
from game.app.ui.rows import Look
from game.app.ui.typeset import Style, line_height, set_in, width_of

_BACK: Final = (8, 10, 14, 205)


def legend(
    surface: pygame.Surface, box: Box, look: Look, names: Sequence[tuple[str, Colour]]
) -> None:
    """Strokes of colour, each with what it stands for, on a ground of their own."""
    left, small = box.left, look.em(chart.SMALL_EM)
    wide = sum(width_of(words, small) + 2 + look.em(1.2) + look.em(0.35) for words, _ in names)
    wide += look.em(1.0) * len(names)
    ground = box._replace(left=left - look.em(0.5), width=wide)
    fill_rounded(surface, ground, _BACK, box.height / 4)
    for words, colour in names:
        high = max(3, look.em(0.2))
        stroke = Box(left, box.top + (box.height - high) // 2, look.em(1.2), high)
        fill_rounded(surface, stroke, colour, high / 2)
        width = width_of(words, small) + 2
        place = Box(stroke.right + look.em(0.35), box.top, width, box.height)
        set_in(surface, words, place, Style(small, palette.TEXT))
        left = place.right + look.em(1.0)


def trace_panel(
    surface: pygame.Surface,
    whole: Box,
    look: Look,
    title: str,
    across: Span,
    up: Span,
    *,
    sign: bool = False,
) -> Panel:
    """An empty chart over the lap's distance, with its title and numbers."""
    small = look.em(chart.SMALL_EM)
    frame = whole._replace(left=whole.left + look.em(2.8), width=whole.width - look.em(2.8))
    chart.back(surface, frame, look)
    inner = Box(
        frame.left + look.em(0.5),
        frame.top + line_height(small) + look.em(0.2),
        frame.width - look.em(1.0),
        frame.height - line_height(small) - look.em(0.6),
    )
    panel = Panel(inner, across, up)
    chart.rules(surface, panel, look, frame.left - look.em(0.4), sign=sign)
    line = Box(inner.left, frame.top + look.em(0.1), inner.width, line_height(small))
    set_in(surface, title, line, Style(small, palette.TEXT))
    return panel
