"""Text that does not dance: three weights of Open Sans, every digit in a cell of the same width.

A line's `height` reaches from above its accents to below its descenders; capitals take up the
middle half of it, so that a line centred in a box looks centred.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

import pygame

Colour = tuple[int, int, int]

_LINE_PER_EM: Final = 1.37  # of Open Sans: from its highest accent to its lowest descender
_LEAST_EM: Final = 6  # below, glyphs have no width and pygame refuses them
_RUNS: Final = re.compile(r"\d|\D+")
_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"


class Align(Enum):
    """Which part of the text lies at the given place."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Weight(Enum):
    """How bold; the value is the font's file among those that the menus' library brings."""

    LIGHT = "opensans_light.ttf"
    REGULAR = "opensans_regular.ttf"
    BOLD = "opensans_bold.ttf"


class _Run(NamedTuple):
    """A piece of a line that is drawn at once: one digit, or what lies between digits."""

    text: str
    x: int  # of its left edge from that of the line


class _Line(NamedTuple):
    """A line taken apart into runs."""

    runs: tuple[_Run, ...]
    width: int


def text_width(text: str, height: int, weight: Weight = Weight.REGULAR) -> int:
    """Width in pixels of a line of text."""
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
        surface.blit(_picture(run.text, height, weight, colour), (left + run.x, top))


@lru_cache(maxsize=512)
def shortened(text: str, width: int, height: int, weight: Weight = Weight.REGULAR) -> str:
    """The text, or as much of its beginning as fits `width` pixels with an ellipsis after it."""
    if text_width(text, height, weight) <= width:
        return text
    for length in range(len(text) - 1, 0, -1):
        short = text[:length].rstrip() + _ELLIPSIS
        if text_width(short, height, weight) <= width:
            return short
    return ""


def forget_fonts() -> None:
    """Drop all fonts: they do not outlive pygame."""
    for cached in (_font, _picture, _cell, _set, shortened):
        cached.cache_clear()


@lru_cache(maxsize=1)
def _folder() -> Path:
    menus = find_spec("pygame_menu")  # found, not imported: that takes a while
    assert menus is not None
    assert menus.origin is not None
    return Path(menus.origin).parent / "resources" / "fonts"


@lru_cache(maxsize=128)
def _font(height: int, weight: Weight) -> pygame.Font:
    size = max(round(height / _LINE_PER_EM), _LEAST_EM)
    return pygame.font.Font(_folder() / weight.value, size)


@lru_cache(maxsize=128)
def _cell(height: int, weight: Weight) -> int:
    return max(_font(height, weight).size(digit)[0] for digit in "0123456789")


@lru_cache(maxsize=2048)
def _set(text: str, height: int, weight: Weight) -> _Line:
    x = 0
    runs = []
    for written in _RUNS.findall("".join(c if c.isprintable() else " " for c in text)):
        width = _font(height, weight).size(written)[0]
        advance = _cell(height, weight) if written in "0123456789" else width
        runs.append(_Run(written, x + (advance - width) // 2))
        x += advance
    return _Line(tuple(runs), x)


@lru_cache(maxsize=2048)
def _picture(text: str, height: int, weight: Weight, colour: Colour) -> pygame.Surface:
    return _font(height, weight).render(text, True, colour)
