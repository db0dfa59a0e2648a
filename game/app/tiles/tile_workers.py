"""Paint tiles in worker processes, which write them into the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import cv2
import pygame

from game.app.canvas.daylight import GroundLight
from game.app.canvas.sun import ShadowCast
from game.app.surfaces.driven_line import circuit_line
from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.tile_cache import TileCache
from game.app.tiles.tile_loader import darken
from game.app.tiles.tiles import TILE_PX, TileKey
from game.errors import InputError
from game.track.track import Track
from game.workers.budget import NORMAL_PRIORITY, beside_the_game
from game.workers.group import WorkerGroup
from game.workers.messages import Answer, Failure, WorkerSpec
from game.workers.worker import workers_at_work
from game.workers.worker_loop import ParentLink

_MAX_PROCESSES: Final = 2


class PaintedTile(NamedTuple):
    """Holds a tile that was painted; the picture comes along only where it could not be kept."""

    key: TileKey
    surface: pygame.Surface | None
    error: str


class TileWorkers:
    """Paint tiles in the order in which they are asked for."""

    def __init__(
        self, track: Track, cache: TileCache, light: GroundLight, expected_tiles: int
    ) -> None:
        """Start the processes, which takes a second or two beside the game.

        light: whose shadows are kept with the tiles; expected_tiles: how many tiles the cache is
        to have room for.
        """
        count = beside_the_game(_MAX_PROCESSES)
        # Spawned: these start before the fork server, which would hold them up while it loads.
        spec = WorkerSpec(
            _tile_painter, (track, cache, light, expected_tiles), NORMAL_PRIORITY, "spawn"
        )
        self._group = WorkerGroup(spec, count, max_restarts=0)
        self._group.start()

    @property
    def is_alive(self) -> bool:
        """Return whether any process is left to paint, or may yet come."""
        return self._group.is_alive

    @property
    def is_free(self) -> bool:
        """Return whether any process has nothing to do."""
        return self._group.free > 0

    @property
    def is_busy(self) -> bool:
        """Return whether any process has something to do."""
        return bool(self._group.tasks)

    @property
    def has_room(self) -> bool:
        """Return whether another tile may be painted beside all other work of the game."""
        others = workers_at_work() - sum(worker.is_working for worker in self._group.workers)
        return len(self._group.tasks) < beside_the_game(_MAX_PROCESSES, others)

    def poll(self) -> list[PaintedTile]:
        """Return the tiles that were finished since the last call."""
        painted = []
        for message in self._group.poll():
            if isinstance(message, Answer):
                pixels, error = message.value
                painted.append(PaintedTile(message.task, _surface(pixels), error))
            elif isinstance(message, Failure):
                self._group.end()
        return painted  # the tile of a process that ended is asked for again, by who needs it

    def request(self, keys: Iterable[TileKey]) -> None:
        """Give every idle process the first key that no other one has."""
        if not self._group.free:
            return
        in_work = set(self._group.tasks)
        for key in keys:
            if key not in in_work:
                in_work.add(key)
                self._group.submit(key)
                if not self._group.free:
                    return

    def end(self) -> None:
        """End all processes, without waiting for it."""
        self._group.end()

    def close(self) -> None:
        """End all processes, those that are being started as well, and wait until they have."""
        self._group.end_and_wait()


def paint_tile(painter: GroundPainter, key: TileKey) -> pygame.Surface:
    """Return a tile, painted now, however long it takes."""
    picture = None
    for step in painter.paint(key.piece):
        picture = step
    assert picture is not None
    return picture


def paint_into(cache: TileCache, painter: GroundPainter, key: TileKey, cast: ShadowCast) -> None:
    """Write what the cache lacks of a tile: its ground, and its shadows.

    Raises InputError if it cannot be written.
    """
    if cache.load(key) is None:
        cache.save(key, paint_tile(painter, key))
    if cache.load_shade(key, cast) is None:
        cache.save_shade(key, cast, painter.shade(key.piece, cast))


def _surface(pixels: bytes | None) -> pygame.Surface | None:
    if pixels is None:
        return None
    return pygame.image.frombuffer(pixels, (TILE_PX, TILE_PX), "RGB")


# What follows happens in the workers.


def _tile_painter(
    _link: ParentLink, track: Track, cache: TileCache, light: GroundLight, expected_tiles: int
) -> Callable[[TileKey], tuple[bytes | None, str]]:
    """Return a worker that paints tiles and their shadows into the cache, what of them it lacks.

    It answers with nothing, or with the pixels and the reason if the cache cannot be written.
    """
    cv2.setNumThreads(1)  # there is a process for each processor already
    cache.make_room(expected_tiles)
    painter = GroundPainter(track, circuit_line(track))

    def paint(key: TileKey) -> tuple[bytes | None, str]:
        try:
            paint_into(cache, painter, key, light.cast)
        except InputError as error:
            surface, dark = paint_tile(painter, key), painter.shade(key.piece, light.cast)
            if dark is not None:
                darken(surface, dark, light.in_shade)
            return pygame.image.tobytes(surface, "RGB"), str(error)
        return None, ""

    return paint
