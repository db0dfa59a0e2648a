"""Foresee for some seconds where the other cars around one's own will be."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from game.bot.follower_tables import FollowerTables
from game.bot.lane import limits_at, side_station
from game.bot.plan import plan_at
from game.compiled import tick_function
from game.scalars import clamp, maximum, minimum
from game.simulation.snapshot import Snapshot
from game.trig import direction, wrap_angle

STEPS: Final = 20
STEP_S: Final = 0.25
CLEAR_M: Final = 0.35  # between two cars, with less of which one has to stay behind
GAP_M: Final = 1.0  # to the car ahead, at least
_EVENED: Final = 0.1  # share of a car's acceleration that is new in a decision
_REACH_M: Final = 20.0  # ahead, within which cars are watched, ...
_REACH_S: Final = 2.5  # ... and so much farther with speed
_BEHIND_M: Final = 25.0
_LINE_M: Final = 0.8  # a car that is nearer to the planned line is taken to follow it
_COMING_M: Final = 6.0  # behind one's own car, within which another one is coming past, ...
_COMING_S: Final = 2.0  # ... and so much farther with the speed that it closes with
_PASSED_S: Final = 3.0  # a car that is so near behind, and as fast as this, is let past ...
_PASSING_MPS: Final = 8.0
_PASSED_M: Final = 6.0  # ... until it is so far ahead
_STRANGE_RAD: Final = 0.6  # a car at such an angle to the road does not drive on
_SLOW_SHARE: Final = 0.5  # of the planned speed, below which a car does not drive on ...
_MOVING_OFF_MPS2: Final = 1.0  # ... unless it gains speed like this
_STANDING_MPS: Final = 2.0
_DRIFT_S: Final = 0.8  # for which a car that does not drive on keeps moving across
_STEADY_S: Final = 1.25  # for which a car goes on to brake as it does
_MIN_SHARE: Final = 0.65  # of the planned speed, that a car which drives on keeps
_USUAL_PACE: Final = 0.97  # estimate: of a car that was not seen in a corner yet
_PACES: Final = (0.7, 1.05)  # that a car may have which is not held up
_CORNER_SHARE: Final = 0.6  # of what grip gives to the side, from which a place is in a corner
_PACE_EVENED: Final = 0.02  # share of a car's pace that is new in a decision
_PACE_KEPT: Final = 0.9  # share of its pace that a car keeps which brakes earlier than planned
_HELD_UP: Final = 0.85  # share of its pace, below which a car does not drive as it usually does


@dataclass(slots=True)
class CarSeen:
    """Holds what is seen of a car, in the lap's directions."""

    s_m: float = 0.0
    offset_m: float = 0.0
    turned_rad: float = 0.0  # from the centreline's heading
    along_mps: float = 0.0
    across_mps: float = 0.0  # to the left
    accel_mps2: float = 0.0  # forward, evened over some decisions
    lap: int = 0


@dataclass(slots=True)
class CarAround:
    """Holds another car as it is now, relative to one's own."""

    gap_m: float = 0.0  # along the lap, positive ahead
    along_mps: float = 0.0
    place_m: float = 0.0  # beside the middle line
    reach_m: float = 0.0  # gap at which both cars would touch, one behind the other
    wide_m: float = 0.0  # distance across at which they would touch side by side
    is_beside: int = 0  # 1: both overlap along the lap
    is_clear: int = 0  # 1: nothing would touch if one drove past the other
    is_coming: int = 0  # 1: it comes past from behind, and nobody moves in front of it
    drives_on: int = 0  # 0: it stands, spins or is far too slow
    stands: int = 0
    has_priority: int = 0  # 1: it is a lap ahead, and is let past
    kept_m: float = 0.0  # place that it keeps once both are side by side
    pace: float = 1.0  # share of the planned speed that it usually drives in corners


@dataclass(slots=True)
class Expected:
    """Holds where a car is expected at a moment, relative to one's own car now."""

    ahead_m: float = 0.0
    low_m: float = 0.0  # places beside the middle line between which it may be
    high_m: float = 0.0
    line_m: float = 0.0  # place of the planned line beside the middle line there
    along_mps: float = 0.0


class Foresight(NamedTuple):
    """Holds what a car expects of the others."""

    rivals: list[CarAround]
    expected: list[Expected]  # of each rival at every step, one rival after the other
    order: list[int]  # the rivals from the foremost to the last
    paces: list[float]  # of all cars that are seen: share of the planned speed in corners


def foresight_of(cars: int) -> Foresight:
    """Return room for what is expected of so many cars."""
    return Foresight(
        [CarAround() for _ in range(cars)],
        [Expected() for _ in range(cars * STEPS)],
        [0 for _ in range(cars)],
        [_USUAL_PACE for _ in range(cars)],
    )


