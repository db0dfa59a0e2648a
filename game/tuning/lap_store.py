"""Measurements that were made before: kept on disk, shared by all processes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import msgspec

from game.drivers.fingerprint import fingerprint
from game.files import InputError, cache_folder, write_bytes
from game.tuning.measurement import Measurement
from game.tuning.rig import Rig
from game.vehicle.setup import Setup

_ROOMS: Final = ("track", "vehicle", "simulation", "drivers", "recording", "tuning")


class LapStore:
    """The measurements on one rig, by this version of the program.

    A file each, written whole or not at all, so that any number of processes may keep and get. A
    new version of the program, another car or another track has a folder of its own.
    """

    def __init__(self, rig: Rig) -> None:
        key = fingerprint(
            rig.track,
            _ROOMS,
            msgspec.msgpack.encode(rig.spec),
            rig.plan.offset_m.tobytes(),
            rig.plan.grip.tobytes(),
        )
        self.folder = cache_folder() / "laps" / f"{rig.track.name}-{key}"

    def get(self, setup: Setup, laps: int) -> Measurement | None:
        """What was kept for so many laps with a setup; None if nothing usable was."""
        try:
            return msgspec.msgpack.decode(self._path(setup, laps).read_bytes(), type=Measurement)
        except (OSError, msgspec.DecodeError):
            return None

    def keep(self, setup: Setup, laps: int, measurement: Measurement) -> None:
        """Keep what so many laps with a setup came to, if the disk lets it."""
        try:
            write_bytes(self._path(setup, laps), msgspec.msgpack.encode(measurement))
        except InputError:
            return  # what cannot be kept is measured again next time

    def _path(self, setup: Setup, laps: int) -> Path:
        content = msgspec.msgpack.encode((setup, laps))
        return self.folder / f"{hashlib.sha256(content).hexdigest()[:24]}.laps"
