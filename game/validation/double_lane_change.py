"""Drive the obstacle avoidance of ISO 3888-2: there and back between cones, off the throttle.

A driver who steers as the reference bot does follows a smooth line between the cones. Several lines
are tried, as a test driver tries again; what counts is the highest speed at the entry at which one
of them touches no cone.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.bot.follower_tables import FollowerTables
from game.bot.lateral_control import STEERING_LEAD_S, LineError, lateral_forces, steering
from game.bot.plan import PlanTable
from game.drivers.driver import TICKS_PER_DECISION
from game.lab.courses import MeasuredCar, drive_course, speed_of
from game.quadratic_program import solve_quadratic_program
from game.quasi_steady.axle import tyre_curve
from game.simulation.snapshot import Snapshot
from game.track.tables import flat_tables
from game.units import mps
from game.validation.car_under_test import on_tarmac_from
from game.validation.drive_log import LOOK_TICKS, DriveLog, HeldSpeed, logged
from game.vehicle.parts import make_car
from game.vehicle.spec import ChassisSpec
from game.vehicle.state import Controls, controls

_RUN_UP_M: Final = 40.0  # in which the throttle finds its place
_RELEASED_M: Final = 2.0  # behind the first cones, where the driver leaves the throttle
# The course of ISO 3888-2: the lengths of the three lanes and of the gaps between them, and the
# widths of the first and the last lane, as a factor of the car's width and an addition in metres.
_LENGTHS_M: Final = (12.0, 13.5, 11.0, 12.5, 12.0)
_FIRST_WIDTH: Final = (1.1, 0.25)
_LAST_WIDTH: Final = (1.3, 0.25)
_SECOND_WIDER_M: Final = 1.0  # than the car
_ASIDE_M: Final = 1.0  # from the left of the first lane to the right of the second
_LAST_WIDTH_M: Final = 3.0  # at least
_CONES: Final = 5  # on each side of a lane
_SEARCHED_KMH: Final = (30.0, 150.0)
_EXACT_KMH: Final = 0.5
_SPUN_RAD: Final = 0.8

# The lines that are tried: how much is kept from the cones, and how much a change of the bend costs
# against the bend.
_MARGINS_M: Final = (0.05, 0.1, 0.15)
_EVENNESS_M2: Final = (0.0, 30.0)
_OUTLINE: Final = 5  # places along the car that are kept from the cones
_TIE_BREAK: Final = 1e-9
_STATION_M: Final = 0.5
_STRAIGHT_M: Final = 15.0  # of the line before the cones and behind them


class ConeLane(NamedTuple):
    """Describes a lane between two rows of cones. Distances are from the first cones."""

    from_m: float
    to_m: float
    right_m: float  # left is positive; the first lane's middle is 0
    left_m: float


class LaneLine(NamedTuple):
    """Holds a line through the lanes; arrays have shape (n,)."""

    x_m: Array
    y_m: Array
    slope: Array
    bend_1pm: Array

    def at(self, x_m: float) -> tuple[float, float]:
        """Return the line's place and slope."""
        return float(np.interp(x_m, self.x_m, self.y_m)), float(
            np.interp(x_m, self.x_m, self.slope)
        )

    def bend_at(self, x_m: float) -> float:
        """Return the line's curvature."""
        return float(np.interp(x_m, self.x_m, self.bend_1pm))


@dataclass(frozen=True)
class LaneChange:
    """Holds a run through the lanes."""

    log: DriveLog
    entry_mps: float
    line: LaneLine
    chassis: ChassisSpec
    is_clean: bool


def lanes_for(width_m: float) -> tuple[ConeLane, ConeLane, ConeLane]:
    """Return the lanes for a car of this width without its mirrors."""
    ends_m = np.cumsum((0.0, *_LENGTHS_M)).tolist()
    first_m = 0.5 * (_FIRST_WIDTH[0] * width_m + _FIRST_WIDTH[1])
    second_m = first_m + _ASIDE_M
    last_m = max(_LAST_WIDTH_M, _LAST_WIDTH[0] * width_m + _LAST_WIDTH[1])
    return (
        ConeLane(ends_m[0], ends_m[1], -first_m, first_m),
        ConeLane(ends_m[2], ends_m[3], second_m, second_m + width_m + _SECOND_WIDER_M),
        ConeLane(ends_m[4], ends_m[5], -first_m, last_m - first_m),
    )


