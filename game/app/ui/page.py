"""List rows of which one is chosen, and scroll them; by keys, controllers and mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.input.commands import Command
from game.app.input.pointer import Pointer
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.rows import Row, TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.theme import eased

_PANEL: Final = (255, 255, 255, 24)
_BAR: Final = (255, 255, 255, 70)
_GAP_EM: Final = 0.12
_BAR_EM: Final = 0.8


class Page:
    """A page has rows below one another, of which one is chosen."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)
        self.chosen = next((i for i, row in enumerate(rows) if row.selectable), 0)
        self._box = Box(0, 0, 0, 0)
        self._scale: TextScale | None = None
        self._tops: list[int] = []  # of rows, from the page's upper edge
        self._gap = 0  # between two rows
        self._width = 0  # of rows; the scroll bar is to their right
        self._scroll = 0  # rows above the first one shown
        self._scrolled_px = 0.0
        self._light: tuple[float, float] | None = None  # top and height of the lit place
        self._dragged: int | None = None

    @property
    def row(self) -> Row:
        """Return the chosen row."""
        return self.rows[self.chosen]

    def handle(self, command: Command) -> None:
        """Choose another row, or change or follow the chosen one."""
        if command is Command.UP:
            self._move(-1)
        elif command is Command.DOWN:
            self._move(1)
        elif command is Command.LEFT:
            self.row.change(-1)
        elif command is Command.RIGHT:
            self.row.change(1)
        elif command is Command.CONFIRM:
            self.row.confirm()

    def handle_pointer(self, pointer: Pointer) -> None:
        """Choose what is under the mouse; what was pressed follows it until it is let go."""
        if self._scale is None:
            return
        if pointer.scrolled:
            self._scroll = min(max(self._scroll - pointer.scrolled, 0), self._last_scroll())
            return
        under = self._under(pointer.place)
        if pointer.pressed:
            self._dragged = under
        elif not pointer.held:
            self._dragged = None
        index = self._dragged if self._dragged is not None else under
        if index is not None and self.rows[index].selectable:
            self.chosen = index
            if not pointer.released and (self._dragged is not None or not pointer.held):
                self.rows[index].handle_pointer(pointer, self.row_box(index), self._scale)

    def choose(self, index: int) -> None:
        """Choose a row, and scroll to where it is in view."""
        self.chosen = index
        self._show_chosen()

    def choose_section(self, step: int) -> None:
        """Choose the first row below the next heading, or below the one before; in a ring."""
        firsts = [
            index
            for index, row in enumerate(self.rows)
            if row.selectable and (index == 0 or not self.rows[index - 1].selectable)
        ]
        here = max((i for i, first in enumerate(firsts) if first <= self.chosen), default=0)
        self.choose(firsts[(here + step) % len(firsts)])

    def lay_out(self, box: Box, scale: TextScale) -> None:
        """Place the rows in a box of the window."""
        if (box, scale) == (self._box, self._scale):
            return
        self._box, self._scale = box, scale
        self._tops = [0]
        self._gap = scale.em(_GAP_EM)
        self._width = box.width - scale.em(_BAR_EM)
        for row in self.rows:
            self._tops.append(self._tops[-1] + row.height(scale, self._width) + self._gap)
        self._scroll = min(self._scroll, self._last_scroll())
        self._show_chosen()
        self._scrolled_px = float(self._tops[self._scroll])
        self._light = None

    def update(self, frame_s: float, *, calm: bool) -> None:
        """Move the light and the scrolled page on by a frame; calm: at once."""
        if self._scale is None:
            return
        to_px = float(self._tops[self._scroll])
        self._scrolled_px = eased(self._scrolled_px, to_px, frame_s, calm=calm)
        top, height = self._lit_place()
        if self._light is None:
            self._light = (top, height)
        was_top, was_height = self._light
        self._light = (
            eased(was_top, top, frame_s, calm=calm),
            eased(was_height, height, frame_s, calm=calm),
        )

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the rows that are in view."""
        scale = self._scale
        if scale is None:
            return
        before = surface.get_clip()
        surface.set_clip(pygame.Rect(self._box).clip(before))
        if self.row.selectable:
            self._draw_light(surface, scale)
        for index, row in enumerate(self.rows):
            box = self.row_box(index)
            if self._shows(box):
                row.draw(surface, box, scale, chosen=index == self.chosen)
        surface.set_clip(before)
        self._draw_bar(surface, scale)

    def row_box(self, index: int) -> Box:
        """Return where a row is in the window now, in view or not; -1: the last one."""
        index %= len(self.rows)
        top = self._box.top + self._tops[index] - round(self._scrolled_px)
        height = self._tops[index + 1] - self._tops[index] - self._gap
        return Box(self._box.left, top, self._width, height)

    def shown_rows(self) -> list[int]:
        """Return the rows that are in view."""
        return [i for i in range(len(self.rows)) if self._shows(self.row_box(i))]

    def height(self, scale: TextScale, width: int) -> int:
        """Return the height of all rows together."""
        return sum(row.height(scale, width) + scale.em(_GAP_EM) for row in self.rows)

    def _move(self, step: int) -> None:
        count = len(self.rows)
        for away in range(1, count + 1):
            index = (self.chosen + step * away) % count
            if self.rows[index].selectable:
                self.chosen = index
                break
        self._show_chosen()

    def _show_chosen(self) -> None:
        """Scroll so far that the chosen row is in view, with its heading or neighbour."""
        if self._scale is None:
            return
        first = max(self.chosen - 1, 0)
        if self.chosen == next((i for i, row in enumerate(self.rows) if row.selectable), 0):
            first = 0
        last = min(self.chosen + 1, len(self.rows) - 1)
        while self._tops[last + 1] - self._tops[self._scroll] > self._box.height and (
            self._scroll < self.chosen
        ):
            self._scroll += 1
        self._scroll = min(self._scroll, first)

    def _last_scroll(self) -> int:
        """Return the row at the top when the last one is in view."""
        whole = self._tops[-1]
        for index, top in enumerate(self._tops):
            if whole - top <= self._box.height:
                return min(index, len(self.rows) - 1)
        return 0

    def _under(self, place: tuple[int, int]) -> int | None:
        for index in self.shown_rows():
            box = self.row_box(index)
            if box.holds(place):
                return index
        return None

    def _shows(self, box: Box) -> bool:
        """Return whether a row is whole in view, or on its way there."""
        slack = 1 if abs(self._scrolled_px - self._tops[self._scroll]) < 1.0 else box.height
        return box.top >= self._box.top - slack and box.bottom <= self._box.bottom + slack

    def _lit_place(self) -> tuple[float, float]:
        """Return top and height of the chosen row, from the top of a page that is not scrolled."""
        top, below = self._tops[self.chosen], self._tops[self.chosen + 1]
        gap = self._scale.em(_GAP_EM) if self._scale is not None else 0
        return float(top), float(below - top - gap)

    def _draw_light(self, surface: pygame.Surface, scale: TextScale) -> None:
        top, height = self._light or self._lit_place()
        place = self._box.top + round(top) - round(self._scrolled_px)
        box = Box(self._box.left, place, self._width, round(height))
        if not self._shows(self.row_box(self.chosen)):
            return
        radius = scale.em(0.3)
        if self.row.solid:
            fill_rounded(surface, box, palette.ACCENT, radius)
        else:
            fill_rounded(surface, box, _PANEL, radius)
            edge = Box(box.left, box.top, max(3, scale.em(0.18)), box.height)
            fill_rounded(surface, edge, palette.ACCENT, edge.width / 2)

    def _draw_bar(self, surface: pygame.Surface, scale: TextScale) -> None:
        """Draw a bar that shows which part of the page is in view."""
        whole = self._tops[-1]
        if whole <= self._box.height:
            return
        height = round(self._box.height * self._box.height / whole)
        room = self._box.height - height
        max_top = max(self._tops[self._last_scroll()], 1)
        top = self._box.top + round(room * min(self._scrolled_px / max_top, 1.0))
        width = max(3, scale.em(0.2))
        bar = Box(self._box.right - width, top, width, height)
        fill_rounded(surface, bar, _BAR, width / 2)
