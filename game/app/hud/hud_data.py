"""Collect what the instruments read of a drive at one moment."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.app.driving.driven_car import Best, DrivenCar
from game.app.driving.qualifying_board import QualifyingBoard
from game.app.driving.race_board import RaceBoard
from game.app.driving.recent import Recent
from game.app.driving.rival import RivalAt
from game.app.driving.seen_drive import SeenDrive
from game.app.ui.palette import Colour
from game.recording.lap_recorder import LapRecorder
from game.recording.lap_trace import LapTrace
from game.simulation.snapshot import Snapshot
from game.track.track import Track
from game.units import kwh
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_AFTER_LINE_S: Final = 6.0  # for so long the lap just finished is still shown


class EnergyUsed(NamedTuple):
    """Compares a lap's net energy with a cap that is even over the lap."""

    cap_kwh: float
    used_kwh: float  # in the lap under way
    lap_share: float  # of the lap that is driven, 0..1
    last_kwh: float | None  # of the lap before

    @property
    def over_kwh(self) -> float:
        """Return how much more than the cap allows so far was taken, kWh; negative if less."""
        return self.used_kwh - self.lap_share * self.cap_kwh


class HudData(NamedTuple):
    """Holds what the instruments need to know of a drive at one moment."""

    track: Track
    spec: CarSpec
    setup: Setup
    now: Snapshot  # of the followed car
    colour: Colour  # by which it is told from others
    others: tuple[Snapshot, ...]
    other_colours: tuple[Colour, ...]
    ghosts: tuple[RivalAt, ...]  # where they were at the same time of their laps
    time_s: float
    laps: LapRecorder
    best: Best
    best_before: Best  # what the last lap was measured against
    trace: LapTrace
    recent: Recent
    reverse: bool
    energy: EnergyUsed | None  # none without a cap, and on the out lap
    race: RaceBoard | None
    qualifying: QualifyingBoard | None = None

    @property
    def since_line_s(self) -> float:
        """Return the time of the lap under way."""
        return self.time_s - self.now.lap_start_s

    @property
    def is_just_over_line(self) -> bool:
        """Return whether the lap just finished is still shown."""
        return self.since_line_s < _AFTER_LINE_S


def read_hud_data(drive: SeenDrive) -> HudData:
    """Read what the instruments show of the followed car of a drive."""
    car = drive.followed
    others = [each for each in drive.cars if each is not car]
    return HudData(
        drive.track,
        car.spec,
        car.setup,
        car.now,
        drive.own_colour,
        tuple(each.now for each in others),
        tuple(each.entry.livery.signal for each in others),
        car.ghosts_at(1.0),
        drive.time_s,
        car.laps,
        car.best,
        car.best_before,
        car.trace,
        car.recent,
        car.in_reverse,
        _energy_used(car, drive.cap_kwh),
        drive.race_board,
        drive.qualifying_board,
    )


def _energy_used(car: DrivenCar, cap_kwh: float) -> EnergyUsed | None:
    if not cap_kwh or not car.now.lap:
        return None
    laps = car.laps.laps
    return EnergyUsed(
        cap_kwh,
        kwh(car.laps.used_j(car.now)),
        car.trace.lap_share,
        kwh(laps[-1].net_j) if laps else None,
    )
