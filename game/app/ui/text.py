"""Write in three weights of Open Sans, every digit as wide as the others so that figures keep
still. What Open Sans lacks is written in Fira Code, and Japanese in Noto Sans JP.

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

from game.app.ui.palette import Colour

_LINE_PER_EM: Final = 1.37  # of Open Sans: from its highest accent to its lowest descender
_MIN_EM: Final = 6  # below, glyphs have no width and pygame refuses them
_UNKNOWN: Final = "\ufdd0"  # drawn as a font draws all that it lacks: it is no character
_ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"


class Align(Enum):
    """Says which part of a text lies at the given place."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


class Weight(Enum):
    """Names the weight of a text; its value is the font's file in the menus' library."""

    LIGHT = "opensans_light.ttf"
    REGULAR = "opensans_regular.ttf"
    BOLD = "opensans_bold.ttf"

    __hash__ = object.__hash__  # quicker, and lines are looked up by it all the time


class _Face(NamedTuple):
    """Describes a file with a font, in a folder of a package that is installed."""

    file: str
    package: str = "pygame_menu"
    folder: str = "resources/fonts"


_DIGITS: Final = frozenset("0123456789")
_TEXT: Final = {weight: _Face(weight.value) for weight in Weight}
_SIGNS: Final = {  # for arrows and other signs that Open Sans lacks
    Weight.LIGHT: _Face("FiraCode-Regular.ttf"),
    Weight.REGULAR: _Face("FiraCode-Regular.ttf"),
    Weight.BOLD: _Face("FiraCode-Bold.ttf"),
}
_SIGN_FACES: Final = frozenset(_SIGNS.values())
_JAPANESE: Final = _Face("NotoSansJP-Regular.otf", "pylopdf_fonts_jp", "")  # its one weight
_EAST_ASIAN: Final = (  # first and last of the characters of East Asian writing
    ("\u2e80", "\u9fff"),
    ("\uf900", "\ufaff"),
    ("\uff00", "\uffef"),
)


class _Run(NamedTuple):
    """Holds a piece of a line that is drawn at once: a digit, a sign, or what lies between them."""

    text: str
    face: _Face
    x: int  # of its left edge from that of the line
    y: int  # of its upper edge from that of the line


class _Line(NamedTuple):
    """Holds a line taken apart into runs."""

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
        picture = _picture(run.text, height, run.face, colour)
        surface.blit(picture, (left + run.x, top + run.y))


@lru_cache(maxsize=512)
def shortened(text: str, width: int, height: int, weight: Weight = Weight.REGULAR) -> str:
    """Return the text, or as much as fits `width` pixels with an ellipsis after it."""
    if text_width(text, height, weight) <= width:
        return text
    for length in range(len(text) - 1, 0, -1):
        short = text[:length].rstrip() + _ELLIPSIS
        if text_width(short, height, weight) <= width:
            return short
    return ""


def can_write(text: str) -> bool:
    """Return whether there is a font for every character of a text."""
    return not any(is_east_asian(character) for character in text) or _is_installed(
        _JAPANESE.package
    )


def has_pictures(text: str) -> bool:
    """Return whether the fonts have a picture of every character of a text."""
    return not any(_lacks(each, _face_for(each, Weight.REGULAR)) for each in text)


def is_east_asian(character: str) -> bool:
    """Return whether a character belongs to East Asian writing, which has no spaces."""
    return not character.isascii() and any(
        first <= character <= last for first, last in _EAST_ASIAN
    )


def forget_fonts() -> None:
    """Drop all fonts: they do not outlive pygame."""
    for cached in (_font, _picture, _cell, _set, _lacks, shortened):
        cached.cache_clear()


@lru_cache(maxsize=8)
def _is_installed(package: str) -> bool:
    return find_spec(package) is not None


@lru_cache(maxsize=8)
def _folder(package: str) -> Path:
    found = find_spec(package)  # found, not imported: that takes a while
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent


@lru_cache(maxsize=128)
def _font(height: int, face: _Face) -> pygame.Font:
    size = max(round(height / _LINE_PER_EM), _MIN_EM)
    return pygame.font.Font(_folder(face.package) / face.folder / face.file, size)


@lru_cache(maxsize=128)
def _cell(height: int, face: _Face) -> int:
    return max(_font(height, face).size(digit)[0] for digit in "0123456789")


@lru_cache(maxsize=2048)
def _set(text: str, height: int, weight: Weight) -> _Line:
    x = 0
    runs = []
    ascent = _font(height, _TEXT[weight]).get_ascent()
    for written, face in _runs(text, weight):
        font = _font(height, face)
        width = font.size(written)[0]
        advance = _cell(height, face) if written in _DIGITS else width
        y = ascent - font.get_ascent()
        runs.append(_Run(written, face, x + (advance - width) // 2, y))
        x += advance
    return _Line(tuple(runs), x)


def _runs(text: str, weight: Weight) -> list[tuple[str, _Face]]:
    """Return the text in pieces, each with its font; what no font can show is a gap."""
    runs: list[tuple[str, _Face]] = []
    for written in text:
        character = written if written.isprintable() else " "
        face = _face_for(character, weight)
        joins = runs and runs[-1][1] == face and runs[-1][0] not in _DIGITS
        if joins and character not in _DIGITS and face not in _SIGN_FACES:
            runs[-1] = (runs[-1][0] + character, face)
        else:
            runs.append((character, face))
    return runs


def _face_for(character: str, weight: Weight) -> _Face:
    if character.isascii():
        return _TEXT[weight]
    if is_east_asian(character) and _is_installed(_JAPANESE.package):
        return _JAPANESE
    if _lacks(character, _TEXT[weight]):
        return _SIGNS[weight]
    return _TEXT[weight]


@lru_cache(maxsize=1024)
def _lacks(character: str, face: _Face) -> bool:
    """Return whether a font has no picture of a character."""
    font = _font(24, face)
    known, unknown = (font.render(text, False, (0, 0, 0)) for text in (character, _UNKNOWN))
    return pygame.image.tobytes(known, "RGBA") == pygame.image.tobytes(unknown, "RGBA")


@lru_cache(maxsize=2048)
def _picture(text: str, height: int, face: _Face, colour: Colour) -> pygame.Surface:
    return _font(height, face).render(text, True, colour)
