"""The nearest point is the one that trying all finds; projections on arcs agree with the tick's."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from oval import make_oval
from pytest import approx

from game.track.frenet import project_on_arc, project_on_arcs
from game.track.nearest import NOT_SEARCHED, distances_m, nearest_points
from game.track.track import load_track

TORMO = load_track("ricardo_tormo")
FRAMES = TORMO.frames


def all_distances_m(x_m, y_m):
    """Distances from places to all samples of the lap, shape (..., samples)."""
    return np.hypot(x_m[..., None] - FRAMES.x_m, y_m[..., None] - FRAMES.y_m)


def places(count, seed):
    """Places scattered over the circuit and its surroundings."""
    random = np.random.default_rng(seed)
    low_m, high_m = FRAMES.places_m.min(axis=0), FRAMES.places_m.max(axis=0)
    return (low_m - 200.0 + random.random((count, 2)) * (high_m - low_m + 400.0)).T


@given(st.integers(1, 100), st.integers(0, 1000))
def test_no_sample_is_nearer_than_the_one_that_is_found(count, seed):
    x_m, y_m = places(count, seed)
    found = FRAMES.nearest(x_m, y_m)
    away_m = all_distances_m(x_m, y_m)
    chosen_m = np.take_along_axis(away_m, found[:, None], axis=1)[:, 0]
    assert chosen_m == approx(away_m.min(axis=1), abs=1e-3)
    assert distances_m(x_m, y_m, FRAMES.places_m) == approx(away_m.min(axis=1), abs=1e-3)


@pytest.mark.parametrize("step_m", [0.5, 8.0])
def test_the_places_of_a_grid_are_found_as_places_one_by_one(step_m):
    x_m = FRAMES.x_m[900] + np.arange(70) * step_m
    y_m = FRAMES.y_m[900] + np.arange(40) * step_m
    grid = FRAMES.nearest(x_m, y_m[:, None])
    one_by_one = FRAMES.nearest(np.tile(x_m, len(y_m)), np.repeat(y_m, len(x_m)))
    assert grid.shape == (40, 70)
    assert (grid.ravel() == one_by_one).all()


@pytest.mark.slow
def test_places_far_from_all_points_may_be_left_out_but_none_within_reach_is():
    x_m, y_m = places(300, seed=1)
    found = nearest_points(x_m, y_m[:, None], FRAMES.places_m, 50.0)
    reached_m = distances_m(x_m, y_m[:, None], FRAMES.places_m, 50.0)
    left_out = found == NOT_SEARCHED
    assert (np.isinf(reached_m) == left_out).all()
    assert (FRAMES.nearest(np.array([1e5]), np.array([1e5]), 50.0) == NOT_SEARCHED).all()
    near = all_distances_m(*(FRAMES.places_m + 30.0).T).min(axis=1) <= 50.0
    assert (FRAMES.nearest(*(FRAMES.places_m + 30.0).T, 50.0)[near] != NOT_SEARCHED).all()


def test_a_place_lies_ahead_and_to_the_left_of_a_sample():
    oval = make_oval().frames
    ahead_m, left_m = oval.from_samples(np.array([10]), np.array([12.5]), np.array([3.0]))
    assert oval.x_m[10] + ahead_m == approx(12.5)
    assert left_m == approx(3.0)


@given(st.floats(-0.05, 0.05), st.floats(-0.5, 0.5), st.floats(-100.0, 100.0))
def test_projections_of_arrays_are_those_of_the_tick(curvature_1pm, along_m, left_m):
    projection = project_on_arc(0.0, curvature_1pm, along_m, left_m)
    lengths_m, offsets_m = project_on_arcs(
        *(np.array([v]) for v in (curvature_1pm, along_m, left_m))
    )
    assert offsets_m == approx(projection.offset_m, rel=1e-12, abs=1e-12)
    slope = math.fabs(curvature_1pm * lengths_m[0])
    assert abs(lengths_m[0] - projection.s_m) <= abs(lengths_m[0]) * slope**2 / 3.0 + 1e-9
