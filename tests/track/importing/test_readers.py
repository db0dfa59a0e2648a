"""Each format gives the points that are in it, and what it says about them."""

import json

import numpy as np
import pytest
from oval import make_oval
from pytest import approx
from sampled_lines import along, circle

from game.track.importing.projection import on_plane
from game.track.importing.read_source import read_source
from game.track.importing.source_line import SourceStretch

LATITUDE, LONGITUDE = 39.4858, -0.6305
DEGREES_PER_M = (1.0 / 111_032.0, 1.0 / 86_030.9)  # there


def on_earth(points_m):
    """Return longitudes and latitudes, shape (n, 2)."""
    return np.column_stack(
        [
            LONGITUDE + points_m[:, 0] * DEGREES_PER_M[1],
            LATITUDE + points_m[:, 1] * DEGREES_PER_M[0],
        ]
    )


@pytest.fixture
def read(tmp_path):
    """Writes a file and reads it."""

    def read_text(name, text):
        path = tmp_path / name
        path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")
        return read_source(path)

    return read_text


def same_shape(line, points_m, tolerance_m=0.05):
    """Return whether points are those of a circle around somewhere, in this order."""
    own_m = line.points_m - line.points_m.mean(axis=0)
    return np.abs(own_m - (points_m - points_m.mean(axis=0))).max() < tolerance_m


def rows(points_m, extra=""):
    return "".join(f"{x:.3f},{y:.3f}{extra}\n" for x, y in points_m)


