"""The laps that a person has driven on a circuit: a line of JSON each, kept for ever."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

import msgspec
from msgspec import Meta

from game.errors import InputError
from game.recording.laps import Lap
from game.setups.share_code import code_of
from game.units import kwh
from game.vehicle.setup import Setup
from game.version import __version__

FORMAT: Final = 1

Seconds = Annotated[float, Meta(gt=0.0)]


class BookedLap(msgspec.Struct, frozen=True):
    """A line of the book. Names that a later version adds are passed over."""

    format: Annotated[int, Meta(ge=1, le=FORMAT)]
    date: datetime.datetime  # when it ended
    program: str  # version that it was driven with
    track: str
    car: str
    car_hash: str
    tyre: str
    time_s: Seconds
    sectors_s: tuple[float, ...]
    valid: bool
    drawn_kwh: float  # from the battery, at its terminals
    regained_kwh: float
    setup: Setup
    setup_code: str
    replay: str = ""  # name of the file beside the book that proves it, if the lap is valid ...
    replay_lap: int = 0  # ... and which lap of that drive it is

    @property
    def net_kwh(self) -> float:
        """Drawn less regained."""
        return self.drawn_kwh - self.regained_kwh


def booked(
    lap: Lap,
    date: datetime.datetime,
    track: str,
    car: str,
    car_hash: str,
    setup: Setup,
    replay: str = "",
) -> BookedLap:
    """The line of a lap that ended at a date."""
    return BookedLap(
        FORMAT,
        date,
        __version__,
        track,
        car,
        car_hash,
        setup.tyre,
        lap.time_s,
        lap.sectors_s,
        lap.valid,
        kwh(lap.drawn_j),
        kwh(lap.regained_j),
        setup,
        code_of(setup),
        replay if lap.valid else "",
        lap.number if lap.valid else 0,
    )


def read_book(path: Path) -> tuple[list[BookedLap], str]:
    """The laps of a book, the oldest first, and in one line which lines are damaged, if any."""
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return [], ""
    except OSError as error:
        return [], f"{path}: cannot be read ({(error.strerror or str(error)).lower()})"
    laps, damaged, why = [], [], ""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            laps.append(msgspec.json.decode(line, type=BookedLap))
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            damaged.append(number)
            why = why or str(error)
    if not damaged:
        return laps, ""
    others = f" and {len(damaged) - 1} more" if len(damaged) > 1 else ""
    return laps, f"{path}: line {damaged[0]}{others} cannot be read and is passed over ({why})"


def write_in(path: Path, laps: Sequence[BookedLap]) -> None:
    """Add laps to a book; they are on the disk when this returns.

    What is there stays as it is: a line that was cut short is ended first. Raises InputError if the
    laps cannot be written whole.
    """
    content = b"".join(msgspec.json.encode(lap) + b"\n" for lap in laps)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b", buffering=0) as stream:
            if stream.seek(0, os.SEEK_END):
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":
                    content = b"\n" + content
            written = stream.write(content)
            os.fsync(stream.fileno())
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({(error.strerror or str(error)).lower()})"
        ) from None
    if written != len(content):
        raise InputError(f"{path}: cannot be written (the disk is full)")
