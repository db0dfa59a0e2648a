"""A mirrored or reversed circuit is the same ground under other names of places."""

import math
from functools import cache
from pathlib import Path

import msgspec
import numpy as np
import pytest
from figure_of_eight import figure_of_eight_file
from hypothesis import given
from hypothesis import strategies as st
from oval import OVAL
from pytest import approx

from game.errors import InputError
from game.track.check import check
from game.track.elements import Pose
from game.track.layout import lay_centreline
from game.track.levels import BRIDGE
from game.track.maker import make_track_file
from game.track.surroundings import completed
from game.track.tables import surface_at
from game.track.track import build_track, load_track
from game.track.track_file import CentrelineEntry, CornerEntry, TrackFile, read_track_file
from game.track.variants import split_name, variant_file

WORDS = (("mirror",), ("reverse",), ("mirror", "reverse"))
TORMO = Path("tracks/ricardo_tormo/track.toml")
EDGE_M = 1e-6  # nearer to the edge of a surface than this, rounding decides


def element_file():
    """Return the oval by its elements, with corners of its own, one of them named."""
    half_m = math.pi * 50.0
    rows = [(80.0, 0.0, 0.0), (half_m, 0.02, 0.02), (200.0, 0.0, 0.0), (half_m, 0.02, 0.02)]
    corners = [CornerEntry(1, 80.0, 80.0 + half_m, "Peralta"), CornerEntry(2, 437.0, 594.0)]
    entry = CentrelineEntry(3.0, 4.0, 30.0, elements=[*rows, (120.0, 0.0, 0.0)], corners=corners)
    file = msgspec.toml.decode(OVAL, type=TrackFile)
    ground = msgspec.structs.replace(file.ground, left_m=[(100, 6.0), (300, 7.0), (300, 6.0)])
    return msgspec.structs.replace(file, centreline=entry, ground=ground)


def made_file():
    """Return a made circuit with all that is made beside it."""
    file = make_track_file(5, 1500.0, "twisty")
    return completed(file, *lay_centreline(file))


FILES = {
    "ricardo_tormo": lambda: read_track_file(TORMO),
    "oval": lambda: msgspec.toml.decode(OVAL, type=TrackFile),
    "elements": element_file,
    "made": made_file,
    "eight": figure_of_eight_file,
}


@cache
def file_of(name):
    return FILES[name]()


@cache
def circuit(name):
    return build_track(name, file_of(name), Path(name))


@cache
def variant(name, words):
    return build_track(name, variant_file(file_of(name), words), Path(name))


circuits = pytest.mark.parametrize("name", FILES)
variants = pytest.mark.parametrize("words", WORDS)


def place_on(words, length_m, s_m, offset_m):
    """Return where a place of a circuit is in its variant."""
    sign = (-1.0) ** len(words)
    return (length_m - s_m if "reverse" in words else s_m), sign * offset_m


@pytest.mark.slow
@circuits
@variants
@given(share=st.floats(0.0, 1.0), offset_m=st.floats(-45.0, 45.0))
def test_the_surface_at_a_place_is_that_at_its_place_in_the_variant(name, words, share, offset_m):
    track, changed = circuit(name), variant(name, words)
    length_m = track.length_m
    s_m = share * length_m
    around = {
        surface_at(track.tables, s_m + ds, offset_m + doff)
        for ds in (-EDGE_M, 0.0, EDGE_M)
        for doff in (-EDGE_M, 0.0, EDGE_M)
    }
    found = surface_at(changed.tables, *place_on(words, length_m, s_m, offset_m))
    assert found in around


@circuits
@variants
def test_places_of_the_variant_lie_where_the_circuits_do(name, words):
    track, changed = circuit(name).centreline, variant(name, words).centreline
    assert changed.length_m == approx(track.length_m, abs=1e-9)
    flip = -1.0 if "mirror" in words else 1.0
    for s_m in np.linspace(0.0, track.length_m, 57):
        x_m, y_m = track.point(s_m, 3.0)
        there = place_on(words, track.length_m, s_m, 3.0)
        assert changed.point(*there) == approx((x_m, flip * y_m), abs=1e-6)


@circuits
@variants
def test_walls_stand_where_they_stood(name, words):
    flip = -1.0 if "mirror" in words else 1.0
    track, changed = circuit(name), variant(name, words)
    for here, there, sign in ((track, changed, flip), (changed, track, flip)):
        for wall in here.walls:
            same = [other for other in there.walls if other.kind == wall.kind]
            away_m = from_walls_m(wall.points_m[1:-1] * (1.0, sign), same)
            assert away_m.max(initial=0.0) < 0.1  # chords leave the curve by a few centimetres


