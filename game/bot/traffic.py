"""Keep clear of other cars: past them where there is room, else behind them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

from game.bot.follower_tables import FollowerTables
from game.compiled import tick_function
from game.drivers.observation import Observation
from game.drivers.other_car import OtherCar
from game.scalars import clamp, maximum, minimum
from game.simulation.snapshot import Snapshot
from game.vehicle.spec import ChassisSpec

_SAFETY_M: Final = 1.0  # in front and behind, within which two cars count as side by side
_APART_M: Final = 0.75  # between two cars side by side
_TOUCHING_M: Final = 0.25  # with less than this between them, one has to stay behind
_CATCHING_S: Final = 4.0  # a slower car ahead that is reached within this time is passed
_CORNERING_MPS2: Final = 7.0  # beyond this no pass is begun
_SIDESTEP_M: Final = 0.05  # a decision
_DODGE_M: Final = 0.05  # the same with a car beside, towards which the line may swing
_FOLLOW_MPS2: Final = 3.0  # braking that is counted on to stay behind
_FOLLOW_GAIN_1PS: Final = 4.5  # deceleration for every m/s too much
_FOLLOW_S: Final = 0.15  # of headway on top
_STEPPING_OUT_M: Final = 6.0  # of way forward, that a car at walking pace needs to get past
_WALKING_MPS: Final = 3.0
_SLOWER_1PM: Final = 0.15  # share of the planned speed, per metre beside the planned line
_MIN_SHARE: Final = 0.4  # of the planned speed, however far beside


class Clearance(NamedTuple):
    """Holds the place and the highest speed that other cars leave to a car."""

    aside_m: float  # to move over to, from the wanted line, positive to the left
    max_step_m: float  # a decision
    max_accel_mps2: float  # forward acceleration with which the car stays behind


class Offsets(NamedTuple):
    """Holds the places beside the wanted line between which there is room for a whole car."""

    low_m: float  # negative, to the right
    high_m: float


ALONE: Final = Clearance(0.0, _SIDESTEP_M, math.inf)


@tick_function
def moved_over(
    tables: FollowerTables, s_m: float, line_m: float, aside_m: float, clearance: Clearance
) -> float:
    """Return how far beside its line a car drives after a decision, from `aside_m` before it.

    line_m: offset of the wanted line beside the car.
    """
    max_step_m = clearance.max_step_m
    aside_m += clamp(clearance.aside_m - aside_m, -max_step_m, max_step_m)
    if aside_m != 0.0:  # the line itself may use kerbs, but no path beside it
        free = free_beside(tables, s_m, line_m)
        aside_m = clamp(aside_m, free.low_m, free.high_m)
    return aside_m


@tick_function
def speed_beside(aside_m: float) -> float:
    """Return the share of the planned speed that is driven so far beside the planned line."""
    return maximum(1.0 - _SLOWER_1PM * abs(aside_m), _MIN_SHARE)


@tick_function
def free_beside(tables: FollowerTables, s_m: float, line_m: float) -> Offsets:
    """Return the room for a whole car beside the wanted line, to the right and to the left."""
    track = tables.track
    sample = track.samples[int(s_m / track.step_m) % track.sample_count]
    return Offsets(
        minimum(tables.half_width_m - sample.bands_right_m[0] - line_m, 0.0),
        maximum(sample.bands_left_m[0] - tables.half_width_m - line_m, 0.0),
    )


class Traffic:
    """Watches the cars around one car."""

    def __init__(self, tables: FollowerTables, chassis: ChassisSpec) -> None:
        self._beside_m = chassis.length_m + _SAFETY_M
        self._apart_m = chassis.width_m + _APART_M
        self._touching_m = chassis.width_m + _TOUCHING_M
        self._tables = tables

    def clearance(self, observation: Observation, line_at: Callable[[float], float]) -> Clearance:
        """Return where to drive beside the wanted line and how fast at most.

        line_at: offset of the wanted line at a distance along the lap.
        """
        if not observation.others:
            return ALONE
        own = observation.car
        line_m = line_at(own.s_m)
        own_m = own.offset_m - line_m
        wanted_m, max_mps2, max_step_m = 0.0, math.inf, _SIDESTEP_M
        for other in observation.others:
            closing_mps = max(0.0, -other.velocity_forward_mps)
            near = abs(other.gap_m) < self._beside_m
            if not near and not 0.0 < other.gap_m < self._beside_m + closing_mps * _CATCHING_S:
                continue
            other_line_m = line_at(other.car.s_m)
            low_m, high_m = free_beside(self._tables, other.car.s_m, other_line_m)
            other_m = other.offset_m - (line_m if near else other_line_m)
            if near or abs(own.accel_left_mps2) < _CORNERING_MPS2:
                if self._on_left(own_m - other_m, high_m - other_m, other_m - low_m, near):
                    wanted_m = min(max(wanted_m, other_m + self._apart_m), high_m)
                else:
                    wanted_m = max(min(wanted_m, other_m - self._apart_m), low_m)
            if near:
                max_step_m = _DODGE_M
            meeting_m = min(abs(own_m - other_m), abs(wanted_m - other_m))
            if other.gap_m > 0.0 and meeting_m < self._touching_m:
                max_mps2 = min(max_mps2, self._behind(own, other))
        return Clearance(wanted_m, max_step_m, max_mps2)

    def _behind(self, own: Snapshot, other: OtherCar) -> float:
        """Return the largest forward acceleration with which a car does not run into the one
        ahead.
        """
        closing_mps = -other.velocity_forward_mps
        follow_mps = own.velocity_forward_mps - closing_mps
        room_m = max(other.gap_m - self._beside_m - _FOLLOW_S * follow_mps, 0.0)
        out_m = _STEPPING_OUT_M if follow_mps < _WALKING_MPS else 0.0
        stopping_mps = math.sqrt(2.0 * _FOLLOW_MPS2 * max(room_m - out_m, 0.0))
        faster_mps = closing_mps - max(stopping_mps, min(room_m, _WALKING_MPS))
        braking_mps2 = min(other.car.accel_forward_mps2, 0.0)
        return braking_mps2 - _FOLLOW_GAIN_1PS * faster_mps

    def _on_left(self, apart_m: float, left_m: float, right_m: float, near: bool) -> bool:
        """Return whether to pass on the left: on the car's side if it has room, else the wider."""
        free = near or min(left_m, right_m) > self._apart_m
        if free and abs(apart_m) > 0.5 * self._touching_m:
            return apart_m > 0.0
        return left_m > right_m
