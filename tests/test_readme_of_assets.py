"""The examples in assets/README.md are a car that laps, its look and setup, and a weather."""

import tomllib

import pytest
import tomli_w
from oval import make_oval

from game.app.car.look import load_look
from game.files import assets_folder
from game.headless.stint import Conditions, drive_laps
from game.setups.setup_file import read_setup
from game.vehicle.setup import default_setup
from game.vehicle.spec import DEFAULT_CAR, in_weather, load_car
from game.weather.weather import load_weather

README = assets_folder() / "README.md"


@pytest.fixture
def folder(tmp_path):
    """The examples as files, the tables that the look leaves out taken from the default car's."""
    parts = README.read_text(encoding="utf-8").split("```toml\n")[1:]
    car, look, setup, weather = (part.split("```")[0] for part in parts)
    (tmp_path / "hatchback.toml").write_text(car, encoding="utf-8")
    (tmp_path / "town.toml").write_text(setup, encoding="utf-8")
    (tmp_path / "breeze.toml").write_text(weather, encoding="utf-8")
    leaf = assets_folder() / "cars" / f"{DEFAULT_CAR}.look.toml"
    whole = tomllib.loads(leaf.read_text(encoding="utf-8")) | tomllib.loads(look)
    (tmp_path / "hatchback.look.toml").write_text(tomli_w.dumps(whole), encoding="utf-8")
    return tmp_path


@pytest.mark.slow
def test_the_car_laps_with_its_setup_and_has_a_look_of_its_own(folder):
    spec = load_car(str(folder / "hatchback.toml"))
    assert spec.rear_motor_name is None
    setup = read_setup(folder / "town.toml", spec).setup
    assert (setup.power_map, setup.tyre) == (2, "road")
    (lap,) = drive_laps(Conditions(make_oval(), spec), setup).laps
    assert lap.valid
    look = load_look(spec)
    assert look.drawn_length_m == spec.chassis.length_m
    assert look != load_look(load_car())


def test_every_table_and_key_of_the_shipped_look_is_one_that_the_page_names(folder):
    page = README.read_text(encoding="utf-8")
    for table in tomllib.loads((folder / "hatchback.look.toml").read_text(encoding="utf-8")):
        assert f"[{table}]" in page or f"{table} =" in page


@pytest.mark.slow
def test_the_weather_is_one_to_lap_in(folder):
    breeze = load_weather(str(folder / "breeze.toml"))
    assert (breeze.title, len(breeze.changes)) == ("Breeze", 2)
    calm, windy = (
        drive_laps(Conditions(make_oval(), spec), default_setup(spec)).laps
        for spec in (load_car(), in_weather(load_car(), breeze))
    )
    assert windy[0].valid
    assert windy[0].time_s != calm[0].time_s
