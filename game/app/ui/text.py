"""Write in three weights of Open Sans, every digit as wide as the others so that figures keep
still.

A line's `height` reaches from above its accents to below its descenders; capitals take up the
middle half of it, so that a line centred in a box looks centred.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

import pygame

Colour = tuple[int, int, int]

_LINE_PER_EM: Final = 1.37  # of Open Sans: from its highest accent to its lowest descender
_MIN_EM: Final = 6  # below, glyphs have no width and pygame refuses them
_UNKNOWN: Final = "\ue000"  # drawn as a font draws all that it lacks
_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"


class Align(Enum):
    """The part of a text that lies at the given place."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Weight(Enum):
    """The weight of a text; its value is the font's file among those of the menus' library."""

    LIGHT = "opensans_light.ttf"
    REGULAR = "opensans_regular.ttf"
    BOLD = "opensans_bold.ttf"


_DIGITS: Final = frozenset("0123456789")
_SIGNS: Final = {  # for arrows and other signs that Open Sans lacks
    Weight.LIGHT: "FiraCode-Regular.ttf",
    Weight.REGULAR: "FiraCode-Regular.ttf",
    Weight.BOLD: "FiraCode-Bold.ttf",
}


class _Run(NamedTuple):
    """A piece of a line that is drawn at once: a digit, a sign, or what lies between them."""

    text: str
    file: str
    x: int  # of its left edge from that of the line
    y: int  # of its upper edge from that of the line


class _Line(NamedTuple):
    """A line taken apart into runs."""

    runs: tuple[_Run, ...]
    width: int


def text_width(text: str, height: int, weight: Weight = Weight.REGULAR) -> int:
    """Return the width in pixels of a line of text."""
    return _set(text, height, weight).width


def write(
    surface: pygame.Surface,
    text: str,
    place: tuple[float, float],
    height: int,
    colour: Colour,
    align: Align = Align.LEFT,
    weight: Weight = Weight.REGULAR,
) -> None:
    """Write a line whose upper edge is at `place`."""
    line = _set(text, height, weight)
    left = round(place[0] - align.value * line.width)
    top = round(place[1])
    for run in line.runs:
        picture = _picture(run.text, height, run.file, colour)
        surface.blit(picture, (left + run.x, top + run.y))


@lru_cache(maxsize=512)
def shortened(text: str, width: int, height: int, weight: Weight = Weight.REGULAR) -> str:
    """Return the text, or as much of its beginning as fits `width` pixels with an ellipsis after
    it.
    """
    if text_width(text, height, weight) <= width:
        return text
    for length in range(len(text) - 1, 0, -1):
        short = text[:length].rstrip() + _ELLIPSIS
        if text_width(short, height, weight) <= width:
            return short
    return ""


def forget_fonts() -> None:
    """Drop all fonts: they do not outlive pygame."""
    for cached in (_font, _picture, _cell, _set, _lacks, shortened):
        cached.cache_clear()


@lru_cache(maxsize=1)
def _folder() -> Path:
    menus = find_spec("pygame_menu")  # found, not imported: that takes a while
    assert menus is not None
    assert menus.origin is not None
    return Path(menus.origin).parent / "resources" / "fonts"


@lru_cache(maxsize=128)
def _font(height: int, file: str) -> pygame.Font:
    size = max(round(height / _LINE_PER_EM), _MIN_EM)
    return pygame.font.Font(_folder() / file, size)


@lru_cache(maxsize=128)
def _cell(height: int, file: str) -> int:
    return max(_font(height, file).size(digit)[0] for digit in "0123456789")


@lru_cache(maxsize=2048)
def _set(text: str, height: int, weight: Weight) -> _Line:
    x = 0
    runs = []
    ascent = _font(height, weight.value).get_ascent()
    for written, file in _runs(text, weight):
        font = _font(height, file)
        width = font.size(written)[0]
        advance = _cell(height, file) if written in _DIGITS else width
        y = ascent - font.get_ascent()
        runs.append(_Run(written, file, x + (advance - width) // 2, y))
        x += advance
    return _Line(tuple(runs), x)


def _runs(text: str, weight: Weight) -> list[tuple[str, str]]:
    """Return the text in pieces, each with the file of its font; what no font can show is a gap."""
    file = weight.value
    runs: list[tuple[str, str]] = []
    for written in text:
        character = written if written.isprintable() else " "
        if character in _DIGITS:
            runs.append((character, file))
        elif not character.isascii() and _lacks(character, file):
            runs.append((character, _SIGNS[weight]))
        elif runs and runs[-1][1] == file and runs[-1][0] not in _DIGITS:
            runs[-1] = (runs[-1][0] + character, file)
        else:
            runs.append((character, file))
    return runs


@lru_cache(maxsize=1024)
def _lacks(character: str, file: str) -> bool:
    """Return whether a font has no picture of a character."""
    font = _font(24, file)
    known, unknown = (font.render(text, False, (0, 0, 0)) for text in (character, _UNKNOWN))
    return pygame.image.tobytes(known, "RGBA") == pygame.image.tobytes(unknown, "RGBA")


@lru_cache(maxsize=2048)
def _picture(text: str, height: int, file: str, colour: Colour) -> pygame.Surface:
    return _font(height, file).render(text, True, colour)
