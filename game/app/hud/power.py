"""Show the power that the battery gives, or gets back."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.app.hud.hud_canvas import HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.placement import Placement
from game.app.hud.speed import WIDTH
from game.app.ui.palette import BLUE, BRIGHT, ORANGE
from game.app.ui.panel import draw_two_way_bar
from game.app.ui.text import Align, Weight
from game.translation import N_, _

_LOSSES: Final = 1.12  # battery power at full power, per power at the motor shafts


class _PowerFigures(NamedTuple):
    """Holds the battery's power now, and the maximum that it gives and accepts."""

    kilowatts: int  # negative while it is charged
    drive_w: float
    regen_w: float


class Power(Instrument[_PowerFigures]):
    """Shows the power as a figure and a bar, regeneration to the left, drive to the right."""

    title = N_("Power")
    size = (WIDTH, 44)
    placement = Placement("bottom right", 16, 16)

    def figures(self, data: HudData) -> _PowerFigures:
        """Return the power to a kilowatt."""
        return _PowerFigures(
            round(data.now.battery_power_w / 1000.0),
            _LOSSES * (data.spec.front_motor.peak_power_w + data.spec.rear_motor.peak_power_w),
            max(data.spec.battery.regen_power_limit_w, 1.0),
        )

    def paint(self, canvas: HudCanvas, figures: _PowerFigures) -> None:
        """Paint the figure over the bar."""
        kilowatts, drive_w, regen_w = figures
        right = WIDTH - MARGIN
        canvas.caption(_("REGEN") if kilowatts < 0 else _("POWER"), MARGIN, 5)
        figure = f"{with_sign(kilowatts)} kW"
        colour = BLUE if kilowatts < 0 else BRIGHT
        canvas.write(figure, right, 4, 22, colour, Align.RIGHT, Weight.BOLD)
        share = 1000.0 * kilowatts / (drive_w if kilowatts > 0 else regen_w)
        bar = canvas.box(MARGIN, 31, right - MARGIN, 6)
        zero = regen_w / (regen_w + drive_w)
        draw_two_way_bar(canvas.surface, bar, share, zero, (BLUE, ORANGE))


def with_sign(number: int) -> str:
    """Return a whole number with its sign."""
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}") if number else "0"
