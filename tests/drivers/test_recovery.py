"""A bot that has lost its line comes back to it."""

import math

import numpy as np
import pytest

from game.drivers.bot import Bot
from game.drivers.planning import make_plan
from game.session import Session
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup


@pytest.fixture(scope="module")
def plan(ricardo_tormo, spec):
    return make_plan(ricardo_tormo, spec, Setup())


@pytest.fixture(scope="module")
def put_down(ricardo_tormo, spec, plan):
    """Drives from a pose for a while; gives the deviation from the line and the last picture."""

    def run(s_m, offset_m, turned_rad, seconds, speed_mps=0.0):
        x_m, y_m = ricardo_tormo.centreline.point(s_m, offset_m)
        heading_rad = ricardo_tormo.centreline.pose(s_m).heading_rad + turned_rad
        start = Start(spec, Setup(), Pose(x_m, y_m, heading_rad), s_m, speed_mps)
        world = World(ricardo_tormo, [start], machine_code=True)
        session = Session(world, [Bot()])
        while world.time_s < seconds:
            session.step()
        now = session.snapshots[0]
        stations_m = np.arange(len(plan.offset_m)) * plan.station_m
        return now.offset_m - np.interp(now.s_m, stations_m, plan.offset_m), now

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
def test_a_car_put_down_anywhere_is_back_on_its_line_at_speed(put_down, s_m, offset_m, turned_rad):
    deviation_m, now = put_down(s_m, offset_m, turned_rad, 20.0)
    assert abs(deviation_m) < 1.0
    assert now.velocity_forward_mps > 15.0


def test_a_spinning_car_is_caught_and_driven_on(put_down):
    deviation_m, now = put_down(150.0, 0.0, 1.6, 25.0, speed_mps=30.0)
    assert abs(deviation_m) < 1.0
    assert now.velocity_forward_mps > 15.0


def test_a_standing_start_from_the_grid_joins_the_line(put_down, ricardo_tormo):
    box = ricardo_tormo.grid[0]
    deviation_m, now = put_down(box.s_m, -3.0, 0.0, 12.0)
    assert abs(deviation_m) < 1.0
    assert now.velocity_forward_mps > 30.0
