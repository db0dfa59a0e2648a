"""Show the energy taken in this lap against the cap: the difference so far, and the sum."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.lap_times import WIDTH
from game.app.hud.placement import Placement
from game.app.ui.palette import BLUE, BRIGHT, LABEL, ORANGE, Colour
from game.app.ui.panel import draw_two_way_bar
from game.app.ui.text import Align, Weight
from game.translation import N_, _

_BAR_KWH: Final = 0.5  # at the end of the bar
_EVEN_KWH: Final = 0.005


class _EnergyFigures(NamedTuple):
    """Holds a lap's energy and the cap, to the hundredth."""

    over_kwh: float  # more than the cap allows up to here
    used_kwh: float
    cap_kwh: float
    lap_done: bool


class Energy(Instrument[_EnergyFigures]):
    """Shows the energy used in a lap; nothing unless there is a cap and a lap under way."""

    title = N_("Energy against the cap")
    size = (WIDTH, 58)
    placement = Placement("top left", 16, 256)
    lasting = False

    def is_needed(self, data: HudData) -> bool:
        """Return whether there is an energy cap; only then is the instrument needed."""
        return data.energy is not None

    def figures(self, data: HudData) -> _EnergyFigures | None:
        """Return the live figures, or for a while after the line those of the lap just finished."""
        energy = data.energy
        if energy is None:
            return None
        if energy.last_kwh is not None and data.is_just_over_line:
            over_kwh, used_kwh, done = energy.last_kwh - energy.cap_kwh, energy.last_kwh, True
        else:
            over_kwh, used_kwh, done = energy.over_kwh, energy.used_kwh, False
        return _EnergyFigures(round(over_kwh, 2), round(used_kwh, 2), energy.cap_kwh, done)

    def paint(self, canvas: HudCanvas, figures: _EnergyFigures) -> None:
        """Paint the difference and the sum over a bar."""
        colour = _colour(figures.over_kwh)
        right = WIDTH - MARGIN
        if colour != LABEL:
            canvas.arrow(MARGIN, 13, 11, colour, up=figures.over_kwh < 0.0)
        over = energy_text(figures.over_kwh)
        canvas.write(over, MARGIN + 18, 2, 32, colour, weight=Weight.BOLD)
        canvas.caption(_("LAP") if figures.lap_done else _("USED"), right, 2, Align.RIGHT)
        used = (
            _("{used} of {cap} kWh")
            .format(used=f"{figures.used_kwh:.2f}", cap=f"{figures.cap_kwh:.1f}")
            .replace("-", "\N{MINUS SIGN}")
        )
        canvas.write(used, right, 19, CAPTION, BRIGHT, Align.RIGHT)
        bar = canvas.box(MARGIN, 43, right - MARGIN, 6)
        draw_two_way_bar(canvas.surface, bar, -figures.over_kwh / _BAR_KWH, 0.5, (ORANGE, BLUE))


def energy_text(energy_kwh: float) -> str:
    """Return a difference with its sign, to the hundredth of a kWh; none has no sign."""
    if abs(energy_kwh) < _EVEN_KWH:
        return "0.00"
    sign = "\N{MINUS SIGN}" if energy_kwh < 0.0 else "+"
    return f"{sign}{min(abs(energy_kwh), 99.99):.2f}"


def _colour(over_kwh: float) -> Colour:
    if abs(over_kwh) < _EVEN_KWH:
        return LABEL
    return BLUE if over_kwh < 0.0 else ORANGE
