"""Bound the limits of a car by planes over speed and curvature, near those of a line.

What tyres give along the road falls much like a quarter circle with what they give across it: a
tangent holds near its own place only, and is upright where a car corners at the limit. Several
together say how the limit bends, so that a step to other curvatures finds it nearly where it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices
from game.quasi_steady.ggv_limits import COLUMNS, ROWS, GgvLimits
from game.quasi_steady.wet_line import GripAlong
from game.trig_arrays import arc_sines, directions

# Columns of the limits' tables, angles of the quarter circle, at which planes touch it; one more
# touches it at the station's own place.
_TOUCHED: Final = (4, 8, 12, 14)
_COLUMN_RAD: Final = 0.5 * np.pi / (COLUMNS - 1)
_LATERAL_SHARES: Final = directions(_COLUMN_RAD * np.arange(COLUMNS, dtype=np.float64)).sin
_MIN_COSINE: Final = 0.15  # of the own place's angle


class Planes(NamedTuple):
    """Holds planes that a value may not exceed; arrays have shape (planes, n)."""

    value: Array  # at the stations' own speeds and curvatures
    by_square: Array  # change with the square of the speed, per m2/s2
    by_curvature: Array  # per 1/m
    by_offset: Array  # per m to the left, by the grip that is found there


class LimitPlanes(NamedTuple):
    """Holds planes over both accelerations, and one over the share of lateral grip in use."""

    drive_mps2: Planes
    brake_mps2: Planes
    lateral_share: Planes  # which may not exceed 1


class TablesUsed(NamedTuple):
    """Names the two of several tables that each station lies between; shape (n,)."""

    number: Indices
    next_share: Array  # of the table after it


class _RowPlaces(NamedTuple):
    """Holds the places of stations' speeds between the rows of the tables; shape (n,)."""

    level: Indices  # of what presses the car on the road
    mps: Array
    row: Indices
    along: Array  # 0..1, to the next row
    step_mps: float  # from a row to the next


def limit_planes(
    limits: GgvLimits,
    speed_mps: Array,
    curvature_1pm: Array,
    drive: TablesUsed,
    brake: TablesUsed,
    aid_mps2: Array | float = 0.0,
    level: Indices | None = None,
) -> LimitPlanes:
    """Return the planes at stations with these speeds and curvatures, the latter not negative.

    aid_mps2: the lateral acceleration that gravity gives on a banked road; level: the number of the
    limits that hold at each station, of those for what presses the car on the road.
    """
    level = np.zeros(len(speed_mps), np.intp) if level is None else level
    lateral_mps2 = np.reshape(limits.lateral_mps2, (-1, ROWS))
    place = (speed_mps - limits.first_mps) / limits.step_mps
    row = np.clip(place.astype(np.intp), 0, ROWS - 2)
    speeds = _RowPlaces(level, speed_mps, row, np.clip(place - row, 0.0, 1.0), limits.step_mps)
    rise_mps2 = lateral_mps2[level, row + 1] - lateral_mps2[level, row]
    limit_mps2 = lateral_mps2[level, row] + speeds.along * rise_mps2
    limit_by_square = rise_mps2 / limits.step_mps / (2.0 * speed_mps)
    lateral = Planes(
        speed_mps**2 * curvature_1pm / limit_mps2,
        curvature_1pm * (1.0 - speed_mps**2 * limit_by_square / limit_mps2) / limit_mps2,
        speed_mps**2 / limit_mps2,
        np.zeros_like(speed_mps),
    )
    if np.any(aid_mps2):
        demand = speed_mps**2 * curvature_1pm - aid_mps2
        side, share = np.where(demand < 0.0, -1.0, 1.0), np.abs(demand) / limit_mps2
        lateral = Planes(
            share,
            side * curvature_1pm / limit_mps2 - share * limit_by_square / limit_mps2,
            side * speed_mps**2 / limit_mps2,
            np.zeros_like(speed_mps),
        )
    shape = (len(lateral_mps2), -1, ROWS, COLUMNS)
    return LimitPlanes(
        _touching(np.asarray(limits.drive_mps2).reshape(shape), drive, speeds, lateral),
        _touching(np.asarray(limits.brake_mps2).reshape(shape), brake, speeds, lateral),
        Planes(*(each[None] for each in lateral)),
    )


