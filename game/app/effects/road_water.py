"""Look up the water and the rubber on the road, for what is seen and heard of them."""

from __future__ import annotations

from game.simulation.snapshot import Snapshot
from game.simulation.wet_road import rubber_now, water_across, water_beside, wet_road
from game.track.track import Track
from game.weather.tables import weather_at
from game.weather.weather import Weather


class RoadWater:
    """Knows water and rubber on one circuit over a drive, and the weather that brings them."""

    def __init__(self, track: Track, weather: Weather) -> None:
        self._road = wet_road(track, weather)
        self._start = self._now = weather
        self._second = 0

    def depth_m(self, now: Snapshot) -> float:
        """Return how deep water lies under a car; until its first tick no wheel has met any."""
        if now.tick > 0 or not self._road.wet:
            return now.water_depth_m
        return water_beside(water_across(self._road, now.s_m, 0.0), now.offset_m).water_m

    def rubber(self, now: Snapshot) -> float:
        """Return how much rubber lies under a car, 0..1; until its first tick as for the water."""
        if now.tick > 0 or not self._road.rubbering:
            return now.rubber_share
        here = water_beside(water_across(self._road, now.s_m, 0.0), now.offset_m)
        return here.driven * rubber_now(self._road, 0.0).line

    def weather(self, time_s: float) -> Weather:
        """Return what the weather has become so long after the start, to the second."""
        if self._start.changes and int(time_s) != self._second:
            self._second = int(time_s)
            self._now = weather_at(self._start, self._second)
        return self._now
