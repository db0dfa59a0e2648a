"""Draw smooth rounded rectangles and circles, once, and keep them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame

from game.app.ui.box import Box

Rgba = tuple[int, int, int] | tuple[int, int, int, int]

_FINER: Final = 4


def fill_rounded(
    surface: pygame.Surface, box: Box, colour: Rgba, radius: float, rim: float = 0.0
) -> None:
    """Fill a box with round corners; with a rim, only an outline of that width in pixels."""
    if box.width <= 0 or box.height <= 0:
        return
    picture = _rounded(box.width, box.height, colour, round(radius), round(rim * _FINER))
    surface.blit(picture, (box.left, box.top))


def fill_part(surface: pygame.Surface, box: Box, colour: Rgba, radius: float, share: float) -> None:
    """Fill the left part of a rounded box, up to a share of its width."""
    filled = round(box.width * min(max(share, 0.0), 1.0))
    if filled > 0:
        picture = _rounded(box.width, box.height, colour, round(radius), 0)
        surface.blit(picture, (box.left, box.top), (0, 0, filled, box.height))


def fill_circle(
    surface: pygame.Surface, middle: tuple[float, float], radius: float, colour: Rgba
) -> None:
    """Fill a circle."""
    side = max(2, round(2.0 * radius))
    box = Box(round(middle[0] - side / 2), round(middle[1] - side / 2), side, side)
    fill_rounded(surface, box, colour, side / 2)


@lru_cache(maxsize=512)
def _rounded(width: int, height: int, colour: Rgba, radius: int, rim: int) -> pygame.Surface:
    """Draw the smallest box with these corners finely, then stretch it to the whole size."""
    corner = min(radius, width // 2, height // 2)
    end = corner + (rim + _FINER - 1) // _FINER
    small = _finely(min(width, 2 * end + 1), min(height, 2 * end + 1), colour, corner, rim)
    if small.get_size() == (width, height):
        return small
    picture = pygame.Surface((width, height), pygame.SRCALPHA)
    for left, from_left, wide, from_wide in _stretches(width, small.get_width(), end):
        for top, from_top, high, from_high in _stretches(height, small.get_height(), end):
            part = small.subsurface((from_left, from_top, from_wide, from_high))
            picture.blit(pygame.transform.scale(part, (wide, high)), (left, top))
    return picture


def _stretches(whole: int, small: int, end: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return both ends and the stretched part between: where, from where, how long, of how long."""
    if small < 2 * end + 1:
        return ((0, 0, whole, whole),)
    ends = ((0, 0, end, end), (whole - end, end + 1, end, end)) if end else ()
    return (*ends, (end, end, whole - 2 * end, 1))


def _finely(width: int, height: int, colour: Rgba, corner: int, rim: int) -> pygame.Surface:
    large = pygame.Surface((width * _FINER, height * _FINER), pygame.SRCALPHA)
    # The empty pixels take the colour too: averaging would darken the edge with their black.
    large.fill((*colour[:3], 0))
    thick = max(1, rim) if rim else 0
    pygame.draw.rect(large, colour, large.get_rect(), thick, border_radius=corner * _FINER)
    return pygame.transform.smoothscale(large, (width, height))
