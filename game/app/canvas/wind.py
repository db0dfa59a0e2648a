"""Say how the wind is seen to blow: what it moves, it moves the same way."""

from __future__ import annotations

import math
from typing import Final

from game.weather.tables import Wind, mean_wind
from game.weather.weather import Weather

_BREATH: Final = Wind(1.1, 0.5)  # in calm weather smoke and flags move, too
BREATH_RAD: Final = math.atan2(_BREATH.y_mps, _BREATH.x_mps)


def seen_wind(weather: Weather) -> Wind:
    """Return the wind that smoke drifts with, at the start and without gusts."""
    wind = mean_wind(weather)
    return wind if math.hypot(*wind) > math.hypot(*_BREATH) else _BREATH


def wind_rad(weather: Weather) -> float:
    """Return where the wind is seen to blow to, an angle anticlockwise from east."""
    wind = seen_wind(weather)
    return math.atan2(wind.y_mps, wind.x_mps)
