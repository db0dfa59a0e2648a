"""The lap under way with its number and whether it counts, the last lap, the best."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

import pygame

from game.app.hud.excursion_text import beyond_text, farthest
from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen, corner_near
from game.app.hud.palette import BRIGHT, VERMILION
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Weight
from game.app.ui.panel import draw_panel
from game.units import lap_time_text

WIDTH: Final = 248  # which what stands below shares
_MARGIN: Final = 14
_GAP: Final = 8
_NO_TIME: Final = "\N{EN DASH}:\N{EN DASH}\N{EN DASH}.\N{EN DASH}\N{EN DASH}\N{EN DASH}"


class _Words(NamedTuple):
    """What changes a few times a lap only."""

    lap: str
    verdict: str
    counts: bool
    last: str
    best: str


class LapTimes:
    """The stopwatch."""

    size: ClassVar[tuple[float, float]] = (WIDTH, 98)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """The running time over a plate with the rest."""
        words = _words(seen)
        self._plate.show(
            surface, box, (words, style), lambda plate: _paint(plate, box, style, words)
        )
        running_s = seen.since_line_s if seen.now.lap else 0.0
        pen = Pen(surface, style.unit, box)
        time_text = lap_time_text(running_s)
        pen.write(time_text, _MARGIN - 1, 19, 48, BRIGHT, weight=Weight.BOLD)


def _words(seen: Seen) -> _Words:
    now, laps = seen.now, seen.laps.laps
    return _Words(
        lap=f"LAP {now.lap}" if now.lap else "OUT LAP",
        verdict=_verdict(seen),
        counts=bool(now.lap_valid),
        last=lap_time_text(laps[-1].time_s) if laps else _NO_TIME,
        best=lap_time_text(seen.best.time_s) if seen.best.sectors_s else _NO_TIME,
    )


def _verdict(seen: Seen) -> str:
    """Whether the lap counts; if not, where the car went off, and how far."""
    if not seen.now.lap:
        return ""
    if seen.now.lap_valid:
        return "VALID"
    excursions = seen.laps.excursions
    if not excursions or seen.now.beyond_limit_m > 0.0:
        return "NOT VALID"
    worst = farthest(excursions)
    corner = corner_near(seen.track, worst.s_m)
    where = f"T{corner.number} " if corner else ""
    return f"NOT VALID {where}{beyond_text(worst.farthest_m)}"


def _paint(plate: pygame.Surface, box: Box, style: Style, words: _Words) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    right = WIDTH - _MARGIN
    pen.caption(words.lap, _MARGIN, 6)
    if words.counts:
        pen.caption(words.verdict, right, 6, Align.RIGHT)
    else:
        room = right - _MARGIN - pen.width(words.lap, CAPTION) - _GAP
        verdict = pen.shortened(words.verdict, room, CAPTION, Weight.BOLD)
        pen.write(verdict, right, 6, CAPTION, VERMILION, Align.RIGHT, Weight.BOLD)
    pen.caption("LAST", _MARGIN, 70)
    pen.write(words.last, 0.5 * WIDTH - 8, 70, CAPTION, BRIGHT, Align.RIGHT)
    pen.caption("BEST", 0.5 * WIDTH + 8, 70)
    pen.write(words.best, right, 70, CAPTION, BRIGHT, Align.RIGHT)
