"""A lane is where among others a car drives: on its planned line, or at a place beside the middle
line.

A car goes over from one to the other gently: its path turns from the one line's direction into the
other's within a second, and moves across with a speed and an acceleration that grip is left for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.bot.follower_tables import FollowerTables
from game.bot.plan import PlanPoint, plan_at
from game.bot.side_tables import SPEED_STEP_MPS, SideStation, SideTables, SpeedLimits
from game.compiled import tick_function
from game.drivers.driver import TICKS_PER_DECISION
from game.scalars import clamp, maximum, minimum
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S

DECISION_S: Final = TICKS_PER_DECISION * TICK_S
_TURNING_1PS: Final = 1.2  # share of the way from one line's direction to the other's
_MAX_TURNING_MPS2: Final = 4.0  # acceleration that this takes, where the car goes straight on
_CLOSING_1PS: Final = 1.4  # speed across, for every metre that is left
_MAX_ACROSS_MPS: Final = 2.5
_MAX_ACROSS_MPS2: Final = 5.0  # where the car goes straight on ...
_MIN_ACROSS_MPS2: Final = 0.7  # ... and where it corners at its limit
_MAX_SLOPE: Final = 0.2  # speed across over speed along, for cars that move off


@dataclass(slots=True)
class LanePath:
    """Holds the path of a car, and how far that has gone over to a place beside the middle line."""

    side: float = 0.0  # 0: to the planned line; 1: to the middle line, with a place beside it
    aside_m: float = 0.0  # how far it has moved over from its line
    across_mps: float = 0.0  # with which it moves over, positive to the left


class LaneWish(NamedTuple):
    """Says where a car wants to drive."""

    side: float  # 0: on the planned line; 1: at a place beside the middle line
    place_m: float  # from the middle line, positive to the left
    max_accel_mps2: float = math.inf  # forward, with which the car stays behind others
    is_wide: int = 0  # 1: all of the road may be used, to get past a car that stands


ALONE: Final = LaneWish(0.0, 0.0)


@tick_function
def side_station(sides: SideTables, station_m: float, s_m: float) -> SideStation:
    """Return the nearest station of the side lines."""
    return sides.stations[math.floor(s_m / station_m + 0.5) % len(sides.stations)]


@tick_function
def middle_at(tables: FollowerTables, s_m: float) -> PlanPoint:
    """Return the middle line, with the speed at the place of the other cars left out of it."""
    stations = tables.sides.stations
    place = s_m / tables.plan.station_m
    index = math.floor(place)
    share = place - index
    here = stations[index % len(stations)]
    after = stations[(index + 1) % len(stations)]
    rest = 1.0 - share
    return PlanPoint(
        rest * here.middle_m + share * after.middle_m,
        rest * here.across_rad + share * after.across_rad,
        rest * here.curvature_1pm + share * after.curvature_1pm,
        1.0 / math.sqrt(rest * here.slow_s2pm2 + share * after.slow_s2pm2),
        rest * here.accel_mps2 + share * after.accel_mps2,
    )


@tick_function
def slowness_at(sides: SideTables, station: SideStation, place_m: float) -> float:
    """Return 1 / v**2 at a place beside the middle line, s2/m2.

    Far outside a car is not taken to be faster than on the side line.
    """
    beside = station.slow_left_s2pm2 if place_m > 0.0 else station.slow_right_s2pm2
    middle = station.slow_s2pm2
    share = abs(place_m) / sides.side_m
    if beside < middle:
        share = minimum(share, 1.0)
    return middle + share * (beside - middle)


@tick_function
def lane_at(tables: FollowerTables, lane: LanePath, aside_m: float, s_m: float) -> PlanPoint:
    """Return the line and the speed of a lane; aside_m: of the car's path, beside its line.

    On the planned line they are the plan's, to the bit.
    """
    planned = plan_at(tables.plan, s_m)
    side = lane.side
    if side == 0.0:
        return planned
    rest = 1.0 - side
    middle = middle_at(tables, s_m)
    line_m = rest * planned.offset_m + side * middle.offset_m
    station = side_station(tables.sides, tables.plan.station_m, s_m)
    slow = slowness_at(tables.sides, station, line_m + aside_m - middle.offset_m)
    speed_mps = maximum(planned.speed_mps, 1.0)
    bend_1pm = rest * planned.curvature_1pm + side * middle.curvature_1pm
    return PlanPoint(
        line_m,
        rest * planned.across_rad + side * middle.across_rad,
        bend_1pm / (1.0 - side * aside_m * bend_1pm),
        1.0 / math.sqrt(rest / (speed_mps * speed_mps) + side * slow),
        rest * planned.accel_mps2 + side * middle.accel_mps2,
    )


@tick_function
def lane_line_m(tables: FollowerTables, side: float, s_m: float) -> float:
    """Return the offset of a lane's line."""
    planned_m = plan_at(tables.plan, s_m).offset_m
    if side == 0.0:
        return planned_m
    return (1.0 - side) * planned_m + side * middle_at(tables, s_m).offset_m


