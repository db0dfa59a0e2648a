"""How fast the car is."""

from __future__ import annotations

from typing import ClassVar, Final

import pygame

from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen
from game.app.hud.palette import BRIGHT, DIM, ORANGE
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Weight
from game.app.ui.panel import draw_panel
from game.units import kmh, mph

WIDTH: Final = 212  # which power below shares
_FIGURES: Final = 128  # their right edge
_MOST: Final = 999


class Speed:
    """The largest figures of all."""

    size: ClassVar[tuple[float, float]] = (WIDTH, 68)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Drawn anew when a figure changes."""
        speed_mps = abs(seen.now.velocity_forward_mps)
        converted = kmh(speed_mps) if style.speed_unit == "km/h" else mph(speed_mps)
        shown = min(round(converted), _MOST)
        self._plate.show(
            surface,
            box,
            (shown, seen.reverse, style),
            lambda plate: _paint(plate, box, style, shown, reverse=seen.reverse),
        )


def _paint(plate: pygame.Surface, box: Box, style: Style, shown: int, *, reverse: bool) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    pen.write(f"{shown}", _FIGURES, -8, 84, BRIGHT, Align.RIGHT, Weight.BOLD)
    pen.write(style.speed_unit, _FIGURES + 10, 34, 24, DIM)
    if reverse:
        pen.write("REVERSE", _FIGURES + 10, 12, CAPTION, ORANGE, weight=Weight.BOLD)
