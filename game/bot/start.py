"""A car enters a drive flying on its planned line, or standing on pole."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.bot.plan import Plan
from game.simulation.world import Start
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_RUN_UP: Final = (
    0.65,
    0.85,
)  # shares of the lap between which a flying start begins
RUN_UP_LAPS: Final = 0.4  # that a flying start drives before its first timed lap, at most
_PATIENCE: Final = 1.5  # times the planned time, after which a drive is given up
_STRAIGHT_M: Final = 120.0  # over which the line is to be straight where a car is put on it


def flying_start(spec: CarSpec, setup: Setup, plan: Plan) -> Start:
    """Return a start well before the start line, for laps that begin at speed."""
    lap_m = len(plan.offset_m) * plan.station_m
    first_m, last_m = (share * lap_m for share in _RUN_UP)
    return start_on_line(spec, setup, plan, first_m, last_m)


def give_up_s(plan: Plan, laps: int) -> float:
    """Return the time after which a flying start's laps will not be finished any more."""
    return _PATIENCE * (laps + RUN_UP_LAPS) * plan.lap_time_s


def start_on_line(spec: CarSpec, setup: Setup, plan: Plan, first_m: float, last_m: float) -> Start:
    """Return a start on the planned line, at its speed, where it is straightest between two places.

    There a car that does not turn yet is in balance. The places may lie beyond the lap's ends.
    """
    count = len(plan.offset_m)
    piece = max(1, round(_STRAIGHT_M / plan.station_m))
    around = np.pad(np.abs(plan.curvature_1pm), piece, mode="wrap")
    bends = np.convolve(around, np.ones(piece), mode="same")[piece:-piece]
    stations = np.arange(round(first_m / plan.station_m), round(last_m / plan.station_m)) % count
    station = int(stations[np.argmin(bends[stations])])
    return Start(
        spec,
        setup,
        Pose(float(plan.x_m[station]), float(plan.y_m[station]), float(plan.heading_rad[station])),
        s_m=station * plan.station_m,
        speed_mps=float(plan.speed_mps[station]),
    )


def standing_start(spec: CarSpec, setup: Setup, track: Track) -> Start:
    """Return a start at rest on pole, whose first lap is timed from the first tick."""
    pole = track.grid[0]
    return Start(spec, setup, Pose(*pole[:3]), s_m=pole.s_m, timed_from_standstill=True)
