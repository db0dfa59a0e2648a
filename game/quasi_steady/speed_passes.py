"""Find the fastest speeds by passes over a lap: cornering, drive forwards, brakes backwards.

Each piece from one station to the next is driven at a constant acceleration, the limit at the speed
and curvature where it begins (drive) or ends (brakes): v_after**2 = v**2 + 2 a ds.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.quasi_steady.ggv_limits import (
    COLUMNS,
    ROWS,
    GgvLimits,
    lateral_limit,
    limit_beside,
    longitudinal_limit,
)
from game.quasi_steady.hilly_road import LineSlopes
from game.scalars import absolute, clamp, maximum
from game.track.tables import added_weight

LAPS: Final = 2  # of each pass; the second lap starts from the speed at which the first one ended

_BISECTIONS: Final = 30  # of a cornering speed on a hilly circuit
_MIN_LATERAL_MPS2: Final = 0.1

# What limits the speed at a station.
CORNERING: Final = 0
DRIVE: Final = 1  # the drive from the station before
BRAKE: Final = 2  # the brakes to the station after


class LapTables(NamedTuple):
    """Holds a line for the passes, and what they find; one number a station."""

    curvature_1pm: list[float]  # not negative
    spacing_m: list[float]
    grip: list[float]  # share of the car's limits that is used
    drive_table: list[int]  # number of the limits' table that holds there ...
    drive_next: list[float]  # ... and the share of the one after it
    brake_table: list[int]
    brake_next: list[float]
    speed_mps: list[float]
    limited_by: list[int]
    adjoint_spmps: list[float]  # change of the lap time with a station's speed
    by_curvature_sm: list[float]
    by_spacing_spm: list[float]
    wind_limits: list[int]  # number of the limits that hold there, by the head wind ...
    wind_next: list[float]  # ... and the share of the one after it
    hilly: int  # 1: the slopes hold
    slopes: LineSlopes


@tick_function
def run_passes(limits: tuple[GgvLimits, ...], tables: LapTables) -> None:
    """Fill `speed_mps` and `limited_by`; limits: of rising head winds."""
    speed = tables.speed_mps
    spacing = tables.spacing_m
    count = len(speed)
    for index in range(count):
        speed[index] = cornering_at(limits, tables, index, 0.0)
        tables.limited_by[index] = CORNERING
    for lap in range(LAPS):
        for index in range(count):
            after = index + 1 if index + 1 < count else 0
            found = speed[after]
            accel = acceleration_at(limits, tables, DRIVE, index, speed[index], 0.0)
            reached = speed[index] * speed[index] + 2.0 * accel * spacing[index]
            if reached < found * found:
                speed[after] = math.sqrt(reached) if reached > 1.0 else 1.0
                tables.limited_by[after] = DRIVE
            if lap > 0 and speed[after] == found:
                break  # the rest of the lap follows from here as before
    for lap in range(LAPS):
        for index in range(count - 1, -1, -1):
            before = index - 1 if index > 0 else count - 1
            found = speed[before]
            accel = acceleration_at(limits, tables, BRAKE, index, speed[index], 0.0)
            reached = speed[index] * speed[index] + 2.0 * accel * spacing[before]
            if reached < found * found:
                speed[before] = math.sqrt(reached)
                tables.limited_by[before] = BRAKE
            if lap > 0 and speed[before] == found:
                break


@tick_function
def cornering_at(
    limits: tuple[GgvLimits, ...], tables: LapTables, index: int, more_1pm: float
) -> float:
    """Return the speed at a share g of the grip, v**2 k = g a(v): the limit on curvature k / g.

    more_1pm: curvature added to that of the line.
    """
    curvature_1pm = (tables.curvature_1pm[index] + more_1pm) / tables.grip[index]
    number = tables.wind_limits[index]
    here = _cornering(limits[number], tables, index, curvature_1pm)
    after = tables.wind_next[index]
    if after == 0.0:
        return here
    return here + after * (_cornering(limits[number + 1], tables, index, curvature_1pm) - here)


@tick_function
def _cornering(limits: GgvLimits, tables: LapTables, index: int, curvature_1pm: float) -> float:
    if tables.hilly:
        return _hilly_cornering(limits, tables, index, curvature_1pm)
    return cornering_speed(limits, curvature_1pm)


@tick_function
def acceleration_at(
    limits: tuple[GgvLimits, ...],
    tables: LapTables,
    limit: int,
    index: int,
    speed: float,
    more_1pm: float,
) -> float:
    """Return the largest acceleration (DRIVE) or deceleration (BRAKE) at a station and a speed.

    more_1pm: curvature added to that of the line.
    """
    grip = tables.grip[index]
    curvature_1pm = (tables.curvature_1pm[index] + more_1pm) / grip
    number = tables.wind_limits[index]
    accel = _longitudinal(limits[number], tables, limit, index, speed, curvature_1pm)
    after = tables.wind_next[index]
    if after != 0.0:
        there = _longitudinal(limits[number + 1], tables, limit, index, speed, curvature_1pm)
        accel += after * (there - accel)
    if limit == BRAKE or accel > 0.0:
        accel *= grip
    if tables.hilly:  # gravity adds its own
        back_mps2 = tables.slopes.back_mps2[index]
        return accel + back_mps2 if limit == BRAKE else accel - back_mps2
    return accel


@tick_function
def _longitudinal(
    limits: GgvLimits,
    tables: LapTables,
    limit: int,
    index: int,
    speed: float,
    curvature_1pm: float,
) -> float:
    """Return the acceleration in the drive or the brake tables of a station."""
    if tables.hilly:
        return _hilly_longitudinal(limits, tables, limit, index, speed, curvature_1pm)
    if limit == BRAKE:
        return _interpolated(
            limits,
            limits.brake_mps2,
            speed,
            curvature_1pm,
            tables.brake_table[index],
            tables.brake_next[index],
        )
    return _interpolated(
        limits,
        limits.drive_mps2,
        speed,
        curvature_1pm,
        tables.drive_table[index],
        tables.drive_next[index],
    )


@tick_function
def _interpolated(
    limits: GgvLimits,
    table: list[float],
    speed: float,
    curvature_1pm: float,
    number: int,
    next_share: float,
) -> float:
    """Return the acceleration between one of the tables and the next."""
    here = longitudinal_limit(limits, table, speed, curvature_1pm, number)
    if next_share == 0.0:
        return here
    there = longitudinal_limit(limits, table, speed, curvature_1pm, number + 1)
    return here + next_share * (there - here)


class _Pressing(NamedTuple):
    """Names the two levels of the limits that a car's pressing on the road lies between."""

    level: int
    next_share: float  # of the way to the level after it
    lateral_mps2: float  # the largest, between the two


