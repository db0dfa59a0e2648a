"""What the battery gives, and what it gets back."""

from __future__ import annotations

from typing import ClassVar, Final

import pygame

from game.app.hud.hud_canvas import Pen, Plate
from game.app.hud.hud_data import Seen
from game.app.hud.palette import BLUE, BRIGHT, ORANGE
from game.app.hud.speed import WIDTH
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Weight
from game.app.ui.panel import draw_panel, draw_two_way_bar
from game.vehicle.spec import CarSpec

_MARGIN: Final = 14
_LOSSES: Final = 1.12  # battery power at full power, per power at the motor shafts


class Power:
    """Figure and bar: regeneration to the left, drive to the right."""

    size: ClassVar[tuple[float, float]] = (WIDTH, 44)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Drawn anew when a figure changes."""
        kilowatts = round(seen.now.battery_power_w / 1000.0)
        self._plate.show(
            surface,
            box,
            (kilowatts, style),
            lambda plate: _paint(plate, box, style, kilowatts, seen.spec),
        )


def signed(number: int) -> str:
    """A whole number with its sign."""
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"


def _paint(plate: pygame.Surface, box: Box, style: Style, kilowatts: int, spec: CarSpec) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    right = WIDTH - _MARGIN
    pen.caption("REGEN" if kilowatts < 0 else "POWER", _MARGIN, 5)
    figure = f"{signed(kilowatts)} kW"
    colour = BLUE if kilowatts < 0 else BRIGHT
    pen.write(figure, right, 4, 22, colour, Align.RIGHT, Weight.BOLD)
    drive_w = _LOSSES * 2.0 * spec.motor.peak_power_w
    regen_w = max(spec.battery.regen_power_limit_w, 1.0)
    share = 1000.0 * kilowatts / (drive_w if kilowatts > 0 else regen_w)
    bar = pen.box(_MARGIN, 31, right - _MARGIN, 6)
    draw_two_way_bar(plate, bar, share, regen_w / (regen_w + drive_w), (BLUE, ORANGE))
