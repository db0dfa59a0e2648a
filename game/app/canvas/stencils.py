"""Paint words and numbers on the ground or on boards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.canvas.patches import Piece
from game.app.ui.palette import Colour
from game.arrays import Indices

_FONT: Final = 120  # height it is drawn at, before it is made smaller
_CAPITALS: Final = 0.56  # of that height
_MIN_PIXELS: Final = 2.5
_MAX_LETTER_WIDTH: Final = 0.75  # of the height, per letter


class Stencil(NamedTuple):
    """A stencil is a line of text about a place; read from west to east, its `turn_rad` is 0."""

    text: str
    place_m: tuple[float, float]
    height_m: float  # of its capitals
    turn_rad: float
    colour: Colour


class Stencils:
    """Draws each of many stencils where it touches a piece."""

    def __init__(self, stencils: Sequence[Stencil]) -> None:
        self._stencils = list(stencils)
        self._places_m = np.array([s.place_m for s in stencils]).reshape(-1, 2)
        reach = [_MAX_LETTER_WIDTH * s.height_m * (len(s.text) + 1) for s in stencils]
        self._reach_m = np.array(reach).reshape(-1, 1)

    def touches(self, piece: Piece) -> bool:
        """Return whether any of them may lie in a piece."""
        return len(self._touching(piece)) > 0

    def draw(self, surface: pygame.Surface, fine: Piece) -> None:
        """Draw the stencils that touch a piece onto a transparent picture of it."""
        for index in self._touching(fine).tolist():
            stencil = self._stencils[index]
            pixels = stencil.height_m * fine.pixels_per_m
            if pixels < _MIN_PIXELS:
                continue
            picture = _turned(stencil.text, stencil.colour, pixels, math.degrees(stencil.turn_rad))
            # Whole pixels of the world, so that neighbouring pieces agree.
            east = round(stencil.place_m[0] * fine.pixels_per_m - 0.5 * picture.get_width())
            south = round(-stencil.place_m[1] * fine.pixels_per_m - 0.5 * picture.get_height())
            left = round(fine.west_m * fine.pixels_per_m)
            top = round(-(fine.south_m + fine.side_m) * fine.pixels_per_m)
            place = (east - left, south - top)
            surface.blit(picture, place, special_flags=pygame.BLEND_PREMULTIPLIED)

    def _touching(self, piece: Piece) -> Indices:
        low, high = self._places_m - self._reach_m, self._places_m + self._reach_m
        return piece.touching(low, high)


def text_width_m(text: str, height_m: float) -> float:
    """Return the width of a text whose capitals are so high."""
    return _width(text) * height_m / (_CAPITALS * _FONT)


@lru_cache(maxsize=256)
def _width(text: str) -> int:
    return _font().size(text)[0]


@lru_cache(maxsize=256)
def _turned(text: str, colour: Colour, pixels: float, degrees: float) -> pygame.Surface:
    """Return the text with its colour multiplied by its opacity."""
    picture = _font().render(text, True, colour)
    scale = pixels / (_CAPITALS * _FONT)
    size = (max(1, round(picture.get_width() * scale)), max(1, round(picture.get_height() * scale)))
    small = pygame.transform.smoothscale(picture.premul_alpha(), size)
    if degrees == 0.0:
        return small
    return pygame.transform.rotozoom(small, degrees, 1.0)


def _font() -> pygame.Font:
    if not pygame.font.get_init():
        pygame.font.init()
    return pygame.font.Font(None, _FONT)
