"""Drive a lane in the mind, among cars that do what is expected of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.bot.follower_tables import FollowerTables
from game.bot.foresight import (
    CLEAR_M,
    GAP_M,
    STEP_S,
    STEPS,
    Expected,
    Foresight,
    place_beside,
)
from game.bot.lane import (
    LanePath,
    LaneWish,
    lane_line_m,
    limits_at,
    place_within,
    side_station,
    slowness_at,
)
from game.bot.plan import plan_at
from game.bot.side_tables import SideTables
from game.compiled import tick_function
from game.scalars import clamp, maximum, minimum
from game.simulation.snapshot import Snapshot
from game.trig import sine

_ACROSS_MPS: Final = 2.4  # mean speed of going over to another lane
_CORNERING_SHARE: Final = 0.4  # of that, that a car at its limit to the side lacks
_MAX_GOING_OVER: Final = 0.5  # of what grip gives to the side, that going over takes
_WIDE_S: Final = 1.0  # cost of a step at twice the force that grip gives to the side
_TURN_IN_S: Final = 0.4  # that it takes in addition
_APART_M: Final = 0.7  # between cars side by side, with less of which it is a risk
_OVERLAP_M: Final = 1.0  # along, from which on cars side by side leave each other room
_BESIDE_M: Final = 0.5  # before and behind that, where a car counts as beside
_CUT_IN_S: Final = 0.5  # that a car behind is given to react
_FAR_M: Final = 60.0  # ahead, a car is in nobody's way
_STRANGE_CLEAR_M: Final = 1.0  # to a car that stands, spins or is far too slow, side by side
_STEPPING_OUT_M: Final = 6.0  # of way that a car needs to get past one that stands
_SOON_S: Final = 0.5  # at least, in which a distance is won back
_EARLY_1PS: Final = 1.5  # speed taken off in time, since braking zones leave no grip for it
_SURE_SHARE: Final = 0.65  # of what a car can brake, that is counted on behind others
_MIN_SPARE: Final = 0.3  # squared share of the grip that is left to brake in a corner
_TOO_FAST: Final = 1.2  # squared share of a lane's speed at which it can still be driven
_FAST_S: Final = 1.0  # cost of a step at twice that
_CROSSING_S: Final = 5.0  # cost of going over to where a car is beside
_RISK_S: Final = 0.6  # cost of a step without the wanted distance


class WayOver(NamedTuple):
    """Describes how a car goes over to a lane."""

    side: float  # 0: to the planned line; 1: to a place beside the middle line
    place_m: float
    is_wide: int
    over_s: float  # that it takes
    max_mps2: float  # acceleration across that this takes, at most


@dataclass(slots=True)
class LaneDriven:
    """Says how a lane would be driven."""

    ahead_m: float = 0.0  # way made
    speed_mps: float = 0.0
    place_m: float = 0.0  # beside the middle line
    over_m: float = 0.0  # beside the planned line, for a car that goes over to it
    gap_s: float = 0.0  # to the car ahead, in addition to `GAP_M`
    risk_s: float = 0.0  # of coming too near to others, in lost time
    accel_mps2: float = 0.0  # with which it would begin with nobody ahead ...
    max_accel_mps2: float = math.inf  # ... and with which it may, to stay behind others
    before_m: float = 0.0  # way made a step before
    free_m: float = 0.0  # way made if nobody had to be stayed behind ...
    free_mps: float = 0.0  # ... and the speed of that
    is_held: int = 0  # 1: that is more
    braked_m: float = 0.0  # way made if it goes on as fast for a step, and brakes from then on ...
    braked_mps: float = 0.0  # ... and the speed of that
    right_m: float = 0.0  # lowest place of cars side by side where it is
    left_m: float = 0.0  # highest one
    beside: int = 0  # rivals side by side, which keep their places, a bit each


@tick_function
def drive_lane(
    tables: FollowerTables,
    lane: LanePath,
    now: Snapshot,
    foresight: Foresight,
    cars: int,
    wish: LaneWish,
    driven: LaneDriven,
) -> None:
    """Drive a lane among the cars that were foreseen."""
    from_m = place_beside(tables, now.s_m, now.offset_m)
    station = side_station(tables.sides, tables.plan.station_m, now.s_m)
    to_m = place_within(station, wish.place_m, wish.is_wide)
    if wish.side == 0.0:
        to_m = place_beside(tables, now.s_m, plan_at(tables.plan, now.s_m).offset_m)
    used = minimum(abs(now.accel_left_mps2) / tables.sides.max_left_mps2, 1.0)
    across_mps = _ACROSS_MPS * (1.0 - _CORNERING_SHARE * used * used)
    path_m = lane_line_m(tables, lane.side, now.s_m) + lane.aside_m
    over_m = place_beside(tables, now.s_m, path_m) - to_m
    over_s = _TURN_IN_S + abs(over_m) / across_mps
    max_mps2 = _over_mps2(_across_mps(tables, lane, now, wish.side), over_m, over_s)
    over = WayOver(wish.side, wish.place_m, wish.is_wide, over_s, max_mps2)
    driven.place_m = place_beside(tables, now.s_m, path_m)
    driven.over_m = over_m
    driven.ahead_m = 0.0
    driven.free_m = 0.0
    driven.is_held = 0
    driven.braked_m = 0.0
    driven.braked_mps = now.velocity_forward_mps
    driven.speed_mps = now.velocity_forward_mps
    driven.risk_s = 0.0
    driven.max_accel_mps2 = math.inf
    driven.beside = 0
    for number in range(cars):
        rival = foresight.rivals[number]
        rival.kept_m = rival.place_m
        if rival.is_beside != 0:
            driven.beside |= 1 << number
        if rival.is_beside != 0 or rival.is_coming != 0:
            towards_m = to_m - rival.place_m
            if from_m < rival.place_m:
                towards_m = -towards_m
            if towards_m < 0.5 * rival.wide_m:
                driven.risk_s += _CROSSING_S
    for step in range(STEPS):
        _go_on(tables, lane, now.s_m, over, driven, step)
        for number in range(cars):
            _meet(foresight, number, step, wish.side, driven)


@tick_function
def _over_mps2(across_mps: float, over_m: float, over_s: float) -> float:
    """Return the highest acceleration across of a car that goes over to a lane in some time.

    across_mps: the speed across the lane that it has at first, and none at last; over_m: from the
    lane to the car. Its way is a cubic over the time, so that the highest is at one of its ends.
    """
    begin_mps2 = abs(6.0 * over_m + 4.0 * across_mps * over_s)
    end_mps2 = abs(6.0 * over_m + 2.0 * across_mps * over_s)
    return maximum(begin_mps2, end_mps2) / (over_s * over_s)


@tick_function
def _across_mps(tables: FollowerTables, lane: LanePath, now: Snapshot, side: float) -> float:
    """Return the speed with which a car's path moves across a lane, positive to the left."""
    planned_rad = plan_at(tables.plan, now.s_m).across_rad
    middle_rad = side_station(tables.sides, tables.plan.station_m, now.s_m).across_rad
    turned_rad = (lane.side - side) * (middle_rad - planned_rad)
    return lane.across_mps + now.velocity_forward_mps * sine(turned_rad)


