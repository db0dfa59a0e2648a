"""Lay tiles side by side in one picture, from which the ground of a view is warped.

The picture repeats itself to all sides: a tile lies at its column and row modulo those of the
picture. A view that moves on needs only the tiles that come into it to be laid, each over one that
has left it, and the picture is never moved.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final

import cv2
import numpy as np
import pygame

from game.app.canvas.warp import Pixels, is_plain, pixels_of, warp
from game.app.tiles.tiles import TILE_PX, TileArea, TileKey
from game.app.tiles.turned_warp import TurnedWarp
from game.app.view.camera import View
from game.arrays import Array

_UNPAINTED: Final = (140, 122, 86)
_MARGIN_PX: Final = 2  # around a view, for what is interpolated at its edge
_SPARE_TILES: Final = 4  # a picture that is larger by so many columns or rows is given up
USUAL_ROOM: Final = 1.3  # a view may zoom out so far before the picture becomes too small
NO_LIMIT: Final = 1_000_000  # tiles laid in one frame
_APART_PX: Final = 16  # rows whose bytes begin a power of two apart would share a cache's lines

GetTile = Callable[[TileKey], pygame.Surface | None]
Finish = Callable[[Pixels, TileKey], None]


class Mosaic:
    """Lays the tiles around a view, at one scale after another."""

    def __init__(self, finish: Finish | None = None) -> None:
        """Call `finish` with the pixels of every tile that has been laid, to be changed."""
        self._finish = finish
        self._columns = 0
        self._rows = 0
        # Kept: fresh memory costs more than laying tiles. Numpy asks for large pages of memory for
        # `empty` but not for `zeros`, and a turned view is read a twentieth quicker from them.
        self._memory = np.empty(4, np.uint8)
        self._pixels: Pixels = self._memory.reshape(1, 1, 4)
        self._laid: dict[tuple[int, int], tuple[TileKey, pygame.Surface | None]] = {}
        self._side = TILE_PX  # of a tile in this picture
        self._turned_warp = TurnedWarp()
        self._plain = pygame.Surface((1, 1))  # where the target is not laid out as tiles are

    def forget(self, tile: pygame.Surface) -> None:
        """Lay this tile again before it is shown: it has been drawn onto."""
        for slot, (_, laid) in list(self._laid.items()):
            if laid is tile:
                del self._laid[slot]

    def reserve(self, view: View, scale: float, shrunk: float) -> None:
        """Take the memory for such a view, and write to all of it.

        Fresh memory is slow when it is written to for the first time.
        """
        needed = _bytes_for(*_max_tiles(view, scale), round(TILE_PX * shrunk))
        if len(self._memory) < needed:
            self._memory = np.empty(needed, np.uint8)
            self._memory.fill(0)
            self._columns = self._rows = 0

    def draw(
        self,
        surface: pygame.Surface,
        view: View,
        scale: float,
        shrunk: float,
        get: GetTile,
        room: float = USUAL_ROOM,
        spare: int = NO_LIMIT,
    ) -> int:
        """Fill the surface with a view's ground, from tiles of a scale, laid `shrunk` so much.

        spare: as many tiles may be laid over what stood in for them; the others wait for the next
        frame. Returns how many are left of those.
        """
        self.fit(view, scale, shrunk, room)
        for key in keys_in(view, scale):
            tile = get(key)
            if self.shows(key, tile):
                continue
            if spare > 0 or not self.has(key):
                self.lay(key, tile)
                spare -= 1
        self._warp_onto(surface, view, scale * shrunk)
        return max(spare, 0)

    def _warp_onto(self, surface: pygame.Surface, view: View, scale: float) -> None:
        if is_plain(surface):
            self._warp(pixels_of(surface), view, scale)
            return
        if self._plain.get_size() != surface.get_size():
            self._plain = pygame.Surface(surface.get_size(), 0, 32)
        self._warp(pixels_of(self._plain), view, scale)
        surface.blit(self._plain, (0, 0))

    def fit(self, view: View, scale: float, shrunk: float, room: float = USUAL_ROOM) -> None:
        """Make room for every tile that a view of this size and zoom may touch, as it moves.

        room: how far the view may zoom out before all tiles have to be laid anew.
        """
        columns, rows = _max_tiles(view, scale)
        side = round(TILE_PX * shrunk)
        grows = columns > self._columns or rows > self._rows
        columns, rows = _max_tiles(view, max(room, 1.0) * scale)
        shrinks = max(self._columns - columns, self._rows - rows) >= _SPARE_TILES
        if not grows and not shrinks and side == self._side:
            return
        self._columns, self._rows, self._side = columns, rows, side
        # One row and one column more repeat the first, so that a level view has no seam.
        width, height = columns * side + 1, rows * side + 1
        needed = _bytes_for(columns, rows, side)
        if len(self._memory) < needed:
            self._memory = np.empty(needed, np.uint8)
        picture = self._memory[:needed].reshape(height, width + _APART_PX, 4)
        self._pixels = picture[:, :width]
        self._laid.clear()

    def laid(self) -> list[TileKey]:
        """Return all tiles that are laid."""
        return [key for key, _ in self._laid.values()]

    def lay_again(self, key: TileKey) -> None:
        """Lay a tile anew, as it is to be finished now, if it is laid."""
        slot = self._slot(key)
        laid = self._laid.get(slot)
        if laid is not None and laid[0] == key:
            del self._laid[slot]
            self.lay(*laid)

    def has(self, key: TileKey) -> bool:
        """Return whether a tile, or what stood in for it, is laid."""
        return self.key_under(key) == key

    def shows(self, key: TileKey, tile: pygame.Surface | None) -> bool:
        """Return whether this tile is laid where it belongs, or this one stands in for it."""
        laid = self._laid.get(self._slot(key))
        return laid is not None and laid[0] == key and laid[1] is tile

    def key_under(self, key: TileKey) -> TileKey | None:
        """Return the tile that is laid where a tile would be; None if there is none."""
        laid = self._laid.get(self._slot(key))
        return None if laid is None else laid[0]

    def clear(self) -> None:
        """Keep no tile."""
        self._laid.clear()

    def _slot(self, key: TileKey) -> tuple[int, int]:
        """Return the column and the row of the picture that a tile lies in."""
        return key.column % self._columns, -(key.row + 1) % self._rows

    def lay(self, key: TileKey, tile: pygame.Surface | None) -> None:
        """Lay a tile, None for bare ground; the picture must fit the view that it is in."""
        if self.shows(key, tile):
            return
        slot = self._slot(key)
        self._laid[slot] = (key, tile)
        side = self._side
        left, top = slot[0] * side, slot[1] * side
        place = self._pixels[top : top + side, left : left + side]
        if tile is None:
            place[:] = (*reversed(_UNPAINTED), 0)
        elif side == TILE_PX:
            place[:] = pixels_of(tile)
        else:
            cv2.resize(pixels_of(tile), (side, side), place, interpolation=cv2.INTER_LINEAR)
        if self._finish is not None:
            self._finish(place, key)
        if slot[0] == 0:
            self._pixels[top : top + side, -1] = place[:, 0]
        if slot[1] == 0:
            self._pixels[-1, left : left + side] = place[0]
        if slot == (0, 0):
            self._pixels[-1, -1] = place[0, 0]

    def _warp(self, target: Pixels, view: View, scale: float) -> None:
        matrix = _to_mosaic(view, scale)
        if view.turn_rad != 0.0:
            self._turned_warp.warp(self._pixels[:-1, :-1], matrix, target)
            return
        high, wide = self._rows * self._side, self._columns * self._side
        (per_px, _, u), (_, _, v) = matrix.tolist()
        for down, top, bottom in _repeats(v, per_px, view.height, high):
            for right, left, end in _repeats(u, per_px, view.width, wide):
                shifted = matrix.copy()
                shifted[:, 2] += (per_px * left - right, per_px * top - down)
                warp(self._pixels, shifted, target[top:bottom, left:end])


def _bytes_for(columns: int, rows: int, side: int) -> int:
    """Return the size of a picture of so many tiles, with what it repeats of itself."""
    return (rows * side + 1) * (columns * side + 1 + _APART_PX) * 4


def _repeats(
    begin: float, per_px: float, length: int, period: int
) -> Iterator[tuple[int, int, int]]:
    """Give the repeats of a picture that a level view sees in one direction.

    Each is given by its shift, and the first and one past the last of the view's pixels that may
    show it.
    """
    last = begin + per_px * (length - 1)
    for repeat in range(math.floor(begin / period), math.floor(last / period) + 1):
        shift = repeat * period
        first = max(math.ceil((shift - begin) / per_px), 0)
        yield shift, first, min(math.ceil((shift + period - begin) / per_px) + 1, length)


def _to_mosaic(view: View, scale: float) -> Array:
    """Return the matrix from a view's pixels to those of the whole picture at a scale."""
    times = scale / view.pixels_per_m
    cos, sin = times * math.cos(view.turn_rad), times * math.sin(view.turn_rad)
    # Pixels are squares: the middle of the first one lies half a pixel from the edge.
    x, y = 0.5 - 0.5 * view.width, 0.5 - 0.5 * view.height
    u = scale * view.x_m + cos * x - sin * y - 0.5
    v = -scale * view.y_m + sin * x + cos * y - 0.5
    return np.array([[cos, -sin, u], [sin, cos, v]])


