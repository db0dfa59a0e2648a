"""Show the lap under way with its number, that it does not count if so, the last lap, the best."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.app.hud.excursion_text import excursion_text, farthest
from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.hud_data import HudData
from game.app.hud.instrument import MARGIN, Instrument
from game.app.hud.placement import Placement
from game.app.ui.palette import BRIGHT, VERMILION
from game.app.ui.text import Align, Weight
from game.translation import N_, _
from game.units import lap_time_text

WIDTH: Final = 248  # which what stands below shares
_GAP: Final = 8
NO_TIME: Final = "\N{EN DASH}:\N{EN DASH}\N{EN DASH}.\N{EN DASH}\N{EN DASH}\N{EN DASH}"


class _LapWords(NamedTuple):
    """Holds the words that change only a few times a lap."""

    lap: str
    verdict: str  # empty as long as the lap counts
    last: str
    best: str


class LapTimes(Instrument[_LapWords]):
    """Shows the stopwatch."""

    title = N_("Lap times")
    size = (WIDTH, 98)
    placement = Placement("top left", 16, 16)

    def figures(self, data: HudData) -> _LapWords:
        """Return all figures but the running time."""
        laps = data.laps.laps
        return _LapWords(
            lap=_lap_words(data),
            verdict=_verdict(data),
            last=lap_time_text(laps[-1].time_s) if laps else NO_TIME,
            best=lap_time_text(data.best.time_s) if data.best.sectors_s else NO_TIME,
        )

    def paint(self, canvas: HudCanvas, figures: _LapWords) -> None:
        """Paint the words above and below the running time."""
        right = WIDTH - MARGIN
        canvas.caption(figures.lap, MARGIN, 6)
        if figures.verdict:
            room = right - MARGIN - canvas.width(figures.lap, CAPTION) - _GAP
            verdict = canvas.shortened(figures.verdict, room, CAPTION, Weight.BOLD)
            canvas.write(verdict, right, 6, CAPTION, VERMILION, Align.RIGHT, Weight.BOLD)
        canvas.caption(_("LAST"), MARGIN, 70)
        canvas.write(figures.last, 0.5 * WIDTH - 8, 70, CAPTION, BRIGHT, Align.RIGHT)
        canvas.caption(_("BEST"), 0.5 * WIDTH + 8, 70)
        canvas.write(figures.best, right, 70, CAPTION, BRIGHT, Align.RIGHT)

    def paint_live(self, canvas: HudCanvas, data: HudData) -> None:
        """Paint the running time."""
        running_s = data.since_line_s if data.now.lap else 0.0
        time_text = lap_time_text(running_s)
        canvas.write(time_text, MARGIN - 1, 19, 48, BRIGHT, weight=Weight.BOLD)


def _lap_words(data: HudData) -> str:
    """Return which lap it is: races and qualifying have their first one from the grid on."""
    is_session = data.race is not None or data.qualifying is not None
    number = data.now.lap or int(is_session)
    return _("LAP {number}").format(number=number) if number else _("OUT LAP")


def _verdict(data: HudData) -> str:
    """Say where the car went off, and how far, if the lap does not count."""
    if not data.now.lap or data.now.lap_valid:
        return ""
    excursions = data.laps.excursions
    if not excursions or data.now.beyond_limit_m > 0.0:
        return _("NOT VALID")
    worst = farthest(excursions)
    corner = data.track.corner_near(worst.s_m)
    where = f"T{corner.number} " if corner else ""
    return f"{_('NOT VALID')} {where}{excursion_text(worst.farthest_m)}"
