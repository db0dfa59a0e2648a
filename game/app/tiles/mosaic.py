"""Tiles side by side in one picture that is kept, from which the ground of a view is warped.

The picture repeats itself to all sides: a tile lies at its column and row modulo those of the
picture. A view that moves on needs only the tiles that come into it to be laid, each over one that
has left it, and the picture is never moved.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

import cv2
import numpy as np
import pygame

from game.app.canvas.warp import Pixels, is_plain, pixels_of, warp
from game.app.tiles.tiles import TILE_PX, Part, TileKey
from game.app.view.camera import View
from game.arrays import Array

_UNPAINTED: Final = (140, 122, 86)
_MARGIN_PX: Final = 2  # around a view, for what is interpolated at its edge
_BAND_PX: Final = 72
_LEVEL: Final = 1e-9  # of tile pixels a pixel: this far from level, a row of pixels is level
_SPARE_TILES: Final = 3  # a picture that is larger by so many columns or rows is given up
_APART_PX: Final = 16  # rows whose bytes begin a power of two apart would share a cache's lines

GetTile = Callable[[TileKey], pygame.Surface | None]


class _Repeat(NamedTuple):
    """One of the repeated pictures that a view sees, and the view's pixels that may show it."""

    shift_u: int
    shift_v: int
    left: int
    top: int
    right: int
    bottom: int


class Mosaic:
    """The tiles around a view, at one scale after another."""

    def __init__(self) -> None:
        self._columns = 0
        self._rows = 0
        self._memory = np.zeros(4, np.uint8)  # kept: fresh memory costs more than laying tiles
        self._pixels: Pixels = self._memory.reshape(1, 1, 4)
        self._laid: dict[tuple[int, int], tuple[TileKey, pygame.Surface | None]] = {}
        self._side = TILE_PX  # of a tile in this picture
        self._plain = pygame.Surface((1, 1))  # where the target is not laid out as tiles are

    def forget(self, tile: pygame.Surface) -> None:
        """Lay this tile again before it is shown: it has been drawn onto."""
        for slot, (_, laid) in list(self._laid.items()):
            if laid is tile:
                del self._laid[slot]

    def draw(
        self, surface: pygame.Surface, view: View, scale: float, shrunk: float, get: GetTile
    ) -> None:
        """Fill the surface with a view's ground, from tiles of a scale, laid `shrunk` so much."""
        self._fit(view, scale, shrunk)
        for key in keys_in(view, scale):
            self._lay(key, get(key))
        if is_plain(surface):
            self._warp(pixels_of(surface), view, scale * shrunk)
            return
        if self._plain.get_size() != surface.get_size():
            self._plain = pygame.Surface(surface.get_size(), 0, 32)
        self._warp(pixels_of(self._plain), view, scale * shrunk)
        surface.blit(self._plain, (0, 0))

    def _fit(self, view: View, scale: float, shrunk: float) -> None:
        """Have room for every tile that a view of this size and zoom may touch, as it moves."""
        columns, rows = _most_tiles(view, scale)
        side = round(TILE_PX * shrunk)
        grows = columns > self._columns or rows > self._rows
        shrinks = max(self._columns - columns, self._rows - rows) >= _SPARE_TILES
        if not grows and not shrinks and side == self._side:
            return
        self._columns, self._rows, self._side = columns, rows, side
        # One row and one column more repeat the first, so that nothing has a seam.
        width, height = columns * side + 1, rows * side + 1
        needed = height * (width + _APART_PX) * 4
        if len(self._memory) < needed:
            self._memory = np.zeros(needed, np.uint8)
        picture = self._memory[:needed].reshape(height, width + _APART_PX, 4)
        self._pixels = picture[:, :width]
        self._laid.clear()

    def _lay(self, key: TileKey, tile: pygame.Surface | None) -> None:
        slot = (key.column % self._columns, -(key.row + 1) % self._rows)
        laid = self._laid.get(slot)
        if laid is not None and laid[0] == key and laid[1] is tile:
            return
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
        if slot[0] == 0:
            self._pixels[top : top + side, -1] = place[:, 0]
        if slot[1] == 0:
            self._pixels[-1, left : left + side] = place[0]
        if slot == (0, 0):
            self._pixels[-1, -1] = place[0, 0]

    def _warp(self, target: Pixels, view: View, scale: float) -> None:
        matrix = _to_mosaic(view, scale)
        for repeat in self._repeats(matrix, view):
            part = target[repeat.top : repeat.bottom, repeat.left : repeat.right]
            shifted = matrix.copy()
            shifted[:, 2] += matrix[:, :2] @ (repeat.left, repeat.top)
            shifted[:, 2] -= (repeat.shift_u, repeat.shift_v)
            warp(self._pixels, shifted, part)

    def _repeats(self, matrix: Array, view: View) -> Iterator[_Repeat]:
        """Give the repeats that a view sees, band by band: a turned one crosses each at a slant."""
        corners = np.array([(x, y, 1.0) for x in (0, view.width - 1) for y in (0, view.height - 1)])
        seen = corners @ matrix.T
        wide, high = self._columns * self._side, self._rows * self._side
        first, last = (
            np.floor(ends / (wide, high)).astype(int).tolist()
            for ends in (seen.min(axis=0), seen.max(axis=0))
        )
        band = view.height if first == last else _BAND_PX
        for column in range(first[0], last[0] + 1):
            for row in range(first[1], last[1] + 1):
                u, v = column * wide, row * high
                for top in range(0, view.height, band):
                    bottom = min(top + band, view.height)
                    across = (0.0, view.width - 1.0)
                    across = _meeting(across, matrix[0], (u, u + wide), (top, bottom - 1))
                    across = _meeting(across, matrix[1], (v, v + high), (top, bottom - 1))
                    if across[0] <= across[1]:
                        left, right = math.floor(across[0]), math.ceil(across[1]) + 1
                        yield _Repeat(u, v, left, top, min(right, view.width), bottom)


