"""Keep the laps that a person has driven on a circuit: a line of JSON each, for ever."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from game.digests import DriveDigests, drive_digests
from game.recording.json_lines import append_lines, read_lines
from game.recording.lap_recorder import Lap
from game.setups.share_code import code_of
from game.track.track import Track
from game.units import kwh
from game.vehicle.setup import FORMER_SPLIT_LAW, Setup
from game.vehicle.spec import CarSpec
from game.version import __version__

FORMAT: Final = 2  # 1 did not name the split law
_FIRST_WITH_SPLIT_LAW: Final = 2

PositiveSeconds = Annotated[float, Meta(gt=0.0, le=1e5)]
EnergyKwh = Annotated[float, Meta(ge=-1e4, le=1e4)]


class HistoryLap(msgspec.Struct, frozen=True):
    """Holds a line of the history. Names that a later version adds are ignored."""

    format: Annotated[int, Meta(ge=1, le=FORMAT)]
    date: Annotated[datetime.datetime, Meta(tz=True)]  # when it ended
    program: str  # version that it was driven with
    track: str
    car: str  # as it is called
    tyre: str
    time_s: PositiveSeconds
    sectors_s: tuple[float, ...]
    valid: bool
    drawn_kwh: EnergyKwh  # from the battery, at its terminals
    regained_kwh: EnergyKwh
    setup: Setup
    setup_code: str
    replay: str = ""  # name of the file beside the history that proves it, if the lap is valid ...
    replay_lap: int = 0  # ... and which lap of that drive it is
    car_id: str = ""  # name of the car's file; versions before wrote neither it ...
    digests: DriveDigests | None = None  # ... nor what the lap was driven on, with and by ...
    help: str = ""  # ... nor how much the car helped: easy, normal, expert or custom

    @property
    def net_kwh(self) -> float:
        """Return the energy drawn minus the energy regained."""
        return self.drawn_kwh - self.regained_kwh


class DrivenOn(NamedTuple):
    """Holds the digests and names of what laps are driven with: circuit, car, physics."""

    track: str
    car: str  # as it is called
    car_id: str
    digests: DriveDigests

    def is_same(self, lap: HistoryLap) -> bool:
        """Return whether a lap's time can be compared: all that it depends on is as it was."""
        return lap.track == self.track and lap.digests == self.digests


def driven_on(track: Track, spec: CarSpec) -> DrivenOn:
    """Return what is noted with every lap of a car on a track."""
    return DrivenOn(track.name, spec.name, spec.id, drive_digests(track, spec))


def history_lap(
    lap: Lap,
    date: datetime.datetime,
    where: DrivenOn,
    setup: Setup,
    replay: str = "",
    help_name: str = "",
) -> HistoryLap:
    """Return the line of a lap that ended at a date."""
    return HistoryLap(
        format=FORMAT,
        date=date,
        program=__version__,
        track=where.track,
        car=where.car,
        tyre=setup.tyre,
        time_s=lap.time_s,
        sectors_s=lap.sectors_s,
        valid=lap.valid,
        drawn_kwh=kwh(lap.drawn_j),
        regained_kwh=kwh(lap.regained_j),
        setup=setup,
        setup_code=code_of(setup, where.car_id),
        replay=replay if lap.valid else "",
        replay_lap=lap.number if lap.valid else 0,
        car_id=where.car_id,
        digests=where.digests,
        help=help_name,
    )


def read_history(path: Path) -> tuple[list[HistoryLap], str]:
    """Return the laps of a history, oldest first, and in one line which are damaged, if any."""
    laps, damaged = read_lines(path, HistoryLap)
    return [_with_law(lap) for lap in laps], damaged


def append_laps(path: Path, laps: Sequence[HistoryLap]) -> None:
    """Add laps to a history. Raises InputError if they cannot be written whole."""
    append_lines(path, laps)


def _with_law(lap: HistoryLap) -> HistoryLap:
    """Return a lap with the split law that it was driven with."""
    if lap.format >= _FIRST_WITH_SPLIT_LAW:
        return lap
    replace = msgspec.structs.replace
    return replace(lap, setup=replace(lap.setup, split_law=FORMER_SPLIT_LAW))
