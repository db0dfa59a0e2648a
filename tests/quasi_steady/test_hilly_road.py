"""Limits and speeds on a hilly road are those of the flat, with gravity and another weight."""

import math

import numpy as np
import pytest
from hilly_oval import hilly_oval
from pytest import approx

from game.bot.speed_plan import speed_planner
from game.quasi_steady.ggv_limits import ggv_limits, lateral_limit, pressing_at
from game.quasi_steady.hilly_road import hilly_road, levels_of
from game.quasi_steady.racing_line import line_through
from game.quasi_steady.track_conditions import TrackConditions, track_conditions
from game.units import G_MPS2
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap


def centreline_of(track, count=360):
    """Return the centreline of a circuit as a line to drive."""
    s_m = np.arange(count) * (track.length_m / count)
    poses = track.centreline.poses(s_m)
    return line_through(s_m, np.zeros(count), *poses.T)


@pytest.fixture(scope="module")
def profile_on(spec):
    def find(heights_m, banking_deg):
        track = hilly_oval(heights_m, banking_deg)
        return speed_planner(track, spec, Setup()).profile(centreline_of(track))

    return find


def test_a_flat_circuit_has_one_level_and_no_slopes():
    track = hilly_oval([], [])
    assert levels_of(track, 60.0).steps == 0
    assert hilly_road(track) is None


def test_levels_of_limits_are_those_of_a_car_with_another_weight(spec):
    track = hilly_oval()
    car = make_car(spec, Setup())
    conditions = track_conditions(track, car, Setup())
    limits = ggv_limits(car, conditions)
    assert conditions.levels.steps >= 2
    heavy_mps2 = pressing_at(limits, conditions.levels.steps)
    heavier = [lateral_limit(limits, 20.0, level) for level in range(conditions.levels.steps + 1)]
    assert heavier == sorted(heavier)
    gained = heavier[-1] / heavier[0] - 1.0
    weights = (G_MPS2 + heavy_mps2) / (G_MPS2 + limits.lowest_pressing_mps2) - 1.0
    assert 0.6 * weights < gained < weights  # tyres gain less than the load on them


@pytest.mark.parametrize(
    ("heights_m", "banking_deg"),
    [
        ([(0.0, 0.0), (357.0, 3.0)], []),
        ([(0.0, 0.0), (100.0, 9.0), (357.0, 12.0), (560.0, 0.0)], []),
        ([], [(80.0, 0.0), (140.0, 12.0), (220.0, 12.0), (290.0, 0.0)]),
    ],
    ids=["gentle", "steep", "banked"],
)
def test_a_level_stretch_of_a_hilly_circuit_has_the_limits_of_a_flat_one(
    spec, heights_m, banking_deg
):
    car = make_car(spec, Setup())
    conditions = track_conditions(hilly_oval(heights_m, banking_deg), car, Setup())
    flat = ggv_limits(car, track_conditions(hilly_oval([], []), car, Setup()))
    limits = ggv_limits(car, conditions)
    own_weight = -conditions.levels.lowest_mps2 / conditions.levels.step_mps2
    assert own_weight == approx(round(own_weight), abs=1e-9)
    for speed_mps in (10.0, 20.0, 40.0):
        there_mps2 = lateral_limit(limits, speed_mps, round(own_weight))
        assert there_mps2 == approx(lateral_limit(flat, speed_mps), rel=3e-4)


def test_uphill_takes_from_the_drive_and_gives_to_the_brakes(spec):
    track = hilly_oval([(0.0, 0.0), (357.0, 20.0)], [])
    car = make_car(spec, Setup())
    flat = track_conditions(hilly_oval([], []), car, Setup())
    assert flat == TrackConditions(*flat[:4])
    planner = speed_planner(track, spec, Setup())
    profile = planner.profile(centreline_of(track))
    level = speed_planner(hilly_oval([], []), spec, Setup()).profile(centreline_of(track))
    # Both straights are of one length: the first one rises, the second one falls.
    uphill, downhill = profile.accel_mps2[:45].max(), profile.accel_mps2[180:].max()
    assert uphill < level.accel_mps2[:45].max() < downhill
    assert profile.lap_time_s > level.lap_time_s


def test_a_car_corners_on_a_banking_as_fast_as_the_textbook_says(profile_on):
    flat = profile_on([], [])
    banked = profile_on([], [(0.0, 0.0), (100.0, 8.0), (257.0, 8.0), (357.0, 0.0)])
    there = 90  # the middle of the first corner, of 50 m
    friction = flat.speed_mps[there] ** 2 / (50.0 * G_MPS2)
    tilt = math.tan(math.radians(8.0))
    square = 50.0 * G_MPS2 * (friction + tilt) / (1.0 - friction * tilt)
    # Tyres gain less than the load on them, so that the car falls a little short of it.
    assert 0.93 * square < banked.speed_mps[there] ** 2 < square
    assert banked.lap_time_s < flat.lap_time_s


def test_a_banking_to_the_wrong_side_costs_as_much(profile_on):
    flat = profile_on([], [])
    wrong = profile_on([], [(0.0, 0.0), (100.0, -8.0), (257.0, -8.0), (357.0, 0.0)])
    assert wrong.speed_mps[90] ** 2 < flat.speed_mps[90] ** 2 - 50.0 * G_MPS2 * 0.12


def test_slopes_along_a_line_are_those_that_the_tick_reads():
    track = hilly_oval()
    line = centreline_of(track)
    slopes = hilly_road(track).along(line)
    world_grade = np.interp(line.s_m, track.frames.s_m, track.profile.grade)
    assert np.asarray(slopes.back_mps2) == approx(G_MPS2 * world_grade, abs=0.02)
    crossfall = np.interp(line.s_m, track.frames.s_m, track.profile.crossfall)
    assert np.asarray(slopes.aid_mps2) == approx(G_MPS2 * crossfall, abs=0.02)
    assert np.asarray(slopes.upright).max() <= 1.0


def test_the_gradient_of_the_lap_time_holds_on_hills(spec):
    track = hilly_oval()
    planner = speed_planner(track, spec, Setup())
    line = centreline_of(track)
    gradient = planner.gradient(line)
    rng = np.random.default_rng(3)
    change_1pm = 1e-5 * rng.standard_normal(len(line.s_m))
    times = []
    for sign in (1.0, -1.0):
        object.__setattr__(line, "curvature_1pm", line.curvature_1pm + sign * change_1pm)
        times.append(planner.profile(line, np.ones(len(line.s_m))).lap_time_s)
        object.__setattr__(line, "curvature_1pm", line.curvature_1pm - sign * change_1pm)
    expected_s = float(gradient.by_curvature_sm @ change_1pm)
    assert 0.5 * (times[0] - times[1]) == approx(expected_s, rel=0.1, abs=1e-6)


def test_shares_that_change_along_the_lap_are_planned_for_on_hills(spec):
    track = hilly_oval()
    line = centreline_of(track)
    plain = speed_planner(track, spec, Setup()).profile(line).lap_time_s
    setup = Setup(split_map=SplitMap(braking=0.5, entry=0.5, middle=0.5, exit=0.2))
    mapped = speed_planner(track, spec, setup).profile(line).lap_time_s
    assert mapped == approx(plain, rel=0.05)
    assert mapped != plain
