"""The tiles in memory: requested by the view, loaded or painted meanwhile, dropped when unused."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import pygame

from game.app.canvas.patches import Piece
from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.tile_cache import cache_for
from game.app.tiles.tile_loader import TileLoader, load_tile, ready
from game.app.tiles.tile_workers import TileWorkers, paint_tile
from game.app.tiles.tiles import SCALES, TILE_PX, TileKey, tiles_along
from game.arrays import Array
from game.errors import InputError
from game.track.track import Track

OnReady = Callable[[pygame.Surface, Piece], None]

_MAX_TILES: Final = 160  # tiles, a megabyte each
_MAX_STAND_INS: Final = 32
QUICK_SCALE: Final = 2.0  # of the tiles painted first: a few of them fill a window
_MIN_MARKED_SCALE: Final = 2.0  # pixels a metre from which marks are seen


class TileStore:
    """The tiles of a circuit that are in memory, and the requests for others."""

    def __init__(
        self, track: Track, line_m: Array | None, previous: TileStore | None = None
    ) -> None:
        """Keep tiles whose road is darkened by a racing line, closed, shape (n, 2), if it is known.

        Tiles of the `previous` picture are shown until those of this one are there.
        """
        self.on_ready: OnReady | None = None  # called with every tile that comes into memory
        self.complaint = ""  # why tiles cannot be kept, if so
        self._track = track
        self._line_m = line_m
        self._cache = cache_for(track, line_m)
        self._painted = self._cache.keys()
        self._whole: list[TileKey] = tiles_along(track) if previous is None else previous._whole
        self._wanted_whole = set(self._whole)
        self._coarsest = [key for key in self._whole if key.scale == SCALES[0]]
        self._ready: OrderedDict[TileKey, pygame.Surface] = OrderedDict()
        self._stand_ins: OrderedDict[TileKey, pygame.Surface] = OrderedDict()
        self._previous_coarse: dict[TileKey, pygame.Surface] = {}  # tiles of the previous picture
        if previous is not None:
            self._stand_ins.update(list(previous._ready.items())[-_MAX_STAND_INS:])
            self._previous_coarse = {
                key: surface for key, surface in previous._ready.items() if key.scale <= QUICK_SCALE
            }
        self._requests: dict[TileKey, None] = {}
        self._loader: TileLoader | None = None
        self._workers: TileWorkers | None = None
        self._painter: GroundPainter | None = None
        self._no_workers = False

    @property
    def progress(self) -> float:
        """Return how much of the circuit is painted, 0..1."""
        return len(self._painted & self._wanted_whole) / len(self._whole)

    def get(self, key: TileKey) -> pygame.Surface | None:
        """Return the tile, or an enlarged part of a coarser one meanwhile, or None."""
        tile = self._ready.get(key)
        if tile is not None:
            self._ready.move_to_end(key)
            return tile
        self._requests[key] = None
        if key in self._stand_ins:
            return self._stand_ins[key]
        stand_in = self._from_coarser(key)
        if stand_in is not None:
            self._stand_ins[key] = stand_in
            if len(self._stand_ins) > _MAX_STAND_INS:
                self._stand_ins.popitem(last=False)
        return stand_in

    def has(self, key: TileKey) -> bool:
        """Return whether the tile itself is in memory."""
        return key in self._ready

    def is_cached(self, key: TileKey) -> bool:
        """Return whether the tile is in the cache on disk."""
        return key in self._painted

    @property
    def is_painting(self) -> bool:
        """Return whether tiles are being painted in the background."""
        return self._workers is not None

    def clear_requests(self) -> None:
        """Drop all requests for tiles that are not in memory yet."""
        self._requests.clear()

    def request(self, keys: Sequence[TileKey]) -> None:
        """Request tiles that will be needed, after those requested before.

        Where one has to be painted first, a coarse one that can stand in is requested, too.
        """
        for key in keys:
            if key in self._ready:
                continue
            self._requests[key] = None
            stand_in = key.coarser(min(key.scale, QUICK_SCALE))
            if key not in self._painted and stand_in not in self._ready:
                self._requests[stand_in] = None

    def touching(self, low_m: Array, high_m: Array) -> Iterator[tuple[pygame.Surface, Piece]]:
        """Return the tiles in memory, fine enough for marks, that touch a box of the world."""
        for key, surface in self._ready.items():
            piece = key.piece
            if (
                key.scale >= _MIN_MARKED_SCALE
                and piece.west_m <= high_m[0]
                and piece.south_m <= high_m[1]
                and low_m[0] <= piece.west_m + piece.side_m
                and low_m[1] <= piece.south_m + piece.side_m
            ):
                yield surface, piece

    def poll(self) -> None:
        """Take the tiles loaded and painted since, and request the next; call it once a frame."""
        self._start()
        if self._workers is not None:
            self._take_painted(self._workers)
        if self._loader is not None:
            for key, surface in self._loader.collect():
                if surface is None:
                    self._painted.discard(key)  # damaged: it is painted again
                else:
                    self._put(key, surface)
            # The coarsest stand in for all others wherever the view may jump to.
            wanted = (*self._requests, *self._coarsest)
            self._loader.request([key for key in wanted if self._is_loadable(key)])

    @property
    def requests(self) -> list[TileKey]:
        """The tiles that were requested and are not in memory yet."""
        return list(self._requests)

    def paint_now(self, keys: Sequence[TileKey]) -> Iterator[None]:
        """Bring these tiles into memory, painted here if they are not cached; a step for each."""
        for key in keys:
            if key not in self._ready:
                surface = load_tile(self._cache, key) if key in self._painted else None
                self._put(key, self._painted_here(key) if surface is None else surface)
            yield

    def close(self) -> None:
        """Stop all work in the background."""
        if self._workers is not None:
            self._workers.close()
        if self._loader is not None:
            self._loader.close()
        self._workers = self._loader = None
        self._no_workers = True

    def _start(self) -> None:
        if self._loader is None and not self._no_workers:
            self._loader = TileLoader(self._cache)
        if self._workers is None and not self._no_workers and self._lacks_any():
            self._workers = TileWorkers(self._track, self._cache, self._line_m)

    def _lacks_any(self) -> bool:
        """Return whether any tile of the circuit, or requested beside it, is yet to be painted."""
        return not self._wanted_whole <= self._painted or any(map(self._is_missing, self._requests))

    def _take_painted(self, workers: TileWorkers) -> None:
        for key, surface, complaint in workers.poll():
            if surface is not None:
                self._put(key, ready(surface))
                self.complaint = complaint
            self._painted.add(key)
        if not workers.is_alive:
            self._workers, self._no_workers = None, True
            self.complaint = "the ground is no longer painted: its processes ended; start again"
            return
        missing = [key for key in self._requests if self._is_missing(key)]
        missing.sort(key=lambda key: key.scale > QUICK_SCALE)
        workers.request(missing or (key for key in self._whole if key not in self._painted))

    def _is_loadable(self, key: TileKey) -> bool:
        return key in self._painted and key not in self._ready

    def _is_missing(self, key: TileKey) -> bool:
        return key not in self._ready and key not in self._painted

    def _painted_here(self, key: TileKey) -> pygame.Surface:
        if self._painter is None:
            self._painter = GroundPainter(self._track, self._line_m)
        surface = paint_tile(self._painter, key)
        try:
            self._cache.save(key, surface)
            self._painted.add(key)
        except InputError as error:
            self.complaint = str(error)
        return ready(surface)

    def _put(self, key: TileKey, surface: pygame.Surface) -> None:
        self._ready[key] = surface
        self._stand_ins.pop(key, None)
        self._requests.pop(key, None)
        if self.on_ready is not None and key.scale >= _MIN_MARKED_SCALE:
            self.on_ready(surface, key.piece)
        if len(self._ready) > _MAX_TILES:
            # The coarsest stay: they stand in for all others, and there are few.
            oldest = next((old for old in self._ready if old.scale != SCALES[0]), key)
            del self._ready[oldest]

    def _from_coarser(self, key: TileKey) -> pygame.Surface | None:
        for scale in [scale for scale in reversed(SCALES) if scale < key.scale]:
            parent_key = key.coarser(scale)
            parent = self._ready.get(parent_key)
            if parent is None:
                if scale == QUICK_SCALE or parent_key in self._painted:
                    self._requests[parent_key] = None
                parent = self._previous_coarse.get(parent_key)
            if parent is None:
                continue
            times = round(key.scale / scale)
            side = TILE_PX // times
            left = key.column % times * side
            top = TILE_PX - side - key.row % times * side
            part = parent.subsurface((left, top, side, side))
            return pygame.transform.smoothscale(part, (TILE_PX, TILE_PX))
        return None
