"""Keep measurements that were made before: on disk, shared by all processes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from game.digests import car_digest, digest_of, track_digest
from game.files import cache_folder
from game.kept_results import keep_result, read_result
from game.program_digest import program_digest
from game.tuning.baseline import Baseline
from game.tuning.measurement import Measurement
from game.vehicle.setup import Setup

_SUFFIX: Final = ".laps"
_MAX_BYTES: Final = 4_000_000  # of a measurement; one takes some 20,000


class CachedMeasurement(NamedTuple):
    """Holds a number of laps with a setup, and their measurement."""

    setup: Setup
    laps: int
    measurement: Measurement


class MeasurementCache:
    """Keeps the measurements on one baseline, by this version of the program.

    A file each, written whole or not at all, so that any number of processes may keep and get. A
    new version of the program, another car or another track has a folder of its own.
    """

    def __init__(self, baseline: Baseline) -> None:
        key = digest_of(
            program_digest("game.tuning.measure"),
            track_digest(baseline.track),
            car_digest(baseline.spec),
            baseline.plan.offset_m.tobytes(),
            baseline.plan.grip.tobytes(),
        )
        self.folder = cache_folder() / "laps" / f"{baseline.track.name}-{key}"

    def get(self, setup: Setup, laps: int) -> Measurement | None:
        """Return the measurement of so many laps with a setup; None if none is usable."""
        kept = _read(self._path(setup, laps))
        return None if kept is None else kept.measurement

    def all(self) -> Iterator[CachedMeasurement]:
        """Yield all measurements, read one by one, the latest first."""
        files = ((path, _written_s(path)) for path in self.folder.glob(f"*{_SUFFIX}"))
        for path, _ in sorted(files, key=lambda each: each[1], reverse=True):
            found = _read(path)
            if found is not None:
                yield found

    def keep(self, setup: Setup, laps: int, measurement: Measurement) -> None:
        """Keep the measurement of a number of laps with a setup, if the disk can be written."""
        content = msgspec.msgpack.encode(CachedMeasurement(setup, laps, measurement))
        keep_result(self._path(setup, laps), content)

    def _path(self, setup: Setup, laps: int) -> Path:
        content = msgspec.msgpack.encode((setup, laps))
        return self.folder / f"{hashlib.sha256(content).hexdigest()[:24]}{_SUFFIX}"


def _read(path: Path) -> CachedMeasurement | None:
    """Return the content of a file; None if it is not usable."""
    return read_result(path, _MAX_BYTES, msgspec.msgpack.Decoder(CachedMeasurement).decode)


def _written_s(path: Path) -> float:
    """Return when a file was written; 0 for one that has been deleted meanwhile."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
