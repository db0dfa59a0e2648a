"""The sectors of the lap, each against the best lap's."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen
from game.app.hud.lap_times import WIDTH
from game.app.hud.palette import BLUE, BRIGHT, DIM, FAINT, ORANGE
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Colour
from game.app.ui.panel import draw_panel

AFTER_LINE_S: Final = 6.0  # for so long the lap just finished is still shown

_MARGIN: Final = 14
_GAP: Final = 6
_ARROW: Final = 7


class _Sectors(NamedTuple):
    """Times driven so far, and those to beat, s."""

    sectors: int
    driven_s: tuple[float, ...]
    best_s: tuple[float, ...]


class Sectors:
    """One cell a sector."""

    size: ClassVar[tuple[float, float]] = (WIDTH, 40)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Drawn anew at the sector lines only."""
        sectors = _sectors(seen)
        self._plate.show(
            surface, box, (sectors, style), lambda plate: _paint(plate, box, style, sectors)
        )


def _sectors(seen: Seen) -> _Sectors:
    """Of this lap; for a while after the line those of the last, against what was best then."""
    count, driven_s = len(seen.track.sectors_m), tuple(seen.laps.sectors_s)
    if not driven_s and seen.laps.laps and seen.since_line_s < AFTER_LINE_S:
        return _Sectors(count, seen.laps.laps[-1].sectors_s, seen.best_before.sectors_s)
    return _Sectors(count, driven_s, seen.best.sectors_s)


def _paint(plate: pygame.Surface, box: Box, style: Style, sectors: _Sectors) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    width = (WIDTH - 2 * _MARGIN + _GAP) / sectors.sectors - _GAP
    for number in range(sectors.sectors):
        left = _MARGIN + number * (width + _GAP)
        done = number < len(sectors.driven_s)
        text = f"{sectors.driven_s[number]:.3f}" if done else f"S{number + 1}"
        text_width = pen.width(text, CAPTION)
        colour: Colour = BRIGHT if done else FAINT
        if done and number < len(sectors.best_s):
            better = sectors.driven_s[number] <= sectors.best_s[number]
            colour = BLUE if better else ORANGE
            if text_width + 4 + 1.1 * _ARROW <= width:
                pen.arrow(left + text_width + 4, 13, _ARROW, colour, up=better)
        pygame.draw.rect(plate, colour, pen.box(left, 30, width, 3), border_radius=1)
        if text_width <= width:
            pen.write(text, left, 7, CAPTION, BRIGHT if done else DIM)
