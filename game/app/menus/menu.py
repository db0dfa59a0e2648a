"""Show a menu: a page of rows over a backdrop, a heading, and hints at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

import pygame

from game.app.context.app_context import AppContext
from game.app.input.bindings import Binding, always_key
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.menus.scene import Scene
from game.app.ui import palette
from game.app.ui.backdrop import Backdrop, Picture
from game.app.ui.box import Box
from game.app.ui.footer import ARROWS, BACK, CHOOSE, SELECT, Footer, Hint
from game.app.ui.input_words import input_words
from game.app.ui.page import Page
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Weight
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.app.ui.theme import Metrics, metrics
from game.translation import _

ENTRY_PX: Final = 23  # of the rows of a menu
SETTING_PX: Final = 17  # of the rows of a page of settings
_TITLE_PX: Final = 46
_UNDER_PX: Final = 18


def bound_hint(
    context: AppContext, words: str, actions: Sequence[str], command: Command | None = None
) -> Hint:
    """Return a hint with the keys and buttons that are bound to actions now."""
    bindings = [getattr(context.settings.controls.bindings, action) for action in actions]
    keys = tuple(input_words(binding.keys[0]) for binding in bindings if binding.keys)
    buttons = tuple(input_words(binding.pad) for binding in bindings if binding.pad)
    return Hint(words, keys, buttons, command)


def key_hint(context: AppContext, words: str, actions: Sequence[str]) -> Hint:
    """Return a hint with the first key and the button of each action, arrows as arrows."""
    keys, buttons = [], []
    for action in actions:
        binding: Binding = getattr(context.settings.controls.bindings, action)
        key = binding.keys[0] if binding.keys else always_key(action)
        if key:
            keys.append(key if key in ARROWS else input_words(key))
        if binding.pad:
            buttons.append(input_words(binding.pad))
    return Hint(words, tuple(keys), tuple(buttons))


class MenuScene:
    """A menu has rows, which call `go_to` with the scene that comes next."""

    title = ""
    under_title = ""
    entry_px: ClassVar[int] = ENTRY_PX  # fewer where there are many rows
    column_em: ClassVar[float] = 14.5  # width of the page, of its text's height

    def __init__(self, context: AppContext, page: Page, seen: Picture) -> None:
        """Make a menu over a picture, which is made soft and dark."""
        self.context = context
        self.page = page
        self.seen = seen
        self.footer = Footer()
        self.behind: Picture = Backdrop(seen)
        self.read_beside: Sequence[Box] = ()  # what is read beside the page, as it was drawn last
        self._next: Scene | None = self
        context.notice.dismiss_hints()  # those of a drive: a menu has its own

    def share_backdrop(self, back: MenuScene) -> None:
        """Have the backdrop of the menu before, if it has one: it is made already."""
        if isinstance(back.behind, Backdrop):
            self.behind = back.behind

    def go_to(self, scene: Scene | None) -> None:
        """Let this scene be followed by another, or by none: the window closes."""
        self._next = scene

    def leave(self) -> None:
        """Go where the key that goes back leads; nowhere, unless a menu says otherwise."""

    def hints(self) -> Sequence[Hint]:
        """Return the hints of what can be done here, the most important first."""
        return (SELECT, BACK, CHOOSE)

    def handle(self, command: Command) -> Scene | None:
        """Follow a command, with a sound if it changes something; return the next scene."""
        if command is Command.QUIT:
            return None
        before = self.state()
        self.on_command(command)
        return self._following(before)

    def handle_pointer(self, pointer: Pointer) -> Scene | None:
        """Follow the mouse; a click on a hint gives the command that it names."""
        asked = self.footer.command_at(pointer.place) if pointer.pressed else None
        if asked is not None and not self.captures:
            return self.handle(asked)
        before = self.state()
        self.on_pointer(pointer)
        dragged = pointer.held and not pointer.pressed
        return self._following(self.state() if dragged else before)

    def on_command(self, command: Command) -> None:
        """Go back, or move through the page."""
        if command in (Command.BACK, Command.PAUSE):
            self.leave()
        else:
            self.page.handle(command)

    def on_pointer(self, pointer: Pointer) -> None:
        """Move through the page."""
        self.page.handle_pointer(pointer)

    def state(self) -> tuple[object, ...]:
        """Return the state whose change makes a sound."""
        return self.page.chosen, self.context.settings

    @property
    def captures(self) -> bool:
        """Return whether the page waits for an input of any kind."""
        return False

    def update(self, frame_s: float) -> None:
        """Let what moves come to its place."""
        self.page.update(frame_s, calm=self.calm)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the backdrop, and everything on it."""
        self.behind.draw(surface)
        sizes = self.sizes(surface)
        pad = self.context.inputs.last_device == "pad"
        self.footer.arrange(sizes, self.hints(), pad=pad)
        self.lay_out(sizes)
        self.draw_title(surface, sizes)
        self.page.draw(surface)
        self.draw_more(surface, sizes)
        self.footer.draw(surface, sizes, self.hints(), pad=pad)
        self.context.notice.keep_clear(self.read_boxes(sizes))

    def read_boxes(self, sizes: Metrics) -> list[Box]:
        """Return what is read in this menu: notices are shown beside it."""
        head = Box(0, 0, sizes.width, self.below_title(sizes))
        rows = [self.page.row_box(index) for index in self.page.shown_rows()]
        hints = (box for box, _hint in self.footer.boxes)
        return [head, *rows, *self.read_beside, *hints]

    def sizes(self, surface: pygame.Surface) -> Metrics:
        """Return the sizes of what is drawn on a surface."""
        return metrics(surface.get_size(), self.context.settings.hud.text_scale)

    @property
    def calm(self) -> bool:
        """Return whether the player wants things not to move."""
        return self.context.settings.camera.reduced_motion

    def lay_out(self, sizes: Metrics) -> None:
        """Place the page: a column at the left, as low as the title and as high as the hints."""
        top = self.below_title(sizes)
        bottom = sizes.height - self.footer.height(sizes)
        scale = TextScale(sizes, sizes.entry(self.entry_px))
        width = min(scale.em(self.column_em), sizes.width - 2 * sizes.margin)
        self.page.lay_out(Box(sizes.margin, top, width, bottom - top), scale)

    def box_beside(self, sizes: Metrics) -> Box:
        """Return the box beside the page, from the title down to the hints."""
        left = self.page.row_box(0).right + sizes.space(56)
        top = self.title_box(sizes).top
        bottom = sizes.height - self.footer.height(sizes) - sizes.space(4)
        return Box(left, top, sizes.width - sizes.margin - left, bottom - top)

    def below_title(self, sizes: Metrics) -> int:
        """Return the height at which the page begins."""
        under = line_height(sizes.text(_UNDER_PX)) if self.under_title else 0
        return self.title_box(sizes).bottom + under + sizes.space(18)

    def title_box(self, sizes: Metrics) -> Box:
        """Return the box of the title, as far as there is room for it."""
        px = sizes.title(_TITLE_PX)
        room = sizes.width - 2 * sizes.margin
        width = min(line_width(_(self.title), px, Weight.BOLD) + 2, room)
        return Box(sizes.margin, sizes.space(46), width, line_height(px))

    def draw_title(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw a red mark, the title, and a line under it."""
        mark = Box(sizes.margin, sizes.space(40), sizes.space(46), max(3, sizes.space(4)))
        fill_rounded(surface, mark, palette.ACCENT, mark.height / 2)
        line = self.title_box(sizes)
        style = TextStyle(sizes.title(_TITLE_PX), palette.BRIGHT, Weight.BOLD)
        write_line(surface, _(self.title), line, style)
        if self.under_title:
            px = sizes.text(_UNDER_PX)
            width = sizes.width - 2 * sizes.margin
            under = Box(sizes.margin, line.bottom, width, line_height(px))
            write_line(surface, _(self.under_title), under, TextStyle(px, palette.TEXT))

    def draw_more(self, surface: pygame.Surface, sizes: Metrics) -> None:
        """Draw what a menu shows in addition to its page, and note where in `read_beside`."""

    def _following(self, before: tuple[object, ...]) -> Scene | None:
        """Return the scene that comes next; only once, since the player may come back to a menu."""
        after, self._next = self._next, self
        if after is not self:
            self.context.sound.play("confirm")
        elif self.state() != before:
            self.context.sound.play("tick")
        return after
