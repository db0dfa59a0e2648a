"""Describe the air around a car and the road under it, as far as they warm or cool the tyres."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.weather.weather import CLEAR_NOON, Weather


class Climate(NamedTuple):
    """Holds the temperatures that a tyre gives its heat to."""

    air_k: float
    road_k: float


def climate_of(weather: Weather) -> Climate:
    """Return the temperatures at the start of a drive."""
    return Climate(weather.air_temperature_k, weather.road_temperature_k)


CLEAR_NOON_CLIMATE: Final = climate_of(CLEAR_NOON)
