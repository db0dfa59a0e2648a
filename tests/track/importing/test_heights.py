"""Heights in a file become a circuit's heights, and a receiver's noise no bumps."""

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.track.importing.heights import height_rows
from game.track.importing.importing import ImportOptions, import_circuit
from game.track.importing.read_source import read_source
from game.track.road_profile import sample_profile
from game.track.track import load_track
from game.track.track_file import RoadProfileEntry

LAP_M = 3000.0
RADIUS_M = 150.0
COUNT = 120
BEND_RAD = np.arange(COUNT) * (math.tau / COUNT)
LON = 1.0 + np.degrees(RADIUS_M * np.cos(BEND_RAD) / 6_371_000.0 / math.cos(math.radians(40.0)))
LAT = 40.0 + np.degrees(RADIUS_M * np.sin(BEND_RAD) / 6_371_000.0)
HEIGHT_M = 100.0 + 5.0 * np.sin(BEND_RAD)


def hill_m(s_m):
    turn = math.tau * s_m / LAP_M
    return 20.0 * np.sin(turn) + 6.0 * np.cos(3.0 * turn)


@given(st.integers(0, 2**32 - 1))
def test_with_three_metres_of_noise_grades_are_right_within_three_hundredths(seed):
    rng = np.random.default_rng(seed)
    s_m = np.arange(0.0, LAP_M, 8.0)
    measured_m = hill_m(s_m) + rng.normal(0.0, 3.0, len(s_m))
    rows = height_rows(s_m, measured_m, LAP_M)
    at_m = np.arange(3000.0)
    found = sample_profile(RoadProfileEntry(rows), at_m, LAP_M)
    true_grade = (hill_m(at_m + 0.5) - hill_m(at_m - 0.5)) / 1.0
    error = found.grade - true_grade
    assert np.sqrt(np.mean(error**2)) < 0.013
    assert np.abs(error).max() < 0.035
    assert np.abs(found.height_m - hill_m(at_m)).max() < 3.5
    assert (41.0**2 * np.abs(found.bend_1pm)).max() < 3.0  # at 150 km/h no bump weighs a third


def test_without_noise_hills_stay_where_they_are():
    s_m = np.arange(0.0, LAP_M, 8.0)
    at_m = np.arange(3000.0)
    rows = height_rows(s_m, hill_m(s_m), LAP_M)
    found = sample_profile(RoadProfileEntry(rows), at_m, LAP_M)
    assert np.abs(found.height_m - hill_m(at_m)).max() < 0.6


@pytest.mark.parametrize(
    "height_m",
    [np.zeros(50), np.full(50, 147.0), np.full(50, np.nan), 147.0 + 0.1 * np.sin(np.arange(50.0))],
    ids=["zeros", "one height", "none", "a flat road"],
)
def test_no_heights_are_a_flat_road(height_m):
    assert height_rows(np.arange(50) * 20.0, height_m, 1000.0) == []


def gpx_of(heights_m):
    points = "".join(
        f'<trkpt lat="{lat:.9f}" lon="{lon:.9f}">'
        + ("" if height is None else f"<ele>{height:.2f}</ele>")
        + "</trkpt>"
        for lat, lon, height in zip(LAT, LON, heights_m, strict=True)
    )
    return f'<gpx version="1.1" creator="x"><trk><trkseg>{points}</trkseg></trk></gpx>'


def kml_of(heights_m):
    places = " ".join(
        f"{lon:.9f},{lat:.9f},{height:.2f}"
        for lat, lon, height in zip(LAT, LON, heights_m, strict=True)
    )
    return (
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><LineString><coordinates>'
        f"{places}</coordinates></LineString></Placemark></kml>"
    )


def geojson_of(heights_m):
    places = [
        [round(lon, 9), round(lat, 9), round(height, 2)]
        for lat, lon, height in zip(LAT.tolist(), LON.tolist(), heights_m, strict=True)
    ]
    return json.dumps({"type": "LineString", "coordinates": places})


@pytest.mark.parametrize(
    ("name", "text_of"),
    [("ring.gpx", gpx_of), ("ring.kml", kml_of), ("ring.geojson", geojson_of)],
)
def test_heights_are_read_beside_the_places(tmp_path, name, text_of):
    path = tmp_path / name
    path.write_text(text_of(HEIGHT_M.tolist()))
    line = read_source(path)
    assert line.height_m == pytest.approx(HEIGHT_M, abs=0.02)
    assert line.reversed().height_m == pytest.approx(HEIGHT_M[::-1], abs=0.02)


def test_where_a_point_has_no_height_there_are_none(tmp_path):
    path = tmp_path / "ring.gpx"
    path.write_text(gpx_of([None, *HEIGHT_M.tolist()[1:]]))
    assert read_source(path).height_m is None


@pytest.mark.slow
@pytest.mark.parametrize("reverse", [False, True])
def test_an_imported_circuit_has_the_heights_of_its_places(tmp_path, reverse):
    path, out = tmp_path / "ring.gpx", tmp_path / "ring" / "track.toml"
    path.write_text(gpx_of(HEIGHT_M.tolist()))
    import_circuit(path, ImportOptions(out=out, reverse=reverse), lambda _: None)
    track = load_track(str(out))
    assert track.tables.hilly
    north_m = track.frames.y_m - track.frames.y_m.mean()
    expected_m = 100.0 + 5.0 * north_m / RADIUS_M
    assert np.abs(track.profile.height_m - expected_m).max() < 0.6