def cones(lanes: tuple[ConeLane, ...]) -> list[tuple[float, float]]:
    """Return where the cones stand: their sides that face the lane."""
    return [
        (x_m, y_m)
        for lane in lanes
        for x_m in np.linspace(lane.from_m, lane.to_m, _CONES).tolist()
        for y_m in (lane.right_m, lane.left_m)
    ]


def fastest_lane_change(car: MeasuredCar, side: float = 1.0) -> LaneChange | None:
    """Return the fastest clean run of all lines; None if there is none. side: -1 is mirrored."""
    lanes = lanes_for(car.spec.chassis.width_m)
    runs = [
        _fastest(car, planned_line(car.spec.chassis, lanes, *how), side)
        for how in product(_MARGINS_M, _EVENNESS_M2)
    ]
    clean = [run for run in runs if run is not None]
    return max(clean, key=lambda run: run.entry_mps, default=None)


def lane_change(
    car: MeasuredCar, line: LaneLine, speed_mps: float, side: float = 1.0
) -> LaneChange:
    """Drive through the lanes along a line."""
    nose_m = car.spec.chassis.nose_m
    world = on_tarmac_from(car, -_RUN_UP_M - nose_m, speed_mps)
    driver = _LaneDriver(car, line, speed_mps, side)
    lanes = lanes_for(car.spec.chassis.width_m)
    cones_m = cones(lanes)
    end_m = lanes[-1].to_m - car.spec.chassis.tail_m
    looks = []
    entry_mps = math.nan
    is_clean = True
    for now in drive_course(world, driver.decide, 20.0, LOOK_TICKS):
        looks.append(now)
        if math.isnan(entry_mps) and now.x_m + nose_m >= 0.0:
            entry_mps = speed_of(now)
        is_clean = is_clean and _touches_nothing(now, car.spec.chassis, lanes, cones_m, side)
        if now.x_m > end_m or not is_clean:
            break
    log = logged(looks, world.step_s)
    return LaneChange(log, entry_mps, line, car.spec.chassis, is_clean)


def _fastest(car: MeasuredCar, line: LaneLine, side: float) -> LaneChange | None:
    slow_kmh, fast_kmh = _SEARCHED_KMH
    best = None
    while fast_kmh - slow_kmh > _EXACT_KMH:
        middle_kmh = 0.5 * (slow_kmh + fast_kmh)
        run = lane_change(car, line, mps(middle_kmh), side)
        if run.is_clean:
            slow_kmh, best = middle_kmh, run
        else:
            fast_kmh = middle_kmh
    return best


class _LaneDriver:
    """Steers as the reference bot, along a line on endless tarmac."""

    def __init__(self, car: MeasuredCar, line: LaneLine, speed_mps: float, side: float) -> None:
        self._line, self._side, self._spec = line, side, car.spec
        self._car = make_car(car.spec, car.setup)
        curve = tyre_curve(self._car.tyre)
        self._tables = FollowerTables(
            track=flat_tables(),
            splits=[],
            plan=PlanTable(1.0, [], [], [1.0], 1.0),
            slip_at_force=curve.slip_at_force,
            secants=[math.sqrt(square) for square in curve.squared_secants],
            half_width_m=0.5 * car.spec.chassis.width_m,
        )
        self._held = HeldSpeed(car.spec.steering.lock_rad, speed_mps)
        self._position = 0.0

    def decide(self, now: Snapshot) -> Controls:
        """Steer sixty times a second, and hold the speed until the throttle is released."""
        if now.tick % TICKS_PER_DECISION == 0:
            self._position = self._steering(now)
        if now.x_m + self._spec.chassis.nose_m > _RELEASED_M:
            return controls(self._position)
        return self._held.controls(now, self._position * self._spec.steering.lock_rad)

    def _steering(self, now: Snapshot) -> float:
        y_m, slope = self._line.at(now.x_m)
        bend_1pm = self._line.bend_at(now.x_m + STEERING_LEAD_S * now.velocity_forward_mps)
        error = LineError(
            now.y_m - self._side * y_m, self._side * math.atan(slope), self._side * bend_1pm
        )
        forces = lateral_forces(self._car, self._tables, now, error)
        return steering(self._car, self._tables, now, forces, 0.0)


