"""Energy taken in this lap against the cap: more or less than its share of the way, and the sum."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen
from game.app.hud.lap_times import WIDTH
from game.app.hud.palette import BLUE, BRIGHT, DIM, ORANGE
from game.app.hud.sectors import AFTER_LINE_S
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Colour, Weight
from game.app.ui.panel import draw_panel, draw_two_way_bar

_MARGIN: Final = 14
_BAR_KWH: Final = 0.5  # at the end of the bar
_EVEN_KWH: Final = 0.005


class _Figures(NamedTuple):
    """What is shown, to the hundredth."""

    over_kwh: float  # more than the cap allows up to here
    used_kwh: float
    cap_kwh: float
    lap_done: bool


class Energy:
    """Nothing unless there is a cap and a lap under way."""

    size: ClassVar[tuple[float, float]] = (WIDTH, 58)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Drawn anew when a figure changes."""
        figures = _figures(seen)
        if figures is not None:
            self._plate.show(
                surface, box, (figures, style), lambda plate: _paint(plate, box, style, figures)
            )


def energy_text(energy_kwh: float) -> str:
    """A difference with its sign, to the hundredth of a kWh; none has no sign."""
    if abs(energy_kwh) < _EVEN_KWH:
        return "0.00"
    sign = "\N{MINUS SIGN}" if energy_kwh < 0.0 else "+"
    return f"{sign}{min(abs(energy_kwh), 99.99):.2f}"


def _figures(seen: Seen) -> _Figures | None:
    """Live; for a while after the line what the last lap came to."""
    energy = seen.energy
    if energy is None:
        return None
    if energy.last_kwh is not None and seen.since_line_s < AFTER_LINE_S:
        over_kwh, used_kwh, done = energy.last_kwh - energy.cap_kwh, energy.last_kwh, True
    else:
        over_kwh, used_kwh, done = energy.over_kwh, energy.used_kwh, False
    return _Figures(round(over_kwh, 2), round(used_kwh, 2), energy.cap_kwh, done)


def _paint(plate: pygame.Surface, box: Box, style: Style, figures: _Figures) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    colour = _colour(figures.over_kwh)
    right = WIDTH - _MARGIN
    if colour != DIM:
        pen.arrow(_MARGIN, 13, 11, colour, up=figures.over_kwh < 0.0)
    pen.write(energy_text(figures.over_kwh), _MARGIN + 18, 2, 32, colour, weight=Weight.BOLD)
    pen.caption("LAP" if figures.lap_done else "USED", right, 2, Align.RIGHT)
    used = f"{figures.used_kwh:.2f} of {figures.cap_kwh:.1f} kWh".replace("-", "\N{MINUS SIGN}")
    pen.write(used, right, 19, CAPTION, BRIGHT, Align.RIGHT)
    share = -figures.over_kwh / _BAR_KWH
    draw_two_way_bar(plate, pen.box(_MARGIN, 43, right - _MARGIN, 6), share, 0.5, (ORANGE, BLUE))


def _colour(over_kwh: float) -> Colour:
    if abs(over_kwh) < _EVEN_KWH:
        return DIM
    return BLUE if over_kwh < 0.0 else ORANGE
