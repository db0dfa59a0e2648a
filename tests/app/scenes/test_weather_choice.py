"""The weather is chosen beside the circuit, is seen, and is there again at the next start."""

import msgspec
import pygame
import pytest
from pytest import approx

from game.app.context.settings import Settings, SettingsFile
from game.app.input.commands import Command
from game.app.menus.weather_words import weather_text
from game.app.scenes.player_drive import player_drive
from game.app.scenes.weather_choice import WeatherChoice
from game.app.window import _in_chosen_weather
from game.errors import InputError
from game.vehicle.spec import in_weather, load_car
from game.weather.weather import CLEAR_NOON, Weather, load_weather, weather_digest


def turned_to(scene, name):
    """The scene of circuits with the weather of this name chosen."""
    row = next(row for row in scene.page.rows if isinstance(row, WeatherChoice))
    scene.page.choose(scene.page.rows.index(row))
    for _ in range(10):
        if row.weather.name == name:
            return scene
        scene.handle(Command.CONFIRM)
    raise AssertionError(f"no {name}")


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)])
def test_the_row_is_in_view_beside_the_list_of_circuits(offscreen, new_routes, size):
    offscreen(size)
    routes = new_routes()
    scene = routes.circuits(routes.title())
    scene.update(0.0)
    scene.draw(pygame.Surface(size))
    row = next(row for row in scene.page.rows if isinstance(row, WeatherChoice))
    assert scene.page.rows.index(row) in scene.page.shown_rows()


def test_a_weather_whose_file_is_gone_is_told_and_the_present_one_stays(routes, monkeypatch):
    def gone(name):
        raise InputError(f"{name}: no such weather")

    scene = routes.circuits(routes.title())
    row = next(row for row in scene.page.rows if isinstance(row, WeatherChoice))
    scene.page.choose(scene.page.rows.index(row))
    monkeypatch.setattr("game.app.menus.weather_by_name.load_weather", gone)
    told = []
    monkeypatch.setattr(scene.context.notice, "show", told.append)
    scene.handle(Command.RIGHT)
    assert row.weather == CLEAR_NOON
    assert [text.endswith("no such weather") for text in told] == [True]


def test_a_wind_is_named_by_the_nearest_of_eight_directions():
    texts = [weather_text(Weather(wind_mps=5.0, wind_from_deg=deg)) for deg in (350.0, 23.0, 200.0)]
    assert [text.partition("km/h ")[2] for text in texts] == [
        "from the north",
        "from the north-east",
        "from the south",
    ]


def test_what_is_opened_next_is_in_the_chosen_weather_and_says_so(offscreen, new_routes, tmp_path):
    offscreen((320, 240))
    file = SettingsFile(tmp_path / "settings.toml")
    routes = new_routes(file.settings, file)
    title = routes.title()
    scene = turned_to(routes.circuits(title), "warm_evening")
    track = routes.garage.track
    routes.open_circuit("ricardo_tormo", title, weather=scene._weather.weather, to_drive=False)
    assert routes.garage.track is not track
    assert routes.garage.spec == in_weather(load_car(), load_weather("warm_evening"))
    assert routes.garage.place_text == "Circuit Ricardo Tormo · Warm evening"
    drive = player_drive(routes.garage)
    assert drive.followed.entry.spec.weather == load_weather("warm_evening")
    kept = SettingsFile(tmp_path / "settings.toml").settings
    assert kept.drive.weather == "warm_evening"
    spec, warning = _in_chosen_weather(load_car(), None, kept)
    assert (spec, warning) == (routes.garage.spec, "")


def test_a_weather_of_before_that_is_gone_is_told_and_it_is_a_clear_noon():
    gone = msgspec.structs.replace(
        Settings(), drive=msgspec.structs.replace(Settings().drive, weather="fog")
    )
    spec, warning = _in_chosen_weather(load_car(), None, gone)
    assert spec == load_car()
    assert warning.startswith(
        "The weather of last time cannot be had, so this is a clear noon: fog"
    )
    with pytest.raises(InputError, match="fog: no such weather"):
        _in_chosen_weather(load_car(), "fog", Settings())


def test_in_the_usual_weather_nothing_is_said_of_it(routes):
    assert routes.garage.place_text == routes.garage.track.title
    assert weather_digest(routes.garage.spec.weather) == ""
    assert routes.garage.spec.weather == CLEAR_NOON


def test_times_are_asked_for_in_the_weather_that_is_chosen(routes):
    scene = turned_to(routes.circuits(routes.title()), "windy")
    scene.update(0.0)
    spec, _tyre = scene._survey._subject
    assert spec.weather == load_weather("windy")
    assert spec.weather.wind_mps == approx(5.5)