@tick_function
def _pressing(limits: GgvLimits, tables: LapTables, index: int, speed: float) -> _Pressing:
    """Return how a car is pressed on the road at a station and a speed."""
    slopes = tables.slopes
    pressing_mps2 = added_weight(slopes.upright[index], speed * speed, slopes.bend_1pm[index])
    last = len(limits.lateral_mps2) // ROWS - 1
    place = (pressing_mps2 - limits.lowest_pressing_mps2) / limits.pressing_step_mps2
    place = clamp(place, 0.0, float(last))
    level = int(place)
    if level == last:
        level = last - 1
    low = lateral_limit(limits, speed, level)
    high = lateral_limit(limits, speed, level + 1)
    share = place - level
    return _Pressing(level, share, maximum(low + share * (high - low), _MIN_LATERAL_MPS2))


@tick_function
def _lateral_demand(tables: LapTables, index: int, speed: float, curvature_1pm: float) -> float:
    """Return the lateral acceleration that the tyres have to give, beside what gravity gives.

    curvature_1pm: divided by the share of the grip that is used, and so is what it gives.
    """
    given = tables.slopes.aid_mps2[index] / tables.grip[index]
    return absolute(speed * speed * curvature_1pm - given)


@tick_function
def _hilly_cornering(
    limits: GgvLimits, tables: LapTables, index: int, curvature_1pm: float
) -> float:
    """Return the largest speed at which a station's curvature needs no more than lateral grip."""
    low = limits.first_mps
    high = low + limits.step_mps * (ROWS - 1)
    most = _pressing(limits, tables, index, high).lateral_mps2
    if _lateral_demand(tables, index, high, curvature_1pm) <= most:
        return high
    for _ in range(_BISECTIONS):
        middle = 0.5 * (low + high)
        most = _pressing(limits, tables, index, middle).lateral_mps2
        if _lateral_demand(tables, index, middle, curvature_1pm) <= most:
            low = middle
        else:
            high = middle
    return low


