"""Draw one chart of the what-if: dashed predictions, laps as points, far values at the edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import pygame

from game.app.setup.charts import chart, chart_marks
from game.app.setup.charts.chart import Panel, ValueRange, number_text, range_of
from game.app.setup.model.evidence import ENERGY, FRONT, GRADIENT, REAR, TIME, Evidence, Quantity
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.translation import _
from game.units import lap_time_text

NOW: Final[Colour] = palette.ACCENT
BEST: Final[Colour] = palette.BLUE
PROMISED: Final[Colour] = (158, 166, 178)
_KEPT: Final = 0.7  # of the points that a panel shows in any case; those far off are at its edge
_HEADROOM: Final = 0.16  # of the span, above and below
_RADIUS_EM: Final = 0.2  # of a point


class Strand(NamedTuple):
    """A strand is one quantity in a panel, with its colour."""

    quantity: Quantity
    colour: Colour


PANELS: Final = (
    (Strand(TIME, palette.BRIGHT),),
    (Strand(ENERGY, palette.BRIGHT),),
    (Strand(GRADIENT, palette.BRIGHT),),
    (Strand(FRONT, palette.ORANGE), Strand(REAR, palette.BLUE)),
)


def draw_what_if_panel(
    surface: pygame.Surface,
    whole: Box,
    scale: TextScale,
    evidence: Evidence,
    strands: Sequence[Strand],
    across: ValueRange,
) -> None:
    """Fill a box; the numbers of its scale stand at its left."""
    chart.back(surface, whole, scale)
    caption, pad = line_height(scale.em(chart.SMALL_EM)), scale.em(0.7)
    inner = Box(
        whole.left + pad,
        whole.top + caption + scale.em(0.2),
        whole.width - 2 * pad,
        whole.height - caption - scale.em(0.5),
    )
    panel = Panel(inner, across, _span(evidence, strands, caption / max(inner.height, 1)))
    first = strands[0].quantity
    chart.rules(surface, panel, scale, whole.left - scale.em(0.4), sign=first.against)
    _draw_marks(surface, panel, scale, evidence)
    numbers = evidence.variation.numbers
    for quantity, colour in strands:
        predictions = evidence.predictions(quantity)
        places = [panel.place(numbers[at], predictions[at]) for at in sorted(predictions)]
        shade = PROMISED if colour == palette.BRIGHT else colour
        chart_marks.dashes(surface, places, scale, shade)
    if first is TIME:
        for at, (low, high) in evidence.bars().items():
            if high > low and panel.up.holds(low):
                chart_marks.error_bar(surface, panel, numbers[at], low, high, scale, palette.TEXT)
    for strand in strands:
        _draw_points(surface, panel, scale, evidence, strand)
    _draw_caption(surface, whole, scale, evidence, strands)


def _draw_points(
    surface: pygame.Surface, panel: Panel, scale: TextScale, evidence: Evidence, strand: Strand
) -> None:
    """Draw the points within the span, the best of times and energies ringed, the others named."""
    numbers, points = evidence.variation.numbers, evidence.points(strand.quantity)
    radius = max(2.5, scale.em(_RADIUS_EM))
    shown = {at: value for at, value in points.items() if panel.up.holds(value)}
    for at, value in shown.items():
        chart_marks.dot(surface, panel.place(numbers[at], value), radius, strand.colour)
    best = evidence.best
    if best in shown and len(points) > 1 and strand.quantity in (TIME, ENERGY):
        chart_marks.ring(surface, panel.place(numbers[best], shown[best]), 1.9 * radius, BEST)
    beyond = {numbers[at]: points[at] for at in points if at not in shown}
    _draw_beyond(surface, panel, scale, beyond)
    if strand.quantity is TIME:
        for at in evidence.lost:
            place = (panel.x(numbers[at]), panel.box.bottom - radius)
            chart_marks.cross(surface, place, radius, palette.ORANGE)


def _draw_beyond(
    surface: pygame.Surface, panel: Panel, scale: TextScale, beyond: Mapping[float, float]
) -> None:
    """Draw an arrow at the edge for each far value, its number if there is room."""
    small, radius = scale.em(chart.SMALL_EM), scale.em(0.26)
    high, free = line_height(small), -1.0
    for across, value in beyond.items():
        x, up = panel.x(across), value > panel.up.high
        tip = (x, panel.box.top + 1.0 if up else panel.box.bottom - 1.0)
        chart_marks.arrow(surface, tip, radius, palette.TEXT, up=up)
        words = number_text(value, 1, sign=True)
        wide = line_width(words, small) + 2
        left = x + 2.0 * radius
        if left + wide > panel.box.right:
            left = x - 2.0 * radius - wide
        if left >= free:
            top = panel.box.top - scale.em(0.1) if up else panel.box.bottom - high
            place = Box(round(left), round(top), wide, high)
            write_line(surface, words, place, TextStyle(small, palette.TEXT))
            free = left + wide


def _span(evidence: Evidence, strands: Sequence[Strand], line: float) -> ValueRange:
    """Return the span of the better values, with the present one, the best, the default.

    line: the share of the height that the number of a value beyond it needs at the edge.
    """
    kept: list[float] = []
    every: list[float] = []
    variation = evidence.variation
    for quantity, _colour in strands:
        known = {**evidence.predictions(quantity), **evidence.points(quantity)}
        ordered = sorted(known.values(), key=abs if quantity.against else None)
        if quantity.against:
            kept += _without_outliers(ordered)
        else:
            kept += ordered
        kept += [known[at] for at in (variation.present, variation.default) if at in known]
        every += ordered
    if strands[0].quantity is TIME:
        highest = max(kept, default=0.0)
        kept += [high for low, high in evidence.bars().values() if low <= highest]
    span = range_of(kept, strands[0].quantity.min_span, _HEADROOM)
    below = any(value < span.low for value in every) * line * span.width
    above = any(value > span.high for value in every) * line * span.width
    return ValueRange(span.low - below, span.high + above)


def _without_outliers(ordered: Sequence[float]) -> Sequence[float]:
    """Return the differences, smallest first, without those that would squeeze the better ones."""
    sure = max(round(_KEPT * len(ordered)), 3)
    return [
        value
        for index, value in enumerate(ordered)
        if index < sure or abs(value) <= 2.0 * abs(ordered[sure - 1])
    ]


def _draw_marks(
    surface: pygame.Surface, panel: Panel, scale: TextScale, evidence: Evidence
) -> None:
    """Draw where the default and the present value are."""
    variation, numbers = evidence.variation, evidence.variation.numbers
    if variation.default != variation.present:
        chart_marks.upright(
            surface, panel, scale, numbers[variation.default], palette.DIM, dashed=True
        )
    chart_marks.upright(surface, panel, scale, numbers[variation.present], NOW, dashed=False)


def _draw_caption(
    surface: pygame.Surface,
    whole: Box,
    scale: TextScale,
    evidence: Evidence,
    strands: Sequence[Strand],
) -> None:
    """Draw what the panel shows, and at the right what the present setup comes to."""
    small = scale.em(chart.SMALL_EM)
    line = Box(
        whole.left + scale.em(0.7),
        whole.top + scale.em(0.12),
        whole.width - scale.em(1.4),
        line_height(small),
    )
    value, more = _present_text(evidence, strands)
    wide = line_width(value, small, Weight.BOLD)
    if more and wide + line_width(more, small) > 0.55 * line.width:
        more = ""
    room = line.width - wide - (line_width(more, small) + 2) - scale.em(0.8)
    left = line.left
    for name, colour in _names(strands, room, small):
        width = line_width(name, small) + 2
        shade = palette.TEXT if colour == palette.BRIGHT else colour
        write_line(surface, name, Box(left, line.top, width, line.height), TextStyle(small, shade))
        left += width + scale.em(0.5)
    write_line(surface, more, line, TextStyle(small, palette.TEXT), Align.RIGHT)
    bold = line._replace(width=line.width - line_width(more, small))
    write_line(surface, value, bold, TextStyle(small, palette.BRIGHT, Weight.BOLD), Align.RIGHT)


def _names(strands: Sequence[Strand], room: int, px: int) -> list[tuple[str, Colour]]:
    """Return the names of the strands with the unit, and more words where they have room."""
    first = strands[0].quantity
    endings = (_(" against now"), "") if first.against else ("",)
    names = [(_(quantity.title), colour) for quantity, colour in strands]
    last, colour = names.pop()
    for ending in endings:
        long_labels = [*names, (f"{last}, {first.unit}{ending}", colour)]
        if sum(line_width(name, px) + px for name, _colour in long_labels) <= room:
            return long_labels
    return [(_(quantity.short), colour) for quantity, colour in strands]


def _present_text(evidence: Evidence, strands: Sequence[Strand]) -> tuple[str, str]:
    """Say what the present setup comes to, and of a lap time how far its laps lie apart."""
    measured = evidence.measured[evidence.variation.present]
    driven = measured if measured is not None and measured.laps_s else None
    quantities = [strand.quantity for strand in strands]
    if driven is None:
        expected = [evidence.expected(quantity) for quantity in quantities]
        known = [value for value in expected if value is not None]
        return (
            ("", _("{value} predicted").format(value=_written(strands, known)))
            if known
            else ("", "")
        )
    words = _written(strands, [quantity.measured(driven) for quantity in quantities])
    spread = _(", spread {seconds} s").format(seconds=f"{driven.spread_s:.3f}")
    return words, spread if quantities[0] is TIME else ""


def _written(strands: Sequence[Strand], values: Sequence[float]) -> str:
    unit = strands[0].quantity.unit
    if strands[0].quantity is TIME:
        return lap_time_text(values[0])
    digits = 0 if unit == "%" else 2
    return f"{' / '.join(number_text(value, digits) for value in values)} {unit}"
