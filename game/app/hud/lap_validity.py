"""Say why the lap does not count, at first, or that a wrecked car has ended it."""

from __future__ import annotations

from typing import Final

from game.app.hud.excursion_text import excursion_text
from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BRIGHT, VERMILION
from game.app.ui.text import Align, Weight
from game.translation import N_, _

_WIDTH: Final = 344
_NEWS_S: Final = 6.0


class LapValidity(Instrument[tuple[str, str]]):
    """Shows in two lines at most why a lap does not count: what happened, where, by how much."""

    title = N_("Track limits")
    size = (_WIDTH, 50)
    placement = Placement("top", 0, 16)
    lasting = False

    def figures(self, data: HudData) -> tuple[str, str] | None:
        """Return what happened, and where and by how much. On the out lap nothing is judged."""
        now, excursions = data.now, data.laps.excursions
        if now.is_wrecked:
            return _("WRECKED"), _("this lap is over: restart to drive on")
        if not now.lap:
            return None
        if now.beyond_limit_m > 0.0:
            return _("ALL FOUR WHEELS OFF"), _where(data, now.s_m, now.beyond_limit_m)
        if not now.lap_valid and excursions and data.time_s - data.recent.off_s < _NEWS_S:
            last = excursions[-1]
            return _("LAP NOT VALID"), _where(data, last.s_m, last.farthest_m)
        if data.laps.missed_gate and data.since_line_s < _NEWS_S:
            return _("THE LAST LAP DOES NOT COUNT"), _("part of the circuit was left out")
        return None

    def paint(self, canvas: HudCanvas, figures: tuple[str, str]) -> None:
        """Paint both lines, shortened where they have no room."""
        title, detail = figures
        middle = 0.5 * _WIDTH
        room = _WIDTH - 24
        title = canvas.shortened(title, room, 22, Weight.BOLD)
        canvas.write(title, middle, 4, 22, VERMILION, Align.CENTRE, Weight.BOLD)
        detail = canvas.shortened(detail, room, CAPTION)
        canvas.write(detail, middle, 26, CAPTION, BRIGHT, Align.CENTRE)


def _where(data: HudData, s_m: float, beyond_m: float) -> str:
    corner = data.track.corner_near(s_m)
    line = _("{metres} m after the line").format(metres=f"{s_m:.0f}")
    place = f"T{corner.number}" if corner else line
    return _("{place}, {distance} beyond the limit").format(
        place=place, distance=excursion_text(beyond_m)
    )
