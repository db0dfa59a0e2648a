"""A car is chosen by name or path, and what was made for another car is refused in one line."""

import json

import pytest
from fake_measurements import answer_at_once
from first_lap import show_first_lap
from hatchback import make_hatchback, write_car
from oval import OVAL, SMALL_OVAL, make_oval
from test_cli import one_line

from game.files import player_folder
from game.setups.setup_file import write_setup
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import DEFAULT_CAR, car_names, load_car

pytestmark = pytest.mark.slow


@pytest.fixture
def hatchback(tmp_path):
    """The file of a second car."""
    return write_car(make_hatchback(), tmp_path / "cars" / "hatchback.toml")


def test_a_car_is_found_by_its_path_and_by_its_name_once_the_player_has_saved_it(hatchback):
    assert load_car(str(hatchback)).id == "hatchback"
    assert car_names() == [DEFAULT_CAR]
    own = write_car(make_hatchback(), player_folder() / "cars" / "hatchback.toml")
    try:
        own.with_name("hatchback.look.toml").write_text("")  # no car
        assert car_names() == ["hatchback", DEFAULT_CAR]
        assert load_car("hatchback").chassis == make_hatchback().chassis
        assert load_car("hatchback").folder == str(own.parent)
    finally:
        own.with_name("hatchback.look.toml").unlink()
        own.unlink()


@pytest.mark.parametrize(
    "words",
    [
        ("drive",),
        ("lap",),
        ("sweep", "--vary", "abs"),
        ("tune", "--vary", "abs"),
        ("compare", "45-55", "50-50"),
        ("figures",),
        ("validate", "--quick"),
        ("shot", "out.png"),
        ("sound", "out.wav"),
        ("setup", "show", "45-55"),
        ("setup", "values"),
        ("setup", "list"),
        ("setup", "code", "45-55"),
        ("setup", "import", "45-55.toml"),
        ("setup", "export", "45-55", "out.toml"),
        ("setup", "duplicate", "45-55", "mine"),
        ("car", "show", "gt_r"),
    ],
    ids=" ".join,
)
def test_a_wrong_name_is_answered_with_the_cars_there_are(run_command, words):
    chosen = words if "gt_r" in words else (*words, "--car", "gt_r")
    code, out, err = run_command(*chosen)
    assert (code, out) == (2, "")
    assert err == f"leaf-rc: gt_r: no such car; there are {DEFAULT_CAR}\n"


def test_the_second_car_drives_a_lap_that_its_replay_proves(run_command, tmp_path, hatchback):
    replay, track = tmp_path / "lap.replay", tmp_path / "oval" / "track.toml"
    track.parent.mkdir()
    track.write_text(OVAL, encoding="utf-8")
    driven = ("lap", "--car", hatchback, "--track", track, "--replay", replay, "--json")
    code, out, _ = run_command(*driven)
    report = json.loads(out)
    assert code == 0
    assert (report["car"], report["car_id"]) == ("Hatchback", "hatchback")
    assert report["laps"][0]["valid"]
    assert report["setup"]["tyre"] == "road"
    code, out, _ = run_command("verify", replay, "--track", track, "--car", hatchback)
    assert code == 0
    assert "Hatchback" in out
    assert "the same to the last bit" in out
    missing = (
        f"hatchback: no such car; there are {DEFAULT_CAR}; name the file of its car with --car"
    )
    for command in ("verify", "watch"):
        code, _, err = run_command(command, replay, "--track", track)
        assert (code, err) == (2, f"leaf-rc: {replay}: {missing}\n")
    code, _, err = run_command("verify", replay, "--track", track, "--car", DEFAULT_CAR)
    assert code != 0
    assert "another car" in err
    assert one_line(err)


