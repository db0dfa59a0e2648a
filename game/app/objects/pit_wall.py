"""Draw what stands along the pit wall."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.canvas.patches import Patches, rectangle
from game.app.objects.structure import Structure
from game.app.surfaces.outermost_wall import outermost_wall_m
from game.app.ui.palette import Colour
from game.arrays import Array
from game.track.track import Track

_STRIPE: Final = (240, 239, 233)
_INSIDE_M: Final = 5.0  # of the barrier
_STANDS_M: Final = (60.0, 23.1)  # from the pit wall's ends, and from one to the next
_ROOFS: Final[tuple[Colour, ...]] = (
    (62, 66, 74),
    (150, 44, 42),
    (48, 82, 136),
    (196, 198, 200),
    (40, 104, 78),
)


def timing_stands(track: Track) -> Structure:
    """Return the teams' stands along the pit wall: a wall with two ends, inside the barrier."""
    polygons: list[Array] = []
    colours: list[Colour] = []
    blocks = []
    for wall in track.walls if track.pit_lane is not None else ():
        side: float = float(np.sign(wall.offset_m[0]))
        barrier_m = np.interp(wall.s_m, track.frames.s_m, outermost_wall_m(track, side))
        if wall.closed or (barrier_m - np.abs(wall.offset_m)).min() < _INSIDE_M:
            continue
        into_m = np.mod(wall.s_m - wall.s_m[0], track.length_m)
        ends_m, step_m = _STANDS_M
        stands_m = np.arange(ends_m, into_m[-1] - ends_m, step_m).tolist()
        for number, along_m in enumerate(stands_m):
            s_m = (float(wall.s_m[0]) + along_m) % track.length_m
            heading_rad = track.centreline.pose(s_m).heading_rad
            offset_m = float(np.interp(along_m, into_m, wall.offset_m))
            along = np.array([math.cos(heading_rad), math.sin(heading_rad)])
            left = np.array([-along[1], along[0]])
            middle = np.array(track.centreline.point(s_m, offset_m + side * 0.55))
            roof = rectangle(middle, 0.75 * left, 1.7 * along)
            polygons += [roof, rectangle(middle, 0.14 * left, 1.7 * along)]
            colours += [_ROOFS[number % len(_ROOFS)], _STRIPE]
            blocks.append((roof, 2.6))
    return Structure(high=Patches(polygons, colours), blocks=blocks)
