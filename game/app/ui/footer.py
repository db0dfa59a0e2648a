"""Say at the bottom which keys or buttons work here; the mouse presses them too."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import pygame

from game.app.input.commands import Command
from game.app.ui import palette
from game.app.ui.box import Box
from game.app.ui.shapes import fill_rounded
from game.app.ui.text import Align, Weight
from game.app.ui.text_layout import TextStyle, line_width, write_line
from game.app.ui.theme import Metrics
from game.translation import N_, _

_PX: Final = 15
_CAP_EM: Final = 1.55
_ROW_EM: Final = 1.95  # from one row to the next
_GAP_EM: Final = 1.7  # between hints
_MAX_ROWS: Final = 3
_CUT: Final = "\N{HORIZONTAL ELLIPSIS}"
_ROUND: Final = ("A", "B", "X", "Y")  # buttons that are round on a controller
ARROWS: Final = {"up": 90, "left": 180, "down": 270, "right": 0}  # degrees; drawn, not written
_TRIANGLE: Final = ((0.38, 0.30), (0.70, 0.50), (0.38, 0.70))


class Hint(NamedTuple):
    """A hint says what can be done, and with what; `command`, if any, is what a click gives."""

    words: str
    keys: tuple[str, ...]
    buttons: tuple[str, ...]
    command: Command | None = None


D_PAD: Final = N_("D-pad")
CHOOSE: Final = Hint(N_("Choose"), ("up", "down"), (D_PAD,))
CHANGE: Final = Hint(N_("Change"), ("left", "right"), (D_PAD,))
SELECT: Final = Hint(N_("Select"), ("Enter",), ("A",), Command.CONFIRM)
BACK: Final = Hint(N_("Back"), ("Esc",), ("B",), Command.BACK)


class Footer:
    """Shows hints, in several rows where one has no room; the first ones are the most important."""

    def __init__(self) -> None:
        self.boxes: list[tuple[Box, Hint]] = []  # of the hints in view
        self._rows: list[list[tuple[int, int, Hint]]] = [[]]  # left edge and width of each hint
        self._em = _PX
        self._cut = False  # whether some have no room at all

    def height(self, metrics: Metrics) -> int:
        """Return the height of the footer as it was last arranged, from the window's lower edge."""
        rows = max(len(self._rows), 1)
        return metrics.space(22) + metrics.text(_PX * 2.2) + (rows - 1) * _row_step(self._em)

    def arrange(self, metrics: Metrics, hints: Sequence[Hint], *, pad: bool) -> None:
        """Find out how many rows the hints need; pad: with the buttons of a controller."""
        em = self._em = _size(metrics, hints, pad=pad)
        end = metrics.width - metrics.margin
        self._rows, self._cut = [[]], False
        left = metrics.margin
        for hint in hints:
            width = hint_width(hint, em, pad=pad)
            if left + width > end and self._rows[-1]:
                if len(self._rows) == _MAX_ROWS:
                    self._cut = True
                    continue
                self._rows.append([])
                left = metrics.margin
            self._rows[-1].append((left, width, hint))
            left += width + round(_GAP_EM * em)

    def draw(
        self, surface: pygame.Surface, metrics: Metrics, hints: Sequence[Hint], *, pad: bool
    ) -> None:
        """Draw the hints; pad: name the buttons of a controller.

        Where large text has no room for all of them they are smaller, then in several rows, before
        any is left out; an ellipsis says so.
        """
        self.arrange(metrics, hints, pad=pad)
        em = self._em
        high = round(_CAP_EM * em)
        bottom = metrics.height - metrics.space(22) - high
        self.boxes = []
        for number, row in enumerate(self._rows):
            top = bottom - (len(self._rows) - 1 - number) * _row_step(em)
            for left, width, hint in row:
                box = Box(left, top, width, high)
                self.boxes.append((box, hint))
                draw_hint(surface, box, hint, em, pad=pad)
        if self._cut:
            end = Box(metrics.width - metrics.margin, bottom, metrics.margin, high)
            write_line(surface, _CUT, end, TextStyle(em, palette.TEXT, Weight.BOLD))

    def command_at(self, place: tuple[int, int]) -> Command | None:
        """Return the command of the hint at a place."""
        for box, hint in self.boxes:
            if box.holds(place) and hint.command is not None:
                return hint.command
        return None