def _touches_nothing(
    now: Snapshot,
    chassis: ChassisSpec,
    lanes: tuple[ConeLane, ...],
    cones_m: list[tuple[float, float]],
    side: float,
) -> bool:
    """Return whether the car is between the cones, and not across its way."""
    if abs(math.atan2(now.velocity_left_mps, now.velocity_forward_mps)) > _SPUN_RAD:
        return False
    cos, sin = math.cos(now.heading_rad), math.sin(now.heading_rad)
    half_m, nose_m, tail_m = 0.5 * chassis.width_m, chassis.nose_m, chassis.tail_m
    for along_m, aside_m in product((nose_m, tail_m), (half_m, -half_m)):
        x_m = now.x_m + along_m * cos - aside_m * sin
        y_m = side * (now.y_m + along_m * sin + aside_m * cos)
        for lane in lanes:
            if lane.from_m <= x_m <= lane.to_m and not lane.right_m <= y_m <= lane.left_m:
                return False
    for x_m, y_m in cones_m:
        east_m, north_m = x_m - now.x_m, side * y_m - now.y_m
        along_m, aside_m = east_m * cos + north_m * sin, north_m * cos - east_m * sin
        if tail_m < along_m < nose_m and abs(aside_m) < half_m:
            return False
    return True


def planned_line(
    chassis: ChassisSpec, lanes: tuple[ConeLane, ...], margin_m: float, evenness_m2: float
) -> LaneLine:
    """Return the line of least bend along which the car's outline keeps within the lanes.

    margin_m: what is kept from the cones. evenness_m2: what the square of a change of the bend
    costs against that of the bend.
    """
    from scipy import sparse

    x_m = np.arange(-_STRAIGHT_M, lanes[-1].to_m + _STRAIGHT_M, _STATION_M)
    count = len(x_m)
    difference = sparse.diags([1.0, -1.0], [1, 0], (count - 1, count), format="csr") / _STATION_M
    second = difference[: count - 2, : count - 1] @ difference
    third = difference[: count - 3, : count - 2] @ second
    cost = second.T @ second + evenness_m2 * third.T @ third + _TIE_BREAK * sparse.identity(count)
    whole = sparse.identity(count, format="csr")
    slope = sparse.vstack([difference, difference[-1]], format="csr")
    rows, low_m, high_m = [whole[x_m < 0.0]], [np.zeros(sum(x_m < 0.0))], [np.zeros(sum(x_m < 0.0))]
    for lane, along_m in product(lanes, np.linspace(chassis.tail_m, chassis.nose_m, _OUTLINE)):
        inside = (x_m + along_m >= lane.from_m - _STATION_M) & (
            x_m + along_m <= lane.to_m + _STATION_M
        )
        keep_m = 0.5 * chassis.width_m + margin_m
        rows.append((whole + along_m * slope)[inside])
        low_m.append(np.full(sum(inside), lane.right_m + keep_m))
        high_m.append(np.full(sum(inside), lane.left_m - keep_m))
    within = sparse.vstack(rows, format="csc")
    inside = sparse.vstack([within, -within], format="csc")
    room_m = np.concatenate([*high_m, *(-each for each in low_m)])
    y_m = solve_quadratic_program(cost, np.zeros(count), None, (inside, room_m))
    slope = np.gradient(y_m, x_m)
    return LaneLine(x_m, y_m, slope, np.gradient(slope, x_m) / (1.0 + slope**2) ** 1.5)
