"""Plan speeds for a car with a split map, whose limits differ from place to place.

Limits are worked out for some shares, one drive and one brake table each, all on the grid of the
car's own limits, and a station reads the tables of the shares nearest to its own. A plan fills all
tables of all shares, since its line is still to be found. A prediction knows its line: it fills
only the cells at whose speeds and curvatures a share acts, of a few shares, and interpolates
between them. So it costs hardly more for a map of many shares than for one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from game.arrays import Array, Mask
from game.quasi_steady.ggv_limits import (
    COLUMNS,
    FULL_PRECISION,
    ROWS,
    GgvLimits,
    TableWork,
    ggv_limits,
    limit_tables,
)
from game.quasi_steady.head_wind import WindLimits, wind_speed
from game.quasi_steady.hilly_road import HillyRoad
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.speed_profile import (
    SpeedPlanner,
    SpeedProfile,
    TablePlaces,
    TablesAt,
)
from game.quasi_steady.track_conditions import TrackConditions
from game.quasi_steady.wet_line import WetLine
from game.simulation.split_table import SplitTable, own_shares
from game.trig_arrays import arc_sines
from game.vehicle.parts import Car
from game.vehicle.torque_split import FILL

Integers = npt.NDArray[np.int_]

_ROWS_AROUND: Final = 3  # a share changes the speed at which it acts
_COLUMNS_AROUND: Final = 1
_EITHER_MPS2: Final = 1.0  # below it a station may come to be driven or braked


class Precision(NamedTuple):
    """Says how precisely the limits of shares are worked out."""

    bisections: int
    max_shares: int  # that have tables of their own
    interpolated: bool  # between the tables; else a station takes the nearest one


# Where every share has tables, the nearest will do: a ramp is shorter than a few stations.
PLANNED: Final = Precision(FULL_PRECISION, max_shares=1000, interpolated=False)
PREDICTED: Final = Precision(13, max_shares=8, interpolated=True)  # to 0.005 m/s2


class SharesAlong(NamedTuple):
    """Holds the front axle's shares at places along a lap; shape (n,)."""

    torque: Array
    regen: Array


class _Limited(NamedTuple):
    """Holds a car, and its limits with its own shares."""

    car: Car
    conditions: TrackConditions
    limits: GgvLimits
    road: HillyRoad | None
    wet: WetLine | None


class _LimitTables(NamedTuple):
    """Holds limits of several tables, and which of them each station reads; None: the first."""

    limits: GgvLimits
    tables_at: TablesAt | None


class _KnownLine(NamedTuple):
    """Holds a line's stations as places in the limits of a car with its own shares; shape (n,)."""

    s_m: Array
    row: Integers
    column: Integers
    accel_mps2: Array


class _PedalShares(NamedTuple):
    """Holds the shares along the lap for drive or brakes, and the car's own share and table."""

    sign: float  # 1 for drive, -1 for brakes
    along: list[float]
    own_share: float
    own_mps2: list[float]
    kinks: Array  # shares between which the limits change evenly


class _Interpolation(NamedTuple):
    """Says how stations find a table of shares: the nearest, or the two that theirs is between."""

    between: bool
    apart: tuple[float, ...]  # shares to which nothing can be interpolated: one motor is off


class _ShareTables(NamedTuple):
    """Holds tables for several shares in rising order, one after the other."""

    shares: Array
    accel_mps2: list[float]


def shares_along(table: SplitTable, s_m: Array) -> SharesAlong:
    """Return the shares that a setup asks for at each place."""
    return SharesAlong(
        _at(table.front_torque_share, table.station_m, s_m),
        _at(table.front_regen_share, table.station_m, s_m),
    )


def split_planner(
    car: Car,
    conditions: TrackConditions,
    table: SplitTable,
    road: HillyRoad | None = None,
    wet: WetLine | None = None,
) -> SpeedPlanner:
    """Return the planner of a car with these shares along the lap, for any line.

    road: that of a hilly circuit; wet: the grip along lines of a wet one.
    """
    return _planner(_limited(car, conditions, PLANNED, road, wet), table, PLANNED, None)


def split_profiles(
    car: Car,
    conditions: TrackConditions,
    line: RacingLine,
    grips: Sequence[Array],
    table: SplitTable,
    road: HillyRoad | None = None,
    wet: WetLine | None = None,
) -> list[SpeedProfile]:
    """Return the fastest speeds along a line for each use of the grip: a share a station, (n,).

    road: that of a hilly circuit; wet: the grip along lines of a wet one.
    """
    limited = _limited(car, conditions, PREDICTED, road, wet)
    if _is_own(car, table):
        planner = _planner(limited, table, PREDICTED, None)
        return [planner.profile(line, grip) for grip in grips]
    return [_split_profile(limited, line, grip, table) for grip in grips]


