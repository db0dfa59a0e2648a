"""Paint tiles beside the game by worker processes, which write them into the cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

import pygame

from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.tile_cache import TileCache
from game.app.tiles.tiles import TILE_PX, TileKey
from game.arrays import Array
from game.errors import InputError
from game.track.track import Track
from game.workers.group import WorkerGroup
from game.workers.messages import Answer, Failure, WorkerSpec
from game.workers.worker_loop import ParentLink

_MAX_PROCESSES: Final = 3
_LEFT_TO_THE_GAME: Final = 2  # processors
_NICENESS: Final = 10


class PaintedTile(NamedTuple):
    """A tile that was painted; the picture comes along only where it could not be kept."""

    key: TileKey
    surface: pygame.Surface | None
    complaint: str


class TileWorkers:
    """Paint tiles in the order in which they are asked for."""

    def __init__(self, track: Track, cache: TileCache, line_m: Array | None) -> None:
        """Start the processes, which takes half a second beside the game."""
        count = min(max((os.cpu_count() or 1) - _LEFT_TO_THE_GAME, 1), _MAX_PROCESSES)
        # Spawned: these start before the fork server, which would hold them up while it loads.
        spec = WorkerSpec(_tile_painter, (track, cache, line_m), _NICENESS, "spawn")
        self._group = WorkerGroup(spec, count, max_restarts=0)
        self._group.start()

    @property
    def is_alive(self) -> bool:
        """Return whether any process is left to paint, or may yet come."""
        return self._group.is_alive

    def poll(self) -> list[PaintedTile]:
        """Return the tiles that were finished since the last call."""
        painted = []
        for message in self._group.poll():
            if isinstance(message, Answer):
                pixels, complaint = message.value
                painted.append(PaintedTile(message.task, _surface(pixels), complaint))
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

    def close(self) -> None:
        """End all processes, those that are being started as well."""
        self._group.end_and_wait()


def paint_tile(painter: GroundPainter, key: TileKey) -> pygame.Surface:
    """Return a tile, painted now, however long it takes."""
    picture = None
    for step in painter.paint(key.piece):
        picture = step
    assert picture is not None
    return picture


def _surface(pixels: bytes | None) -> pygame.Surface | None:
    if pixels is None:
        return None
    return pygame.image.frombuffer(pixels, (TILE_PX, TILE_PX), "RGB")


# What follows happens in the workers.


def _tile_painter(
    _link: ParentLink, track: Track, cache: TileCache, line_m: Array | None
) -> Callable[[TileKey], tuple[bytes | None, str]]:
    """Makes a worker that paints tiles into the cache.

    It answers with nothing, or with the pixels and the reason if the cache cannot be written.
    """
    painter = GroundPainter(track, line_m)

    def paint(key: TileKey) -> tuple[bytes | None, str]:
        surface = paint_tile(painter, key)
        try:
            cache.save(key, surface)
        except InputError as error:
            return pygame.image.tobytes(surface, "RGB"), str(error)
        return None, ""

    return paint