@tick_function
def _go_on(
    tables: FollowerTables,
    lane: LanePath,
    from_m: float,
    over: WayOver,
    driven: LaneDriven,
    step: int,
) -> None:
    """Drive a step on, as if there were nobody. from_m: where on the lap the car is now."""
    plan, sides = tables.plan, tables.sides
    time_s = (step + 1) * STEP_S
    speed_mps = driven.speed_mps
    s_m = from_m + driven.ahead_m + speed_mps * STEP_S  # where it will be after the step
    station = side_station(sides, plan.station_m, s_m)
    driven.right_m = station.right_m
    driven.left_m = station.left_m
    planned = plan.stations[math.floor(s_m / plan.station_m + 0.5) % len(plan.stations)].here
    way_m = _way_across(sides, planned.curvature_1pm, speed_mps, time_s)
    if over.side == 0.0:
        driven.over_m -= clamp(driven.over_m, -way_m, way_m)
        driven.place_m = planned.offset_m - station.middle_m + driven.over_m
    else:
        left_m = place_within(station, over.place_m, over.is_wide) - driven.place_m
        driven.place_m += clamp(left_m, -way_m, way_m)
    share = lane.side + (over.side - lane.side) * minimum(time_s, 1.0)
    planned_mps = maximum(planned.speed_mps, 1.0)
    slow = (1.0 - share) / (planned_mps * planned_mps)
    slow += share * slowness_at(sides, station, driven.place_m)
    if time_s < over.over_s + STEP_S:
        slower = _slowed_over(sides, over, planned.curvature_1pm / slow)
        slow *= slower
        driven.risk_s += _WIDE_S * (slower - 1.0)
    forward_mps2 = limits_at(sides, speed_mps).forward_mps2
    brake_mps2 = _braking(sides, planned.curvature_1pm, speed_mps)
    next_mps = minimum(1.0 / math.sqrt(slow), speed_mps + forward_mps2 * STEP_S)
    next_mps = maximum(next_mps, speed_mps - brake_mps2 * STEP_S)
    driven.risk_s += _FAST_S * maximum(next_mps * next_mps * slow - _TOO_FAST, 0.0)
    if step == 0:
        driven.accel_mps2 = (next_mps - speed_mps) / STEP_S
    driven.before_m = driven.ahead_m
    driven.ahead_m += 0.5 * (speed_mps + next_mps) * STEP_S
    driven.speed_mps = next_mps
    if driven.is_held == 0:
        driven.free_mps = next_mps
        driven.free_m = driven.ahead_m
    else:
        driven.free_mps = minimum(driven.free_mps, 1.0 / math.sqrt(slow))
        driven.free_m += driven.free_mps * STEP_S
    _brake_on(sides, driven, planned.curvature_1pm, step)


