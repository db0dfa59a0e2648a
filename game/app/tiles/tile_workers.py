"""Tiles painted beside the game: processes that take keys, fill the cache and say what is done."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pygame

from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.tile_cache import TileCache
from game.app.tiles.tiles import TILE_PX, TileKey
from game.errors import InputError
from game.track.track import Track

_MOST_PROCESSES: Final = 3
_LEFT_TO_THE_GAME: Final = 2  # processors
_NICENESS: Final = 10

_Order = tuple[Track, TileCache, npt.NDArray[np.float64] | None]


class Baked(NamedTuple):
    """A tile that was painted; the picture comes along only where it could not be kept."""

    key: TileKey
    surface: pygame.Surface | None
    complaint: str


class Bakery:
    """Paints tiles in the order in which they are wished for."""

    def __init__(
        self, track: Track, cache: TileCache, line_m: npt.NDArray[np.float64] | None
    ) -> None:
        """Has the processes started by threads: each takes half a second to listen."""
        self._open = True
        self._workers: list[_Worker] = []
        count = min(max((os.cpu_count() or 1) - _LEFT_TO_THE_GAME, 1), _MOST_PROCESSES)
        self._starting = [
            threading.Thread(target=self._start, args=((track, cache, line_m),), daemon=True)
            for _ in range(count)
        ]
        for thread in self._starting:
            thread.start()

    def _start(self, order: _Order) -> None:
        with contextlib.suppress(OSError):  # where none starts, nobody is alive
            worker = _Worker()
            self._workers.append(worker)
            if not self._open:
                worker.end()
            worker.begin(order)

    @property
    def alive(self) -> bool:
        """Whether anyone is left to paint, or may yet come."""
        return bool(self._workers) or any(thread.is_alive() for thread in self._starting)

    def collect(self) -> Iterator[Baked]:
        """What was finished since the last time."""
        for worker in list(self._workers):
            try:
                yield from worker.finished()
            except (EOFError, OSError):
                self._workers.remove(worker)  # its tile is wished for again, by who needs it

    def hand_out(self, wishes: Iterable[TileKey]) -> None:
        """Give every idle process the first wish that nobody is at."""
        idle = [worker for worker in self._workers if worker.listens and worker.at is None]
        if not idle:
            return
        taken = {worker.at for worker in self._workers}
        for key in wishes:
            if key in taken:
                continue
            taken.add(key)
            with contextlib.suppress(OSError):  # one that has ended is found out when collecting
                idle.pop().take(key)
            if not idle:
                return

    def close(self) -> None:
        """End all processes, those that are being started as well."""
        self._open = False
        for worker in self._workers:
            worker.end()
        for thread in self._starting:
            thread.join()
        for worker in self._workers:
            worker.hang_up()
        self._workers.clear()


class _Worker:
    """One process, seen from here."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._connection, its = context.Pipe()
        # It is told little at its start: a process that ends before it has read all of that would
        # complain, or hold up its parent for ever.
        self._process: Any = context.Process(target=_bake, args=(its,), daemon=True)
        self._process.start()
        its.close()  # so that ours tells when the process has ended
        self.listens = False
        self.at: TileKey | None = None

    def begin(self, order: _Order) -> None:
        """Wait until it listens, and tell it what to paint. Raises OSError if it has ended."""
        self._connection.send(order)
        self.listens = True

    def take(self, key: TileKey) -> None:
        self.at = key
        self._connection.send(key)

    def finished(self) -> Iterator[Baked]:
        while self._connection.poll():
            key, pixels, complaint = self._connection.recv()
            self.at = None
            surface = None
            if pixels is not None:
                surface = pygame.image.frombuffer(pixels, (TILE_PX, TILE_PX), "RGB")
            yield Baked(TileKey(*key), surface, complaint)

    def end(self) -> None:
        self._process.terminate()

    def hang_up(self) -> None:
        self._connection.close()


def _bake(parent: Connection) -> None:
    """The work of a process, until the connection ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    try:
        track, cache, line_m = parent.recv()
    except (EOFError, OSError):
        return
    painter = GroundPainter(track, line_m)
    while True:
        try:
            key = TileKey(*parent.recv())
        except (EOFError, OSError):
            return
        surface = painted(painter, key)
        pixels, complaint = None, ""
        try:
            cache.save(key, surface)
        except InputError as error:
            pixels, complaint = pygame.image.tobytes(surface, "RGB"), str(error)
        try:
            parent.send((key, pixels, complaint))
        except OSError:
            return


def painted(painter: GroundPainter, key: TileKey) -> pygame.Surface:
    """A tile, painted now, however long it takes."""
    picture = None
    for step in painter.paint(key.piece):
        picture = step
    assert picture is not None
    return picture
