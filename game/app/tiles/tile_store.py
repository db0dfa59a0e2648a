"""The tiles in memory: asked for by the view, loaded or baked meanwhile, forgotten when unused."""

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

_KEPT: Final = 160  # tiles, a megabyte each
_STAND_INS_KEPT: Final = 32
QUICK_SCALE: Final = 2.0  # of the tiles painted first: a few of them fill a window
_MARKED: Final = 2.0  # pixels a metre from which marks are seen


class TileStore:
    """All tiles of a circuit, as far as they are there."""

    def __init__(self, track: Track, line_m: Array | None, before: TileStore | None = None) -> None:
        """line_m: the racing line that darkens the road, closed, shape (n, 2); or None.

        Tiles of another picture, `before`, are shown until there are those of this one.
        """
        self.on_ready: OnReady | None = None  # told of every tile that comes into memory
        self.complaint = ""  # why tiles cannot be kept, if so
        self._track = track
        self._line_m = line_m
        self._cache = cache_for(track, line_m)
        self._baked = self._cache.keys()
        self._whole: list[TileKey] = tiles_along(track) if before is None else before._whole
        self._wanted_whole = set(self._whole)
        self._coarsest = [key for key in self._whole if key.scale == SCALES[0]]
        self._ready: OrderedDict[TileKey, pygame.Surface] = OrderedDict()
        self._stand_ins: OrderedDict[TileKey, pygame.Surface] = OrderedDict()
        self._earlier: dict[TileKey, pygame.Surface] = {}  # coarse ones of the picture before
        if before is not None:
            self._stand_ins.update(list(before._ready.items())[-_STAND_INS_KEPT:])
            self._earlier = {
                key: surface for key, surface in before._ready.items() if key.scale <= QUICK_SCALE
            }
        self._wishes: dict[TileKey, None] = {}
        self._loader: TileLoader | None = None
        self._workers: TileWorkers | None = None
        self._painter: GroundPainter | None = None
        self._no_workers = False

    @property
    def progress(self) -> float:
        """How much of the circuit is painted, 0..1."""
        return len(self._baked & self._wanted_whole) / len(self._whole)

    def get(self, key: TileKey) -> pygame.Surface | None:
        """The tile, or a blown-up piece of a coarser one meanwhile, or nothing yet."""
        tile = self._ready.get(key)
        if tile is not None:
            self._ready.move_to_end(key)
            return tile
        self._wishes[key] = None
        if key in self._stand_ins:
            return self._stand_ins[key]
        stand_in = self._from_coarser(key)
        if stand_in is not None:
            self._stand_ins[key] = stand_in
            if len(self._stand_ins) > _STAND_INS_KEPT:
                self._stand_ins.popitem(last=False)
        return stand_in

    def has(self, key: TileKey) -> bool:
        """Whether the tile itself is in memory."""
        return key in self._ready

    def is_cached(self, key: TileKey) -> bool:
        """Whether the tile was painted before."""
        return key in self._baked

    @property
    def is_baking(self) -> bool:
        """Whether tiles are being painted in the background."""
        return self._workers is not None

    def forget_wishes(self) -> None:
        """What was asked for and is not there yet is no longer wanted."""
        self._wishes.clear()

    def wish(self, keys: Sequence[TileKey]) -> None:
        """Ask for tiles that will be needed, after all that was asked for before.

        Where one has to be painted first, a coarse one is asked for that can stand in.
        """
        for key in keys:
            if key in self._ready:
                continue
            self._wishes[key] = None
            stand_in = key.coarser(min(key.scale, QUICK_SCALE))
            if key not in self._baked and stand_in not in self._ready:
                self._wishes[stand_in] = None

    def touching(self, low_m: Array, high_m: Array) -> Iterator[tuple[pygame.Surface, Piece]]:
        """The tiles in memory, fine enough for marks, that touch a box of the world."""
        for key, surface in self._ready.items():
            piece = key.piece
            if (
                key.scale >= _MARKED
                and piece.west_m <= high_m[0]
                and piece.south_m <= high_m[1]
                and low_m[0] <= piece.west_m + piece.side_m
                and low_m[1] <= piece.south_m + piece.side_m
            ):
                yield surface, piece

    def poll(self) -> None:
        """Take over what was loaded and painted, and say what is wanted next; once a frame."""
        self._start()
        if self._workers is not None:
            self._take_painted(self._workers)
        if self._loader is not None:
            for key, surface in self._loader.collect():
                if surface is None:
                    self._baked.discard(key)  # damaged: it is painted anew
                else:
                    self._keep(key, surface)
            # The coarsest stand in for all others wherever the view may jump to.
            wanted = (*self._wishes, *self._coarsest)
            self._loader.wish([key for key in wanted if self._is_loadable(key)])

    @property
    def wishes(self) -> list[TileKey]:
        """What was asked for and is not there yet."""
        return list(self._wishes)

    def paint_now(self, keys: Sequence[TileKey]) -> Iterator[None]:
        """Have these tiles in memory, painted here if need be; a step for each."""
        for key in keys:
            if key not in self._ready:
                surface = load_tile(self._cache, key) if key in self._baked else None
                self._keep(key, self._painted_here(key) if surface is None else surface)
            yield

    def close(self) -> None:
        """End all work in the background."""
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
        """Whether any tile of the circuit, or wished for beside it, is yet to be painted."""
        return not self._wanted_whole <= self._baked or any(map(self._is_missing, self._wishes))

    def _take_painted(self, workers: TileWorkers) -> None:
        for key, surface, complaint in workers.poll():
            if surface is not None:
                self._keep(key, ready(surface))
                self.complaint = complaint
            self._baked.add(key)
        if not workers.is_alive:
            self._workers, self._no_workers = None, True
            self.complaint = "the ground is no longer painted: its processes ended; start again"
            return
        missing = [key for key in self._wishes if self._is_missing(key)]
        missing.sort(key=lambda key: key.scale > QUICK_SCALE)
        workers.request(missing or (key for key in self._whole if key not in self._baked))

    def _is_loadable(self, key: TileKey) -> bool:
        return key in self._baked and key not in self._ready

    def _is_missing(self, key: TileKey) -> bool:
        return key not in self._ready and key not in self._baked

    def _painted_here(self, key: TileKey) -> pygame.Surface:
        if self._painter is None:
            self._painter = GroundPainter(self._track, self._line_m)
        surface = paint_tile(self._painter, key)
        try:
            self._cache.save(key, surface)
            self._baked.add(key)
        except InputError as error:
            self.complaint = str(error)
        return ready(surface)

    def _keep(self, key: TileKey, surface: pygame.Surface) -> None:
        self._ready[key] = surface
        self._stand_ins.pop(key, None)
        self._wishes.pop(key, None)
        if self.on_ready is not None and key.scale >= _MARKED:
            self.on_ready(surface, key.piece)
        if len(self._ready) > _KEPT:
            # The coarsest stay: they stand in for all others, and there are few.
            oldest = next((old for old in self._ready if old.scale != SCALES[0]), key)
            del self._ready[oldest]

    def _from_coarser(self, key: TileKey) -> pygame.Surface | None:
        for scale in [scale for scale in reversed(SCALES) if scale < key.scale]:
            parent_key = key.coarser(scale)
            parent = self._ready.get(parent_key)
            if parent is None:
                if scale == QUICK_SCALE or parent_key in self._baked:
                    self._wishes[parent_key] = None
                parent = self._earlier.get(parent_key)
            if parent is None:
                continue
            times = round(key.scale / scale)
            side = TILE_PX // times
            left = key.column % times * side
            top = TILE_PX - side - key.row % times * side
            part = parent.subsurface((left, top, side, side))
            return pygame.transform.smoothscale(part, (TILE_PX, TILE_PX))
        return None