@tick_function
def see_car(seen: CarSeen, now: Snapshot) -> None:
    """Note what is seen of a car; to be called once a decision."""
    turned_rad = wrap_angle(now.heading_rad - now.track_heading_rad)
    turned = direction(turned_rad)
    seen.s_m = now.s_m
    seen.offset_m = now.offset_m
    seen.turned_rad = turned_rad
    seen.along_mps = now.velocity_forward_mps * turned.cos - now.velocity_left_mps * turned.sin
    seen.across_mps = now.velocity_forward_mps * turned.sin + now.velocity_left_mps * turned.cos
    seen.accel_mps2 += _EVENED * (now.accel_forward_mps2 - seen.accel_mps2)
    seen.lap = now.lap


@tick_function
def place_beside(tables: FollowerTables, s_m: float, offset_m: float) -> float:
    """Return the place beside the middle line at an offset from the centreline."""
    return offset_m - side_station(tables.sides, tables.plan.station_m, s_m).middle_m


@tick_function
def shorter_gap(from_m: float, to_m: float, lap_m: float) -> float:
    """Return the way along a lap from one place to another, the shorter way round."""
    gap_m = to_m - from_m
    return gap_m - lap_m * math.floor(gap_m / lap_m + 0.5)


@tick_function
def is_passed_soon(tables: FollowerTables, now: Snapshot, seen: Any, own: int) -> bool:
    """Return whether a car comes along from behind, or is just beside."""
    lap_m = tables.plan.station_m * len(tables.plan.stations)
    for index in range(len(seen)):
        gap_m = shorter_gap(now.s_m, seen[index].s_m, lap_m)
        along_mps = seen[index].along_mps
        reach_m = _PASSED_M + _PASSED_S * along_mps
        if index != own and along_mps > _PASSING_MPS and -reach_m < gap_m < _PASSED_M:
            return True
    return False


@tick_function
def foresee_cars(
    tables: FollowerTables, now: Snapshot, seen: Any, own: int, foresight: Foresight
) -> int:
    """Foresee the cars that are near enough, without the one at `own`; return how many they are."""
    lap_m = tables.plan.station_m * len(tables.plan.stations)
    count = 0
    for index in range(len(seen)):
        gap_m = shorter_gap(now.s_m, seen[index].s_m, lap_m)
        if index == own or not -_BEHIND_M < gap_m < _REACH_M + _REACH_S * now.velocity_forward_mps:
            continue
        rival = foresight.rivals[count]
        _compare(tables, now, seen[index], gap_m, rival)
        _learn_pace(tables, seen[index], foresight, index)
        keeps_place = (
            rival.is_beside != 0
            or (gap_m < 0.0 and rival.is_clear != 0)
            or _has_neighbour(seen, index, own, lap_m, rival.reach_m)
        )
        rival.pace = foresight.paces[index]
        _foresee_car(tables, now, seen[index], keeps_place, foresight, count)
        _put_in_order(foresight, count)
        count += 1
    _let_queue(foresight, count)
    return count


@tick_function
def _compare(
    tables: FollowerTables, now: Snapshot, other: CarSeen, gap_m: float, rival: CarAround
) -> None:
    """Note where another car is, relative to one's own."""
    lap_m = tables.plan.station_m * len(tables.plan.stations)
    turned = direction(other.turned_rad)
    half_m, wide_m = tables.sides.half_length_m, tables.sides.half_width_m
    rival.gap_m = gap_m
    rival.along_mps = other.along_mps
    rival.place_m = place_beside(tables, other.s_m, other.offset_m)
    rival.reach_m = half_m + half_m * abs(turned.cos) + wide_m * abs(turned.sin)
    rival.wide_m = wide_m + wide_m * abs(turned.cos) + half_m * abs(turned.sin)
    apart_m = abs(rival.place_m - place_beside(tables, now.s_m, now.offset_m))
    rival.is_beside = 1 if abs(gap_m) < rival.reach_m else 0
    rival.is_clear = 1 if apart_m > rival.wide_m + CLEAR_M else 0
    closing_mps = maximum(other.along_mps - now.velocity_forward_mps, 0.0)
    is_near = -gap_m < rival.reach_m + _COMING_M + _COMING_S * closing_mps
    rival.is_coming = 1 if gap_m < 0.0 and rival.is_clear != 0 and is_near else 0
    laps_ahead = other.lap - now.lap + (other.s_m - now.s_m - gap_m) / lap_m
    rival.has_priority = 1 if laps_ahead > 0.5 else 0


@tick_function
def _has_neighbour(seen: Any, index: int, own: int, lap_m: float, reach_m: float) -> bool:
    """Return whether a third car is beside another one, so that this has to keep its place."""
    for third in range(len(seen)):
        if third != index and third != own:
            gap_m = shorter_gap(seen[index].s_m, seen[third].s_m, lap_m)
            if abs(gap_m) < reach_m:
                return True
    return False


@tick_function
def _learn_pace(tables: FollowerTables, other: CarSeen, foresight: Foresight, index: int) -> None:
    """Learn from a car in a corner how fast it is there."""
    here = plan_at(tables.plan, other.s_m)
    side_mps2 = abs(here.curvature_1pm) * here.speed_mps * here.speed_mps
    if side_mps2 < _CORNER_SHARE * tables.sides.max_left_mps2:
        return
    share = other.along_mps / here.speed_mps
    pace = foresight.paces[index]
    if share > _HELD_UP * pace:
        pace += _PACE_EVENED * (clamp(share, _PACES[0], _PACES[1]) - pace)
        foresight.paces[index] = pace


