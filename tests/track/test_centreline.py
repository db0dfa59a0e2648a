"""The centreline is one closed smooth curve, and places are found on it again."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from oval import make_oval
from pytest import approx

from game.track.track import load_track

pytestmark = pytest.mark.slow

TORMO = load_track("ricardo_tormo")
OVAL = make_oval()

distances = st.floats(-9000.0, 9000.0)


def lap_difference(one_m, other_m, length_m):
    return (one_m - other_m + 0.5 * length_m) % length_m - 0.5 * length_m


@given(distances, st.floats(-30.0, 30.0))
def test_a_place_beside_the_line_is_found_again(s_m, offset_m):
    line = TORMO.centreline
    assume(1.0 - line.curvature_1pm([s_m])[0] * offset_m > 0.3)
    found_m, aside_m = line.project(*line.point(s_m, offset_m), hint_s_m=s_m + 5.0)
    assert lap_difference(found_m, s_m, line.length_m) == approx(0.0, abs=1e-6)
    assert aside_m == approx(offset_m, abs=1e-9)


@given(distances, st.floats(-6.0, 6.0))
def test_a_place_on_the_tarmac_is_found_without_a_hint(s_m, offset_m):
    line = TORMO.centreline
    found_m, aside_m = line.project(*line.point(s_m, offset_m))
    assert lap_difference(found_m, s_m, line.length_m) == approx(0.0, abs=1e-6)
    assert aside_m == approx(offset_m, abs=1e-9)


@given(distances)
def test_distances_wrap(s_m):
    line = TORMO.centreline
    assert line.position([s_m + line.length_m]) == approx(line.position([s_m]), abs=1e-7)


@given(st.floats(0.0, 4005.0))
def test_heading_and_curvature_are_the_derivatives_of_place_and_heading(s_m):
    line, step_m = TORMO.centreline, 1e-4
    before, after = line.position([s_m - step_m, s_m + step_m])
    heading_rad = line.heading_rad([s_m])[0]
    assert (after - before) / (2 * step_m) == approx(
        [math.cos(heading_rad), math.sin(heading_rad)], abs=1e-5
    )
    assume(0.01 < s_m < line.length_m - 0.01)
    turn = np.diff(line.heading_rad([s_m - step_m, s_m + step_m]))[0]
    assert turn / (2 * step_m) == approx(line.curvature_1pm([s_m])[0], abs=1e-5)


def test_arrays_and_single_distances_give_the_same():
    s_m = np.linspace(-100.0, 4100.0, 77)
    line = TORMO.centreline
    poses = [line.pose(s) for s in s_m]
    assert line.position(s_m).tolist() == [[pose.x_m, pose.y_m] for pose in poses]
    assert line.heading_rad(s_m).tolist() == [pose.heading_rad for pose in poses]
    assert line.points(s_m, 2.0).tolist() == [list(line.point(s, 2.0)) for s in s_m]
    across = line.point(s_m[0], np.array([-3.0, 2.0]))
    assert np.column_stack(across).tolist() == [list(line.point(s_m[0], n)) for n in (-3.0, 2.0)]


def test_where_the_track_nears_itself_the_hint_decides():
    line = TORMO.centreline
    between = line.point(2336.0, -27.0)
    assert line.project(*between, hint_s_m=2330.0)[0] == approx(2336.0, abs=0.01)
    assert line.project(*between, hint_s_m=3180.0)[0] == approx(3176.0, abs=6.0)


@given(st.floats(-300.0, 300.0), st.floats(-300.0, 300.0))
def test_the_nearest_part_of_the_oval_is_found_from_anywhere(x_m, y_m):
    # The oval by hand: a segment from (-100, 50) to (100, 50), 50 m away all around.
    aside_m = math.hypot(max(abs(x_m) - 100.0, 0.0), y_m - 50.0)
    assume(aside_m > 1.0)
    assert OVAL.centreline.project(x_m, y_m)[1] == approx(50.0 - aside_m, abs=1e-6)


@pytest.mark.parametrize(("s_m", "place"), [(0, (0, 0)), (100, (100, 0)), (-100, (-100, 0))])
def test_the_oval_is_where_its_file_says(s_m, place):
    assert OVAL.centreline.position([s_m])[0] == approx(place, abs=1e-3)


@pytest.mark.parametrize("line", [TORMO.centreline, OVAL.centreline], ids=["clothoids", "arcs"])
def test_many_poses_at_once_are_the_bits_of_each_alone(line):
    s_m = np.random.default_rng(1).uniform(-2.0 * line.length_m, 3.0 * line.length_m, 3000)
    at = np.concatenate([s_m, line._starts_m, [-0.0, -1e-14, line.length_m]])
    alone = np.array([line.pose(each_m) for each_m in at.tolist()])
    assert line.poses(at).tobytes() == alone.tobytes()
