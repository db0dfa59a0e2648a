"""Choose among other cars where to drive, and keep a distance that one can brake in.

Once in a few decisions some lanes are driven in the mind, for some seconds, among cars that do what
they are expected to: the one in which most way is made without coming near anybody is taken.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any, Final

from game.bot.defence import Defence, defends
from game.bot.follower_tables import FollowerTables
from game.bot.foresight import Foresight, foresee_cars, is_passed_soon, place_beside
from game.bot.lane import ALONE, LanePath, LaneWish, place_within, side_station
from game.bot.lane_drive import LaneDriven, drive_lane
from game.bot.path_follower import FollowerMemory
from game.bot.plan import plan_at
from game.bot.racecraft import RacecraftLevel, racecraft
from game.compiled import tick_function
from game.scalars import maximum, minimum
from game.simulation.snapshot import Snapshot

_CHOICE_DECISIONS: Final = 6  # from one choice of a lane to the next
_PLACES: Final = 17  # that are considered beside the middle line, besides the one that is held
_PLACE_STEP_M: Final = 0.9
_CORNER_CHANGE_S: Final = 1.2  # that another lane has to gain more where a corner takes all grip
_HARD_MPS2: Final = -8.0  # a car that has to brake harder in a lane is too near to somebody there
_HARD_S: Final = 0.1  # cost of each m/s2 of that
_MIN_MPS: Final = 10.0  # at which way is worth time
_WAITING_MPS: Final = 6.0  # a car that has lost its way waits at no higher speed, on the road
_ON_LINE_M: Final = 1.0  # a car that joins in nearer to its line keeps to it


@dataclass(slots=True)
class LaneChoice:
    """Holds the lane that a car has chosen."""

    decisions: int = 0  # since it began to drive
    side: float = 0.0  # 0: the planned line; 1: a place beside the middle line
    place_m: float = 0.0
    is_wide: int = 0  # 1: it may use all of the road
    change_s: float = 0.0  # that another lane has to gain on a straight
    later_s: float = 0.0  # for which the speed at the end of what is foreseen counts
    defence: Defence = field(default_factory=Defence)
    driven: LaneDriven = field(default_factory=LaneDriven)


def lane_choice(level: RacecraftLevel) -> LaneChoice:
    """Return the choice of a car that begins, for a level of racecraft."""
    how = racecraft(level)
    return LaneChoice(
        change_s=how.change_s,
        later_s=how.later_s,
        defence=Defence(how.defends_s),
        driven=LaneDriven(gap_s=how.gap_s),
    )


@tick_function
def wished_lane(
    tables: FollowerTables,
    memory: FollowerMemory,
    choice: LaneChoice,
    now: Snapshot,
    seen: Any,
    own: int,
    foresight: Foresight,
) -> LaneWish:
    """Return where to drive among other cars, and how fast at most.

    seen: the cars as `CarSeen`, of which the one at `own` is left out.
    """
    if choice.decisions == 0:
        _join_in(tables, memory, choice, now)
    memory.recovery.waits = 0
    if (
        memory.recovery.lost != 0
        and _is_aside(tables, now)
        and is_passed_soon(tables, now, seen, own)
    ):
        memory.recovery.waits = 1
    cars = foresee_cars(tables, now, seen, own, foresight)
    is_turn = choice.decisions % _CHOICE_DECISIONS == 0
    choice.decisions += 1
    if cars == 0:
        choice.side = 0.0
        return ALONE
    driven = choice.driven
    if is_turn:
        if defends(tables, memory.lane, choice.defence, now, foresight, cars, driven):
            choice.side = 1.0
            choice.place_m = choice.defence.place_m
            choice.is_wide = 0
        else:
            _choose(tables, memory.lane, choice, now, foresight, cars)
    wish = LaneWish(choice.side, choice.place_m, math.inf, choice.is_wide)
    drive_lane(tables, memory.lane, now, foresight, cars, wish, driven)
    return LaneWish(wish.side, wish.place_m, driven.max_accel_mps2, wish.is_wide)


@tick_function
def _join_in(
    tables: FollowerTables, memory: FollowerMemory, choice: LaneChoice, now: Snapshot
) -> None:
    """Begin from where the car is: on its line, or at its place beside the middle line."""
    beside_m = now.offset_m - plan_at(tables.plan, now.s_m).offset_m
    choice.side = 0.0
    if abs(beside_m) > _ON_LINE_M:
        choice.side = 1.0
        choice.place_m = place_beside(tables, now.s_m, now.offset_m)
        beside_m = choice.place_m
    memory.lane.side = choice.side
    memory.lane.aside_m = beside_m


@tick_function
def _is_aside(tables: FollowerTables, now: Snapshot) -> bool:
    """Return whether a car stands, or is beside the road."""
    station = side_station(tables.sides, tables.plan.station_m, now.s_m)
    place_m = place_beside(tables, now.s_m, now.offset_m)
    is_beside = not station.road_right_m < place_m < station.road_left_m
    return is_beside or abs(now.velocity_forward_mps) < _WAITING_MPS


@tick_function
def _choose(
    tables: FollowerTables,
    lane: LanePath,
    choice: LaneChoice,
    now: Snapshot,
    foresight: Foresight,
    cars: int,
) -> None:
    """Choose the lane that costs least time and risk."""
    driven = choice.driven
    is_wide, is_beside = 0, 0
    for number in range(cars):
        if foresight.rivals[number].drives_on == 0:
            is_wide = 1
        elif foresight.rivals[number].is_beside != 0:
            is_beside = 1
    best = LaneWish(choice.side, choice.place_m, math.inf, choice.is_wide & is_wide)
    drive_lane(tables, lane, now, foresight, cars, best, driven)
    used = minimum(abs(now.accel_left_mps2) / tables.sides.max_left_mps2, 1.0)
    change_s = choice.change_s + _CORNER_CHANGE_S * used * used
    later_s = choice.later_s
    lowest_s = _cost_s(driven, now, later_s) - change_s
    if is_beside != 0 and best.side == 0.0:  # who is side by side leaves the planned line
        lowest_s = math.inf
    station = side_station(tables.sides, tables.plan.station_m, now.s_m)
    for number in range(-1 + is_beside, _PLACES):
        wish = LaneWish(0.0, 0.0, math.inf, 0)
        if number >= 0:
            wanted_m = (number - _PLACES // 2) * _PLACE_STEP_M
            place_m = place_within(station, wanted_m, is_wide)
            if abs(place_m - wanted_m) >= _PLACE_STEP_M:
                continue
            wish = LaneWish(1.0, place_m, math.inf, is_wide)
        drive_lane(tables, lane, now, foresight, cars, wish, driven)
        cost_s = _cost_s(driven, now, later_s)
        if cost_s < lowest_s:
            lowest_s = cost_s
            best = wish
    choice.side = best.side
    choice.place_m = best.place_m
    choice.is_wide = best.is_wide


@tick_function
def _cost_s(driven: LaneDriven, now: Snapshot, later_s: float) -> float:
    """Return the time that a lane costs, up to a constant.

    later_s: for which the speed at the end of what is foreseen counts.
    """
    way_m = driven.ahead_m + later_s * driven.speed_mps
    risk_s = driven.risk_s + _HARD_S * maximum(_HARD_MPS2 - driven.max_accel_mps2, 0.0)
    return risk_s - way_m / maximum(now.velocity_forward_mps, _MIN_MPS)
