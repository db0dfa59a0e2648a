"""Change a value by a row: choices, switches, sliders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Generic, Protocol, TypeVar

import pygame

from game.app.input.pointer import Pointer
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.rows import Row, TextScale
from game.app.ui.shapes import fill_circle, fill_part, fill_rounded
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_width, write_line
from game.translation import _

T = TypeVar("T")

_CONTROL_EM: Final = 13.0  # width of a control, in heights of its text
_SWITCH_EM: Final = 2.1
_VALUE_EM: Final = 5.4  # of the number beside a slider
_RAIL: Final = (255, 255, 255, 46)
_LEFT: Final = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
_RIGHT: Final = "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"


class Value(Protocol[T]):
    """A value is what a row shows and changes."""

    def get(self) -> T:
        """Return the present value."""
        ...

    def put(self, value: T) -> None:
        """Set the value."""
        ...


class Choice(Row, Generic[T]):
    """A choice is a row with a few values."""

    def __init__(
        self, label: str, value: Value[T], options: Sequence[tuple[T, str]], note: str = ""
    ) -> None:
        super().__init__(label, note)
        self._value = value
        self._options = tuple(options)

    def offer(self, options: Sequence[tuple[T, str]]) -> None:
        """Offer other options; the first one is chosen if the chosen one is not among them."""
        self._options = tuple(options)
        if self._value.get() not in [value for value, _name in self._options]:
            self._value.put(self._options[0][0])

    def control_width(self, scale: TextScale) -> int:
        """Return a width that is enough for the longest option."""
        longest = max(line_width(_(name), scale.px) for _value, name in self._options)
        return max(scale.em(_CONTROL_EM), longest + scale.em(3.0))

    def confirm(self) -> None:
        """Choose the next option; after the last comes the first."""
        self._take((self._index + 1) % len(self._options))

    def change(self, steps: int) -> None:
        """Choose the next option in that direction, if there is one."""
        self._take(min(max(self._index + steps, 0), len(self._options) - 1))

    def handle_pointer(self, pointer: Pointer, box: Box, scale: TextScale) -> None:
        """Choose the option before by the left half, the next one by the right half."""
        if pointer.pressed:
            control = self.control_box(box, scale)
            back = pointer.place[0] < control.left + control.width / 2
            steps = -1 if back and pointer.place[0] >= control.left else 1
            self._take((self._index + steps) % len(self._options))

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the label, and the chosen option between two arrows."""
        super().draw(surface, box, scale, chosen=chosen)
        control = self.control_box(box, scale)
        index = self._index
        style = TextStyle(scale.px, palette.BRIGHT if chosen else palette.TEXT)
        inner = control._replace(
            left=control.left + scale.em(1.2), width=control.width - scale.em(2.4)
        )
        write_line(surface, _(self._options[index][1]), inner, style, Align.CENTRE)
        last = len(self._options) - 1
        for sign, align, more in (
            (_LEFT, Align.LEFT, index > 0),
            (_RIGHT, Align.RIGHT, index < last),
        ):
            shade = palette.BRIGHT if chosen and more else palette.DIM if more else palette.FAINT
            write_line(surface, sign, control, TextStyle(scale.em(1.25), shade), align)

    @property
    def value_text(self) -> str:
        """Return the option that is chosen, in English."""
        return self._options[self._index][1]

    @property
    def _index(self) -> int:
        now = self._value.get()
        return next((i for i, option in enumerate(self._options) if option[0] == now), 0)

    def _take(self, index: int) -> None:
        if index != self._index:
            self._value.put(self._options[index][0])