def keys_in(view: View, scale: float) -> list[TileKey]:
    """Return the tiles of a scale that touch a view."""
    keys = _part_around(view, scale).tile_keys()
    if view.turn_rad == 0.0:
        return keys
    # Lengths in tiles, along the edges of the window.
    cos, sin = math.cos(view.turn_rad), math.sin(view.turn_rad)
    per_m = scale / TILE_PX
    reach = 0.5 * (abs(cos) + abs(sin)) + _MARGIN_PX / TILE_PX
    half_width = view.half_width_m * per_m + reach
    half_height = view.half_height_m * per_m + reach
    column, row = view.x_m * per_m - 0.5, view.y_m * per_m - 0.5
    right, up = column * cos - row * sin, column * sin + row * cos
    return [
        key
        for key in keys
        if abs(key.column * cos - key.row * sin - right) < half_width
        and abs(key.column * sin + key.row * cos - up) < half_height
    ]


def _max_tiles(view: View, scale: float) -> tuple[int, int]:
    """Return how many columns and rows of tiles a view may touch, wherever it lies."""
    wide_m, high_m = 2.0 * view.half_width_m, 2.0 * view.half_height_m
    if view.turn_rad != 0.0:
        wide_m = high_m = math.hypot(wide_m, high_m)
    margin_px = 2 * _MARGIN_PX + 2
    columns, rows = (
        math.ceil((length_m * scale + margin_px) / TILE_PX) + 1 for length_m in (wide_m, high_m)
    )
    return columns, rows


def _part_around(view: View, scale: float) -> TileArea:
    """Return the box around a view, and a little more for what is interpolated at its edge."""
    cos, sin = abs(math.cos(view.turn_rad)), abs(math.sin(view.turn_rad))
    half_wide_m = cos * view.half_width_m + sin * view.half_height_m
    half_high_m = sin * view.half_width_m + cos * view.half_height_m
    left = math.floor((view.x_m - half_wide_m) * scale) - _MARGIN_PX
    top = math.floor((-view.y_m - half_high_m) * scale) - _MARGIN_PX
    wide = math.ceil(2.0 * half_wide_m * scale) + 2 * _MARGIN_PX + 1
    high = math.ceil(2.0 * half_high_m * scale) + 2 * _MARGIN_PX + 1
    return TileArea(scale, left, top, wide, high)
