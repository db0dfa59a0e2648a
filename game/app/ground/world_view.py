"""Draws the ground of a view: tiles put together and scaled once to the window."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from game.app.camera import View
from game.app.ground.painter import GroundPainter
from game.app.ground.tiles import SCALES, TILE_PX, Part, Tiles
from game.track.track import Track

_ENLARGED: Final = 1.5  # a scale is used up to so many screen pixels a pixel of it ...
_STAY: Final = 1.06  # ... and left only when so much beyond, so that it does not flicker
_NOT_YET: Final = (66, 92, 44)
_AROUND_M: Final = 150.0  # of the circuit that a view at its edge may show


class WorldView:
    """The ground of one circuit."""

    def __init__(self, track: Track) -> None:
        self._painter = GroundPainter(track)
        self._tiles = Tiles(self._painter)
        self._scale = SCALES[-1]
        self._canvas = _Canvas()
        self._scaled = _Canvas()
        points = np.concatenate([wall.points_m for wall in track.walls])
        self._low_m = points.min(axis=0) - _AROUND_M
        self._high_m = points.max(axis=0) + _AROUND_M

    def prepare(self, view: View) -> None:
        """Paint the whole circuit coarsely, and finely what is in view."""
        self._painter.prepare(SCALES)
        left, down = self._low_m.tolist()
        right, up = self._high_m.tolist()
        scale = SCALES[0]
        size = (math.ceil((right - left) * scale), math.ceil((up - down) * scale))
        self._tiles.paint_all(Part(scale, math.floor(left * scale), math.floor(-up * scale), *size))
        self.paint_in_view(view)

    def paint_in_view(self, view: View) -> None:
        """Paint all of a view's tiles now, however long it takes."""
        self._scale = self._scale_for(view)
        self._tiles.paint_all(_part(view, self._scale))

    def paint_for(self, budget_s: float) -> None:
        """Paint some of what the last picture lacked or the next will show."""
        self._tiles.paint_for(budget_s)

    def draw(self, surface: pygame.Surface, view: View, soon: View | None = None) -> None:
        """Fill the surface with the view's ground as far as it is painted.

        soon: a view that is likely before long, to be painted after this one.
        """
        self._scale = self._scale_for(view)
        part = _part(view, self._scale)
        canvas = self._canvas.part(part.width, part.height)
        self._tiles.forget_wishes()
        for key in part.tile_keys():
            tile = self._tiles.get(key)
            place = (key.column * TILE_PX - part.left, -(key.row + 1) * TILE_PX - part.top)
            if tile is None:
                canvas.fill(_NOT_YET, (*place, TILE_PX, TILE_PX))
            else:
                canvas.blit(tile, place)
        if soon is not None:
            self._tiles.want(_part(soon, self._scale_for(soon)).tile_keys())
        times = view.pixels_per_m / self._scale
        size = (round(part.width * times), round(part.height * times))
        corner = view.to_screen(part.left / self._scale, -part.top / self._scale)
        place = (round(corner[0]), round(corner[1]))
        surface.blit(pygame.transform.smoothscale(canvas, size, self._scaled.part(*size)), place)

    def _scale_for(self, view: View) -> float:
        """The coarsest scale that does not look enlarged; the last one as long as it will do."""
        if self._suits(self._scale, view.pixels_per_m, _STAY):
            return self._scale
        for scale in SCALES:
            if view.pixels_per_m <= _ENLARGED * scale:
                return scale
        return SCALES[-1]

    def _suits(self, scale: float, pixels_per_m: float, slack: float) -> bool:
        index = SCALES.index(scale)
        highest = math.inf if scale == SCALES[-1] else _ENLARGED * scale * slack
        lowest = 0.0 if index == 0 else _ENLARGED * SCALES[index - 1] / slack
        return lowest < pixels_per_m <= highest


class _Canvas:
    """A surface that is kept from frame to frame: fresh memory costs more than drawing on it."""

    def __init__(self) -> None:
        self._surface = pygame.Surface((1, 1))

    def part(self, width: int, height: int) -> pygame.Surface:
        """A part of this size; its content is whatever it was."""
        old_width, old_height = self._surface.get_size()
        if old_width < width or old_height < height:
            grown = (_rounded_up(max(width, old_width)), _rounded_up(max(height, old_height)))
            self._surface = pygame.Surface(grown)
        return self._surface.subsurface((0, 0, width, height))


def _rounded_up(pixels: int) -> int:
    return (pixels + 255) // 256 * 256


def _part(view: View, scale: float) -> Part:
    """What of a scale's picture a view shows, with a pixel to spare on every side."""
    return Part(
        scale,
        math.floor((view.x_m - view.half_width_m) * scale) - 1,
        math.floor(-(view.y_m + view.half_height_m) * scale) - 1,
        math.ceil(2.0 * view.half_width_m * scale) + 3,
        math.ceil(2.0 * view.half_height_m * scale) + 3,
    )
