"""Keeping clear of other cars: past them where there is room, else behind them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

from game.drivers.observation import Observation
from game.drivers.other_car import OtherCar
from game.simulation.snapshot import Snapshot
from game.track.track import Track
from game.vehicle.spec import ChassisSpec

_SAFETY_M: Final = 1.0  # in front and behind, within which two cars count as side by side
_APART_M: Final = 0.75  # between two cars side by side
_TOUCHING_M: Final = 0.25  # with less than this between them, one has to stay behind
_CATCHING_S: Final = 4.0  # a slower car ahead that is reached within this time is passed
_CORNERING_MPS2: Final = 7.0  # beyond this no pass is begun
_SIDESTEP_M: Final = 0.05  # a decision
_DODGE_M: Final = 0.05  # the same with a car beside, towards which the line may swing
_FOLLOW_MPS2: Final = 3.0  # braking that is counted on to stay behind
_FOLLOW_GAIN_1PS: Final = 2.0  # deceleration for every m/s too much
_FOLLOW_S: Final = 0.15  # of headway on top
_STEPPING_OUT_M: Final = 6.0  # of way forward, that a car at walking pace needs to get past
_WALKING_MPS: Final = 3.0
_SLOWER_1PM: Final = 0.1  # share of the planned speed, per metre beside the planned line


class TrafficPlan(NamedTuple):
    """The place and the highest speed that other cars leave to a car."""

    aside_m: float  # from the planned line, positive to the left
    max_accel_mps2: float  # forward acceleration with which it stays behind
    speed_share: float  # of the planned speed


class Traffic:
    """Watches the cars around one car; remembers how far it has moved over."""

    def __init__(self, track: Track, chassis: ChassisSpec) -> None:
        self._beside_m = chassis.length_m + _SAFETY_M
        self._apart_m = chassis.width_m + _APART_M
        self._touching_m = chassis.width_m + _TOUCHING_M
        self._edge_m = 0.5 * chassis.width_m
        self._samples = track.tables.samples
        self._step_m = track.tables.step_m
        self._aside_m = 0.0

    def plan(
        self, observation: Observation, line_at: Callable[[float], float], share: float, lost: bool
    ) -> TrafficPlan:
        """Return where to drive beside the wanted line and how fast at most.

        line_at: offset of the wanted line at a distance along the lap; share: of the planned speed
        that is wanted anyway; lost: whether the car is to find its way from where it is, as far as
        that is on the track.
        """
        if not (observation.others or lost or self._aside_m):
            return TrafficPlan(0.0, math.inf, share)
        own = observation.car
        line_m = line_at(own.s_m)
        own_m = own.offset_m - line_m
        if lost:
            self._aside_m = own_m
        wanted_m, max_mps2, max_step_m = 0.0, math.inf, _SIDESTEP_M
        for other in observation.others:
            closing_mps = max(0.0, -other.velocity_forward_mps)
            near = abs(other.gap_m) < self._beside_m
            if not near and not 0.0 < other.gap_m < self._beside_m + closing_mps * _CATCHING_S:
                continue
            low_m, high_m = self._room(other.car.s_m, line_at)
            other_m = other.offset_m - (line_m if near else line_at(other.car.s_m))
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
        step_m = wanted_m - self._aside_m
        self._aside_m += min(max(step_m, -max_step_m), max_step_m)
        if self._aside_m != 0.0:  # the line itself may use kerbs, but no path beside it
            low_m, high_m = self._room(own.s_m, line_at)
            self._aside_m = min(max(self._aside_m, low_m), high_m)
        return TrafficPlan(
            self._aside_m, max_mps2, share * (1.0 - _SLOWER_1PM * abs(self._aside_m))
        )

    def _room(self, s_m: float, line_at: Callable[[float], float]) -> tuple[float, float]:
        """Return the room for a whole car beside the wanted line, to the right and to the left."""
        sample = self._samples[int(s_m / self._step_m) % len(self._samples)]
        line_m = line_at(s_m)
        return (
            min(self._edge_m - sample.bands_right_m[0] - line_m, 0.0),
            max(sample.bands_left_m[0] - self._edge_m - line_m, 0.0),
        )

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
