"""Draws the ground of a view: tiles put together and scaled once to the window."""

from __future__ import annotations

import math
from typing import Final

import pygame

from game.app.camera import View
from game.app.ground import GroundPainter
from game.app.tiles import SCALES, TILE_PX, TileKey, Tiles
from game.track.track import Track

_ENLARGED: Final = 1.25  # a scale is used up to so many screen pixels a pixel of it ...
_STAY: Final = 1.06  # ... and left only when so much beyond, so that it does not flicker
_NOT_YET: Final = (84, 110, 56)


class WorldView:
    """The ground of one circuit."""

    def __init__(self, track: Track) -> None:
        self.tiles = Tiles(GroundPainter(track))
        self._scale = SCALES[-1]
        self._canvas = pygame.Surface((1, 1))

    def draw(self, surface: pygame.Surface, view: View) -> None:
        """Fill the surface with the view's ground as far as it is painted."""
        self._scale = self._scale_for(view)
        scale = self._scale
        left = math.floor((view.x_m - view.half_width_m) * scale) - 1
        top = math.floor(-(view.y_m + view.half_height_m) * scale) - 1
        width = math.ceil(2.0 * view.half_width_m * scale) + 3
        height = math.ceil(2.0 * view.half_height_m * scale) + 3
        part = self._canvas_of(width, height)
        self.tiles.forget_wishes()
        for key in _keys(scale, left, top, width, height):
            tile = self.tiles.get(key)
            place = (key.column * TILE_PX - left, -(key.row + 1) * TILE_PX - top)
            if tile is None:
                part.fill(_NOT_YET, (*place, TILE_PX, TILE_PX))
            else:
                part.blit(tile, place)
        times = view.pixels_per_m / scale
        size = (round(width * times), round(height * times))
        scaled = pygame.transform.smoothscale(part, size)
        corner = view.to_screen(left / scale, -top / scale)
        surface.blit(scaled, (round(corner[0]), round(corner[1])))

    def paint_in_view(self, view: View) -> None:
        """Paint all of a view's tiles now, however long it takes."""
        self._scale = self._scale_for(view)
        scale = self._scale
        self.tiles.paint_all(
            _keys(
                scale,
                math.floor((view.x_m - view.half_width_m) * scale) - 1,
                math.floor(-(view.y_m + view.half_height_m) * scale) - 1,
                math.ceil(2.0 * view.half_width_m * scale) + 3,
                math.ceil(2.0 * view.half_height_m * scale) + 3,
            )
        )

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

    def _canvas_of(self, width: int, height: int) -> pygame.Surface:
        """A part of this size of a canvas that only ever grows."""
        old_width, old_height = self._canvas.get_size()
        if old_width < width or old_height < height:
            self._canvas = pygame.Surface((max(width, old_width), max(height, old_height)))
        return self._canvas.subsurface((0, 0, width, height))


def _keys(scale: float, left: int, top: int, width: int, height: int) -> list[TileKey]:
    """The tiles that cover a rectangle in pixels of a scale, y counted downwards."""
    columns = range(left // TILE_PX, (left + width - 1) // TILE_PX + 1)
    rows = range(-((top + height - 1) // TILE_PX) - 1, -(top // TILE_PX))
    return [TileKey(scale, column, row) for row in rows for column in columns]
