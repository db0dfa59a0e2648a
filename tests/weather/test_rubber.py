"""Traffic lays rubber on its line while that is dry, and rain washes it off."""

import math
from itertools import pairwise

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from game.weather.rubber import LAID_SHARE, rubber_rows
from game.weather.water import ROW_S
from game.weather.weather import (
    CLEAR_NOON,
    Weather,
    WeatherChange,
    foreseen,
    load_weather,
    weather_digest,
)

GREEN = load_weather("green_road")


def at(rows, time_s):
    return rows[min(round(time_s / ROW_S), len(rows) - 1)]


def test_a_road_of_which_nothing_is_said_has_all_its_rubber_whatever_the_weather():
    for name in ("clear_noon", "rain", "drying"):
        assert rubber_rows(load_weather(name)) == ((1.0, 1.0),)
    assert not CLEAR_NOON.road_varies
    assert GREEN.road_varies
    assert not GREEN.is_wet


def test_a_green_road_is_a_clear_noon_but_for_its_traffic_and_rubber():
    told = msgspec.structs.replace(
        GREEN, rubber=None, traffic_1ps=0.0, name=CLEAR_NOON.name, title="", source=""
    )
    assert told == CLEAR_NOON
    assert weather_digest(GREEN) not in ("", weather_digest(Weather(traffic_1ps=0.15)))


def test_without_traffic_nothing_is_laid_on_a_dry_line():
    assert rubber_rows(Weather(rubber=0.4)) == ((0.4, 1.0),)


def test_the_line_lacks_less_by_an_equal_share_with_each_car_of_the_traffic():
    rows = rubber_rows(GREEN)
    for minutes in (5.0, 40.0):
        cars = GREEN.traffic_1ps * minutes * 60.0
        lacking = 1.0 - at(rows, 60.0 * minutes).line
        assert lacking == approx((1.0 - LAID_SHARE) ** cars, rel=0.01)
        assert at(rows, 60.0 * minutes).left == 1.0
    assert all(before.line < after.line for before, after in pairwise(rows))


def test_rain_washes_rubber_off_and_nobody_lays_any_while_it_falls():
    wet = Weather(rubber=0.8, rain_mmph=20.0, water_m=1e-3, traffic_1ps=0.2)
    hour = at(rubber_rows(wet), 3600.0)
    assert hour.left == approx(math.exp(-2.0), rel=0.01)
    assert hour.line == approx(0.8 * hour.left)


def test_a_line_that_has_dried_is_rubbered_in_anew():
    shower = Weather(
        rubber=1.0,
        traffic_1ps=0.15,
        changes=(
            WeatherChange(10.0, rain_mmph=0.0),
            WeatherChange(20.0, rain_mmph=30.0),
            WeatherChange(1200.0, rain_mmph=30.0),
            WeatherChange(1210.0, rain_mmph=0.0),
        ),
    )
    lines = [row.line for row in rubber_rows(shower)]
    lowest = lines.index(min(lines))
    assert lowest * ROW_S >= 1200.0
    assert lines[lowest] == approx(math.exp(-1.0), rel=0.05)
    assert lines[-1] > lines[lowest] + 0.2


@settings(max_examples=12)
@given(st.floats(0.0, 1.0), st.floats(0.0, 150.0), st.floats(0.0, 1.0), st.floats(0.0, 0.003))
def test_rubber_stays_between_none_and_all_that_the_road_takes(rubber, rain, traffic, water_m):
    rows = rubber_rows(Weather(rubber=rubber, rain_mmph=rain, traffic_1ps=traffic, water_m=water_m))
    assert all(0.0 <= row.line <= 1.0 and 0.0 < row.left <= 1.0 for row in rows)


def test_a_plan_counts_on_the_traffic_to_come():
    later = Weather(rubber=0.0, changes=(WeatherChange(60.0, traffic_1ps=0.5, gust_mps=1.0),))
    assert rubber_rows(foreseen(later)) == rubber_rows(later)


@pytest.mark.parametrize("rubber", [-0.1, 1.1])
def test_a_share_of_rubber_outside_of_none_and_all_is_refused(tmp_path, rubber):
    path = tmp_path / "odd.toml"
    path.write_text(f"rubber = {rubber}\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"odd\.toml.*rubber"):
        load_weather(str(path))
