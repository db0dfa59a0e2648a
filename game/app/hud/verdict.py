"""Why the lap does not count, while it is news."""

from __future__ import annotations

from typing import ClassVar, Final

import pygame

from game.app.hud.excursion_text import beyond_text
from game.app.hud.hud_canvas import CAPTION, Pen, Plate
from game.app.hud.hud_data import Seen, corner_near
from game.app.hud.palette import BRIGHT, VERMILION
from game.app.hud.style import Style
from game.app.ui.box import Box
from game.app.ui.lettering import Align, Weight
from game.app.ui.panel import draw_panel

_WIDTH: Final = 344
_NEWS_S: Final = 6.0


class Verdict:
    """Two lines at most: what happened, and where and by how much."""

    size: ClassVar[tuple[float, float]] = (_WIDTH, 50)
    has_text: ClassVar[bool] = True

    def __init__(self) -> None:
        self._plate = Plate()

    def draw(self, surface: pygame.Surface, box: Box, style: Style, seen: Seen) -> None:
        """Nothing while all is well."""
        lines = verdict_lines(seen)
        if lines is not None:
            self._plate.show(
                surface, box, (lines, style), lambda plate: _paint(plate, box, style, *lines)
            )


def verdict_lines(seen: Seen) -> tuple[str, str] | None:
    """What happened, and where and by how much; None if there is nothing to tell.

    On the out lap nothing is judged.
    """
    now, excursions = seen.now, seen.laps.excursions
    if not now.lap:
        return None
    if now.beyond_limit_m > 0.0:
        return "ALL FOUR WHEELS OFF", _where(seen, now.s_m, now.beyond_limit_m)
    if not now.lap_valid and excursions and seen.time_s - seen.recent.off_s < _NEWS_S:
        last = excursions[-1]
        return "LAP NOT VALID", _where(seen, last.s_m, last.farthest_m)
    if seen.laps.missed_gate and seen.since_line_s < _NEWS_S:
        return "THE LAST LAP DOES NOT COUNT", "part of the circuit was left out"
    return None


def _where(seen: Seen, s_m: float, beyond_m: float) -> str:
    corner = corner_near(seen.track, s_m)
    place = f"T{corner.number}" if corner else f"{s_m:.0f} m after the line"
    return f"{place}, {beyond_text(beyond_m)} beyond the limit"


def _paint(plate: pygame.Surface, box: Box, style: Style, title: str, detail: str) -> None:
    draw_panel(plate, Box(0, 0, box.width, box.height), style.unit, style.opacity)
    pen = Pen(plate, style.unit)
    middle = 0.5 * _WIDTH
    room = _WIDTH - 24
    title = pen.shortened(title, room, 22, Weight.BOLD)
    pen.write(title, middle, 4, 22, VERMILION, Align.CENTRE, Weight.BOLD)
    detail = pen.shortened(detail, room, CAPTION)
    pen.write(detail, middle, 26, CAPTION, BRIGHT, Align.CENTRE)
