"""Hold the surface that the world is painted on, and bring it into the window.

The world has a size of its own, the window's times the render scale. At 100 % it is painted
straight into the window.
"""

from __future__ import annotations

from typing import Final

import cv2
import numpy as np
import pygame

from game.app.canvas.warp import pixels_of
from game.app.view.camera import View
from game.app.view.render_scale import RenderScale, Resolution

_PIXEL_BYTES: Final = 4


class WorldScreen:
    """Gives a surface to paint the world on, and shows it in the window."""

    def __init__(self, render_scale: RenderScale) -> None:
        self._render_scale = render_scale
        self._canvas = pygame.Surface((1, 1))

    def view(self, view: View) -> View:
        """Return a view of the window as it is painted: with the pixels of the world's surface."""
        return _scaled(view, self._render_scale.resolution((view.width, view.height)))

    def begin(self, surface: pygame.Surface) -> pygame.Surface:
        """Return the surface to paint the world on, for a window of this surface."""
        width, height = surface.get_size()
        size = _size(width, height, self._render_scale.resolution((width, height)))
        if size == (width, height):
            return surface
        if self._canvas.get_size() != size:
            self._canvas = pygame.Surface(size, depth=8 * _PIXEL_BYTES)
        return self._canvas

    def show(self, painted: pygame.Surface, surface: pygame.Surface) -> None:
        """Scale what was painted into the window."""
        if painted is surface:
            return
        size = surface.get_size()
        shrinks = painted.get_width() > size[0]
        smooth = self._render_scale.resolution(size).smooth
        if _format(painted) != _format(surface):
            surface.blit(pygame.transform.smoothscale(painted, size), (0, 0))
        elif shrinks or smooth:
            interpolation = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
            cv2.resize(pixels_of(painted), size, pixels_of(surface), interpolation=interpolation)
        else:
            # Whole pixels are copied a tenth quicker than four bytes each.
            source, target = (pixels_of(each).view(np.int32) for each in (painted, surface))
            cv2.resize(source, size, target, interpolation=cv2.INTER_NEAREST)


def _format(surface: pygame.Surface) -> tuple[int, ...]:
    return surface.get_bytesize(), *surface.get_masks()[:3]


def _size(width: int, height: int, resolution: Resolution) -> tuple[int, int]:
    return max(round(width * resolution.scale), 1), max(round(height * resolution.scale), 1)


def _scaled(view: View, resolution: Resolution) -> View:
    width, height = _size(view.width, view.height, resolution)
    return view._replace(
        width=width, height=height, pixels_per_m=view.pixels_per_m * width / view.width
    )