def _limited(
    car: Car,
    conditions: TrackConditions,
    precision: Precision,
    road: HillyRoad | None,
    wet: WetLine | None,
) -> _Limited:
    limits = ggv_limits(car, conditions, precision.bisections)
    return _Limited(car, conditions, limits, road, wet)


def _split_profile(
    limited: _Limited, line: RacingLine, grip: Array, table: SplitTable
) -> SpeedProfile:
    if limited.road is not None:  # what presses a car on the road says which cells are read, too
        return _planner(limited, table, PREDICTED, None).profile(line, grip)
    profile = SpeedPlanner(limited.limits, wet=limited.wet).profile(line, grip)
    known = _known_line(limited.limits, line, grip, profile)
    return _planner(limited, table, PREDICTED, known).profile(line, grip)


def _planner(
    limited: _Limited, table: SplitTable, precision: Precision, known: _KnownLine | None
) -> SpeedPlanner:
    """Return the planner with the shares' tables; for a known line only what it needs."""
    calm = _tables(limited, table, precision, known)
    car, conditions, _, road, wet = limited
    wind_mps = wind_speed(car)
    if wind_mps == 0.0:
        return SpeedPlanner(calm.limits, calm.tables_at, road=road, wet=wet)
    tail, head = (
        _tables(_limited(car, in_wind, precision, road, wet), table, precision, known).limits
        for in_wind in (
            conditions._replace(head_mps=-wind_mps),
            conditions._replace(head_mps=wind_mps),
        )
    )
    wind = WindLimits(car.wind.x_mps, car.wind.y_mps, tail, head)
    return SpeedPlanner(calm.limits, calm.tables_at, wind, road, wet)


def _tables(
    limited: _Limited, table: SplitTable, precision: Precision, known: _KnownLine | None
) -> _LimitTables:
    """Return a car's limits with the shares' tables, and how a station finds its own."""
    limits = limited.limits
    if _is_own(limited.car, table):
        return _LimitTables(limits, None)
    own = own_shares(limited.car)
    kinks = _kinks(limited.car)
    drive = _share_tables(
        limited,
        _PedalShares(1.0, table.front_torque_share, own.torque, limits.drive_mps2, kinks),
        table.station_m,
        precision,
        known,
    )
    brake = _share_tables(
        limited,
        _PedalShares(-1.0, table.front_regen_share, own.regen, limits.brake_mps2, np.array([])),
        table.station_m,
        precision,
        known,
    )

    how = _interpolation(limited.car, precision)

    def tables_at(s_m: Array) -> TablePlaces:
        shares = shares_along(table, s_m)
        drive_number, drive_next = _places(drive.shares, shares.torque, how)
        brake_number, brake_next = _places(brake.shares, shares.regen, how)
        return TablePlaces(drive_number, drive_next, brake_number, brake_next)

    limits = limits._replace(drive_mps2=drive.accel_mps2, brake_mps2=brake.accel_mps2)
    return _LimitTables(limits, tables_at)


def _is_own(car: Car, table: SplitTable) -> bool:
    """Return whether the car's own shares hold all round."""
    own = own_shares(car)
    return {*table.front_torque_share} == {own.torque} and {*table.front_regen_share} == {own.regen}


def _interpolation(car: Car, precision: Precision) -> _Interpolation:
    """Return how a car's tables are read. Under *limit* shares near 0 and 1 are like 0 and 1."""
    return _Interpolation(precision.interpolated, (0.0, 1.0) if car.split_law == FILL else ())


def _kinks(car: Car) -> Array:
    """Return the shares at which the other motor begins to limit the drive, by torque and by power.

    Under *fill* there are none.
    """
    if car.split_law == FILL:
        return np.array([])
    front, rear = car.front.motor, car.rear.motor
    both_nm = front.peak_torque_nm + rear.peak_torque_nm
    both_w = front.peak_power_w + rear.peak_power_w
    return np.array([front.peak_torque_nm / both_nm, front.peak_power_w / both_w])