@tick_function
def place_within(station: SideStation, place_m: float, is_wide: int) -> float:
    """Return a place, or the nearest one that there is on the road around.

    is_wide: 1 for all of the road, 0 for what of it is driven at racing speed.
    """
    if is_wide != 0:
        return clamp(place_m, station.wide_right_m, station.wide_left_m)
    return clamp(place_m, station.right_m, station.left_m)


@tick_function
def gone_over(
    tables: FollowerTables, lane: LanePath, now: Snapshot, wish: LaneWish, aside_m: float
) -> float:
    """Let a lane go over to the wanted one for a decision; return its path's place beside its line.

    aside_m: what that was before.
    """
    s_m = now.s_m
    path_m = lane_line_m(tables, lane.side, s_m) + aside_m
    here = side_station(tables.sides, tables.plan.station_m, s_m)
    wanted_m = plan_at(tables.plan, s_m).offset_m
    if wish.side != 0.0:
        wanted_m = here.middle_m + place_within(here, wish.place_m, wish.is_wide)
    used = abs(now.accel_left_mps2) / tables.sides.max_left_mps2
    spare = math.sqrt(maximum(1.0 - used * used, 0.0))
    max_mps = minimum(_MAX_ACROSS_MPS, _MAX_SLOPE * abs(now.velocity_forward_mps))
    across_mps = clamp(_CLOSING_1PS * (wanted_m - path_m), -max_mps, max_mps)
    step_mps = (_MIN_ACROSS_MPS2 + spare * (_MAX_ACROSS_MPS2 - _MIN_ACROSS_MPS2)) * DECISION_S
    lane.across_mps += clamp(across_mps - lane.across_mps, -step_mps, step_mps)
    path_m += lane.across_mps * DECISION_S
    middle_m = here.middle_m
    path_m = middle_m + clamp(path_m - middle_m, here.road_right_m, here.road_left_m)
    turn_rad = here.across_rad - plan_at(tables.plan, s_m).across_rad
    towards_mps = abs(now.velocity_forward_mps * turn_rad)
    turning_mps2 = _MIN_ACROSS_MPS2 + spare * (_MAX_TURNING_MPS2 - _MIN_ACROSS_MPS2)
    turned = DECISION_S * minimum(_TURNING_1PS, turning_mps2 / maximum(towards_mps, 1.0))
    lane.side = clamp(wish.side, lane.side - turned, lane.side + turned)
    return path_m - lane_line_m(tables, lane.side, s_m)


@tick_function
def limits_at(sides: SideTables, speed_mps: float) -> SpeedLimits:
    """Return what a car can do straight on at a speed."""
    step = int(maximum(speed_mps, 0.0) / SPEED_STEP_MPS)
    return sides.limits[step if step < len(sides.limits) else len(sides.limits) - 1]
