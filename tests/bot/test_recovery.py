"""A bot that has lost its line comes back to it."""

import math
from functools import partial

import pytest

from game.bot.planning import make_plan
from game.compiled import Backend
from game.lab.trials import Incident, random_pose, time_to_recover
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import Controls


@pytest.fixture(scope="module")
def plan(ricardo_tormo, spec):
    return make_plan(ricardo_tormo, spec, Setup())


@pytest.fixture(scope="module")
def time_back_s(ricardo_tormo, spec, plan):
    """The time that a car in trouble needs to be back on its lap: in one world, restarted."""
    pose = ricardo_tormo.centreline.pose(0.0)
    world = World(ricardo_tormo, [Start(spec, Setup(), pose)], backend=Backend.COMPILED)
    return partial(time_to_recover, ricardo_tormo, plan, world=world)


@pytest.fixture(scope="module")
def back_s(ricardo_tormo, spec, time_back_s):
    """The time that a car put down somewhere needs to be back on its lap."""

    def run(s_m, offset_m, turned_rad, speed_mps=0.0):
        x_m, y_m = ricardo_tormo.centreline.point(s_m, offset_m)
        heading_rad = ricardo_tormo.centreline.pose(s_m).heading_rad + turned_rad
        start = Start(spec, Setup(), Pose(x_m, y_m, heading_rad), s_m, speed_mps)
        return time_back_s(Incident(start, Controls(), 0))

    return run


@pytest.mark.parametrize(
    ("s_m", "offset_m", "turned_rad"),
    [
        (300.0, 0.0, math.pi),  # the wrong way on the straight
        (917.0, 5.0, 2.5),  # nearly so on an apex kerb
        (2729.0, -8.5, -0.5),  # on the grass, nose to the wall
        (3900.0, -7.3, -1.4),  # nose against the pit wall
        (3250.0, 9.0, 0.8),
    ],
)
def test_a_car_put_down_anywhere_is_back_on_its_lap(back_s, s_m, offset_m, turned_rad):
    assert back_s(s_m, offset_m, turned_rad) < 20.0


def test_a_spinning_car_is_caught_and_driven_on(back_s):
    assert 1.0 < back_s(150.0, 0.0, 1.6, speed_mps=30.0) < 25.0


def test_a_standing_start_from_the_grid_joins_the_line(back_s, ricardo_tormo):
    assert back_s(ricardo_tormo.grid[0].s_m, -3.0, 0.0) < 12.0


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200))
def test_it_comes_back_from_any_pose_within_a_minute(ricardo_tormo, spec, time_back_s, seed):
    assert time_back_s(random_pose(ricardo_tormo, spec, seed)) < 60.0
