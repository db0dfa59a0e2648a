"""Draw a table: columns as wide as they need, the least important left out for want of room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_width, write_line
from game.translation import _

_ROW_EM: Final = 1.95  # height of a row
_MIN_ROW_EM: Final = 1.6  # height of a row where all rows fit by it
_WIDEST_GAP: Final = 2.4  # times the usual gap between columns, in a wide table
_RULE: Final = (255, 255, 255, 70)
_GAP_EM: Final = 1.6
_BAND: Final = (255, 255, 255, 14)
_BEST: Final = (*palette.PURPLE, 96)


class Column(NamedTuple):
    """A column has a heading and texts. Without room those of the highest rank go first."""

    heading: str
    texts: Sequence[str]
    rank: int = 0
    align: Align = Align.RIGHT
    shades: Mapping[int, Colour] = {}  # of texts that have a colour of their own, by row
    bold: frozenset[int] = frozenset()  # rows whose text stands out


class Table:
    """A table shows text; `lit` is a row that stands out, `dim` those that count for less.

    The last `foot` rows stand below a rule and do not scroll.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        lit: int | None = None,
        dim: frozenset[int] = frozenset(),
        foot: int = 0,
    ) -> None:
        self._columns = tuple(columns)
        self._lit = lit
        self._dim = dim
        self._foot = foot
        self._rows = len(columns[0].texts) - foot
        self._first = max(self._rows, 0)
        self._shown = 0

    def scroll(self, rows: int) -> None:
        """Scroll by a number of rows towards the end."""
        self._first = min(max(self._first + rows, 0), max(self._rows - self._shown, 0))

    def height(self, scale: TextScale) -> int:
        """Return the height of all rows and the headings."""
        return (self._rows + self._foot + 1) * scale.em(_ROW_EM)

    @property
    def scrolls(self) -> bool:
        """Return whether there are more rows than were shown."""
        return self._rows > self._shown

    def draw(self, surface: pygame.Surface, box: Box, scale: TextScale) -> int:
        """Draw the headings and as many rows as the box holds, the last ones at first.

        Returns where they end.
        """
        count = self._rows + self._foot + 1
        high = min(max(box.height // count, scale.em(_MIN_ROW_EM)), scale.em(_ROW_EM))
        self._shown = min(max(box.height // high - 1 - self._foot, 1), self._rows)
        self.scroll(0)
        placed = self._placed(box.width, scale)
        for column, left, width in placed:
            place = Box(box.left + left, box.top, width, high)
            style = TextStyle(scale.em(0.8), palette.DIM, Weight.BOLD)
            write_line(surface, _(column.heading), place, style, column.align)
        feet = range(self._rows, self._rows + self._foot)
        for line, index in enumerate((*self._in_view, *feet), start=1):
            row = Box(box.left, box.top + line * high, box.width, high)
            if index == self._rows:
                fill_rounded(surface, row._replace(height=1), _RULE, 0)
            self._draw_row(surface, row, scale, index, placed)
        return box.top + (1 + self._shown + self._foot) * high

    @property
    def _in_view(self) -> range:
        return range(self._first, min(self._first + self._shown, self._rows))

    def _draw_row(
        self,
        surface: pygame.Surface,
        row: Box,
        scale: TextScale,
        index: int,
        placed: Sequence[tuple[Column, int, int]],
    ) -> None:
        lit = index == self._lit
        if lit or index % 2 == 0:
            band = row._replace(height=row.height - 1)
            fill_rounded(surface, band, _BEST if lit else _BAND, scale.em(0.3))
        colour = palette.BRIGHT if lit else palette.DIM if index in self._dim else palette.TEXT
        for column, left, width in placed:
            place = Box(row.left + left, row.top, width, row.height)
            shade = colour if lit else column.shades.get(index, colour)
            strong = lit or index in column.bold
            style = TextStyle(scale.px, shade, Weight.BOLD if strong else Weight.REGULAR)
            write_line(surface, column.texts[index], place, style, column.align)

    def _placed(self, room: int, scale: TextScale) -> list[tuple[Column, int, int]]:
        """Return the columns that fit, each with its left edge and width."""
        columns = list(self._columns)
        gap = scale.em(_GAP_EM)
        inset = scale.em(0.7)
        while True:
            widths = [_width(column, scale) for column in columns]
            if sum(widths) + gap * (len(widths) - 1) + 2 * inset <= room or not any(
                column.rank for column in columns
            ):
                break
            lowest = max(column.rank for column in columns)
            columns = [column for column in columns if column.rank < lowest]
        spare = room - 2 * inset - sum(widths) - gap * (len(widths) - 1)
        more = max(spare // max(len(widths) - 1, 1), 0)
        gap += min(more, round((_WIDEST_GAP - 1.0) * gap))
        left, placed = inset, []
        for column, width in zip(columns, widths, strict=True):
            placed.append((column, left, min(width, room - left)))
            left += width + gap
        return placed


def _width(column: Column, scale: TextScale) -> int:
    """Return the width of a column: of its widest text in bold, or of its heading."""
    widest = max((line_width(text, scale.px, Weight.BOLD) for text in column.texts), default=0)
    return max(widest, line_width(_(column.heading), scale.em(0.8), Weight.BOLD)) + 2
