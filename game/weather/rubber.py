"""Work out how much rubber lies on the line that is driven: traffic lays it, rain washes it off.

Each car that passes lays a share of what the line still lacks, while no water lies there. Nobody
has measured how much: published is what it does to lap times. From the first practice of a weekend
to the qualifying a car gets some 2 s in 92 faster on the same line (motorsportscalendar.com, *Track
evolution*), after twenty cars have driven some twenty-five laps in each of three sessions. The
share is chosen so that half of the rubber comes with the first of them; what grip it is worth is a
compound's own (`green_grip` in the car's file).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from game.weather.tables import weather_at
from game.weather.water import HOURS_FORESEEN, ROW_S, water_rows
from game.weather.weather import Weather

LAID_SHARE: Final = 0.003  # estimate: of what the line lacks, by each car that passes
_WASHED_1PMM: Final = 0.1  # estimate: ten millimetres of rain leave a third
_SECONDS: Final = 3600.0


class RubberRow(NamedTuple):
    """Holds the rubber of a moment."""

    line: float  # on the line that is driven, of what it can take, 0..1
    left: float  # share that rain has left of the rubber that lay at the start, 0..1


@lru_cache(maxsize=16)
def rubber_rows(weather: Weather) -> tuple[RubberRow, ...]:
    """Return the rubber over a drive, every `ROW_S`; a single row where it does not change."""
    line = weather.rubber
    if line is None:
        return (RubberRow(1.0, 1.0),)
    water, left, now = water_rows(weather), 1.0, weather
    rows = [RubberRow(line, left)]
    if not (weather.changes or weather.rain_mmph or weather.traffic_1ps):
        return tuple(rows)
    for number in range(round(HOURS_FORESEEN * _SECONDS / ROW_S)):
        if weather.changes:
            now = weather_at(weather, number * ROW_S)
        kept = 1.0 / (1.0 + _WASHED_1PMM * now.rain_mmph * ROW_S / _SECONDS)
        left *= kept
        line *= kept
        if water[min(number, len(water) - 1)].line_m == 0.0:
            line = 1.0 - (1.0 - line) / (1.0 + LAID_SHARE * now.traffic_1ps * ROW_S)
        rows.append(RubberRow(line, left))
    return tuple(rows)