@pytest.mark.usefixtures("compiled_ticks")
@pytest.mark.parametrize("scene", ["drive", "setup", "setup-map", "setup-presets", "title"])
def test_the_second_car_is_drawn(run_command, tmp_path, hatchback, scene, monkeypatch):
    answer_at_once(monkeypatch, make_oval(SMALL_OVAL))
    show_first_lap(monkeypatch)
    track = tmp_path / "oval" / "track.toml"
    track.parent.mkdir()
    track.write_text(SMALL_OVAL, encoding="utf-8")
    out = tmp_path / "drive.png"
    chosen = ("--track", track, "--car", hatchback, "--size", "320x200", "--scene", scene)
    assert run_command("shot", out, *chosen) == (0, "", "")
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_setup_for_one_car_is_refused_for_the_other(run_command, tmp_path, hatchback):
    spec = load_car(str(hatchback))
    theirs = tmp_path / "theirs.toml"
    write_setup(theirs, default_setup(spec), spec.id)
    its_code = run_command("setup", "code", theirs, "--car", hatchback)[1].strip()
    assert its_code.startswith("RC3-")
    refused = [
        (("lap", "--setup", theirs), f"{theirs}: is a setup for the car hatchback, not for"),
        (("lap", "--setup", its_code), "is a setup for the car hatchback, not for leaf_nismo_rc"),
        (("setup", "import", theirs), f"{theirs}: is a setup for the car hatchback, not for"),
        (("lap", "--setup", "45-55", "--car", hatchback), "45-55.toml: is a setup for the car"),
        (("lap", "--setup", "RC1-YQM9-350", "--car", hatchback), "the car leaf_nismo_rc, not for"),
        (("compare", "45-55", theirs), f"{theirs}: is a setup for the car hatchback, not for"),
        (("sweep", "--vary", "abs", "--setup", theirs), "for the car hatchback, not for"),
        (("figures", "--setup", theirs), "for the car hatchback, not for leaf_nismo_rc"),
    ]
    for words, said in refused:
        code, out, err = run_command(*words)
        assert (code, out) == (2, ""), words
        assert said in err
        assert one_line(err)
    shown = json.loads(run_command("setup", "show", its_code, "--car", hatchback, "--json")[1])
    assert (shown["car"], shown["setup"]["tyre"]) == ("hatchback", "road")


def test_values_are_those_of_the_car(run_command, tmp_path, hatchback):
    values = json.loads(run_command("setup", "values", "--car", hatchback, "--json")[1])["values"]
    named = {each["name"]: each for each in values}
    assert named["tyre"]["choices"] == ["road", "rain"]
    assert (named["front_torque_share"]["min"], named["front_torque_share"]["max"]) == (1, 1)
    path = tmp_path / "rear.toml"
    path.write_text('car = "hatchback"\nfront_torque_share = 0.4\n')
    code, _, err = run_command("lap", "--car", hatchback, "--setup", path)
    assert code == 2
    assert err == f"leaf-rc: {path}: front_torque_share: is 0.4, can be 1 to 1\n"
    code, _, err = run_command("lap", "--car", hatchback, "--tyre", "slick")
    assert err == "leaf-rc: --tyre slick: there is no such tyre; choose one of road, rain\n"


def test_setups_are_listed_for_their_car_and_share_their_names(run_command, tmp_path, hatchback):
    path = tmp_path / "town.toml"
    path.write_text('car = "hatchback"\ntyre = "rain"\n')
    assert run_command("setup", "import", path, "--car", hatchback)[0] == 0
    try:
        assert run_command("setup", "list", "--car", hatchback)[1] == "town (yours)\n"
        assert "town" not in run_command("setup", "list")[1]
        write_setup(tmp_path / "town.toml", Setup(), DEFAULT_CAR)
        err = run_command("setup", "import", path)[2]
        assert err == "leaf-rc: setup 'town': already exists: choose another name\n"
    finally:
        assert run_command("setup", "delete", "town")[0] == 0


def test_a_damaged_car_of_yours_hides_no_other(run_command, tmp_path, monkeypatch):
    monkeypatch.setattr("game.toml_files.player_folder", lambda: tmp_path)
    (tmp_path / "cars").mkdir()
    (tmp_path / "cars" / "mine.toml").write_text("")
    code, out, _ = run_command("car", "list")
    shipped, damaged = out.splitlines()
    assert (code, shipped) == (0, "leaf_nismo_rc: Nissan LEAF NISMO RC")
    assert damaged.startswith("mine: cannot be driven: ")
    rows = json.loads(run_command("car", "list", "--json")[1])["cars"]
    assert [sorted(row) for row in rows] == [["car", "name"], ["car", "fault"]]


def test_cars_are_listed_and_shown(run_command, hatchback):
    assert run_command("car", "list")[1] == "leaf_nismo_rc: Nissan LEAF NISMO RC\n"
    assert json.loads(run_command("car", "list", "--json")[1]) == {
        "cars": [{"car": DEFAULT_CAR, "name": "Nissan LEAF NISMO RC"}]
    }
    shown = json.loads(run_command("car", "show", hatchback, "--json")[1])
    assert (shown["car"], shown["name"], shown["mass_kg"]) == ("hatchback", "Hatchback", 950.0)
    assert shown["tyres"] == ["road", "rain"]
    assert "front motor only" in run_command("car", "show", hatchback)[1]
