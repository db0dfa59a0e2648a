"""Dark translucent panels with round corners, and bars."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pygame

from game.app.ui.box import Box
from game.app.ui.lettering import Colour

_BACK: Final = (12, 14, 18, 188)
_RIM: Final = (255, 255, 255, 30)
_TROUGH: Final = (46, 50, 58)
_CASE: Final = (214, 219, 225)
_FINER: Final = 3


@lru_cache(maxsize=64)
def _panel(width: int, height: int, radius: int) -> pygame.Surface:
    large = pygame.Surface((width * _FINER, height * _FINER), pygame.SRCALPHA)
    whole, corner = large.get_rect(), radius * _FINER
    pygame.draw.rect(large, _BACK, whole, border_radius=corner)
    pygame.draw.rect(large, _RIM, whole, _FINER, border_radius=corner)
    return pygame.transform.smoothscale(large, (width, height))


def draw_panel(surface: pygame.Surface, box: Box, unit: float) -> None:
    """A panel that fills a box."""
    surface.blit(_panel(box.width, box.height, round(10 * unit)), (box.left, box.top))


def draw_bar(surface: pygame.Surface, box: Box, share: float, colour: Colour) -> None:
    """A bar filled from the left to a share, 0..1."""
    _trough(surface, box)
    filled = round(box.width * min(max(share, 0.0), 1.0))
    if filled > 0:
        radius = min(box.height // 2, filled // 2)
        rect = (box.left, box.top, filled, box.height)
        pygame.draw.rect(surface, colour, rect, border_radius=radius)


def draw_two_way_bar(
    surface: pygame.Surface, box: Box, share: float, middle: float, colours: tuple[Colour, Colour]
) -> None:
    """A bar filled from `middle` (0..1 of its width) to the left or right; share is -1..1.

    colours: to the left, to the right.
    """
    _trough(surface, box)
    zero = box.left + round(middle * box.width)
    room = (1.0 - middle if share > 0.0 else middle) * box.width
    filled = round(min(abs(share), 1.0) * room)
    if filled > 0:
        left = zero if share > 0.0 else zero - filled
        pygame.draw.rect(surface, colours[share > 0.0], (left, box.top, filled, box.height))
    pygame.draw.rect(surface, (225, 228, 232), (zero - 1, box.top - 2, 2, box.height + 4))


def draw_battery(
    surface: pygame.Surface, middle: tuple[float, float], charge: float, unit: float
) -> None:
    """A battery, filled to its charge, 0..1."""
    case = pygame.Rect(0, 0, round(26 * unit), round(13 * unit))
    case.center = (round(middle[0]), round(middle[1]))
    rim = max(1, round(1.5 * unit))
    pygame.draw.rect(surface, _CASE, case, rim, border_radius=round(3 * unit))
    knob = pygame.Rect(case.right, 0, round(3 * unit), round(6 * unit))
    knob.centery = case.centery
    pygame.draw.rect(surface, _CASE, knob)
    inner = case.inflate(-3 * rim, -3 * rim)
    inner.width = round(inner.width * min(max(charge, 0.0), 1.0))
    pygame.draw.rect(surface, _CASE, inner)


def _trough(surface: pygame.Surface, box: Box) -> None:
    pygame.draw.rect(surface, _TROUGH, box, border_radius=box.height // 2)
