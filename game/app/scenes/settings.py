"""Show the settings: pages by tabs, every change at work at once."""

from __future__ import annotations

from typing import Final

import pygame

from game.app.menus.menu import SETTING_PX, MenuScene
from game.app.menus.routes import Routes
from game.app.menus.tabbed import TabbedScene
from game.app.scenes.settings_pages.bindings_page import BindingsPage
from game.app.scenes.settings_pages.camera_page import CameraPage
from game.app.scenes.settings_pages.car_page import CarPage
from game.app.scenes.settings_pages.controller_page import ControllerPage
from game.app.scenes.settings_pages.driving_page import DrivingPage
from game.app.scenes.settings_pages.effects_page import effects_page
from game.app.scenes.settings_pages.ghosts_page import ghosts_page
from game.app.scenes.settings_pages.screen_page import ScreenPage
from game.app.scenes.settings_pages.sound_page import SoundPage
from game.app.setup.model.garage import Garage
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.rows import TextScale
from game.app.ui.text_layout import (
    TextStyle,
    line_height,
    paragraph_height,
    write_line,
    write_paragraph,
)
from game.app.ui.theme import Metrics
from game.translation import N_

_ROWS_SHARE: Final = 0.56  # of the width, beside a plot
_MIN_PLOT_EM: Final = 7.0  # of height; a lower plot says nothing
_PLOT_MAX_SHARE: Final = 0.62  # of its width, its height


class SettingsScene(TabbedScene):
    """Shows the pages of settings."""

    title = N_("Settings")

    def __init__(self, garage: Garage, routes: Routes, back: MenuScene) -> None:
        context = garage.context
        self._garage = garage
        self._routes = routes
        tabs = (
            DrivingPage(garage),
            ControllerPage(context),
            BindingsPage(context),
            CameraPage(garage),
            ghosts_page(context),
            CarPage(garage),
            ScreenPage(garage, back.behind, self._edit_hud),
            effects_page(context),
            SoundPage(context),
        )
        super().__init__(context, tabs, back)

    def leave(self) -> None:
        """Go back; the assists of another choice of help count from the next start."""
        self._garage.apply_setup(self._garage.workbench.setup)
        super().leave()

    def lay_out(self, sizes: Metrics) -> None:
        """Lay out the rows at the left, unless the page needs all the room."""
        self.page = self.tab.page
        self.page.lay_out(self._rows_box(sizes), TextScale(sizes, sizes.text(SETTING_PX)))

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw the tabs, a plot, and what the chosen row is about."""
        scale = TextScale(sizes, sizes.text(SETTING_PX))
        self.bar.draw(surface, self.bar_box(sizes), scale)
        rows = self._rows_box(sizes)
        text = self.tab.page.row.explanation
        note = TextStyle(scale.em(0.95), palette.TEXT)
        if self.tab.wide:
            below = Box(rows.left, rows.bottom, rows.width, self._note_height(scale))
            self.read_beside = [below]
            write_line(surface, text, below, note)
            return
        left = rows.right + sizes.space(40)
        width = sizes.width - sizes.margin - left
        needed = paragraph_height(text, width, note.px)
        top = rows.top + scale.em(0.4)
        height = min(round(_PLOT_MAX_SHARE * width), rows.height - needed - scale.em(0.8))
        if self.tab.plots and height >= scale.em(_MIN_PLOT_EM):
            self.tab.draw_beside(surface, Box(left, rows.top, width, height), scale)
            top = rows.top + height + scale.em(0.8)
        write_paragraph(surface, text, Box(left, top, width, rows.bottom - top), note)
        self.read_beside = [Box(left, rows.top, width, top + needed - rows.top)]

    def _rows_box(self, sizes: Metrics) -> Box:
        scale = TextScale(sizes, sizes.text(SETTING_PX))
        top = self.bar_box(sizes).bottom + sizes.space(14)
        bottom = sizes.height - self.footer.height(sizes) - sizes.space(6)
        room = sizes.width - 2 * sizes.margin
        if self.tab.wide:
            return Box(sizes.margin, top, room, bottom - top - self._note_height(scale))
        return Box(sizes.margin, top, round(_ROWS_SHARE * room), bottom - top)

    @staticmethod
    def _note_height(scale: TextScale) -> int:
        return line_height(scale.px) + scale.em(0.3)

    def _edit_hud(self) -> None:
        self.go_to(self._routes.hud_editor(self, self.seen))