def _share_tables(
    limited: _Limited,
    direction: _PedalShares,
    station_m: float,
    precision: Precision,
    known: _KnownLine | None,
) -> _ShareTables:
    """Return drive or brake tables; those of the car's own share are its limits'."""
    car, conditions, limits, _road, _wet = limited
    levels = conditions.levels.steps + 1
    shares = _shares_with_tables(direction, precision.max_shares)
    wanted = np.ones((len(shares), ROWS, COLUMNS), bool)
    if known is not None:
        along = _at(direction.along, station_m, known.s_m)
        places = _places(shares, along, _interpolation(car, precision))
        wanted = _needed(len(shares), places, direction.sign, known)
    wanted[shares == direction.own_share] = False
    own = own_shares(car)
    driven = direction.sign > 0.0
    work = TableWork(
        direction.sign,
        precision.bisections,
        torque_share=shares.tolist() if driven else [own.torque] * len(shares),
        regen_share=[own.regen] * len(shares) if driven else shares.tolist(),
        wanted=np.tile(wanted.ravel(), levels),
        accel_mps2=np.tile(np.reshape(direction.own_mps2, (levels, -1)), len(shares)).ravel(),
    )
    return _ShareTables(shares, limit_tables(car, conditions, limits, work))


def _shares_with_tables(direction: _PedalShares, max_shares: int) -> Array:
    """Return the car's own share and those that hold for more than a station, or a few among them.

    Those on ramps are left out. Among the few are 0 and 1, where one motor is off, and kinks.
    """
    along = np.array(direction.along)
    shares: Array = np.unique([direction.own_share, *along[:-1][along[:-1] == along[1:]]])
    if len(shares) <= max_shares:
        return shares
    ends = (shares == 0.0) | (shares == 1.0)
    between = shares[~ends]
    kinks = direction.kinks[(direction.kinks > between[0]) & (direction.kinks < between[-1])]
    kept = np.unique([*shares[ends], *kinks])
    spread = np.linspace(between[0], between[-1], max_shares - len(kept))
    return np.unique([*kept, *spread])


def _places(with_tables: Array, shares: Array, how: _Interpolation) -> tuple[Integers, Array]:
    """Return for each share the number of its table, and how far it is towards the next one."""
    if not how.between:
        return np.abs(with_tables[:, None] - shares).argmin(axis=0), np.zeros(len(shares))
    last = len(with_tables) - 1
    place = np.interp(shares, with_tables, np.arange(last + 1))
    number = np.floor(place).astype(int)
    after = place - number
    beside_an_end = np.isin(with_tables[number], how.apart)
    beside_an_end |= np.isin(with_tables[np.minimum(number + 1, last)], how.apart)
    nearest = beside_an_end & (after > 0.5)
    return np.where(nearest, number + 1, number), np.where(beside_an_end, 0.0, after)


def _known_line(
    limits: GgvLimits, line: RacingLine, grip: Array, profile: SpeedProfile
) -> _KnownLine:
    """Return the row and the column of the limits in which each station lies."""
    row = (profile.speed_mps - limits.first_mps) / limits.step_mps
    lateral_mps2 = np.interp(row, np.arange(ROWS), limits.lateral_mps2)
    used = profile.speed_mps**2 * np.abs(line.curvature_1pm) / (grip * lateral_mps2)
    column = arc_sines(np.minimum(used, 1.0)) / (0.5 * np.pi) * (COLUMNS - 1)
    return _KnownLine(
        line.s_m,
        np.minimum(row.astype(int), ROWS - 2),
        np.minimum(column.astype(int), COLUMNS - 2),
        profile.accel_mps2,
    )


def _needed(count: int, places: tuple[Integers, Array], sign: float, known: _KnownLine) -> Mask:
    """Return the cells of the tables that stations at these places read, and some around them."""
    number, after = places
    needed = np.zeros((count, ROWS, COLUMNS), bool)
    acts = sign * known.accel_mps2 > -_EITHER_MPS2
    for table, here in ((number, acts), (number + 1, acts & (after > 0.0))):
        needed[table[here], known.row[here], known.column[here]] = True
    return _widened(needed)


def _widened(needed: Mask) -> Mask:
    """Return the cells and those around them, for other speeds than at the own shares."""
    rows = needed.copy()
    for step in range(1, _ROWS_AROUND + 2):
        rows[:, step:] |= needed[:, :-step]
        if step <= _ROWS_AROUND:
            rows[:, :-step] |= needed[:, step:]
    columns = rows.copy()
    for step in range(1, _COLUMNS_AROUND + 2):
        columns[:, :, step:] |= rows[:, :, :-step]
        if step <= _COLUMNS_AROUND:
            columns[:, :, :-step] |= rows[:, :, step:]
    return columns


def _at(along: list[float], station_m: float, s_m: Array) -> Array:
    """Return the shares of the stations nearest to each place."""
    shares: Array = np.array(along)[np.rint(s_m / station_m).astype(int) % len(along)]
    return shares