class Toggle(Row):
    """A toggle is a row that switches something on or off."""

    def __init__(self, label: str, value: Value[bool], note: str = "") -> None:
        super().__init__(label, note)
        self._value = value

    def control_width(self, scale: TextScale) -> int:
        """Return the width of the switch and its word."""
        words = max(line_width(word, scale.px) for word in (_("on"), _("off")))
        return max(scale.em(5.0), words + scale.em(_SWITCH_EM + 0.8))

    def confirm(self) -> None:
        """Switch it."""
        self._value.put(not self._value.get())

    def change(self, steps: int) -> None:
        """Switch it off by a step to the left, on by one to the right."""
        if self._value.get() != (steps > 0):
            self._value.put(steps > 0)

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the label, a word and a switch."""
        super().draw(surface, box, scale, chosen=chosen)
        control = self.control_box(box, scale)
        on = self._value.get()
        wide, high = scale.em(_SWITCH_EM), scale.em(1.1)
        switch = Box(control.right - wide, control.top + (control.height - high) // 2, wide, high)
        fill_rounded(surface, switch, palette.ACCENT if on else _RAIL, high / 2)
        middle = switch.right - high / 2 if on else switch.left + high / 2
        fill_circle(surface, (middle, switch.top + high / 2), 0.38 * high, palette.BRIGHT)
        word = control._replace(width=control.width - wide - scale.em(0.6))
        style = TextStyle(scale.px, palette.BRIGHT if chosen else palette.TEXT)
        write_line(surface, _("on") if on else _("off"), word, style, Align.RIGHT)


class Slider(Row):
    """A slider is a row that sets a number between two bounds."""

    def __init__(
        self,
        label: str,
        value: Value[float],
        bounds: tuple[float, float],
        step: float,
        text: Callable[[float], str],
        note: str = "",
    ) -> None:
        super().__init__(label, note)
        self._value = value
        self._low, self._high = bounds
        self._step = step
        self._text = text

    def control_width(self, scale: TextScale) -> int:
        """Return the width of the rail and the number."""
        return scale.em(_CONTROL_EM)

    def change(self, steps: int) -> None:
        """Move a step down or up, to a multiple of the step."""
        self._take(self._rounded(self._value.get() + steps * self._step))

    def handle_pointer(self, pointer: Pointer, box: Box, scale: TextScale) -> None:
        """Let the knob follow the mouse while its button is held."""
        if pointer.held:
            rail = self._rail(self.control_box(box, scale), scale)
            share = (pointer.place[0] - rail.left) / rail.width
            share = min(max(share, 0.0), 1.0)
            self._take(self._rounded(self._low + share * (self._high - self._low)))

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the label, the rail with its knob, and the number."""
        super().draw(surface, box, scale, chosen=chosen)
        control = self.control_box(box, scale)
        rail = self._rail(control, scale)
        value = self._value.get()
        share = min(max((value - self._low) / (self._high - self._low), 0.0), 1.0)
        fill_rounded(surface, rail, _RAIL, rail.height / 2)
        colour = palette.ACCENT if chosen else palette.DIM
        fill_part(surface, rail, colour, rail.height / 2, share)
        knob = (rail.left + share * rail.width, rail.top + rail.height / 2)
        fill_circle(surface, knob, scale.em(0.36), palette.BRIGHT if chosen else palette.TEXT)
        number = self._number_box(control, rail)
        style = TextStyle(scale.px, palette.BRIGHT if chosen else palette.TEXT)
        write_line(surface, self._text(value), number, style, Align.RIGHT)

    def _rail(self, control: Box, scale: TextScale) -> Box:
        high = max(3, scale.em(0.2))
        width = control.width - scale.em(_VALUE_EM)
        return Box(control.left, control.top + (control.height - high) // 2, width, high)

    def _number_box(self, control: Box, rail: Box) -> Box:
        return control._replace(left=rail.right, width=control.right - rail.right)

    def _rounded(self, value: float) -> float:
        """Return the nearest multiple of the step within the bounds."""
        multiple = round(round(value / self._step) * self._step, 12)
        return min(max(multiple, self._low), self._high)

    def _take(self, value: float) -> None:
        if value != self._value.get():
            self._value.put(value)
