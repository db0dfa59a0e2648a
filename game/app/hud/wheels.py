"""The four wheels: how much of its grip's slip each uses, and what load it carries."""

from __future__ import annotations

from typing import ClassVar, Final

import pygame

from game.app.hud.gg_circle import HEIGHT
from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen
from game.app.hud.palette import BRIGHT, ORANGE, PALE
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Colour
from game.app.ui.panel import TROUGH, draw_panel
from game.units import G_MPS2

_WIDTH: Final = 98
_TYRE: Final = (17, 36)  # width, height
_LOAD_WIDTH: Final = 4
_MOST_SLIP: Final = 1.25  # at which a tyre is filled
_SLIDES: Final = 1.1  # beyond the best slip, and it shows
_MOST_LOAD: Final = 2.5  # of a quarter of the weight
_COLUMNS: Final = (20, 61)  # left edges of the tyres
_ROWS: Final = (12, 56)


class Wheels:
    """The car from above: slip fills the tyres, load stands outside of them."""

    size: ClassVar[tuple[float, float]] = (_WIDTH, HEIGHT)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """What changes over the empty tyres."""
        self._plate.show(surface, box, style, lambda plate: _paint(plate, box, style))
        pen = Pen(surface, style.unit, box)
        chassis = seen.spec.chassis
        quarter_n = 0.25 * (chassis.mass_kg + chassis.driver_mass_kg) * G_MPS2
        for wheel, (normalised_slip, load_n) in enumerate(
            zip(seen.now.normalised_slip, seen.now.load_n, strict=True)
        ):
            x, y = _COLUMNS[wheel % 2], _ROWS[wheel // 2]
            share = min(normalised_slip / _MOST_SLIP, 1.0)
            _fill(pen, (x, y, *_TYRE), share, ORANGE if normalised_slip > _SLIDES else BRIGHT)
            load = min(load_n / (_MOST_LOAD * quarter_n), 1.0)
            _fill(pen, (_load_x(wheel), y, _LOAD_WIDTH, _TYRE[1]), load, PALE)


def _load_x(wheel: int) -> float:
    return _COLUMNS[0] - 9 if wheel % 2 == 0 else _COLUMNS[1] + _TYRE[0] + 5


def _fill(pen: Pen, bar: tuple[float, float, float, float], share: float, colour: Colour) -> None:
    """Fill a bar from below."""
    box = pen.box(*bar)
    high = round(box.height * max(share, 0.0))
    if high > 0:
        radius = min(round(3 * pen.unit), high // 2, box.width // 2)
        rect = (box.left, box.bottom - high, box.width, high)
        pygame.draw.rect(pen.surface, colour, rect, border_radius=radius)


def _paint(plate: pygame.Surface, box: Box, style: Style) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    for wheel in range(4):
        x, y = _COLUMNS[wheel % 2], _ROWS[wheel // 2]
        radius = round(3 * style.unit)
        pygame.draw.rect(plate, TROUGH, pen.box(x, y, *_TYRE), border_radius=radius)
        load = pen.box(_load_x(wheel), y, _LOAD_WIDTH, _TYRE[1])
        pygame.draw.rect(plate, TROUGH, load, border_radius=load.width // 2)
    pen.write("SLIP", 0.5 * _WIDTH - 5, 97, CAPTION, BRIGHT, Align.RIGHT)
    pen.write("LOAD", 0.5 * _WIDTH + 5, 97, CAPTION, PALE)
