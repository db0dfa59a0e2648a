"""What the tick looks up agrees with the exact curve, and is the same plain and compiled."""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from game.compiled import compiled, numba_is_installed
from game.records import arrays
from game.track.frenet import TrackPoint, project_on_arc
from game.track.tables import (
    Projection,
    displaced,
    edge_excess_m,
    flat_tables,
    project,
    surface_at,
)
from game.track.track import load_track

TORMO = load_track("ricardo_tormo")

distances = st.floats(0.0, 4004.9)
beside = st.floats(-30.0, 30.0)
anywhere = st.floats(-1e4, 1e4)
needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")


def hint(tables, s_m):
    return int(s_m / tables.step_m) % tables.sample_count


def lap_difference(one_m, other_m, length_m):
    return (one_m - other_m + 0.5 * length_m) % length_m - 0.5 * length_m


@given(distances, beside)
def test_the_tables_find_an_offset_to_a_millimetre(s_m, offset_m):
    line = TORMO.centreline
    assume(1.0 - line.curvature_1pm([s_m])[0] * offset_m > 0.35)
    projection = project(TORMO.tables, *line.point(s_m, offset_m), hint(TORMO.tables, s_m))
    assert projection.offset_m == approx(offset_m, abs=1e-3)


@given(distances, st.floats(-10.0, 10.0))
def test_near_the_track_they_find_everything_else_too(s_m, offset_m):
    line = TORMO.centreline
    projection = project(TORMO.tables, *line.point(s_m, offset_m), hint(TORMO.tables, s_m))
    s_error_m = lap_difference(projection.s_m, s_m, line.length_m)
    assert s_error_m == approx(0.0, abs=0.02)
    assert math.sin(projection.heading_rad - line.heading_rad([s_m])[0]) == approx(0.0, abs=2e-3)
    assert projection.curvature_1pm == approx(line.curvature_1pm([s_m])[0], abs=6e-3)


@given(distances, st.floats(-8.0, 8.0), st.integers(-80, 80))
def test_the_answer_hardly_depends_on_the_hint(s_m, offset_m, astray):
    tables = TORMO.tables
    place = TORMO.centreline.point(s_m, offset_m)
    index = hint(tables, s_m)
    one = project(tables, *place, index)
    other = project(tables, *place, (index + astray) % tables.sample_count)
    assert lap_difference(one.s_m, other.s_m, tables.length_m) == approx(0.0, abs=0.02)
    assert one.offset_m == approx(other.offset_m, abs=1e-3)


@given(distances, st.floats(-10.0, 10.0), st.floats(0.0, math.tau))
def test_a_small_step_moves_the_projection_by_a_small_step(s_m, offset_m, towards_rad):
    tables = TORMO.tables
    x_m, y_m = TORMO.centreline.point(s_m, offset_m)
    before = project(tables, x_m, y_m, hint(tables, s_m))
    x_m, y_m = x_m + 0.01 * math.cos(towards_rad), y_m + 0.01 * math.sin(towards_rad)
    after = project(tables, x_m, y_m, before.index)
    assert abs(after.offset_m - before.offset_m) < 0.0115
    assert abs(lap_difference(after.s_m, before.s_m, tables.length_m)) < 0.05


@given(distances, st.floats(-8.0, 8.0), st.floats(-1.6, 1.6), st.floats(-1.0, 1.0))
def test_a_wheel_is_found_from_the_cars_projection(s_m, offset_m, along_m, left_m):
    line = TORMO.centreline
    x_m, y_m = line.point(s_m, offset_m)
    car = project(TORMO.tables, x_m, y_m, hint(TORMO.tables, s_m))
    cos, sin = math.cos(car.heading_rad), math.sin(car.heading_rad)
    wheel = displaced(car, along_m, left_m)
    exact_s_m, exact_offset_m = line.project(
        x_m + along_m * cos - left_m * sin, y_m + along_m * sin + left_m * cos, s_m
    )
    assert wheel.offset_m == approx(exact_offset_m, abs=0.015)
    assert lap_difference(wheel.s_m, exact_s_m, line.length_m) == approx(0.0, abs=0.09)


