"""Keeps what a person drives in the player's folder, in a thread of its own.

For each circuit there is a folder with the lap book, a replay of every drive with a valid lap in
it, and the best lap of each car on each tyre.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final, get_args, get_type_hints

from game.errors import InputError
from game.files import player_folder
from game.recording.best_lap import BestLap, load_best, save_best
from game.recording.lap_history import BookedLap, booked, read_book, write_in
from game.recording.laps import Lap
from game.recording.replay import Recording, car_hash, save_replay
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_BOOK: Final = "laps.jsonl"


class LapKeeper:
    """One a sitting. What cannot be written is a complaint, and the lines are tried again."""

    def __init__(self, track: Track, spec: CarSpec) -> None:
        self.folder = player_folder() / "laps" / track.name
        self.complaint = ""
        self._car = spec.name
        self._track = track.name
        self._car_hash = car_hash(spec)
        self._best: dict[str, BestLap] = {}
        self._unwritten: list[BookedLap] = []
        self._thread = ThreadPoolExecutor(1, "laps")
        for tyre in get_args(get_type_hints(Setup)["tyre"]):
            self._try(partial(self._load, tyre))

    def read(self, take: Callable[[Sequence[BookedLap]], None]) -> None:
        """Have this car's laps of earlier sittings read; `take` is given them in the thread."""
        self.do(lambda: self._read(take))

    def do(self, job: Callable[[], None]) -> None:
        """Have something done in the thread, after what is to be done already."""
        self._thread.submit(self._try, job)

    def best(self, tyre: str) -> BestLap | None:
        """The best valid lap with this car so far."""
        return self._best.get(tyre)

    def keep(
        self, lap: Lap, setup: Setup, replay: str, recording: Recording, best: BestLap | None
    ) -> None:
        """Enter a lap that ended now, and if it is valid write the drive up to it as a replay.

        A later lap of the same drive writes a longer one of the same name. `best` is the lap again,
        if it is the best from now on.
        """
        date = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        about = (lap, date, self._track, self._car, self._car_hash, setup, replay)
        self.do(lambda: self._write(booked(*about)))
        if lap.valid:
            self.do(lambda: save_replay(recording, self.folder / replay))
        if best is not None:
            self._best[setup.tyre] = best
            self.do(lambda: save_best(best, self._path(setup.tyre)))

    def close(self) -> None:
        """Wait until all is written."""
        self._thread.shutdown()

    def _try(self, job: Callable[[], None]) -> None:
        try:
            job()
        except InputError as error:
            self.complaint = str(error)

    def _load(self, tyre: str) -> None:
        best = load_best(self._path(tyre))
        if best is not None:
            self._best[tyre] = best

    def _read(self, take: Callable[[Sequence[BookedLap]], None]) -> None:
        laps, complaint = read_book(self.folder / _BOOK)
        take([lap for lap in laps if lap.car == self._car])
        if complaint:
            raise InputError(complaint)

    def _write(self, lap: BookedLap) -> None:
        self._unwritten.append(lap)
        write_in(self.folder / _BOOK, self._unwritten)
        self._unwritten.clear()

    def _path(self, tyre: str) -> Path:
        return self.folder / f"best-{tyre}-{self._car_hash}.lap"