def test_a_file_of_the_racetrack_database_has_points_and_widths(read):
    line = read("Oval.csv", "# x_m,y_m,w_tr_right_m,w_tr_left_m\n" + rows(circle(), ",5.5,6.5"))
    assert same_shape(line, circle())
    assert set(line.right_m) == {5.5}
    assert set(line.left_m) == {6.5}
    assert not line.is_driven


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("plain.csv", lambda p: rows(p)),
        ("named.csv", lambda p: "x,y\n" + rows(p)),
        ("other.csv", lambda p: "Easting [m],Northing [m]\n" + rows(p)),
        ("spaces.txt", lambda p: rows(p).replace(",", "   ")),
        ("tabs.tsv", lambda p: "n\tX\tY\n" + "".join(f"7\t{x:.3f}\t{y:.3f}\n" for x, y in p)),
        ("german.csv", lambda p: "x;y\n" + rows(p).replace(",", ";").replace(".", ",")),
        ("raceline.csv", lambda p: "# x_m; y_m; psi_rad\n" + rows(p, ",0").replace(",", ";")),
        ("bom.csv", lambda p: "\ufeffx,y\r\n" + rows(p).replace("\n", "\r\n")),
        (
            "logger.csv",
            lambda p: "Device,Some logger\nDate,today\n\nx,y,Speed (km/h)\n" + rows(p, ",77"),
        ),
        ("quoted.csv", lambda p: '"x","y"\n' + "".join(f'"{x:.3f}","{y:.3f}"\n' for x, y in p)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_tables_are_read_whatever_separates_their_columns(read, name, text):
    assert same_shape(read(name, text(circle())), circle())


def test_a_table_with_speeds_is_driven(read):
    assert read(
        "trace.csv",
        "t,x,y,speed\n" + "".join(f"{t},{x},{y},40\n" for t, (x, y) in enumerate(circle())),
    ).is_driven


def test_a_table_of_latitudes_and_longitudes_is_laid_on_a_plane(read):
    line = read(
        "gps.csv",
        "lat,lon\n" + "".join(f"{lat:.8f},{lon:.8f}\n" for lon, lat in on_earth(circle())),
    )
    assert same_shape(line, circle())
    assert line.origin_deg == approx((LATITUDE, LONGITUDE), abs=1e-5)


def test_rows_without_a_place_are_passed_over_with_a_word(read):
    line = read("gaps.csv", "x,y\n" + rows(circle()) + ",\nnan,3\n")
    assert len(line.points_m) == 60
    assert line.notes == ("2 rows without coordinates were skipped",)


def test_a_comment_tells_the_licence(read):
    assert read("a.csv", "# licence: ODbL 1.0\n# x_m,y_m\n" + rows(circle())).licence == "ODbL 1.0"


def test_the_tangent_plane_is_true_to_the_geodesic_over_a_circuit():
    # Vincenty's distance between these two places is 2,802.5 m.
    plane = on_plane(np.array([39.47, 39.49]), np.array([-0.64, -0.62]))
    assert np.hypot(*np.diff(plane.points_m, axis=0)[0]) == approx(2807.0, abs=8.0)
    middle_m = on_plane(np.array([0.0, 0.01]), np.array([180.0, -179.99])).points_m
    assert np.abs(middle_m).max() < 600.0  # over the date line


@pytest.mark.parametrize("kind", ["LineString", "MultiLineString", "Polygon", "MultiPolygon"])
def test_a_geojson_geometry_is_read_alone_or_in_features(read, kind):
    line = on_earth(np.vstack([circle(), circle()[:1]])).tolist()
    depth = {"LineString": 0, "MultiLineString": 1, "Polygon": 1, "MultiPolygon": 2}[kind]
    for _ in range(depth):
        line = [line]
    geometry = {"type": kind, "coordinates": line}
    feature = {"type": "Feature", "properties": {"name": "Ring"}, "geometry": geometry}
    for tree in (
        geometry,
        feature,
        {"type": "FeatureCollection", "features": [feature]},
        {"type": "GeometryCollection", "geometries": [geometry]},
    ):
        found = read("a.geojson", tree)
        assert same_shape(found, circle())
        assert found.is_loop
    assert read("a.geojson", feature).title == "Ring"


def way(points_m, number, **tags):
    return {
        "type": "Feature",
        "id": f"way/{number}",
        "properties": {"highway": "raceway", **tags},
        "geometry": {"type": "LineString", "coordinates": on_earth(points_m).tolist()},
    }


def test_ways_of_openstreetmap_are_joined_to_the_loop_without_its_pit_lane(read):
    ring = circle(200.0, 80)
    pits = np.array([ring[70], ring[75] * 0.9, ring[79] * 0.9, ring[4]])
    features = [
        way(ring[20:51], 1, name="Far turn", width="14 m"),
        way(np.vstack([ring[70:], ring[:21]]), 2, name="Start", width="12"),
        way(ring[50:71], 3, bridge="yes", layer="1"),
        way(pits, 4, name="Pit lane"),
        way(circle(40.0, 20) + 900.0, 5, name="Karting"),
        {**way(ring[::10] * 1.1, 6), "properties": {"highway": "service"}},
    ]
    line = read("osm.geojson", {"type": "FeatureCollection", "features": features})
    assert line.is_loop
    assert len(line.points_m) == 80
    assert same_shape(line, np.roll(ring, -20, axis=0))
    assert line.format == "OpenStreetMap"
    assert "ODbL" in line.licence
    assert line.stretches[0] == SourceStretch(0, 30, "Far turn")
    assert [each.runs_above for each in line.stretches] == [False, True, False]
    assert line.left_m[5] == 7.0
    assert np.isnan(line.left_m[40])


def test_a_way_drawn_against_the_others_is_turned_and_oneway_tells_the_direction(read):
    ring = circle(200.0, 80)
    features = [
        way(ring[:41], 1, oneway="-1"),
        way(np.vstack([ring[40:], ring[:1]]), 2),
    ]
    line = read("osm.geojson", {"type": "FeatureCollection", "features": features})
    assert line.is_loop
    x, y = line.points_m.T
    assert (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() < 0.0  # clockwise


def test_lines_that_do_not_meet_are_joined_end_to_end(read):
    ring = circle(200.0, 80)
    tree = {
        "type": "MultiLineString",
        "coordinates": [
            on_earth(part).tolist() for part in (ring[:30], ring[55:79], ring[53:32:-1])
        ],
    }
    line = read("a.geojson", tree)
    assert len(line.points_m) == 30 + 24 + 21
    assert np.hypot(*np.diff(line.points_m, axis=0).T).max() < 50.0


def test_a_crossing_without_a_common_point_is_driven_straight_over(read):
    angle_rad = np.linspace(0.0, 2.0 * np.pi, 81)
    eight = 300.0 * np.column_stack([np.sin(angle_rad), np.sin(2.0 * angle_rad)])
    line = read("a.geojson", way(eight, 1))
    assert len(line.points_m) == 80


GPX = """<?xml version="1.0"?><gpx version="1.1" creator="x"
 xmlns="http://www.topografix.com/GPX/1/1"><metadata><name>Ring</name></metadata>
<trk><trkseg>{}</trkseg></trk></gpx>"""
KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark>
<name>Ring</name><LineString><coordinates>{}</coordinates></LineString></Placemark></Document></kml>
"""


def test_a_gpx_track_is_read(read):
    places = on_earth(circle())
    points = "".join(f'<trkpt lat="{lat:.9f}" lon="{lon:.9f}"/>' for lon, lat in places)
    line = read("a.gpx", GPX.format(points))
    assert same_shape(line, circle())
    assert line.title == "Ring"
    assert not line.is_driven


def test_a_gpx_track_with_times_is_driven(read):
    point = '<trkpt lat="{}" lon="{}"><time>2026-05-17T10:00:00Z</time></trkpt>'
    points = "".join(point.format(lat, lon) for lon, lat in on_earth(circle()))
    assert read("a.gpx", GPX.format(points)).is_driven


def test_a_kml_line_is_read(read):
    places = on_earth(circle())
    line = read("a.kml", KML.format(" ".join(f"{lon:.9f},{lat:.9f},0" for lon, lat in places)))
    assert same_shape(line, circle())
    assert line.title == "Ring"


def test_a_file_is_known_by_its_content_where_its_name_does_not_tell(read):
    places = on_earth(circle())
    text = KML.format(" ".join(f"{lon},{lat}" for lon, lat in places))
    assert read("a.data", text).format == "KML"
    assert read("b.data", rows(circle())).format == "CSV"
    tree = {"type": "LineString", "coordinates": places.tolist()}
    assert read("c.data", tree).format == "GeoJSON"


def test_telemetry_of_a_lap_is_read_from_both_of_its_formats(tmp_path, read):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    points_m = along(make_oval(), 3.0)
    names = ["time_s", "tick", "x_m", "y_m", "speed_mps"]
    values = [np.arange(len(points_m)) / 80.0, np.arange(len(points_m)), *points_m.T]
    values.append(np.full(len(points_m), 40.0))
    parquet.write_table(
        pyarrow.table(dict(zip(names, values, strict=True))), tmp_path / "lap.parquet"
    )
    table = "\n".join(",".join(map(str, row)) for row in zip(*values, strict=True))
    for line in (
        read_source(tmp_path / "lap.parquet"),
        read("lap.csv", f"{','.join(names)}\n{table}"),
    ):
        assert same_shape(line, points_m)
        assert line.is_driven