def _size(metrics: Metrics, hints: Sequence[Hint], *, pad: bool) -> int:
    """Return the largest size at which all hints have room, not smaller than plain text."""
    texts = tuple((_caps(hint, pad=pad), _(hint.words)) for hint in hints)
    room = metrics.width - 2 * metrics.margin
    return _fitting_em(texts, room, metrics.space(_PX), metrics.text(_PX))


@lru_cache(maxsize=32)
def _fitting_em(
    texts: tuple[tuple[tuple[str, ...], str], ...], room: int, smallest: int, largest: int
) -> int:
    for em in range(largest, smallest, -1):
        gaps = round(_GAP_EM * em) * (len(texts) - 1)
        if sum(_text_width(caps, words, em) for caps, words in texts) + gaps <= room:
            return em
    return smallest


def _row_step(em: int) -> int:
    return round(_ROW_EM * em)


def _caps(hint: Hint, *, pad: bool) -> tuple[str, ...]:
    names = hint.buttons if pad else hint.keys
    return tuple(name if name in ARROWS else _(name) for name in names)


def _cap_width(cap: str, em: int) -> int:
    if cap in _ROUND or cap in ARROWS:
        return round(_CAP_EM * em)
    return max(round(_CAP_EM * em), line_width(cap, round(0.84 * em)) + round(0.9 * em))


def hint_width(hint: Hint, em: int, *, pad: bool) -> int:
    """Return how wide a hint is in text of this size."""
    return _text_width(_caps(hint, pad=pad), _(hint.words), em)


def _text_width(caps: Sequence[str], words: str, em: int) -> int:
    wide = sum(_cap_width(cap, em) for cap in caps) + round(0.25 * em) * (len(caps) - 1)
    return wide + round(0.55 * em) + line_width(words, em) + 2


def draw_hint(surface: pygame.Surface, box: Box, hint: Hint, em: int, *, pad: bool) -> None:
    """Draw the keys or buttons of a hint and what they do."""
    left = box.left
    for cap in _caps(hint, pad=pad):
        width = _cap_width(cap, em)
        place = Box(left, box.top, width, box.height)
        radius = box.height / 2 if cap in _ROUND else 0.3 * em
        fill_rounded(surface, place, (255, 255, 255, 30), radius)
        fill_rounded(surface, place, (255, 255, 255, 90), radius, max(1.0, em / 15))
        if cap in ARROWS:
            _draw_arrow(surface, place, ARROWS[cap])
        else:
            style = TextStyle(round(0.84 * em), palette.TEXT, Weight.BOLD)
            write_line(surface, cap, place, style, Align.CENTRE)
        left += width + round(0.25 * em)
    left += round(0.3 * em)
    words = Box(left, box.top, box.right - left, box.height)
    write_line(surface, _(hint.words), words, TextStyle(em, palette.TEXT))


def _draw_arrow(surface: pygame.Surface, box: Box, degrees: int) -> None:
    picture = _arrow(box.height, degrees)
    surface.blit(picture, (box.left + (box.width - box.height) // 2, box.top))


@lru_cache(maxsize=16)
def _arrow(side: int, degrees: int) -> pygame.Surface:
    """Return a triangle that points to the right, turned anticlockwise."""
    large = pygame.Surface((4 * side, 4 * side), pygame.SRCALPHA)
    large.fill((*palette.TEXT, 0))
    points = [(share_x * 4 * side, share_y * 4 * side) for share_x, share_y in _TRIANGLE]
    pygame.draw.polygon(large, palette.TEXT, points)
    small = pygame.transform.smoothscale(large, (side, side))
    return pygame.transform.rotate(small, degrees)
