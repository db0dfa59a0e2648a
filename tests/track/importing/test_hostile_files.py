"""A file that is not what it seems is refused in one line, or read as what it is."""

import os

import numpy as np
import pytest
from sampled_lines import circle

from game.errors import InputError
from game.track.importing.cleaning import cleaned
from game.track.importing.importing import ImportOptions, import_circuit
from game.track.importing.read_source import MAX_BYTES, read_source

BOMB = b"""<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "0123456789">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><gpx>&c;</gpx>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<kml><name>&a;</name></kml>"""
TRACK = b'<gpx version="1.1" creator="x"><trk><trkseg>%s</trkseg></trk></gpx>'
NOT_FINITE = b'{"type": "LineString", "coordinates": [[1, 2], [NaN, 3], [4, 5]]}'
TEXT_PLACES = b'{"type": "LineString", "coordinates": [["a", "b"], ["c", "d"]]}'
HUGE_NUMBER = b'{"type": "LineString", "coordinates": [[1e999, 2], [3, 4]]}'
FAR_AWAY = b'{"type": "LineString", "coordinates": [[0, 0], [3, 60], [5, 5]]}'
NUMBERS_ONLY = b"".join(b"%d,%d\n" % (i, 7) for i in range(50))

FILES = {
    "empty.csv": (b"", "is empty"),
    "blank.csv": (b" \n\n ", "is empty"),
    "binary.csv": (bytes(range(256)) * 4000, "is not a text"),
    "binary.parquet": (bytes(range(256)) * 4000, "cannot be read"),
    "words.csv": (b"a,b\nc,d\n", "no rows of numbers"),
    "one.csv": (b"x,y\n1,2\n", "has 1 points"),
    "nan.csv": (b"x,y\n" + b"nan,nan\n" * 100, "no rows of numbers"),
    "mostly_nan.csv": (b"x,y\n1,2\n" + b"nan,nan\n" * 100, "100 of 101 rows have no coordinates"),
    "equal.csv": (b"x,y\n" + b"3,4\n" * 100_000, "all in one place"),
    "collinear.csv": (b"x,y\n" + NUMBERS_ONLY, "on one straight line"),
    "other.csv": (b"a,b\n1,2\n3,4\n", "has no columns x and y"),
    "degrees.csv": (b"39.1,-0.5\n39.101,-0.501\n39.102,-0.502\n", "seem to be degrees"),
    "one_line.csv": (b"1," * 5_000_000, "no rows of numbers"),
    "infinite.csv": (b"x,y\n" + b"1e308,-1e308\n2,3\n-1e308,1e308\n" * 50, "1000 km apart"),
    "far_steps.csv": (b"x,y\n0,0\n10000,0\n10000,10000\n0,10000\n", "no straight is so long"),
    "bomb.gpx": (BOMB, "XML entities"),
    "outside.kml": (OUTSIDE, "XML entities"),
    "cut.gpx": (b"<gpx><trk><trkseg>", "is not valid XML"),
    "empty.gpx": (TRACK % b"", "has no line"),
    "no_number.gpx": (TRACK % b'<trkpt lat="x" lon="y"/>', "is not valid GPX"),
    "many.gpx": (TRACK % (b'<trkpt lat="1" lon="2"/>' * 200_000), "200,000 points"),
    "deep.kml": (b"<kml>" + b"<a>" * 200_000, "is not valid XML"),
    "words.kml": (
        b"<kml><LineString><coordinates>a,b c,d</coordinates></LineString></kml>",
        "not pairs of numbers",
    ),
    "deep.geojson": (b"[" * 1_000_000, "nested too deeply"),
    "deep_features.geojson": (
        b'{"type":"Feature","geometry":' * 900 + b"1" + b"}" * 900,
        "has no line",
    ),
    "cut.geojson": (b'{"type": "LineString", "coordinates": [[1, 2]', "is not valid JSON"),
    "nan.geojson": (NOT_FINITE, "is not valid JSON"),
    "words.geojson": (TEXT_PLACES, "not pairs of numbers"),
    "huge_number.geojson": (HUGE_NUMBER, "is not valid JSON"),
    "far_away.geojson": (FAR_AWAY, "degrees of the earth"),
    "scalar.geojson": (b"7", "has no line"),
    "points.geojson": (b'{"type": "Point", "coordinates": [1, 2]}', "has no line"),
    "latin.geojson": (b'{"type": "\xff"}', "is not valid JSON"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_told_in_one_line(tmp_path, name):
    content, message = FILES[name]
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=message) as error:
        cleaned(path, read_source(path))
    text = str(error.value)
    assert text.startswith(str(path))
    assert len(text.splitlines()) == 1
    assert len(text) < 400


def spiral():
    turned_rad = np.linspace(0.0, 120.0, 1500)
    away_m = np.linspace(10.0, 400.0, 1500)
    return away_m[:, None] * np.column_stack([np.cos(turned_rad), np.sin(turned_rad)])


SQUARE_M = [(0.0, 0.0), (300.0, 0.0), (300.0, 300.0), (0.0, 300.0)]
POINTS = {
    "triangle": ([(0, 0), (900, 0), (400, 15)], "no line that closes"),
    "sliver": ([(0, 0), (900, 0), (400, 25)], "no line that closes"),
    "spiral": (spiral(), "crosses itself 1[89] times: no circuit does so more than 8"),
}


@pytest.mark.parametrize("name", POINTS)
def test_points_of_which_no_lap_can_be_made_are_told_in_one_line(tmp_path, name):
    points_m, message = POINTS[name]
    path = tmp_path / f"{name}.csv"
    np.savetxt(path, points_m, fmt="%.2f", delimiter=",", header="x_m,y_m")
    options = ImportOptions(out=tmp_path / "made" / "track.toml")
    with pytest.raises(InputError, match=message) as error:
        import_circuit(path, options, lambda _: None)
    assert str(error.value).startswith(str(path))
    assert len(str(error.value).splitlines()) == 1
    assert not options.out.exists()


def test_a_line_that_takes_a_much_longer_way_than_its_points_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("game.track.importing.importing._WANDERS", 0.5)
    path = tmp_path / "square.csv"
    np.savetxt(path, SQUARE_M, fmt="%.2f", delimiter=",", header="x_m,y_m")
    options = ImportOptions(out=tmp_path / "made" / "track.toml")
    with pytest.raises(InputError, match="its 4 points are too few"):
        import_circuit(path, options, lambda _: None)
    assert not options.out.exists()


def test_a_huge_file_is_not_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(InputError, match="is larger than"):
        read_source(path)


def test_a_pipe_is_no_file(tmp_path):
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    with pytest.raises(InputError, match="not a regular file"):
        read_source(path)


@pytest.mark.slow
def test_a_million_rows_are_read(tmp_path):
    path = tmp_path / "million.csv"
    np.savetxt(path, circle(500.0, 1_000_000), fmt="%.4f", delimiter=",", header="x_m,y_m")
    line = cleaned(path, read_source(path))
    assert 1000 < len(line.points_m) < 5000
