"""Read tiles from the cache in a thread of its own: a frame has no time to wait for files."""

from __future__ import annotations

import os
import queue
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.daylight import GroundLight
from game.app.canvas.grade import Rgb, grade_colours
from game.app.canvas.warp import is_plain, pixels_of
from game.app.objects.shadows import Darkness
from game.app.tiles.tile_cache import STRIP_PX, TileCache
from game.app.tiles.tiles import TileKey
from game.workers.budget import HIGH_PRIORITY

_BITS: Final = 32  # a pixel, as windows have them: tiles of another format are slow to draw


Prepare = Callable[[TileKey], None]


class LoadedTile(NamedTuple):
    """Holds a tile that was read from the cache: None if it is missing or damaged."""

    surface: pygame.Surface | None
    is_shaded: bool  # with the shadows of the sun that there is


class TileLoader:
    """Loads the tiles of the last request, in its order."""

    def __init__(
        self, cache: TileCache, light: GroundLight, prepare: Prepare | None = None
    ) -> None:
        """Call `prepare` with every tile that is loaded, in the thread that loads them."""
        self._cache, self._light, self._prepare = cache, light, prepare
        self._requests: list[TileKey] = []
        self._loading: TileKey | None = None
        self._loaded: queue.SimpleQueue[tuple[TileKey, LoadedTile]] = queue.SimpleQueue()
        self._changed = threading.Condition()
        self._open = True
        self._thread = threading.Thread(target=self._work, name="tiles", daemon=True)
        self._thread.start()

    def request(self, keys: Sequence[TileKey]) -> None:
        """Load these tiles instead of those requested before."""
        with self._changed:
            waits = not self._requests
            self._requests = [key for key in keys if key != self._loading]
            if waits and self._requests:  # to wake the thread for nothing takes a frame's time
                self._changed.notify()

    def collect(self) -> Iterator[tuple[TileKey, LoadedTile]]:
        """Return the tiles loaded since the last call."""
        while not self._loaded.empty():
            yield self._loaded.get()

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._open = False
            self._changed.notify()
        self._thread.join()

    def _work(self) -> None:
        if sys.platform == "linux":  # where that is of this thread alone
            os.nice(HIGH_PRIORITY)  # those that warp the ground of a frame come first
        while True:
            with self._changed:
                self._loading = None
                self._changed.wait_for(lambda: self._requests or not self._open)
                if not self._open:
                    return
                self._loading = self._requests.pop(0)
            tile = load_tile(self._cache, self._loading, self._light)
            if self._prepare is not None:
                self._prepare(self._loading)
            self._loaded.put((self._loading, tile))


def load_tile(cache: TileCache, key: TileKey, light: GroundLight) -> LoadedTile:
    """Return a tile, ready to be drawn, with its shadows if they are kept."""
    surface, dark = cache.load(key), cache.load_shade(key, light.cast)
    if surface is None:
        return LoadedTile(None, is_shaded=False)
    return LoadedTile(lit(surface, dark, light), dark is not None)


def lit(surface: pygame.Surface, dark: Darkness | None, light: GroundLight) -> pygame.Surface:
    """Return a picture shaded, its colours graded: itself, if its format is drawn quickly."""
    converted = surface if is_plain(surface) else ready(surface)
    width, height = converted.get_size()
    for top in range(0, height, STRIP_PX):
        strip = converted.subsurface((0, top, width, min(STRIP_PX, height - top)))
        if dark is not None:
            darken(strip, dark[top : top + STRIP_PX], light.in_shade)
        grade_colours(strip, light.grade)
    return converted


def ready(surface: pygame.Surface) -> pygame.Surface:
    """Return a picture in the format that is drawn quickly."""
    return surface.convert(_BITS, 0)


def darken(surface: pygame.Surface, dark: Darkness, in_shade: Rgb) -> None:
    """Leave so much of each colour's light where it is darkest, of 255, and more elsewhere."""
    if not dark.any():
        return
    pixels = pixels_of(surface)
    cv2.multiply(pixels, cv2.LUT(cv2.merge([dark] * 4), _left(in_shade)), pixels, 1.0 / 255.0)


@lru_cache(maxsize=8)
def _left(in_shade: Rgb) -> npt.NDArray[np.uint8]:
    """Return the light that is left in each of 256 shades, for all bytes of a pixel."""
    lost = 255.0 - 255.0 * np.array([*reversed(in_shade), 1.0])
    shade = np.arange(256.0)[:, None] / 255.0
    return np.round(255.0 - shade * lost).astype(np.uint8)[None]
