"""The bot keeps laps valid from cold tyres to worn ones, and foresees what they cost."""

import dataclasses
import math

import msgspec
import numpy as np
import pytest
from pytest import approx

from game.bot.lone_follower import bind_follower
from game.bot.plan import GRIP_STEP, LEVELS, speed_at
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.bot.stint_plan import planned_stint
from game.compiled import Backend
from game.drivers.driver import TICKS_PER_DECISION
from game.recording.lap_recorder import LapRecorder
from game.simulation.world import World
from game.vehicle.setup import default_setup, on_frozen_tyres

pytestmark = pytest.mark.slow

LAPS = 10


@pytest.fixture(scope="module")
def cool_car(spec):
    """The shipped car with a pack that no stint warms up or runs down: only tyres change its laps.

    At any charge it has the voltage of nine tenths.
    """
    pack = msgspec.structs.replace(
        spec.battery, cooling_wpk=1e5, cell_voltage_v=(spec.battery.cell_voltage_v[9],) * 11
    )
    return msgspec.structs.replace(spec, battery=pack)


@pytest.fixture(scope="module", params=["slick", "sport"])
def setup(request, cool_car):
    new = default_setup(cool_car)
    return msgspec.structs.replace(new, tyre=request.param, initial_charge=1.0)


@pytest.fixture(scope="module")
def plan(ricardo_tormo, cool_car, setup):
    return make_plan(ricardo_tormo, cool_car, setup)


@pytest.fixture(scope="module")
def stint(ricardo_tormo, cool_car, setup, plan):
    """Ten laps from cold tyres, and how far from its line the bot came."""
    world = World(ricardo_tormo, [flying_start(cool_car, setup, plan)], Backend.COMPILED)
    decide = bind_follower(world, plan)
    recorder = LapRecorder(world.step_s)
    widest_m = 0.0
    while len(recorder.laps) < LAPS and world.time_s < 130.0 * LAPS:
        decision = decide()
        recorder.on_step(world.step([decision.controls], TICKS_PER_DECISION))
        widest_m = max(widest_m, abs(decision.deviation_m))
    return recorder.laps, widest_m


def test_every_lap_from_cold_tyres_to_worn_ones_is_valid_and_near_the_line(stint):
    laps, widest_m = stint
    assert [lap.valid for lap in laps] == [True] * LAPS
    assert widest_m < 1.0


def test_the_second_or_third_lap_is_the_fastest_and_the_tenth_is_a_little_slower(stint, setup):
    laps, _ = stint
    times_s = [lap.time_s for lap in laps]
    best = int(np.argmin(times_s))
    assert best + 1 in (2, 3)
    assert 1.003 * times_s[best] < times_s[0]
    assert 1.005 <= times_s[-1] / times_s[best] <= 1.02 or setup.tyre == "sport"


def test_tyres_warm_up_into_their_window_and_wear_a_little_more_each_lap(stint, cool_car, setup):
    laps, _ = stint
    state = cool_car.tyres[setup.tyre].state
    worn = [max(lap.tyres.wear) for lap in laps]
    assert worn == sorted(worn)
    assert 0.05 < worn[-1] < 0.6
    felt_k = np.array(laps[2].tyres.carcass_k)
    felt_k += state.tread_weight * (np.array(laps[2].tyres.tread_k) - felt_k)
    assert (felt_k > state.window_low_k).all()
    assert (felt_k < state.window_high_k).all()


def test_a_stint_is_foreseen_within_a_hundredth_lap_by_lap(
    ricardo_tormo, cool_car, setup, plan, stint
):
    laps, _ = stint
    foreseen = planned_stint(ricardo_tormo, plan, flying_start(cool_car, setup, plan), LAPS)
    for lap, planned in zip(laps, foreseen, strict=True):
        assert planned.time_s == approx(lap.time_s, rel=0.01)
        assert planned.wear == approx(max(lap.tyres.wear), rel=0.15)
    assert foreseen[-1].charge == approx(1.0 - plan.charge_per_lap * (LAPS + 0.3), abs=0.05)


def test_the_plan_is_the_one_for_frozen_tyres(ricardo_tormo, cool_car, setup, plan):
    frozen = make_plan(ricardo_tormo, cool_car, on_frozen_tyres(setup))
    assert (frozen.speed_mps == plan.speed_mps).all()


def test_less_grip_is_planned_slower_everywhere_and_without_a_jump(plan):
    grips = np.linspace(1.0, 0.5, 101)
    for s_m in (0.0, 700.0, 1500.0, 3000.0):
        speeds = [speed_at(plan.table, s_m, float(grip)).speed_mps for grip in grips]
        assert np.all(np.diff(speeds) <= 1e-9)
        assert np.diff(speeds).min() > -1.5
    assert plan.slower_speed_mps.shape == (LEVELS, len(plan.speed_mps))
    assert speed_at(plan.table, 700.0, 1.0).speed_mps == plan.at(700.0).speed_mps


def test_a_plan_without_levels_goes_slower_by_the_root_of_the_grip(plan):
    bare = dataclasses.replace(
        plan, slower_speed_mps=np.empty((0, 0)), slower_accel_mps2=np.empty((0, 0))
    )
    fast, slow = (speed_at(bare.table, 900.0, grip).speed_mps for grip in (1.0, 1.0 - GRIP_STEP))
    assert slow == approx(fast * math.sqrt(1.0 - GRIP_STEP))
