"""Draw dark translucent panels with round corners, and bars."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame

from game.app.ui.box import Box
from game.app.ui.palette import INK, LIGHT, TROUGH, Colour

OPACITY: Final = 0.74

_TOP: Final = (27, 32, 40)
_RIM: Final = (255, 255, 255, 26)
_FINER: Final = 3


def draw_panel(surface: pygame.Surface, box: Box, unit: float, opacity: float = OPACITY) -> None:
    """Draw a panel that fills a box; opacity is 0..1."""
    panel = _panel(box.width, box.height, round(9 * unit), round(255 * opacity))
    surface.blit(panel, (box.left, box.top))


def draw_two_way_bar(
    surface: pygame.Surface, box: Box, share: float, middle: float, colours: tuple[Colour, Colour]
) -> None:
    """Draw a bar filled from `middle` (0..1 of its width) to the left or right; share is -1..1.

    colours: to the left, to the right.
    """
    draw_trough(surface, box)
    zero = box.left + round(middle * box.width)
    room = (1.0 - middle if share > 0.0 else middle) * box.width
    filled = round(min(abs(share), 1.0) * room)
    radius = box.height // 2
    if filled > 0 and share > 0.0:
        rect = (zero, box.top, filled, box.height)
        pygame.draw.rect(
            surface,
            colours[1],
            rect,
            border_top_right_radius=radius,
            border_bottom_right_radius=radius,
        )
    elif filled > 0:
        rect = (zero - filled, box.top, filled, box.height)
        pygame.draw.rect(
            surface,
            colours[0],
            rect,
            border_top_left_radius=radius,
            border_bottom_left_radius=radius,
        )
    wide = max(2, box.height // 4)
    over = max(1, box.height // 4)
    mark = (zero - wide // 2, box.top - over, wide, box.height + 2 * over)
    pygame.draw.rect(surface, LIGHT, mark)


def draw_trough(surface: pygame.Surface, box: Box) -> None:
    """Draw the empty bar."""
    pygame.draw.rect(surface, TROUGH, box, border_radius=box.height // 2)


@lru_cache(maxsize=64)
def _panel(width: int, height: int, radius: int, alpha: int) -> pygame.Surface:
    """Return a panel that is lighter at the upper edge, as glass under the sky."""
    large = pygame.Surface((width * _FINER, height * _FINER), pygame.SRCALPHA)
    whole, corner = large.get_rect(), radius * _FINER
    pygame.draw.rect(large, (255, 255, 255, alpha), whole, border_radius=corner)
    shade = pygame.Surface((1, 2), pygame.SRCALPHA)
    shade.set_at((0, 0), (*_TOP, 255))
    shade.set_at((0, 1), (*INK, 255))
    shade = pygame.transform.smoothscale(shade, whole.size)
    large.blit(shade, (0, 0), special_flags=pygame.BLEND_RGBA_MULT)
    rim = pygame.Surface(whole.size, pygame.SRCALPHA)
    pygame.draw.rect(rim, (*_RIM[:3], round(_RIM[3] * alpha / 255)), whole, _FINER, corner)
    large.blit(rim, (0, 0))
    return pygame.transform.smoothscale(large, (width, height))
