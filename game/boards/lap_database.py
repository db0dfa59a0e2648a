"""Keep all laps of a player in one SQLite database, which several programs may write to at once.

A lap is on the disk when `add` returns, or not at all: SQLite's journal undoes what a kill or a
full disk cut short. A lap that is there already is not added again.
"""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from game.boards.kept_lap import KeptLap, decoded_lap
from game.errors import InputError
from game.files import player_folder, reason, unwritable
from game.recording.best_lap import put_aside
from game.translation import _

_FILE: Final = "laps.sqlite"
_VERSION: Final = 1
_WAIT_S: Final = 20.0  # for another program that is writing
# A driver ends one lap at a time: date and time of the lap tell any two apart.
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS lap (
    number INTEGER PRIMARY KEY,
    track TEXT NOT NULL,
    car_id TEXT NOT NULL,
    driver TEXT NOT NULL,
    date TEXT NOT NULL,
    time_s REAL NOT NULL,
    content BLOB NOT NULL,
    proof TEXT NOT NULL DEFAULT '',
    UNIQUE (track, car_id, driver, date, time_s)
) STRICT
"""


class DamagedDatabaseError(InputError):
    """The file is no database, or a damaged one."""


class StoredLap(NamedTuple):
    """Holds a lap of the database."""

    number: int  # in the database
    lap: KeptLap
    proof: str  # name of the physics by which its replay was last proved; empty if by none


def laps_folder() -> Path:
    """Return the folder of the player's laps: the database, and a folder for each circuit."""
    return player_folder() / "laps"


def circuit_folder(track: str) -> Path:
    """Return the folder of a circuit's best laps and replays."""
    return laps_folder() / track


class LapDatabase:
    """Reads and writes laps; connects anew each time, so it may be used in any thread.

    All methods raise InputError if the file cannot be read or written, DamagedDatabaseError if it
    is damaged.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path if path is not None else laps_folder() / _FILE

    def add(self, laps: Iterable[KeptLap], proof: str = "") -> int:
        """Add laps, and return how many of them were not there before.

        proof: name of the physics by which they were proved, which is noted of those that were
        there, too.
        """
        rows = [
            (
                *(lap.track, lap.car_id, lap.driver, lap.date.isoformat(), lap.time_s),
                msgspec.json.encode(lap),
            )
            for lap in laps
        ]
        with self._writing() as connection:
            before = connection.total_changes
            connection.executemany(
                "INSERT OR IGNORE INTO lap (track, car_id, driver, date, time_s, content) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                rows,
            )
            new = connection.total_changes - before
            if proof:
                connection.executemany(
                    "UPDATE lap SET proof = ? WHERE (track, car_id, driver, date, time_s) "
                    "= (?, ?, ?, ?, ?)",
                    [(proof, *row[:-1]) for row in rows],
                )
            return new

    def laps(self, track: str | None = None) -> tuple[list[StoredLap], str]:
        """Return the laps of a circuit, or of all, by their dates, and in one line any damage."""
        if not self.path.exists():
            return [], ""
        where, values = ("WHERE track = ? ", (track,)) if track is not None else ("", ())
        with self._connection() as connection:
            if not connection.execute("PRAGMA table_info(lap)").fetchall():
                return [], ""
            rows = connection.execute(
                f"SELECT number, content, proof FROM lap {where}ORDER BY date, number", values
            ).fetchall()
        stored, damaged = [], 0
        for number, content, proof in rows:
            try:
                stored.append(StoredLap(number, decoded_lap(content), proof))
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, TypeError):
                damaged += 1
        text = _("{path}: {count} laps cannot be read and are skipped")
        return stored, text.format(path=self.path, count=damaged) if damaged else ""

    def note_proofs(self, proofs: Sequence[tuple[int, str]]) -> None:
        """Note by which physics laps were proved, by their numbers; empty for those that failed."""
        with self._writing() as connection:
            connection.executemany(
                "UPDATE lap SET proof = ? WHERE number = ?",
                [(proof, number) for number, proof in proofs],
            )

    def put_aside(self) -> Path:
        """Move a damaged database out of the way, and return where it is kept."""
        now = datetime.datetime.now(datetime.UTC)
        for journal in self.path.parent.glob(f"{self.path.name}-*"):
            put_aside(journal, now)
        return put_aside(self.path, now)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection in a transaction, which is kept whole or not at all."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise unwritable(self.path, reason(error)) from None
        with self._connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(_SCHEMA)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            yield connection
            connection.execute("COMMIT")

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if self.path.exists() and not self.path.is_file():
            raise InputError(_("{path}: is not a regular file").format(path=self.path))
        try:
            with closing(
                sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)
            ) as connection:
                self._check_version(connection)
                yield connection
        except sqlite3.OperationalError as error:
            raise unwritable(self.path, str(error)) from None
        except sqlite3.DatabaseError as error:
            text = _("{path}: is damaged ({reason})")
            raise DamagedDatabaseError(text.format(path=self.path, reason=error)) from None

    def _check_version(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > _VERSION:
            text = _("{path}: was written by a later version of leaf-rc")
            raise InputError(text.format(path=self.path))
