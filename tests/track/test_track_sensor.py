"""A ray ends on the track's edge and nothing lies nearer; the road ahead is the tables'."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from oval import make_oval
from pytest import approx

from game.compiled import Backend, numba_is_installed
from game.track.surfaces import GRASS, GRAVEL, KERB, TARMAC
from game.track.tables import flat_tables
from game.track.track import load_track
from game.track.track_sensor import (
    AHEAD_M,
    RAY_ANGLES_DEG,
    RAY_RANGE_M,
    TrackSensor,
    cast_ray,
    edge_grid,
)

pytestmark = pytest.mark.slow

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")

TORMO = load_track("ricardo_tormo")
OVAL = make_oval()
GRID = edge_grid(TORMO)

laps = st.floats(0.0, 4004.9)
beside = st.floats(-40.0, 40.0)
angles = st.floats(-math.pi, math.pi)


def edges(track):
    """All pieces of both edges: where they begin and end, shape (n, 2) each."""
    samples = track.tables.samples
    left = track.frames.along(np.array([sample.limit_left_m for sample in samples]))
    right = track.frames.along(np.array([-sample.limit_right_m for sample in samples]))
    return (
        np.concatenate([left, right]),
        np.concatenate([np.roll(left, -1, axis=0), np.roll(right, -1, axis=0)]),
    )


BEGIN, END = edges(TORMO)


def nearest_by_trying_all(x_m, y_m, angle_rad):
    """Distance to the nearest of all pieces along a ray, by solving for each."""
    ray = np.array([math.cos(angle_rad), math.sin(angle_rad)])
    along, to = END - BEGIN, BEGIN - (x_m, y_m)
    with np.errstate(divide="ignore", invalid="ignore"):
        det = ray[0] * along[:, 1] - ray[1] * along[:, 0]
        distance_m = (to[:, 0] * along[:, 1] - to[:, 1] * along[:, 0]) / det
        share = (to[:, 0] * ray[1] - to[:, 1] * ray[0]) / det
    met = (share >= -1e-9) & (share <= 1.0 + 1e-9) & (distance_m >= 0.0)
    return min(distance_m[met].min(initial=math.inf), RAY_RANGE_M)


def cast(x_m, y_m, angle_rad, range_m=RAY_RANGE_M):
    return cast_ray(GRID, x_m, y_m, math.cos(angle_rad), math.sin(angle_rad), range_m, 0)


@given(laps, beside, angles)
def test_a_ray_ends_at_the_nearest_of_all_edges(s_m, offset_m, angle_rad):
    x_m, y_m = map(float, TORMO.centreline.point(s_m, offset_m))
    assert cast(x_m, y_m, angle_rad) == approx(nearest_by_trying_all(x_m, y_m, angle_rad), abs=1e-6)


@given(laps, beside, angles)
def test_a_ray_ends_on_an_edge_or_at_its_range(s_m, offset_m, angle_rad):
    x_m, y_m = map(float, TORMO.centreline.point(s_m, offset_m))
    distance_m = cast(x_m, y_m, angle_rad)
    place = np.array([x_m, y_m]) + distance_m * np.array([math.cos(angle_rad), math.sin(angle_rad)])
    along = END - BEGIN
    square = np.maximum((along**2).sum(axis=1), 1e-30)
    share = np.clip(((place - BEGIN) * along).sum(axis=1) / square, 0.0, 1.0)
    off_m = np.hypot(*(BEGIN + share[:, None] * along - place).T).min()
    assert distance_m == RAY_RANGE_M or off_m < 1e-6


@given(laps, st.floats(-5.0, 5.0), angles)
def test_no_ray_leaves_the_track_unseen(s_m, offset_m, angle_rad):
    x_m, y_m = map(float, TORMO.centreline.point(s_m, offset_m))
    assert cast(x_m, y_m, angle_rad, 5000.0) < 1500.0


@given(st.integers(0, len(BEGIN) - 1), laps)
@example(492, 0.0)  # grazes the outside of a bend in the left edge and goes on inside the track
def test_a_ray_at_the_joint_of_two_pieces_does_not_slip_through(index, s_m):
    x_m, y_m = map(float, TORMO.centreline.point(s_m, 0.0))
    around = around_joint(index) - (x_m, y_m)
    _, joint_m, _ = distances_m = np.hypot(*around.T)
    cos, sin = around[1] / joint_m
    before, _, after = cos * around[:, 1] - sin * around[:, 0] >= 0.0
    ray_m = cast_ray(GRID, x_m, y_m, cos, sin, 5000.0, 0)
    if before == after:  # both pieces on one side: rounding decides whether the ray is met
        assert ray_m < 1500.0
    else:
        assert ray_m <= distances_m.max() + 1e-6


def around_joint(index):
    """A joint between the one before it and the one after it on the same edge, shape (3, 2)."""
    return np.array(
        [BEGIN[np.flatnonzero((BEGIN[index] == END).all(axis=1))[0]], BEGIN[index], END[index]]
    )


@given(st.floats(130.0, 170.0), st.floats(-5.5, 5.5), st.floats(-60.0, 60.0))
def test_on_a_straight_a_ray_is_the_way_aside_over_the_cosine(x_m, offset_m, angle_deg):
    across = math.cos(math.radians(angle_deg))
    left_m, right_m = TrackSensor(OVAL, angles_deg=(90.0 + angle_deg, angle_deg - 90.0)).rays_m(
        x_m - 100.0, offset_m, 0.0
    )
    assert left_m == approx((6.0 - offset_m) / across)
    assert right_m >= (6.0 + offset_m) / across - 1e-9


@given(st.floats(370.0, 400.0), st.floats(-5.5, 5.5))
def test_the_rays_to_both_sides_add_up_to_the_width(s_m, offset_m):
    x_m, y_m = map(float, OVAL.centreline.point(s_m, offset_m))
    rays_m = TrackSensor(OVAL).rays_m(x_m, y_m, float(OVAL.centreline.heading_rad([s_m])[0]))
    (sample,) = (OVAL.tables.samples[round(s_m / OVAL.tables.step_m)],)
    width_m = sample.limit_left_m + sample.limit_right_m
    assert rays_m[0] + rays_m[-1] == approx(width_m, abs=0.02)


def tarmac_m(index):
    """Width of the tarmac to the right of the oval's centreline at a sample."""
    return OVAL.bands.right_m[index, 0]


