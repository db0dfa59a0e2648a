"""The reference bot drives a car with a split map, and reckons with the shares where it is."""

import pytest
from pytest import approx

from game.bot.observing_follower import ObservingFollower
from game.bot.planning import make_plan, plan_if_ready
from game.drivers.observation import Observation
from game.headless.stint import Conditions, drive_laps
from game.simulation.split_table import corner_phases
from game.simulation.world import Start, World
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap, Stretch

pytestmark = pytest.mark.slow

WILD = SplitMap(
    braking=0.8,
    entry=0.0,
    middle=0.6,
    exit=0.3,
    painted=(Stretch(900.0, 1300.0, 1.0), Stretch(1645.0, 100.0, 0.0)),
)


def test_it_finishes_valid_laps_near_the_limit_whatever_the_map(sandeby, spec):
    run = drive_laps(Conditions(sandeby, spec), Setup(split_map=WILD), laps=3)
    assert len(run.laps) == 3
    for lap in run.laps:
        assert lap.valid
        assert lap.time_s < 1.03 * run.quasi_steady_s


def test_a_map_has_a_plan_of_its_own(ricardo_tormo, spec):
    make_plan(ricardo_tormo, spec, Setup())
    assert plan_if_ready(ricardo_tormo, spec, Setup(split_map=SplitMap(middle=0.123))) is None


def test_it_presses_the_pedal_further_where_one_axle_drives_alone(ricardo_tormo, spec):
    plan = make_plan(ricardo_tormo, spec, Setup())
    (place,) = [one for one in corner_phases(ricardo_tormo) if one[:2] == ("exit", 1)]
    s_m = place.from_m + 30.0
    throttle = {}
    for name, split_map in (("both", None), ("rear", SplitMap(exit=0.0))):
        setup = Setup(split_map=split_map)
        start = Start(spec, setup, ricardo_tormo.centreline.pose(s_m), s_m, 38.0)
        now = World(ricardo_tormo, [start]).snapshots()[0]
        slow = now._replace(velocity_forward_mps=plan.speed_mps[round(s_m / plan.station_m)] - 0.2)
        follower = ObservingFollower(ricardo_tormo, spec, setup, plan)
        throttle[name] = follower.decide(Observation(slow)).throttle
    assert 0 < throttle["both"] < 127
    assert throttle["rear"] == approx(2.0 * throttle["both"], rel=0.1)
