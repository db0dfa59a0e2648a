"""The tick reads the weather from these tables, and looks nothing up where it is steady.

They have a row for each second in which the weather changes, and a series of gusts that repeats
after some eight minutes.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache
from typing import Any, Final, NamedTuple

import msgspec

from game.compiled import tick_function
from game.trig import direction
from game.units import TAU
from game.weather.weather import CLEAR_NOON, Weather, WeatherChange

_ROW_S: Final = 1.0
_GUSTS: Final = 4096  # a power of two, as lanes have remainders of no others
_GUST_S: Final = 0.125  # between two of them, a fifth of what it takes a car to pass a gust
_PASSING_MPS: Final = 35.0  # estimate: a car's mean speed, at which it meets the gusts
_QUANTITIES: Final = tuple(WeatherChange.__struct_fields__[1:])


class Wind(NamedTuple):
    """Holds the way that the wind blows, along the circuit's axes: x is east, y is north."""

    x_mps: float
    y_mps: float


class WeatherRow(NamedTuple):
    """Describes the weather at one moment, by how it differs from that at the start."""

    wind_x_mps: float
    wind_y_mps: float
    gust_mps: float
    density_ratio: float  # of the air's to that at the start
    air_change_k: float  # since the start
    road_change_k: float


class Gust(NamedTuple):
    """Holds how much more the wind blows along each axis, in standard deviations."""

    x: float
    y: float


class WeatherTables(NamedTuple):
    """Holds lists when plain, arrays when compiled."""

    moves: int  # 0: steady and without wind
    rows: list[WeatherRow]  # a second apart; the last one stays
    gusts: list[Gust]  # _GUST_S apart, one period


def weather_tables(weather: Weather) -> WeatherTables:
    """Return the tables of a weather."""
    if weather.is_steady:
        return WeatherTables(0, [_row(weather, weather)], [Gust(0.0, 0.0)])
    seconds = math.ceil(weather.changes[-1].at_s / _ROW_S) if weather.changes else 0
    rows = [_row(weather, weather_at(weather, _ROW_S * number)) for number in range(seconds + 1)]
    return WeatherTables(1, rows, list(_gusts(weather)))


def weather_at(weather: Weather, time_s: float) -> Weather:
    """Return what a weather has become after a time, without its changes.

    Each quantity changes evenly from one change that states it to the next; the wind turns the
    shorter way.
    """
    values: dict[str, Any] = {name: _value_at(weather, name, time_s) for name in _QUANTITIES}
    values["wind_from_deg"] %= 360.0
    return msgspec.structs.replace(weather, **values, changes=())


def _value_at(weather: Weather, name: str, time_s: float) -> float:
    """Return a quantity at a time; a wind's direction may lie beyond 0..360 degrees."""
    before_s, before = 0.0, float(getattr(weather, name))
    for change in weather.changes:
        after: float | None = getattr(change, name)
        if after is None:
            continue
        step = after - before
        if name == "wind_from_deg":
            step = math.remainder(step, 360.0)
        if time_s < change.at_s:
            return before + step * (time_s - before_s) / (change.at_s - before_s)
        before_s, before = change.at_s, before + step
    return before


def mean_wind(weather: Weather) -> Wind:
    """Return the wind at the start, without gusts."""
    if weather.wind_mps == 0.0:
        return Wind(0.0, 0.0)
    origin = direction(weather.wind_from_deg / 360.0 * TAU)
    return Wind(-weather.wind_mps * origin.sin, -weather.wind_mps * origin.cos)


def _row(start: Weather, now: Weather) -> WeatherRow:
    wind = mean_wind(now)
    return WeatherRow(
        wind_x_mps=wind.x_mps,
        wind_y_mps=wind.y_mps,
        gust_mps=now.gust_mps,
        density_ratio=now.air_density_kgpm3 / start.air_density_kgpm3,
        air_change_k=now.air_temperature_k - start.air_temperature_k,
        road_change_k=now.road_temperature_k - start.road_temperature_k,
    )


@lru_cache(maxsize=16)
def _gusts(weather: Weather) -> tuple[Gust, ...]:
    """Return a period of a first-order series for each axis, by the weather's seed.

    That is the spectrum of Dryden's model along the wind, taken for both axes.
    """
    if not weather.is_gusty:
        return (Gust(0.0, 0.0),) * _GUSTS
    rng = random.Random(weather.gust_seed)
    x, y = (_series(rng, weather.gust_length_m / _PASSING_MPS) for _axis in "xy")
    return tuple(Gust(*pair) for pair in zip(x, y, strict=True))


def _series(rng: random.Random, time_s: float) -> list[float]:
    """Return a periodic first-order series of deviation 1; no C library takes part in its bits."""
    noise = [math.fsum(rng.random() for _ in range(12)) - 6.0 for _ in range(_GUSTS)]
    kept = time_s / (time_s + _GUST_S)
    scale = math.sqrt(1.0 - kept * kept)
    value, series = 0.0, [0.0] * _GUSTS
    for _pass in range(2):  # the second time from where the first one ended, so that it closes
        for place, push in enumerate(noise):
            value = kept * value + scale * push
            series[place] = value
    return series


@tick_function
def weather_now(tables: WeatherTables, time_s: float) -> WeatherRow:
    """Return the weather at a time, its wind with the gust of that moment."""
    rows = tables.rows
    last = len(rows) - 1
    place = time_s / _ROW_S
    index = int(place)
    if index >= last:
        index = last
        place = 1.0 * last
    after = index + 1 if index < last else last
    share = place - index
    low = rows[index]
    high = rows[after]
    deviation_mps = low.gust_mps + share * (high.gust_mps - low.gust_mps)
    gust = gust_at(tables, time_s)
    return WeatherRow(
        low.wind_x_mps + share * (high.wind_x_mps - low.wind_x_mps) + deviation_mps * gust.x,
        low.wind_y_mps + share * (high.wind_y_mps - low.wind_y_mps) + deviation_mps * gust.y,
        deviation_mps,
        low.density_ratio + share * (high.density_ratio - low.density_ratio),
        low.air_change_k + share * (high.air_change_k - low.air_change_k),
        low.road_change_k + share * (high.road_change_k - low.road_change_k),
    )


@tick_function
def gust_at(tables: WeatherTables, time_s: float) -> Gust:
    """Return the gust of a moment, evenly between two of the series."""
    gusts = tables.gusts
    place = time_s / _GUST_S
    whole = int(place)
    share = place - whole
    low = gusts[whole % _GUSTS]
    high = gusts[(whole + 1) % _GUSTS]
    return Gust(low.x + share * (high.x - low.x), low.y + share * (high.y - low.y))


STEADY: Final = weather_tables(CLEAR_NOON)
