"""The corner that comes next, by number and name."""

from __future__ import annotations

from typing import ClassVar, Final

import pygame

from game.app.hud.hud_canvas import Pen, Plate
from game.app.hud.hud_data import Seen, corner_near
from game.app.hud.palette import BRIGHT, DIM
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Weight
from game.app.ui.panel import draw_panel
from game.track.layout import Corner

_WIDTH: Final = 264
_HEIGHT: Final = 34
_MARGIN: Final = 14
_GAP: Final = 9
_SIZE: Final = 22


class CornerName:
    """A small sign, as wide as the name wants it."""

    size: ClassVar[tuple[float, float]] = (_WIDTH, _HEIGHT)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Nothing on the straights."""
        corner = corner_near(seen.track, seen.now.s_m)
        if corner is not None:
            self._plate.show(
                surface, box, (corner, style), lambda plate: _paint(plate, box, style, corner)
            )


def _paint(plate: pygame.Surface, box: Box, style: Style, corner: Corner) -> None:
    pen = Pen(plate, style.unit)
    number = f"T{corner.number}"
    begin = _MARGIN + pen.width(number, _SIZE, Weight.BOLD)
    room = _WIDTH - _MARGIN - begin - _GAP
    name = pen.shortened(corner.name, room, _SIZE)
    width = begin + _MARGIN
    if name:
        width += _GAP + pen.width(name, _SIZE)
    left = style.align.value * max(_WIDTH - width, 0.0)
    panel = pen.box(left, 0, width, _HEIGHT)
    panel = panel._replace(width=min(panel.width, box.width - panel.left), height=box.height)
    draw_panel(plate, panel, style.unit, style.opacity)
    colour = DIM if name else BRIGHT
    pen.write(number, left + _MARGIN, 6, _SIZE, colour, weight=Weight.BOLD)
    pen.write(name, left + begin + _GAP, 6, _SIZE, BRIGHT)
