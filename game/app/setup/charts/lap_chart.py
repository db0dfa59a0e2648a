"""Draw charts over the distance of a lap: their frame, and a legend of strokes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.setup.charts import chart
from game.app.setup.charts.chart import Panel, ValueRange
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line

_BACK: Final = (8, 10, 14, 205)


def legend(
    surface: pygame.Surface, box: Box, scale: TextScale, names: Sequence[tuple[str, Colour]]
) -> None:
    """Draw strokes of colour, each with what it stands for, on a ground of their own."""
    left, small = box.left, scale.em(chart.SMALL_EM)
    wide = sum(line_width(words, small) + 2 + scale.em(1.2) + scale.em(0.35) for words, _ in names)
    wide += scale.em(1.0) * len(names)
    ground = box._replace(left=left - scale.em(0.5), width=wide)
    fill_rounded(surface, ground, _BACK, box.height / 4)
    for words, colour in names:
        high = max(3, scale.em(0.2))
        stroke = Box(left, box.top + (box.height - high) // 2, scale.em(1.2), high)
        fill_rounded(surface, stroke, colour, high / 2)
        width = line_width(words, small) + 2
        place = Box(stroke.right + scale.em(0.35), box.top, width, box.height)
        write_line(surface, words, place, TextStyle(small, palette.TEXT))
        left = place.right + scale.em(1.0)


def trace_panel(
    surface: pygame.Surface,
    whole: Box,
    scale: TextScale,
    title: str,
    across: ValueRange,
    up: ValueRange,
    *,
    sign: bool = False,
) -> Panel:
    """Return an empty chart over the lap's distance, with its title and numbers."""
    small = scale.em(chart.SMALL_EM)
    frame = whole._replace(left=whole.left + scale.em(2.8), width=whole.width - scale.em(2.8))
    chart.back(surface, frame, scale)
    inner = Box(
        frame.left + scale.em(0.5),
        frame.top + line_height(small) + scale.em(0.2),
        frame.width - scale.em(1.0),
        frame.height - line_height(small) - scale.em(0.6),
    )
    panel = Panel(inner, across, up)
    chart.rules(surface, panel, scale, frame.left - scale.em(0.4), sign=sign)
    line = Box(inner.left, frame.top + scale.em(0.1), inner.width, line_height(small))
    write_line(surface, title, line, TextStyle(small, palette.TEXT))
    return panel
