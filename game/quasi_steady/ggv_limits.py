"""Measure the g-g-v diagram of a car: the accelerations that it can keep at each speed.

Lateral, drive and brake accelerations of the quasi-steady car, in tables. They are the limit that
plans and lap-time estimates are measured by.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, Final, NamedTuple

from game.arrays import Array, Mask
from game.compiled import compiled, tick_function, uses_machine_code
from game.quasi_steady.axle import TyreCurve, tyre_curve
from game.quasi_steady.cornering import QuasiSteadyCar, SteadyMotion, coasting_acceleration
from game.quasi_steady.steady_state import can_keep
from game.quasi_steady.track_conditions import TrackConditions, pressed
from game.records import arrays, records
from game.scalars import clamp, maximum, minimum
from game.simulation.split_table import own_shares
from game.trig import arc_tangent2, sine
from game.units import G_MPS2, PI
from game.vehicle.parts import Car
from game.vehicle.torque_split import FrontShares

ROWS: Final = 40  # of speed
COLUMNS: Final = 16  # of lateral acceleration
FULL_PRECISION: Final = 22  # bisections of the accelerations' range: to 1e-5 m/s2
_KEPT: Final = 32  # limits: those of a few cars with all grips of their tyres; 4 MB
_MIN_SPEED_MPS: Final = 5.0
_MAX_ACCEL_MPS2: Final = 40.0


class GgvLimits(NamedTuple):
    """Holds the limits on a grid of speed and lateral acceleration.

    Rows are evenly spaced speeds up to the top speed. Columns are evenly spaced angles whose sine
    is the share of the largest lateral acceleration, because grip falls like a quarter circle.
    """

    first_mps: float
    step_mps: float
    lateral_mps2: list[float]  # the largest while coasting, shape (rows,)
    # The largest net acceleration, shape (rows * columns,), row by row; negative where even full
    # use of what cornering leaves cannot keep the speed. For a split map there are several tables,
    # one after the other.
    drive_mps2: list[float]
    brake_mps2: list[float]  # the largest net deceleration, positive, in tables of the same shape
    # On a hilly circuit all that is there once for each level of what presses the car on the road,
    # beyond its weight; at one speed a car has the same row on all levels.
    lowest_pressing_mps2: float = 0.0
    pressing_step_mps2: float = 0.0


class TableWork(NamedTuple):
    """Lists drive or brake tables that are to be filled, one for each pair of shares.

    Cells have shape (tables * rows * columns,).
    """

    sign: float  # 1 for drive, -1 for brakes
    bisections: int
    torque_share: list[float]  # shape (tables,)
    regen_share: list[float]
    wanted: Mask  # whether a cell is to be filled; the others stay as they are
    accel_mps2: Array  # the cells


def ggv_limits(
    car: Car, conditions: TrackConditions, bisections: int = FULL_PRECISION
) -> GgvLimits:
    """Return the limits of a car, as lists; compiled code does the work where numba is installed.

    bisections: of the accelerations' range of 40 m/s2, until they are taken as found.

    They are kept: a plan asks for them again, for every pace and for all grips of its tyres.
    """
    return _worked_out(car, conditions, bisections, uses_machine_code())


@lru_cache(maxsize=_KEPT)
def _worked_out(
    car: Car, conditions: TrackConditions, bisections: int, in_machine_code: bool
) -> GgvLimits:
    curve = tyre_curve(car.tyre)
    levels = conditions.levels
    rows = ROWS * (levels.steps + 1)
    limits = GgvLimits(
        0.0,
        0.0,
        [0.0] * rows,
        [0.0] * rows * COLUMNS,
        [0.0] * rows * COLUMNS,
        levels.lowest_mps2,
        levels.step_mps2,
    )
    if not in_machine_code:
        first_mps, step_mps = fill_limits([car], curve, conditions, bisections, limits)
        return limits._replace(first_mps=first_mps, step_mps=step_mps)
    filled = arrays(limits)
    first_mps, step_mps = compiled(fill_limits)(
        records([car]), arrays(curve), conditions, bisections, filled
    )
    lateral_mps2, drive_mps2, brake_mps2 = (column.tolist() for column in filled[2:5])
    return GgvLimits(
        *(first_mps, step_mps, lateral_mps2, drive_mps2, brake_mps2),
        levels.lowest_mps2,
        levels.step_mps2,
    )


def limit_tables(
    car: Car, conditions: TrackConditions, limits: GgvLimits, work: TableWork
) -> list[float]:
    """Return the cells of tables for other shares, on the grid of the car's own limits."""
    curve = tyre_curve(car.tyre)
    if uses_machine_code():
        compiled(fill_tables)(
            records([car]), arrays(curve), conditions, arrays(limits), arrays(work)
        )
    else:
        fill_tables([car], curve, conditions, limits, work)
    cells: list[float] = work.accel_mps2.tolist()
    return cells


