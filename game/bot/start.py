"""A car enters a drive flying on its planned line, or standing on pole."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.bot.plan import Plan
from game.simulation.world import Start
from game.track.elements import Pose
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

_RUN_UP: Final = (0.65, 0.85)  # shares of the lap between which a flying start begins,
_LONG_RUN_UP: Final = (0.0, 0.85)  # or between these where the first ones have no straight
_RUN_UP_LAPS: Final = 0.4  # of charge that is kept for a run-up, if it is not longer
_TIMEOUT_FACTOR: Final = 1.5  # times the planned time, after which a drive is given up
_STRAIGHT_M: Final = 120.0  # over which the line is to be straight where a car is put on it
_BALANCED_MPS2: Final = 3.0  # to the side; a car put on its line goes straight on, until it steers
_MIN_BEND_1PM: Final = 1e-6


class _Place(NamedTuple):
    """Describes a place on a planned line to put a car."""

    station: int
    bend_1pm: float  # mean over the piece of line around it
    speed_mps: float  # to put it there with


def flying_start(spec: CarSpec, setup: Setup, plan: Plan) -> Start:
    """Return a start well before the start line, for laps that begin at speed.

    Where the run-up is longer, the car is put on its line slower than planned: it is thrown off a
    bend that it is put into at speed, and a bot that brakes earlier than the plan has room to.
    """
    place = _run_up_place(plan)
    return _start_at(spec, setup, plan, place.station)._replace(speed_mps=place.speed_mps)


def run_up_laps(plan: Plan) -> float:
    """Return how many laps a flying start drives before its first timed lap, at most."""
    return max(_RUN_UP_LAPS, 1.0 - _run_up_place(plan).station / len(plan.offset_m))


def give_up_s(plan: Plan, laps: int) -> float:
    """Return the time after which a flying start's laps will not be finished any more."""
    return _TIMEOUT_FACTOR * (laps + run_up_laps(plan)) * plan.lap_time_s


def start_on_line(spec: CarSpec, setup: Setup, plan: Plan, first_m: float, last_m: float) -> Start:
    """Return a start on the planned line, at its speed, where it is straightest between two places.

    There a car that does not turn yet is in balance. The places may lie beyond the lap's ends.
    """
    return _start_at(spec, setup, plan, _straightest(plan, first_m, last_m).station)


def _run_up_place(plan: Plan) -> _Place:
    """Return the place of a flying start: in the last third of the lap, if a car is in balance
    there.
    """
    lap_m = len(plan.offset_m) * plan.station_m
    first, last = _RUN_UP
    place = _straightest(plan, first * lap_m, last * lap_m)
    if place.bend_1pm * place.speed_mps**2 <= _BALANCED_MPS2:
        return place
    first, last = _LONG_RUN_UP
    place = _straightest(plan, first * lap_m, last * lap_m)
    balanced_mps = math.sqrt(_BALANCED_MPS2 / max(place.bend_1pm, _MIN_BEND_1PM))
    ahead = np.arange(round(_STRAIGHT_M / plan.station_m)) + place.station
    slowest_mps = float(plan.speed_mps[ahead % len(plan.speed_mps)].min())
    return place._replace(speed_mps=min(slowest_mps, balanced_mps))


def _straightest(plan: Plan, first_m: float, last_m: float) -> _Place:
    count = len(plan.offset_m)
    piece = max(1, round(_STRAIGHT_M / plan.station_m))
    around = np.pad(np.abs(plan.curvature_1pm), piece, mode="wrap")
    bends = np.convolve(around, np.ones(piece), mode="same")[piece:-piece]
    stations = np.arange(round(first_m / plan.station_m), round(last_m / plan.station_m)) % count
    station = int(stations[np.argmin(bends[stations])])
    return _Place(station, float(bends[station]) / piece, float(plan.speed_mps[station]))


def _start_at(spec: CarSpec, setup: Setup, plan: Plan, station: int) -> Start:
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
