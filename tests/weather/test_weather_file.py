"""A weather is a file; what it leaves out is of a clear noon, and what is wrong is one line."""

import pickle

import msgspec
import pytest
from pytest import approx

from game.digests import car_digest
from game.errors import InputError
from game.vehicle.spec import in_weather
from game.weather.tables import STEADY, mean_wind, weather_at, weather_tables
from game.weather.weather import (
    CLEAR_NOON,
    DEFAULT_WEATHER,
    Weather,
    WeatherChange,
    foreseen,
    load_weather,
    weather_digest,
    weather_names,
)


@pytest.fixture
def weather_file(tmp_path):
    """Writes a weather file: `weather_file("wind_mps = 3.0")`."""

    def write(text):
        path = tmp_path / "mine.toml"
        path.write_text(text)
        return str(path)

    return write


def test_every_shipped_weather_can_be_loaded_and_the_default_comes_first():
    assert weather_names()[0] == DEFAULT_WEATHER
    assert {"clear_noon", "damp", "drying", "dusk", "overcast", "rain", "windy"} <= set(
        weather_names()
    )
    for name in weather_names():
        assert load_weather(name).title
        assert "estimate" in load_weather(name).source


def test_a_car_in_the_shipped_clear_noon_is_the_car_as_it_was_read(spec):
    assert in_weather(spec, load_weather("clear_noon")) == spec
    assert weather_digest(load_weather("clear_noon")) == ""
    assert load_weather("clear_noon").words == ""


def test_a_steady_calm_weather_gives_the_tick_nothing_to_do():
    assert weather_tables(CLEAR_NOON) == STEADY
    assert weather_tables(load_weather("warm_evening")).moves == 0
    assert weather_tables(load_weather("windy")).moves == 1


def test_how_the_sky_looks_does_not_act_on_a_drive_and_stays_with_the_car(spec):
    dusk = load_weather("dusk")
    noon = msgspec.structs.replace(CLEAR_NOON, sky=dusk.sky)
    assert weather_digest(noon) == ""
    assert car_digest(in_weather(spec, noon)) == car_digest(spec)
    assert in_weather(spec, noon).weather.sky == dusk.sky


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("wind = 3.0", "object contains unknown field `wind`"),
        ("[sky]\nsun = 3.0", "object contains unknown field `sun`"),
        ("[sky]\nlight = [1.0, 2.0, 0.5]", "sky.light[1]: expected `float` <= 1.0"),
        ("wind_mps = nan", "wind_mps: expected a finite number"),
        ("wind_mps = 400.0", "wind_mps: expected `float` <= 40.0"),
        ("humidity = -0.1", "humidity: expected `float` >= 0.0"),
        ('air_temperature_k = "warm"', "air_temperature_k: expected `float`, got `str`"),
        ("changes = [{ wind_mps = 1.0 }]", "missing required field `at_s`"),
        ("changes = [{ at_s = 9.0 }, { at_s = 9.0 }]", "number 2 is at 9 s, not after 9 s"),
    ],
)
def test_a_file_that_is_wrong_is_one_line_that_names_it(weather_file, text, said):
    path = weather_file(text)
    with pytest.raises(InputError) as raised:
        load_weather(path)
    assert str(raised.value).startswith(f"{path}: ")
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_unknown_name_lists_those_there_are():
    with pytest.raises(
        InputError, match="fog: no such weather; there are clear_noon, cool_morning, damp"
    ):
        load_weather("fog")


def test_what_it_is_called_and_from_does_not_count_in_its_digest():
    windy = load_weather("windy")
    called = msgspec.structs.replace(windy, name="a", title="b", source="c")
    assert weather_digest(called) == weather_digest(windy)
    assert weather_digest(msgspec.structs.replace(windy, wind_mps=5.6)) != weather_digest(windy)


@pytest.mark.parametrize("name", weather_names())
def test_a_digest_is_the_same_in_another_process_and_whether_defaults_are_written(spec, name):
    weather = load_weather(name)
    stated = Weather(**msgspec.structs.asdict(weather))
    for other in (pickle.loads(pickle.dumps(weather)), stated):
        assert weather_digest(other) == weather_digest(weather)
    car = in_weather(spec, weather)
    assert car_digest(pickle.loads(pickle.dumps(car))) == car_digest(car)


def test_a_wind_from_the_west_blows_to_the_east_and_one_from_north_to_south():
    assert mean_wind(Weather(wind_mps=3.0, wind_from_deg=270.0)) == approx((3.0, 0.0), abs=1e-9)
    assert mean_wind(Weather(wind_mps=3.0, wind_from_deg=0.0)) == approx((0.0, -3.0), abs=1e-9)


def test_quantities_change_evenly_and_the_wind_turns_the_shorter_way():
    weather = Weather(
        wind_mps=2.0,
        wind_from_deg=350.0,
        changes=(
            WeatherChange(10.0, wind_mps=4.0),
            WeatherChange(20.0, wind_from_deg=10.0, air_temperature_k=288.15),
        ),
    )
    half, later, end = (weather_at(weather, time_s) for time_s in (5.0, 15.0, 99.0))
    assert (half.wind_mps, half.wind_from_deg) == approx((3.0, 355.0))
    assert (later.wind_mps, later.wind_from_deg) == approx((4.0, 5.0))
    assert later.air_temperature_k == approx(298.15 - 7.5)
    assert (end.wind_mps, end.wind_from_deg, end.air_temperature_k) == approx((4.0, 10.0, 288.15))


def test_a_plan_foresees_the_wind_at_the_start_and_no_gusts():
    plain = foreseen(load_weather("windy"))
    assert plain.wind_mps == load_weather("windy").wind_mps
    assert (plain.gust_mps, plain.changes) == (0.0, ())


def test_a_car_file_cannot_have_weather(spec, tmp_path):
    from pathlib import Path

    from game.vehicle.spec import load_car

    text = (Path(spec.folder) / f"{spec.id}.toml").read_text()
    path = tmp_path / "car.toml"
    path.write_text(text + "\n[weather]\nwind_mps = 3.0\n")
    with pytest.raises(InputError, match="weather: is not a part of a car"):
        load_car(str(path))
