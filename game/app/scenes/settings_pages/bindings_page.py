"""Show which key or button does what: press one to change it; what clashes is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.context.app_context import AppContext
from game.app.context.settings import with_part
from game.app.input.bindings import (
    ACTIONS,
    HELD,
    PAD_SLOT,
    Binding,
    always_key,
    conflicts,
    rebound,
)
from game.app.input.commands import Command
from game.app.input.listening import InputKind
from game.app.input.pointer import Pointer
from game.app.menus.menu import bound_hint
from game.app.menus.tab import Tab, defaults_row
from game.app.scenes.settings_pages.wheel_bindings import WheelBindings
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.footer import Hint
from game.app.ui.input_words import ACTION_LABELS, action_words, input_words
from game.app.ui.palette import Colour
from game.app.ui.rows import Heading, Remark, Row, TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, write_line
from game.translation import N_, _

_COLUMNS: Final = (N_("Key"), N_("Second key"), N_("Controller"))
_WHEEL_SLOT: Final = PAD_SLOT + 1
_WAYS: Final = {
    "key": N_("Press the key for: {action}. Esc or a click cancels."),
    "button": N_(
        "Press the button, or move a stick or trigger, for: {action}. Esc or a click cancels."
    ),
    "axis": N_("Turn the wheel or press the pedal for: {action}. Esc or a click cancels."),
}
_CELL_EM: Final = 8.2
_ALWAYS: Final = N_("Arrows, Enter, Esc, the left stick and a wheel's hat always work in menus.")
_LABEL_EM: Final = 10.0
_CELL: Final = (255, 255, 255, 20)
_CHOSEN_CELL: Final = (255, 255, 255, 60)


class BindingsPage(Tab):
    """Lists every action with its keys and buttons."""

    wide = True

    def __init__(self, context: AppContext) -> None:
        self.column = 0
        self.waiting: str | None = None  # the action that the next input is bound to
        self.context = context
        self._wheel = WheelBindings(context)
        driving = [action for action in ACTIONS if action in HELD]
        others = [action for action in ACTIONS if action not in HELD]
        rows = (
            _ColumnHeads(self),
            *[BindingRow(self, action) for action in driving],
            Heading(N_("At any time, and in menus")),
            *[BindingRow(self, action) for action in others],
            Remark(_ALWAYS),
            defaults_row(context, "controls", "bindings"),
        )
        super().__init__(N_("Bindings"), rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return keys, controllers, and a wheel while there is one."""
        return (*_COLUMNS, N_("Wheel")) if self._wheel.plugged else _COLUMNS

    @property
    def captures(self) -> bool:
        """Return whether it waits for an input to bind."""
        return self.waiting is not None

    def hints(self) -> Sequence[Hint]:
        """Return what can be done with a cell, which can also be emptied."""
        return (bound_hint(self.context, N_("Clear"), ("default",), Command.DEFAULT),)

    def handle(self, command: Command) -> None:
        """Take what was waited for, clear a binding, or move on."""
        row = self.page.row
        if self.waiting is not None:
            if command is Command.CAPTURED:
                self._take(self.context.inputs.captured)
        elif command is Command.DEFAULT and isinstance(row, BindingRow):
            self._bind(row.action, "")
        else:
            super().handle(command)

    def input_kind(self, action: str) -> InputKind | None:
        """Return the kind of input that can be bound to an action in the chosen column."""
        if self.column == _WHEEL_SLOT:
            return self._wheel.input_kind(action)
        return "key" if self.column < PAD_SLOT else "button"

    def listen(self, action: str) -> None:
        """Wait for the input that is to do this."""
        kind = self.input_kind(action)
        if kind is not None:
            self.waiting = action
            self.context.inputs.listen(kind)

    def give_up(self) -> None:
        """Stop waiting for an input."""
        self.waiting = None
        self.context.inputs.stop_listening()

    def name_in(self, action: str, column: int) -> str:
        """Return the input bound in a column."""
        if column == _WHEEL_SLOT:
            return self._wheel.name_of(action)
        binding: Binding = getattr(self.context.settings.controls.bindings, action)
        if column == PAD_SLOT:
            return binding.pad
        return binding.keys[column] if column < len(binding.keys) else ""

    def fixed_in(self, action: str, column: int) -> str:
        """Return the key that works whatever is bound, in the first column of keys that is free."""
        binding: Binding = getattr(self.context.settings.controls.bindings, action)
        free = column < PAD_SLOT and column == len(binding.keys)
        return always_key(action) if free else ""

    def clashes(self, action: str, name: str) -> tuple[str, ...]:
        """Return what else the input does in the same place."""
        found = conflicts(self.context.settings.controls.bindings)
        users = next((each.actions for each in found if each.name == name), ())
        return tuple(other for other in users if other != action) if action in users else ()

    def _take(self, name: str) -> None:
        action, self.waiting = self.waiting, None
        if name and action is not None:
            self._bind(action, name)

    def _bind(self, action: str, name: str) -> None:
        if name.startswith(("button ", "hat ", "axis ")) or self.column == _WHEEL_SLOT:
            self._wheel.bind(action, name)
            return
        settings = self.context.settings
        bindings = rebound(settings.controls.bindings, action, self.column, name)
        self.context.apply(with_part(settings, bindings, "controls", "bindings"))


