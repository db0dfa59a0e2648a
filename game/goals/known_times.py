"""Keep the times on a circuit in the cache, until a file changes from which they are known.

They are found without building the circuit, so that a list of many is quick.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from game.boards.lap_database import circuit_folder
from game.digests import car_digest, digest_of
from game.files import cache_folder, tracks_folder
from game.kept_results import keep_result, read_result
from game.program_digest import program_digest
from game.recording.best_lap import best_path, kept_best_paths
from game.track.track import load_track, read_track
from game.vehicle.spec import CarSpec
from game.weather.weather import weather_digest

_TIMES: Final = "game.goals.circuit_times"  # the module that finds them out
_MAX_BYTES: Final = 10_000


class KnownTimes(msgspec.Struct, frozen=True):
    """Holds the times on a circuit, as found out from files that have not changed since."""

    key: str = ""
    best_s: float | None = None
    bot_s: float | None = None
    medal: str | None = None


def known_times(name: str, spec: CarSpec, tyre: str) -> KnownTimes:
    """Return the times on the circuit of this name, which is built only if some are kept that are
    not known.

    Raises InputError if it cannot be driven on.
    """
    stamps = list(_stamps(_kept_files(name, spec, tyre)))
    if not stamps:
        return KnownTimes()
    file = msgspec.json.encode(read_track(name).file)
    key = digest_of(program_digest(_TIMES), file, car_digest(spec), tyre, repr(stamps))
    known = cache_folder() / "circuits" / f"{name}-{spec.id}-{tyre}.json"
    times = read_result(known, _MAX_BYTES, msgspec.json.Decoder(KnownTimes).decode)
    if times is None or times.key != key:
        times = _found_out(name, spec, tyre, key)
        keep_result(known, msgspec.json.encode(times))
    return times


def _kept_files(name: str, spec: CarSpec, tyre: str) -> list[Path]:
    """Return the files from which times on a circuit may be known."""
    stem = f"{spec.id}-{tyre}"
    return [
        *kept_best_paths(
            best_path(circuit_folder(name), tyre, spec.id, weather_digest(spec.weather))
        ),
        *sorted((tracks_folder() / name).glob(f"{stem}*")),
        *sorted((cache_folder() / "targets").glob(f"{name}-{stem}-*")),
        *sorted((cache_folder() / "plans").glob(f"{name}-*")),
    ]


def _stamps(files: Iterable[Path]) -> Iterator[tuple[str, int, int]]:
    """Return the path, the size and the time of the last change of each file that is there."""
    for path in files:
        with suppress(OSError):  # another process may have removed it since it was listed
            status = path.stat()
            yield str(path), status.st_size, status.st_mtime_ns


def _found_out(name: str, spec: CarSpec, tyre: str, key: str) -> KnownTimes:
    from game.goals.circuit_times import (  # a second that is seldom needed
        circuit_times,
    )

    times = circuit_times(load_track(name), spec, tyre)
    best_s, bot_s = (
        time_s if math.isfinite(time_s) else None for time_s in (times.best_s, times.bot_s)
    )
    return KnownTimes(key, best_s, bot_s, None if times.medal is None else times.medal.value)
