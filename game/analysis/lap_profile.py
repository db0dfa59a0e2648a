"""Describe a lap at marks along the circuit: when it was there, how fast, what its driver did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.recording.lap_recorder import Lap
from game.recording.lap_way import lap_way_m
from game.recording.traced_lap import LapMarks

SPACING_M: Final = 2.0  # about, of the marks that laps are compared at


class LapColumns(NamedTuple):
    """Holds the numbers of a lap at its marks; each of shape (marks,)."""

    time_s: Array  # since the line
    way_m: Array  # driven since the line
    speed_mps: Array
    lateral_mps2: Array  # positive to the left
    throttle: Array
    brake: Array
    steering_rad: Array
    power_w: Array  # from the battery; negative: regained
    front_share: Array  # of the torque
    front_slip: Array  # share of the slip of most grip, of the axle's tyre that slips more
    rear_slip: Array
    offset_m: Array  # to the left of the centreline
    net_j: Array  # from the battery since the line


@dataclass(frozen=True)
class LapProfile:
    """Holds a finished lap, to be compared with others of its circuit."""

    lap: Lap
    marks: LapMarks
    columns: LapColumns


def profile_of(lap: Lap, marks: LapMarks, s_m: Array, rows: LapColumns) -> LapProfile:
    """Return the profile of a lap that was noted at some places; rows: as columns, in that order.

    The first place is before the line, or on it, the last one behind it again. Where the car was
    more than once, the first time counts.
    """
    travelled_m = lap_way_m(s_m, marks.total * marks.spacing_m)
    farthest_m = np.maximum.accumulate(travelled_m)
    ahead = np.append(True, travelled_m[1:] > farthest_m[:-1])
    places_m = marks.places_m
    columns = LapColumns(
        *(np.interp(places_m, travelled_m[ahead], column[ahead]) for column in rows)
    )
    time_s = columns.time_s
    time_s[0], time_s[-1] = 0.0, lap.time_s  # the lap timer's own
    for column in (columns.way_m, columns.net_j):
        column -= column[0]
    return LapProfile(lap, marks, columns)
