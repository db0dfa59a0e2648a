"""Bound the limits of a car on a hilly circuit by planes, as `limit_planes` does on a flat one."""

from __future__ import annotations

import numpy as np

from game.arrays import Array
from game.quasi_steady.ggv_limits import ROWS, GgvLimits
from game.quasi_steady.hilly_road import LineSlopes
from game.quasi_steady.limit_planes import (
    LimitPlanes,
    TablesUsed,
    limit_planes,
    mixed_planes,
    with_grip,
)
from game.quasi_steady.wet_line import GripAlong
from game.track.tables import added_weight


def hilly_planes(
    limits: GgvLimits,
    curvature_1pm: Array,
    slopes: LineSlopes,
    speed_mps: Array,
    used: tuple[TablesUsed, TablesUsed],
    grip: GripAlong | None = None,
) -> LimitPlanes:
    """Return the planes at a line's stations; used: the tables of drive and of brakes.

    What presses the car on the road is that at these speeds. grip: that along the line where the
    road is wet; the curvature is then divided by it.
    """
    back_mps2, aid_mps2, upright, bend_1pm = map(np.asarray, slopes)
    pressing_mps2 = added_weight(upright, speed_mps**2, bend_1pm)
    count = len(limits.lateral_mps2) // ROWS
    place = (pressing_mps2 - limits.lowest_pressing_mps2) / limits.pressing_step_mps2
    place = np.clip(place, 0.0, count - 1.0)
    number = np.minimum(place.astype(np.intp), count - 2)
    if grip is not None:
        aid_mps2 = aid_mps2 / grip.share
    low, high = (
        limit_planes(limits, speed_mps, curvature_1pm, *used, aid_mps2, level)
        for level in (number, number + 1)
    )
    planes = mixed_planes(low, high, place - number)
    if grip is not None:
        planes = with_grip(planes, grip, curvature_1pm)
    drive, brake = planes.drive_mps2, planes.brake_mps2
    return planes._replace(
        drive_mps2=drive._replace(value=drive.value - back_mps2),
        brake_mps2=brake._replace(value=brake.value + back_mps2),
    )
