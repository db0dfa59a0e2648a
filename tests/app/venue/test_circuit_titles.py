"""Circuits are called by their titles before they are read, and say in what land they lie."""

import pytest

from game.app.scenes.circuit_board import facts_of, place_text
from game.app.venue.circuit_facts import circuit_facts
from game.app.venue.circuit_titles import circuit_title
from game.track.track_file import FILE_NAME
from game.vehicle.spec import in_weather, load_car
from game.weather.weather import load_weather


def test_a_circuit_that_ships_is_called_by_its_title():
    assert circuit_title("ambra_flats") == "Ambra Flats"
    assert circuit_title("gone") == "gone"


@pytest.mark.parametrize(
    "content",
    [b"title = 3\n", b'title = "\xff"\n', b'credit = "me"\n', b"title = \n", b"[a]\ntitle = 'b'\n"],
)
def test_a_circuit_without_a_readable_title_is_called_as_its_folder(content, tmp_path, monkeypatch):
    folder = tmp_path / "tracks" / "home"
    folder.mkdir(parents=True)
    (folder / FILE_NAME).write_bytes(content)
    monkeypatch.setattr("game.app.venue.circuit_titles.player_folder", lambda: tmp_path)
    assert circuit_title("home") == "home"
    (folder / FILE_NAME).write_text('# mine\ntitle = "At home"\n[centreline]\n')
    assert circuit_title("home") == "At home"


def test_the_board_says_in_what_land_a_circuit_lies_and_what_weather_its_times_are_of():
    spec = in_weather(load_car(), load_weather("windy"))
    facts = circuit_facts("hallabruck", spec, "slick")
    shown = {fact.label: fact.value for fact in facts_of(facts)}
    assert place_text(facts) == (
        "In the woods · Windy: Air 20 °C, road 27 °C, wind 20 km/h from the west"
    )
    assert shown["Length"] == "5.60 km"
