"""Show a notice for a few seconds, where it covers as little as possible of other text."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, Protocol

import pygame

from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.footer import Hint, draw_hint, hint_width
from game.app.ui.panel import draw_panel
from game.app.ui.text import Align
from game.app.ui.text_layout import TextStyle, line_height, line_width, wrapped, write_line
from game.app.ui.theme import Metrics, metrics

_SHOWN_S: Final = 2.5
_PER_LETTER_S: Final = 0.05  # longer notices stay longer
_PX: Final = 16
_TOP: Final = 92
_BOTTOM: Final = 84
_DENSE: Final = 0.9
_HINTS_SHOWN_S: Final = 8.0
_HINT_STEP_EM: Final = 1.9  # from one row of keys to the next
_HINT_EM: Final = 1.55  # height of a key
_HINT_GAP_EM: Final = 1.6
_WIDTHS: Final = (1.0, 0.62, 0.42, 0.30)  # of the room between the margins, that lines may take up
_ACROSS: Final = (
    0.5,
    0.0,
    1.0,
    0.25,
    0.75,
)  # places tried across: in the middle, at the left, at the right
_DOWN: Final = (0.0, 1.0, 0.5, 0.25, 0.75)  # places tried, from the top to the bottom


class _Content(Protocol):
    """Can be shown."""

    def __hash__(self) -> int:
        """Tell it from other messages."""
        ...

    def size(self, room: int, px: int) -> tuple[int, int]:
        """Return width and height in text of this size, no wider than a room."""
        ...

    def draw(self, surface: pygame.Surface, box: Box, room: int, px: int) -> None:
        """Draw it into a box of that size."""
        ...


class _Sentence:
    """Shows a message in words."""

    def __init__(self, text: str) -> None:
        self.text = text

    def size(self, room: int, px: int) -> tuple[int, int]:
        """Return width and height of the lines."""
        lines = wrapped(self.text, room, px)
        width = max(line_width(line, px) for line in lines) + 2
        return width, len(lines) * line_height(px)

    def draw(self, surface: pygame.Surface, box: Box, room: int, px: int) -> None:
        """Write the lines."""
        high = line_height(px)
        for index, line in enumerate(wrapped(self.text, room, px)):
            place = Box(box.left, box.top + index * high, box.width, high)
            write_line(surface, line, place, TextStyle(px, palette.BRIGHT), Align.CENTRE)


class _KeyHints:
    """Shows keys and what they do."""

    def __init__(self, hints: Sequence[Hint], *, pad: bool) -> None:
        self._hints = tuple(hints)
        self._pad = pad

    def size(self, room: int, px: int) -> tuple[int, int]:
        """Return width and height of the rows."""
        places = self._places(room, px)
        width = max(left + hint_width(hint, px, pad=self._pad) for left, _row, hint in places)
        return width, round(((places[-1][1]) * _HINT_STEP_EM + _HINT_EM) * px)

    def draw(self, surface: pygame.Surface, box: Box, room: int, px: int) -> None:
        """Draw each key with what it does."""
        for left, row, hint in self._places(room, px):
            top = box.top + round(row * _HINT_STEP_EM * px)
            width = hint_width(hint, px, pad=self._pad)
            place = Box(box.left + left, top, width, round(_HINT_EM * px))
            draw_hint(surface, place, hint, px, pad=self._pad)

    def _places(self, room: int, px: int) -> list[tuple[int, int, Hint]]:
        """Return the left edge and the row of each hint."""
        places, left, row = [], 0, 0
        for hint in self._hints:
            width = hint_width(hint, px, pad=self._pad)
            if left and left + width > room:
                left, row = 0, row + 1
            places.append((left, row, hint))
            left += width + round(_HINT_GAP_EM * px)
        return places


class Notice:
    """Shows the latest message over the picture for a few seconds."""

    def __init__(self) -> None:
        self._content: _Content = _Sentence("")
        self._left_s = 0.0
        self._read: tuple[Box, ...] = ()
        self.box: Box | None = None  # where it was drawn last, as long as it is shown

    def show(self, text: str) -> None:
        """Show a text from now on."""
        self._content = _Sentence(text)
        self._left_s = _SHOWN_S + _PER_LETTER_S * len(text)

    def show_hints(self, hints: Sequence[Hint], *, pad: bool) -> None:
        """Show keys and what they do from now on; pad: the buttons of a controller."""
        self._content = _KeyHints(hints, pad=pad)
        self._left_s = _HINTS_SHOWN_S

    def dismiss_hints(self) -> None:
        """Show keys no longer, where those are what is shown."""
        if isinstance(self._content, _KeyHints):
            self._left_s = 0.0

    @property
    def shown(self) -> bool:
        """Return whether there is a message in view."""
        return self._left_s > 0.0

    def keep_clear(self, boxes: Iterable[Box]) -> None:
        """Leave these parts of the window free in this frame, as far as there is room beside.

        Where there is none, the first of them matter most.
        """
        self._read = tuple(boxes)

    def draw(self, surface: pygame.Surface, frame_s: float, text_scale: float = 1.0) -> None:
        """Draw the message while it is new."""
        read, self._read = self._read, ()
        self.box = None
        if self._left_s <= 0.0:
            return
        self._left_s -= frame_s
        sizes = metrics(surface.get_size(), text_scale)
        px = sizes.text(_PX)
        box, room = _placed(self._content, sizes, px, read)
        self.box = box
        draw_panel(surface, box, sizes.unit, _DENSE)
        inner = Box(box.left + px, box.top + px // 2, box.width - 2 * px, box.height - px)
        self._content.draw(surface, inner, room, px)


@lru_cache(maxsize=1)  # for every frame as long as the message is shown
def _placed(content: _Content, sizes: Metrics, px: int, read: tuple[Box, ...]) -> tuple[Box, int]:
    """Return the first place that covers nothing that is read, or else the smallest part."""
    found, smallest = (Box(0, 0, 0, 0), 0), math.inf
    for box, room in _places(content, sizes, px):
        covered = _covered(box, read)
        if covered < smallest:
            found, smallest = (box, room), covered
        if covered == 0:
            break
    return found


def _places(content: _Content, sizes: Metrics, px: int) -> Iterator[tuple[Box, int]]:
    """Yield places with the room for lines, the best first: high and wide, narrower, lower."""
    across_px = sizes.width - 2 * sizes.margin
    top, bottom = sizes.space(_TOP), sizes.height - sizes.space(_BOTTOM)
    for share in _WIDTHS:
        room = max(round(share * across_px) - 2 * px, 1)
        width, height = content.size(room, px)
        width, height = width + 2 * px, height + px
        for down in _DOWN:
            for across in _ACROSS:
                left = round(sizes.margin + across * (across_px - width))
                yield Box(left, round(top + down * (bottom - top - height)), width, height), room


def _covered(box: Box, read: tuple[Box, ...]) -> int:
    """Return how much of what is read lies under a box: pixels, the first boxes' weigh most."""
    total = 0
    for number, other in enumerate(read):
        wide = min(box.right, other.right) - max(box.left, other.left)
        high = min(box.bottom, other.bottom) - max(box.top, other.top)
        total += (len(read) - number) ** 2 * max(wide, 0) * max(high, 0)
    return total
