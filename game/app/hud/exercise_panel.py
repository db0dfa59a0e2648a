"""Draw the panel of an exercise, with words and times, and the banner with its result."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.medals import draw_medal
from game.app.ui.palette import Colour
from game.app.ui.panel import draw_panel, draw_trough
from game.app.ui.shapes import fill_part
from game.app.ui.text import Weight
from game.app.ui.text_layout import (
    TextStyle,
    line_height,
    line_width,
    paragraph_height,
    write_line,
    write_paragraph,
)
from game.app.ui.theme import Metrics, metrics
from game.goals.medals import Medal, MedalTimes

_TEXT_PX: Final = 15
_LESSON_WIDTH: Final = 400
_EDGE: Final = 16  # of the window
_PAD: Final = 14
_SMALL_PX: Final = 14
_TIME_PX: Final = 34
_BANNER_TOP: Final = 96
_BANNER_PX: Final = 38
_DENSE: Final = 0.86


class CornerFigures(NamedTuple):
    """Holds the figures on the panel of a corner."""

    title: str
    time: str
    best: str
    times: MedalTimes
    best_s: float


class LessonFigures(NamedTuple):
    """Holds the figures on the panel of a lesson."""

    title: str
    text: str
    task: str
    share: float  # of the task that is done, 0..1
    waits: str  # for what it waits before it begins


class ExerciseResult(NamedTuple):
    """Holds the words of a banner."""

    title: str
    figures: str
    colour: Colour
    medal: Medal | None = None


def draw_corner_panel(surface: pygame.Surface, figures: CornerFigures, text_scale: float) -> Box:
    """Draw the corner's name, the running and the best time, the medals' times; return where."""
    sizes = metrics(surface.get_size(), text_scale)
    small, large, pad = sizes.text(_SMALL_PX), sizes.text(_TIME_PX), sizes.space(_PAD)
    cells = [(medal, f"{time_s:.2f}") for medal, time_s in figures.times.items()]
    disc = 0.9 * small
    cell = round(disc + 0.5 * small) + max(line_width(text, small) for _, text in cells) + small
    width = max(2 * cell, line_width(figures.title, small, Weight.BOLD), sizes.text(200)) + 2 * pad
    step = line_height(small)
    height = pad + step + line_height(large) + step + 2 * round(1.15 * step) + pad
    box = Box(sizes.space(_EDGE), sizes.space(_EDGE), width, height)
    draw_panel(surface, box, sizes.unit, _DENSE)
    line = Box(box.left + pad, box.top + pad // 2, width - 2 * pad, step)
    write_line(surface, figures.title, line, TextStyle(small, palette.BRIGHT, Weight.BOLD))
    line = line._replace(top=line.bottom, height=line_height(large))
    write_line(surface, figures.time, line, TextStyle(large, palette.BRIGHT, Weight.BOLD))
    line = line._replace(top=line.bottom, height=step)
    write_line(surface, figures.best, line, TextStyle(small, palette.TEXT))
    for number, (medal, text) in enumerate(cells):
        row, column = divmod(number, 2)
        left = line.left + column * cell
        top = line.bottom + round((1.15 * row + 0.2) * step)
        won = figures.best_s <= figures.times[medal]
        draw_medal(surface, (left + disc / 2, top + step / 2), disc, medal, won=won)
        place = Box(left + round(disc + 0.5 * small), top, cell, step)
        colour = palette.BRIGHT if won else palette.LABEL
        write_line(surface, text, place, TextStyle(small, colour))
    return box


def draw_lesson_panel(surface: pygame.Surface, figures: LessonFigures, text_scale: float) -> Box:
    """Draw what to know and what to do, with a bar that fills; return where.

    There is less of it once it is under way.
    """
    sizes = metrics(surface.get_size(), text_scale)
    px, pad, edge = sizes.entry(_TEXT_PX), sizes.space(_PAD), sizes.space(_EDGE)
    width = min(sizes.entry(_LESSON_WIDTH), sizes.width - 2 * edge)
    inside, step = width - 2 * pad, line_height(px)
    bar_px = max(sizes.space(6), 4)
    texts = [(figures.task, palette.BRIGHT)]
    if figures.waits:
        texts = [(figures.text, palette.TEXT), *texts, (figures.waits, palette.YELLOW)]
    heights = [paragraph_height(text, inside, px) for text, _ in texts]
    gaps = (len(texts) + 1) * round(0.4 * step)
    box = Box(edge, edge, width, step + sum(heights) + gaps + bar_px + 2 * pad)
    draw_panel(surface, box, sizes.unit, _DENSE)
    line = Box(box.left + pad, box.top + pad // 2, inside, step)
    write_line(surface, figures.title, line, TextStyle(px, palette.LABEL, Weight.BOLD))
    top = line.bottom + round(0.4 * step)
    for (text, colour), height in zip(texts, heights, strict=True):
        place = Box(line.left, top, inside, height)
        write_paragraph(surface, text, place, TextStyle(px, colour))
        top += height + round(0.4 * step)
    bar = Box(line.left, top, inside, bar_px)
    draw_trough(surface, bar)
    fill_part(surface, bar, palette.BLUE, bar_px / 2, figures.share)
    return box


def draw_result(surface: pygame.Surface, result: ExerciseResult, text_scale: float) -> Box:
    """Draw a banner in the middle near the upper edge; return where."""
    sizes = metrics(surface.get_size(), text_scale)
    title = TextStyle(sizes.entry(_SMALL_PX + 2), result.colour, Weight.BOLD)
    figures = TextStyle(sizes.entry(_BANNER_PX), palette.BRIGHT, Weight.BOLD)
    pad, disc = sizes.space(_PAD), 0.8 * figures.px if result.medal is not None else 0.0
    beside = round(disc + (0.5 * figures.px if disc else 0.0))
    words = [(result.title, title), (result.figures, figures)]
    widths = [line_width(text, style.px, style.weight) + 2 for text, style in words if text]
    width = beside + max(widths) + 3 * pad
    heights = [line_height(style.px) for text, style in words if text]
    box = _banner_box(sizes, width, sum(heights) + pad)
    draw_panel(surface, box, sizes.unit, _DENSE)
    if result.medal is not None:
        middle = (box.left + 1.5 * pad + disc / 2, box.top + box.height / 2)
        draw_medal(surface, middle, disc, result.medal, won=True)
    top, left = box.top + pad // 2, box.left + round(1.5 * pad) + beside
    for text, style in words:
        if text:
            line = Box(left, top, box.right - left - pad, line_height(style.px))
            write_line(surface, text, line, style)
            top = line.bottom
    return box


def _banner_box(sizes: Metrics, width: int, height: int) -> Box:
    width = min(width, sizes.width - 2 * sizes.space(_EDGE))
    return Box((sizes.width - width) // 2, sizes.space(_BANNER_TOP), width, height)
