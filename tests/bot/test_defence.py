"""A bot that is attacked defends its place before a corner: on the inside, early and once."""

import math

import pytest

from game.bot.bot import RacingBot
from game.bot.planning import make_plan
from game.bot.racing_followers import RacingFollowers
from game.bot.side_lines import side_tables
from game.compiled import Backend
from game.session import Session
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow

START_M = 3700.0  # at the exit of the last corner, before the longest straight
SLOWER_PACE = 0.96


def on_line(spec, plan, s_m, pace):
    station = round(s_m / plan.station_m) % len(plan.speed_mps)
    pose = Pose(plan.x_m[station], plan.y_m[station], plan.heading_rad[station])
    speed_mps = pace * float(plan.speed_mps[station])
    return Start(spec, Setup(), pose, s_m, speed_mps=speed_mps, warm_tyres=True)


@pytest.fixture(scope="module")
def plan(ricardo_tormo, spec):
    return make_plan(ricardo_tormo, spec, Setup())


@pytest.fixture(scope="module")
def drive(ricardo_tormo, spec, plan):
    """Drive a slower bot to the first corner: how far beside its line it is there, and its lead."""
    sides = side_tables(ricardo_tormo, spec, Setup(), plan)

    def run(level, behind_m):
        starts = [on_line(spec, plan, START_M + behind_m, SLOWER_PACE)]
        if behind_m:
            starts.append(on_line(spec, plan, START_M, 1.0))
        world = World(ricardo_tormo, starts, Backend.COMPILED)
        followers = RacingFollowers(world)
        bots = [RacingBot(followers, 0, SLOWER_PACE, level)]
        bots += [RacingBot(followers, car) for car in range(1, len(starts))]
        session = Session(world, bots, seed=1)
        places_m = []
        lead_m = 0.0
        while world.time_s < 20.0:
            snapshots = session.step().snapshots
            s_m = snapshots[0].s_m
            station = sides.stations[round(s_m / plan.station_m) % len(sides.stations)]
            if station.corner == 0.0 and station.brakes_m > 0.0:
                inside_m = station.inside * (snapshots[0].offset_m - station.middle_m)
                places_m.append(inside_m)
            lead_m = math.remainder(s_m - snapshots[-1].s_m, ricardo_tormo.length_m)
        assert world.runtime(0).position.contact_j == 0.0
        return places_m, lead_m

    return run


def test_a_keen_bot_keeps_the_place_that_a_careful_one_loses(drive):
    _, careful_m = drive("careful", 20.0)
    _, keen_m = drive("keen", 20.0)
    assert careful_m < 0.0 < keen_m


def test_it_is_on_the_inside_before_it_brakes_and_moves_over_once(drive):
    places_m, _ = drive("keen", 20.0)
    alone_m, _ = drive("keen", 0.0)
    assert places_m[-1] > alone_m[-1] + 3.0
    farthest_m = -math.inf
    for place_m in places_m:
        assert place_m > farthest_m - 1.0  # it does not move back
        farthest_m = max(farthest_m, place_m)


def test_the_corners_ahead_are_those_that_the_plan_brakes_for(plan, ricardo_tormo, spec):
    sides = side_tables(ricardo_tormo, spec, Setup(), plan)
    for station, speed_mps, accel_mps2 in zip(
        sides.stations, plan.speed_mps, plan.accel_mps2, strict=True
    ):
        assert station.corner >= 0.0
        if station.brakes_m == 0.0:
            assert accel_mps2 < 0.0 or speed_mps < 40.0
