"""`leaf-rc track import` writes a circuit that is driven on, and reports how near it is."""

import json
import shutil
import tomllib
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from figure_of_eight import ABOVE_M, BELOW_M, LAP_M, make_figure_of_eight
from oval import make_oval
from pytest import approx
from sample_circuits import made_circuit
from sampled_lines import along, as_a_map, circle, rms
from scipy.spatial import cKDTree
from typer.testing import CliRunner

from game.cli.tracks import app
from game.errors import InputError
from game.track.check import check
from game.track.importing.importing import ImportOptions, import_circuit
from game.track.track import load_track
from game.track.track_file import Source

pytestmark = pytest.mark.slow

OSM = Path(__file__).with_name("ricardo_tormo_osm.csv")


@pytest.fixture
def imported(tmp_path, monkeypatch):
    """Runs the command for points or a file; gives what it printed as JSON."""
    monkeypatch.setattr("game.track.own_tracks.player_folder", lambda: tmp_path)
    monkeypatch.setattr("game.track.track.player_folder", lambda: tmp_path)

    def run(points, *options, name="points.csv", header="x,y"):
        path = tmp_path / name
        if isinstance(points, Path):
            shutil.copy(points, path)
        else:
            np.savetxt(path, points, fmt="%.4f", delimiter=",", header=header)
        result = CliRunner().invoke(
            app, ["import", str(path), "--json", *map(str, options)], standalone_mode=False
        )
        if result.exception is not None:
            raise result.exception
        return json.loads(result.output)

    return run


def test_the_report_and_the_file_tell_how_near_the_line_is(imported):
    report = imported(along(make_oval(), 5.0, 0.2), "--licence", "CC0", "--title", "My oval")
    source = tomllib.loads(Path(report["path"]).read_text())["source"]
    assert source["rms_m"] == approx(report["rms_m"], abs=1e-3)
    assert source["max_m"] == approx(report["max_m"], abs=1e-3)
    assert 0.1 < report["rms_m"] < 0.5 < report["max_m"] + 0.5
    assert source["points"] == report["points"] == 143
    assert (source["file"], source["format"], source["licence"]) == ("points.csv", "CSV", "CC0")
    assert report["track"] == "points"
    assert report["title"] == "My oval"
    assert report["length_m"] == approx(make_oval().length_m, rel=0.003)


@pytest.mark.parametrize(
    "character", ["hairpins", "fast sweeps", "narrow", "chicanes", "a long straight"]
)
def test_nothing_is_wrong_with_an_imported_circuit(imported, character):
    track = made_circuit(character)
    report = imported(as_a_map(track, noise_m=0.2), "--width", 2.0 * track.bands.left_m[0, 0])
    found = load_track(report["path"])
    assert check(found) == []
    assert report["length_m"] == approx(track.length_m, rel=0.003)
    assert report["corners"] == len(found.corners)


def test_a_circuit_of_that_name_is_written_over_only_when_that_is_asked_for(imported):
    imported(circle(), "--name", "ring")
    with pytest.raises(InputError, match="already exists: give --name, or add --force"):
        imported(circle(), "--name", "ring")
    assert imported(circle(200.0), "--name", "ring", "--force")["length_m"] > 1000.0
    with pytest.raises(InputError, match="ships with the game"):
        imported(circle(), "--name", "ricardo_tormo")
    with pytest.raises(InputError, match="has no letters"):
        imported(circle(), name="環.csv")


def test_the_start_line_is_where_it_is_asked_for_and_the_lap_runs_the_asked_way(imported):
    oval = make_oval()
    points_m = along(oval, 5.0)
    report = imported(points_m, "--start", 50.0)
    line = load_track(report["path"]).centreline
    assert np.hypot(*(np.array(line.start[:2]) - oval.centreline.position(50.0)[0])) < 0.5
    report = imported(points_m, "--start", 50.0, "--reverse", "--force")
    line = load_track(report["path"]).centreline
    assert np.cos(line.start.heading_rad) == approx(-1.0, abs=0.01)
    assert line.end.heading_rad - line.start.heading_rad == approx(-2.0 * np.pi)


def test_a_start_in_a_corner_is_moved_to_the_longest_straight_with_a_word(imported):
    oval = make_oval()
    in_corner = np.roll(along(oval, 5.0), -30, axis=0)
    report = imported(in_corner)
    start = load_track(report["path"]).centreline.start
    assert abs(np.sin(start.heading_rad)) < 0.01
    assert "the first point lies in a corner" in report["notes"][0]
    assert "--start 0 keeps the start line" in report["notes"][-1]
    report = imported(in_corner, "--start", 0, "--force")
    assert abs(np.sin(load_track(report["path"]).centreline.start.heading_rad)) > 0.5


