"""Lap time, energy and balance over a value's range: predicted dashed, measured as points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pygame

from game.app.setup import chart
from game.app.setup.chart import Panel, Span, number_text, span_of
from game.app.setup.evidence import ENERGY, FRONT, GRADIENT, REAR, TIME, Evidence, Quantity
from game.app.ui import theme
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Colour, Weight
from game.app.ui.rows import Look
from game.app.ui.typeset import Style, line_height, set_in, width_of
from game.units import lap_time_text

ORANGE: Final[Colour] = theme.WARNING
BLUE: Final[Colour] = theme.GOOD
_NOW: Final[Colour] = theme.ACCENT
_PROMISED: Final[Colour] = (158, 166, 178)
_GUTTER_EM: Final = 2.8  # for the numbers at the left
_LEAST_EM: Final = 3.9  # height of a panel, below which fewer are shown
_FIRST: Final = 1.7  # times as high as the others is the first
_KEPT: Final = 0.7  # of the points that a panel shows in any case; those far off are at its edge


class _Strand(NamedTuple):
    """One quantity in a panel, with its colour."""

    quantity: Quantity
    colour: Colour


_PANELS: Final = (
    (_Strand(TIME, theme.BRIGHT),),
    (_Strand(ENERGY, theme.BRIGHT),),
    (_Strand(GRADIENT, theme.BRIGHT),),
    (_Strand(FRONT, ORANGE), _Strand(REAR, BLUE)),
)


def draw_what_if(surface: pygame.Surface, box: Box, look: Look, evidence: Evidence) -> None:
    """Fill a box with as many panels as it holds, one value across all of them."""
    small = line_height(look.em(chart.SMALL_EM))
    feet = 2 * small + look.em(0.5)
    room = box.height - feet
    count = min(max(int(room / look.em(_LEAST_EM) - _FIRST + 1.0), 1), len(_PANELS))
    high = int(room / (count - 1 + _FIRST))
    numbers = evidence.variation.numbers
    across = Span(min(numbers), max(numbers))
    left = box.left + look.em(_GUTTER_EM)
    top = box.top
    for index, strands in enumerate(_PANELS[:count]):
        tall = high if index else room - high * (count - 1)
        whole = Box(left, top, box.right - left, tall - look.em(0.45))
        _draw_panel(surface, whole, look, evidence, strands, across)
        top += tall
    pad = look.em(0.7)
    foot = Panel(Box(left + pad, box.top, box.right - left - 2 * pad, 1), across, Span(0.0, 1.0))
    _draw_foot(surface, foot, look, evidence, top - look.em(0.3))


def draw_legend(surface: pygame.Surface, box: Box, look: Look) -> None:
    """What the marks mean, as many of them as have room."""
    small, left = look.em(chart.SMALL_EM), box.left
    middle = box.top + box.height / 2
    wide = look.em(1.3)
    for name in ("measured", "predicted", "now", "default", "best"):
        width = width_of(name, small) + 2
        if left + wide + look.em(0.3) + width > box.right:
            break
        ends = ((left, middle), (left + wide, middle))
        centre = (left + wide / 2, middle)
        if name == "measured":
            chart.dot(surface, centre, look.em(0.22), theme.BRIGHT)
        elif name == "predicted":
            chart.dashes(surface, ends, look, _PROMISED)
        elif name == "best":
            chart.ring(surface, centre, look.em(0.36), BLUE)
        else:
            stroke = Panel(
                Box(left, round(middle - look.em(0.45)), wide, look.em(0.9)),
                Span(0.0, 1.0),
                Span(0.0, 1.0),
            )
            colour = _NOW if name == "now" else theme.DIM
            chart.upright(surface, stroke, look, 0.5, colour, dashed=name == "default")
        words = Box(left + wide + look.em(0.3), box.top, width, box.height)
        set_in(surface, name, words, Style(small, theme.TEXT))
        left = words.right + look.em(1.1)


def _draw_panel(
    surface: pygame.Surface,
    whole: Box,
    look: Look,
    evidence: Evidence,
    strands: Sequence[_Strand],
    across: Span,
) -> None:
    chart.back(surface, whole, look)
    caption = line_height(look.em(chart.SMALL_EM))
    pad = look.em(0.7)
    inner = Box(
        whole.left + pad,
        whole.top + caption + look.em(0.3),
        whole.width - 2 * pad,
        whole.height - caption - look.em(0.75),
    )
    panel = Panel(inner, across, _span(evidence, strands))
    first = strands[0].quantity
    chart.rules(surface, panel, look, whole.left - look.em(0.4), sign=first.against)
    numbers = evidence.variation.numbers
    _draw_marks(surface, panel, look, evidence)
    for quantity, colour in strands:
        promised = evidence.promised(quantity)
        places = [panel.place(numbers[at], promised[at]) for at in sorted(promised)]
        shade = _PROMISED if colour == theme.BRIGHT else colour
        chart.dashes(surface, places, look, shade)
    if first is TIME:
        for at, (low, high) in evidence.bars().items():
            chart.bar(surface, panel, numbers[at], low, high, look, theme.DIM)
    radius = max(2.5, look.em(0.2))
    for quantity, colour in strands:
        points = evidence.points(quantity)
        for at, value in points.items():
            place = panel.place(numbers[at], value)
            shown = panel.up.holds(value)
            chart.dot(
                surface, place, radius if shown else 0.6 * radius, colour if shown else theme.DIM
            )
        if evidence.best in points and len(points) > 1 and first in (TIME, ENERGY):
            place = panel.place(numbers[evidence.best], points[evidence.best])
            chart.ring(surface, place, 1.9 * radius, BLUE)
    _draw_caption(surface, whole, look, evidence, strands)


def _span(evidence: Evidence, strands: Sequence[_Strand]) -> Span:
    """Of the better part of the values, with the present one, the best and the default."""
    kept: list[float] = []
    variation = evidence.variation
    for quantity, _ in strands:
        known = {**evidence.promised(quantity), **evidence.points(quantity)}
        ordered = sorted(known.values(), key=abs if quantity.against else None)
        kept += ordered[: max(round(_KEPT * len(ordered)), 3)] if quantity.against else ordered
        kept += [known[at] for at in (variation.present, variation.default) if at in known]
    return span_of(kept, strands[0].quantity.least)


def _draw_marks(surface: pygame.Surface, panel: Panel, look: Look, evidence: Evidence) -> None:
    """Where the default and the present value are."""
    variation, numbers = evidence.variation, evidence.variation.numbers
    if variation.default != variation.present:
        chart.upright(surface, panel, look, numbers[variation.default], theme.DIM, dashed=True)
    chart.upright(surface, panel, look, numbers[variation.present], _NOW, dashed=False)


def _draw_caption(
    surface: pygame.Surface,
    whole: Box,
    look: Look,
    evidence: Evidence,
    strands: Sequence[_Strand],
) -> None:
    """What the panel shows, and at the right what the present setup comes to."""
    small = look.em(chart.SMALL_EM)
    line = Box(
        whole.left + look.em(0.7),
        whole.top + look.em(0.12),
        whole.width - look.em(1.4),
        line_height(small),
    )
    value = _present_text(evidence, strands)
    room = line.width - width_of(value, small, Weight.BOLD) - look.em(0.8)
    left = line.left
    for name, colour in _names(strands, room, small):
        width = width_of(name, small) + 2
        shade = theme.TEXT if colour == theme.BRIGHT else colour
        set_in(surface, name, Box(left, line.top, width, line.height), Style(small, shade))
        left += width + look.em(0.5)
    set_in(surface, value, line, Style(small, theme.BRIGHT, Weight.BOLD), Align.RIGHT)


def _names(strands: Sequence[_Strand], room: int, px: int) -> list[tuple[str, Colour]]:
    """What the strands are called, with the unit, and more words where there is room for them."""
    first = strands[0].quantity
    endings = (" against now", "") if first.against else ("",)
    names = [(quantity.title, colour) for quantity, colour in strands]
    last, colour = names.pop()
    for ending in endings:
        wordy = [*names, (f"{last}, {first.unit}{ending}", colour)]
        if sum(width_of(name, px) + px for name, _ in wordy) <= room:
            return wordy
    return [(quantity.short, colour) for quantity, colour in strands]


def _present_text(evidence: Evidence, strands: Sequence[_Strand]) -> str:
    at = evidence.variation.present
    measured, predicted = evidence.measured[at], evidence.predicted[at]
    values = []
    for quantity, _ in strands:
        if measured is not None and measured.laps_s:
            values.append(quantity.measured(measured))
        elif predicted is not None:
            values.append(quantity.predicted(predicted))
        else:
            return ""
    if strands[0].quantity is TIME:
        return lap_time_text(values[0])
    digits = 0 if strands[0].quantity.unit == "%" else 2
    words = " / ".join(number_text(value, digits) for value in values)
    return f"{words} {strands[0].quantity.unit}"


def _draw_foot(
    surface: pygame.Surface, foot: Panel, look: Look, evidence: Evidence, top: int
) -> None:
    """The values below the panels."""
    variation = evidence.variation
    item, numbers = variation.item, variation.numbers
    if item.choices:
        texts = {
            number: item.text(value)
            for number, value in zip(numbers, variation.values, strict=True)
        }
        chart.columns(surface, foot, look, numbers, lambda n: texts[n], top)
    else:
        marks = chart.ticks(foot.across, max(foot.box.width // look.em(4.0), 2))
        chart.columns(surface, foot, look, marks, item.text, top)
    small = look.em(chart.SMALL_EM)
    name = Box(foot.box.left, top + line_height(small), foot.box.width, line_height(small))
    set_in(surface, item.label, name, Style(small, theme.TEXT), Align.CENTRE)
