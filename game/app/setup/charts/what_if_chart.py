"""Draw lap time, energy and balance over a value's range: all together, or chart by chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.setup.charts import chart, chart_marks
from game.app.setup.charts.chart import Panel, ValueRange
from game.app.setup.charts.what_if_panel import BEST, NOW, PANELS, PROMISED, draw_what_if_panel
from game.app.setup.model.evidence import Evidence
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_circle, fill_part, fill_rounded
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.setups.items import law_text
from game.translation import N_, _

_GUTTER_EM: Final = 2.8  # for the numbers at the left
_MIN_EM: Final = 3.9  # height of a panel, below which fewer are shown
_FIRST: Final = 1.45  # times as high as the others is the first
_MARKS: Final = (N_("measured"), N_("predicted"), N_("now"), N_("default"), N_("best"))
_TROUGH: Final = (255, 255, 255, 40)


def chart_views(box: Box, scale: TextScale) -> list[range]:
    """Return the panels shown in turn: as many as the box holds, then each alone."""
    room = box.height - _foot_height(scale)
    held = min(max(int(room / scale.em(_MIN_EM) - _FIRST + 1.0), 1), len(PANELS))
    together = [range(at, min(at + held, len(PANELS))) for at in range(0, len(PANELS), held)]
    alone = [range(at, at + 1) for at in range(len(PANELS))]
    return together if held == 1 else [*together, *alone]


def draw_what_if(
    surface: pygame.Surface, box: Box, scale: TextScale, evidence: Evidence, shown: range
) -> None:
    """Fill a box with these panels, one value across all of them."""
    room = box.height - _foot_height(scale)
    high = int(room / (len(shown) - 1 + _FIRST))
    numbers = evidence.variation.numbers
    across = ValueRange(min(numbers), max(numbers))
    left, top = box.left + scale.em(_GUTTER_EM), box.top
    for at in shown:
        tall = high if at != shown[0] else room - high * (len(shown) - 1)
        whole = Box(left, top, box.right - left, tall - scale.em(0.45))
        draw_what_if_panel(surface, whole, scale, evidence, PANELS[at], across)
        top += tall
    pad = scale.em(0.7)
    foot = Panel(
        Box(left + pad, box.top, box.right - left - 2 * pad, 1), across, ValueRange(0.0, 1.0)
    )
    _draw_foot(surface, foot, scale, evidence, top - scale.em(0.3))


def draw_legend(surface: pygame.Surface, box: Box, scale: TextScale) -> None:
    """Draw what the marks mean, as many of them as have room."""
    small, left = scale.em(chart.SMALL_EM), box.left
    middle = box.top + box.height / 2
    wide = scale.em(1.3)
    for name in _MARKS:
        width = line_width(_(name), small) + 2
        if left + wide + scale.em(0.3) + width > box.right:
            break
        ends = ((left, middle), (left + wide, middle))
        centre = (left + wide / 2, middle)
        if name == "measured":
            chart_marks.dot(surface, centre, scale.em(0.22), palette.BRIGHT)
        elif name == "predicted":
            chart_marks.dashes(surface, ends, scale, PROMISED)
        elif name == "best":
            chart_marks.ring(surface, centre, scale.em(0.36), BEST)
        else:
            stroke = Panel(
                Box(left, round(middle - scale.em(0.45)), wide, scale.em(0.9)),
                ValueRange(0.0, 1.0),
                ValueRange(0.0, 1.0),
            )
            colour = NOW if name == "now" else palette.DIM
            chart_marks.upright(surface, stroke, scale, 0.5, colour, dashed=name == "default")
        words = Box(left + wide + scale.em(0.3), box.top, width, box.height)
        write_line(surface, _(name), words, TextStyle(small, palette.TEXT))
        left = words.right + scale.em(1.1)


def draw_progress(surface: pygame.Surface, box: Box, share: float) -> None:
    """Draw a thin bar of how many laps are driven; it is fainter when all of them are."""
    fill_rounded(surface, box, _TROUGH, box.height / 2)
    colour = palette.BLUE if share < 1.0 else palette.FAINT
    fill_part(surface, box, colour, box.height / 2, share)


def draw_pager(surface: pygame.Surface, box: Box, scale: TextScale, count: int, chosen: int) -> int:
    """Draw dots at the right of a box, one for each view; return where the first of them begins."""
    step, middle = scale.em(0.75), box.top + box.height / 2
    first = box.right - (count - 1) * step - scale.em(0.3)
    for index in range(count):
        colour = palette.BRIGHT if index == chosen else palette.FAINT
        radius = scale.em(0.24 if index == chosen else 0.17)
        fill_circle(surface, (first + index * step, middle), radius, colour)
    return first - scale.em(0.5)


def _foot_height(scale: TextScale) -> int:
    return 2 * line_height(scale.em(chart.SMALL_EM)) + scale.em(0.2)


def _draw_foot(
    surface: pygame.Surface, foot: Panel, scale: TextScale, evidence: Evidence, top: int
) -> None:
    """Draw the values below the panels."""
    variation = evidence.variation
    item, numbers = variation.item, variation.numbers
    if item.choices:
        texts = {
            number: item.text(value)
            for number, value in zip(numbers, variation.values, strict=True)
        }
        chart.columns(surface, foot, scale, numbers, lambda n: texts[n], top)
    else:
        ticks: Sequence[float] = chart.ticks(foot.across, max(foot.box.width // scale.em(4.0), 2))
        chart.columns(surface, foot, scale, ticks, item.text, top)
    small = scale.em(chart.SMALL_EM)
    name = Box(foot.box.left, top + line_height(small), foot.box.width, line_height(small))
    label = _(item.label)
    if item.depends_on_split_law:
        label = f"{label}, {law_text(variation.now)}"
    write_line(surface, label, name, TextStyle(small, palette.TEXT), Align.CENTRE)