def _meeting(
    across: tuple[float, float],
    row: Array,
    ends: tuple[int, int],
    rows: tuple[int, int],
) -> tuple[float, float]:
    """Return the pixels of a band for which `row` of a matrix gives a value between the ends."""
    per_x, per_y, begin = row.tolist()
    values = [begin + per_y * y for y in rows]
    if abs(per_x) < _LEVEL:
        return across if max(values) >= ends[0] and min(values) <= ends[1] else (1.0, 0.0)
    places = [(end - value) / per_x for end in ends for value in values]
    return max(across[0], min(places)), min(across[1], max(places))


def _to_mosaic(view: View, scale: float) -> Array:
    """The matrix from a view's pixels to those of the whole picture at a scale, x east, y south."""
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
    cos, sin = math.cos(view.turn_rad), math.sin(view.turn_rad)
    half_m = 0.5 * TILE_PX / scale
    reach_m = half_m * (abs(cos) + abs(sin)) + _MARGIN_PX / scale
    touching = []
    for key in keys:
        piece = key.piece
        east_m, north_m = piece.west_m + half_m - view.x_m, piece.south_m + half_m - view.y_m
        right_m, up_m = east_m * cos - north_m * sin, east_m * sin + north_m * cos
        if abs(right_m) < view.half_width_m + reach_m and abs(up_m) < view.half_height_m + reach_m:
            touching.append(key)
    return touching


def _most_tiles(view: View, scale: float) -> tuple[int, int]:
    """Return how many columns and rows of tiles a view may touch, wherever it lies."""
    wide_m, high_m = 2.0 * view.half_width_m, 2.0 * view.half_height_m
    if view.turn_rad != 0.0:
        wide_m = high_m = math.hypot(wide_m, high_m)
    margin_px = 2 * _MARGIN_PX + 2
    columns, rows = (
        math.ceil((length_m * scale + margin_px) / TILE_PX) + 1 for length_m in (wide_m, high_m)
    )
    return columns, rows


def _part_around(view: View, scale: float) -> Part:
    """Return the box around a view, and a little more for what is interpolated at its edge."""
    cos, sin = abs(math.cos(view.turn_rad)), abs(math.sin(view.turn_rad))
    half_wide_m = cos * view.half_width_m + sin * view.half_height_m
    half_high_m = sin * view.half_width_m + cos * view.half_height_m
    left = math.floor((view.x_m - half_wide_m) * scale) - _MARGIN_PX
    top = math.floor((-view.y_m - half_high_m) * scale) - _MARGIN_PX
    wide = math.ceil(2.0 * half_wide_m * scale) + 2 * _MARGIN_PX + 1
    high = math.ceil(2.0 * half_high_m * scale) + 2 * _MARGIN_PX + 1
    return Part(scale, left, top, wide, high)