@given(st.floats(-0.05, 0.05), anywhere, anywhere)
def test_the_foot_is_finite_everywhere(curvature_1pm, along_m, left_m):
    projection = project_on_arc(0.0, curvature_1pm, along_m, left_m)
    assert math.isfinite(projection.s_m)
    assert math.isfinite(projection.offset_m)


@given(st.floats(0.001, 0.05), st.floats(-1.5, 1.5), st.floats(-100.0, 0.9))
def test_the_foot_on_a_circle_is_the_circles(curvature_1pm, turn_rad, share):
    radius_m = 1.0 / curvature_1pm
    offset_m = share * radius_m
    along_m = (radius_m - offset_m) * math.sin(turn_rad)
    left_m = radius_m - (radius_m - offset_m) * math.cos(turn_rad)
    assume(1.0 - curvature_1pm * left_m > 0.06)
    projection = project_on_arc(0.0, curvature_1pm, along_m, left_m)
    assert projection.offset_m == approx(offset_m, rel=1e-9, abs=1e-9)
    assert projection.s_m == approx(turn_rad * radius_m, rel=1e-9)


@given(distances, st.floats(-400.0, 400.0))
def test_a_place_without_a_foot_does_not_send_the_search_far(s_m, offset_m):
    tables = TORMO.tables
    index = hint(tables, s_m)
    found = project(tables, *TORMO.centreline.point(s_m, offset_m), index)
    assert all(math.isfinite(value) for value in found)
    assert 0 <= found.index < tables.sample_count
    assert 0.0 <= found.s_m < tables.length_m
    assert abs(lap_difference(found.s_m, s_m, tables.length_m)) < 105.0


@given(anywhere, anywhere)
def test_on_flat_tarmac_the_place_is_its_own_projection(x_m, y_m):
    tables = flat_tables()
    assert project(tables, x_m, y_m, 0) == Projection(0, x_m, y_m, 0.0, 0.0)
    assert surface_at(tables, x_m, y_m) == 0
    assert edge_excess_m(tables, x_m, y_m) < 0.0
    assert displaced(Projection(0, x_m, y_m, 0.0, 0.0), 1.0, 2.0) == TrackPoint(
        x_m + 1.0, y_m + 2.0
    )


@cache
def tormo_arrays():
    """Return what the compiled look-ups read; numba may be missing."""
    return arrays(TORMO.tables)


@pytest.mark.slow
@needs_numba
@settings(deadline=None)  # the first call compiles
@given(st.one_of(st.just(0.0), distances), st.floats(-60.0, 60.0), st.integers(-20, 20))
def test_plain_and_compiled_give_the_same_bits(s_m, offset_m, astray):
    tables = TORMO.tables
    x_m, y_m = TORMO.centreline.point(s_m, offset_m)
    index = (hint(tables, s_m) + astray) % tables.sample_count
    plain = project(tables, x_m, y_m, index)
    assert tuple(compiled(project)(tormo_arrays(), x_m, y_m, index)) == plain
    wheel = displaced(plain, 1.3, -0.8)
    assert tuple(compiled(displaced)(plain, 1.3, -0.8)) == wheel
    for look_up in (surface_at, edge_excess_m):
        assert compiled(look_up)(tormo_arrays(), *wheel) == look_up(tables, *wheel)


@needs_numba
@settings(deadline=None)  # the first call compiles
@given(anywhere, anywhere)
def test_flat_tarmac_is_compiled_by_the_same_code(x_m, y_m):
    tables = arrays(flat_tables())
    assert tuple(compiled(project)(tables, x_m, y_m, 0)) == (0, x_m, y_m, 0.0, 0.0)
    assert compiled(surface_at)(tables, x_m, y_m) == 0
    assert compiled(edge_excess_m)(tables, x_m, y_m) == -np.inf
    assert len(compiled(project).signatures) == 1
