"""Hold the lap times that a driver may read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S


class LapResult(NamedTuple):
    """Describes a finished lap."""

    number: int  # from 1
    time_s: float
    sectors_s: tuple[float, ...]
    valid: bool  # the car kept to the track limits


class Timing(NamedTuple):
    """Holds the lap under way and the best of those before."""

    lap: int  # from 1; 0 before the line is first crossed
    lap_time_s: float  # of the lap under way, so far
    sector_time_s: float  # of the sector under way, so far
    valid: bool  # whether the car has kept to the track limits so far
    last_lap_s: float | None  # valid or not; None if there is none
    best_lap_s: float | None  # of the valid ones


def read_timing(car: Snapshot, laps: Sequence[LapResult]) -> Timing:
    """Return the timing of a car that has driven these laps."""
    now_s = car.tick * TICK_S
    return Timing(
        lap=car.lap,
        lap_time_s=now_s - car.lap_start_s,
        sector_time_s=now_s - car.sector_start_s,
        valid=bool(car.lap_valid),
        last_lap_s=laps[-1].time_s if laps else None,
        best_lap_s=min((lap.time_s for lap in laps if lap.valid), default=None),
    )
