"""Find the fastest speeds by passes over a lap: cornering, drive forwards, brakes backwards.

Each piece from one station to the next is driven at a constant acceleration, the limit at the speed
and curvature where it begins (drive) or ends (brakes): v_after**2 = v**2 + 2 a ds.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.quasi_steady.ggv_limits import GgvLimits, longitudinal_limit

LAPS: Final = 2  # of each pass; the second lap starts from the speed at which the first one ended

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
    here = cornering_speed(limits[number], curvature_1pm)
    after = tables.wind_next[index]
    if after == 0.0:
        return here
    return here + after * (cornering_speed(limits[number + 1], curvature_1pm) - here)


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
    if limit == BRAKE:
        return grip * accel
    return grip * accel if accel > 0.0 else accel


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
