"""List all instruments in the middle of their editor: what is shown, and how large."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import pygame

from game.app.hud.hud_canvas import CAPTION, HudCanvas
from game.app.hud.instrument_list import INSTRUMENTS
from game.app.hud.layout import unit_of
from game.app.hud.style import InstrumentStyle
from game.app.ui.box import Box
from game.app.ui.palette import BLUE, BRIGHT, LABEL, MUTED
from game.app.ui.text import Align, Weight
from game.translation import N_, _

_WIDTH: Final = 420
_ROW: Final = 22
_HEAD: Final = 52
_FOOT: Final = 54
_MARGIN: Final = 18
_SWITCH: Final = 40  # width of the part of a row that shows and hides
_OPACITY: Final = 0.96
# Of the window's width, at most; the smaller ones to move aside.
_SHARES: Final = (0.45, 0.36, 0.31)
_CARRY_HIGH: Final = 42
_EDGE: Final = 8  # between the list and the window's edge
_HINTS: Final = (
    N_("Enter or A moves it, \N{LEFTWARDS ARROW} \N{RIGHTWARDS ARROW} resize it, then hide it,"),
    N_("or drag it and turn the mouse wheel."),
)
_CARRY_HINTS: Final = (N_("Arrows move it, Enter or A puts it down."),)


class EditorRow(NamedTuple):
    """Describes a line of the list."""

    name: str
    state: str
    shown: bool


class EditorList:
    """Lists all instruments, of which one is chosen."""

    def __init__(self, names: Sequence[str]) -> None:
        self.chosen = names[0]
        self._names = tuple(names)
        self.panel = Box(0, 0, 0, 0)  # where it was last drawn
        self._boxes: dict[str, Box] = {}
        self._unit = 1.0
        self._place = 0.5  # of the room beside the list that lies at its left

    def move(self, rows: int) -> None:
        """Choose another row; beyond the last comes the first."""
        index = (self._names.index(self.chosen) + rows) % len(self._names)
        self.chosen = self._names[index]

    def choose(self, name: str) -> None:
        """Choose this row."""
        self.chosen = name

    def box_of(self, name: str) -> Box:
        """Return the box in which a row was last drawn."""
        return self._boxes[name]

    def row_at(self, place: tuple[int, int]) -> str | None:
        """Return the row under a place."""
        return next((name for name, box in self._boxes.items() if box.holds(place)), None)

    def is_switch(self, place: tuple[int, int]) -> bool:
        """Return whether a place is on the part of its row that shows and hides."""
        box = self._boxes[self.chosen]
        return place[0] < box.left + _SWITCH * self._unit

    def draw(
        self,
        surface: pygame.Surface,
        rows: Sequence[EditorRow],
        text: float,
        *,
        carried: bool,
        beside: Box | None = None,
    ) -> None:
        """Draw the rows; while an instrument is carried, only what keys do then.

        beside: what the list moves aside from, if there is room.
        """
        rows_high = _HEAD + _ROW * len(rows) + _FOOT
        high = _CARRY_HIGH if carried else rows_high
        size = surface.get_size()
        for share in _SHARES:
            room = min(size[1] / (rows_high + 16), size[0] * share / _WIDTH)
            unit = self._unit = min(unit_of(size) * text, room)
            panel = self._free_place(size, round(_WIDTH * unit), round(high * unit), beside)
            if beside is None or not panel.meets(beside):
                break
        self.panel = panel
        canvas = HudCanvas(surface, InstrumentStyle(unit, _OPACITY), panel)
        canvas.panel(panel)
        self._boxes = {}
        if not carried:
            canvas.write(_("Instruments"), _MARGIN, 7, 34, BRIGHT, weight=Weight.BOLD)
            for number, row in enumerate(rows):
                self._draw_row(canvas, row, _HEAD + _ROW * number)
        hints = _CARRY_HINTS if carried else _HINTS
        for number, hint in enumerate(hints):
            y = high - 10 - 19 * (len(hints) - number)
            hint = canvas.shortened(_(hint), _WIDTH - 2 * _MARGIN, CAPTION)
            canvas.write(hint, 0.5 * _WIDTH, y, CAPTION, LABEL, Align.CENTRE)

    def _free_place(self, size: tuple[int, int], wide: int, high: int, beside: Box | None) -> Box:
        """Return where the list covers the smallest part of a box: where it is, or aside."""

        def panel(place: float) -> Box:
            edge = round(_EDGE * self._unit)
            left = edge + round(place * (size[0] - wide - 2 * edge))
            return Box(left, (size[1] - high) // 2, wide, high)

        def covered(place: float) -> int:
            if beside is None:
                return 0
            box = panel(place)
            across = min(box.right, beside.right) - max(box.left, beside.left)
            down = min(box.bottom, beside.bottom) - max(box.top, beside.top)
            return max(across, 0) * max(down, 0)

        self._place = min((self._place, 0.5, 0.0, 1.0), key=covered)
        return panel(self._place)

    def _draw_row(self, canvas: HudCanvas, row: EditorRow, y: float) -> None:
        box = self._boxes[row.name] = canvas.box(8, y, _WIDTH - 16, _ROW)
        chosen = row.name == self.chosen
        if chosen:
            radius = round(6 * canvas.unit)
            pygame.draw.rect(canvas.surface, (44, 58, 78), box, border_radius=radius)
        instrument = INSTRUMENTS.get(row.name)
        if instrument is not None:
            middle = canvas.place(_MARGIN + 6, y + 0.5 * _ROW)
            colour = BLUE if row.shown else MUTED
            width = 0 if row.shown else max(1, round(1.5 * canvas.unit))
            pygame.draw.aacircle(canvas.surface, colour, middle, 5 * canvas.unit, width)
        colour = BRIGHT if row.shown else LABEL
        title = _(instrument.title if instrument is not None else row.name)
        canvas.write(title, _MARGIN + 22, y + 0.5, 22, colour)
        canvas.write(_(row.state), _WIDTH - _MARGIN, y + 2, CAPTION, LABEL, Align.RIGHT)
