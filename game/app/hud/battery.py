"""Show the charge of the battery, and how warm pack and motors are."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.placement import Placement
from game.app.hud.split_bar import WIDTH
from game.app.ui.palette import BRIGHT, ORANGE, Colour
from game.app.ui.text import Align, Weight
from game.translation import N_, _
from game.units import celsius
from game.vehicle.spec import MotorSpec

_PACK: Final = 148  # right edges of the temperatures
_FRONT: Final = 204
_REAR: Final = WIDTH - MARGIN
_LOW: Final = 0.1  # of the charge


class _Temperature(NamedTuple):
    """Holds a temperature, and whether it costs power."""

    celsius: int
    hot: bool


class _BatteryFigures(NamedTuple):
    """Holds the charge and the temperatures that are shown."""

    charge: float  # 0..1, to a thousandth
    pack: _Temperature
    front: _Temperature
    rear: _Temperature


class Battery(Instrument[_BatteryFigures]):
    """Shows charge and temperatures; what limits the power turns orange."""

    title = N_("Battery and temperatures")
    size = (WIDTH, 44)
    placement = Placement("bottom right", 234, 16)

    def figures(self, data: HudData) -> _BatteryFigures:
        """Return the charge to a thousandth and the temperatures to a degree."""
        now, spec, pack = data.now, data.spec, data.spec.battery
        return _BatteryFigures(
            round(now.charge, 3),
            _temperature(
                now.battery_temperature_k, pack.temperature_limit_k - pack.derating_band_k
            ),
            _temperature(now.front_winding_k, _hot_k(spec.front_motor)),
            _temperature(now.rear_winding_k, _hot_k(spec.rear_motor)),
        )

    def paint(self, canvas: HudCanvas, figures: _BatteryFigures) -> None:
        """Paint the charge at the left and the temperatures at the right."""
        low = figures.charge < _LOW
        colour: Colour = ORANGE if low else BRIGHT
        _paint_cell(canvas, MARGIN, 6, figures.charge, colour)
        text = f"{100.0 * figures.charge:.1f} %"
        canvas.write(text, MARGIN, 19, 22, colour, weight=Weight.BOLD)
        canvas.caption(_("PACK"), _PACK, 3, Align.RIGHT)
        canvas.caption(_("MOTORS"), _REAR, 3, Align.RIGHT)
        for right, temperature in (
            (_PACK, figures.pack),
            (_FRONT, figures.front),
            (_REAR, figures.rear),
        ):
            colour = ORANGE if temperature.hot else BRIGHT
            weight = Weight.BOLD if temperature.hot else Weight.REGULAR
            text = f"{temperature.celsius}\N{DEGREE SIGN}"
            canvas.write(text, right, 21, CAPTION, colour, Align.RIGHT, weight)


def _temperature(temperature_k: float, hot_k: float) -> _Temperature:
    return _Temperature(round(celsius(temperature_k)), temperature_k > hot_k)


def _paint_cell(canvas: HudCanvas, x: float, y: float, charge: float, colour: Colour) -> None:
    """Paint a battery with its pole, filled from the left."""
    rim = max(1, round(1.4 * canvas.unit))
    case = pygame.Rect(canvas.box(x, y, 26, 13))
    pygame.draw.rect(canvas.surface, colour, case, rim, border_radius=round(3 * canvas.unit))
    pole = pygame.Rect(canvas.box(x + 27, y + 4, 2.5, 5))
    pygame.draw.rect(canvas.surface, colour, pole)
    inner = case.inflate(-4 * rim, -4 * rim)
    inner.width = round(inner.width * min(max(charge, 0.0), 1.0))
    pygame.draw.rect(canvas.surface, colour, inner)


def _hot_k(motor: MotorSpec) -> float:
    """Return the winding temperature at which a motor begins to give less."""
    return motor.winding_limit_k - motor.derating_band_k
