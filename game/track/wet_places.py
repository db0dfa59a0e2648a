"""Say along a lap where the road is driven most, and how well water runs off it.

After Gallaway (see `weather.water`) water gets the deeper, the farther it has to run and the less
the road slopes: with the 0.43th power of the way and the -0.42th of the slope, both taken as seven
sixteenths. So it does not matter how steep the road is along the lap, as the way of the water gets
the longer by that, in proportion.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.arrays import Array
from game.track.road_profile import RoadProfile
from game.track.usual_line import usual_line

# Estimates.
_USUAL_FALL: Final = 0.02  # across the road, of circuits whose files say nothing of banking
_MIN_FALL: Final = 0.005  # where banking passes from one side to the other; finer it is not built
_USUAL_WIDTH_M: Final = 12.0


class WetPlace(NamedTuple):
    """Describes a place on the lap for the water on it."""

    line_m: float  # offset of the line that is driven most
    deeper: float  # how deep water gets, over that on 12 m of road with a fall of 2 % across


def wet_places(
    curvature_1pm: Array, left_m: Array, right_m: Array, profile: RoadProfile, length_m: float
) -> list[WetPlace]:
    """Return places that divide the lap evenly, the first at the start line.

    Given are samples that divide the lap evenly, shape (n,): the centreline's curvature, the
    distances to the edges of the tarmac, and the profile.
    """
    line_m = usual_line(curvature_1pm, left_m, right_m, length_m)
    banked = bool(profile.crossfall.any())
    places = []
    for number, offset_m in enumerate(line_m):
        i = number * len(left_m) // len(line_m)
        fall = max(abs(float(profile.crossfall[i])), _MIN_FALL) if banked else _USUAL_FALL
        width_m = float(left_m[i]) + float(right_m[i])
        places.append(WetPlace(offset_m, _deeper(width_m, fall)))
    return places


def _deeper(width_m: float, fall: float) -> float:
    """Return how deep water gets on a road of this width with a fall across."""
    fourth = math.sqrt(math.sqrt(width_m / _USUAL_WIDTH_M * (_USUAL_FALL / fall)))
    eighth = math.sqrt(fourth)
    return fourth * eighth * math.sqrt(eighth)
