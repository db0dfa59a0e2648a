"""What is left in the battery, and how warm pack and motors are."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen
from game.app.hud.palette import BRIGHT, ORANGE
from game.app.hud.split_bar import WIDTH
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Colour, Weight
from game.app.ui.panel import draw_panel

_MARGIN: Final = 14
_PACK: Final = 148  # right edges of the temperatures
_FRONT: Final = 204
_REAR: Final = WIDTH - _MARGIN
_LOW: Final = 0.1  # of the charge
_FREEZING_K: Final = 273.15


class _Heat(NamedTuple):
    """A temperature, and whether it costs power."""

    celsius: int
    hot: bool


class _Figures(NamedTuple):
    """What is shown."""

    charge: float  # 0..1, to a thousandth
    pack: _Heat
    front: _Heat
    rear: _Heat


class Battery:
    """Charge and temperatures; what limits the power turns orange."""

    size: ClassVar[tuple[float, float]] = (WIDTH, 44)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Drawn anew when a figure changes."""
        figures = _figures(seen)
        self._plate.show(
            surface, box, (figures, style), lambda plate: _paint(plate, box, style, figures)
        )


def _figures(seen: Seen) -> _Figures:
    now, motor, pack = seen.now, seen.spec.motor, seen.spec.battery
    motor_hot_k = motor.winding_limit_k - motor.derating_band_k
    return _Figures(
        round(now.charge, 3),
        _heat(now.battery_temperature_k, pack.temperature_limit_k - pack.derating_band_k),
        _heat(now.front_winding_k, motor_hot_k),
        _heat(now.rear_winding_k, motor_hot_k),
    )


def _heat(temperature_k: float, hot_k: float) -> _Heat:
    return _Heat(round(temperature_k - _FREEZING_K), temperature_k > hot_k)


def _paint(plate: pygame.Surface, box: Box, style: Style, figures: _Figures) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    low = figures.charge < _LOW
    colour: Colour = ORANGE if low else BRIGHT
    _paint_cell(pen, _MARGIN, 6, figures.charge, colour)
    text = f"{100.0 * figures.charge:.1f} %"
    pen.write(text, _MARGIN, 19, 22, colour, weight=Weight.BOLD)
    pen.caption("PACK", _PACK, 3, Align.RIGHT)
    pen.caption("MOTORS", _REAR, 3, Align.RIGHT)
    heats = ((_PACK, figures.pack), (_FRONT, figures.front), (_REAR, figures.rear))
    for right, heat in heats:
        colour = ORANGE if heat.hot else BRIGHT
        weight = Weight.BOLD if heat.hot else Weight.REGULAR
        pen.write(f"{heat.celsius}\N{DEGREE SIGN}", right, 21, CAPTION, colour, Align.RIGHT, weight)


def _paint_cell(pen: Pen, x: float, y: float, charge: float, colour: Colour) -> None:
    """A battery with its pole, filled from the left."""
    rim = max(1, round(1.4 * pen.unit))
    case = pygame.Rect(pen.box(x, y, 26, 13))
    pygame.draw.rect(pen.surface, colour, case, rim, border_radius=round(3 * pen.unit))
    pole = pygame.Rect(pen.box(x + 27, y + 4, 2.5, 5))
    pygame.draw.rect(pen.surface, colour, pole)
    inner = case.inflate(-4 * rim, -4 * rim)
    inner.width = round(inner.width * min(max(charge, 0.0), 1.0))
    pygame.draw.rect(pen.surface, colour, inner)
