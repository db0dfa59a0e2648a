"""Keep the best valid lap with a car on a tyre: its times, and where the car was when."""

from __future__ import annotations

import datetime
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from game.digests import DriveDigests
from game.errors import InputError, MissingFileError
from game.files import immovable, read_bytes, write_bytes
from game.recording.ghost import GhostLap, are_times, is_sound
from game.recording.lap_trace import TracedLap
from game.translation import _

EARLIER: Final = "earlier"  # the folder of best laps that are no longer compared with
_MAX_SPACING_M: Final = 1000.0
_MAX_BYTES: Final = 32_000_000  # of a file; a minute and a half takes some 120,000


class BestLap(msgspec.Struct, frozen=True):
    """Keeps the best lap, which later laps are measured against."""

    date: Annotated[datetime.datetime, Meta(tz=True)]
    time_s: float
    sectors_s: tuple[float, ...]
    trace: TracedLap
    ghost: GhostLap
    digests: DriveDigests | None = None  # unknown to earlier versions


def best_path(folder: Path, tyre: str, car_id: str) -> Path:
    """Return the file of the best lap of a car on a tyre, in the folder of a circuit's laps."""
    return folder / f"best-{tyre}-{car_id}.lap"


def put_aside(path: Path, date: datetime.datetime) -> Path:
    """Move a best lap to those that no longer count, and return where it is kept.

    Raises InputError if it cannot be moved.
    """
    aside = path.parent / EARLIER / f"{date:%Y%m%d-%H%M%S}-{path.name}"
    try:
        aside.parent.mkdir(exist_ok=True)
        path.rename(aside)
    except OSError as error:
        raise immovable(path, aside, error) from None
    return aside


def save_best(best: BestLap, path: Path) -> None:
    """Write it whole or not at all. Raises InputError if it cannot be written."""
    write_bytes(path, msgspec.msgpack.encode(best))


def load_best(path: Path) -> BestLap | None:
    """Return the best lap that was saved, or None. Raises InputError for a damaged file."""
    try:
        best = msgspec.msgpack.decode(read_bytes(path, _MAX_BYTES), type=BestLap)
    except MissingFileError:
        return None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise _damaged(path, str(error)) from None
    wrong = _wrong_part(best)
    if wrong:
        raise _damaged(path, f"{wrong} is not that of a lap")
    return best


def comparable_best(path: Path, digests: DriveDigests) -> BestLap | None:
    """Return a best lap unless it was driven on another circuit, with another car or physics.

    Raises InputError for a damaged file.
    """
    best = load_best(path)
    return best if best is not None and best.digests == digests else None


def _damaged(path: Path, why: str) -> InputError:
    return InputError(_("{path}: is damaged ({reason})").format(path=path, reason=why))


def _wrong_part(best: BestLap) -> str:
    """Return the name of a part whose numbers no lap can have; empty if there is none."""
    trace = best.trace
    sound = {
        "time_s": best.time_s > 0.0 and are_times((0.0, best.time_s)),
        "sectors_s": are_times((0.0, *accumulate(best.sectors_s, initial=0.0))),
        "trace": len(trace.times_s) > 1
        and are_times((*trace.times_s, trace.time_s))
        and 0.0 < trace.spacing_m <= _MAX_SPACING_M,
        "ghost": is_sound(best.ghost),
    }
    return next((name for name, is_right in sound.items() if not is_right), "")
