"""`leaf-rc track make` keeps a circuit for the player and never writes over another one."""

import json

import pytest
import typer
from typer.testing import CliRunner

from game.cli.tracks import app
from game.errors import InputError
from game.track.maker import make_track_file
from game.track.track import load_track
from game.track.track_file import LandscapeEntry, read_track_file


@pytest.fixture
def make(tmp_path, monkeypatch):
    """Runs the command; gives what it printed, or raises what it raises."""
    monkeypatch.setattr("game.track.own_tracks.player_folder", lambda: tmp_path)
    monkeypatch.setattr("game.track.track.player_folder", lambda: tmp_path)

    def run(*arguments):
        result = CliRunner().invoke(app, ["make", *map(str, arguments)], standalone_mode=False)
        if result.exception is not None:
            raise result.exception
        return result.output

    return run


def test_a_made_circuit_is_named_and_loads_by_its_name(make, tmp_path):
    made = json.loads(make("--seed", 7, "--length", 2000, "--character", "street", "--json"))
    assert made["track"] == "street-2000-7"
    assert made["path"] == str(tmp_path / "tracks" / "street-2000-7" / "track.toml")
    track = load_track("street-2000-7")
    assert made["length_m"] == track.length_m
    assert made["left"] + made["right"] == made["corners"] == len(track.corners)


def test_the_file_reads_back_as_the_circuit_that_was_made(make, tmp_path):
    path = tmp_path / "own" / "track.toml"
    make("--seed", 3, "--length", 1500, "--character", "twisty", "--out", path)
    assert read_track_file(path) == make_track_file(3, 1500.0, "twisty")
    assert "leaf-rc track make --seed 3 --length 1500 --character twisty" in path.read_text()


def test_a_circuit_is_made_in_the_landscape_that_is_asked_for(make, tmp_path):
    path = tmp_path / "own" / "track.toml"
    make("--seed", 4, "--length", 1000, "--landscape", "desert", "--out", path)
    assert read_track_file(path).landscape == LandscapeEntry("desert", 4)
    with pytest.raises(typer.BadParameter, match="woodland"):
        make("--seed", 4, "--length", 1000, "--landscape", "moon")


def test_another_circuit_is_written_over_only_when_that_is_asked_for(make):
    make("--seed", 1, "--length", 1000, "--name", "mine")
    before = load_track("mine").length_m
    with pytest.raises(InputError, match=r"mine.track\.toml: already exists"):
        make("--seed", 2, "--length", 1200, "--name", "mine")
    assert load_track("mine").length_m == before
    make("--seed", 2, "--length", 1200, "--name", "mine", "--force")
    assert load_track("mine").length_m != before


def test_a_circuit_that_ships_keeps_its_name(make):
    with pytest.raises(InputError, match="ships with the game"):
        make("--seed", 1, "--name", "ricardo_tormo", "--force")


@pytest.mark.parametrize("name", ["a+mirror", "../up", "", "x" * 65, ".hidden"])
def test_a_name_that_no_folder_should_have_is_refused(make, name):
    with pytest.raises(InputError, match="use letters"):
        make("--seed", 1, "--name", name)


def test_title_land_and_corner_names_are_written_and_stand_in_the_command(make, tmp_path):
    path = tmp_path / "own" / "track.toml"
    named = ("--title", "Home", "--landscape", "woodland", "--corner", "2=Old Mill")
    make("--seed", 3, "--length", 1500, "--character", "twisty", "--out", path, *named)
    track = load_track(str(path))
    assert (track.title, track.landscape.kind) == ("Home", "woodland")
    assert [corner.name for corner in track.corners if corner.name] == ["Old Mill"]
    text = path.read_text()
    assert text.startswith("# Home. Made by\n")
    assert all(part in text for part in ("--title Home", "--landscape woodland", "'2=Old Mill'"))


@pytest.mark.parametrize("text", ["0=Gate", "99=Gate", "2", "2=", "Gate"])
def test_the_name_of_a_corner_that_there_is_not_is_refused(make, tmp_path, text):
    path = tmp_path / "own" / "track.toml"
    with pytest.raises(InputError, match="write N=NAME, N from 1 to"):
        make("--seed", 3, "--length", 1500, "--corner", text, "--out", path)
    assert not path.exists()


def test_hills_stand_in_the_file_and_in_its_command(make, tmp_path):
    path = tmp_path / "own" / "track.toml"
    report = make(
        "--seed", 3, "--length", 1500, "--character", "twisty", "--hills", 8, "--out", path
    )
    assert "m up" in report
    assert "--character twisty --hills 8" in path.read_text()
    heights_m = [height_m for _, height_m in read_track_file(path).profile.heights_m]
    assert 2.0 < max(heights_m) <= 8.0
