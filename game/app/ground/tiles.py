"""The painted ground in tiles of several scales, made when first seen and kept while in use."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

import pygame

from game.app.ground.painter import GroundPainter
from game.app.ground.patches import Piece

TILE_PX: Final = 512
SCALES: Final = (1.0, 2.0, 4.0, 8.0, 16.0)  # pixels a metre
_KEPT: Final = 220  # tiles, a megabyte each


class TileKey(NamedTuple):
    """A tile: its scale, and its place counted in tiles east and north of the origin."""

    scale: float
    column: int
    row: int


class Part(NamedTuple):
    """A rectangle of the whole picture at one scale, in pixels east and south of the origin."""

    scale: float
    left: int
    top: int
    width: int
    height: int

    def tile_keys(self) -> list[TileKey]:
        """The tiles that cover it."""
        right, bottom = self.left + self.width, self.top + self.height
        columns = range(self.left // TILE_PX, (right - 1) // TILE_PX + 1)
        rows = range(-((bottom - 1) // TILE_PX) - 1, -(self.top // TILE_PX))
        return [TileKey(self.scale, column, row) for row in rows for column in columns]


class Tiles:
    """Gives tiles; paints the missing ones a little at a time."""

    def __init__(self, painter: GroundPainter) -> None:
        self._painter = painter
        self._ready: OrderedDict[TileKey, pygame.Surface] = OrderedDict()
        self._stand_ins: dict[TileKey, pygame.Surface] = {}
        self._wanted: list[TileKey] = []
        self._current: TileKey | None = None
        self._work: Iterator[pygame.Surface | None] = iter(())

    def get(self, key: TileKey) -> pygame.Surface | None:
        """The tile, or a blown-up piece of a coarser one meanwhile, or nothing yet."""
        tile = self._ready.get(key)
        if tile is not None:
            self._ready.move_to_end(key)
            return tile
        if key not in self._wanted:
            self._wanted.append(key)
        if key not in self._stand_ins:
            stand_in = self._from_coarser(key)
            if stand_in is None:
                return None
            self._stand_ins[key] = stand_in
        return self._stand_ins[key]

    def want(self, keys: Iterable[TileKey]) -> None:
        """Ask for tiles that will be needed soon."""
        for key in keys:
            if key not in self._ready and key not in self._wanted:
                self._wanted.append(key)

    def forget_wishes(self) -> None:
        """Drop what was wanted but is not ready, before the tiles in view are asked for."""
        self._wanted.clear()

    def paint_for(self, budget_s: float) -> None:
        """Paint what is wanted until the time is up."""
        end_s = time.perf_counter() + budget_s
        while time.perf_counter() < end_s and self._step():
            pass

    def paint_all(self, part: Part) -> None:
        """Paint the tiles of a part now."""
        for key in part.tile_keys():
            if key not in self._ready:
                for picture in self._painter.paint(_piece(key)):
                    if picture is not None:
                        self._keep(key, picture)

    def _step(self) -> bool:
        """Do one step of painting; whether there is more to do."""
        if self._current is None:
            if not self._wanted:
                return False
            self._current = self._wanted.pop(0)
            self._work = self._painter.paint(_piece(self._current))
        picture = next(self._work, None)
        if picture is not None:
            self._keep(self._current, picture)
            self._current = None
        return True

    def _keep(self, key: TileKey, picture: pygame.Surface) -> None:
        self._ready[key] = picture
        self._stand_ins.pop(key, None)
        if key in self._wanted:
            self._wanted.remove(key)
        if len(self._stand_ins) > _KEPT // 4:
            self._stand_ins.clear()
        while len(self._ready) > _KEPT:
            oldest = next(iter(self._ready))
            if oldest.scale == SCALES[0]:
                self._ready.move_to_end(oldest)
            else:
                del self._ready[oldest]

    def _from_coarser(self, key: TileKey) -> pygame.Surface | None:
        for scale in reversed([s for s in SCALES if s < key.scale]):
            times = round(key.scale / scale)
            parent = self._ready.get(TileKey(scale, key.column // times, key.row // times))
            if parent is None:
                continue
            side = TILE_PX // times
            left = key.column % times * side
            top = TILE_PX - side - key.row % times * side
            part = parent.subsurface((left, top, side, side))
            return pygame.transform.scale(part, (TILE_PX, TILE_PX))
        return None


def _piece(key: TileKey) -> Piece:
    side_m = TILE_PX / key.scale
    return Piece(key.column * side_m, key.row * side_m, key.scale, TILE_PX)
