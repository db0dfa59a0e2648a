"""Edit the setup: its values, what they do to the lap, comparison, energy, split map, presets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.menus.menu import SETTING_PX, MenuScene
from game.app.menus.routes import Routes
from game.app.menus.tabbed import TabbedScene
from game.app.setup.model.garage import Garage
from game.app.setup.model.what_if import WhatIf
from game.app.setup.pages.compare_page import ComparePage
from game.app.setup.pages.energy_page import EnergyPage
from game.app.setup.pages.presets_page import PresetsPage
from game.app.setup.pages.setup_tab import SetupTab
from game.app.setup.pages.split_map_page import SplitMapPage
from game.app.setup.pages.values_page import ValuesPage
from game.app.ui.box import Box
from game.app.ui.footer import Hint
from game.app.ui.rows import TextScale
from game.app.ui.theme import Metrics
from game.translation import N_

_GAP: Final = 30  # between the rows and what is beside them
_MIN_ROWS_EM: Final = 15.5  # width of the rows, where the window lets them have it
_PASSING_BY_S: Final = 0.5  # in which a player who chooses passes from one weather to the next
_MAX_ROWS: Final = 0.5  # share of the window's width that the rows have at most


class SetupScene(TabbedScene):
    """Works on the setup of the garage; laps are driven beside the game meanwhile."""

    title = N_("Setup")

    def __init__(self, garage: Garage, routes: Routes, back: MenuScene) -> None:
        self.pages: tuple[SetupTab, ...] = (
            ValuesPage(garage, self._drive),
            ComparePage(garage),
            EnergyPage(garage),
            SplitMapPage(garage),
            PresetsPage(garage),
        )
        super().__init__(garage.context, self.pages, back)
        self.garage = garage
        self._routes = routes
        self._shown = -1
        self._what_if: WhatIf | None = None  # of the weather that is looked at
        self._wait_s = 0.0  # until laps are driven in that weather
        self._is_left = False
        self._fresh = True  # the page comes into view: its rows are drawn, in the next frame all

    @property
    def setup_tab(self) -> SetupTab:
        """Return the page in view."""
        return self.pages[self.bar.chosen]

    def update(self, frame_s: float) -> None:
        """Let a page prepare when it comes into view; have laps driven from the second frame on."""
        if self._shown >= 0:
            self._open_what_if(frame_s)
        self._fresh = self._shown != self.bar.chosen
        if self._fresh:
            self._shown = self.bar.chosen
            self.setup_tab.enter()
        super().update(frame_s)

    def hints(self) -> Sequence[Hint]:
        """Return the hints; while a page has every input, only its own."""
        return self.tab.hints() if self.captures else super().hints()

    def leave(self) -> None:
        """Apply the setup and go back."""
        self._done()
        super().leave()

    def on_command(self, command: Command) -> None:
        """Drive at once; other commands go to the page."""
        if command is Command.RESTART and not self.captures:
            self._drive()
        else:
            super().on_command(command)

    def state(self) -> tuple[object, ...]:
        """Return the state whose change makes a sound."""
        return (*super().state(), self.garage.workbench.setup)

    def lay_out(self, sizes: Metrics) -> None:
        """Lay out the rows at the left."""
        self.page = self.tab.page
        self.page.lay_out(self._rows_box(sizes), TextScale(sizes, sizes.text(SETTING_PX)))

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the names of the pages, and what stands beside the rows."""
        self.bar.draw(surface, self.bar_box(sizes), TextScale(sizes, sizes.text(SETTING_PX)))
        if self._fresh:
            return
        scale = TextScale(sizes, sizes.entry(SETTING_PX))  # charts need their room
        rows = self._rows_box(sizes)
        left = rows.right + sizes.space(_GAP)
        width = sizes.width - sizes.margin - left
        beside = Box(left, rows.top, width, rows.height)
        self.read_beside = [beside]
        self.tab.draw_beside(surface, beside, scale)

    def _open_what_if(self, frame_s: float) -> None:
        """Have laps driven; in a weather that was just chosen, once the player stays with it."""
        what_if = self.garage.workbench.what_if
        if self._is_left or what_if.is_open:
            return
        if what_if is not self._what_if:
            self._wait_s = 0.0 if self._what_if is None else _PASSING_BY_S
            self._what_if = what_if
        else:
            self._wait_s -= frame_s
        if self._wait_s <= 0.0:
            what_if.open()

    def _rows_box(self, sizes: Metrics) -> Box:
        top = self.bar_box(sizes).bottom + sizes.space(14)
        bottom = sizes.height - self.footer.height(sizes) - sizes.space(6)
        room = sizes.width - 2 * sizes.margin
        needed = min(round(_MIN_ROWS_EM * sizes.text(SETTING_PX)), round(_MAX_ROWS * room))
        width = max(round(self.setup_tab.rows_share * room), needed)
        return Box(sizes.margin, top, width, bottom - top)

    def _drive(self) -> None:
        """Begin a drive on the grid with the setup as it is now."""
        self._done()
        self.go_to(self._routes.drive())

    def _done(self) -> None:
        """Apply the setup; no more laps are driven beside the game."""
        self._is_left = True
        self.garage.workbench.what_if.close()
        self.garage.apply_setup(self.garage.workbench.setup)