class BindingRow(Row):
    """A row has one action, and a cell for every column."""

    def __init__(self, bindings: BindingsPage, action: str) -> None:
        super().__init__(ACTION_LABELS[action])
        self.action = action
        self._bindings = bindings

    @property
    def explanation(self) -> str:
        """Say what to press, or what clashes."""
        page = self._bindings
        if page.waiting == self.action:
            text = _(_WAYS[page.input_kind(self.action) or "key"])
            return text.format(action=self.words)
        for column in range(len(page.columns)):
            name = page.name_in(self.action, column)
            others = page.clashes(self.action, name)
            if others:
                words = ", ".join(action_words(other) for other in others)
                return _("{input} is also: {actions}").format(
                    input=input_words(name), actions=words
                )
        return _("Press to bind another.")

    def height(self, scale: TextScale, width: int) -> int:  # noqa: ARG002
        """Return the height of one line."""
        return scale.em(1.95)

    def confirm(self) -> None:
        """Wait for an input."""
        self._bindings.listen(self.action)

    def change(self, steps: int) -> None:
        """Go to the next column."""
        page = self._bindings
        page.column = min(max(page.column + steps, 0), len(page.columns) - 1)

    def handle_pointer(self, pointer: Pointer, box: Box, scale: TextScale) -> None:
        """Choose the cell under the mouse."""
        for column, cell in enumerate(_cells(box, scale, len(self._bindings.columns))):
            if cell.holds(pointer.place):
                self._bindings.column = column
                if pointer.pressed:
                    self.confirm()

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the action and its inputs; those that clash in another colour, with a mark."""
        page = self._bindings
        cells = _cells(box, scale, len(page.columns))
        left = box.left + scale.em(0.8)
        label = box._replace(left=left, width=cells[0].left - left - scale.em(0.4))
        style = TextStyle(scale.px, palette.BRIGHT if chosen else palette.TEXT)
        write_line(surface, self.words, label, style)
        for column, cell in enumerate(cells):
            lit = chosen and column == page.column
            text, colour = self._words(column, lit=lit)
            fill_rounded(surface, cell, _CHOSEN_CELL if lit else _CELL, scale.em(0.3))
            inner = cell._replace(left=cell.left + scale.em(0.3), width=cell.width - scale.em(0.6))
            write_line(surface, text, inner, TextStyle(scale.em(0.92), colour), Align.CENTRE)

    def _words(self, column: int, *, lit: bool) -> tuple[str, Colour]:
        """Return what a cell says, and its colour: dim is what works always."""
        page = self._bindings
        if lit and page.waiting == self.action:
            return _("press ..."), palette.BRIGHT
        name = page.name_in(self.action, column)
        if page.clashes(self.action, name):
            return f"! {input_words(name)}", palette.ORANGE
        if not name:
            return input_words(page.fixed_in(self.action, column)), palette.DIM
        return input_words(name), palette.BRIGHT if lit else palette.TEXT


class _ColumnHeads(Heading):
    """Shows the columns' names."""

    def __init__(self, bindings: BindingsPage) -> None:
        super().__init__(N_("While driving"))
        self._bindings = bindings

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the columns' headings over the cells."""
        super().draw(surface, box, scale, chosen=chosen)
        columns = self._bindings.columns
        for name, cell in zip(columns, _cells(box, scale, len(columns)), strict=True):
            low = cell._replace(top=box.top + scale.em(0.5), height=box.height - scale.em(0.5))
            write_line(surface, _(name), low, TextStyle(scale.em(0.8), palette.DIM), Align.CENTRE)


def _cells(box: Box, scale: TextScale, count: int) -> list[Box]:
    """Return the boxes of one row's cells, at its right."""
    gap = scale.em(0.3)
    room = box.width - scale.em(_LABEL_EM) - gap * count
    width = min(scale.em(_CELL_EM), room // count)
    first = box.right - count * (width + gap)
    high = box.height - max(2, scale.em(0.2))
    top = box.top + (box.height - high) // 2
    return [Box(first + index * (width + gap), top, width, high) for index in range(count)]
