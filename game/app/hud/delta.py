"""How far ahead of the best lap the car is: figure, arrow, bar, trace, and the lap it leads to."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen
from game.app.hud.lap_times import WIDTH
from game.app.hud.palette import BLUE, BRIGHT, DIM, FAINT, ORANGE
from game.app.hud.sectors import AFTER_LINE_S
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Colour, Weight
from game.app.ui.panel import draw_panel, draw_two_way_bar
from game.units import lap_time_text

_MARGIN: Final = 14
_FIGURES_HZ: Final = 10  # faster, nobody reads them
_BAR_S: Final = 1.0  # at the end of the bar
_TRACE_MARKS: Final = 100  # 500 m
_LEAST_TRACE_S: Final = 0.2  # that the trace spans upwards and downwards
_EVEN_S: Final = 0.0005


class _Figures(NamedTuple):
    """What is shown."""

    delta_s: float
    lap_s: float  # the lap that comes of it, or that came of it
    lap_done: bool
    trace_s: tuple[float, ...]


class Delta:
    """The live difference; nothing until there is a lap to compare with."""

    size: ClassVar[tuple[float, float]] = (WIDTH, 84)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Drawn anew ten times a second."""
        if seen.trace.delta_s is None:
            return
        key = (int(seen.time_s * _FIGURES_HZ), seen.now.lap, style)
        self._plate.show(surface, box, key, lambda plate: _paint(plate, box, style, _figures(seen)))


def delta_text(delta_s: float) -> str:
    """A difference with its sign, to the millisecond; none has no sign."""
    if abs(delta_s) < _EVEN_S:
        return "0.000"
    sign = "\N{MINUS SIGN}" if delta_s < 0.0 else "+"
    return f"{sign}{min(abs(delta_s), 99.999):.3f}"


def _figures(seen: Seen) -> _Figures:
    """Live; for a while after the line what the last lap came to."""
    trace, laps = seen.trace, seen.laps.laps
    before_s = seen.best_before.time_s
    if laps and seen.since_line_s < AFTER_LINE_S and seen.best_before.sectors_s:
        return _Figures(laps[-1].time_s - before_s, laps[-1].time_s, True, ())
    deltas_s = tuple(trace.last_deltas_s(_TRACE_MARKS))
    return _Figures(trace.delta_s or 0.0, trace.predicted_s or 0.0, False, deltas_s)


def _paint(plate: pygame.Surface, box: Box, style: Style, figures: _Figures) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    colour = _colour(figures.delta_s)
    right = WIDTH - _MARGIN
    if colour != DIM:
        pen.arrow(_MARGIN, 15, 11, colour, up=figures.delta_s < 0.0)
    delta = delta_text(figures.delta_s)
    pen.write(delta, _MARGIN + 18, 2, 36, colour, weight=Weight.BOLD)
    pen.caption("LAP" if figures.lap_done else "PREDICTED", right, 3, Align.RIGHT)
    lap = lap_time_text(max(figures.lap_s, 0.0))
    pen.write(lap, right, 20, CAPTION, BRIGHT, Align.RIGHT)
    share = -figures.delta_s / _BAR_S
    draw_two_way_bar(plate, pen.box(_MARGIN, 43, right - _MARGIN, 6), share, 0.5, (ORANGE, BLUE))
    _paint_trace(pen, figures, colour)


def _paint_trace(pen: Pen, figures: _Figures, colour: Colour) -> None:
    """The last 500 m, ahead upwards, as the bar says it to the right."""
    left, top, width, height = _MARGIN, 55, WIDTH - 2 * _MARGIN, 22
    middle = top + 0.5 * height
    ends = pen.place(left, middle), pen.place(left + width, middle)
    pygame.draw.line(pen.surface, FAINT, *ends)
    trace_s = figures.trace_s
    if len(trace_s) < 2:
        return
    most_s = max(_LEAST_TRACE_S, max(trace_s), -min(trace_s))
    first = _TRACE_MARKS - len(trace_s)
    points = [
        pen.place(
            left + width * (first + number) / (_TRACE_MARKS - 1),
            middle + 0.5 * height * delta_s / most_s,
        )
        for number, delta_s in enumerate(trace_s)
    ]
    pen.curve(points, colour)
    pygame.draw.circle(pen.surface, colour, points[-1], 2.0 * pen.unit)


def _colour(delta_s: float) -> Colour:
    if abs(delta_s) < _EVEN_S:
        return DIM
    return BLUE if delta_s < 0.0 else ORANGE