def test_widths_of_the_file_are_those_of_the_circuit(imported):
    points_m = along(make_oval(), 5.0)
    right_m = np.where(points_m[:, 1] > 50.0, 7.5, 5.0)
    rows = np.column_stack([points_m, right_m, np.full(len(points_m), 6.5)])
    report = imported(rows, header="x_m,y_m,w_tr_right_m,w_tr_left_m")
    found = load_track(report["path"])
    assert found.bands.left_m[:, 0] == approx(6.5, abs=0.3)
    assert found.bands.right_m[50, 0] == approx(5.0, abs=0.3)
    assert found.bands.right_m[len(found.frames.s_m) // 2, 0] == approx(7.5, abs=0.3)
    assert len(read_profile(report)) < 12


def read_profile(report):
    return tomllib.loads(Path(report["path"]).read_text())["ground"]["right_m"]


def test_a_hairpin_tighter_than_the_road_is_wide_is_made_narrower_inside(imported):
    bend_rad = np.linspace(0.0, np.pi, 14)
    bend_m = 9.0 * np.column_stack([np.sin(bend_rad), -np.cos(bend_rad)])
    straight_m = np.column_stack([np.arange(0.0, 300.0, 10.0), np.full(30, -9.0)])
    ring_m = np.vstack([straight_m, bend_m + np.array([300.0, 0.0])])
    found = load_track(imported(np.vstack([ring_m, (300.0, 0.0) - ring_m]), "--width", 14)["path"])
    assert 4.5 < found.bands.left_m[:, 0].min() < 6.0
    assert check(found) == []


def test_a_line_that_crosses_itself_gets_a_bridge_of_the_part_farther_from_the_start(imported):
    report = imported(along(make_figure_of_eight(), 6.0))
    (bridge,) = tomllib.loads(Path(report["path"]).read_text())["centreline"]["bridges"]
    assert bridge["from_m"] < ABOVE_M < bridge["to_m"]
    assert any("crosses itself" in note for note in report["notes"])
    found = load_track(report["path"])
    assert check(found) == []
    assert (found.bands.left_m[:, 0] == 6.0).all()


def test_names_of_ways_are_the_names_of_corners_and_a_tagged_bridge_is_above(tmp_path):
    eight = make_figure_of_eight()
    degrees = eight.frames.places_m[::6] / (86_030.9, 111_032.0) + (-0.63, 39.48)
    cuts = [0, 20, 55, 95, 137, len(degrees)]
    tags = [{}, {"name": "Wide"}, {}, {"name": "Tight"}, {"bridge": "yes"}]
    features = [
        {
            "type": "Feature",
            "properties": {"highway": "raceway", **each},
            "geometry": {
                "type": "LineString",
                "coordinates": np.take(
                    degrees, range(begin, end + 1), axis=0, mode="wrap"
                ).tolist(),
            },
        }
        for (begin, end), each in zip(pairwise(cuts), tags, strict=True)
    ]
    path, out = tmp_path / "eight.geojson", tmp_path / "eight" / "track.toml"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    report = import_circuit(path, ImportOptions(out=out), lambda _: None)
    content = tomllib.loads(out.read_text())
    assert [corner.get("name") for corner in content["centreline"]["corners"]] == ["Wide", "Tight"]
    (bridge,) = content["centreline"]["bridges"]
    span_m = (bridge["to_m"] - bridge["from_m"]) % LAP_M  # it may run over the start line
    assert 0.0 < (BELOW_M - report.start_m - bridge["from_m"]) % LAP_M < span_m
    assert "ODbL" in content["credit"]


def test_what_is_written_reads_back(imported):
    report = imported(circle(), "--title", 'A "ring"\nof 100 m \\ ', name="a b.csv")
    assert load_track(report["path"]).title == 'A "ring"\nof 100 m \\ '
    assert report["track"] == "a_b"


def test_an_imported_circuit_lies_in_meadows_unless_it_is_said_to_lie_elsewhere(imported):
    narrow = imported(circle(), "--width", 8)
    assert load_track(narrow["path"]).landscape.kind == "meadows"
    report = imported(circle(), "--landscape", "woodland", "--force")
    assert load_track(report["path"]).landscape.kind == "woodland"


@pytest.mark.parametrize(
    ("option", "value"),
    [("--width", 1), ("--width", "nan"), ("--tolerance", 0), ("--start", "inf")],
)
def test_an_option_out_of_its_range_is_refused_in_one_line(imported, option, value):
    with pytest.raises(InputError, match=f"{option} .*: expected"):
        imported(circle(), option, value)


def test_progress_rises_from_nothing_to_all(tmp_path):
    shares = []
    path = tmp_path / "ring.csv"
    np.savetxt(path, circle(), delimiter=",")
    import_circuit(path, ImportOptions(out=tmp_path / "track.toml"), shares.append)
    assert shares == sorted(shares)
    assert 0.0 < shares[0] < 0.5
    assert np.diff(shares).max() < 0.6  # the fit of a circle is short
    assert shares[-1] == 1.0


def test_ricardo_tormo_from_the_map_is_the_circuit_that_ships(imported, ricardo_tormo):
    report = imported(OSM, name="osm.csv")
    assert report["rms_m"] < 0.5
    assert report["corners"] == len(ricardo_tormo.corners) == 14
    fine_m = load_track(report["path"]).centreline.position(np.arange(0.0, report["length_m"], 0.5))
    assert rms(cKDTree(fine_m).query(ricardo_tormo.frames.places_m)[0]) < 1.0
    assert report["length_m"] == approx(ricardo_tormo.length_m, rel=0.003)
    assert "ODbL" in tomllib.loads(Path(report["path"]).read_text())["credit"]


def test_all_that_is_known_of_the_source_is_in_the_file(imported):
    report = imported(circle())
    content = tomllib.loads(Path(report["path"]).read_text())
    assert set(content["source"]) == set(Source.__struct_fields__)
