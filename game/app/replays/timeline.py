"""Draw the time of a replay as a line: laps, sectors, what happened, and where one is."""

from __future__ import annotations

from typing import Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CachedSurface
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.shapes import fill_circle, fill_rounded
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import Metrics
from game.recording.replay_survey import Mark, MarkKind, ReplaySurvey, SurveyedLap
from game.translation import _
from game.units import lap_time_text

_PX: Final = 15
_BAR: Final = 8  # height, units
_TIME_EM: Final = 6.2
_COLOURS: Final[dict[MarkKind, Colour]] = {
    "contact": palette.VERMILION,
    "off track": palette.ORANGE,
    "reset": palette.BLUE,
    "void": palette.VERMILION,
}


class Shown(NamedTuple):
    """Says what of a replay is shown now."""

    tick: int
    ticks: int  # of the whole replay
    step_s: float
    car: int


class Timeline:
    """Draws the timeline, and finds the tick at a place of it."""

    def __init__(self) -> None:
        self.bar = Box(0, 0, 1, 1)  # in which a place stands for a tick
        self._cached = CachedSurface()

    def height(self, sizes: Metrics) -> int:
        """Return how high it is."""
        return line_height(sizes.text(_PX)) + sizes.space(24)

    def tick_at(self, x: int, ticks: int) -> int:
        """Return the tick that a column of the window stands for."""
        share = (x - self.bar.left) / max(self.bar.width, 1)
        return round(min(max(share, 0.0), 1.0) * ticks)

    def draw(
        self, surface: pygame.Surface, box: Box, sizes: Metrics, shown: Shown, survey: ReplaySurvey
    ) -> None:
        """Draw it into a box of its height."""
        px = sizes.text(_PX)
        aside = round(_TIME_EM * px)
        self.bar = Box(box.left + aside, box.top, box.width - 2 * aside, box.height)
        style = TextStyle(px, palette.BRIGHT, Weight.BOLD)
        times = Box(box.left, box.top, aside - px, box.height)
        write_line(surface, lap_time_text(shown.tick * shown.step_s), times, style)
        whole = times._replace(left=box.right - times.width)
        text = lap_time_text(shown.ticks * shown.step_s)
        write_line(surface, text, whole, TextStyle(px, palette.DIM), Align.RIGHT)
        key = (shown._replace(tick=0), survey.until, px)
        self._cached.show(
            surface, self.bar, key, lambda picture: _paint(picture, sizes, shown, survey)
        )
        self._draw_here(surface, sizes, shown)

    def _draw_here(self, surface: pygame.Surface, sizes: Metrics, shown: Shown) -> None:
        x = self.bar.left + _across(shown.tick, shown.ticks, self.bar.width)
        middle = self.bar.bottom - sizes.space(12)
        played = Box(
            self.bar.left, middle - sizes.space(_BAR) // 2, x - self.bar.left, sizes.space(_BAR)
        )
        fill_rounded(surface, played, (*palette.ACCENT, 150), played.height / 2)
        fill_circle(surface, (x, middle), sizes.space(8), palette.INK)
        fill_circle(surface, (x, middle), sizes.space(6.5), palette.BRIGHT)


def _paint(surface: pygame.Surface, sizes: Metrics, shown: Shown, survey: ReplaySurvey) -> None:
    """Paint all but where one is."""
    width, height = surface.get_size()
    middle, bar = height - sizes.space(12), sizes.space(_BAR)
    top = middle - bar // 2
    fill_rounded(surface, Box(0, top, width, bar), (*palette.TROUGH, 150), bar / 2)
    known = _across(survey.until, shown.ticks, width)
    fill_rounded(surface, Box(0, top, known, bar), (*palette.LABEL, 130), bar / 2)
    for mark in survey.marks:
        if mark.car == shown.car and mark.kind in ("sector", "lap"):
            x = _across(mark.tick, shown.ticks, width)
            reach = sizes.space(4) if mark.kind == "lap" else 0
            line = Box(x, top - reach, max(sizes.space(1.4), 1), bar + 2 * reach)
            surface.fill(palette.BRIGHT if mark.kind == "lap" else palette.INK, line)
    for lap in survey.laps[shown.car]:
        _paint_lap(surface, sizes, shown, lap)
    for mark in survey.marks:
        if mark.car == shown.car and mark.kind in _COLOURS:
            _paint_mark(surface, sizes, (_across(mark.tick, shown.ticks, width), middle), mark)


def _paint_lap(surface: pygame.Surface, sizes: Metrics, shown: Shown, lap: SurveyedLap) -> None:
    """Write number and time of a lap over its part of the line, as far as there is room."""
    px, width = sizes.text(_PX), surface.get_width()
    left = _across(lap.begin, shown.ticks, width)
    right = _across(lap.end, shown.ticks, width)
    number = _("Lap {number}").format(number=lap.number)
    time = "" if lap.time_s is None else f" · {lap_time_text(lap.time_s)}"
    room = right - left - sizes.space(6)
    text = next(
        (each for each in (number + time, number, str(lap.number)) if line_width(each, px) <= room),
        "",
    )
    colour = palette.TEXT if lap.valid else palette.VERMILION
    box = Box(left + sizes.space(4), 0, max(room, 1), line_height(px))
    if text:
        write_line(surface, text, box, TextStyle(px, colour))


def _paint_mark(
    surface: pygame.Surface, sizes: Metrics, place: tuple[int, int], mark: Mark
) -> None:
    """Paint a mark in a shape of its kind: colours alone do not tell them apart."""
    x, y = place
    reach = sizes.space(6)
    shapes = {
        "contact": ((0, -1), (1, 0), (0, 1), (-1, 0)),
        "off track": ((0, -1), (1, 0.8), (-1, 0.8)),
        "reset": ((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8)),
        "void": ((-1, -0.8), (1, -0.8), (0, 1)),
    }
    points = [(x + reach * across, y + reach * down) for across, down in shapes[mark.kind]]
    pygame.draw.polygon(surface, _COLOURS[mark.kind], points)
    pygame.draw.aalines(surface, palette.INK, True, points)


def _across(tick: int, ticks: int, width: int) -> int:
    return round(width * tick / max(ticks, 1))
