"""Hold the tiles in memory: requested by the view, loaded or painted meanwhile, dropped when
unused.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, zip_longest
from threading import Lock
from typing import Final, NamedTuple

import pygame

from game.app.canvas.daylight import NOON, ground_light
from game.app.canvas.patches import Piece
from game.app.objects.pit_lights import PitLights
from game.app.surfaces.driven_line import circuit_line
from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.stand_ins import StandIns
from game.app.tiles.tile_cache import TileCache, cache_for
from game.app.tiles.tile_loader import Prepare, TileLoader, lit, load_tile
from game.app.tiles.tile_plan import TilePlan
from game.app.tiles.tile_workers import TileWorkers, paint_into, paint_tile
from game.app.tiles.tiles import SCALES, TileKey
from game.arrays import Array
from game.errors import InputError
from game.track.track import Track
from game.translation import _
from game.weather.sky import Sky

OnReady = Callable[[pygame.Surface, Piece], None]

QUICK_SCALE: Final = 2.0  # of the tiles painted first: a few of them fill a window
_MAX_TILES: Final = 112  # tiles, a megabyte each
_MIN_MARKED_SCALE: Final = 2.0  # pixels a metre from which marks are seen
# How many tiles ahead are painted when none can be saved to disk; some count twice.
_UNKEPT_AHEAD: Final = 400


class SeenPlace(NamedTuple):
    """A place is looked at by a view, which shows it at a scale."""

    x_m: float
    y_m: float
    scale: float


class TileStore:
    """Keeps the tiles of a circuit that are in memory, and the requests for others."""

    def __init__(
        self,
        track: Track,
        cache: TileCache | None = None,
        sky: Sky = NOON,
        prepare: Prepare | None = None,
    ) -> None:
        """Keep tiles in the player's cache, unless another one is given.

        sky: that lights the tiles in memory, and whose shadows are kept beside those on disk;
        prepare: called with every tile that is read from disk, in a thread beside.
        """
        self._light, self._prepare = ground_light(sky), prepare
        self._pit_lights = PitLights(track) if sky.is_dark else None
        self.on_ready: OnReady | None = None  # called with every tile that comes into memory
        self.error = ""  # why tiles cannot be kept, if so
        self._track = track
        self._cache = cache or cache_for(track)
        kept = self._cache.keys()
        self._painted = kept & self._cache.shaded_keys(self._light.cast)
        self._is_complete = False  # whether the whole circuit is known to be painted
        self._shadeless = kept - self._painted  # on disk, but for the shadows of this sun
        self._bare: set[TileKey] = set()  # of those, what is in memory
        self._plan = TilePlan(track)
        self._ready: OrderedDict[TileKey, pygame.Surface] = OrderedDict()
        self._stand_ins = StandIns(self._ready)
        self._requests: dict[TileKey, None] = {}
        line_m = track.centreline.point(0.0, 0.0)
        self._places = {0: SeenPlace(*line_m, SCALES[-1])}  # that views look at, by their numbers
        self._loader: TileLoader | None = None
        self._workers: TileWorkers | None = None
        self._painter: GroundPainter | None = None
        self._painting = Lock()
        self._workers_failed = False
        self._closed = False

    @property
    def progress(self) -> float:
        """Return how much of the circuit is painted, 0..1."""
        return len(self._painted & self._plan.all) / len(self._plan.all)

    @property
    def coarsest(self) -> list[TileKey]:
        """Return the tiles that stand in for all others of the circuit."""
        return self._plan.coarsest

    def look_at(self, place: SeenPlace, number: int = 0) -> None:
        """Prefer what a car at a place needs next.

        number: of the view. The first one of a frame is alone until others, of which each has a
        place of its own, look as well.
        """
        if number == 0:
            self._places.clear()
        self._places[number] = place

    def get(self, key: TileKey) -> pygame.Surface | None:
        """Return the tile, or an enlarged part of a coarser one meanwhile, or None."""
        tile = self._ready.get(key)
        if tile is not None:
            self._ready.move_to_end(key)
            if key in self._bare:
                self.request([key])
            return tile
        self.request([key])
        return self._stand_ins.get(key)

    def has(self, key: TileKey) -> bool:
        """Return whether the tile that the place is drawn from is in memory."""
        return key in self._ready or self._plan.drawn_from(key) in self._ready

    def is_cached(self, key: TileKey) -> bool:
        """Return whether the tile that the place is drawn from is on disk."""
        key = self._plan.drawn_from(key)
        return key in self._painted or key in self._shadeless

    def is_road_painted(self, length_m: float) -> bool:
        """Return whether so much road ahead is painted at the scale that it is seen at."""
        return all(
            self._plan.road_ahead(*place, length_m) <= self._painted
            for place in self._places.values()
        )

    @property
    def is_painting(self) -> bool:
        """Return whether tiles are being painted in the background."""
        return self._workers is not None

    def clear_requests(self) -> None:
        """Drop all requests for tiles that are not in memory yet: a frame begins."""
        self._requests.clear()
        self._stand_ins.begin_frame()

    def request(self, keys: Sequence[TileKey]) -> None:
        """Request tiles that will be needed, after those requested before.

        Where one has to be painted first, a coarse one that can stand in is requested, too.
        """
        for asked in keys:
            key = self._plan.drawn_from(asked)
            if key in self._ready:
                self._ready.move_to_end(key)
                if key not in self._bare:
                    continue
            self._requests[key] = None
            stand_in = key.coarser(min(key.scale, QUICK_SCALE))
            if not self.is_cached(key) and stand_in not in self._ready:
                self._requests[stand_in] = None

    def touching(self, low_m: Array, high_m: Array) -> Iterator[tuple[pygame.Surface, Piece]]:
        """Yield the tiles in memory, fine enough for marks, that touch a box of the world."""
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
            for key, tile in self._loader.collect():
                if not tile.is_shaded:
                    self._painted.discard(key)  # missing or damaged: it is painted again
                    self._is_complete = False
                if tile.surface is None:
                    self._shadeless.discard(key)
                else:
                    self._put(key, tile.surface, is_shaded=tile.is_shaded)
            # The coarsest stand in for all others wherever the view may jump to.
            wanted = (*self._plan.coarsest, *self._requests)
            self._loader.request([key for key in wanted if self._is_loadable(key)])

    @property
    def requests(self) -> list[TileKey]:
        """Return the tiles that were requested and are not in memory yet."""
        return list(self._requests)

    def paint_now(self, keys: Sequence[TileKey]) -> Iterator[None]:
        """Bring these tiles into memory, painted here if they are not cached; a step for each."""
        for key in keys:
            if key not in self._ready or key in self._bare:
                kept = load_tile(self._cache, key, self._light)
                surface = kept.surface if kept.is_shaded else None
                self._put(key, self._painted_here(key) if surface is None else surface)
                if self._prepare is not None:
                    self._prepare(key)
            yield

    def paint_for_once(self, key: TileKey) -> pygame.Surface:
        """Return a tile of any scale, painted now, without marks, and not kept.

        May be called from another thread.
        """
        with self._painting:
            painter = self._own_painter()
            dark = painter.shade(key.piece, self._light.cast)
            return self._lit(key, lit(paint_tile(painter, key), dark, self._light))

    def close(self) -> None:
        """Stop all work in the background."""
        if self._workers is not None:
            self._workers.close()
        if self._loader is not None:
            self._loader.close()
        self._workers = self._loader = None
        self._closed = True

    def _start(self) -> None:
        if self._closed:
            return
        if self._loader is None:
            self._loader = TileLoader(self._cache, self._light, self._prepare)
        if self._workers is None and not self._workers_failed and self._lacks_any():
            self._workers = TileWorkers(self._track, self._cache, self._light, len(self._plan.all))

    def _lacks_any(self) -> bool:
        """Return whether any tile of the circuit, or requested beside it, is yet to be painted."""
        # Asked in every frame, and comparing two sets of a thousand tiles takes 0.2 ms.
        self._is_complete = self._is_complete or self._plan.all <= self._painted
        return not self._is_complete or any(map(self._is_missing, self._requests))

    def _take_painted(self, workers: TileWorkers) -> None:
        for key, surface, error in workers.poll():
            if surface is not None:
                self._put(key, lit(surface, None, self._light))
                self.error = self.error or error
            else:
                self._painted.add(key)
                self._shadeless.discard(key)
        if not workers.is_alive:
            self._workers, self._workers_failed = None, True
            self.error = _(
                "the ground is no longer painted: its processes ended; start the game again"
            )
        elif not workers.is_busy and not self._lacks_any():
            workers.end()  # a hundred megabytes that nobody needs any longer
            self._workers = None
        elif workers.is_free:
            workers.request(self._missing(workers))

    def _missing(self, workers: TileWorkers) -> Iterator[TileKey]:
        """Yield the tiles that are yet to be painted, those that are needed soonest first.

        Those that nobody sees yet are left out as long as other work has the processors, but for
        the grid's: a drive may begin there at any moment.
        """
        wanted = [key for key in (*self._plan.coarsest, *self._requests) if self._is_missing(key)]
        yield from sorted(wanted, key=lambda key: (key.scale > SCALES[0], key.scale > QUICK_SCALE))
        yield from filter(self._is_missing, self._plan.grid)
        ahead = _in_turn([self._plan.ahead(*place) for place in self._places.values()])
        for key in islice(ahead, _UNKEPT_AHEAD) if self.error else ahead:
            if self._is_missing(key):
                if not workers.has_room:
                    return
                yield key

    def _is_loadable(self, key: TileKey) -> bool:
        """Return whether a tile can be read, or read again with shadows that it lacks."""
        if key in self._ready:
            return key in self._bare and key in self._painted
        return key in self._painted or key in self._shadeless

    def _is_missing(self, key: TileKey) -> bool:
        lacks = key not in self._ready or key in self._bare
        return lacks and key not in self._painted

    def _own_painter(self) -> GroundPainter:
        if self._painter is None:
            self._painter = GroundPainter(self._track, circuit_line(self._track))
        return self._painter

    def _painted_here(self, key: TileKey) -> pygame.Surface:
        """Return a tile painted now, as it is read from its file: the file is not exact."""
        with self._painting:
            try:
                paint_into(self._cache, self._own_painter(), key, self._light.cast)
                self._painted.add(key)
            except InputError as error:
                self.error = self.error or str(error)
        kept = load_tile(self._cache, key, self._light)
        return self.paint_for_once(key) if kept.surface is None else kept.surface

    def _lit(self, key: TileKey, surface: pygame.Surface) -> pygame.Surface:
        """Return a tile with the lamps switched on that shine on it."""
        if self._pit_lights is not None:
            self._pit_lights.light(surface, key.piece)
        return surface

    def _put(self, key: TileKey, surface: pygame.Surface, *, is_shaded: bool = True) -> None:
        self._ready[key] = self._lit(key, surface)
        if is_shaded:
            self._bare.discard(key)
        else:
            self._shadeless.add(key)
            self._bare.add(key)
        self._stand_ins.drop(key)
        self._requests.pop(key, None)
        if self.on_ready is not None and key.scale >= _MIN_MARKED_SCALE:
            self.on_ready(surface, key.piece)
        if len(self._ready) > _MAX_TILES:
            # The coarsest around the road stay: they stand in for all others, and there are few.
            coarsest = self._plan.coarsest
            oldest = next((old for old in self._ready if old not in coarsest), key)
            del self._ready[oldest]
            self._bare.discard(oldest)


def _in_turn(walks: Sequence[Iterator[TileKey]]) -> Iterator[TileKey]:
    """Yield the tiles of several walks, one of each in turn."""
    met = chain.from_iterable(zip_longest(*walks))
    return (key for key in met if key is not None)
