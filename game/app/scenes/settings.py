"""The settings: pages by tabs, every change at work at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.scenes.hud_editor import HudEditorScene
from game.app.scenes.menu import SETTING_PX, MenuScene, bound_hint
from game.app.scenes.pages.bindings_page import BindingsPage
from game.app.scenes.pages.controller_page import ControllerPage
from game.app.scenes.pages.driving_page import DrivingPage
from game.app.scenes.pages.plain_pages import camera_page, display_page, screen_page, sound_page
from game.app.scenes.pages.tab import Tab
from game.app.scenes.scene import Pointer
from game.app.stage import Stage
from game.app.ui import theme
from game.app.ui.backdrop import Backdrop
from game.app.ui.box import Box
from game.app.ui.footer import BACK, CHANGE, CHOOSE, Hint
from game.app.ui.page import Page
from game.app.ui.rows import Look
from game.app.ui.tab_bar import TabBar
from game.app.ui.theme import Metrics
from game.app.ui.typeset import Style, line_height, paragraph_height, set_in, set_paragraph

_ROWS_SHARE: Final = 0.56  # of the width, beside a plot
_PLOT_MOST: Final = 0.62  # of its width, its height


class SettingsScene(MenuScene):
    """Pages of settings."""

    title = "Settings"

    def __init__(self, stage: Stage, back: MenuScene) -> None:
        self.tabs: tuple[Tab, ...] = (
            DrivingPage(stage),
            ControllerPage(stage),
            BindingsPage(stage),
            camera_page(stage),
            screen_page(stage, self._edit_hud),
            sound_page(stage),
            display_page(stage),
        )
        self._bar = TabBar([tab.name for tab in self.tabs])
        self._back = back
        super().__init__(stage, Page(()), back.seen)
        if isinstance(back.behind, Backdrop):
            self.behind = back.behind  # it is made already
        self._look: Look | None = None

    @property
    def tab(self) -> Tab:
        """The page in view."""
        return self.tabs[self._bar.chosen]

    def hints(self) -> Sequence[Hint]:
        """What can be done on this page."""
        turn = bound_hint(self.stage, "Page", ("previous_tab", "next_tab"), Command.NEXT_TAB)
        return (BACK, turn, *self.tab.hints(), CHANGE, CHOOSE)

    def leave(self) -> None:
        """Back to where the player came from."""
        self.go_to(self._back)

    def follow(self, command: Command) -> None:
        """Turn the pages, change what is on them."""
        if self.captures:
            self.tab.hear(command)
        elif command in (Command.BACK, Command.PAUSE):
            self.leave()
        elif command is Command.NEXT_TAB:
            self._bar.turn(1)
        elif command is Command.PREVIOUS_TAB:
            self._bar.turn(-1)
        else:
            self.tab.hear(command)

    def follow_mouse(self, pointer: Pointer) -> None:
        """The mouse turns pages too; while a key is waited for, a click gives that up."""
        if self.captures:
            if pointer.pressed:
                self.tab.give_up()
        elif not (pointer.pressed and self._bar.point(pointer.place)):
            self.tab.page.point(pointer)

    def state(self) -> tuple[object, ...]:
        """What is heard when it changes."""
        return self._bar.chosen, self.tab.page.chosen, self.stage.settings

    @property
    def captures(self) -> bool:
        """Whether the page waits for a key or button to bind."""
        return self.tab.captures

    def advance(self, frame_s: float) -> None:
        """Let what moves come to its place."""
        self.page = self.tab.page
        super().advance(frame_s)
        self.tab.advance(frame_s)

    def lay_out(self, sizes: Metrics) -> None:
        """The rows at the left, unless the page needs all the room."""
        self.page = self.tab.page
        self._look = Look(sizes, sizes.text(SETTING_PX))
        self.page.lay_out(self._rows_box(sizes), self._look)

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """The tabs, a plot, and what the chosen row is about."""
        look = Look(sizes, sizes.text(SETTING_PX))
        self._bar.draw(surface, self._bar_box(sizes), look)
        rows = self._rows_box(sizes)
        words = self.tab.page.row.explanation
        note = Style(look.em(0.95), theme.TEXT)
        if self.tab.wide:
            below = Box(rows.left, rows.bottom, rows.width, self._note_height(look))
            set_in(surface, words, below, note)
            return
        left = rows.right + sizes.space(40)
        width = sizes.width - sizes.margin - left
        needed = paragraph_height(words, width, note.px)
        top = rows.top + look.em(0.4)
        if self.tab.plots:
            height = min(round(_PLOT_MOST * width), rows.height - needed - look.em(0.8))
            self.tab.draw_beside(surface, Box(left, rows.top, width, height), look)
            top = rows.top + height + look.em(0.8)
        set_paragraph(surface, words, Box(left, top, width, rows.bottom - top), note)

    def _bar_box(self, sizes: Metrics) -> Box:
        height = round(1.9 * sizes.text(SETTING_PX))
        width = sizes.width - 2 * sizes.margin
        return Box(sizes.margin, self.below_title(sizes) - sizes.space(12), width, height)

    def _rows_box(self, sizes: Metrics) -> Box:
        look = Look(sizes, sizes.text(SETTING_PX))
        top = self._bar_box(sizes).bottom + sizes.space(14)
        bottom = sizes.height - self.footer.height(sizes) - sizes.space(6)
        room = sizes.width - 2 * sizes.margin
        if self.tab.wide:
            return Box(sizes.margin, top, room, bottom - top - self._note_height(look))
        return Box(sizes.margin, top, round(_ROWS_SHARE * room), bottom - top)

    @staticmethod
    def _note_height(look: Look) -> int:
        return line_height(look.px) + look.em(0.3)

    def _edit_hud(self) -> None:
        self.go_to(HudEditorScene(self.stage, self, self.seen))
