"""Reads tiles from the cache in a thread of its own: a frame has no time to wait for files."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import pygame

from game.app.canvas.grade import PLAIN, Grade, grade_colours
from game.app.tiles.tile_cache import TileCache
from game.app.tiles.tiles import TileKey

_BITS: Final = 32  # a pixel, as windows have them: tiles of another format are slow to draw


Prepare = Callable[[TileKey], None]


class TileLoader:
    """Loads the tiles of the last request, in its order."""

    def __init__(
        self, cache: TileCache, grade: Grade = PLAIN, prepare: Prepare | None = None
    ) -> None:
        """Call `prepare` with every tile that is loaded, in the thread that loads them."""
        self._cache, self._grade, self._prepare = cache, grade, prepare
        self._requests: list[TileKey] = []
        self._loading: TileKey | None = None
        self._loaded: queue.SimpleQueue[tuple[TileKey, pygame.Surface | None]] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self._open = True
        self._thread = threading.Thread(target=self._work, name="tiles", daemon=True)
        self._thread.start()

    def request(self, keys: Sequence[TileKey]) -> None:
        """Load these tiles instead of those requested before."""
        with self._changed:
            self._requests = [key for key in keys if key != self._loading]
            self._changed.notify()

    def collect(self) -> Iterator[tuple[TileKey, pygame.Surface | None]]:
        """Return the tiles loaded since the last call; None for one that could not be read."""
        while not self._loaded.empty():
            yield self._loaded.get()

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._open = False
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._loading = None
                self._changed.wait_for(lambda: self._requests or not self._open)
                if not self._open:
                    return
                self._loading = self._requests.pop(0)
            tile = load_tile(self._cache, self._loading, self._grade)
            if self._prepare is not None:
                self._prepare(self._loading)
            self._loaded.put((self._loading, tile))


def load_tile(cache: TileCache, key: TileKey, grade: Grade) -> pygame.Surface | None:
    """Return a tile, ready to be drawn; None if it is missing or damaged."""
    surface = cache.load(key)
    return None if surface is None else ready(surface, grade)


def ready(surface: pygame.Surface, grade: Grade = PLAIN) -> pygame.Surface:
    """Return a picture in the format that is drawn quickly, its colours graded."""
    converted = surface.convert(_BITS, 0)
    grade_colours(converted, grade)
    return converted
