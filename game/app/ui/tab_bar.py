"""Show the names of pages in a row, of which one is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_width, write_line
from game.translation import _

_GAP_EM: Final = 1.9
_MIN_GAP_EM: Final = 0.9
_RULE: Final = (255, 255, 255, 36)


class TabBar:
    """Shows the names of pages in a row; without room for all, those around the chosen one."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self.chosen = 0
        self.boxes: dict[int, Box] = {}  # of the names in view

    def turn(self, steps: int) -> None:
        """Choose the page a number of steps further on; after the last comes the first."""
        self.chosen = (self.chosen + steps) % len(self.names)

    def press(self, place: tuple[int, int]) -> bool:
        """Choose the page under the mouse and return whether there is one."""
        for index, box in self.boxes.items():
            if box.holds(place):
                self.chosen = index
                return True
        return False

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale) -> None:
        """Draw the names over a rule, the chosen one underlined."""
        widths = self._widths(scale)
        first, last, gap = self._window(widths, box.width, scale)
        rule = Box(box.left, box.bottom - 1, box.width, 1)
        fill_rounded(surface, rule, _RULE, 0)
        self.boxes = {}
        left = box.left
        for index in range(first, last):
            place = Box(left, box.top, widths[index], box.height)
            self.boxes[index] = place
            chosen = index == self.chosen
            style = TextStyle(scale.px, palette.BRIGHT if chosen else palette.DIM, Weight.BOLD)
            write_line(surface, _(self.names[index]), place, style, Align.CENTRE)
            if chosen:
                high = max(3, scale.em(0.18))
                line = Box(place.left, box.bottom - high, place.width, high)
                fill_rounded(surface, line, palette.ACCENT, high / 2)
            left += widths[index] + gap

    def width(self, scale: TextScale) -> int:
        """Return the width of all names side by side."""
        return sum(self._widths(scale)) + scale.em(_MIN_GAP_EM) * (len(self.names) - 1)

    def _widths(self, scale: TextScale) -> list[int]:
        return [line_width(_(name), scale.px, Weight.BOLD) + 2 for name in self.names]

    def _window(self, widths: Sequence[int], room: int, scale: TextScale) -> tuple[int, int, int]:
        """Return the first name in view, the one after the last, and the gap between names."""
        count = len(widths)
        for gap in (scale.em(_GAP_EM), scale.em(_MIN_GAP_EM)):
            if sum(widths) + gap * (count - 1) <= room:
                return 0, count, gap
        gap = scale.em(_MIN_GAP_EM)
        first, last = self.chosen, self.chosen + 1
        while True:
            wider = [
                (a, b) for a, b in ((first, last + 1), (first - 1, last)) if a >= 0 and b <= count
            ]
            fits = [(a, b) for a, b in wider if sum(widths[a:b]) + gap * (b - a - 1) <= room]
            if not fits:
                return first, last, gap
            first, last = fits[0]
