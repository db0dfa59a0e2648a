"""Speeds are foreseen with the shares that a split map gives a place, however many they are.

On a flat circuit, where a prediction works out only the limits that its line reads.
"""

import numpy as np
import pytest
from hilly_oval import hilly_oval
from pytest import approx

from game.bot.corridor import corridor
from game.bot.min_curvature_line import min_curvature_line
from game.bot.speed_plan import speed_planner
from game.quasi_steady.hilly_road import hilly_road
from game.quasi_steady.split_planner import split_profiles
from game.quasi_steady.track_conditions import track_conditions
from game.simulation.split_table import resolve
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap, Stretch


@pytest.fixture(scope="module")
def line(flat_ricardo_tormo, spec):
    return min_curvature_line(corridor(flat_ricardo_tormo, spec.chassis.width_m), 6e-4)


@pytest.fixture(scope="module")
def foreseen_s(flat_ricardo_tormo, spec, line):
    def foresee(setup):
        car = make_car(spec, setup)
        table = resolve(setup.split_map, setup, flat_ricardo_tormo)
        conditions = track_conditions(flat_ricardo_tormo, car, setup)
        grip = np.ones(len(line.s_m))
        (profile,) = split_profiles(car, conditions, line, [grip], table)
        return profile.lap_time_s

    return foresee


@pytest.fixture(scope="module")
def planned_s(flat_ricardo_tormo, spec, line):
    """By tables for every single share, as bots plan."""

    def plan(setup):
        return speed_planner(flat_ricardo_tormo, spec, setup).profile(line).lap_time_s

    return plan


@pytest.mark.parametrize("law", ["limit", "fill"])
@pytest.mark.parametrize(
    "split_map",
    [
        None,
        SplitMap(),
        SplitMap(braking=0.7, entry=0.3, middle=0.4, exit=0.6),
        SplitMap(braking=0.1, middle=0.05, exit=0.95),
        SplitMap(painted=(Stretch(0.0, 9999.0, 0.3, "regeneration"), Stretch(500.0, 90.0, 0.2))),
    ],
)
def test_it_foresees_what_bots_plan(foreseen_s, planned_s, split_map, law):
    setup = Setup(split_map=split_map, split_law=law)
    assert foreseen_s(setup) == approx(planned_s(setup), abs=0.04)


@pytest.mark.parametrize("law", ["limit", "fill"])
def test_between_many_shares_some_are_read_off(foreseen_s, planned_s, law):
    stretches = tuple(
        Stretch(200.0 * number, 200.0 * number + 199.0, 0.15 + 0.035 * (number * 7 % 20))
        for number in range(20)
    )
    setup = Setup(split_map=SplitMap(painted=stretches), split_law=law)
    assert foreseen_s(setup) == approx(planned_s(setup), abs=0.06)


def test_on_hills_it_foresees_what_bots_plan(spec):
    track = hilly_oval()
    line = min_curvature_line(corridor(track, spec.chassis.width_m), 6e-4)
    setup = Setup(split_map=SplitMap(braking=0.7, entry=0.3, middle=0.4, exit=0.6))
    car = make_car(spec, setup)
    (foreseen,) = split_profiles(
        car,
        track_conditions(track, car, setup),
        line,
        [np.ones(len(line.s_m))],
        resolve(setup.split_map, setup, track),
        hilly_road(track),
    )
    planned = speed_planner(track, spec, setup).profile(line)
    assert foreseen.lap_time_s == approx(planned.lap_time_s, abs=0.04)
