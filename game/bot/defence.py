"""Defend a place once before a corner: take its inside, early, and stay there.

A car that has moved over for one corner does not move again before it is through, so that whoever
is behind knows where it will be.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from game.bot.follower_tables import FollowerTables
from game.bot.foresight import Foresight
from game.bot.lane import LanePath, LaneWish, side_station
from game.bot.lane_drive import LaneDriven, drive_lane
from game.bot.side_tables import SideStation
from game.compiled import tick_function
from game.scalars import maximum
from game.simulation.snapshot import Snapshot

_EARLIEST_S: Final = 5.0  # before it brakes for a corner, that a car takes the inside ...
_LATEST_S: Final = 1.2  # ... and at the latest
_FASTER_MPS: Final = 0.3  # a car behind that gains so much attacks ...
_CLOSE_S: Final = 0.25  # ... or one that is as close as this
_BUSY_S: Final = 0.8  # behind another car, nearer than which a car attacks itself
_RISK_S: Final = 0.3  # that the inside may cost
_MIN_MPS: Final = 10.0


@dataclass(slots=True)
class Defence:
    """Holds how a car defends its place."""

    attacked_s: float = 0.0  # behind, within which a faster car is one that attacks; 0: none is
    corner: float = -1.0  # number of the last one before which it has moved over
    place_m: float = 0.0  # that it has moved to
    holds: int = 0  # 1: until it is through that corner


@tick_function
def defends(
    tables: FollowerTables,
    lane: LanePath,
    defence: Defence,
    now: Snapshot,
    foresight: Foresight,
    cars: int,
    driven: LaneDriven,
) -> bool:
    """Return whether a car is to be on the inside, at the place of its defence, to keep its own."""
    station = side_station(tables.sides, tables.plan.station_m, now.s_m)
    if defence.corner != station.corner:
        defence.holds = 0
        if _may_begin(now, station) and _is_attacked(defence, now, foresight, cars):
            braking = side_station(tables.sides, tables.plan.station_m, now.s_m + station.brakes_m)
            defence.place_m = braking.left_m if station.inside > 0.0 else braking.right_m
            defence.holds = 1
    if defence.holds != 0:
        wish = LaneWish(1.0, defence.place_m, math.inf, 0)
        drive_lane(tables, lane, now, foresight, cars, wish, driven)
        defence.holds = 1 if driven.risk_s < _RISK_S else 0
        if defence.holds != 0:
            defence.corner = station.corner
    return defence.holds != 0


@tick_function
def _may_begin(now: Snapshot, station: SideStation) -> bool:
    """Return whether a car is on the straight before a corner, at the time for moving over."""
    brakes_s = station.brakes_m / maximum(now.velocity_forward_mps, _MIN_MPS)
    return station.corner >= 0.0 and _LATEST_S < brakes_s < _EARLIEST_S


@tick_function
def _is_attacked(defence: Defence, now: Snapshot, foresight: Foresight, cars: int) -> bool:
    """Return whether a faster car is right behind, and nobody ahead or beside."""
    speed_mps = maximum(now.velocity_forward_mps, _MIN_MPS)
    is_attacked = False
    for number in range(cars):
        rival = foresight.rivals[number]
        behind_m = -rival.gap_m - rival.reach_m
        if rival.gap_m > 0.0 and rival.gap_m - rival.reach_m < _BUSY_S * speed_mps:
            return False
        if rival.is_beside != 0:
            return False
        if behind_m < 0.0 or rival.drives_on == 0 or rival.has_priority != 0:
            continue
        is_faster = rival.along_mps - now.velocity_forward_mps > _FASTER_MPS
        if behind_m < _CLOSE_S * speed_mps or is_faster:
            is_attacked = is_attacked or behind_m < defence.attacked_s * speed_mps
    return is_attacked
