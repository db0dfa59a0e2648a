"""Speeds along a line for shares that change along it: at a cost that their number hardly changes.

Limits are worked out only for the speeds and curvatures at which a share acts, and where there are
many shares, for some of them, between which the others are read off.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from game.arrays import Array
from game.compiled import arrays, compiled, numba_is_installed, records
from game.quasi_steady.axle import tyre_curve
from game.quasi_steady.ggv_limits import COLUMNS, ROWS, GgvLimits, fill_tables, ggv_limits
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.speed_profile import SpeedPlanner, SpeedProfile, TablePlaces
from game.quasi_steady.track_conditions import TrackConditions
from game.simulation.split_table import SplitTable, own_shares
from game.vehicle.parts import Car

Whole = npt.NDArray[np.int_]

_HALVINGS: Final = 12  # of an acceleration's range: to 0.01 m/s2
_MOST_SHARES: Final = 7  # with limits of their own
_ROWS_AROUND: Final = 2  # a share changes the speed at which it acts
_COLUMNS_AROUND: Final = 1
_EITHER_MPS2: Final = 1.0  # below it a station may come to be driven or braked


class SharesAlong(NamedTuple):
    """The front axle's shares at places along a lap; shape (n,)."""

    torque: Array
    regen: Array


class _Found(NamedTuple):
    """What is known when tables for other shares are to be worked out."""

    car: Car
    conditions: TrackConditions
    limits: GgvLimits  # with the car's own shares
    cells: tuple[Whole, Whole]  # rows and columns that the stations' speeds lie in
    accel_mps2: Array


class _Tables(NamedTuple):
    """Tables for several shares, one after the other, and between which of them stations lie."""

    accel_mps2: list[float]
    number: list[int]
    next_share: list[float]


def shares_along(table: SplitTable, s_m: Array) -> SharesAlong:
    """What a setup asks for at each place."""
    samples = np.rint(s_m / table.station_m).astype(int) % len(table.front_torque_share)
    return SharesAlong(
        np.array(table.front_torque_share)[samples], np.array(table.front_regen_share)[samples]
    )


def mapped_profile(
    car: Car, conditions: TrackConditions, line: RacingLine, grip: Array, shares: SharesAlong
) -> SpeedProfile:
    """The fastest speeds along the line with a share of the grip, shape (n,)."""
    limits = ggv_limits(car, conditions, _HALVINGS)
    profile = SpeedPlanner(limits).profile(line, grip)
    own = own_shares(car)
    if (shares.torque == own.torque).all() and (shares.regen == own.regen).all():
        return profile
    found = _Found(car, conditions, limits, _cells(limits, line, grip, profile), profile.accel_mps2)
    drive = _tables(found, shares.torque, 1.0)
    brake = _tables(found, shares.regen, -1.0)
    limits = limits._replace(drive_mps2=drive.accel_mps2, brake_mps2=brake.accel_mps2)
    places = TablePlaces(drive.number, drive.next_share, brake.number, brake.next_share)
    return SpeedPlanner(limits, lambda _: places).profile(line, grip)


def _cells(
    limits: GgvLimits, line: RacingLine, grip: Array, profile: SpeedProfile
) -> tuple[Whole, Whole]:
    """The row and the column of the limits in which each station lies; shape (n,)."""
    row = (profile.speed_mps - limits.first_mps) / limits.step_mps
    lateral_mps2 = np.interp(row, np.arange(ROWS), limits.lateral_mps2)
    used = profile.speed_mps**2 * np.abs(line.curvature_1pm) / (grip * lateral_mps2)
    column = np.arcsin(np.minimum(used, 1.0)) / (0.5 * np.pi) * (COLUMNS - 1)
    return np.minimum(row.astype(int), ROWS - 2), np.minimum(column.astype(int), COLUMNS - 2)


def _tables(found: _Found, shares: Array, sense: float) -> _Tables:
    """Drive (sense 1) or brake tables for the shares at the stations.

    They are the car's own where no share acts.
    """
    car, limits = found.car, found.limits
    own = own_shares(car)
    own_share, own_mps2 = (
        (own.torque, limits.drive_mps2) if sense > 0.0 else (own.regen, limits.brake_mps2)
    )
    worked_out = _worked_out(shares, own_share)
    number, after = _places(worked_out, shares)
    wanted = np.zeros((len(worked_out), ROWS, COLUMNS), bool)
    acts = sense * found.accel_mps2 > -_EITHER_MPS2
    row, column = found.cells
    for table, here in ((number, acts), (number + 1, acts & (after > 0.0))):
        wanted[table[here], row[here], column[here]] = True
    wanted = _widened(wanted)
    wanted[np.array(worked_out) == own_share] = False
    both = [
        own._replace(torque=share) if sense > 0.0 else own._replace(regen=share)
        for share in worked_out
    ]
    work: Any = wanted.ravel(), np.tile(own_mps2, len(worked_out))
    if numba_is_installed():
        compiled(fill_tables)(
            records([car]),
            records(both),
            arrays(tyre_curve(car.tyre)),
            found.conditions,
            _HALVINGS,
            arrays(limits),
            sense,
            *work,
        )
    else:
        curve = tyre_curve(car.tyre)
        fill_tables([car], both, curve, found.conditions, _HALVINGS, limits, sense, *work)
    return _Tables(work[1].tolist(), number.tolist(), after.tolist())


def _widened(wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """With the cells around, for other speeds than those of the car's own shares."""
    rows = wanted.copy()
    for step in range(1, _ROWS_AROUND + 2):
        rows[:, step:] |= wanted[:, :-step]
        if step <= _ROWS_AROUND:
            rows[:, :-step] |= wanted[:, step:]
    columns = rows.copy()
    for step in range(1, _COLUMNS_AROUND + 2):
        columns[:, :, step:] |= rows[:, :, :-step]
        if step <= _COLUMNS_AROUND:
            columns[:, :, :-step] |= rows[:, :, step:]
    return columns


def _worked_out(shares: Array, own: float) -> list[float]:
    """The shares to work out limits for: those that hold for more than a station, or a few.

    Of 0 and 1 nothing can be read off beside them: there one motor is off.
    """
    held = sorted({own, *(one for one, other in pairwise(shares.tolist()) if one == other)})
    if len(held) <= _MOST_SHARES:
        return held
    ends = [share for share in held if share in (0.0, 1.0)]
    between = [share for share in held if 0.0 < share < 1.0]
    spread = np.linspace(between[0], between[-1], _MOST_SHARES - len(ends))
    return sorted({*ends, *spread.tolist()})


def _places(worked_out: list[float], shares: Array) -> tuple[Whole, Array]:
    """For each share the number of the table below it, and how far it is towards the next one."""
    last = len(worked_out) - 1
    place = np.interp(shares, worked_out, np.arange(last + 1))
    number = np.floor(place).astype(int)
    after = place - number
    by_an_end = np.zeros(len(shares), bool)
    if worked_out[0] == 0.0:
        by_an_end |= number == 0
    if worked_out[-1] == 1.0:
        by_an_end |= number == last - 1
    nearest = by_an_end & (after > 0.5)
    return np.where(nearest, number + 1, number), np.where(by_an_end, 0.0, after)
