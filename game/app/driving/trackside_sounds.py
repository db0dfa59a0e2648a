"""Say how loud the stands, the trees, the announcer and the weather are where a car is."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.effects.debris import spray
from game.app.effects.road_water import RoadWater
from game.app.sound.ambience import AmbienceFeatures
from game.arrays import Array
from game.simulation.snapshot import Snapshot
from game.simulation.world import TICK_S
from game.track.track import Track
from game.weather.tables import mean_wind
from game.weather.weather import CLEAR_NOON, Weather

_CROWD_M: Final = 150.0  # from a stand, and it is silent
_ANNOUNCER_M: Final = 260.0  # from the line
_STEP_M: Final = 8.0  # between the places of a stand that are looked at
_TREES_MASKED_MPS: Final = 24.0  # at this speed the wind of driving leaves little of it
_TREES_LEFT: Final = 0.2
_FULL_RAIN_MMPH: Final = 40.0
_FULL_WIND_MPS: Final = 15.0
_WIND_ASIDE: Final = 0.4  # wind is never on one side only
_CHEER_S: Final = 3.0  # until it has faded to a third


class TracksideSounds:
    """Holds the places beside one circuit that sound, and how much its crowd cheers."""

    def __init__(self, track: Track, weather: Weather = CLEAR_NOON) -> None:
        self._water = RoadWater(track, weather)
        wind = mean_wind(weather)
        self._wind = min(math.hypot(*wind) / _FULL_WIND_MPS, 1.0)
        self._wind_from_rad = math.atan2(-wind.y_mps, -wind.x_mps)
        stands = [_dense(each.outline_m) for each in track.buildings if each.kind == "grandstand"]
        self._stands_m = np.concatenate([np.zeros((0, 2)), *stands])
        self._line_m = track.centreline.point(0.0, 0.0)
        self._cheer = 0.0

    def cheer(self, strength: float) -> None:
        """Let the crowd cheer from now on, as loud as 0..1."""
        self._cheer = max(self._cheer, strength)

    def update(self, frame_s: float) -> None:
        """Let the cheers die away."""
        self._cheer *= math.exp(-frame_s / _CHEER_S)
        if self._cheer < 0.01:
            self._cheer = 0.0

    def heard_at(self, now: Snapshot) -> AmbienceFeatures:
        """Return what is heard in a car."""
        crowd, crowd_right = _heard(_nearest(self._stands_m, now), now, _CROWD_M)
        announcer, announcer_right = _heard(self._line_m, now, _ANNOUNCER_M)
        speed_mps = math.hypot(now.velocity_forward_mps, now.velocity_left_mps)
        masked = min(speed_mps / _TREES_MASKED_MPS, 1.0)
        return AmbienceFeatures(
            crowd=crowd,
            crowd_right=crowd_right,
            cheer=self._cheer,
            trees=1.0 - (1.0 - _TREES_LEFT) * masked,
            announcer=announcer,
            announcer_right=announcer_right,
            rain=self._rain(now.tick * TICK_S),
            hiss=spray(speed_mps, self._water.depth_m(now)),
            wind=self._wind,
            wind_right=0.5 - _WIND_ASIDE * math.sin(self._wind_from_rad - now.heading_rad),
        )

    def _rain(self, time_s: float) -> float:
        """Return how much it rains so long after the start, 0..1, as it is heard."""
        return math.sqrt(min(self._water.weather(time_s).rain_mmph / _FULL_RAIN_MMPH, 1.0))


def _nearest(places_m: Array, now: Snapshot) -> tuple[float, float] | None:
    """Return the place that is nearest to a car, if there is any."""
    if not len(places_m):
        return None
    ways_m = places_m - (now.x_m, now.y_m)
    x_m, y_m = places_m[int(np.argmin(np.einsum("ij,ij->i", ways_m, ways_m)))].tolist()
    return x_m, y_m


def _heard(
    place_m: tuple[float, float] | None, now: Snapshot, reach_m: float
) -> tuple[float, float]:
    """Return how loud a place is in a car, 0..1, and on which side."""
    if place_m is None:
        return 0.0, 0.5
    east_m, north_m = place_m[0] - now.x_m, place_m[1] - now.y_m
    right_m = east_m * math.sin(now.heading_rad) - north_m * math.cos(now.heading_rad)
    distance_m = math.hypot(east_m, north_m)
    loud = max(1.0 - distance_m / reach_m, 0.0) ** 2
    # Wide sources are never on one side only.
    return loud, 0.5 + 0.35 * right_m / max(distance_m, 20.0)


def _dense(outline_m: Array) -> Array:
    """Return places along an outline, a few metres apart."""
    ring = np.concatenate([outline_m, outline_m[:1]])
    along_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    at_m = np.arange(0.0, along_m[-1], _STEP_M)
    return np.column_stack([np.interp(at_m, along_m, ring[:, axis]) for axis in (0, 1)])
