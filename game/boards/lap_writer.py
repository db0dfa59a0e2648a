"""Save what a person drives in the player's folder, in a thread of its own.

All laps are in one database. For each circuit there is a folder with a replay of every drive with a
valid lap in it, and the best lap of each car on each tyre; one within it has replays of races.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from game.boards.former_history import FORMER_FILE, read_former_history
from game.boards.kept_lap import FinishedLap, KeptLap, driven_on
from game.boards.lap_database import DamagedDatabaseError, LapDatabase, circuit_folder
from game.errors import InputError
from game.files import named_by_the_time
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
from game.recording.replay import REPLAY_SUFFIX
from game.recording.replay_recorder import Recording, save_replay
from game.track.track import Track
from game.translation import _
from game.units import lap_time_text
from game.vehicle.spec import CarSpec

RACES: Final = "races"  # the folder of a circuit's races, in its own
DRIVES_OF_TWO: Final = "two_players"  # that of free drives of two players
_LEGACY: Final = re.compile("[0-9a-f]{16}")  # versions before named best laps by such a hash


class LapWriter:
    """Writes the laps of one car on one circuit.

    What cannot be written is said in `message`, and laps are tried again with the next one.
    """

    def __init__(self, track: Track, spec: CarSpec, day: str = "") -> None:
        """day: the date of the daily conditions that are driven, whose best laps are their own."""
        self.folder = circuit_folder(track.name)
        self._database = LapDatabase()
        self.message = ""  # to the player, in one line; the last one there was
        self._driven_on = driven_on(track, spec)
        self._day = day
        self._best: dict[str, BestLap] = {}
        self._unwritten: list[KeptLap] = []
        self._thread = ThreadPoolExecutor(1, "laps")
        for tyre in spec.tyres:
            self._try(partial(self._load_best, tyre))

    def read(self, on_laps: Callable[[Sequence[KeptLap]], None]) -> None:
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

    def save(self, finished: FinishedLap, recording: Recording, best: BestLap | None) -> None:
        """Keep a lap that ended now, and if it is valid write the drive up to it as a replay.

        The replay comes first: a lap that is kept has one. A later lap of the same drive writes a
        longer one of the same name. `best` is the lap again, if it is the best from now on.
        """
        date = datetime.datetime.now(datetime.UTC)
        if finished.lap.valid:
            self.run(lambda: save_replay(recording, self.folder / finished.replay))
        self.run(lambda: self._write(KeptLap.of(finished, date, self._driven_on)))
        if best is not None:
            tyre = finished.setup.tyre
            self._best[tyre] = best
            self.run(lambda: self._save_best(best, tyre))

    def save_race(self, recording: Recording, kind: str = RACES) -> None:
        """Write the replay of a race, or of another drive of several cars, into the folder of its
        kind; its laps are nobody's lap times.
        """
        folder = self.folder / kind
        self.run(lambda: save_replay(recording, named_by_the_time(folder, REPLAY_SUFFIX)))

    def close(self) -> None:
        """Wait until all is written."""
        self._thread.shutdown()

    def _try(self, job: Callable[[], None]) -> None:
        try:
            job()
        except InputError as error:
            self.message = str(error)

    def _read(self, on_laps: Callable[[Sequence[KeptLap]], None]) -> None:
        self._take_over_former_history()
        stored, damage = self._database.laps(self._driven_on.track)
        own = [each.lap for each in stored if not (each.lap.driver or each.lap.is_bot)]
        on_laps([lap for lap in own if self._driven_on.is_same(lap)])
        if damage:
            raise InputError(damage)

    def _take_over_former_history(self) -> None:
        """Enter the laps of an earlier version, and put its file aside."""
        path = self.folder / FORMER_FILE
        if not path.exists():
            return
        laps, damage = read_former_history(path)
        self._unwritten.extend(laps)
        self._write_unwritten()
        put_aside(path, datetime.datetime.now(datetime.UTC))
        if damage:
            raise InputError(damage)

    def _write(self, lap: KeptLap) -> None:
        self._unwritten.append(lap)
        self._write_unwritten()

    def _write_unwritten(self) -> None:
        try:
            self._database.add(self._unwritten)
        except DamagedDatabaseError as error:
            aside = self._database.put_aside()
            self._database.add(self._unwritten)
            text = _("{error}: it is kept as {path}, and a new one was begun")
            self.message = text.format(error=error, path=aside)
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
        digests, car_id = driven_on.digests, driven_on.car_id
        return best_path(self.folder, tyre, car_id, digests.weather, self._day)
