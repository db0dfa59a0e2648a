"""Show the car's speed."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BRIGHT, LABEL, ORANGE
from game.app.ui.text import Align, Weight
from game.translation import N_, _
from game.units import kmh, mph

WIDTH: Final = 212  # which power below shares
_FIGURES: Final = 128  # their right edge
_MAX_SPEED: Final = 999  # that has room, in either unit


class _SpeedFigures(NamedTuple):
    """Holds the speed in both units, of which the player has chosen one."""

    kmh: int
    mph: int
    reverse: bool


class Speed(Instrument[_SpeedFigures]):
    """Shows the speed in the largest figures of all."""

    title = N_("Speed")
    size = (WIDTH, 68)
    placement = Placement("bottom right", 16, 66)

    def figures(self, data: HudData) -> _SpeedFigures:
        """Return the speed in whole figures."""
        speed_mps = abs(data.now.velocity_forward_mps)
        return _SpeedFigures(round(kmh(speed_mps)), round(mph(speed_mps)), data.reverse)

    def paint(self, canvas: HudCanvas, figures: _SpeedFigures) -> None:
        """Paint the figures with their unit."""
        unit = canvas.style.speed_unit
        shown = min(figures.kmh if unit == "km/h" else figures.mph, _MAX_SPEED)
        canvas.write(f"{shown}", _FIGURES, -8, 84, BRIGHT, Align.RIGHT, Weight.BOLD)
        canvas.write(unit, _FIGURES + 10, 34, 24, LABEL)
        if figures.reverse:
            canvas.write(_("REVERSE"), _FIGURES + 10, 12, CAPTION, ORANGE, weight=Weight.BOLD)
