"""Show the gap to another lap: figure, arrow, bar, trace, and the lap time it leads to."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.lap_times import WIDTH
from game.app.hud.placement import Placement
from game.app.ui.palette import BLUE, BRIGHT, LABEL, MUTED, ORANGE, Colour
from game.app.ui.panel import draw_two_way_bar
from game.app.ui.text import Align, Weight
from game.translation import N_, _
from game.units import lap_time_text

_FIGURES_HZ: Final = 10  # faster, nobody reads them
_BAR_S: Final = 1.0  # at the end of the bar
_TRACE_MARKS: Final = 100  # 500 m
_MIN_TRACE_S: Final = 0.2  # that the trace spans upwards and downwards
_EVEN_S: Final = 0.0005


class _DeltaFigures(NamedTuple):
    """Holds the difference to the reference, live or of the lap just finished."""

    delta_s: float
    lap_s: float  # predicted, or driven
    lap_done: bool
    to: str  # the lap that the difference is to; empty: the best lap
    trace_s: tuple[float, ...]


class Delta(Instrument[_DeltaFigures]):
    """Shows the live difference; nothing until there is a lap to compare with."""

    title = N_("Delta to another lap")
    size = (WIDTH, 84)
    placement = Placement("top left", 16, 166)

    def key(self, data: HudData) -> Hashable | None:
        """Return a key that changes ten times a second, and with it the picture."""
        if data.trace.delta_s is None:
            return None
        return int(data.time_s * _FIGURES_HZ), data.now.lap

    def figures(self, data: HudData) -> _DeltaFigures:
        """Return the live difference, or for a while after the line that of the last lap."""
        trace, laps, line = data.trace, data.laps.laps, data.trace.line
        if laps and data.is_just_over_line and line is not None:
            return _DeltaFigures(line.delta_s, laps[-1].time_s, True, line.name, ())
        deltas_s = tuple(trace.last_deltas_s(_TRACE_MARKS))
        predicted_s = trace.predicted_s or 0.0
        return _DeltaFigures(
            trace.delta_s or 0.0, predicted_s, False, trace.reference_name, deltas_s
        )

    def paint(self, canvas: HudCanvas, figures: _DeltaFigures) -> None:
        """Paint difference and lap time over a bar and a trace."""
        colour = _colour(figures.delta_s)
        right = WIDTH - MARGIN
        if colour != LABEL:
            canvas.arrow(MARGIN, 15, 11, colour, up=figures.delta_s < 0.0)
        delta = delta_text(figures.delta_s)
        canvas.write(delta, MARGIN + 18, 2, 36, colour, weight=Weight.BOLD)
        canvas.caption(_caption(figures), right, 3, Align.RIGHT)
        lap = lap_time_text(max(figures.lap_s, 0.0))
        canvas.write(lap, right, 20, CAPTION, BRIGHT, Align.RIGHT)
        bar = canvas.box(MARGIN, 43, right - MARGIN, 6)
        draw_two_way_bar(canvas.surface, bar, -figures.delta_s / _BAR_S, 0.5, (ORANGE, BLUE))
        _paint_trace(canvas, figures.trace_s, colour)


def _caption(figures: _DeltaFigures) -> str:
    """Return what the lap time is: driven, or predicted by the best lap or by another."""
    if figures.lap_done:
        return _("LAP")
    return _("TO {target}").format(target=figures.to.upper()) if figures.to else _("PREDICTED")


def delta_text(delta_s: float) -> str:
    """Return a difference with its sign, to the millisecond; none has no sign."""
    if abs(delta_s) < _EVEN_S:
        return "0.000"
    sign = "\N{MINUS SIGN}" if delta_s < 0.0 else "+"
    return f"{sign}{min(abs(delta_s), 99.999):.3f}"


def _paint_trace(canvas: HudCanvas, trace_s: tuple[float, ...], colour: Colour) -> None:
    """Paint the difference over the last 500 m; ahead is upwards."""
    left, top, width, height = MARGIN, 55, WIDTH - 2 * MARGIN, 22
    middle = top + 0.5 * height
    ends = canvas.place(left, middle), canvas.place(left + width, middle)
    pygame.draw.line(canvas.surface, MUTED, *ends)
    if len(trace_s) < 2:
        return
    largest_s = max(_MIN_TRACE_S, max(trace_s), -min(trace_s))
    first = _TRACE_MARKS - len(trace_s)
    points = [
        canvas.place(
            left + width * (first + number) / (_TRACE_MARKS - 1),
            middle + 0.5 * height * delta_s / largest_s,
        )
        for number, delta_s in enumerate(trace_s)
    ]
    canvas.curve(points, colour)
    pygame.draw.circle(canvas.surface, colour, points[-1], 2.0 * canvas.unit)


def _colour(delta_s: float) -> Colour:
    if abs(delta_s) < _EVEN_S:
        return LABEL
    return BLUE if delta_s < 0.0 else ORANGE
