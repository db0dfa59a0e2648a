"""What the instruments read of a drive at one moment."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.app.driving.drive import Best, Drive
from game.app.driving.recent import Recent
from game.app.view.car_pose import CarPose
from game.recording.lap_recorder import LapRecorder
from game.recording.lap_trace import LapTrace
from game.simulation.snapshot import Snapshot
from game.track.track import Track
from game.units import kwh
from game.vehicle.spec import CarSpec

_AFTER_LINE_S: Final = 6.0  # for so long the lap just finished is still shown


class EnergyUsed(NamedTuple):
    """A lap's energy, what was regained taken off, against a cap that is even over the way."""

    cap_kwh: float
    used_kwh: float  # in the lap under way
    gone: float  # how much of it is done, 0..1
    last_kwh: float | None  # of the lap before

    @property
    def over_kwh(self) -> float:
        """More than the cap allows up to here, or less."""
        return self.used_kwh - self.gone * self.cap_kwh


class HudData(NamedTuple):
    """A drive at one moment, as the instruments need it."""

    track: Track
    spec: CarSpec
    now: Snapshot  # of the player's car
    others: tuple[Snapshot, ...]
    ghost: CarPose | None  # the best lap at the same time of its lap
    time_s: float
    laps: LapRecorder
    best: Best
    best_before: Best  # what the last lap was measured against
    trace: LapTrace
    recent: Recent
    reverse: bool
    energy: EnergyUsed | None  # none without a cap, and on the out lap

    @property
    def since_line_s(self) -> float:
        """Time of the lap under way."""
        return self.time_s - self.now.lap_start_s

    @property
    def is_just_over_line(self) -> bool:
        """Whether the lap just finished is still shown."""
        return self.since_line_s < _AFTER_LINE_S


def read_hud_data(drive: Drive) -> HudData:
    """Read what the instruments show of a drive."""
    now, *others = drive.session.snapshots
    return HudData(
        drive.track,
        drive.spec,
        now,
        tuple(others),
        drive.ghost_pose(1.0),
        drive.time_s,
        drive.laps,
        drive.best,
        drive.best_before,
        drive.trace,
        drive.recent,
        bool(drive.session.controls[0].reverse),
        _energy_used(drive),
    )


def _energy_used(drive: Drive) -> EnergyUsed | None:
    if not drive.cap_kwh or not drive.now.lap:
        return None
    laps = drive.laps.laps
    return EnergyUsed(
        drive.cap_kwh,
        kwh(drive.laps.used_j(drive.now)),
        drive.trace.gone,
        kwh(laps[-1].net_j) if laps else None,
    )