@variants
def test_bridges_run_where_they_ran(words):
    tier = circuit("eight").frames.tier
    there = variant("eight", words).frames.tier
    assert tier.max() == BRIDGE
    assert there.tolist() == (np.roll(tier[::-1], 1) if "reverse" in words else tier).tolist()


def from_walls_m(points_m, walls):
    """Return the distances of points from the nearest of some walls."""
    nearest_m = np.full(len(points_m), math.inf)
    for wall in walls:
        begin = wall.points_m if wall.closed else wall.points_m[:-1]
        along = (np.roll(wall.points_m, -1, axis=0) if wall.closed else wall.points_m[1:]) - begin
        share = (points_m @ along.T - np.sum(begin * along, axis=1)) / np.sum(along**2, axis=1)
        share = np.clip(share, 0.0, 1.0)
        away_m = [
            points_m[:, axis, None] - (begin[:, axis] + share * along[:, axis]) for axis in (0, 1)
        ]
        nearest_m = np.minimum(nearest_m, np.hypot(*away_m).min(axis=1))
    return nearest_m


@pytest.mark.slow
@circuits
@pytest.mark.parametrize("word", ["mirror", "reverse"])
def test_a_circuit_changed_twice_is_itself(name, word):
    track = circuit(name)
    again = build_track(name, variant_file(file_of(name), (word, word)), Path(name))
    for samples in ("x_m", "y_m", "curvature_1pm"):
        assert getattr(again.frames, samples) == approx(getattr(track.frames, samples), abs=1e-6)
    for edges in ("left_m", "right_m", "paved_left_m", "paved_right_m"):
        assert getattr(again.bands, edges) == approx(getattr(track.bands, edges), abs=1e-6)
    assert [box.s_m for box in again.grid] == approx([box.s_m for box in track.grid])
    assert again.sectors_m == approx(track.sectors_m)
    assert [c.apex_m for c in again.corners] == approx([c.apex_m for c in track.corners])
    assert [(c.number, c.name, c.inside) for c in again.corners] == [
        (c.number, c.name, c.inside) for c in track.corners
    ]


def test_corners_are_numbered_as_they_are_driven_and_keep_their_names():
    corners = variant("elements", ("reverse",)).corners
    assert [(c.number, c.name, c.inside) for c in corners] == [
        (1, "", "right"),
        (2, "Peralta", "right"),
    ]
    corners = variant("ricardo_tormo", ("reverse",)).corners
    assert [corner.number for corner in corners] == list(range(1, 15))
    assert corners[0].name == "Adrián Campos"
    stands = {b.name for b in variant("ricardo_tormo", ("reverse",)).buildings}
    assert {"T14", "T13", "T11", "T9", "T7", "T1"} <= stands  # of T1, T2, T4, T6, T8 and T14


@variants
def test_the_variants_of_what_ships_have_no_findings(words):
    assert check(variant("ricardo_tormo", words)) == []


def test_a_variant_is_loaded_by_its_name_and_keeps_it():
    track = load_track("ricardo_tormo+reverse+mirror")
    assert track.name == "ricardo_tormo+mirror+reverse"
    assert track.title == "Circuit Ricardo Tormo, mirrored, reversed"
    assert load_track(f"{TORMO}+mirror").name == "ricardo_tormo+mirror"
    assert (
        load_track("ricardo_tormo").grid[0].y_m == -load_track("ricardo_tormo+mirror").grid[0].y_m
    )


def test_a_reversed_lap_begins_at_the_line_the_other_way():
    start, back = circuit("made").centreline.start, variant("made", ("reverse",)).centreline.start
    assert back == approx(Pose(start.x_m, start.y_m, start.heading_rad + math.pi))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("ricardo_tormo+mirror+mirror", "says 'mirror' twice"),
        ("ricardo_tormo+sideways", r"ricardo_tormo\+sideways: no such track"),
        ("nowhere+mirror", "nowhere: no such track"),
    ],
)
def test_a_variant_that_there_is_not_is_refused_in_one_line(name, message):
    with pytest.raises(InputError, match=message):
        load_track(name)


def test_a_plus_in_the_name_of_a_folder_is_no_variant():
    assert split_name("tracks/a+b") == ("tracks/a+b", ())
    assert split_name("a+b+reverse") == ("a+b", ("reverse",))
