"""Saves what a person drives in the player's folder, in a thread of its own.

For each circuit there is a folder with the lap history, a replay of every drive with a valid lap in
it, and the best lap of each car on each tyre.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from game.errors import InputError
from game.files import player_folder
from game.recording.best_lap import (
    EARLIER,
    BestLap,
    best_path,
    earlier_best,
    load_best,
    move_back,
    put_aside,
    save_best,
)
from game.recording.lap_history import (
    HistoryLap,
    append_laps,
    driven_on,
    history_lap,
    read_history,
)
from game.recording.lap_recorder import Lap
from game.recording.replay_recorder import Recording, save_replay
from game.track.track import Track
from game.translation import _
from game.units import lap_time_text
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_HISTORY: Final = "laps.jsonl"
_LEGACY: Final = re.compile("[0-9a-f]{16}")  # versions before named best laps by such a hash


def laps_folder(track: Track) -> Path:
    """Return the folder of a circuit's laps; its files name what they were driven on."""
    return player_folder() / "laps" / track.name


class FinishedLap(NamedTuple):
    """Holds a lap with the drive that it ended in."""

    lap: Lap
    setup: Setup
    replay: str  # name of the drive's replay
    recording: Recording
    help: str = ""  # how much the car helped, in one word; empty where nobody said


class LapWriter:
    """Writes the laps of one car on one circuit.

    What cannot be written is said in `message`, and the lines of the history are tried again.
    """

    def __init__(self, track: Track, spec: CarSpec) -> None:
        self.folder = laps_folder(track)
        self.message = ""  # to the player, in one line; the last one there was
        self._driven_on = driven_on(track, spec)
        self._best: dict[str, BestLap] = {}
        self._unwritten: list[HistoryLap] = []
        self._thread = ThreadPoolExecutor(1, "laps")
        for tyre in spec.tyres:
            self._try(partial(self._load_best, tyre))

    def read(self, on_laps: Callable[[Sequence[HistoryLap]], None]) -> None:
        """Read the laps of earlier sittings that can be compared with today's.

        `on_laps` is called with them in the thread.
        """
        self.run(lambda: self._read(on_laps))

    def run(self, job: Callable[[], None]) -> None:
        """Run something in the thread, after what is waiting there."""
        self._thread.submit(self._try, job)

    def best(self, tyre: str) -> BestLap | None:
        """Return the best valid lap with this car on a tyre so far."""
        return self._best.get(tyre)

    def save(self, finished: FinishedLap, best: BestLap | None) -> None:
        """Enter a lap that ended now, and if it is valid write the drive up to it as a replay.

        A later lap of the same drive writes a longer one of the same name. `best` is the lap again,
        if it is the best from now on.
        """
        lap, setup, replay, recording, help_name = finished
        date = datetime.datetime.now(datetime.UTC).replace(microsecond=0)
        line = partial(history_lap, lap, date, self._driven_on, setup, replay, help_name)
        self.run(lambda: self._write(line()))
        if lap.valid:
            self.run(lambda: save_replay(recording, self.folder / replay))
        if best is not None:
            self._best[setup.tyre] = best
            self.run(lambda: self._save_best(best, setup.tyre))

    def close(self) -> None:
        """Wait until all is written."""
        self._thread.shutdown()

    def _try(self, job: Callable[[], None]) -> None:
        try:
            job()
        except InputError as error:
            self.message = str(error)

    def _read(self, on_laps: Callable[[Sequence[HistoryLap]], None]) -> None:
        laps, damage = read_history(self.folder / _HISTORY)
        on_laps([lap for lap in laps if self._driven_on.is_same(lap)])
        if damage:
            raise InputError(damage)

    def _write(self, lap: HistoryLap) -> None:
        self._unwritten.append(lap)
        append_laps(self.folder / _HISTORY, self._unwritten)
        self._unwritten.clear()

    def _save_best(self, best: BestLap, tyre: str) -> None:
        digests = self._driven_on.digests
        save_best(msgspec.structs.replace(best, digests=digests), self._best_path(tyre))

    def _load_best(self, tyre: str) -> None:
        """Load the best lap on a tyre, and put those aside that were driven in another way.

        One that was put aside comes back when all is again as it was then.
        """
        for path in sorted(self.folder.glob(f"best-{tyre}-*.lap")):
            is_ours = path == self._best_path(tyre)
            if not is_ours and not _LEGACY.fullmatch(path.stem.rpartition("-")[2]):
                continue  # of another car
            try:
                best = load_best(path)
            except InputError as error:
                put_aside(path, datetime.datetime.now(datetime.UTC))
                text = _("{error}: it no longer counts and is kept in {folder}")
                self.message = text.format(error=error, folder=path.parent / EARLIER)
                continue
            if best is not None and is_ours and best.digests == self._driven_on.digests:
                self._best[tyre] = best
            elif best is not None:
                put_aside(path, best.date)
                self.message = self._other_drive(best, tyre)
        if tyre not in self._best:
            self._bring_back(tyre)

    def _bring_back(self, tyre: str) -> None:
        """Let the fastest lap count again that was put aside and driven as one drives now."""
        path = self._best_path(tyre)
        earlier = earlier_best(path, self._driven_on.digests)
        if earlier is not None:
            self._best[tyre] = earlier.best
            move_back(earlier.path, path)

    def _other_drive(self, best: BestLap, tyre: str) -> str:
        why = _("an unknown circuit, car or physics")
        if best.digests is not None:
            why = best.digests.differences(self._driven_on.digests)
        return _(
            "Your best lap on {tyre} tyres, {time}, was driven with {why}: it no longer counts and "
            "is kept in {folder}"
        ).format(tyre=tyre, time=lap_time_text(best.time_s), why=why, folder=self.folder / EARLIER)

    def _best_path(self, tyre: str) -> Path:
        driven_on = self._driven_on
        return best_path(self.folder, tyre, driven_on.car_id, driven_on.digests.weather)
