"""Keep the best valid lap with a car on a tyre: its times, and where the car was when."""

from __future__ import annotations

import contextlib
import datetime
from itertools import accumulate
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from game.digests import DriveDigests
from game.errors import InputError, MissingFileError
from game.files import move, read_bytes, write_bytes
from game.recording.ghost import GhostLap, are_times, is_sound
from game.recording.traced_lap import TracedLap
from game.translation import _

EARLIER: Final = "earlier"  # the folder of best laps that count when all is as it was then
FORGOTTEN: Final = "forgotten"  # the folder of those that never count again
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


class EarlierBest(NamedTuple):
    """Holds a best lap that was put aside, and its file."""

    path: Path
    best: BestLap


def best_path(folder: Path, tyre: str, car_id: str, weather: str = "", day: str = "") -> Path:
    """Return the file of the best lap of a car on a tyre, in the folder of a circuit's laps.

    weather: its digest; every weather has a best lap of its own. So has every day: its date.
    """
    parts = [f"best-{tyre}-{car_id}", weather, f"day-{day}" if day else ""]
    return folder / f"{'.'.join(filter(None, parts))}.lap"


def put_aside(path: Path, date: datetime.datetime, folder: str = EARLIER) -> Path:
    """Move a best lap to those that no longer count, and return where it is kept.

    Raises InputError if it cannot be moved.
    """
    aside = path.parent / folder / f"{date:%Y%m%d-%H%M%S}-{path.name}"
    move(path, aside)
    return aside


def move_back(aside: Path, path: Path) -> None:
    """Move a best lap back that was put aside. Raises InputError if it cannot be moved."""
    move(aside, path)


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
    """Return a best lap that was driven on this circuit, with this car and these physics.

    One that was put aside counts again if they are once more as they were then.
    Raises InputError for a damaged file.
    """
    best = load_best(path)
    if best is not None and best.digests == digests:
        return best
    earlier = earlier_best(path, digests)
    return None if earlier is None else earlier.best


def earlier_best(path: Path, digests: DriveDigests) -> EarlierBest | None:
    """Return the fastest of the best laps that were put aside which counts with these digests."""
    found = []
    for aside in sorted(path.parent.glob(f"{EARLIER}/*-{path.name}")):
        with contextlib.suppress(InputError):  # one that was put aside as it is damaged
            best = load_best(aside)
            if best is not None and best.digests == digests:
                found.append(EarlierBest(aside, best))
    return min(found, key=lambda each: each.best.time_s, default=None)


def kept_best_paths(path: Path) -> list[Path]:
    """Return the files that a best lap may be read from: its own, and those put aside."""
    return [*filter(Path.exists, [path]), *sorted(path.parent.glob(f"{EARLIER}/*-{path.name}"))]


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