@tick_function
def _hilly_longitudinal(
    limits: GgvLimits,
    tables: LapTables,
    limit: int,
    index: int,
    speed: float,
    curvature_1pm: float,
) -> float:
    """Return the acceleration that the tyres give a car as it is pressed on the road there."""
    pressing = _pressing(limits, tables, index, speed)
    demand = _lateral_demand(tables, index, speed, curvature_1pm)
    share = clamp(demand / pressing.lateral_mps2, 0.0, 1.0)
    if limit == BRAKE:
        place = tables.brake_table[index] + tables.brake_next[index]
        return _beside(limits, limits.brake_mps2, pressing, speed, share, place)
    place = tables.drive_table[index] + tables.drive_next[index]
    return _beside(limits, limits.drive_mps2, pressing, speed, share, place)


@tick_function
def _beside(
    limits: GgvLimits,
    table: list[float],
    pressing: _Pressing,
    speed: float,
    share: float,
    place: float,
) -> float:
    """Return the acceleration beside a share of the lateral limit, between two levels.

    place: of the table among those of a level, and how far it is to the next one.
    """
    count = len(table) // (len(limits.lateral_mps2) * COLUMNS)
    number = int(place)
    after = place - number
    low = _between_tables(limits, table, speed, share, pressing.level * count + number, after)
    level = pressing.level + 1
    high = _between_tables(limits, table, speed, share, level * count + number, after)
    return low + pressing.next_share * (high - low)


@tick_function
def _between_tables(
    limits: GgvLimits, table: list[float], speed: float, share: float, number: int, after: float
) -> float:
    here = limit_beside(limits, table, speed, share, number)
    if after == 0.0:
        return here
    return here + after * (limit_beside(limits, table, speed, share, number + 1) - here)


@tick_function
def cornering_speed(limits: GgvLimits, curvature_1pm: float) -> float:
    """Return the speed whose curvature needs all lateral grip, v**2 k = a(v)."""
    last = len(limits.lateral_mps2) - 1
    if not _corners_too_fast(limits, curvature_1pm, last):
        return limits.first_mps + limits.step_mps * last
    if _corners_too_fast(limits, curvature_1pm, 0):
        return limits.first_mps
    row = 0
    while last > row + 1:  # it lies between these two rows
        middle = (row + last) // 2
        if _corners_too_fast(limits, curvature_1pm, middle):
            last = middle
        else:
            row = middle
    # From one row to the next a(v) = a0 + a1 v: the speed is the larger root of v**2 k - a(v).
    per_mps = (limits.lateral_mps2[row + 1] - limits.lateral_mps2[row]) / limits.step_mps
    at_rest_mps2 = limits.lateral_mps2[row] - per_mps * (limits.first_mps + row * limits.step_mps)
    root = math.sqrt(per_mps * per_mps + 4.0 * curvature_1pm * at_rest_mps2)
    return (per_mps + root) / (2.0 * curvature_1pm)


@tick_function
def _corners_too_fast(limits: GgvLimits, curvature_1pm: float, row: int) -> bool:
    """Return whether a curvature at the speed of a row needs more than all lateral grip."""
    speed_mps = limits.first_mps + row * limits.step_mps
    return speed_mps * speed_mps * curvature_1pm > limits.lateral_mps2[row]
