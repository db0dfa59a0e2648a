"""What the car can do in steady state: lateral, drive and brake accelerations at each speed.

It is the limit that plans and lap-time estimates are measured by.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from game.compiled import arrays, compiled, numba_is_installed, records, tick_function
from game.quasi_steady.axle import TyreCurve, tyre_curve
from game.quasi_steady.cornering import coasting
from game.quasi_steady.steady_state import can_hold
from game.quasi_steady.track_conditions import TrackConditions
from game.scalars import clamp, maximum, minimum
from game.simulation.split_table import own_shares
from game.trig import arc_tangent2, sine
from game.units import PI
from game.vehicle.parts import Car
from game.vehicle.torque_split import FrontShares

ROWS: Final = 40  # of speed
COLUMNS: Final = 16  # of lateral acceleration
_LEAST_SPEED_MPS: Final = 5.0
_MOST_ACCEL_MPS2: Final = 40.0
EXACTLY: Final = 22  # halvings of the accelerations' range: to 1e-5 m/s2


class GgvLimits(NamedTuple):
    """The limits on a grid of speed and lateral acceleration.

    Rows are evenly spaced speeds up to the top speed; columns are evenly spaced angles whose sine
    is the share of the largest lateral acceleration, because grip falls like a quarter circle.
    """

    first_mps: float
    step_mps: float
    lateral_mps2: list[float]  # the largest while coasting, shape (rows,)
    # The largest net acceleration, shape (rows * columns,), row by row; negative where even full
    # use of what cornering leaves cannot hold the speed. For a split map there are several tables,
    # one after the other.
    drive_mps2: list[float]
    brake_mps2: list[float]  # the largest net deceleration, positive, alike


def ggv_limits(car: Car, conditions: TrackConditions, halvings: int = EXACTLY) -> GgvLimits:
    """The limits of a car, as lists; the work is done by machine code where it can be made.

    halvings: of the accelerations' range of 40 m/s2 until they are taken as found.
    """
    curve = tyre_curve(car.tyre)
    limits = GgvLimits(0.0, 0.0, [0.0] * ROWS, [0.0] * ROWS * COLUMNS, [0.0] * ROWS * COLUMNS)
    if not numba_is_installed():
        first_mps, step_mps = fill_limits([car], curve, conditions, halvings, limits)
        return limits._replace(first_mps=first_mps, step_mps=step_mps)
    filled = arrays(limits)
    first_mps, step_mps = compiled(fill_limits)(
        records([car]), arrays(curve), conditions, halvings, filled
    )
    return GgvLimits(first_mps, step_mps, *(column.tolist() for column in filled[2:]))


@tick_function
def fill_limits(
    cars: Any, curve: TyreCurve, conditions: TrackConditions, halvings: int, limits: GgvLimits
) -> tuple[float, float]:
    """Fill the three tables for `cars[0]`; gives the first speed and the step between rows."""
    car = cars[0]
    shares = own_shares(car)
    top_mps = _largest_speed(car, shares, curve, conditions)
    count = len(limits.lateral_mps2)
    columns = len(limits.drive_mps2) // count
    step_mps = (top_mps - _LEAST_SPEED_MPS) / (count - 1)
    for row in range(count):
        speed_mps = _LEAST_SPEED_MPS + row * step_mps
        lateral_mps2 = _largest_lateral(car, shares, curve, conditions, speed_mps)
        limits.lateral_mps2[row] = lateral_mps2
        for column in range(columns):
            left_mps2 = lateral_mps2 * sine(0.5 * PI * column / (columns - 1))
            place = row * columns + column
            drive_mps2 = _largest_along(
                car, shares, curve, conditions, speed_mps, left_mps2, 1.0, halvings
            )
            brake_mps2 = _largest_along(
                car, shares, curve, conditions, speed_mps, left_mps2, -1.0, halvings
            )
            if column > 0:  # cornering never gives: a driver comes from less of it
                drive_mps2 = minimum(drive_mps2, limits.drive_mps2[place - 1])
                brake_mps2 = minimum(brake_mps2, limits.brake_mps2[place - 1])
            limits.drive_mps2[place] = drive_mps2
            limits.brake_mps2[place] = brake_mps2
    return _LEAST_SPEED_MPS, step_mps


@tick_function
def fill_tables(
    cars: Any,
    all_shares: Sequence[FrontShares],
    curve: TyreCurve,
    conditions: TrackConditions,
    halvings: int,
    limits: GgvLimits,
    sense: float,
    wanted: Sequence[bool],
    tables: list[float],
) -> None:
    """Fill drive (sense 1) or brake tables of `cars[0]`, one for each of the shares.

    wanted: whether a place in the tables is to be filled; the others stay as they are.
    """
    car = cars[0]
    place = 0
    for number in range(len(all_shares)):
        shares = FrontShares(all_shares[number].torque, all_shares[number].regen)
        for row in range(ROWS):
            speed_mps = limits.first_mps + row * limits.step_mps
            least_mps2 = _MOST_ACCEL_MPS2
            for column in range(COLUMNS):
                if wanted[place]:
                    left_mps2 = limits.lateral_mps2[row] * sine(0.5 * PI * column / (COLUMNS - 1))
                    along_mps2 = _largest_along(
                        car, shares, curve, conditions, speed_mps, left_mps2, sense, halvings
                    )
                    least_mps2 = minimum(along_mps2, least_mps2)
                    tables[place] = least_mps2
                place += 1


@tick_function
def lateral_limit(limits: GgvLimits, speed_mps: float) -> float:
    """The largest lateral acceleration at a speed, m/s2."""
    place = (speed_mps - limits.first_mps) / limits.step_mps
    row = _row(limits, place)
    along = clamp(place - row, 0.0, 1.0)
    low = limits.lateral_mps2[row]
    return low + along * (limits.lateral_mps2[row + 1] - low)


@tick_function
def limit_at(
    limits: GgvLimits, table: list[float], speed_mps: float, curvature_1pm: float, number: int = 0
) -> float:
    """The drive or the brake table's acceleration at a speed on a curvature, m/s2.

    number: of the table, where there are several, one after the other.
    """
    place = (speed_mps - limits.first_mps) / limits.step_mps
    row = _row(limits, place)
    along = clamp(place - row, 0.0, 1.0)
    lateral = lateral_limit(limits, speed_mps)
    share = clamp(speed_mps * speed_mps * curvature_1pm / lateral, 0.0, 1.0)
    columns = COLUMNS
    angle = arc_tangent2(share, math.sqrt(1.0 - share * share))
    across = angle / (0.5 * PI) * (columns - 1)
    column = int(across)
    if column > columns - 2:
        column = columns - 2
    across -= column
    start = (number * len(limits.lateral_mps2) + row) * columns + column
    low = table[start] + across * (table[start + 1] - table[start])
    start += columns
    high = table[start] + across * (table[start + 1] - table[start])
    return low + along * (high - low)


@tick_function
def _row(limits: GgvLimits, place: float) -> int:
    last = len(limits.lateral_mps2) - 2
    row = int(place) if place > 0.0 else 0
    return row if row < last else last


@tick_function
def _largest_speed(
    car: Car, shares: FrontShares, curve: TyreCurve, conditions: TrackConditions
) -> float:
    """The speed that the motors can just hold on the straight, m/s."""
    low = _LEAST_SPEED_MPS
    cut_radps = maximum(car.front.motor.speed_cut_radps, car.rear.motor.speed_cut_radps)
    high = cut_radps / car.gear_ratio * car.wheel.radius_m
    for _ in range(EXACTLY):
        middle = 0.5 * (low + high)
        if can_hold(car, shares, curve, conditions, middle, 0.0, 0.0):
            low = middle
        else:
            high = middle
    return low


@tick_function
def _largest_lateral(
    car: Car, shares: FrontShares, curve: TyreCurve, conditions: TrackConditions, speed_mps: float
) -> float:
    low = 0.0
    high = _MOST_ACCEL_MPS2
    for _ in range(EXACTLY):
        middle = 0.5 * (low + high)
        slowing = coasting(car, curve, conditions, speed_mps, middle)
        if can_hold(car, shares, curve, conditions, speed_mps, slowing, middle):
            low = middle
        else:
            high = middle
    return low


@tick_function
def _largest_along(
    car: Car,
    shares: FrontShares,
    curve: TyreCurve,
    conditions: TrackConditions,
    speed_mps: float,
    left_mps2: float,
    sense: float,
    halvings: int,
) -> float:
    """The largest acceleration (sense 1) or deceleration (sense -1) beside a lateral one."""
    low = sense * coasting(car, curve, conditions, speed_mps, left_mps2)
    high = _MOST_ACCEL_MPS2
    for _ in range(halvings):
        middle = 0.5 * (low + high)
        if can_hold(car, shares, curve, conditions, speed_mps, sense * middle, left_mps2):
            low = middle
        else:
            high = middle
    return low
