"""Lay out what a viewer shows below a replay: strips, timeline, and hints."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

import pygame

from game.app.replays.replay_drive import ReplayDrive
from game.app.replays.strips import StripLap, Strips
from game.app.replays.timeline import Shown, Timeline
from game.app.ui.box import Box
from game.app.ui.footer import Footer, Hint
from game.app.ui.panel import draw_panel
from game.app.ui.theme import Metrics
from game.recording.replay_survey import ReplaySurvey, SurveyedLap, TracePoint

_STRIPS: Final = 158  # height, units
_PAD: Final = 14
_OPACITY: Final = 0.82
_SHOWN_TOP_MPS: Final = 250.0 / 3.6  # at the upper edge of the strip of speed


class ViewerPanel:
    """Draws the panel, and says what a place in it stands for."""

    def __init__(self, drive: ReplayDrive, survey: ReplaySurvey) -> None:
        self.footer = Footer()
        self._drive = drive
        self._survey = survey
        self._timeline = Timeline()
        lock_rad = drive.followed.spec.steering.lock_rad
        self._strips = Strips(drive.track, _SHOWN_TOP_MPS, lock_rad)

    def box(self, sizes: Metrics) -> Box:
        """Return where the panel is."""
        high = self._timeline.height(sizes) + sizes.text(_STRIPS) + 3 * sizes.space(_PAD)
        bottom = sizes.height - self.footer.height(sizes) + sizes.space(_PAD)
        aside = sizes.space(24)
        return Box(aside, bottom - high, sizes.width - 2 * aside, high)

    def draw(
        self, surface: pygame.Surface, sizes: Metrics, hints: Sequence[Hint], *, pad: bool
    ) -> None:
        """Draw everything at the lower edge of the window."""
        self.footer.arrange(sizes, hints, pad=pad)
        box, inset = self.box(sizes), sizes.space(_PAD)
        draw_panel(surface, box, sizes.unit, _OPACITY)
        inner = Box(box.left + inset, box.top + inset, box.width - 2 * inset, box.height)
        self._draw_strips(surface, inner._replace(height=sizes.text(_STRIPS)), sizes)
        line = inner._replace(
            top=inner.top + sizes.text(_STRIPS) + inset, height=self._timeline.height(sizes)
        )
        drive = self._drive
        shown = Shown(drive.tick, drive.replay.ticks, drive.replay.step_s, drive.followed.number)
        self._timeline.draw(surface, line, sizes, shown, self._survey)
        self.footer.draw(surface, sizes, hints, pad=pad)

    def tick_at(self, place: tuple[int, int]) -> int | None:
        """Return the tick that a place in the timeline stands for; None beside it."""
        bar = self._timeline.bar
        if not bar.holds((min(max(place[0], bar.left), bar.right - 1), place[1])):
            return None
        return self.tick_of_column(place[0])

    def tick_of_column(self, x: int) -> int:
        """Return the tick that a column of the timeline stands for."""
        return self._timeline.tick_at(x, self._drive.replay.ticks)

    def tick_at_distance(self, place: tuple[int, int]) -> int | None:
        """Return when the car was at a place of the strips in the lap shown; None beside them."""
        if not self._strips.plot.holds(place):
            return None
        distance_m = self._strips.distance_at(place[0])
        points = self._points(self._lap())
        return next((point.tick for point in points if point.s_m >= distance_m), None)

    def _lap(self) -> SurveyedLap:
        drive = self._drive
        return self._survey.lap_at(drive.followed.number, drive.tick)

    def _points(self, lap: SurveyedLap) -> Sequence[TracePoint]:
        return self._survey.points_of(self._drive.followed.number, lap)

    def _draw_strips(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> None:
        drive, car = self._drive, self._drive.followed
        lap = self._lap()
        points = self._points(lap)
        key = (car.number, lap.begin)
        other = drive.compared
        laps = StripLap(points, key), other and StripLap(other.points, other.name)
        place = bisect_right(points, drive.tick, key=attrgetter("tick"))
        here = points[place - 1] if place else None
        self._strips.draw(surface, box, sizes, laps, here, car.now.s_m)
