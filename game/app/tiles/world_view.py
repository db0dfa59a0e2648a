"""Draw the ground of a view from tiles, and have them loaded and painted."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pygame

from game.app.canvas.patches import Piece
from game.app.tiles.fine_ground import FineGround
from game.app.tiles.ground_picture import GroundPicture
from game.app.tiles.mosaic import keys_in
from game.app.tiles.sheen import Sheen
from game.app.tiles.tile_cache import TileCache
from game.app.tiles.tile_store import QUICK_SCALE, OnReady, SeenPlace, TileStore
from game.app.tiles.tiles import TileKey
from game.app.tiles.wet_ground import WetGround
from game.app.view.camera import View
from game.arrays import Array
from game.simulation.water_now import WaterNow
from game.track.track import Track
from game.weather.weather import CLEAR_NOON, Weather

_PATIENCE_S: Final = 2.0  # with ground that is finer than the coarsest, before a first frame
_POLL_S: Final = 0.02
_SLEEP_S: Final = 0.005  # less than a frame has


class GroundInset:
    """Draws a small picture of the ground in a menu, beside the one that fills the window."""

    def __init__(self, store: TileStore) -> None:
        self._store = store
        self._picture = GroundPicture()

    def draw(self, surface: pygame.Surface, view: View) -> None:
        """Fill the surface with the view's ground as far as it is painted."""
        self._picture.draw(surface, view, self._store)


