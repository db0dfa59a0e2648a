"""The list of circuits is made from their files; what is kept about them is found out once."""

import datetime
import json

import pytest
from figure_of_eight import figure_of_eight_file
from oval import OVAL

from game.boards.lap_writer import LapWriter
from game.digests import drive_digests
from game.goals.known_times import KnownTimes
from game.recording.best_lap import BestLap, save_best
from game.recording.ghost import GhostLap, TapedPose
from game.recording.traced_lap import TracedLap
from game.track.summary import summarise
from game.track.track import load_track
from game.vehicle.spec import load_car

FAULTY = "title = 7\n"


@pytest.fixture
def listed(tmp_path, monkeypatch, run_command):
    """Writes circuits of the player and gives what the command lists, by their names."""
    for module in ("track.track", "boards.lap_database"):
        monkeypatch.setattr(f"game.{module}.player_folder", lambda: tmp_path)
    for module in ("track.track", "goals.known_times"):
        monkeypatch.setattr(f"game.{module}.tracks_folder", lambda: tmp_path / "shipped")
    monkeypatch.setattr("game.goals.known_times.cache_folder", lambda: tmp_path / "cache")

    def run(files, *options):
        for name, text in files.items():
            path = tmp_path / "tracks" / name / "track.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        code, out, _ = run_command("track", "list", *options)
        assert code == 0
        return out

    return run


def as_json(text):
    return {row["track"]: row for row in json.loads(text)["tracks"]}


def never(*_):
    raise AssertionError("a circuit was built")


def test_circuits_are_listed_in_order_without_building_them(listed, monkeypatch):
    monkeypatch.setattr("game.track.track.build_track", never)
    files = {f"oval_{letter}": OVAL for letter in "cab"} | {"broken": FAULTY}
    rows = as_json(listed(files, "--json"))
    assert list(rows) == ["broken", "oval_a", "oval_b", "oval_c"]
    assert "title" in rows["broken"]["fault"]
    oval = rows["oval_a"]
    assert (oval["corners"], oval["left_corners"], oval["direction"]) == (2, 2, "anticlockwise")
    assert oval["length_m"] == pytest.approx(714.16, abs=0.01)
    assert oval["credit"] == "nobody"
    assert oval["best_s"] is oval["bot_s"] is oval["medal"] is None


def test_a_line_says_it_all(listed):
    lines = listed({"a": OVAL, "broken": FAULTY}).splitlines()
    assert lines[0] == "a: Oval, 714 m, 2 corners, anticlockwise; you -, bot -; nobody"
    assert lines[1].startswith("broken: cannot be driven on: ")


def test_times_are_found_out_once_until_a_file_changes(listed, monkeypatch, tmp_path):
    asked = []

    def found_out(name, _spec, _tyre, key):
        asked.append(name)
        return KnownTimes(key, best_s=61.5, medal="gold")

    monkeypatch.setattr("game.goals.known_times._found_out", found_out)
    lap = tmp_path / "laps" / "a" / "best-slick-leaf_nismo_rc.lap"
    lap.parent.mkdir(parents=True)
    lap.write_bytes(b"a lap")
    files = {"a": OVAL, "b": OVAL}
    for _ in range(2):
        rows = as_json(listed(files, "--json", "--tyre", "slick"))
        assert rows["a"]["best_s"] == 61.5
        assert rows["b"]["best_s"] is None
    assert asked == ["a"]
    lap.write_bytes(b"another lap")
    assert "you 1:01.500 (gold)" in listed(files, "--tyre", "slick")
    listed({"a": OVAL.replace("boxes = 24", "boxes = 22")}, "--tyre", "slick")
    assert asked == ["a"] * 3


def test_a_file_that_is_gone_by_the_time_it_is_looked_at_is_as_good_as_none(listed, monkeypatch):
    gone = "game.goals.known_times.kept_best_paths"
    monkeypatch.setattr(gone, lambda path: [path.with_name("pruned meanwhile")])
    assert as_json(listed({"a": OVAL}, "--json"))["a"]["best_s"] is None


@pytest.mark.parametrize("name", ["ricardo_tormo", "ricardo_tormo+mirror+reverse", "tarnfell"])
def test_a_summary_says_what_the_circuit_is(name):
    shown, track = summarise(name), load_track(name)
    assert (shown.name, shown.title, shown.length_m) == (track.name, track.title, track.length_m)
    lefts = sum(corner.inside == "left" for corner in track.corners)
    assert (shown.left_corners, shown.right_corners) == (lefts, len(track.corners) - lefts)


def test_a_lap_that_crosses_itself_is_a_figure_of_eight(listed):
    rows = [list(row) for row in figure_of_eight_file().centreline.elements]
    text = (
        f'title = "8"\ncredit = ""\n[ground]\nleft_m = 6\nright_m = 6\n[centreline]\n'
        f"x_m = 0\ny_m = 0\nheading_deg = 0\nelements = {rows}\n"
    )
    shown = listed({"eight": text})
    assert "figure of eight; you -" in shown
    assert summarise("eight").clockwise is None


def test_a_best_lap_counts_again_where_a_circuit_is_changed_back(listed, tmp_path):
    listed({"a": OVAL})
    track, spec = load_track("a"), load_car()
    ghost = GhostLap(61.5, (0.0,), (TapedPose(0.0, 0.0, 0.0, 0.0),))
    trace = TracedLap(61.5, 5.0, (0.0, 61.5))
    now = datetime.datetime(2026, 5, 17, tzinfo=datetime.UTC)
    best = BestLap(now, 61.5, (61.5,), trace, ghost, drive_digests(track, spec))
    save_best(best, tmp_path / "laps" / "a" / "best-slick-leaf_nismo_rc.lap")
    wider = OVAL.replace("left_m = 6", "left_m = 7")
    assert wider != OVAL
    for text, shown in ((OVAL, "you 1:01.500"), (wider, "you -"), (OVAL, "you 1:01.500")):
        assert shown in listed({"a": text}, "--tyre", "slick")
        LapWriter(load_track("a"), spec).close()  # the circuit is opened
        assert shown in listed({"a": text}, "--tyre", "slick")
