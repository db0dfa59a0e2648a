"""The best valid lap with a car on a tyre: its times, and where the car was when."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec

from game.digests import DriveDigests
from game.errors import InputError
from game.files import write_bytes
from game.recording.ghost import GhostLap
from game.recording.lap_trace import TracedLap


class BestLap(msgspec.Struct, frozen=True):
    """The best lap, which later laps are measured against."""

    date: datetime.datetime
    time_s: float
    sectors_s: tuple[float, ...]
    trace: TracedLap
    ghost: GhostLap
    digests: DriveDigests | None = None  # unknown to earlier versions


def save_best(best: BestLap, path: Path) -> None:
    """Write it whole or not at all. Raises InputError if it cannot be written."""
    write_bytes(path, msgspec.msgpack.encode(best))


def load_best(path: Path) -> BestLap | None:
    """Return the best lap that was saved, or None. Raises InputError for a damaged file."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=BestLap)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({error})") from None
