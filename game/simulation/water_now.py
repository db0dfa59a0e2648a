"""Show everyone but the tick the water on the road at a moment."""

from __future__ import annotations

from dataclasses import dataclass

from game.simulation.wet_road import WaterHere, WetRoad, water_across, water_beside
from game.vehicle.wet_grip import wetness
from game.weather.tables import weather_at
from game.weather.weather import Weather


@dataclass(frozen=True)
class WaterNow:
    """Describes the water on a circuit at a time of a drive."""

    road: WetRoad
    weather: Weather
    time_s: float

    @property
    def is_wet(self) -> bool:
        """Return whether there is, was or will be water in this drive."""
        return self.road.wet != 0

    @property
    def rain_mmph(self) -> float:
        """Return how much rain falls now, mm/h."""
        return weather_at(self.weather, self.time_s).rain_mmph

    def at(self, s_m: float, offset_m: float) -> WaterHere:
        """Return the depth at a place, and how much of it is the line that is driven."""
        return water_beside(water_across(self.road, s_m, self.time_s), offset_m)

    def wetness(self, s_m: float, offset_m: float) -> float:
        """Return how wet the road looks and sounds at a place: 0 dry, 1 wet through."""
        return wetness(self.at(s_m, offset_m).water_m)
