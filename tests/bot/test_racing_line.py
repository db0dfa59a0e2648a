"""The line: within the edges, bent as little as time allows."""

import dataclasses

import numpy as np
import pytest
from pytest import approx

from game.bot.corridor import corridor, line_at
from game.bot.min_curvature_line import linearised_curvature, min_curvature_line
from game.bot.min_time_line import min_time_line
from game.quasi_steady.ggv_limits import ggv_limits
from game.quasi_steady.speed_profile import SpeedPlanner
from game.quasi_steady.track_conditions import TrackConditions
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def way(ricardo_tormo):
    return corridor(ricardo_tormo, 1.942)


@pytest.fixture(scope="module")
def planner(spec):
    conditions = TrackConditions(grip=1.0, rolling_resistance=0.015, charge_w=120e3, charge=0.9)
    return SpeedPlanner(ggv_limits(make_car(spec, Setup()), conditions))


@pytest.fixture(scope="module")
def fastest(way, planner):
    return min_time_line(way, planner)


def test_a_line_is_solved_once_for_a_corridor_and_given_to_each_who_asks(way, monkeypatch):
    line = min_curvature_line(way, 5e-4)
    bits = line.offset_m.tobytes()
    line.offset_m[:] = 0.0  # which is its owner's to change
    monkeypatch.setattr("game.bot.min_curvature_line.solve_bounded_qp", None)
    assert min_curvature_line(way, 5e-4).offset_m.tobytes() == bits


def test_another_corridor_has_another_line(way):
    narrow = dataclasses.replace(way, left_m=way.left_m - 1.0)
    line, other = (min_curvature_line(each, 5e-4) for each in (way, narrow))
    assert (other.offset_m <= narrow.left_m).all()
    assert not (line.offset_m <= narrow.left_m).all()


def test_a_line_of_no_offset_is_the_centre_line(ricardo_tormo, way):
    line = line_at(way, np.zeros_like(way.s_m))
    exact = ricardo_tormo.centreline.curvature_1pm(way.s_m)
    assert line.length_m == approx(ricardo_tormo.length_m, rel=1e-3)
    # A corner of the polygon stands for the curvature of three metres around it.
    assert np.abs(line.curvature_1pm - exact).max() < 0.02
    assert line.curvature_1pm.mean() == approx(exact.mean(), abs=1e-5)


def test_the_line_turns_once_around(fastest):
    closing = fastest.heading_rad[-1] - fastest.heading_rad[0]
    assert closing == approx(2.0 * np.pi, abs=0.1)


def test_curvature_slopes_forecast_a_small_move(way):
    offset_m = 0.5 * np.sin(way.s_m / 40.0)
    move_m = 1e-3 * np.cos(way.s_m / 25.0)
    curvature, slopes = linearised_curvature(way, offset_m)
    moved = line_at(way, offset_m + move_m).curvature_1pm
    assert curvature + slopes @ move_m == approx(moved, abs=1e-6)


def test_the_min_curvature_line_is_within_the_corridor_and_bent_less_than_the_centre(way):
    line = min_curvature_line(way, length_weight=0.0)
    assert np.all(line.offset_m <= way.left_m + 1e-6)
    assert np.all(line.offset_m >= way.right_m - 1e-6)
    centre = line_at(way, np.zeros_like(way.s_m))
    assert (line.curvature_1pm**2).sum() < 0.65 * (centre.curvature_1pm**2).sum()


def test_shortening_makes_the_line_shorter(way):
    lengths = [min_curvature_line(way, each).length_m for each in (0.0, 6e-4, 3e-3)]
    assert lengths[0] > lengths[1] > lengths[2]


def test_the_fastest_line_stays_within_the_corridor(way, fastest):
    assert np.all(fastest.offset_m <= way.left_m + 1e-6)
    assert np.all(fastest.offset_m >= way.right_m - 1e-6)


def test_the_fastest_line_beats_the_min_curvature_line_by_more_than_a_second(way, planner, fastest):
    lowest_s = min(
        planner.profile(min_curvature_line(way, each)).lap_time_s for each in (2e-4, 6e-4, 1.2e-3)
    )
    assert planner.profile(fastest).lap_time_s < lowest_s - 1.0


def test_no_small_bulge_makes_the_fastest_line_quicker_by_a_hundredth(way, planner, fastest):
    best_s = planner.profile(fastest).lap_time_s
    stations = np.arange(len(way.s_m))
    for centre in range(0, len(stations), 67):
        for size_m in (-0.3, 0.3):
            bulge = size_m * np.exp(-(((stations - centre) / 10.0) ** 2))
            offset_m = np.clip(fastest.offset_m + bulge, way.right_m, way.left_m)
            assert planner.profile(line_at(way, offset_m)).lap_time_s > best_s - 0.01


def test_searches_by_other_steps_end_within_a_thousandth(way, planner, fastest, monkeypatch):
    monkeypatch.setattr("game.bot.min_time_line._RELAXED", 0.6)
    other = min_time_line(way, planner)
    assert planner.profile(other).lap_time_s == approx(
        planner.profile(fastest).lap_time_s, rel=1e-3
    )
