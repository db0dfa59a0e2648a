"""Keep targets as files: those that ship beside a circuit, and those in the cache."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Annotated, Final

import msgspec
import numpy as np
from msgspec import Meta

from game.arrays import Array
from game.digests import car_digest, digest_of, track_digest
from game.errors import InputError
from game.files import cache_folder, read_bytes, tracks_folder, unpacked, write_bytes
from game.goals.corner_attempt import CornerCourse
from game.goals.medals import Medal
from game.goals.targets import CornerTarget, Targets, drive_targets
from game.program_digest import program_digest
from game.progress import OnProgress
from game.recording.ghost import GhostLap, TapedPose, is_sound
from game.track.track import Track
from game.vehicle.spec import CarSpec

FORMAT: Final = 1

_MAX_BYTES: Final = 16_000_000  # of a file, and of what each ghost in it unpacks to

_UNITS: Final = np.array([1e4, 1e3, 1e3, 1e4, 1e4])  # a second, x, y, heading, steering in a file
_COLUMNS: Final = len(_UNITS)


class _StoredGhost(msgspec.Struct, frozen=True, array_like=True):
    """Holds a ghost: its time, and its poses as differences of differences of whole numbers."""

    time_s: float
    poses: bytes


class _StoredCorner(msgspec.Struct, frozen=True, array_like=True):
    """Holds a corner and the bot's way through it."""

    course: CornerCourse
    ghost: _StoredGhost


class _StoredTargets(msgspec.Struct, frozen=True):
    """Holds the content of a file: msgpack."""

    format: Annotated[int, Meta(ge=1, le=FORMAT)]
    track: str  # digests
    car: str
    laps: dict[str, _StoredGhost]
    corners: list[_StoredCorner]


def find_targets(track: Track, spec: CarSpec, tyre: str) -> Targets | None:
    """Return the targets that ship or are in the cache; None if they have to be driven."""
    for path in (shipped_path(track, spec, tyre), cached_path(track, spec, tyre)):
        targets = read_targets(path, track, spec)
        if targets is not None:
            return targets
    return None


def make_targets(
    track: Track, spec: CarSpec, tyre: str, on_progress: OnProgress | None = None
) -> Targets:
    """Return the targets: shipped, from the cache, or driven now and kept."""
    targets = find_targets(track, spec, tyre)
    if targets is None:
        targets = drive_targets(track, spec, tyre, on_progress)
        keep_targets(targets, track, spec, tyre)
    return targets


def shipped_path(track: Track, spec: CarSpec, tyre: str) -> Path:
    """Return the file of targets beside a circuit; a test drives those that ship again."""
    return tracks_folder() / track.name / f"{spec.id}-{tyre}.targets"


def cached_path(track: Track, spec: CarSpec, tyre: str) -> Path:
    """Return the file of targets that were driven here, by this version of the program."""
    key = digest_of(program_digest("game.goals.targets"), track_digest(track), car_digest(spec))
    return cache_folder() / "targets" / f"{track.name}-{spec.id}-{tyre}-{key}.targets"


def write_targets(targets: Targets, path: Path, track: Track, spec: CarSpec) -> None:
    """Write targets whole or not at all. Raises InputError if they cannot be written."""
    stored = _StoredTargets(
        FORMAT,
        track_digest(track),
        car_digest(spec),
        {medal.value: _stored(lap) for medal, lap in targets.laps.items()},
        [_StoredCorner(each.course, _stored(each.ghost)) for each in targets.corners],
    )
    write_bytes(path, msgspec.msgpack.encode(stored))


def read_targets(path: Path, track: Track, spec: CarSpec) -> Targets | None:
    """Return the targets of a file; None if there are none for this circuit and car."""
    try:
        stored = msgspec.msgpack.decode(read_bytes(path, _MAX_BYTES), type=_StoredTargets)
        if (stored.track, stored.car) != (track_digest(track), car_digest(spec)):
            return None
        targets = Targets(
            {Medal(name): _restored(lap) for name, lap in stored.laps.items()},
            tuple(CornerTarget(each.course, _restored(each.ghost)) for each in stored.corners),
        )
    except (InputError, msgspec.MsgspecError, ValueError, RecursionError):
        return None
    ghosts = [*targets.laps.values(), *(each.ghost for each in targets.corners)]
    return targets if all(map(is_sound, ghosts)) else None


def keep_targets(targets: Targets, track: Track, spec: CarSpec, tyre: str) -> None:
    """Keep targets in the cache; those that cannot be kept are driven again next time."""
    try:
        write_targets(targets, cached_path(track, spec, tyre), track, spec)
    except InputError:
        return


def _stored(ghost: GhostLap) -> _StoredGhost:
    """Return a ghost with its poses rounded to millimetres and a ten-thousandth of a radian."""
    rows = np.column_stack([ghost.times_s, np.array(ghost.poses)])
    rows[:, 3:] = np.unwrap(rows[:, 3:], axis=0)
    whole = np.rint(rows * _UNITS).astype("<i4")
    twice = np.diff(np.diff(whole, axis=0, prepend=0), axis=0, prepend=0).astype("<i4")
    by_byte = np.ascontiguousarray(twice.T).view(np.uint8).reshape(-1, 4).T
    return _StoredGhost(ghost.time_s, zlib.compress(by_byte.tobytes(), 9))


def _restored(stored: _StoredGhost) -> GhostLap:
    by_byte = np.frombuffer(unpacked(stored.poses, _MAX_BYTES), np.uint8).reshape(4, -1).T
    twice = np.ascontiguousarray(by_byte).view("<i4").reshape(_COLUMNS, -1).T
    rows: Array = np.cumsum(np.cumsum(twice, axis=0, dtype=np.int64), axis=0) / _UNITS
    poses = tuple(TapedPose(*row) for row in rows[:, 1:].tolist())
    return GhostLap(stored.time_s, tuple(rows[:, 0].tolist()), poses)
