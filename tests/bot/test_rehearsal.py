"""Rehearsals: they find where a plan asks too much, and what it costs in charge."""

import dataclasses

import msgspec
import numpy as np
import pytest
from lone_laps import lone_laps

from game.bot.planning import make_plan
from game.bot.rehearsal import rehearse
from game.bot.start import flying_start
from game.compiled import Backend
from game.simulation.world import World
from game.vehicle.setup import Setup
from game.vehicle.state import Controls

pytestmark = pytest.mark.slow

TOO_FAST = 1.08
AROUND_M = 150.0  # of an apex, where a plan is made too fast


@pytest.fixture(scope="module")
def plan(ricardo_tormo, spec):
    return make_plan(ricardo_tormo, spec, Setup())


@pytest.fixture(scope="module")
def rehearsed(ricardo_tormo, spec, plan):
    return rehearse(ricardo_tormo, spec, Setup(), plan)


def test_a_plan_that_was_kept_gives_no_trouble(rehearsed):
    assert rehearsed.incidents_m == ()
    assert not rehearsed.lost


def test_a_plan_eight_per_cent_too_fast_gives_trouble_in_many_places(ricardo_tormo, spec, plan):
    fast = dataclasses.replace(plan, speed_mps=TOO_FAST * plan.speed_mps)
    assert len(rehearse(ricardo_tormo, spec, Setup(), fast).incidents_m) >= 3


@pytest.mark.parametrize("number", [2, 6, 8])
def test_trouble_is_told_where_the_plan_is_too_fast(ricardo_tormo, spec, plan, number):
    apex_m = next(turn.apex_m for turn in ricardo_tormo.corners if turn.number == number)
    stations_m = np.arange(len(plan.speed_mps)) * plan.station_m
    near = np.abs(stations_m - apex_m) < AROUND_M
    fast = dataclasses.replace(plan, speed_mps=plan.speed_mps * np.where(near, TOO_FAST, 1.0))
    came = rehearse(ricardo_tormo, spec, Setup(), fast)
    assert came.incidents_m
    assert abs(came.incidents_m[0] - apex_m) < AROUND_M
    assert all(abs(incident_m - apex_m) < 3.0 * AROUND_M for incident_m in came.incidents_m)


def test_a_lap_costs_charge_and_a_slower_one_costs_less(ricardo_tormo, spec, rehearsed):
    slow = make_plan(ricardo_tormo, spec, Setup(), pace=0.8)
    cost = rehearse(ricardo_tormo, spec, Setup(), slow).charge_per_lap
    assert 0.0 < cost < 0.9 * rehearsed.charge_per_lap


@pytest.mark.parametrize("circuit", ["flat_ricardo_tormo", "ricardo_tormo"])
def test_it_ends_where_an_empty_battery_leaves_the_car(request, circuit, spec, plan, monkeypatch):
    track = request.getfixturevalue(circuit)
    worlds = []

    def make_world(*args, **options):
        worlds.append(World(*args, **options))
        return worlds[-1]

    monkeypatch.setattr("game.bot.rehearsal.World", make_world)
    setup = msgspec.structs.replace(Setup(), initial_charge=0.1)
    cost = rehearse(track, spec, setup, plan).charge_per_lap
    now = worlds[0].snapshots()[0]
    assert now.charge == 0.0
    assert abs(now.velocity_forward_mps) < 0.01
    assert worlds[0].time_s < 4.0 * plan.lap_time_s
    worlds[0].step([Controls(throttle=255)], 2400)
    farther_m = worlds[0].snapshots()[0].s_m - now.s_m
    assert farther_m < 1e-5
    assert (farther_m < -0.1) == (now.gradient_ratio > 0.02)  # there it rolls back
    assert 0.04 < cost < 0.08


def test_a_car_with_too_little_charge_goes_slower_and_arrives_with_some_left(sandeby, spec):
    setup = msgspec.structs.replace(Setup(), initial_charge=0.1)
    sparing = make_plan(sandeby, spec, setup, laps=3)
    world = World(sandeby, [flying_start(spec, setup, sparing)], backend=Backend.COMPILED)
    laps = lone_laps(world, sparing, 3)
    assert all(lap.valid for lap in laps)
    at_full_pace = make_plan(sandeby, spec, Setup())
    assert min(lap.time_s for lap in laps) > 1.05 * at_full_pace.lap_time_s
    assert 0.005 < world.snapshots()[0].charge < 0.1