def with_grip(planes: LimitPlanes, grip: GripAlong, curvature_1pm: Array) -> LimitPlanes:
    """Return planes for the grip along a line, from those at its curvature over that grip.

    An acceleration is g a(v, k / g), the share of lateral grip s(v, k / g). curvature_1pm: k / g.
    """

    def accelerating(of: Planes) -> Planes:
        by_grip = of.value - curvature_1pm * of.by_curvature
        return Planes(
            grip.share * of.value,
            grip.share * of.by_square,
            of.by_curvature,
            by_grip * grip.by_offset_1pm,
        )

    lateral = planes.lateral_share
    by_grip = -curvature_1pm * lateral.by_curvature / grip.share
    return LimitPlanes(
        accelerating(planes.drive_mps2),
        accelerating(planes.brake_mps2),
        Planes(
            lateral.value,
            lateral.by_square,
            lateral.by_curvature / grip.share,
            by_grip * grip.by_offset_1pm,
        ),
    )


def planes_between(
    several: Sequence[LimitPlanes], number: Indices, next_share: Array
) -> LimitPlanes:
    """Return planes of which each station's lie between those of this number and the next ones."""
    stations = np.arange(len(number))

    def chosen(numbers: Indices) -> LimitPlanes:
        """Return planes of which each station's are those of its number."""
        return LimitPlanes(
            *(
                Planes(*(np.array(each)[numbers, :, stations].T for each in zip(*of, strict=True)))
                for of in zip(*several, strict=True)
            )
        )

    after = np.minimum(number + 1, len(several) - 1)
    return mixed_planes(chosen(number), chosen(after), next_share)


def mixed_planes(here: LimitPlanes, there: LimitPlanes, share: Array) -> LimitPlanes:
    """Return planes at a share of the way from some to others, shape (n,)."""
    return LimitPlanes(
        *(
            Planes(*(one + share * (other - one) for one, other in zip(*planes, strict=True)))
            for planes in zip(here, there, strict=True)
        )
    )


def _touching(tables: Array, used: TablesUsed, speeds: _RowPlaces, lateral: Planes) -> Planes:
    """Return the planes that touch the limit of an acceleration.

    tables: shape (levels, tables, rows, columns); lateral: the share of lateral grip in use, (n,).
    """
    limit, by_speed = _between_rows(tables, used.number, speeds)
    if used.next_share.any():
        last = tables.shape[1] - 1
        there, there_by_speed = _between_rows(tables, np.minimum(used.number + 1, last), speeds)
        limit += used.next_share[:, None] * (there - limit)
        by_speed += used.next_share[:, None] * (there_by_speed - by_speed)
    own_rad = arc_sines(np.clip(lateral.value, 0.0, 1.0))
    column = np.minimum((own_rad / _COLUMN_RAD).astype(np.intp), COLUMNS - 2)
    stations, across = np.arange(len(column)), own_rad / _COLUMN_RAD - column
    fall = limit[stations, column + 1] - limit[stations, column]
    values = [limit[stations, column] + across * fall]
    changed = by_speed[stations, column]
    by_speeds = [changed + across * (by_speed[stations, column + 1] - changed)]
    by_shares = [fall / _COLUMN_RAD / np.maximum(directions(own_rad).cos, _MIN_COSINE)]
    for touched in _TOUCHED:
        low, high = touched - 1, touched + 1
        by_share = limit[:, high] - limit[:, low]
        by_share /= _LATERAL_SHARES[high] - _LATERAL_SHARES[low]
        by_shares.append(by_share)
        away = lateral.value - _LATERAL_SHARES[touched]
        # The tables are straight between their columns, where a plane may lie a little below.
        values.append(np.maximum(limit[:, touched] + by_share * away, values[0]))
        by_speeds.append(by_speed[:, touched])
    by_share = np.array(by_shares)
    return Planes(
        np.array(values),
        by_share * lateral.by_square + np.array(by_speeds) / (2.0 * speeds.mps),
        by_share * lateral.by_curvature,
        np.zeros_like(by_share),
    )


def _between_rows(tables: Array, number: Indices, speeds: _RowPlaces) -> tuple[Array, Array]:
    """Return the columns at each station's speed, and their changes with it; shape (n, columns)."""
    low, high = (tables[speeds.level, number, row] for row in (speeds.row, speeds.row + 1))
    return low + speeds.along[:, None] * (high - low), (high - low) / speeds.step_mps
