"""Show where a lap of the drive loses time on another one or on the bot's, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pygame

from game.analysis.findings import LapComparison, why_invalid
from game.app.input.commands import Command
from game.app.menus.menu import SETTING_PX, MenuScene, bound_hint
from game.app.menus.routes import DriveScene
from game.app.menus.tab import PageValue
from game.app.scenes.lap_comparisons import BEST, BOT, LapComparisons
from game.app.scenes.loss_tables import causes_table, loss_table
from game.app.setup.charts.chart import ValueRange
from game.app.setup.charts.chart_marks import ring
from game.app.setup.charts.gain_map import draw_gains
from game.app.setup.charts.speed_chart import SpeedCurves, draw_speeds
from game.app.setup.charts.track_map import PIECES, TrackMap
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.controls import Choice
from game.app.ui.footer import BACK, CHANGE, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Row, TextScale
from game.app.ui.table import Table
from game.app.ui.text import Weight
from game.app.ui.text_layout import TextStyle, paragraph_height, write_paragraph
from game.app.ui.theme import Metrics
from game.translation import N_, _
from game.units import lap_time_text

_ROWS_SHARE: Final = 0.3  # of the width
_MIN_ROWS_EM: Final = 15.5
_GAP: Final = 30  # between the rows and what is beside them
_SENTENCES: Final = 2
_WORDS_SHARE: Final = 0.45  # of the height, that words have at most: the chart needs the rest
_ABOVE: Final = 4  # corners that are in view above the chosen one
_VIEWS: Final = (
    ("corners", N_("corner by corner")),
    ("causes", N_("causes")),
    ("speed", N_("speed")),
    ("map", N_("map")),
)
_WAITING: Final = N_("The bot is still driving its laps.")
_ALONE: Final = N_("There is no other lap to compare with yet.")


class LapPageScene(MenuScene):
    """Compares the laps of a drive that stands still."""

    title = N_("Where time is lost")

    def __init__(self, garage: Garage, driving: DriveScene, back: MenuScene) -> None:
        self._track = garage.track
        self._back = back
        self._ahead = garage.reference_ahead
        self._comparisons = LapComparisons(driving.drive, garage.reference_ahead)
        laps = self._comparisons.laps
        self._lap = PageValue(laps[-1].number)
        self._against, self._view = PageValue(BOT), PageValue("corners")
        self._corner = PageValue(0)
        self._map = TrackMap(garage.venue)
        self._table: tuple[object, Table] | None = None
        super().__init__(garage.context, Page(self._rows()), back.seen)
        self.under_title = garage.place_text

    @property
    def comparison(self) -> LapComparison | None:
        """Return the comparison that is chosen; None as long as there is nothing to compare."""
        return self._comparisons.compared(self._lap.get(), self._against.get())

    def update(self, frame_s: float) -> None:
        """Offer the laps other than the chosen one, and find room for the words on the map."""
        super().update(frame_s)
        self._other.offer(self._others())
        self._map.update()

    def leave(self) -> None:
        """Go back to where the player came from."""
        self.go_to(self._back)

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what can be done here."""
        turn = bound_hint(self.context, N_("Chart"), ("previous_tab", "next_tab"), Command.NEXT_TAB)
        return (BACK, turn, CHANGE)

    def on_command(self, command: Command) -> None:
        """Turn the charts by the keys of pages, besides what every menu does."""
        if command in (Command.NEXT_TAB, Command.PREVIOUS_TAB):
            names = [name for name, _words in _VIEWS]
            step = 1 if command is Command.NEXT_TAB else -1
            self._view.put(names[(names.index(self._view.get()) + step) % len(names)])
        super().on_command(command)

    def state(self) -> tuple[object, ...]:
        """Return the state whose change makes a sound."""
        chosen = (self._lap, self._against, self._view, self._corner)
        return *super().state(), *(value.get() for value in chosen)

    def lay_out(self, sizes: Metrics) -> None:
        """Lay out the rows at the left."""
        self.page.lay_out(self._rows_box(sizes), TextScale(sizes, sizes.text(SETTING_PX)))

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw what was found in words, and the chart that is chosen."""
        rows = self._rows_box(sizes)
        left = rows.right + sizes.space(_GAP)
        box = Box(left, rows.top, sizes.width - sizes.margin - left, rows.height)
        self.read_beside = [box]
        scale = TextScale(sizes, sizes.entry(SETTING_PX))  # charts need their room
        comparison = self.comparison
        top = self._draw_words(surface, box, scale, comparison) + scale.em(0.6)
        if comparison is not None:
            self._draw_view(surface, box._replace(top=top, height=box.bottom - top), scale)

    def _draw_words(
        self,
        surface: pygame.Surface,
        box: Box,
        scale: TextScale,
        comparison: LapComparison | None,
    ) -> int:
        """Draw the sentences; returns where they end."""
        lap = next(lap for lap in self._comparisons.laps if lap.number == self._lap.get())
        lines = [(line, palette.ORANGE) for line in why_invalid(lap, self._track)]
        if comparison is None:
            waits = self._against.get() == BOT and self._ahead.is_driving
            lines.append((_(_WAITING if waits else _ALONE), palette.TEXT))
        else:
            causes = comparison.causes_text()
            lines += [(causes, palette.TEXT)] if causes else []
            lines += [(each, palette.TEXT) for each in comparison.sentences(_SENTENCES)]
        top, lowest = box.top, box.top + _WORDS_SHARE * box.height
        head = self._headline(lap.time_s, comparison)
        style = TextStyle(scale.em(1.15), palette.BRIGHT, Weight.BOLD)
        for text, words in ((head, style), *((t, TextStyle(scale.em(0.9), c)) for t, c in lines)):
            high = paragraph_height(text, box.width, words.px)
            if top + high > lowest and top > box.top:
                break
            write_paragraph(surface, text, Box(box.left, top, box.width, high), words)
            top += high
        return top

    def _headline(self, time_s: float, comparison: LapComparison | None) -> str:
        """Return the lap's time, and by how much another one is quicker."""
        time = lap_time_text(time_s)
        if comparison is None:
            return time
        gap_s = comparison.time_s
        text = _("{time}, {gap} s slower than {other}") if gap_s > 0.0 else None
        text = text or _("{time}, {gap} s quicker than {other}")
        other = lap_time_text(comparison.reference.lap.time_s)
        return text.format(time=time, gap=f"{abs(gap_s):.3f}", other=other)

    def _draw_view(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        comparison, view = self.comparison, self._view.get()
        assert comparison is not None
        names = (_("reference"), _("lap"), _("lap behind the reference, s"))
        if view == "speed":
            curves = _curves(comparison)
            across = self._stretch(comparison)
            draw_speeds(surface, box, scale, self._track, curves, across, names)
        elif view == "map":
            marks = comparison.profile.marks
            places_m = np.linspace(0.0, self._track.length_m, PIECES + 1)
            behind_s = np.interp(places_m, marks.places_m, comparison.behind_s)
            gaps = [(loss.number, loss.time_s) for loss in comparison.losses]
            words = (_("loses"), _("gains"), _("equal"))
            draw_gains(surface, box, scale, self._map, behind_s, gaps, words)
            if self._corner.get():
                apex_m = self._track.corners[self._corner.get() - 1].apex_m
                ring(surface, self._map.place(apex_m), scale.em(0.8), palette.BRIGHT)
        else:
            key = (id(comparison), view, self._corner.get(), box, scale)
            if self._table is None or self._table[0] != key:
                make = causes_table if view == "causes" else loss_table
                table = make(comparison, self._corner.get())
                self._table = (key, table)
                table.scroll(-len(comparison.losses))
                table.scroll(max(self._corner.get() - _ABOVE, 0))
            self._table[1].draw(surface, box, scale._replace(px=scale.em(0.86)))

    def _stretch(self, comparison: LapComparison) -> ValueRange:
        """Return the part of the lap whose speeds are shown: all of it, or a corner's."""
        stretches, number = comparison.stretches, self._corner.get()
        if not number:
            return ValueRange(0.0, self._track.length_m)
        spacing_m = comparison.profile.marks.spacing_m
        chosen = stretches[number - 1]
        return ValueRange(spacing_m * chosen.begin, spacing_m * chosen.end)

    def _rows(self) -> list[Row]:
        self._other = Choice(N_("Against"), self._against, self._others(), "")
        named = [f"T{corner.number}" for corner in self._track.corners]
        corners = [(0, N_("all")), *enumerate(named, 1)]
        return [
            Choice(N_("Lap"), self._lap, self._numbered(), ""),
            self._other,
            Choice(N_("Chart"), self._view, _VIEWS, ""),
            Choice(N_("Corner"), self._corner, corners, ""),
        ]

    def _numbered(self) -> list[tuple[int, str]]:
        laps = self._comparisons.laps
        return [(lap.number, f"{lap.number}   {lap_time_text(lap.time_s)}") for lap in laps]

    def _others(self) -> list[tuple[int, str]]:
        """Return what the chosen lap can be compared with: not with itself."""
        numbered = [each for each in self._numbered() if each[0] != self._lap.get()]
        return [(BOT, N_("the bot")), (BEST, N_("the best other lap")), *numbered]

    def _rows_box(self, sizes: Metrics) -> Box:
        top = self.below_title(sizes)
        bottom = sizes.height - self.footer.height(sizes) - sizes.space(6)
        room = sizes.width - 2 * sizes.margin
        needed = min(round(_MIN_ROWS_EM * sizes.text(SETTING_PX)), room // 2)
        return Box(sizes.margin, top, max(round(_ROWS_SHARE * room), needed), bottom - top)


def _curves(comparison: LapComparison) -> SpeedCurves:
    own, other = comparison.profile, comparison.reference
    return SpeedCurves(
        own.marks.places_m,
        other.columns.speed_mps,
        own.columns.speed_mps,
        comparison.behind_s,
    )
