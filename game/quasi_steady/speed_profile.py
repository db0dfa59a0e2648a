"""How fast to be where: forward and backward passes over the car's limits along a line."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.compiled import arrays, compiled, numba_is_installed, tick_function
from game.quasi_steady.ggv_limits import GgvLimits, lateral_limit, limit_at
from game.quasi_steady.racing_line import RacingLine


class TablePlaces(NamedTuple):
    """Between which of the limits' tables each station lies."""

    drive: list[int]
    drive_next: list[float]  # share of the table after it
    brake: list[int]
    brake_next: list[float]


TablesAt = Callable[[Array], TablePlaces]  # for stations along the lap

_LAPS: Final = 2  # the second pass starts from the speed at which the first one ended
_HALVINGS: Final = 40
_PROBE_MPS: Final = 1e-3  # to differentiate the limits
_PROBE_1PM: Final = 1e-6

# What holds the speed at a station.
_CORNERING: Final = 0
_DRIVE: Final = 1  # the drive from the station before
_BRAKE: Final = 2  # the brakes to the station after


@dataclass(frozen=True)
class SpeedProfile:
    """Speed at the stations of a line and acceleration from each to the next; shape (n,)."""

    speed_mps: Array
    accel_mps2: Array
    lap_time_s: float


@dataclass(frozen=True)
class LapTimeSlopes:
    """What the lap time of a profile gains by a change at a station; shape (n,)."""

    by_curvature_sm: Array  # s per 1/m of curvature, signed like the curvature
    by_spacing_spm: Array  # s per m of way to the next station


class LapTables(NamedTuple):
    """A line for the passes, and what they find; one number a station."""

    curvature_1pm: list[float]  # not negative
    spacing_m: list[float]
    grip: list[float]  # share of the car's limits that is used
    drive_table: list[int]  # number of the limits' table that holds there ...
    drive_next: list[float]  # ... and the share of the one after it
    brake_table: list[int]
    brake_next: list[float]
    speed_mps: list[float]
    held_by: list[int]
    price_spmps: list[float]  # of a station's speed, in lap time
    by_curvature_sm: list[float]
    by_spacing_spm: list[float]


class SpeedPlanner:
    """The passes for one car; machine code where it can be made.

    `tables_at` is for limits of several tables; without it the first holds all round.
    """

    def __init__(self, limits: GgvLimits, tables_at: TablesAt | None = None) -> None:
        self._tables_at = tables_at or _first_tables
        self._compiled = numba_is_installed()
        self._limits: Any = arrays(limits) if self._compiled else limits
        self._run_passes = compiled(run_passes) if self._compiled else run_passes
        self._run_adjoint = compiled(run_adjoint) if self._compiled else run_adjoint

    def profile(self, line: RacingLine, grip: Array | None = None) -> SpeedProfile:
        """The fastest speeds along the line that the limits allow, over a flying lap.

        Quasi-steady: each piece is driven at a constant acceleration within what the car holds at
        the speed and curvature there. grip: the share of every limit used at each station, shape
        (n,), all of it unless given.
        """
        grip = np.ones(len(line.s_m)) if grip is None else grip
        speed_mps = np.array(self._passes(line, grip).speed_mps)
        after_mps = np.roll(speed_mps, -1)
        return SpeedProfile(
            speed_mps=speed_mps,
            accel_mps2=(after_mps**2 - speed_mps**2) / (2.0 * line.spacing_m),
            lap_time_s=float((2.0 * line.spacing_m / (speed_mps + after_mps)).sum()),
        )

    def slopes(self, line: RacingLine) -> LapTimeSlopes:
        """How the lap time changes with the line's curvature and length."""
        tables = self._passes(line, np.ones(len(line.s_m)))
        self._run_adjoint(self._limits, tables)
        return LapTimeSlopes(
            np.sign(line.curvature_1pm) * np.array(tables.by_curvature_sm),
            np.array(tables.by_spacing_spm),
        )

    def _passes(self, line: RacingLine, grip: Array) -> LapTables:
        count = len(line.s_m)
        tables = LapTables(
            np.abs(line.curvature_1pm).tolist(),
            line.spacing_m.tolist(),
            grip.tolist(),
            *self._tables_at(line.s_m),
            speed_mps=[0.0] * count,
            held_by=[0] * count,
            price_spmps=[0.0] * count,
            by_curvature_sm=[0.0] * count,
            by_spacing_spm=[0.0] * count,
        )
        if self._compiled:
            tables = arrays(tables)
        self._run_passes(self._limits, tables)
        return tables


def _first_tables(s_m: Array) -> TablePlaces:
    count = len(s_m)
    return TablePlaces([0] * count, [0.0] * count, [0] * count, [0.0] * count)


@tick_function
def run_passes(limits: GgvLimits, tables: LapTables) -> None:
    """Fill `speed_mps` and `held_by`: cornering speeds, then drive forwards, brakes backwards."""
    speed = tables.speed_mps
    spacing = tables.spacing_m
    count = len(speed)
    for index in range(count):
        speed[index] = _cornering_at(limits, tables, index)
        tables.held_by[index] = _CORNERING
    for _ in range(_LAPS):
        for index in range(count):
            after = index + 1 if index + 1 < count else 0
            accel = _drive_at(limits, tables, index, speed[index], 0.0)
            reached = speed[index] * speed[index] + 2.0 * accel * spacing[index]
            if reached < speed[after] * speed[after]:
                speed[after] = math.sqrt(reached) if reached > 1.0 else 1.0
                tables.held_by[after] = _DRIVE
    for _ in range(_LAPS):
        for index in range(count - 1, -1, -1):
            before = index - 1 if index > 0 else count - 1
            accel = _brake_at(limits, tables, index, speed[index], 0.0)
            reached = speed[index] * speed[index] + 2.0 * accel * spacing[before]
            if reached < speed[before] * speed[before]:
                speed[before] = math.sqrt(reached)
                tables.held_by[before] = _BRAKE


