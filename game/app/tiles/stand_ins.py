"""Show enlarged parts of coarser tiles until the tiles themselves are there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final, NamedTuple

import cv2
import pygame

from game.app.canvas.warp import pixels_of
from game.app.tiles.tiles import SCALES, TILE_PX, TileKey

_MAX_KEPT: Final = 64  # more than a turned view of a large window touches
_MAX_IMPROVED: Final = 4  # in a frame: enlarging one takes half a millisecond


class _StandIn(NamedTuple):
    """A stand-in is a part of a coarser tile."""

    scale: float  # of the tile it is a part of
    surface: pygame.Surface


class StandIns:
    """Stands in for tiles with parts of the finest coarser ones among those that are ready."""

    def __init__(self, ready: Mapping[TileKey, pygame.Surface]) -> None:
        self._ready = ready
        self._kept: OrderedDict[TileKey, _StandIn] = OrderedDict()
        self._improved = 0

    def begin_frame(self) -> None:
        """Allow some more to be made anew from finer tiles."""
        self._improved = 0

    def get(self, key: TileKey) -> pygame.Surface | None:
        """Return what stands in for a tile; None where there is nothing coarser either."""
        kept = self._kept.get(key)
        found = self._finest_around(key)
        if found is None:
            return None if kept is None else kept.surface
        if kept is not None:
            if kept.scale >= found.scale or self._improved == _MAX_IMPROVED:
                return kept.surface
            self._improved += 1
        made = _StandIn(found.scale, _enlarged(self._ready[found], found, key))
        self._kept[key] = made
        self._kept.move_to_end(key)
        if len(self._kept) > _MAX_KEPT:
            self._kept.popitem(last=False)
        return made.surface

    def drop(self, key: TileKey) -> None:
        """Give up what stands in for a tile that has come."""
        self._kept.pop(key, None)

    def _finest_around(self, key: TileKey) -> TileKey | None:
        for scale in reversed(SCALES):
            if scale < key.scale and key.coarser(scale) in self._ready:
                return key.coarser(scale)
        return None


def _enlarged(tile: pygame.Surface, around: TileKey, key: TileKey) -> pygame.Surface:
    """Return the part of a coarser tile that a tile shows, as large as that."""
    times = round(key.scale / around.scale)
    side = TILE_PX // times
    left = key.column % times * side
    top = TILE_PX - side - key.row % times * side
    part = pixels_of(tile)[top : top + side, left : left + side]
    surface = pygame.Surface((TILE_PX, TILE_PX), 0, 32)
    cv2.resize(part, (TILE_PX, TILE_PX), pixels_of(surface), interpolation=cv2.INTER_LINEAR)
    return surface