def test_a_ray_counts_kerbs_and_painted_strips_as_track():
    sensor = TrackSensor(OVAL, angles_deg=(-90.0,))
    assert sensor.rays_m(0.0, 0.0, 0.0) == (approx(6.0),)
    (beside_kerb_m,) = sensor.rays_m(45.0, 0.0, 0.0)
    assert beside_kerb_m == approx(tarmac_m(45) + 1.0 + 2.0, abs=1e-3)


def test_from_outside_a_ray_tells_where_the_track_begins():
    sensor = TrackSensor(OVAL, angles_deg=(-90.0, 90.0))
    assert sensor.rays_m(0.0, 26.0, 0.0) == (approx(20.0), approx(68.0))
    assert sensor.rays_m(0.0, 206.0, 0.0) == (approx(206.0 - 100.0 - tarmac_m(357)), RAY_RANGE_M)
    assert sensor.rays_m(0.0, 1e6, 0.0) == (RAY_RANGE_M, RAY_RANGE_M)


def test_a_place_that_is_no_number_is_answered_all_the_same():
    assert TrackSensor(OVAL, backend=Backend.COMPILED).rays_m(math.nan, 0.0, 0.0)[0] <= RAY_RANGE_M


def test_the_fan_is_the_same_to_both_sides_and_denser_ahead():
    assert len(RAY_ANGLES_DEG) == 19
    assert [-angle for angle in reversed(RAY_ANGLES_DEG)] == list(RAY_ANGLES_DEG)
    gaps = np.diff(RAY_ANGLES_DEG[9:])
    assert (np.diff(gaps) <= 0.0).all()


def test_without_a_track_there_is_nothing_to_see():
    sensor = TrackSensor(None)
    assert sensor.rays_m(3.0, 4.0, 1.0) == (RAY_RANGE_M,) * 19
    ahead = sensor.ahead(0.0, 0.0)
    assert ahead.curvature_1pm == (0.0,) * len(AHEAD_M)
    assert ahead.left_m == (math.inf,) * len(AHEAD_M)
    assert ahead.surface == (TARMAC,) * len(AHEAD_M)
    assert flat_tables().endless


def test_the_road_ahead_has_its_curvature_width_and_surface():
    sensor = TrackSensor(OVAL, ahead_m=(0.0, 45.0, 150.0, 400.0))
    ahead = sensor.ahead(0.0, -6.5)
    assert ahead.distance_m == (0.0, 45.0, 150.0, 400.0)
    assert ahead.curvature_1pm == (0.0, 0.0, approx(0.02), 0.0)
    assert ahead.left_m == (6.0,) * 4
    assert ahead.right_m == (6.0, tarmac_m(45) + 3.0, tarmac_m(150), tarmac_m(400))
    assert ahead.surface == (GRASS, KERB, TARMAC, TARMAC)
    assert sensor.ahead(0.0, -20.0).surface[2] == GRAVEL


def test_the_road_ahead_goes_on_over_the_start_line():
    sensor = TrackSensor(OVAL)
    before = sensor.ahead(OVAL.length_m - 5.0 - 1e-9, 0.0)
    assert before.right_m[0] == TrackSensor(OVAL, ahead_m=(0.0,)).ahead(0.0, 0.0).right_m[0]


@pytest.fixture(scope="module")
def plain():
    return TrackSensor(TORMO)


@pytest.fixture(scope="module")
def machine():
    return TrackSensor(TORMO, backend=Backend.COMPILED)


@needs_numba
@given(laps, beside, angles)
def test_machine_code_sees_the_same_bits(plain, machine, s_m, offset_m, heading_rad):
    x_m, y_m = map(float, TORMO.centreline.point(s_m, offset_m))
    assert machine.rays_m(x_m, y_m, heading_rad) == plain.rays_m(x_m, y_m, heading_rad)
    assert machine.ahead(s_m, offset_m) == plain.ahead(s_m, offset_m)
