"""Say what the slope of a hilly circuit does to a car along a line, for the speed passes.

On a slope a car has to give other accelerations with its tyres than those of its motion: gravity
gives or takes the rest. And what presses it on the road differs from its weight, by the slope and
by the bends of the road up and down times speed squared. The limits are worked out for some levels
of that, and read between two of them.
"""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.compiled import compiled, tick_function, uses_machine_code
from game.quasi_steady.racing_line import RacingLine
from game.records import arrays
from game.simulation.tick import downhill_pull
from game.track.tables import RoadSample, added_weight, slope_beside, upright_share
from game.track.track import Track
from game.trig import direction
from game.units import G_MPS2

_LEVEL_MPS2: Final = 2.0  # from one level of pressing to the next, at most
_MIN_LEVEL_MPS2: Final = 0.5  # the minimum of that
_LIGHTEST_MPS2: Final = -0.85 * G_MPS2  # lighter cars are taken for such
_MAX_LATERAL_MPS2: Final = 30.0  # of a car, for the speeds that it may have in a corner


class LineSlopes(NamedTuple):
    """Holds what slopes do to a car at a line's stations, shape (n,); empty for a flat circuit."""

    back_mps2: list[float]  # pull of gravity against the motion
    aid_mps2: list[float]  # pull towards the inside of the corner
    upright: list[float]  # share of its weight that presses a car on the road
    bend_1pm: list[float]  # of the road upwards, in the direction of the line


class Levels(NamedTuple):
    """Says for which pressing on the road, beyond the weight, limits are worked out."""

    steps: int  # from the lowest level to the highest; 0: there is one level
    lowest_mps2: float
    step_mps2: float
    steepest: float  # grade downhill


LEVEL: Final = Levels(0, 0.0, 0.0, 0.0)


class _Road(NamedTuple):
    """Holds the road at stations of the centreline."""

    samples: list[RoadSample]
    centre_1pm: list[float]  # curvature of the centreline


class _Stations(NamedTuple):
    """Holds a line and the road at its stations."""

    road: _Road
    offset_m: list[float]
    across_rad: list[float]
    curvature_1pm: list[float]


class HillyRoad:
    """Describes the road of a hilly circuit to the speed passes."""

    def __init__(self, track: Track) -> None:
        self._track = track
        self._compiled = uses_machine_code()
        self._last: tuple[Array, _Road] | None = None  # at the stations of the last line

    def along(self, line: RacingLine) -> LineSlopes:
        """Return the slopes along a line, as arrays where code is compiled, else as lists."""
        if self._last is None or self._last[0] is not line.s_m:
            self._last = line.s_m, self._road_at(line.s_m)
        column: Any = np.array if self._compiled else np.ndarray.tolist
        across_rad = line.heading_rad - line.centreline_rad
        stations = _Stations(
            self._last[1], *map(column, (line.offset_m, across_rad, line.curvature_1pm))
        )
        slopes = LineSlopes(*(column(np.zeros(len(line.s_m))) for _ in LineSlopes._fields))
        (compiled(fill_slopes) if self._compiled else fill_slopes)(stations, slopes)
        return slopes

    def _road_at(self, s_m: Array) -> _Road:
        """Return the road at stations, which all lines of a corridor have in common."""
        track = self._track

        def here(values: Array) -> Array:
            found: Array = np.interp(s_m, track.frames.s_m, values, period=track.length_m)
            return found

        samples = zip(*(here(column).tolist() for column in track.profile), strict=True)
        road = _Road(
            [RoadSample(*each) for each in samples], here(track.frames.curvature_1pm).tolist()
        )
        in_form: _Road = arrays(road) if self._compiled else road
        return in_form


def hilly_road(track: Track) -> HillyRoad | None:
    """Return the road of a circuit for the speed passes; None if it is flat."""
    return HillyRoad(track) if track.tables.hilly else None


def no_slopes() -> LineSlopes:
    """Return the slopes of a flat circuit."""
    empty: Any = np.empty(0) if uses_machine_code() else []
    return LineSlopes(empty, empty, empty, empty)


def levels_of(track: Track, max_speed_mps: float) -> Levels:
    """Return the levels that a car with this top speed meets on a circuit, one where it is flat."""
    if not track.tables.hilly:
        return LEVEL
    profile, curvature_1pm = track.profile, track.frames.curvature_1pm
    tightest_1pm = np.maximum(np.abs(curvature_1pm), 1e-6)
    square = np.minimum(_MAX_LATERAL_MPS2 / tightest_1pm, max_speed_mps**2)
    upright = np.sqrt((1.0 - profile.grade**2) / (1.0 + profile.crossfall**2))
    bend_1pm = profile.bend_1pm + profile.crossfall * curvature_1pm
    pressing = added_weight(upright, square, bend_1pm)
    lowest = max(min(float(pressing.min()), float(upright.min() - 1.0) * G_MPS2), _LIGHTEST_MPS2)
    highest = max(float(pressing.max()), 0.0)
    return _levels(lowest, highest, float(-profile.grade.min()))


def _levels(lowest: float, highest: float, steepest: float) -> Levels:
    """Return evenly spaced levels that reach from one to the other, m/s2.

    One of them is a level road's: grip grows with load ever less, and between two levels it would
    be taken for less than it is just where a car is most.
    """
    below = max(-lowest, min(highest, _LEVEL_MPS2), _MIN_LEVEL_MPS2)
    steps_below = math.ceil(below / _LEVEL_MPS2)
    step = below / steps_below
    return Levels(steps_below + max(math.ceil(highest / step), 1), -below, step, steepest)


@tick_function
def fill_slopes(stations: _Stations, slopes: LineSlopes) -> None:
    """Fill the slopes of a line."""
    for index in range(len(stations.offset_m)):
        road = slope_beside(
            stations.road.samples[index],
            stations.offset_m[index],
            stations.road.centre_1pm[index],
        )
        heading = direction(stations.across_rad[index])
        pull = downhill_pull(road, heading)
        slopes.back_mps2[index] = -pull.forward_mps2
        left = stations.curvature_1pm[index] >= 0.0
        slopes.aid_mps2[index] = pull.left_mps2 if left else -pull.left_mps2
        slopes.upright[index] = upright_share(road)
        slopes.bend_1pm[index] = road.bend_1pm * heading.cos * heading.cos
