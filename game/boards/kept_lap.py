"""A lap is kept for ever with all that its time depends on, and with the replay that proves it."""

from __future__ import annotations

import datetime
from typing import Annotated, Final, NamedTuple

import msgspec
from msgspec import Meta

from game.boards.setup_class import SetupClass, setup_class_of
from game.digests import DriveDigests, drive_digests, physics_digest
from game.recording.lap_recorder import Lap
from game.setups.share_code import code_of
from game.track.track import Track
from game.units import kwh
from game.vehicle.setup import FORMER_SPLIT_LAW, Setup, default_setup
from game.vehicle.spec import CarSpec
from game.version import __version__

FORMAT: Final = 2  # 1 did not name the split law
_FIRST_WITH_SPLIT_LAW: Final = 2

PositiveSeconds = Annotated[float, Meta(gt=0.0, le=1e5)]
EnergyKwh = Annotated[float, Meta(ge=-1e4, le=1e4)]

DriverName = Annotated[str, Meta(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$")]


class KeptLap(msgspec.Struct, frozen=True):
    """Holds a lap as it is kept, as JSON. Names that a later version adds are ignored."""

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
    replay: str = ""  # the file that proves it, in the circuit's folder, if the lap is valid ...
    replay_lap: int = 0  # ... and which lap of that drive it is
    car_id: str = ""  # name of the car's file; versions before wrote neither it ...
    digests: DriveDigests | None = None  # ... nor what the lap was driven on, with and by ...
    help: str = ""  # ... nor how much the car helped: easy, normal, expert or custom ...
    weather: str = ""  # ... nor the weather by its name; its digest is the drive's ...
    setup_class: SetupClass = ""  # ... nor how much of the setup was the driver's choice
    driver: DriverName = ""  # empty for the player whose laps these are
    is_bot: bool = False
    replay_car: Annotated[int, Meta(ge=0)] = 0  # which car of the replay it is
    day: str = ""  # the date of the daily conditions that it was driven in, or none

    @classmethod
    def of(cls, finished: FinishedLap, date: datetime.datetime, where: DrivenOn) -> KeptLap:
        """Return a lap that ended at a date as it is kept. Only a valid one names its replay."""
        lap, setup = finished.lap, finished.setup
        return cls(
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
            replay=finished.replay if lap.valid else "",
            replay_lap=lap.number if lap.valid else 0,
            car_id=where.car_id,
            digests=where.digests,
            help=finished.help,
            weather=where.weather,
            setup_class=setup_class_of(setup, where.default_setup),
            day=finished.day,
        )

    @property
    def net_kwh(self) -> float:
        """Return the energy drawn minus the energy regained."""
        return self.drawn_kwh - self.regained_kwh


class DrivenOn(NamedTuple):
    """Holds what laps are driven with: circuit, car, physics, weather."""

    track: str
    car: str  # as it is called
    car_id: str
    digests: DriveDigests
    weather: str
    default_setup: Setup

    def is_same(self, lap: KeptLap) -> bool:
        """Return whether a lap's time can be compared: all that it depends on is as it was."""
        return lap.track == self.track and lap.digests == self.digests


class FinishedLap(NamedTuple):
    """Holds a lap with the drive that it ended in."""

    lap: Lap
    setup: Setup
    replay: str  # name of the drive's replay
    help: str = ""  # how much the car helped, in one word; empty where nobody said
    day: str = ""  # the date of the daily conditions, if it was driven in them


def driven_on(track: Track, spec: CarSpec) -> DrivenOn:
    """Return what is noted with every lap of a car on a track."""
    return DrivenOn(
        track.name,
        spec.name,
        spec.id,
        drive_digests(track, spec),
        spec.weather.name,
        default_setup(spec),
    )


def has_this_physics(digests: DriveDigests | None) -> bool:
    """Return whether a drive was driven by the physics of this program."""
    return digests is not None and digests.physics == physics_digest()


def decoded_lap(content: bytes) -> KeptLap:
    """Return a lap from its JSON, with the split law that it was driven with.

    Raises msgspec.MsgspecError, UnicodeDecodeError or RecursionError if it is none.
    """
    return with_law(msgspec.json.decode(content, type=KeptLap))


def with_law(lap: KeptLap) -> KeptLap:
    """Return a lap with the split law that it was driven with."""
    if lap.format >= _FIRST_WITH_SPLIT_LAW:
        return lap
    replace = msgspec.structs.replace
    return replace(lap, setup=replace(lap.setup, split_law=FORMER_SPLIT_LAW))
