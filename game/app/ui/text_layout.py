"""Place lines of text in boxes, and break paragraphs into lines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple
from unicodedata import category

import pygame

from game.app.ui.box import Box
from game.app.ui.palette import Colour
from game.app.ui.text import Align, Weight, is_east_asian, shortened, text_width, write

_TIED_RATIO: Final = "\N{NO-BREAK SPACE}:\N{NO-BREAK SPACE}"
_SEPARATORS: Final = ("/", "\\")  # of the folders in a path
_CUT: Final = " \N{HORIZONTAL ELLIPSIS}"
_LINE_EM: Final = 1.37  # the height of a line of text of size 1
_NOT_FIRST: Final = {
    "Pe",
    "Po",
    "Pf",
    "Lm",
}  # Unicode categories of what no line begins with
_SMALL_KANA: Final = frozenset("ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
_NOT_LAST: Final = {"Ps", "Pi"}  # Unicode categories of what no line ends with


class TextStyle(NamedTuple):
    """Holds the size in pixels, colour and weight of a line."""

    px: int
    colour: Colour
    weight: Weight = Weight.REGULAR


def line_height(px: int) -> int:
    """Return the height of a line of this size, from its accents to its descenders."""
    return round(_LINE_EM * px)


def line_width(text: str, px: int, weight: Weight = Weight.REGULAR) -> int:
    """Return the width of a line in pixels."""
    return text_width(text, line_height(px), weight)


def write_line(
    surface: pygame.Surface, text: str, box: Box, style: TextStyle, align: Align = Align.LEFT
) -> None:
    """Write a line in the vertical middle of a box, shortened if it is too long for it."""
    height = line_height(style.px)
    shown = shortened(text, box.width, height, style.weight)
    place = (box.left + align.value * box.width, box.top + (box.height - height) / 2)
    write(surface, shown, place, height, style.colour, align, style.weight)


@lru_cache(maxsize=128)
def wrapped(text: str, width: int, px: int) -> tuple[str, ...]:
    """Return the lines of a text broken between words; a word that is too long is shortened.

    A ratio such as 60 : 40 stays in one line.
    """
    lines: list[str] = []
    for gap, word in _words(text.replace(" : ", _TIED_RATIO)):
        longer = f"{lines[-1]}{gap}{word}" if lines else word
        if lines and line_width(longer, px) <= width:
            lines[-1] = longer
        else:
            lines.append(shortened(word, width, line_height(px)))
    return tuple(line.replace(_TIED_RATIO, " : ") for line in lines)


def _words(text: str) -> Iterator[tuple[str, str]]:
    """Yield the parts of a text that stay in one line, each with the gap before it.

    East Asian writing may be broken between any two characters, but no line begins with a mark
    that ends a clause, nor ends with an opening bracket. A path may be broken after each folder.
    """
    for word in text.split(" "):
        gap, part = " ", ""
        is_path = sum(character in _SEPARATORS for character in word) > 1
        for character in word:
            after_folder = is_path and part[-1:] in _SEPARATORS and character not in _SEPARATORS
            if part and (after_folder or _may_break(part[-1], character)):
                yield gap, part
                gap, part = "", ""
            part += character
        yield gap, part


def _may_break(before: str, after: str) -> bool:
    if not (is_east_asian(before) or is_east_asian(after)) or after in _SMALL_KANA:
        return False
    return category(after) not in _NOT_FIRST and category(before) not in _NOT_LAST


def paragraph_height(text: str, width: int, px: int) -> int:
    """Return the height that `write_paragraph` needs."""
    return len(wrapped(text, width, px)) * _step(px)


def write_paragraph(surface: pygame.Surface, text: str, box: Box, style: TextStyle) -> None:
    """Write a text into a box from its top, line below line, as many as it holds."""
    step = _step(style.px)
    lines = wrapped(text, box.width, style.px)
    held = max(box.height // step, 0)
    for index, line in enumerate(lines[:held]):
        cut = index == held - 1 and len(lines) > held
        place = Box(box.left, box.top + index * step, box.width, step)
        write_line(surface, line + _CUT if cut else line, place, style)


def _step(px: int) -> int:
    return round(1.04 * line_height(px))
