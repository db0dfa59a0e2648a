"""Find the fastest speeds along a line that the limits of a car allow, and their gradient."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from game.arrays import Array, Indices
from game.compiled import compiled, uses_machine_code
from game.quasi_steady.ggv_limits import GgvLimits
from game.quasi_steady.head_wind import CALM, WindLimits, wind_places
from game.quasi_steady.hilly_planes import hilly_planes
from game.quasi_steady.hilly_road import HillyRoad, no_slopes
from game.quasi_steady.lap_time_adjoint import run_adjoint
from game.quasi_steady.limit_planes import (
    LimitPlanes,
    TablesUsed,
    limit_planes,
    planes_between,
    with_grip,
)
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.speed_passes import LapTables, run_passes
from game.quasi_steady.wet_line import WetLine
from game.records import arrays


class TablePlaces(NamedTuple):
    """Names the two of the limits' tables that each station lies between; shape (n,)."""

    drive: Indices
    drive_next: Array  # share of the table after it
    brake: Indices
    brake_next: Array


TablesAt = Callable[[Array], TablePlaces]  # for stations along the lap


@dataclass(frozen=True)
class SpeedProfile:
    """Holds the speed at a line's stations and the acceleration to the next; shape (n,)."""

    speed_mps: Array
    accel_mps2: Array
    lap_time_s: float


@dataclass(frozen=True)
class LapTimeGradient:
    """Holds how a profile's lap time changes with a change at each station; shape (n,)."""

    by_curvature_sm: Array  # s per 1/m of curvature, signed like the curvature
    by_spacing_spm: Array  # s per m of distance to the next station
    by_offset_spm: Array  # s per m to the left, by the grip that is found there


class SpeedPlanner:
    """Plans speeds for one car, by compiled code where numba is installed.

    `tables_at` is for limits of several tables; without it the first holds all round. `wind` has
    limits of the same tables for the wind that blows; without it the air is calm. `road` is that of
    a hilly circuit, `wet` the grip along lines of a wet one.
    """

    def __init__(
        self,
        limits: GgvLimits,
        tables_at: TablesAt | None = None,
        wind: WindLimits | None = None,
        road: HillyRoad | None = None,
        wet: WetLine | None = None,
    ) -> None:
        self._wet = wet
        self._wind = wind
        self._road = road
        self._tables_at = tables_at or _first_table
        self._compiled = uses_machine_code()
        by_wind = (limits, limits, limits) if wind is None else (wind.tail, limits, wind.head)
        self._limits: Any = tuple(map(arrays, by_wind)) if self._compiled else by_wind
        self._run_passes = compiled(run_passes) if self._compiled else run_passes
        self._run_adjoint = compiled(run_adjoint) if self._compiled else run_adjoint
        self._last: tuple[RacingLine, LapTables] | None = None  # of a profile with all the grip

    def profile(self, line: RacingLine, grip: Array | None = None) -> SpeedProfile:
        """Return the fastest speeds along the line that the limits allow, over a flying lap.

        grip: the share of every limit used at each station, shape (n,), all of it unless given.
        """
        tables = self._at_full_grip(line) if grip is None else self._in_water(line, grip)
        speed_mps = np.array(tables.speed_mps)
        after_mps = np.roll(speed_mps, -1)
        return SpeedProfile(
            speed_mps=speed_mps,
            accel_mps2=(after_mps**2 - speed_mps**2) / (2.0 * line.spacing_m),
            lap_time_s=float((2.0 * line.spacing_m / (speed_mps + after_mps)).sum()),
        )

    def gradient(self, line: RacingLine) -> LapTimeGradient:
        """Return how the lap time changes with the line's curvature and length."""
        tables = self._at_full_grip(line)
        self._run_adjoint(self._limits, tables)
        by_curvature_sm = np.array(tables.by_curvature_sm)
        by_offset_spm = np.zeros(len(by_curvature_sm))
        if self._wet is not None:  # as limits hold for the curvature over the grip
            grip = self._wet.along(line, np.array(tables.speed_mps))
            by_grip_s = -np.abs(line.curvature_1pm) / grip.share * by_curvature_sm
            by_offset_spm = by_grip_s * grip.by_offset_1pm
        return LapTimeGradient(
            np.sign(line.curvature_1pm) * by_curvature_sm,
            np.array(tables.by_spacing_spm),
            by_offset_spm,
        )

    def planes(self, line: RacingLine, speed_mps: Array) -> LimitPlanes:
        """Return planes over the limits at a line's stations, driven at these speeds."""
        places = self._tables_at(line.s_m)
        drive = TablesUsed(places.drive, places.drive_next)
        brake = TablesUsed(places.brake, places.brake_next)
        slopes = None if self._road is None else self._at_full_grip(line).slopes
        grip = None if self._wet is None else self._wet.along(line, speed_mps)
        curvature_1pm = np.abs(line.curvature_1pm)
        if grip is not None:  # what is found is the limit on curvature over grip
            curvature_1pm = curvature_1pm / grip.share

        def with_wind(number: int) -> LimitPlanes:
            limits = self._limits[number]
            if slopes is not None:
                return hilly_planes(limits, curvature_1pm, slopes, speed_mps, (drive, brake), grip)
            planes = limit_planes(limits, speed_mps, curvature_1pm, drive, brake)
            return planes if grip is None else with_grip(planes, grip, curvature_1pm)

        if self._wind is None:
            return with_wind(CALM)
        by_wind = [with_wind(number) for number in range(len(self._limits))]
        winds = wind_places(self._wind, line)
        return planes_between(by_wind, winds.number, winds.after)

    def _at_full_grip(self, line: RacingLine) -> LapTables:
        if self._last is None or self._last[0] is not line:
            self._last = line, self._in_water(line, np.ones(len(line.s_m)))
        return self._last[1]

    def _in_water(self, line: RacingLine, grip: Array) -> LapTables:
        """Return the passes with a share of the grip that there is at the speeds that they find."""
        if self._wet is None:
            return self._passes(line, grip)
        guessed = self._passes(line, grip * self._wet.along(line).share)
        return self._passes(line, grip * self._wet.along(line, np.array(guessed.speed_mps)).share)

    def _passes(self, line: RacingLine, grip: Array) -> LapTables:
        # Each form reads its own columns faster.
        column: Any = np.ndarray.copy if self._compiled else np.ndarray.tolist
        places = self._tables_at(line.s_m)
        winds = wind_places(self._wind, line)
        nothing = np.zeros(len(line.s_m))
        tables = LapTables(
            column(np.abs(line.curvature_1pm)),
            column(line.spacing_m),
            column(grip),
            column(places.drive),
            column(places.drive_next),
            column(places.brake),
            column(places.brake_next),
            speed_mps=column(nothing),
            limited_by=column(nothing.astype(np.intp)),
            adjoint_spmps=column(nothing),
            by_curvature_sm=column(nothing),
            by_spacing_spm=column(nothing),
            wind_limits=column(winds.number),
            wind_next=column(winds.after),
            hilly=int(self._road is not None),
            slopes=no_slopes() if self._road is None else self._road.along(line),
        )
        self._run_passes(self._limits, tables)
        return tables


def _first_table(s_m: Array) -> TablePlaces:
    none, first = np.zeros(len(s_m)), np.zeros(len(s_m), np.intp)
    return TablePlaces(first, none, first, none)