@tick_function
def _cornering_at(limits: GgvLimits, tables: LapTables, index: int) -> float:
    """With a share g of the grip, v**2 k = g a(v): the car's own limit on the curvature k / g."""
    return cornering_speed(limits, tables.curvature_1pm[index] / tables.grip[index])


@tick_function
def _drive_at(
    limits: GgvLimits, tables: LapTables, index: int, speed: float, more_1pm: float
) -> float:
    """The acceleration at a station, at a speed, on its curvature and a little more."""
    grip = tables.grip[index]
    bent = tables.curvature_1pm[index] + more_1pm
    accel = _between(
        limits,
        limits.drive_mps2,
        speed,
        bent / grip,
        tables.drive_table[index],
        tables.drive_next[index],
    )
    return grip * accel if accel > 0.0 else accel


@tick_function
def _brake_at(
    limits: GgvLimits, tables: LapTables, index: int, speed: float, more_1pm: float
) -> float:
    """The deceleration, alike."""
    grip = tables.grip[index]
    bent = tables.curvature_1pm[index] + more_1pm
    return grip * _between(
        limits,
        limits.brake_mps2,
        speed,
        bent / grip,
        tables.brake_table[index],
        tables.brake_next[index],
    )


@tick_function
def _between(
    limits: GgvLimits,
    table: list[float],
    speed: float,
    curvature_1pm: float,
    number: int,
    next_share: float,
) -> float:
    """The acceleration between one of the tables and the next."""
    here = limit_at(limits, table, speed, curvature_1pm, number)
    if next_share == 0.0:
        return here
    there = limit_at(limits, table, speed, curvature_1pm, number + 1)
    return here + next_share * (there - here)


@tick_function
def run_adjoint(limits: GgvLimits, tables: LapTables) -> None:
    """Fill the slopes of the lap time after `run_passes`.

    A station's speed hangs on its own curvature, on the station before it or on the one after it;
    the price of its speed is handed down that chain.
    """
    speed = tables.speed_mps
    price = tables.price_spmps
    count = len(speed)
    for index in range(count):
        price[index] = 0.0
    for index in range(count):
        after = index + 1 if index + 1 < count else 0
        both = speed[index] + speed[after]
        tables.by_spacing_spm[index] = 2.0 / both
        per_speed = -2.0 * tables.spacing_m[index] / (both * both)
        price[index] += per_speed
        price[after] += per_speed
        tables.by_curvature_sm[index] = 0.0
    for _ in range(_LAPS):  # twice round: a chain may cross the start of the lap
        for index in range(count):
            after = index + 1 if index + 1 < count else 0
            _hand_down(limits, tables, _BRAKE, index, after, index)
    for _ in range(_LAPS):
        for index in range(count - 1, -1, -1):
            before = index - 1 if index > 0 else count - 1
            _hand_down(limits, tables, _DRIVE, index, before, before)
    for index in range(count):
        if tables.held_by[index] == _CORNERING:
            grip = tables.grip[index]
            bent = tables.curvature_1pm[index]
            change = cornering_speed(limits, (bent + _PROBE_1PM) / grip) - tables.speed_mps[index]
            tables.by_curvature_sm[index] += price[index] * change / _PROBE_1PM


@tick_function
def _hand_down(
    limits: GgvLimits,
    tables: LapTables,
    kind: int,
    index: int,
    source: int,
    piece: int,
) -> None:
    """The price of a speed that hangs on another station's goes to what that one hangs on."""
    price = tables.price_spmps[index]
    if tables.held_by[index] != kind or price == 0.0:
        return
    speed = tables.speed_mps[source]
    spacing = tables.spacing_m[piece]
    accel = _along_at(limits, tables, kind, source, speed, 0.0)
    faster = _along_at(limits, tables, kind, source, speed + _PROBE_MPS, 0.0)
    tighter = _along_at(limits, tables, kind, source, speed, _PROBE_1PM)
    per_mps = (faster - accel) / _PROBE_MPS
    per_1pm = (tighter - accel) / _PROBE_1PM
    share = price / tables.speed_mps[index]
    tables.price_spmps[source] += share * (speed + spacing * per_mps)
    tables.by_curvature_sm[source] += share * spacing * per_1pm
    tables.by_spacing_spm[piece] += share * accel
    tables.price_spmps[index] = 0.0


@tick_function
def _along_at(
    limits: GgvLimits, tables: LapTables, kind: int, index: int, speed: float, more_1pm: float
) -> float:
    if kind == _DRIVE:
        return _drive_at(limits, tables, index, speed, more_1pm)
    return _brake_at(limits, tables, index, speed, more_1pm)


@tick_function
def cornering_speed(limits: GgvLimits, curvature_1pm: float) -> float:
    """The speed at which a curvature needs all the lateral grip, v**2 k = a(v), by halving."""
    low = limits.first_mps
    high = low + limits.step_mps * (len(limits.lateral_mps2) - 1)
    if high * high * curvature_1pm <= lateral_limit(limits, high):
        return high
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        if middle * middle * curvature_1pm < lateral_limit(limits, middle):
            low = middle
        else:
            high = middle
    return low