class WorldView:
    """Draws the ground of one circuit, and has its tiles loaded and painted."""

    def __init__(
        self, track: Track, cache: TileCache | None = None, weather: Weather = CLEAR_NOON
    ) -> None:
        """Keep the ground in the player's cache, unless another one is given.

        weather: that lights the ground, wets it, and says what rubber lies on it.
        """
        self._wet = WetGround(track, weather) if weather.road_varies else None
        self._finish = None if self._wet is None else self._wet.wet
        prepare = None if self._wet is None else self._wet.prepare
        self._store = TileStore(track, cache, weather.sky, prepare)
        self._sheen = Sheen(weather) if weather.is_wet else None
        self._on_ready: list[OnReady] = []
        self._store.on_ready = self._mark
        self._pictures = [GroundPicture(self._finish)]  # one for each view that is drawn at once
        self._fine: FineGround | None = None

    @property
    def progress(self) -> float:
        """Return how much of the circuit is painted, 0..1."""
        return self._store.progress

    @property
    def is_painting(self) -> bool:
        """Return whether ground is being painted in the background."""
        return self._store.is_painting

    @property
    def error(self) -> str:
        """Return why the ground cannot be painted or cached; empty if it can."""
        return self._store.error

    def mark_tiles(self, on_ready: OnReady) -> None:
        """Call this too with every tile that comes into memory and is fine enough for marks."""
        self._on_ready.append(on_ready)

    def tiles_touching(self, low_m: Array, high_m: Array) -> Iterator[tuple[pygame.Surface, Piece]]:
        """Return the tiles in memory, fine enough for marks, that touch a box of the world."""
        for tile, piece in self._store.touching(low_m, high_m):
            yield tile, piece
            for picture in self._pictures:
                picture.forget(tile)

    def look_at(self, water: WaterNow, *, calm: bool = False) -> None:
        """Show water and rubber on the ground as they are at a moment of a drive.

        calm: with a sky that stands still in it.
        """
        if self._wet is not None and self._wet.look_at(water):
            for picture in self._pictures:
                picture.finish_again()
        if self._sheen is not None and not calm:
            self._sheen.time_s = water.time_s

    def reserve(self, view: View, number: int = 0) -> None:
        """Take all memory now that views of this size and turn need at any usual zoom.

        number: of the view, where several are drawn at once.
        """
        self._picture_of(number).reserve(view)

    def load(self, view: View, number: int = 0) -> Iterator[float]:
        """Load enough to begin with a view, step by step; each step gives the progress, 0..1.

        That is coarse ground of the whole circuit, and finer ground of the view: what of it is in
        the cache, or comes soon.
        """
        end_s = time.perf_counter() + _PATIENCE_S
        fine = keys_in(view, self._picture_of(number).detail_for(view).scale)
        quick = [key.coarser(min(key.scale, QUICK_SCALE)) for key in fine]
        needed = list(dict.fromkeys([*self._store.coarsest, *quick]))
        before = 0
        while True:
            self._store.clear_requests()
            self._store.look_at(SeenPlace(view.x_m, view.y_m, fine[0].scale), number)
            self._store.request([*needed, *fine])
            self._store.poll()
            done = sum(
                self._store.has(key) or not self._store.is_cached(key) for key in fine
            ) + sum(self._store.has(key) for key in needed)
            if done == len(fine) + len(needed):
                return
            if time.perf_counter() > end_s and all(map(self._store.has, self._store.coarsest)):
                return
            if self._store.error and not self._store.is_painting:
                for _ in self._store.paint_now(needed):
                    yield done / (len(fine) + len(needed) + 1)
            if done == before:
                time.sleep(_SLEEP_S)  # the processes that paint have the processor meanwhile
            before = done
            yield done / (len(fine) + len(needed) + 1)

    def is_sharp(self, view: View, road_m: float) -> bool:
        """Return whether all of the view last drawn, and some road ahead of it, is painted."""
        keys = keys_in(view, self._pictures[0].detail_for(view).scale)
        return all(map(self._store.has, keys)) and self._store.is_road_painted(road_m)

    def paint_in_view(self, view: View, number: int = 0) -> None:
        """Paint all of a view's tiles now, however long it takes."""
        picture = self._picture_of(number)
        picture.change(view)
        for _ in self._store.paint_now(keys_in(view, picture.detail_for(view).scale)):
            pass

    def paint_requested(self) -> None:
        """Paint all requested tiles now, however long it takes."""
        for _ in self._store.paint_now(self._store.requests):
            pass

    def paint_all(self) -> Iterator[float]:
        """Wait until the whole circuit is painted, step by step; each gives the progress, 0..1."""
        while self._store.progress < 1.0 and not self._store.error:
            self._store.poll()
            yield self._store.progress
            time.sleep(_POLL_S)

    def poll(self) -> None:
        """Take the tiles that were painted in the background; call it once a frame."""
        self._store.poll()

    def close(self) -> None:
        """Stop the work in the background."""
        self._store.close()

    def inset(self) -> GroundInset:
        """Return a small picture of the same ground."""
        return GroundInset(self._store)

    def fine_ground(self) -> FineGround:
        """Return ground for near views, of which nothing is painted yet."""
        return FineGround(self._paint_finely, self._mark, self._finish)

    def _paint_finely(self, key: TileKey) -> pygame.Surface:
        """Return a tile for near views, after finding out where it is wet; in any thread."""
        if self._wet is not None:
            self._wet.prepare(key)
        return self._store.paint_for_once(key)

    @contextmanager
    def drawn_finely(self, fine: FineGround) -> Iterator[None]:
        """Draw near views from fine ground in the context, where that covers them."""
        self._fine = fine
        try:
            yield
        finally:
            self._fine = None

    def draw(
        self, surface: pygame.Surface, view: View, soon: View | None = None, number: int = 0
    ) -> None:
        """Fill the surface with the view's ground as far as it is painted.

        soon: a view that is likely before long, to be made ready after this one; number: of the
        view, from 0, where several are drawn in a frame, one after another.
        """
        if self._fine is not None and self._fine.covers(view):
            self._fine.draw(surface, view)
        else:
            self._draw_kept(surface, view, soon, number)
        if self._sheen is not None:
            self._sheen.draw(surface, view)

    def _draw_kept(
        self, surface: pygame.Surface, view: View, soon: View | None, number: int
    ) -> None:
        picture = self._picture_of(number)
        if number == 0:
            self._store.clear_requests()
        place = SeenPlace(view.x_m, view.y_m, picture.detail_for(view).scale)
        self._store.look_at(place, number)
        picture.draw(surface, view, self._store, soon)

    def _picture_of(self, number: int) -> GroundPicture:
        """Return the ground that is laid for a view, which may be the first of its number."""
        while len(self._pictures) <= number:
            self._pictures.append(GroundPicture(self._finish))
        return self._pictures[number]

    def _mark(self, tile: pygame.Surface, piece: Piece) -> None:
        """Let everyone who marks tiles draw onto one that has come into memory."""
        for mark in self._on_ready:
            mark(tile, piece)
