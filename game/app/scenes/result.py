"""Show the result: what was driven, lap by lap, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import ENTRY_PX, MenuScene
from game.app.menus.routes import DriveScene, Routes
from game.app.scenes.lap_comparisons import ROW
from game.app.scenes.lap_table import lap_summary, lap_table
from game.app.scenes.medal_list import draw_medals_across, medal_rows, next_medal_fact
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.circuit_map import CircuitMap
from game.app.ui.footer import BACK, CHOOSE, SELECT, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, TextScale
from game.app.ui.text import Weight
from game.app.ui.text_layout import (
    TextStyle,
    line_height,
    line_width,
    paragraph_height,
    write_line,
    write_paragraph,
)
from game.app.ui.theme import Metrics
from game.errors import InputError
from game.translation import N_, _

_ENTRIES_EM: Final = 9.0  # width of the menu beside the table
_LAP_PX: Final = 17
_FACT_EM: Final = 5.4  # of a fact, at least
_FACT_GAP_EM: Final = 1.6
_MIN_MAP: Final = 170  # units high: in a smaller map the corners' numbers lie over one another
_MAP_GAP: Final = 22
_CORNER_PX: Final = 12
_LEAVE: Final = BACK._replace(words=N_("To the title"))  # not back: the session is over
_NO_LAPS: Final = N_(
    "No lap finished yet. A lap counts from line to line: the out lap from the grid does not."
)


class ResultScene(MenuScene):
    """Shows how a session ended."""

    title = N_("Session")

    def __init__(self, garage: Garage, routes: Routes, driving: DriveScene) -> None:
        has_laps = bool(driving.drive.followed.log.laps)
        compared = [Action(ROW, self._compare)] if has_laps else []
        rows = (
            Action(N_("Drive again"), self._again),
            *compared,
            Action(N_("Replay"), self._watch),
            Action(N_("Settings"), self._set),
            Action(N_("Quit to title"), self._quit),
        )
        super().__init__(garage.context, Page(rows), driving.world)
        self._routes = routes
        self._driving = driving
        self.under_title = garage.place_text
        drive = driving.drive
        self._facts = lap_summary(drive)
        times = {} if garage.targets is None else garage.targets.lap_times
        best_s = drive.followed.best.time_s
        self._medals = medal_rows(times, best_s)
        self._facts[1:1] = next_medal_fact(times, best_s)
        self._map = CircuitMap(garage.track)
        self._car_m = (drive.followed.now.x_m, drive.followed.now.y_m)
        laps = drive.followed.laps.laps
        self._table = (
            lap_table(laps, drive.track, drive.cap_kwh, drive.followed.help_by_lap)
            if laps
            else None
        )

    def hints(self) -> Sequence[Hint]:
        """Return the hints; the laps can be scrolled where they are many."""
        hints = (SELECT, _LEAVE, CHOOSE)
        if self._table is not None and self._table.scrolls:
            more = Hint(N_("Laps"), ("left", "right"), ("LB", "RB"))
            return (*hints, more)
        return hints

    def on_command(self, command: Command) -> None:
        """Scroll the laps, or drive at once, besides what every menu does."""
        if command is Command.RESTART:
            self._again()
        elif self._table is not None and command in (Command.LEFT, Command.PREVIOUS_TAB):
            self._table.scroll(-1)
        elif self._table is not None and command in (Command.RIGHT, Command.NEXT_TAB):
            self._table.scroll(1)
        super().on_command(command)

    def on_pointer(self, pointer: Pointer) -> None:
        """Scroll the laps by the wheel."""
        if pointer.scrolled and self._table is not None:
            self._table.scroll(-pointer.scrolled)
        super().on_pointer(pointer)

    def leave(self) -> None:
        """Return to the title."""
        self._quit()

    def lay_out(self, sizes: Metrics) -> None:
        """Lay out the menu at the left."""
        scale = TextScale(sizes, sizes.entry(ENTRY_PX))
        top = self.below_title(sizes)
        bottom = sizes.height - self.footer.height(sizes)
        self.page.lay_out(Box(sizes.margin, top, scale.em(_ENTRIES_EM), bottom - top), scale)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the summary of the laps, and their table."""
        scale = TextScale(sizes, sizes.text(_LAP_PX))
        left = sizes.margin + sizes.entry(ENTRY_PX * _ENTRIES_EM) + sizes.space(48)
        right = sizes.width - sizes.margin
        top = self.below_title(sizes)
        bottom = sizes.height - self.footer.height(sizes) - sizes.space(8)
        room = Box(left, top, right - left, bottom - top)
        self.read_beside = [room]
        below = self._draw_facts(surface, room, scale)
        if self._medals:
            medals = Box(left, below, right - left, bottom - below)
            below = draw_medals_across(surface, self._medals, medals, scale.px) + scale.em(0.8)
        box = Box(left, below, right - left, bottom - below)
        if self._table is not None:
            below = self._table.draw(surface, box, scale)
        else:
            write_paragraph(surface, _(_NO_LAPS), box, TextStyle(scale.px, palette.TEXT))
            below += paragraph_height(_(_NO_LAPS), box.width, scale.px)
        self._draw_map(surface, box._replace(top=below, height=bottom - below), sizes)

    def _draw_map(self, surface: pygame.Surface, box: Box, sizes: Metrics) -> None:
        """Draw the circuit, and where the car stands on it, if there is room below the laps."""
        gap = sizes.space(_MAP_GAP)
        box = box._replace(top=box.top + gap, height=box.height - gap)
        if box.height >= sizes.space(_MIN_MAP):
            self._map.draw(surface, box, None, {}, sizes.space(_CORNER_PX))
            self._map.draw_car(surface, box, self._car_m)

    def _draw_facts(self, surface: pygame.Surface, box: Box, scale: TextScale) -> int:
        """Draw the facts in a row, as many as fit; returns where they end."""
        small, large = scale.em(0.85), scale.em(1.35)
        left = box.left
        for number, (name, value) in enumerate(self._facts):
            needed = max(line_width(_(name), small), line_width(value, large, Weight.BOLD)) + 2
            if number and left + needed > box.right:
                break
            cell = Box(left, box.top, min(needed, box.width), line_height(small))
            write_line(surface, _(name), cell, TextStyle(small, palette.DIM))
            under = cell._replace(top=cell.bottom, height=line_height(large))
            write_line(surface, value, under, TextStyle(large, palette.BRIGHT, Weight.BOLD))
            left += max(needed, scale.em(_FACT_EM)) + scale.em(_FACT_GAP_EM)
        return box.top + line_height(small) + line_height(large) + scale.em(1.0)

    def _again(self) -> None:
        self._driving.restart()
        self._driving.resume()
        self.go_to(self._driving)

    def _compare(self) -> None:
        self.go_to(self._routes.lap_page(self._driving, self))

    def _watch(self) -> None:
        try:
            self.go_to(self._routes.open_recording(self._driving.drive.recording(), self))
        except InputError as error:
            self.context.notice.show(str(error))

    def _set(self) -> None:
        self.go_to(self._routes.settings(self))

    def _quit(self) -> None:
        self.go_to(self._routes.title())