@tick_function
def _way_across(sides: SideTables, curvature_1pm: float, speed_mps: float, time_s: float) -> float:
    """Return how far a car comes across in a step that ends at a time."""
    used = curvature_1pm * speed_mps * speed_mps / limits_at(sides, speed_mps).left_mps2
    across_mps = _ACROSS_MPS * (1.0 - _CORNERING_SHARE * minimum(used * used, 1.0))
    return across_mps * clamp(time_s - _TURN_IN_S, 0.0, STEP_S)


@tick_function
def _slowed_over(sides: SideTables, over: WayOver, left_mps2: float) -> float:
    """Return the factor of 1 / v**2 while a car goes over to a lane in a corner.

    left_mps2: the acceleration to the left in the lane. What it takes to go over is left of that.
    """
    left = 1.0 - minimum(over.max_mps2 / sides.max_left_mps2, _MAX_GOING_OVER)
    used = minimum(abs(left_mps2) / sides.max_left_mps2, 1.0)
    return maximum(used / left, 1.0)


@tick_function
def _braking(sides: SideTables, curvature_1pm: float, speed_mps: float) -> float:
    """Return how hard a car can brake in a bend, m/s2."""
    limits = limits_at(sides, speed_mps)
    used = curvature_1pm * speed_mps * speed_mps / limits.left_mps2
    spare = math.sqrt(maximum(1.0 - used * used, _MIN_SPARE))
    return spare * limits.brake_mps2


@tick_function
def _brake_on(sides: SideTables, driven: LaneDriven, curvature_1pm: float, step: int) -> None:
    """Go on for a step of the way that is left if the car brakes, but for the first one."""
    speed_mps = driven.braked_mps
    if step > 0:
        slower_mps2 = _SURE_SHARE * _braking(sides, curvature_1pm, speed_mps)
        driven.braked_mps = maximum(speed_mps - slower_mps2 * STEP_S, 0.0)
    driven.braked_m += 0.5 * (speed_mps + driven.braked_mps) * STEP_S


