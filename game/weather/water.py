"""Work out how deep water lies on a road over a drive: rain brings it, slope, air and cars take it.

Water is counted as rain is: a millimetre is a litre on each square metre, from the bottom of the
asphalt's texture. On an even slope rain that falls steadily gets as deep as Gallaway et al. found
it, Texas Transportation Institute, report FHWA-RD-79-31 (1979): 0.01485 t**0.11 l**0.43 i**0.59 /
s**0.42 mm, with a texture of t mm, a way of l m down a slope of s, and rain of i mm/h. Water runs
off as fast as that rain which would keep it as deep. It evaporates after Penman, Proc. R. Soc. A
193 (1948), 120. Cars throw it off the line that they drive.

Only + - * / and square roots are used, so that a drive in any weather has the same bits on every
machine: powers are taken in sixteenths.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from game.weather.air import saturation_pressure_pa
from game.weather.tables import weather_at
from game.weather.weather import Weather

ROW_S: Final = 5.0
HOURS_FORESEEN: Final = 2.0  # from then on water stays as it is
# Gallaway's depth for 1 mm/h on 12 m with a fall of 2 %, and a texture of 0.8 mm (estimate: that of
# a race circuit): 0.01485 * 0.8**0.11 * 12**0.43 / 0.02**0.42.
_DEPTH_MM: Final = 0.218
# Penman, for water in the wind at 2 m: 0.26 mm a day and hPa, and 0.54 times that for each m/s.
_STILL_MMPHPPA: Final = 0.26 / 24.0 / 100.0
_WIND_SPM: Final = 0.54
THROWN_SHARE: Final = 0.015  # estimate: of the water on the line, by each car that passes
_SECONDS: Final = 3600.0
_MORE_RUNS_OFF: Final = 11.0 / 16.0  # by how much more its share grows than that of the depth
_MIN_UNFILLED: Final = 1e-100  # it is divided by
_MIN_LEFT: Final = 0.01  # of it, in a row
_HOTTEST_K: Final = 323.15  # of what vapour is known for


class WaterRow(NamedTuple):
    """Holds the depths of water at a moment, on a road 12 m wide with a fall of 2 % across."""

    line_m: float  # where cars drive
    beside_m: float


@lru_cache(maxsize=16)
def water_rows(weather: Weather) -> tuple[WaterRow, ...]:
    """Return the water over a drive, every `ROW_S`; a single row where it does not change."""
    beside_mm = 1e3 * weather.water_m
    line_m = weather.line_water_m
    line_mm = beside_mm if line_m is None else 1e3 * line_m
    if not weather.is_wet:
        return (WaterRow(0.0, 0.0),)
    rows = [WaterRow(1e-3 * line_mm, 1e-3 * beside_mm)]
    for now in _exchanges(weather):
        beside_mm = _after(beside_mm, now.gained_mmph, 0.0)
        line_mm = _after(line_mm, now.gained_mmph, now.traffic_1ps)
        rows.append(WaterRow(1e-3 * line_mm, 1e-3 * beside_mm))
    return tuple(rows)


@lru_cache(maxsize=16)
def unfilled_rows(weather: Weather) -> tuple[float, ...]:
    """Return how much is still missing of what was swept off the line at the start, as a share.

    It has the times of `water_rows`. Rain falls on the swept road as beside it, and less runs off
    there: a missing share m of the water h shrinks by m (rain - evaporation + 11/16 run-off) / h,
    to first order in m. What is swept away at another time shrinks alike.
    """
    if not weather.is_wet:
        return (1.0,)
    unfilled = 1.0
    shares = [unfilled]
    for row, now in zip(water_rows(weather), _exchanges(weather), strict=False):
        line_mm = 1e3 * row.line_m
        filled_mmph = now.gained_mmph + _MORE_RUNS_OFF * outflow_mmph(line_mm)
        if filled_mmph > 0.0:
            left = line_mm / (line_mm + filled_mmph * ROW_S / _SECONDS)
            unfilled = max(unfilled * max(left, _MIN_LEFT), _MIN_UNFILLED)
        shares.append(unfilled)
    return tuple(shares)


class _Exchange(NamedTuple):
    """Holds what happens to the water between two rows."""

    gained_mmph: float  # rain, without what evaporates
    traffic_1ps: float


def _exchanges(weather: Weather) -> Iterator[_Exchange]:
    """Return what happens after each row but the last."""
    now, evaporated_mmph = weather, evaporation_mmph(weather)
    for number in range(round(HOURS_FORESEEN * _SECONDS / ROW_S)):
        if weather.changes:
            now = weather_at(weather, number * ROW_S)
            evaporated_mmph = evaporation_mmph(now)
        yield _Exchange(now.rain_mmph - evaporated_mmph, now.traffic_1ps)


def water_after(weather: Weather, time_s: float) -> WaterRow:
    """Return the water after a time, at the nearest row."""
    rows = water_rows(weather)
    return rows[min(round(time_s / ROW_S), len(rows) - 1)]


def _after(depth_mm: float, gained_mmph: float, traffic_1ps: float) -> float:
    """Return a depth a row later. What is thrown off is taken at the end, so that none overshoots.

    A road never gives more than it has.
    """
    filled_mm = depth_mm + (gained_mmph - outflow_mmph(depth_mm)) * ROW_S / _SECONDS
    left_mm = filled_mm / (1.0 + THROWN_SHARE * traffic_1ps * ROW_S)
    return left_mm if left_mm > 0.0 else 0.0


def outflow_mmph(depth_mm: float) -> float:
    """Return what runs off a road: the rain that would keep the water as deep, i ~ depth**1.69."""
    ratio = depth_mm / _DEPTH_MM
    half = math.sqrt(ratio)
    eighth = math.sqrt(math.sqrt(half))
    return ratio * half * eighth * math.sqrt(eighth)  # 27 sixteenths: one over 0.593


def evaporation_mmph(weather: Weather) -> float:
    """Return what evaporates from a wet road at the start of a weather; nothing while dew falls."""
    vapour_pa = weather.humidity * saturation_pressure_pa(weather.air_temperature_k)
    dryness_pa = saturation_pressure_pa(min(weather.road_temperature_k, _HOTTEST_K)) - vapour_pa
    found = _STILL_MMPHPPA * (1.0 + _WIND_SPM * weather.wind_mps) * dryness_pa
    return found if found > 0.0 else 0.0
