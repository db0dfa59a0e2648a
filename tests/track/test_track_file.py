"""Whatever is wrong with a track file is reported in one line that names the file and the key."""

import pytest

from game.errors import InputError
from game.files import tracks_folder
from game.track.track import load_track, track_names


def reason(call, *arguments):
    with pytest.raises(InputError) as caught:
        call(*arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


MISSPELT = [
    (
        "straight_m = 100.0\nd",
        "strait_m = 1\nd",
        "turns[0].strait_m is not a key: did you mean straight_m",
    ),
    ("taper_m = 5.0", "q = 5.0", "ground.kerbs[0].q is not a key"),
    ('title = "Oval"', "", "title is missing: add it"),
    ("restitution = 0.1,", "", "walls.kinds.armco.restitution is missing: add it"),
    ("friction = 0.4", "friction = 40", "walls.kinds.armco.friction: expected `float` <= 2.0"),
    ("radius_m = 50.0", "radius_m = -50.0", "centreline.turns[0].radius_m: expected `float` > 0.0"),
    ("radius_m = 50.0", "radius_m = []", "turns[0].radius_m: expected `array` of length >= 1"),
    ("x_m = 0.0", "x_m = nan", "centreline.x_m: expected a finite number"),
    ("x_m = 0.0", 'x_m = "0"', "centreline.x_m: expected `float`, got `str`"),
    ('side = "left"', 'side = "up"', "side: invalid enum value 'up', expected one of left, right"),
    ('side = "left"', 'side = "up"', "walls.barriers[0].side: invalid enum value 'up'"),
    (
        'kind = "orchards"',
        'kind = "moon"',
        "landscape.kind: invalid enum value 'moon', expected one of"
        " city, desert, meadows, orchards, woodland",
    ),
    ('kind = "tyres"', 'kind = "hay"', "walls.barriers[1].other[0].kind: invalid enum value 'hay'"),
    ("[300, 8.0]", "[300]", "ground.right_m[1]: expected `array` of length 2, got 1"),
    ("[official]", "[official", "not valid TOML"),
    ("title", "title = 1\ntitle", "not valid TOML"),
]
UNDRIVABLE = [
    (
        "= 180.0",
        "= 170.0",
        "the corners turn by 350.000 degrees in all, not 360: change an angle by 10.000 degrees",
    ),
    ("= 200.0", "= 190.0", "the loop does not close: its end misses its start by 10.000 m"),
    (
        "= 200.0",
        "= 200.0\nfree = true",
        "1 straights are free: mark 2 to close the loop, 3 to give",
    ),
    (
        "714.16",
        "714.0",
        "official.length_m: the centreline is 714.16 m long, 0.16 m more than the",
    ),
    (
        "left_m = 6.0",
        "left_m = 51.0",
        "ground: at 100 m the left edge is 51.0 m from the centreline",
    ),
    (
        "transition_m = 0.0",
        "transition_m = 200.0",
        "the transitions of T1 turn more than its angle",
    ),
    ("radius_m = 50.0", "radius_m = [50.0, 50.0]", "turn 1 has 2 radius_m, 1 angle_deg and 3"),
    ("number = 2", "number = 1", "centreline.turns: two turns have the same number"),
    ("[0.25, 0.6]", "[0.6, 0.25]", "sectors: the shares of the lap must rise"),
    ("to_m = 60, width", "to_m = 720, width", "ground.kerbs[0].to_m: 720 m is beyond the lap"),
    ("[300, 8.0]", "[900, 8.0]", "ground.right_m: 900 m is beyond the lap"),
    ("[180, 12, 30]", "[80, 12, 30]", "ground.gravel[0].edges_m: its rows must follow one another"),
    ('side = "left"\nkind', 'side = "right"\nkind', "walls.barriers: give one for the left side"),
    ("[180, 12, 30]", "[180, 3, 30]", "gravel on the right at 137 m begins 6.80 m from the centre"),
]


@pytest.mark.parametrize(("old", "new", "message"), MISSPELT + UNDRIVABLE)
def test_a_mistake_is_reported_with_file_key_and_remedy(write, old, new, message):
    path = write((old, new))
    line = reason(load_track, path)
    assert line.startswith(f"{path}: ")
    assert message in line


def test_a_track_that_runs_over_itself_is_told_where(write):
    path = write(
        ("radius_m = 50.0", "radius_m = 5.5"), ("radius_m = 50.0", "radius_m = 5.5"),
        ("left_m = 6.0", "left_m = 5.0"), ("714.16", "434.56"), ("[300, 8.0]", "[300, 6.0]"),
        ('distance_m = 20.0', 'distance_m = 5.2'), ("[650, 12, 16]", "[430, 12, 16]"),
        ("from_m = 600", "from_m = 400"), ("[[700, 10]", "[[400, 10]"),
        ("[500, -14, 4]", "[430, -14, 4]"),
    )  # fmt: skip
    assert "the track runs over itself at" in reason(load_track, path)


def test_a_name_that_nobody_knows_lists_those_that_are_known():
    known = ", ".join(track_names())
    assert "ricardo_tormo" in known
    assert reason(load_track, "monza").endswith(f"monza: no such track; there are {known}")


def test_of_a_hundred_circuits_a_wrong_name_is_told_those_that_it_may_have_meant(
    tmp_path, monkeypatch
):
    monkeypatch.setattr("game.track.track.player_folder", lambda: tmp_path)
    for number in range(100):
        path = tmp_path / "tracks" / f"made_{number}" / "track.toml"
        path.parent.mkdir(parents=True)
        path.touch()
    told = reason(load_track, "tarnfel")
    assert f"there are {len(track_names())}, most like it tarnfell" in told
    assert "'leaf-rc track list' has all" in told
    assert len(told) < 200


def test_a_missing_file_is_told_by_its_path(tmp_path):
    assert reason(load_track, str(tmp_path)) == f"{tmp_path / 'track.toml'}: there is no such file"
    assert "no such file" in reason(load_track, str(tmp_path / "other.toml"))


def test_a_circuit_is_found_by_name_folder_and_file(write, monkeypatch, tmp_path):
    path = write()
    monkeypatch.setattr("game.track.track.player_folder", lambda: tmp_path / "player")
    folder = tmp_path / "player" / "tracks" / "my oval"
    folder.mkdir(parents=True)
    (folder / "track.toml").write_bytes((tmp_path / "oval" / "track.toml").read_bytes())
    shipped = {entry.parent.name for entry in tracks_folder().glob("*/track.toml")}
    assert track_names() == sorted({"my oval", "ricardo_tormo", *shipped})
    names = [load_track(name).name for name in ("my oval", path, str(tmp_path / "oval"))]
    assert names == ["my oval", "oval", "oval"]


def test_a_file_of_points_is_no_circuit_yet_and_told_how_it_becomes_one(tmp_path):
    path = tmp_path / "lane.csv"
    path.write_text("# x_m,y_m\n")
    with pytest.raises(InputError, match=r"lane\.csv: is no circuit's file .*leaf-rc track import"):
        load_track(str(path))
