"""Paint ground finer than what is kept on disk, tile by tile, for a near view that rests."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final

import pygame

from game.app.tiles.mosaic import Finish, Mosaic, keys_in
from game.app.tiles.tile_detail import ENLARGED
from game.app.tiles.tile_store import OnReady
from game.app.tiles.tiles import SCALES, TileKey
from game.app.view.camera import View

_FINEST: Final = 64.0  # pixels a metre
_SHRUNK: Final = 0.75  # laid so where it is fine enough: ground nearly twice as fine would glitter
_MAX_TILES: Final = 96  # that are remembered beside those of a view, a megabyte each

PaintTile = Callable[[TileKey], pygame.Surface]


class FineGround:
    """Keeps the tiles of near views, at the scale that each of them is seen at."""

    def __init__(self, paint: PaintTile, mark: OnReady, finish: Finish | None = None) -> None:
        """Call `paint` for every tile, in a thread of its own, and `mark` when it is there.

        finish: what is done to every tile that has been laid.
        """
        self._paint = paint
        self._mark = mark
        self._tiles: dict[TileKey, pygame.Surface] = {}
        self._mosaic = Mosaic(finish)
        self._thread = ThreadPoolExecutor(1)
        self._begun: tuple[TileKey, Future[pygame.Surface]] | None = None

    def covers(self, view: View) -> bool:
        """Return whether a view is too near for the ground that is kept, and all of it is here."""
        return _scale_for(view) > SCALES[-1] and self._missing(view) is None

    def paint_beside(self, view: View) -> None:
        """Take the tile that was painted since, and begin the next of a near view."""
        if self._begun is not None and self._begun[1].done():
            self._take(view)
        missing = self._missing(view)
        if self._begun is None and missing is not None:
            self._begun = missing, self._thread.submit(self._paint, missing)

    def paint_now(self, view: View) -> None:
        """Paint all of a near view, however long it takes."""
        while self._begun is not None or self._missing(view) is not None:
            if self._begun is not None:
                self._take(view)
            self.paint_beside(view)

    def draw(self, surface: pygame.Surface, view: View) -> None:
        """Fill the surface with the ground of a view that is covered."""
        scale = _scale_for(view)
        is_finer = view.pixels_per_m <= ENLARGED * _SHRUNK * scale
        self._mosaic.draw(surface, view, scale, _SHRUNK if is_finer else 1.0, self._tiles.get)

    def _missing(self, view: View) -> TileKey | None:
        """Return a tile of a near view that is yet to be painted."""
        scale = _scale_for(view)
        keys = keys_in(view, scale) if scale > SCALES[-1] else []
        return next((key for key in keys if key not in self._tiles), None)

    def _take(self, view: View) -> None:
        """Take the tile that was begun, when it is painted; drop old ones if there are many."""
        assert self._begun is not None
        key, painted = self._begun
        self._begun = None
        self._tiles[key] = painted.result()
        self._mark(self._tiles[key], key.piece)
        own = set(keys_in(view, _scale_for(view)))
        beside = [key for key in self._tiles if key not in own]
        for key in beside[: max(len(beside) - _MAX_TILES, 0)]:
            del self._tiles[key]


def _scale_for(view: View) -> float:
    """Return the coarsest scale, of those kept the finest, that does not look enlarged."""
    scale = SCALES[-1]
    while scale < _FINEST and view.pixels_per_m > ENLARGED * scale:
        scale *= 2.0
    return scale