@tick_function
def _meet(foresight: Foresight, number: int, step: int, side: float, driven: LaneDriven) -> None:
    """Stay behind a rival where it is in the way, or note how near both come to each other."""
    rival = foresight.rivals[number]
    expected = foresight.expected[number * STEPS + step]
    reach_m = rival.reach_m
    gap_m = expected.ahead_m - driven.ahead_m
    if gap_m > reach_m + _FAR_M:
        return
    low_m, high_m = expected.low_m, expected.high_m
    is_beside = driven.beside >> number & 1
    if is_beside:
        low_m = clamp(rival.kept_m, driven.right_m, driven.left_m)
        high_m = low_m
    place_m = driven.place_m
    if side == 0.0:  # the place at which it comes past the rival's
        place_m = expected.line_m + driven.over_m
    apart_m = maximum(low_m - place_m, place_m - high_m) - rival.wide_m
    before_m = rival.gap_m
    if step > 0:
        before_m = foresight.expected[number * STEPS + step - 1].ahead_m - driven.before_m
    clear_m = CLEAR_M if rival.drives_on != 0 else _STRANGE_CLEAR_M
    if apart_m < clear_m and before_m > reach_m - _OVERLAP_M:
        if rival.stands != 0:
            reach_m += _STEPPING_OUT_M
        _stay_behind(driven, reach_m, expected, rival.drives_on, step)
    elif rival.gap_m < -reach_m:
        if rival.is_clear != 0 or rival.has_priority != 0:  # else it is behind, and stays there
            closing_mps = maximum(expected.along_mps - driven.speed_mps, 0.0)
            if abs(gap_m) < reach_m + closing_mps * _CUT_IN_S:
                driven.risk_s += _nearness_s(apart_m)
    elif abs(gap_m) < reach_m + _BESIDE_M:
        driven.risk_s += _nearness_s(apart_m)
        if gap_m < reach_m - _OVERLAP_M and not is_beside:
            driven.beside |= 1 << number
            rival.kept_m = 0.5 * (low_m + high_m)


@tick_function
def _stay_behind(
    driven: LaneDriven, reach_m: float, other: Expected, drives_on: int, step: int
) -> None:
    """Keep a distance to a car ahead; drives_on: 0 for one that stands, spins or is far too slow.

    Behind one that drives on a car may begin with any acceleration after a step of which it can
    still brake in time. For others speed is taken off early, for nobody knows what they will do.
    """
    time_s = maximum((step + 1) * STEP_S, _SOON_S)
    limit_m = other.ahead_m - reach_m - GAP_M
    if drives_on != 0:
        left_m = limit_m - driven.gap_s * driven.braked_mps - driven.braked_m
        max_mps2 = left_m / (STEP_S * (time_s - 0.5 * STEP_S))
        driven.max_accel_mps2 = minimum(driven.max_accel_mps2, max_mps2)
    limit_m -= driven.gap_s * driven.speed_mps
    if drives_on == 0 and driven.free_m > limit_m:
        less_mps2 = (driven.free_m - limit_m) * (2.0 / (time_s * time_s) + _EARLY_1PS / time_s)
        max_mps2 = driven.accel_mps2 - less_mps2
        driven.max_accel_mps2 = minimum(driven.max_accel_mps2, max_mps2)
    if driven.ahead_m > limit_m:
        driven.is_held = 1
        driven.ahead_m = maximum(limit_m, driven.before_m)
        driven.speed_mps = minimum(driven.speed_mps, other.along_mps)


@tick_function
def _nearness_s(apart_m: float) -> float:
    """Return the cost of a step with so little between two cars side by side."""
    return _RISK_S * minimum(maximum(1.0 - apart_m / _APART_M, 0.0), 2.0)
