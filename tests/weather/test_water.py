"""Rain brings water, which runs off, evaporates, and is thrown off the line by cars."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.weather.water import (
    HOURS_FORESEEN,
    ROW_S,
    evaporation_mmph,
    outflow_mmph,
    water_after,
    water_rows,
)
from game.weather.weather import CLEAR_NOON, Weather, WeatherChange, load_weather, weather_names

rains = st.floats(0.1, 100.0)
depths = st.floats(0.0, 0.004)


def gallaway_mm(rain_mmph, texture_mm=0.8, way_m=12.0, slope=0.02):
    """The published depth, with its texture."""
    return 0.01485 * texture_mm**0.11 * way_m**0.43 * rain_mmph**0.59 / slope**0.42


@pytest.mark.parametrize("rain_mmph", [2.0, 10.0, 30.0, 60.0])
def test_steady_rain_gets_as_deep_as_gallaway_measured_it(rain_mmph):
    still = Weather(rain_mmph=rain_mmph, humidity=1.0, road_temperature_k=298.15)
    assert 1e3 * water_rows(still)[-1].beside_m == approx(gallaway_mm(rain_mmph), rel=0.02)


@given(rains)
def test_what_runs_off_at_a_steady_depth_is_the_rain(rain_mmph):
    assert outflow_mmph(gallaway_mm(rain_mmph)) == approx(rain_mmph, rel=0.03)


@pytest.mark.slow
@given(rains, depths, st.floats(0.2, 1.0))
def test_what_has_rained_has_run_off_or_evaporated_or_lies_there(rain_mmph, water_m, humidity):
    weather = Weather(rain_mmph=rain_mmph, water_m=water_m, humidity=humidity)
    depths_mm = [1e3 * row.beside_m for row in water_rows(weather)]
    hours = ROW_S / 3600.0
    given_mm = rain_mmph * HOURS_FORESEEN + depths_mm[0]
    ran_off_mm = sum(map(outflow_mmph, depths_mm[:-1])) * hours
    evaporated_mm = evaporation_mmph(weather) * HOURS_FORESEEN
    left_mm = given_mm - ran_off_mm - evaporated_mm
    if min(depths_mm[1:]) > 0.0:  # a dry road gives no more
        assert depths_mm[-1] == approx(left_mm, abs=1e-6)
    else:
        assert depths_mm[-1] > left_mm


@pytest.mark.slow
@given(depths, depths, rains, st.floats(0.0, 1.0))
def test_no_water_is_negative_and_cars_only_take_some_away(water_m, line_m, rain_mmph, traffic_1ps):
    weather = Weather(
        water_m=water_m, line_water_m=min(line_m, water_m), traffic_1ps=traffic_1ps,
        changes=(WeatherChange(600.0, rain_mmph=rain_mmph),),
    )  # fmt: skip
    for row in water_rows(weather):
        assert 0.0 <= row.line_m <= row.beside_m + 1e-12


def test_a_wet_road_dries_as_penman_says_once_nothing_runs_off():
    film = Weather(water_m=2e-5, humidity=0.5)
    # 298 K air at half of 31.7 hPa, road 308 K at 56.2: 0.26 mm a day and hPa, without wind.
    assert evaporation_mmph(film) == approx(0.26 / 24.0 * (56.2 - 15.85), rel=0.01)
    windy = msgspec.structs.replace(film, wind_mps=5.0)
    assert evaporation_mmph(windy) == approx(3.7 * evaporation_mmph(film))
    dried_s = next(
        number * ROW_S for number, row in enumerate(water_rows(film)) if row.beside_m == 0.0
    )
    assert dried_s == approx(0.02 / evaporation_mmph(film) * 3600.0, abs=30.0)


def test_dew_does_not_dry_a_road():
    assert evaporation_mmph(Weather(humidity=1.0, road_temperature_k=288.15)) == 0.0


def test_cars_dry_their_line_before_the_road_beside_it():
    drying = load_weather("drying")
    assert water_after(drying, 600.0).line_m < 0.25 * water_after(drying, 600.0).beside_m
    assert water_after(drying, 1800.0).line_m == 0.0
    quiet = msgspec.structs.replace(drying, traffic_1ps=0.0)
    assert water_after(quiet, 600.0).line_m > 3.0 * water_after(drying, 600.0).line_m


def test_the_shipped_rain_and_drizzle_have_been_falling_for_long():
    for name in ("rain", "damp"):
        rows = water_rows(load_weather(name))
        assert tuple(rows[-1]) == approx(tuple(rows[0]), rel=0.1)


def test_rain_that_comes_later_wets_a_dry_road():
    shower = Weather(
        changes=(WeatherChange(60.0, rain_mmph=0.0), WeatherChange(120.0, rain_mmph=9))
    )
    assert shower.is_wet
    assert water_after(shower, 55.0).beside_m == 0.0
    assert water_after(shower, 600.0).beside_m > 4e-4


@pytest.mark.parametrize("name", sorted({*weather_names()} - {"damp", "rain", "drying"}))
def test_there_is_no_water_in_dry_weather(name):
    assert not load_weather(name).is_wet
    assert water_rows(load_weather(name)) == ((0.0, 0.0),)


def test_a_clear_noon_is_dry():
    assert water_after(CLEAR_NOON, 100.0) == (0.0, 0.0)
