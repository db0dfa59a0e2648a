"""Pass laps on with the replays that prove them, and take in those of others that are proved."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from game.boards.board_file import BoardLap, read_board_file, replay_name, write_board_file
from game.boards.kept_lap import FinishedLap, KeptLap, driven_on
from game.boards.lap_database import LapDatabase, StoredLap, circuit_folder
from game.boards.proof import Claim, drive_again, prove
from game.digests import physics_digest
from game.errors import InputError
from game.files import read_bytes, write_bytes
from game.progress import OnProgress
from game.recording.replay import MAX_BYTES

_IMPORTED: Final = "imported"  # the folder, beside a circuit's own replays, of those of others


class ExportedLaps(NamedTuple):
    """Holds what was written to a board file, and what could not be."""

    laps: int
    faults: tuple[str, ...]


class ImportedLaps(NamedTuple):
    """Holds what came of a board file's laps."""

    new: int
    known: int
    unproved: tuple[tuple[KeptLap, str], ...]  # taken in, with the reason
    refused: tuple[tuple[KeptLap, str], ...]


def export_laps(path: Path, stored: Sequence[StoredLap], driver: str) -> ExportedLaps:
    """Write laps as a board file. `driver` names the player, whose own laps have no name.

    Raises InputError if it cannot be written.
    """
    laps, faults = [], []
    for each in stored:
        try:
            content = read_bytes(replay_path(each.lap), MAX_BYTES)
        except InputError as error:
            faults.append(str(error))
            continue
        named = each.lap.driver or driver
        laps.append(BoardLap(msgspec.structs.replace(each.lap, driver=named), content))
    if laps:
        write_board_file(path, laps)
    return ExportedLaps(len(laps), tuple(faults))


def import_laps(
    path: Path, database: LapDatabase, jobs: int, on_progress: OnProgress | None = None
) -> ImportedLaps:
    """Prove the laps of a board file, and keep them with their replays.

    A lap that is not in its replay is refused. One that cannot be proved here, because its circuit,
    car or physics are not this program's, is kept on the board of its own.

    Raises InputError if the file is no board, or the laps cannot be kept.
    """
    known = {_identity(each.lap) for each in database.laps()[0]}
    found = read_board_file(path)
    fresh = [each for each in found if _identity(each.lap) not in known]
    with tempfile.TemporaryDirectory() as folder:
        claims = [_unpacked(each, Path(folder)) for each in fresh]
        results = prove(claims, jobs, on_progress)
    refused, unproved, proved = [], [], []
    for each, result in zip(fresh, results, strict=True):
        if result.is_false or not _is_plain_name(each.lap.track):
            refused.append((each.lap, result.reason))
        elif result.is_proved:
            proved.append(_kept(each))
        else:
            unproved.append((_kept(each), result.reason))
    new = database.add([lap for lap, _reason in unproved])
    new += database.add(proved, physics_digest())
    return ImportedLaps(new, len(found) - len(fresh), tuple(unproved), tuple(refused))


def enter_replay(path: Path, database: LapDatabase, driver: str, *, is_bot: bool) -> list[KeptLap]:
    """Put the valid laps of a replay on the board, once it was driven again; return them.

    driver: a name, or empty for the player. The date is that of the file. Raises InputError if the
    replay does not end as it was recorded, has no valid lap, or cannot be kept.
    """
    content = read_bytes(path, MAX_BYTES)
    try:
        driven = drive_again(path)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    date = datetime.datetime.fromtimestamp(path.stat().st_mtime, datetime.UTC)
    name = f"{_IMPORTED}/{replay_name(content)}"
    where = driven_on(driven.track, driven.spec)
    laps = [
        msgspec.structs.replace(
            KeptLap.of(FinishedLap(lap, start.setup, name), date, where),
            driver=driver,
            is_bot=is_bot,
            replay_car=car,
        )
        for car, start in enumerate(driven.replay.starts)
        for lap in driven.laps[car]
        if lap.valid
    ]
    if not laps:
        raise InputError(f"{path}: has no valid lap")
    write_bytes(replay_path(laps[0]), content)
    database.add(laps, physics_digest())
    return laps


def replay_path(lap: KeptLap) -> Path:
    """Return the file of a lap's replay."""
    return circuit_folder(lap.track) / lap.replay


def _unpacked(each: BoardLap, folder: Path) -> Claim:
    path = folder / replay_name(each.replay)
    if not path.exists():
        write_bytes(path, each.replay)
    return Claim(path, each.lap)


def _kept(each: BoardLap) -> KeptLap:
    """Return a lap as it is kept here, once its replay is."""
    lap = msgspec.structs.replace(each.lap, replay=f"{_IMPORTED}/{replay_name(each.replay)}")
    if not replay_path(lap).exists():
        write_bytes(replay_path(lap), each.replay)
    return lap


def _identity(lap: KeptLap) -> tuple[object, ...]:
    """Return what two laps differ in, whoever they are said to be of: one's own may come back."""
    return lap.track, lap.car_id, lap.date, lap.time_s, lap.replay_lap


def _is_plain_name(track: str) -> bool:
    """Return whether a name may be that of a folder for a circuit's laps."""
    return bool(track) and not track.startswith(".") and not set(track) & set("/\\:\0")
