"""Draw the lines of a menu: what all have in common, headings, remarks, and actions."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Final, NamedTuple

import pygame

from game.app.input.pointer import Pointer
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.text import Weight
from game.app.ui.text_layout import TextStyle, line_width, wrapped, write_line
from game.app.ui.theme import Metrics
from game.translation import _

_ROW_EM: Final = 2.15
_PAD_EM: Final = 0.8


class TextScale(NamedTuple):
    """Holds the size of the text of rows and charts, in which all their lengths are measured."""

    metrics: Metrics
    px: int  # of their text

    def em(self, times: float) -> int:
        """Return a length in pixels, given in heights of the text."""
        return round(times * self.px)


class Row:
    """A row is one line. Its `note` is a sentence that is shown while the row is chosen.

    Both are given in English, and translated as they are drawn.
    """

    selectable: ClassVar[bool] = True
    solid: ClassVar[bool] = False  # whether the whole row lights up when it is chosen

    def __init__(self, label: str, note: str = "") -> None:
        self.label = label
        self.note = note

    @property
    def words(self) -> str:
        """Return the label in the player's language."""
        return _(self.label)

    @property
    def explanation(self) -> str:
        """Return the sentence that is shown while the row is chosen."""
        return _(self.note)

    def height(self, scale: TextScale, width: int) -> int:
        """Return how many pixels it needs at a width."""
        return scale.em(_ROW_EM if self._fits(scale, width) else 1.8 * _ROW_EM)

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw it into a box of its height."""
        self._write_label(surface, self._label_box(box, scale), scale, chosen=chosen)

    def confirm(self) -> None:
        """Follow a press of the button, or of the mouse on a row without a control."""

    def change(self, steps: int) -> None:
        """Follow a step to the left (-1) or right (1)."""

    def handle_pointer(self, pointer: Pointer, box: Box, scale: TextScale) -> None:  # noqa: ARG002
        """Follow the mouse over the row, or dragged from it."""
        if pointer.pressed:
            self.confirm()

    def control_width(self, scale: TextScale) -> int:  # noqa: ARG002
        """Return the width of the control on the right; 0 without a control."""
        return 0

    def _fits(self, scale: TextScale, width: int) -> bool:
        control = self.control_width(scale)
        label = line_width(self.words, scale.px)
        return not control or label + control + 3 * scale.em(_PAD_EM) <= width

    def _label_box(self, box: Box, scale: TextScale) -> Box:
        pad = scale.em(_PAD_EM)
        if self._fits(scale, box.width):
            room = box.width - 2 * pad
            control = self.control_width(scale)
            return Box(
                box.left + pad, box.top, room - (control + pad if control else 0), box.height
            )
        return Box(box.left + pad, box.top, box.width - 2 * pad, round(0.54 * box.height))

    def control_box(self, box: Box, scale: TextScale) -> Box:
        """Return the control's place in a row's box: on the right, or below the label."""
        pad = scale.em(_PAD_EM)
        width = min(self.control_width(scale), box.width - 2 * pad)
        if self._fits(scale, box.width):
            return Box(box.right - pad - width, box.top, width, box.height)
        high = round(0.52 * box.height)
        return Box(box.left + pad, box.bottom - high, box.width - 2 * pad, high)

    def _write_label(
        self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool
    ) -> None:
        colour = palette.BRIGHT if chosen else palette.TEXT
        write_line(surface, self.words, box, TextStyle(scale.px, colour))


class Heading(Row):
    """A heading is a line over the rows that belong together."""

    selectable = False

    def height(self, scale: TextScale, width: int) -> int:  # noqa: ARG002
        """Return the height of a heading, with some space above the text."""
        return scale.em(2.3)

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:  # noqa: ARG002
        """Draw the label in small capitals, low in the box."""
        low = Box(box.left, box.top + scale.em(0.5), box.width, box.height - scale.em(0.5))
        style = TextStyle(scale.em(0.76), palette.DIM, Weight.BOLD)
        inner = low._replace(left=low.left + scale.em(_PAD_EM), width=low.width - scale.em(_PAD_EM))
        write_line(surface, self.words.upper(), inner, style)


class Remark(Row):
    """A remark is a paragraph between the rows that can be chosen."""

    selectable = False

    def height(self, scale: TextScale, width: int) -> int:
        """Return the height of all lines of the paragraph."""
        return scale.em(1.35) * len(self._lines(scale, width)) + scale.em(0.6)

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:  # noqa: ARG002
        """Draw the paragraph line by line."""
        style = TextStyle(scale.em(0.88), palette.DIM)
        for index, line in enumerate(self._lines(scale, box.width)):
            top = box.top + scale.em(0.3) + index * scale.em(1.35)
            left, width = box.left + scale.em(_PAD_EM), box.width - scale.em(_PAD_EM)
            write_line(surface, line, Box(left, top, width, scale.em(1.35)), style)

    def _lines(self, scale: TextScale, width: int) -> tuple[str, ...]:
        return wrapped(self.words, width - scale.em(2 * _PAD_EM), scale.em(0.88))


class Plain(Row):
    """A plain row can be chosen and does nothing, such as one to try the keys on."""


class Action(Row):
    """An action is a row that does something when it is confirmed."""

    solid = True

    def __init__(self, label: str, follow: Callable[[], None], note: str = "") -> None:
        super().__init__(label, note)
        self._follow = follow

    def confirm(self) -> None:
        """Do what the row is for."""
        self._follow()
