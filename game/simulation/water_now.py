"""Show everyone but the tick the water and the rubber on the road at a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.simulation.swept_road import CellsBeside, cells_between, rubber_at, swept_share
from game.simulation.wet_road import WaterHere, WetRoad, places_beside, water_beside, water_between
from game.vehicle.wet_grip import wetness
from game.weather.tables import weather_at
from game.weather.weather import Weather


@dataclass(frozen=True)
class WaterNow:
    """Describes the water and the rubber on a circuit at a time of a drive."""

    road: WetRoad
    weather: Weather
    time_s: float
    cells: Sequence[float]  # what the cars of the world have swept and laid

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
        here, beside = self._field(s_m, offset_m)
        left = 1.0 - swept_share(self.road, self.cells, beside, offset_m)
        return WaterHere(left * here.water_m, here.driven)

    def rubber(self, s_m: float, offset_m: float) -> float:
        """Return how much rubber lies at a place, of what the road can take: 0..1."""
        here, beside = self._field(s_m, offset_m)
        return rubber_at(self.road, self.cells, beside, here.driven, offset_m)

    def _field(self, s_m: float, offset_m: float) -> tuple[WaterHere, CellsBeside]:
        """Return what the weather does to a place, and the cells beside it."""
        road, between = self.road, places_beside(self.road, s_m)
        here = water_beside(water_between(road, between, self.time_s), offset_m)
        return here, cells_between(road, between, self.time_s, 0)

    def wetness(self, s_m: float, offset_m: float) -> float:
        """Return how wet the road looks and sounds at a place: 0 dry, 1 wet through."""
        return wetness(self.at(s_m, offset_m).water_m)
