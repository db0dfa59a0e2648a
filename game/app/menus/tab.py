"""Define what a page of the settings scene offers, and the settings that its rows change."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

import pygame

from game.app.context.app_context import AppContext
from game.app.context.settings import Settings, bounds, part, with_part
from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.ui.box import Box
from game.app.ui.controls import Choice, Slider, Toggle
from game.app.ui.footer import Hint
from game.app.ui.page import Page
from game.app.ui.rows import Action, Row, TextScale
from game.translation import N_

T = TypeVar("T")


class SettingValue(Generic[T]):
    """Changes one value of the player's settings at once, and keeps it."""

    def __init__(self, context: AppContext, *names: str) -> None:
        self._context = context
        self._names = names

    def get(self) -> T:
        """Return the present value."""
        value: T = part(self._context.settings, *self._names)
        return value

    def put(self, value: T) -> None:
        """Set the value."""
        self._context.apply(with_part(self._context.settings, value, *self._names))


class PageValue(Generic[T]):
    """Holds a value that belongs to the page and is not kept."""

    def __init__(self, value: T) -> None:
        self._value = value

    def get(self) -> T:
        """Return the present value."""
        return self._value

    def put(self, value: T) -> None:
        """Set the value."""
        self._value = value


class Tab:
    """A tab is a named page; `wide`: rows need all the room; `plots`: something is beside them."""

    wide = False
    plots = False

    def __init__(self, name: str, rows: Sequence[Row]) -> None:
        self.name = name
        self.page = Page(rows)

    def handle(self, command: Command) -> None:
        """Follow a command."""
        self.page.handle(command)

    def handle_pointer(self, pointer: Pointer) -> None:
        """Follow the mouse."""
        self.page.handle_pointer(pointer)

    def update(self, frame_s: float) -> None:
        """Move on by a frame."""

    def draw_beside(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw what stands beside the rows."""

    def hints(self) -> Sequence[Hint]:
        """Return the hints of this page, in addition to those of every page."""
        return ()

    @property
    def captures(self) -> bool:
        """Return whether every input goes to this page, as while it waits for a key to bind."""
        return False

    def give_up(self) -> None:
        """Stop waiting for an input."""

    def go_up(self) -> bool:
        """Return from rows that lie deeper to those before; whether there were any."""
        return False

    def handle_pointer_while_capturing(self, pointer: Pointer) -> None:
        """Follow the mouse while every input goes to this page: a click gives that up."""
        if pointer.pressed:
            self.give_up()


def slider(
    context: AppContext,
    label: str,
    names: tuple[str, ...],
    step: float,
    text: Callable[[float], str],
    note: str = "",
    within: tuple[float, float] | None = None,
) -> Slider:
    """Return a slider over a setting's bounds, or over a part of them."""
    return Slider(
        label, SettingValue[float](context, *names), within or bounds(*names), step, text, note
    )


def toggle(context: AppContext, label: str, names: tuple[str, ...], note: str = "") -> Toggle:
    """Return a switch for a setting."""
    return Toggle(label, SettingValue[bool](context, *names), note)


def choice(
    context: AppContext,
    label: str,
    names: tuple[str, ...],
    options: Sequence[tuple[Any, str]],
    note: str = "",
) -> Choice[Any]:
    """Return a choice among a setting's values."""
    return Choice(label, SettingValue[Any](context, *names), options, note)


def defaults_row(context: AppContext, *names: str) -> Action:
    """Return a row that resets everything under these names to the defaults."""

    def put_back() -> None:
        fresh = part(Settings(), *names)
        context.apply(with_part(context.settings, fresh, *names))

    return Action(N_("Reset to the defaults"), put_back, N_("Resets everything on this page."))


def percent(value: float) -> str:
    """Return a share in words."""
    return f"{100.0 * value:.0f} %"


def plain(value: float) -> str:
    """Return a number that has no unit a driver would know."""
    return f"{value:.1f}"


def degrees(value: float) -> str:
    """Return an angle in radians as a person reads it."""
    return f"{math.degrees(value):.1f}\N{DEGREE SIGN}"


def seconds(value: float) -> str:
    """Return a time in words."""
    return f"{value:.2f} s"


def times(value: float) -> str:
    """Return a factor in words."""
    return f"{value:.2f} \N{MULTIPLICATION SIGN}"
