"""Smooth rounded rectangles and circles, drawn once and kept."""

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
    """Fill a box with round corners; with a rim only its outline, so many pixels wide."""
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


@lru_cache(maxsize=256)
def _rounded(width: int, height: int, colour: Rgba, radius: int, rim: int) -> pygame.Surface:
    finer = 1 if width * height > 200_000 else _FINER
    large = pygame.Surface((width * finer, height * finer), pygame.SRCALPHA)
    corner = min(radius, width // 2, height // 2) * finer
    # The empty pixels take the colour too: averaging would darken the edge with their black.
    large.fill((*colour[:3], 0))
    rim = max(1, rim * finer // _FINER) if rim else 0
    pygame.draw.rect(large, colour, large.get_rect(), rim, border_radius=corner)
    return large if finer == 1 else pygame.transform.smoothscale(large, (width, height))