@tick_function
def _foresee_car(
    tables: FollowerTables,
    now: Snapshot,
    other: CarSeen,
    keeps_place: bool,
    foresight: Foresight,
    number: int,
) -> None:
    """Foresee one car: it drives on by the plan, at its share of the speed, or slides to a stop."""
    plan = tables.plan
    rival = foresight.rivals[number]
    here = plan_at(plan, other.s_m)
    planned_mps = maximum(here.speed_mps, 1.0)
    beside_m = other.offset_m - here.offset_m
    drives_on = abs(other.turned_rad) < _STRANGE_RAD and (
        other.along_mps > _SLOW_SHARE * planned_mps or other.accel_mps2 > _MOVING_OFF_MPS2
    )
    rival.drives_on = 1 if drives_on else 0
    rival.stands = 1 if not drives_on and other.along_mps < _STANDING_MPS else 0
    share = clamp(other.along_mps / planned_mps, _MIN_SHARE, 1.0)
    is_usual = other.along_mps > _HELD_UP * rival.pace * planned_mps
    if is_usual:
        share = rival.pace
    ahead_m, speed_mps = rival.gap_m, other.along_mps
    for step in range(STEPS):
        time_s = (step + 1) * STEP_S
        s_m = now.s_m + ahead_m + speed_mps * STEP_S  # where it will be after the step
        station = plan.stations[math.floor(s_m / plan.station_m + 0.5) % len(plan.stations)].here
        line_m = station.offset_m - side_station(tables.sides, plan.station_m, s_m).middle_m
        low_m, high_m = rival.place_m, rival.place_m
        if not drives_on:
            drifted_m = rival.place_m + other.across_mps * minimum(time_s, _DRIFT_S)
            low_m, high_m = minimum(low_m, drifted_m), maximum(high_m, drifted_m)
        elif abs(beside_m) < _LINE_M and not keeps_place:
            low_m, high_m = line_m + beside_m, line_m + beside_m
        elif not keeps_place:
            low_m, high_m = minimum(low_m, line_m), maximum(high_m, line_m)
        if drives_on:
            accel_mps2 = _forward_mps2(tables, speed_mps, rival.pace)
            if time_s <= _STEADY_S:
                accel_mps2 = minimum(other.accel_mps2, accel_mps2)
            speed_mps = _next_mps(speed_mps, accel_mps2, share * station.speed_mps, is_usual)
            if accel_mps2 < 0.0 and not is_usual:  # who has braked more will stay slower
                share = minimum(share, speed_mps / station.speed_mps)
        ahead_m += speed_mps * STEP_S
        expected = foresight.expected[number * STEPS + step]
        expected.ahead_m = ahead_m
        expected.low_m = low_m
        expected.high_m = high_m
        expected.line_m = line_m
        expected.along_mps = speed_mps


@tick_function
def _forward_mps2(tables: FollowerTables, speed_mps: float, pace: float) -> float:
    """Return how much a car gains speed at most that drives at a share of one's own pace."""
    return pace * pace * limits_at(tables.sides, speed_mps / pace).forward_mps2


@tick_function
def _next_mps(speed_mps: float, accel_mps2: float, usual_mps: float, is_usual: bool) -> float:
    """Return the speed of a car that drives on, a step later.

    usual_mps: its share of the planned speed there; is_usual: whether it drives as it usually does.
    """
    min_mps = _MIN_SHARE * usual_mps
    if is_usual:
        min_mps = minimum(speed_mps, _PACE_KEPT * usual_mps)
    next_mps = maximum(speed_mps + accel_mps2 * STEP_S, min_mps)
    return maximum(minimum(next_mps, usual_mps), 0.0)


@tick_function
def _put_in_order(foresight: Foresight, number: int) -> None:
    """Put a rival into the order of those before it."""
    rivals, order = foresight.rivals, foresight.order
    place = number
    while place > 0 and rivals[order[place - 1]].gap_m < rivals[number].gap_m:
        order[place] = order[place - 1]
        place -= 1
    order[place] = number


@tick_function
def _let_queue(foresight: Foresight, cars: int) -> None:
    """Let rivals stay behind each other where they drive in one lane."""
    for last in range(1, cars):
        number = foresight.order[last]
        for first in range(last):
            leader = foresight.order[first]
            rival = foresight.rivals[leader]
            if rival.gap_m - foresight.rivals[number].gap_m < rival.reach_m:
                continue
            for step in range(STEPS):
                ahead = foresight.expected[leader * STEPS + step]
                behind = foresight.expected[number * STEPS + step]
                apart_m = maximum(ahead.low_m - behind.high_m, behind.low_m - ahead.high_m)
                limit_m = ahead.ahead_m - rival.reach_m - GAP_M
                if apart_m < rival.wide_m and behind.ahead_m > limit_m:
                    behind.ahead_m = limit_m
                    behind.along_mps = minimum(behind.along_mps, ahead.along_mps)
