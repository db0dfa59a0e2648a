"""Draw a name as a wordmark: its first word small, the others as large leaning capitals, the last
of them on a plate.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import pygame

from game.app.ui import palette
from game.app.ui.text import Weight, is_east_asian, text_width, write
from game.app.ui.text_layout import line_height

_LEAN: Final = 0.2  # sideways for each pixel up
_SMALL: Final = 0.34  # size of the first word, of that of the others
_SPACED_EM: Final = 0.22  # between the letters of the first word
_CAPITALS_TOP: Final = 0.23  # of a line's height, where capitals begin
_CAPITALS: Final = 0.52  # of a line's height
_UNDER: Final = 0.6  # of the small line's height: there the large line begins, which is clear
_PLATE_EM: Final = 0.16  # of plate around its word
_GAP_EM: Final = 0.30  # between words
_FINER: Final = 2  # it is drawn at so many times its size before it is leant
_MIN_PX: Final = 8


class _Part(NamedTuple):
    """Holds a word of the large line, where it begins, and whether it has a plate."""

    word: str
    left: int
    plated: bool


def draw_wordmark(
    surface: pygame.Surface, name: str, place: tuple[int, int], px: int, width: int
) -> None:
    """Draw a name from its upper left corner on, smaller where it would be wider than allowed."""
    picture = _wordmark(name, _fitting_px(name, px, width))
    surface.blit(picture, place, special_flags=pygame.BLEND_PREMULTIPLIED)


def wordmark_size(name: str, px: int, width: int) -> tuple[int, int]:
    """Return how wide and high a wordmark is that has so much width."""
    return _wordmark(name, _fitting_px(name, px, width)).get_size()


@lru_cache(maxsize=32)
def _fitting_px(name: str, px: int, width: int) -> int:
    """Return the largest size up to a size at which a name is no wider than allowed."""
    while px > _MIN_PX and _size(name, px)[0] > width:
        px -= 1
    return px


def _words(name: str) -> tuple[str, list[str]]:
    """Return the first word, for the small line, and the others; a single word is a large one."""
    first, *others = name.split() or [""]
    return (first, others) if others else ("", [first])


def _parts(name: str, px: int) -> tuple[list[_Part], int]:
    """Return the words of the large line, and where the line ends."""
    words = _words(name)[1]
    pad, left, parts = round(_PLATE_EM * px), 0, []
    for index, word in enumerate(words):
        plated = index > 0 and index == len(words) - 1
        word = word if any(map(is_east_asian, word)) else word.upper()
        left += pad if plated else 0
        parts.append(_Part(word, left, plated))
        left += text_width(word, line_height(px), Weight.BOLD) + (pad if plated else 0)
        left += round(_GAP_EM * px) if index < len(words) - 1 else 0
    return parts, left


def _size(name: str, px: int) -> tuple[int, int]:
    """Return the size of a wordmark, the lean of its capitals and plate included."""
    small, end = _words(name)[0], _parts(name, px)[1]
    small_px = round(_SMALL * px)
    spaced = sum(_advance(letter, small_px) for letter in small.upper())
    high = line_height(px) + (_large_top(small_px) if small else 0)
    return max(end, spaced) + round(_LEAN * line_height(px)) + 1, high


def _large_top(small_px: int) -> int:
    """Return how far below the small line's top the large line begins."""
    return round(_UNDER * line_height(small_px))


def _advance(letter: str, px: int) -> int:
    return text_width(letter, line_height(px), Weight.BOLD) + round(_SPACED_EM * px)


@lru_cache(maxsize=4)
def _wordmark(name: str, px: int) -> pygame.Surface:
    """Return a wordmark whose large words have a size, its colours multiplied by its opacity."""
    width, height = _size(name, px)
    picture = pygame.Surface((width, height), pygame.SRCALPHA)
    small, small_px = _words(name)[0], round(_SMALL * px)
    left, top = 0, 0
    for letter in small.upper():
        write(picture, letter, (left, top), line_height(small_px), palette.TEXT, weight=Weight.BOLD)
        left += _advance(letter, small_px)
    top += _large_top(small_px) if small else 0
    picture = picture.premul_alpha()
    picture.blit(_leaning(name, px), (0, top), special_flags=pygame.BLEND_PREMULTIPLIED)
    return picture


def _leaning(name: str, px: int) -> pygame.Surface:
    """Return the large line, drawn finely and sheared to the right about its baseline.

    Its colours are multiplied by its opacity.
    """
    fine = _FINER * px
    parts, end = _parts(name, fine)
    high = line_height(fine)
    size = (end + round(_LEAN * high) + _FINER, high)
    upright, leant = (pygame.Surface(size, pygame.SRCALPHA) for _ in range(2))
    for part in parts:
        if part.plated:
            _draw_plate(upright, part, end, fine)
        write(upright, part.word, (part.left, 0), high, palette.BRIGHT, weight=Weight.BOLD)
    baseline = round((_CAPITALS_TOP + _CAPITALS) * high)
    for row in range(high):
        shift = round(_LEAN * (baseline - row))
        leant.blit(upright, (max(shift, 0), row), (max(-shift, 0), row, size[0], 1))
    leant = leant.premul_alpha()
    return pygame.transform.smoothscale(leant, (size[0] // _FINER, line_height(px)))


def _draw_plate(surface: pygame.Surface, part: _Part, end: int, px: int) -> None:
    pad, high = round(_PLATE_EM * px), line_height(px)
    top = round(_CAPITALS_TOP * high) - pad // 2
    plate = (part.left - pad, top, end - part.left + pad, round(_CAPITALS * high) + pad)
    surface.fill(palette.ACCENT, plate)
