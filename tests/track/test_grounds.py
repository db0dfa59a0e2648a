"""Bands, walls, gates and boxes lie where the file puts them."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.track.check import check
from game.track.profiles import along_lap, ribbon, through, trapezium
from game.track.surfaces import GRASS, GRAVEL, KERB, PAINT, PIT_LANE, TARMAC
from game.track.tables import surface_at
from game.track.track import load_track


def test_nothing_is_wrong_with_the_oval(oval):
    assert check(oval) == []


@pytest.mark.parametrize(
    ("s_m", "offset_m", "surface"),
    [
        (200.0, 5.9, TARMAC),
        (200.0, 6.1, GRASS),
        (300.0, -7.9, TARMAC),
        (40.0, -6.9, KERB),
        (22.5, -6.4, KERB),
        (22.5, -6.7, GRASS),
        (40.0, -8.9, PAINT),
        (40.0, -9.2, GRASS),
        (180.0, -29.0, GRAVEL),
        (180.0, -31.0, GRASS),
        (256.0, -13.0, GRASS),
        (0.0, 14.0, PIT_LANE),
        (700.0, 14.0, PIT_LANE),
        (100.0, 14.0, GRASS),
        (450.0, -14.0, PIT_LANE),
    ],
)
def test_the_ground_of_the_oval(oval, s_m, offset_m, surface):
    assert surface_at(oval.tables, s_m, offset_m) == surface
    assert surface_at(oval.tables, s_m - oval.length_m, offset_m) == surface


def test_bands_never_overlap(ricardo_tormo):
    for side in ("left", "right"):
        assert np.diff(ricardo_tormo.band_edges(side), axis=1).min() >= 0.0


def test_outlines_lie_at_their_offset(oval):
    edge = oval.outline("left", 0)
    assert edge.shape == (oval.tables.sample_count, 2)
    assert edge[0] == approx((0.0, 6.0))
    with pytest.raises(ValueError, match="band 5"):
        oval.outline("left", 5)


def test_a_wall_stays_within_centimetres_of_its_offset(ricardo_tormo):
    for wall in ricardo_tormo.walls:
        middles = 0.5 * (wall.points_m[1:] + wall.points_m[:-1])
        for middle, s_m, one_m, other_m in zip(
            middles, wall.s_m, wall.offset_m, wall.offset_m[1:], strict=False
        ):
            offset_m = ricardo_tormo.centreline.project(*middle, s_m)[1]
            assert min(one_m, other_m) - 0.12 < offset_m < max(one_m, other_m) + 0.12


def test_a_barrier_of_one_kind_is_a_ring_and_others_are_joined(oval):
    left, *right = oval.walls[:-1]
    assert left.closed
    assert {wall.kind for wall in right} == {"armco", "tyres"}
    assert right[0].points_m[-1].tolist() == right[1].points_m[0].tolist()
    assert right[1].points_m[-1].tolist() == right[0].points_m[0].tolist()


def test_a_free_wall_has_its_ends_where_they_are_put(oval):
    wall = oval.walls[-1]
    assert (wall.s_m[0], wall.s_m[-1]) == approx((700.0, 60.0), abs=1.0)
    assert wall.offset_m == approx(np.full(len(wall.offset_m), 10.0))


def test_the_check_finds_a_wall_on_the_track_and_one_beyond_another_part(write):
    on_track = load_track(write(("[[700, 10], [60, 10]]", "[[700, 5], [60, 5]]")))
    assert [finding.key for finding in check(on_track)] == ["walls"]
    beyond = load_track(write(("distance_m = 20.0", "distance_m = 60.0")))
    assert "nearer to another part" in check(beyond)[0].message


def test_the_check_counts_turns(write):
    findings = check(load_track(write(("right_turns = 0", "right_turns = 3"))))
    (finding,) = findings
    assert (finding.key, finding.message) == (
        "official.right_turns",
        "3 are stated, but there are 0",
    )


def test_the_check_finds_a_box_beside_the_tarmac(write):
    findings = check(load_track(write(("offset_m = 3.0", "offset_m = 9.0"))))
    assert findings[0].key == "grid"
    assert findings[0].message.startswith("box 1 lies beyond the tarmac")


def test_gates_stand_in_order_and_at_most_100_m_apart(ricardo_tormo):
    s_m = [gate.s_m for gate in ricardo_tormo.gates]
    assert s_m[0] == 0.0
    assert all(0.0 < gap <= 100.0 for gap in np.diff([*s_m, ricardo_tormo.length_m]))
    lines = {gate.sector: gate.s_m for gate in ricardo_tormo.gates if gate.sector}
    assert [0.0, lines[1], lines[2]] == list(ricardo_tormo.sectors_m)


def test_a_gate_spans_the_track_and_no_other_part_of_it(ricardo_tormo):
    for gate in ricardo_tormo.gates:
        assert gate.half_width_m > 10.0
        aside = np.array([-math.sin(gate.heading_rad), math.cos(gate.heading_rad)])
        for end_m in (gate.half_width_m, -gate.half_width_m):
            x_m, y_m = (gate.x_m, gate.y_m) + end_m * aside
            s_m, offset_m = ricardo_tormo.centreline.project(x_m, y_m)
            half_m = 0.5 * ricardo_tormo.length_m
            astray_m = (s_m - gate.s_m + half_m) % ricardo_tormo.length_m - half_m
            assert astray_m == approx(0.0, abs=4.0)
            assert offset_m == approx(end_m, abs=0.5)


knots = st.lists(st.floats(-50.0, 50.0), min_size=2, max_size=8)


@given(knots)
def test_a_curve_goes_through_its_knots_and_stays_between_them(values):
    at_m = np.arange(len(values)) * 10.0
    curve = through(np.linspace(0.0, at_m[-1], 10 * (len(values) - 1) + 1), at_m, np.array(values))
    assert curve[::10] == approx(values, abs=1e-9)
    for i, (one, other) in enumerate(pairwise(values)):
        piece = curve[10 * i : 10 * i + 11]
        assert piece.min() >= min(one, other) - 1e-9
        assert piece.max() <= max(one, other) + 1e-9


def test_a_lap_of_values_has_no_seam():
    values = along_lap(np.array([0.0, 99.999999]), [(10.0, 1.0), (60.0, 5.0), (90.0, 2.0)], 100.0)
    assert values[0] == approx(values[1], abs=1e-5)


def test_a_strip_may_run_across_the_line():
    shape = trapezium(np.array([90.0, 95.0, 0.0, 5.0, 11.0]), 90.0, 10.0, 10.0, 100.0)
    assert shape == approx([0.0, 0.5, 1.0, 0.5, 0.0])


def test_a_ribbon_has_no_width_between_its_patches():
    s_m = np.arange(100.0)
    one, other = ribbon(s_m, [[(90.0, 1.0, 3.0), (10.0, 1.0, 3.0)], [(40.0, 5.0, 9.0), (60.0, 5.0, 9.0)]], 100.0)  # fmt: skip  # noqa: E501
    inside = (s_m >= 90) | (s_m <= 10) | ((s_m >= 40) & (s_m <= 60))
    assert np.all((other - one > 0.0) == inside)
