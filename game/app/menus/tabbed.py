"""Show a scene of pages: their names in a row, one page in view, a way back."""

from __future__ import annotations

from collections.abc import Sequence

from game.app.context.app_context import AppContext
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.menu import SETTING_PX, MenuScene, bound_hint
from game.app.menus.tab import Tab
from game.app.ui.box import Box
from game.app.ui.footer import BACK, CHANGE, CHOOSE, Hint
from game.app.ui.page import Page
from game.app.ui.rows import TextScale
from game.app.ui.tab_bar import TabBar
from game.app.ui.theme import Metrics
from game.translation import N_


class TabbedScene(MenuScene):
    """Shows pages with tabs. `back` is the scene that it leads back to."""

    def __init__(self, context: AppContext, tabs: Sequence[Tab], back: MenuScene) -> None:
        self.tabs = tuple(tabs)
        self.bar = TabBar([tab.name for tab in tabs])
        self.back = back
        super().__init__(context, Page(()), back.seen)
        self.share_backdrop(back)

    @property
    def tab(self) -> Tab:
        """Return the page in view."""
        return self.tabs[self.bar.chosen]

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what can be done on this page."""
        turn = bound_hint(self.context, N_("Page"), ("previous_tab", "next_tab"), Command.NEXT_TAB)
        return (BACK, turn, *self.tab.hints(), CHANGE, CHOOSE)

    def leave(self) -> None:
        """Go back to where the player came from."""
        self.go_to(self.back)

    def on_command(self, command: Command) -> None:
        """Turn the pages, change what is on them."""
        if self.captures:
            self.tab.handle(command)
        elif command in (Command.BACK, Command.PAUSE):
            if not self.tab.go_up():
                self.leave()
        elif command is Command.NEXT_TAB:
            self.bar.turn(1)
        elif command is Command.PREVIOUS_TAB:
            self.bar.turn(-1)
        else:
            self.tab.handle(command)

    def on_pointer(self, pointer: Pointer) -> None:
        """Let the mouse turn pages too, unless the page has every input."""
        if self.captures:
            self.tab.handle_pointer_while_capturing(pointer)
        elif not (pointer.pressed and self.bar.press(pointer.place)):
            self.tab.handle_pointer(pointer)

    def state(self) -> tuple[object, ...]:
        """Return the state whose change makes a sound."""
        return self.bar.chosen, self.tab.page.chosen, self.context.settings

    @property
    def captures(self) -> bool:
        """Return whether the page waits for an input of any kind."""
        return self.tab.captures

    def update(self, frame_s: float) -> None:
        """Let what moves come to its place."""
        self.page = self.tab.page
        super().update(frame_s)
        self.tab.update(frame_s)

    def bar_box(self, sizes: Metrics) -> Box:
        """Return the box of the pages' names: beside the title, or below it where they are long."""
        scale = TextScale(sizes, sizes.text(SETTING_PX))
        high, title = scale.em(1.9), self.title_box(sizes)
        left = title.right + sizes.space(44)
        room = sizes.width - sizes.margin - left
        if self.bar.width(scale) <= room:
            return Box(left, title.bottom - high + sizes.space(2), room, high)
        width = sizes.width - 2 * sizes.margin
        return Box(sizes.margin, self.below_title(sizes) - sizes.space(12), width, high)
