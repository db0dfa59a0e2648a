"""Show a setup's values as rows: the default marked, the difference from it beside the value."""

from __future__ import annotations

from typing import Any, Final

import pygame

from game.app.setup.model.workbench import Workbench
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.controls import Choice, Slider
from game.app.ui.rows import Row, TextScale
from game.app.ui.shapes import fill_circle, fill_rounded
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_width, write_line
from game.setups.items import Item
from game.translation import _

_CONTROL_EM: Final = 16.2  # width of a control
_VALUE_EM: Final = 5.3  # width of the value in a control
_DIFFERENCE_EM: Final = 4.3  # width of the difference from the default in a control
_MARK: Final = (255, 255, 255, 150)


class SetupValue:
    """Changes one value of the setup on the workbench."""

    def __init__(self, bench: Workbench, item: Item) -> None:
        self.item = item
        self._bench = bench

    def get(self) -> Any:
        """Return the present value."""
        return getattr(self._bench.setup, self.item.name)

    def put(self, value: Any) -> None:
        """Set the value."""
        self._bench.change(self.item.name, value)

    @property
    def changed(self) -> bool:
        """Return whether the value differs from the default."""
        return bool(self.get() != self.item.default)

    def reset(self) -> None:
        """Put the default back."""
        self.put(self.item.default)


class NumberRow(Slider):
    """A row sets a number of the setup."""

    def __init__(self, value: SetupValue) -> None:
        item = value.item
        bounds = (item.low, item.high)
        super().__init__(item.label, value, bounds, item.step, item.text)
        self.setup_value = value

    @property
    def explanation(self) -> str:
        """Return the item's sentence, its range and its default."""
        return _note(self.setup_value.item)

    def control_width(self, scale: TextScale) -> int:
        """Return the width of the rail, the number and the difference."""
        return scale.em(_CONTROL_EM)

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the label, the rail with a mark at the default, the number, the difference."""
        super().draw(surface, box, scale, chosen=chosen)
        control = self.control_box(box, scale)
        rail = self._rail(control, scale)
        item, value = self.setup_value.item, self.setup_value
        x = rail.left + (item.default - item.low) / (item.high - item.low) * rail.width
        wide, high = max(2, scale.em(0.12)), scale.em(0.62)
        mark = Box(
            round(x - wide / 2), rail.top + rail.height // 2 + scale.em(0.42), wide, high // 2
        )
        fill_rounded(surface, mark, _MARK, 0)
        if value.changed:
            draw_changed(surface, box, scale)
            wide = scale.em(_DIFFERENCE_EM)
            place = Box(control.right - wide, control.top, wide, control.height)
            style = TextStyle(scale.em(0.86), palette.BLUE)
            write_line(surface, item.difference(value.get()), place, style, Align.RIGHT)

    def _rail(self, control: Box, scale: TextScale) -> Box:
        high = max(3, scale.em(0.2))
        width = control.width - scale.em(_VALUE_EM + _DIFFERENCE_EM)
        return Box(control.left, control.top + (control.height - high) // 2, width, high)

    def _number_box(self, control: Box, rail: Box) -> Box:
        share = _VALUE_EM / (_VALUE_EM + _DIFFERENCE_EM)
        return control._replace(left=rail.right, width=round(share * (control.right - rail.right)))


class ChoiceRow(Choice[Any]):
    """A row sets one of a few values of the setup."""

    def __init__(self, value: SetupValue) -> None:
        item = value.item
        options = [(each, item.text(each)) for each in item.choices]
        super().__init__(item.label, value, options)
        self.setup_value = value

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale, *, chosen: bool) -> None:
        """Draw the label and what is chosen."""
        super().draw(surface, box, scale, chosen=chosen)
        if not self.setup_value.changed:
            return
        draw_changed(surface, box, scale)
        place = self._label_box(box, scale)
        text, px = self._difference, scale.em(0.86)
        if line_width(self.words, scale.px) + scale.em(1.0) + line_width(text, px) <= place.width:
            write_line(surface, text, place, TextStyle(px, palette.BLUE), Align.RIGHT)

    @property
    def _difference(self) -> str:
        return self.setup_value.item.difference(self.setup_value.get())

    @property
    def explanation(self) -> str:
        """Return the note, and of a changed value what it is instead of."""
        changed = self.setup_value.changed
        note = _note(self.setup_value.item)
        if not changed:
            return note
        return f"{note} {_('Now {difference}.').format(difference=self._difference)}"


def value_row(bench: Workbench, item: Item) -> Row:
    """Return the row of an item."""
    value = SetupValue(bench, item)
    return ChoiceRow(value) if item.choices else NumberRow(value)


def _note(item: Item) -> str:
    """Return the item's sentence, its range and its default."""
    default = _(item.text(item.default))
    if item.choices:
        return f"{_(item.note)} {_('Default: {value}.').format(value=default)}"
    bounds = _("{low} to {high}; default {value}.").format(
        low=item.text(item.low), high=item.text(item.high), value=default
    )
    return f"{_(item.note)} {bounds}"


def draw_changed(surface: pygame.Surface, box: Box, scale: TextScale) -> None:
    """Draw a dot before the label."""
    place = (box.left + scale.em(0.42), box.top + box.height / 2)
    fill_circle(surface, place, scale.em(0.15), palette.BLUE)
