"""Text that does not dance: every digit in a cell of the same width."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

import pygame

Colour = tuple[int, int, int]


class Align(Enum):
    """Which part of the text lies at the given place."""

    LEFT = 0.0
    CENTRE = 0.5
    RIGHT = 1.0


_LEAST_HEIGHT = 8  # below, pygame finds glyphs of no width and refuses them


@lru_cache(maxsize=64)
def _font(height: int) -> pygame.Font:
    return pygame.font.Font(None, max(height, _LEAST_HEIGHT))


@lru_cache(maxsize=1024)
def _glyph(character: str, height: int, colour: Colour) -> pygame.Surface:
    return _font(height).render(character, True, colour)


@lru_cache(maxsize=64)
def _cell(height: int) -> int:
    return max(_font(height).size(digit)[0] for digit in "0123456789")


def text_width(text: str, height: int) -> int:
    """Width in pixels of a text of this font height."""
    return sum(_advance(character, height) for character in text)


def write(
    surface: pygame.Surface,
    text: str,
    place: tuple[float, float],
    height: int,
    colour: Colour,
    align: Align = Align.LEFT,
) -> None:
    """Write a line whose upper edge is at `place`."""
    x = round(place[0] - align.value * text_width(text, height))
    for character in text:
        glyph = _glyph(character, height, colour)
        advance = _advance(character, height)
        top = round(place[1]) - _above(character, height)
        surface.blit(glyph, (x + (advance - glyph.get_width()) // 2, top))
        x += advance


@lru_cache(maxsize=1024)
def _above(character: str, height: int) -> int:
    """By how much a letter, as one with an accent, reaches above the line and moves its picture."""
    metrics = _font(height).metrics(character)[0]
    return max(0, metrics[3] - _font(height).get_ascent()) if metrics else 0


def forget_fonts() -> None:
    """Drop all fonts: they do not outlive pygame."""
    for cached in (_font, _glyph, _cell, _above):
        cached.cache_clear()


def _advance(character: str, height: int) -> int:
    return (
        _cell(height) if character.isdigit() else _glyph(character, height, (0, 0, 0)).get_width()
    )
