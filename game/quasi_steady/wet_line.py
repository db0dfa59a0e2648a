"""Say how the grip along a line differs from that of the limits, where water or rubber change it.

Limits are worked out for the mean depth of water on the line that is driven most. A line has other
water under its wheels from place to place, and less rubber where it leaves that line; its limits
are the share of grip that this leaves, at the speeds at which it is driven. They are those of the
water and the rubber at the start.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.compiled import compiled, tick_function, uses_machine_code
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.track_conditions import TrackConditions, road_share, share_of_grip
from game.records import arrays, records
from game.simulation.wet_road import (
    WaterAcross,
    WetRoad,
    rubber_now,
    water_across,
    water_beside,
    wet_road,
)
from game.track.track import Track
from game.vehicle.parts import Car
from game.weather.weather import Weather

_USUAL_MPS: Final = 30.0  # at which grip is compared before speeds are known
_PROBE_M: Final = 0.1  # to differentiate the grip


class GripAlong(NamedTuple):
    """Holds the grip at a line's stations, over that of the limits; shape (n,)."""

    share: Array
    by_offset_1pm: Array  # its change to the left


class _WetStations(NamedTuple):
    """Holds a line's stations, the speeds there, and what is found."""

    s_m: list[float]
    offset_m: list[float]
    speed_mps: list[float]
    grip: list[float]  # share that water and rubber leave
    beside: list[float]  # the same a little to the left
    usual: list[float]  # the same under the conditions of the limits


class WetLine:
    """Knows the grip along lines of a circuit where it varies, for a car under conditions."""

    def __init__(self, road: WetRoad, car: Car, conditions: TrackConditions) -> None:
        self._conditions = conditions
        self._compiled = uses_machine_code()
        self._road: Any = arrays(road) if self._compiled else road
        self._cars: Any = records([car]) if self._compiled else [car]
        self._fill = compiled(fill_grips) if self._compiled else fill_grips

    def along(self, line: RacingLine, speed_mps: Array | None = None) -> GripAlong:
        """Return the grip along a line that is driven at these speeds, at a usual one if None."""
        if speed_mps is None:
            speed_mps = np.full(len(line.s_m), _USUAL_MPS)
        stations = self._filled(line, speed_mps, 0.0)
        usual = np.array(stations.usual)
        share = np.array(stations.grip) / usual
        return GripAlong(share, (np.array(stations.beside) / usual - share) / _PROBE_M)

    def grips(self, line: RacingLine, speed_mps: Array, time_s: float) -> Array:
        """Return the share of the grip that water and rubber leave at a time, shape (n,)."""
        return np.array(self._filled(line, speed_mps, time_s).grip)

    def _filled(self, line: RacingLine, speed_mps: Array, time_s: float) -> _WetStations:
        column: Any = np.array if self._compiled else np.ndarray.tolist
        given = (line.s_m, line.offset_m, speed_mps, line.s_m, line.s_m, line.s_m)
        stations = _WetStations(*(column(each) for each in given))
        self._fill(self._cars, self._road, self._conditions, time_s, stations)
        return stations


def wet_line(
    track: Track, car: Car, conditions: TrackConditions, weather: Weather
) -> WetLine | None:
    """Return the grip along lines of a circuit; None if it is everywhere that of the limits."""
    if car.road.water.line_m == car.road.water.beside_m == 0.0 and not car.road.rubbering:
        return None
    return WetLine(wet_road(track, weather), car, conditions)


@tick_function
def fill_grips(
    cars: Any, road: WetRoad, conditions: TrackConditions, time_s: float, stations: _WetStations
) -> None:
    """Fill the grips of the stations for `cars[0]`."""
    car = cars[0]
    line_rubber = rubber_now(road, time_s).line
    for index in range(len(stations.s_m)):
        across = water_across(road, stations.s_m[index], time_s)
        speed_mps = stations.speed_mps[index]
        offset_m = stations.offset_m[index]
        stations.grip[index] = _both_sides(car, across, line_rubber, offset_m, speed_mps)
        stations.beside[index] = _both_sides(
            car, across, line_rubber, offset_m + _PROBE_M, speed_mps
        )
        stations.usual[index] = road_share(car, conditions, speed_mps)


@tick_function
def _both_sides(
    car: Car, across: WaterAcross, line_rubber: float, offset_m: float, speed_mps: float
) -> float:
    """Return the mean share of grip that is left to the wheels of both sides of a car."""
    left = water_beside(across, offset_m + car.half_track_m)
    right = water_beside(across, offset_m - car.half_track_m)
    left_rubber = left.driven * line_rubber
    right_rubber = right.driven * line_rubber
    return 0.5 * (
        share_of_grip(car, left.water_m, left_rubber, car.road.rubbering, speed_mps)
        + share_of_grip(car, right.water_m, right_rubber, car.road.rubbering, speed_mps)
    )