@tick_function
def fill_limits(
    cars: Any, curve: TyreCurve, conditions: TrackConditions, bisections: int, limits: GgvLimits
) -> tuple[float, float]:
    """Fill the three tables for `cars[0]`; gives the first speed and the step between rows."""
    car = cars[0]
    shares = own_shares(car)
    steady = QuasiSteadyCar(car, curve, shares, conditions)
    columns = COLUMNS
    step_mps = (_top_speed(steady) - _MIN_SPEED_MPS) / (ROWS - 1)
    for row in range(len(limits.lateral_mps2)):
        speed_mps = _MIN_SPEED_MPS + row % ROWS * step_mps
        if conditions.levels.steps > 0:
            pressing_mps2 = pressing_at(limits, row // ROWS)
            steady = QuasiSteadyCar(car, curve, shares, pressed(conditions, pressing_mps2))
        lateral_mps2 = _max_lateral(steady, speed_mps)
        limits.lateral_mps2[row] = lateral_mps2
        for column in range(columns):
            left_mps2 = lateral_mps2 * sine(0.5 * PI * column / (columns - 1))
            place = row * columns + column
            drive_mps2 = max_longitudinal(steady, speed_mps, left_mps2, 1.0, bisections)
            brake_mps2 = max_longitudinal(steady, speed_mps, left_mps2, -1.0, bisections)
            if column > 0:  # cornering never adds to them: a driver can always corner less
                drive_mps2 = minimum(drive_mps2, limits.drive_mps2[place - 1])
                brake_mps2 = minimum(brake_mps2, limits.brake_mps2[place - 1])
            limits.drive_mps2[place] = drive_mps2
            limits.brake_mps2[place] = brake_mps2
    return _MIN_SPEED_MPS, step_mps


@tick_function
def fill_tables(
    cars: Any, curve: TyreCurve, conditions: TrackConditions, limits: GgvLimits, work: TableWork
) -> None:
    """Fill the wanted cells of tables of `cars[0]` with other shares than its own."""
    place = 0
    count = len(work.torque_share)
    for number in range(count * (conditions.levels.steps + 1)):
        shares = FrontShares(work.torque_share[number % count], work.regen_share[number % count])
        level = number // count
        conditions_there = pressed(conditions, pressing_at(limits, level))
        steady = QuasiSteadyCar(cars[0], curve, shares, conditions_there)
        for row in range(ROWS):
            speed_mps = limits.first_mps + row * limits.step_mps
            max_mps2 = _MAX_ACCEL_MPS2
            for column in range(COLUMNS):
                if work.wanted[place]:
                    most_mps2 = limits.lateral_mps2[level * ROWS + row]
                    left_mps2 = most_mps2 * sine(0.5 * PI * column / (COLUMNS - 1))
                    accel_mps2 = max_longitudinal(
                        steady, speed_mps, left_mps2, work.sign, work.bisections
                    )
                    max_mps2 = minimum(accel_mps2, max_mps2)
                    work.accel_mps2[place] = max_mps2
                place += 1


@tick_function
def pressing_at(limits: GgvLimits, level: int) -> float:
    """Return what presses a car on the road beyond its weight, on a level of the limits, m/s2."""
    return limits.lowest_pressing_mps2 + level * limits.pressing_step_mps2


@tick_function
def lateral_limit(limits: GgvLimits, speed_mps: float, level: int = 0) -> float:
    """Return the largest lateral acceleration at a speed, m/s2."""
    place = (speed_mps - limits.first_mps) / limits.step_mps
    row = _row(place)
    along = clamp(place - row, 0.0, 1.0)
    row += level * ROWS
    low = limits.lateral_mps2[row]
    return low + along * (limits.lateral_mps2[row + 1] - low)


@tick_function
def longitudinal_limit(
    limits: GgvLimits, table: list[float], speed_mps: float, curvature_1pm: float, number: int = 0
) -> float:
    """Return the acceleration in the drive or the brake table at a speed on a curvature, m/s2.

    number: of the table, where there are several, one after the other.
    """
    lateral = lateral_limit(limits, speed_mps)
    share = clamp(speed_mps * speed_mps * curvature_1pm / lateral, 0.0, 1.0)
    return limit_beside(limits, table, speed_mps, share, number)


@tick_function
def limit_beside(
    limits: GgvLimits, table: list[float], speed_mps: float, share: float, number: int
) -> float:
    """Return the acceleration in a table beside a share, 0..1, of the lateral limit, m/s2."""
    place = (speed_mps - limits.first_mps) / limits.step_mps
    row = _row(place)
    along = clamp(place - row, 0.0, 1.0)
    columns = COLUMNS
    angle = arc_tangent2(share, math.sqrt(1.0 - share * share))
    across = angle / (0.5 * PI) * (columns - 1)
    column = int(across)
    if column > columns - 2:
        column = columns - 2
    across -= column
    start = (number * ROWS + row) * columns + column
    low = table[start] + across * (table[start + 1] - table[start])
    start += columns
    high = table[start] + across * (table[start + 1] - table[start])
    return low + along * (high - low)


@tick_function
def _row(place: float) -> int:
    last = ROWS - 2
    row = int(place) if place > 0.0 else 0
    return row if row < last else last


@tick_function
def _top_speed(steady: QuasiSteadyCar) -> float:
    """Return the speed that the motors can just keep on the straight, m/s.

    On a hilly circuit it is that on the steepest stretch downhill.
    """
    car = steady.car
    downhill_mps2 = G_MPS2 * steady.conditions.levels.steepest
    low = _MIN_SPEED_MPS
    cut_radps = maximum(car.front.motor.speed_cut_radps, car.rear.motor.speed_cut_radps)
    high = cut_radps / car.gear_ratio * car.wheel.radius_m
    for _ in range(FULL_PRECISION):
        middle = 0.5 * (low + high)
        if can_keep(steady, SteadyMotion(middle, 0.0 - downhill_mps2, 0.0, 0.0)):
            low = middle
        else:
            high = middle
    return low


@tick_function
def _max_lateral(steady: QuasiSteadyCar, speed_mps: float) -> float:
    """Return the largest lateral acceleration of a car that coasts, m/s2."""
    low = 0.0
    high = _MAX_ACCEL_MPS2
    for _ in range(FULL_PRECISION):
        middle = 0.5 * (low + high)
        coasting_mps2 = coasting_acceleration(steady, speed_mps, middle)
        if can_keep(steady, SteadyMotion(speed_mps, coasting_mps2, middle, 0.0)):
            low = middle
        else:
            high = middle
    return low


@tick_function
def max_longitudinal(
    steady: QuasiSteadyCar, speed_mps: float, left_mps2: float, sign: float, bisections: int
) -> float:
    """Return the largest acceleration (sign 1) or deceleration (-1) beside a lateral one, m/s2."""
    low = sign * coasting_acceleration(steady, speed_mps, left_mps2)
    high = _MAX_ACCEL_MPS2
    for _ in range(bisections):
        middle = 0.5 * (low + high)
        if can_keep(steady, SteadyMotion(speed_mps, sign * middle, left_mps2, 0.0)):
            low = middle
        else:
            high = middle
    return low
