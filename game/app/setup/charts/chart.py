"""Make the ground of charts: values placed in a box, and a grid with round numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.rows import TextScale
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, line_width, write_line
from game.arrays import Array

ChartPoint = tuple[float, float]

SMALL_EM: Final = 0.76  # text of charts, of the text of rows
_LINE_EM: Final = 1.3  # between two level lines, at min_span
_MAX_LINES: Final = 9
BACK: Final = (0, 0, 0, 104)
GRID: Final[Colour] = (50, 56, 66)
_ZERO: Final[Colour] = (96, 104, 116)
_ROUND: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


class ValueRange(NamedTuple):
    """Gives the range of values that a chart shows, from the lowest to the highest."""

    low: float
    high: float

    @property
    def width(self) -> float:
        """Return the difference between the two ends."""
        return self.high - self.low

    def share(self, value: float) -> float:
        """Return the place of a value between both ends, 0..1."""
        return (value - self.low) / self.width

    def holds(self, value: float) -> bool:
        """Return whether a value is within the span."""
        return self.low <= value <= self.high


class Panel(NamedTuple):
    """A panel is a box of the window in which values have places."""

    box: Box
    across: ValueRange
    up: ValueRange

    def x(self, value: float) -> float:
        """Return the column of a value."""
        return self.box.left + self.across.share(value) * self.box.width

    def y(self, value: float) -> float:
        """Return the row of a value; one beyond the span is at the edge."""
        share = min(max(self.up.share(value), 0.0), 1.0)
        return self.box.bottom - share * self.box.height

    def place(self, across: float, up: float) -> ChartPoint:
        """Return the place of a point in the window."""
        return self.x(across), self.y(up)

    def trail(self, across: Array, up: Array) -> list[ChartPoint]:
        """Return the places of many points, each array of shape (n,)."""
        x = self.box.left + (across - self.across.low) * self.box.width / self.across.width
        share = np.clip((up - self.up.low) / self.up.width, 0.0, 1.0)
        y = self.box.bottom - share * self.box.height
        return [(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]


def range_of(values: Sequence[float], min_span: float, room: float = 0.12) -> ValueRange:
    """Return a span that holds values, at min_span so wide, with some room on both sides."""
    low, high = (min(values), max(values)) if values else (0.0, 0.0)
    short = max(min_span - (high - low), 0.0)
    low, high = low - short / 2, high + short / 2
    return ValueRange(low - room * (high - low), high + room * (high - low))


def ticks(span: ValueRange, count: int) -> tuple[float, ...]:
    """Return round numbers within a span, `count` at most."""
    rough = (span.high - span.low) / max(count, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * each for each in _ROUND if power * each >= rough * 0.999)
    first = math.ceil(span.low / step - 1e-9)
    last = math.floor(span.high / step + 1e-9)
    return tuple(round(index * step, 9) for index in range(first, last + 1))


def decimals(values: Sequence[float]) -> int:
    """Return how many digits behind the point it takes to write all of these."""
    return next((n for n in range(4) if all(abs(v - round(v, n)) < 1e-6 for v in values)), 4)


def number_text(value: float, digits: int, *, sign: bool = False) -> str:
    """Return a number with a true minus sign; `sign`: with a plus as well."""
    text = f"{value:+.{digits}f}" if sign and round(value, digits) else f"{value:.{digits}f}"
    if not round(value, digits):
        text = text.lstrip("-")
    return text.replace("-", "\N{MINUS SIGN}")


def back(surface: pygame.Surface, box: Box, scale: TextScale) -> None:
    """Draw the dark ground of a chart."""
    fill_rounded(surface, box, BACK, scale.em(0.35))


def rules(
    surface: pygame.Surface,
    panel: Panel,
    scale: TextScale,
    right: int,
    *,
    sign: bool = False,
    text: Callable[[float, int], str] | None = None,
) -> None:
    """Draw level lines, as many as have room; numbers that do not meet end at the column `right`.

    text: how a value is written with a number of digits, where it is no plain number.
    """
    small = scale.em(SMALL_EM)
    room = min(max(round(panel.box.height / scale.em(_LINE_EM)), 2), _MAX_LINES)
    few = (ticks(panel.up, count) for count in range(room, room + 4))
    marks = next((each for each in few if len(each) > 1), ())
    digits, high = decimals(marks), line_height(small)
    free = math.inf  # above this row
    for value in marks:
        y = round(panel.y(value))
        colour = _ZERO if sign and value == 0.0 else GRID
        pygame.draw.line(surface, colour, (panel.box.left, y), (panel.box.right - 1, y))
        place = Box(right - scale.em(3.6), y - high // 2, scale.em(3.6), high)
        if place.bottom > free:
            continue
        free = place.top
        words = text(value, digits) if text else number_text(value, digits, sign=sign)
        write_line(surface, words, place, TextStyle(small, palette.DIM), Align.RIGHT)


def columns(
    surface: pygame.Surface,
    panel: Panel,
    scale: TextScale,
    marks: Sequence[float],
    text: Callable[[float], str],
    top: int,
) -> None:
    """Draw numbers below the panel, as many as have room, their upper edge at `top`."""
    small = scale.em(SMALL_EM)
    right = -math.inf
    for value in marks:
        words = text(value)
        width = line_width(words, small) + 2
        left = min(max(panel.x(value) - width / 2, 0), panel.box.right - width + scale.em(0.6))
        if left < right:
            continue
        box = Box(round(left), top, width, line_height(small))
        write_line(surface, words, box, TextStyle(small, palette.DIM), Align.CENTRE)
        right = left + width + scale.em(0.8)
