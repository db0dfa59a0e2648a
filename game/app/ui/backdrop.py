"""Draw what lies behind a menu: a picture made dark and soft once, or a veil over a live one."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Protocol

import numpy as np
import pygame

from game.app.ui.palette import INK
from game.arrays import Array

_SOFT_PX: Final = 270  # height of the picture that is blurred and enlarged
_BLUR_PX: Final = 2  # of that picture: one sees where one is, and no edge is taken for text
_SHADE: Final = 166  # of 255, of the veil over the soft picture
_SIDE_SHADE: Final = 50  # more of the veil at the sides, where most is read
_SIDE: Final = 0.42  # of the width, that this reaches in from either side
_VEIL_SHARE: Final = 0.62  # of the width that the veil over a live picture reaches
_VEIL_SHADE: Final = 216
_BOTTOM: Final = 0.26  # of the height
_HEAD: Final = 0.50  # of the height, that the veil reaches down behind a name
_HEAD_SHADE: Final = 0.80
_HEAD_SHARE: Final = 0.9  # of the width
_BOTTOM_SHADE: Final = 0.8


class Picture(Protocol):
    """A picture can be drawn behind a menu or the instruments."""

    def draw(self, surface: pygame.Surface) -> None:
        """Fill the surface."""
        ...


class Backdrop:
    """Softens and darkens a picture when it is first drawn at a size."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._soft: pygame.Surface | None = None

    def draw(self, surface: pygame.Surface) -> None:
        """Fill the surface with it."""
        if self._soft is None or self._soft.get_size() != surface.get_size():
            self._picture.draw(surface)
            self._soft = _softened(surface)
        surface.blit(self._soft, (0, 0))


class Veiled:
    """Darkens a moving picture at the left, where the menu stands, at the head and at the foot."""

    def __init__(self, picture: Picture) -> None:
        self._picture = picture

    def draw(self, surface: pygame.Surface) -> None:
        """Fill the surface with it."""
        self._picture.draw(surface)
        width, height = surface.get_size()
        veil, left = _veil(width, height), round(_VEIL_SHARE * width)
        head, foot = round(_HEAD * height), round((1.0 - _BOTTOM) * height)
        surface.blit(veil, (0, 0), (0, 0, left, height))
        surface.blit(veil, (left, 0), (left, 0, width - left, head))
        surface.blit(veil, (left, foot), (left, foot, width - left, height - foot))


def draw_bottom_shade(surface: pygame.Surface) -> None:
    """Darken the lower edge of a live picture, where hints stand."""
    surface.blit(
        _bottom_shade(*surface.get_size()), (0, round((1.0 - _BOTTOM) * surface.get_height()))
    )


def _softened(surface: pygame.Surface) -> pygame.Surface:
    width, height = surface.get_size()
    size = (max(_SOFT_PX * width // height, 1), _SOFT_PX)
    small = pygame.transform.smoothscale(surface, size)
    small = pygame.transform.gaussian_blur(small, _BLUR_PX)
    across = np.arange(size[0]) / size[0]
    side = np.clip(1.0 - np.minimum(across, 1.0 - across) / _SIDE, 0.0, 1.0)
    shade = (_SHADE + _SIDE_SHADE * side * side * (3.0 - 2.0 * side)) / _VEIL_SHADE
    small.blit(_shaded(np.repeat(shade[:, None], size[1], axis=1)), (0, 0))
    return pygame.transform.smoothscale(small, (width, height)).convert()


@lru_cache(maxsize=1)
def _veil(width: int, height: int) -> pygame.Surface:
    """Return a veil: dark at the left and behind a name, clear at the right, with a foot."""
    across, up = np.arange(width) / width, np.arange(height) / height
    left = _soft_step(1.0 - across / _VEIL_SHARE)
    head = _HEAD_SHADE * _soft_step(1.0 - up / _HEAD)[None, :]
    head = head * _soft_step(2.0 * (1.0 - across / _HEAD_SHARE))[:, None]
    down = _BOTTOM_SHADE * np.clip((np.arange(height) / height - 1.0 + _BOTTOM) / _BOTTOM, 0.0, 1.0)
    return _shaded(1.0 - (1.0 - left)[:, None] * (1.0 - head) * (1.0 - down)[None, :])


def _soft_step(share: Array) -> Array:
    """Return 0 below 0 and 1 above 1, smooth between them."""
    share = np.clip(share, 0.0, 1.0)
    return np.asarray(share * share * (3.0 - 2.0 * share))


@lru_cache(maxsize=1)
def _bottom_shade(width: int, height: int) -> pygame.Surface:
    return _shaded(np.ones((width, 1)) * np.linspace(0.0, 0.8, round(_BOTTOM * height))[None, :])


def _shaded(shade: Array) -> pygame.Surface:
    """Return ink of a density, 0..1, shape (width, height)."""
    veil = pygame.Surface(shade.shape, pygame.SRCALPHA)
    veil.fill((*INK, 0))
    alpha = pygame.surfarray.pixels_alpha(veil)
    alpha[:] = (_VEIL_SHADE * shade).astype(np.uint8)
    del alpha
    return veil
