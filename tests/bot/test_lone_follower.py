"""A plan followed alone: compiled or plainly, the decisions are those of the bot, to the bit."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.bot.bot import Bot, LoneBot, bot_alone
from game.bot.driver_noise import driver_noise
from game.bot.lone_follower import bind_follower
from game.bot.observing_follower import ObservingFollower
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.compiled import Backend
from game.drivers.driver import TICKS_PER_DECISION
from game.drivers.observation import Observation
from game.session import Session
from game.simulation.world import Start, World
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap

SETUPS = {
    "bare": Setup(),
    "assisted": Setup(one_pedal_mps2=1.5, split_mode="slip-balancing"),
    "mapped": Setup(split_map=SplitMap(braking=0.8, entry=0.0, exit=0.3)),
}


@pytest.fixture(scope="module")
def plan(oval, spec):
    return make_plan(oval, spec, Setup())


@pytest.fixture(scope="module")
def compiled_world(oval, spec, plan):
    return World(oval, [flying_start(spec, Setup(), plan)], backend=Backend.COMPILED)


def start_on(track, spec, setup, s_m, offset_m=0.0, turned_rad=0.0, speed_mps=0.0):
    x_m, y_m = track.centreline.point(s_m, offset_m)
    heading_rad = track.centreline.pose(s_m).heading_rad + turned_rad
    pose = track.centreline.pose(s_m)._replace(x_m=x_m, y_m=y_m, heading_rad=heading_rad)
    return Start(spec, setup, pose, s_m, speed_mps)


def decisions_by_both(track, plan, world, count, noise=None):
    """The bound follower's decisions, asserted to be those of a bot that observes the world."""
    (start,) = world.starts
    follower = ObservingFollower(track, start.spec, start.setup, plan, noise)
    decide = bind_follower(world, plan, noise)
    decisions = []
    for _ in range(count):
        now = world.snapshots()[0]
        decision = decide()
        assert decision.controls == follower.decide(Observation(now))
        assert decision[1:] == (now.s_m, follower.deviation_m, follower.lost, now.charge)
        world.advance([decision.controls], TICKS_PER_DECISION)
        decisions.append(decision)
    return decisions


@pytest.mark.parametrize("setup", SETUPS.values(), ids=SETUPS)
def test_laps_after_a_spin_are_the_bots_to_the_bit(oval, spec, plan, setup):
    start = start_on(oval, spec, setup, 50.0, turned_rad=1.6, speed_mps=30.0)
    world = World(oval, [start], backend=Backend.COMPILED)
    decisions = decisions_by_both(oval, plan, world, 3600)
    lost = [decision.lost for decision in decisions]
    assert any(lost)
    assert not any(lost[-1200:])
    assert any(decision.controls.brake for decision in decisions[-1200:])


def test_nose_to_a_wall_it_reverses_as_the_bot_does(ricardo_tormo, spec):
    circuit_plan = make_plan(ricardo_tormo, spec, Setup())
    start = start_on(ricardo_tormo, spec, Setup(), 3900.0, -7.3, -1.4)
    world = World(ricardo_tormo, [start], backend=Backend.COMPILED)
    decisions = decisions_by_both(ricardo_tormo, circuit_plan, world, 600)
    assert any(decision.controls.reverse for decision in decisions)


def test_below_full_pace_it_wanders_and_slows_as_the_bot_does(oval, spec, plan):
    bits = []
    for noise in (driver_noise(0.8, seed=3), driver_noise(1.0)):
        world = World(oval, [flying_start(spec, Setup(), plan)], backend=Backend.COMPILED)
        decisions = decisions_by_both(oval, plan, world, 600, noise)
        assert max(abs(decision.deviation_m) for decision in decisions) < 1.0
        bits.append(world.state_bits())
    assert bits[0] != bits[1]


def test_a_plain_world_and_a_compiled_one_are_driven_alike(oval, spec, plan):
    start = start_on(oval, spec, Setup(), 50.0, turned_rad=1.0, speed_mps=20.0)
    bits = []
    for backend in Backend:
        world = World(oval, [start], backend=backend)
        decide = bind_follower(world, plan)
        for _ in range(300):
            world.advance([decide().controls], TICKS_PER_DECISION)
        bits.append(world.state_bits())
    assert bits[0] == bits[1]


def test_a_car_with_less_power_than_its_plan_counts_on_stays_as_near_its_line(oval, spec, plan):
    for power_map in (1, 4):
        start = flying_start(spec, Setup(power_map=power_map), plan)
        world = World(oval, [start], backend=Backend.COMPILED)
        decide = bind_follower(world, plan)
        decision = decide()
        widest_m, most_missing_mps = 0.0, 0.0
        for _ in range(1800):
            world.advance([decision.controls], TICKS_PER_DECISION)
            decision = decide()
            widest_m = max(widest_m, abs(decision.deviation_m))
            speed_mps = world.snapshots()[0].velocity_forward_mps
            most_missing_mps = max(most_missing_mps, plan.at(decision.s_m).speed_mps - speed_mps)
        assert most_missing_mps > 1.0
        assert widest_m < 0.2


@pytest.mark.parametrize("backend", Backend)
def test_the_lone_bot_drives_a_stint_as_the_bot_does(oval, spec, plan, backend):
    bits = []
    for make in (lambda _: Bot(0.9), lambda world: LoneBot(world, 0.9)):
        world = World(oval, [flying_start(spec, Setup(), plan)], backend=backend)
        session = Session(world, [make(world)], seed=3, laps=2)
        for _ in range(300):
            session.step()
        bits.append(world.state_bits())
    assert bits[0] == bits[1]


def test_decisions_are_compiled_for_a_world_that_is_once_they_are_kept_or_for_many_laps(
    oval, spec, plan, monkeypatch
):
    starts = [flying_start(spec, Setup(), plan)]
    world = World(oval, starts, backend=Backend.COMPILED)
    kept = []
    monkeypatch.setattr("game.bot.bot.is_cached", lambda _: bool(kept))
    assert [type(bot_alone(world, 1.0, laps)) for laps in (1, 100)] == [Bot, LoneBot]
    kept.append(True)
    assert type(bot_alone(world, 1.0, 1)) is LoneBot
    assert type(bot_alone(World(oval, starts), 1.0, 100)) is Bot


@given(
    s_m=st.floats(0.0, 714.0),
    offset_m=st.floats(-8.0, 8.0),
    turned_rad=st.floats(-math.pi, math.pi),
    speed_mps=st.floats(0.0, 60.0),
)
def test_from_any_place_at_any_speed_the_decisions_are_the_bots(
    oval, spec, plan, compiled_world, s_m, offset_m, turned_rad, speed_mps
):
    compiled_world.restart(start_on(oval, spec, Setup(), s_m, offset_m, turned_rad, speed_mps))
    decisions_by_both(oval, plan, compiled_world, 20)


def test_it_follows_the_only_car_of_a_world_on_a_track(oval, spec, plan):
    start = flying_start(spec, Setup(), plan)
    with pytest.raises(ValueError, match="one car alone"):
        bind_follower(World(oval, [start, start]), plan)
    with pytest.raises(ValueError, match="on a track"):
        bind_follower(World(None, [start]), plan)
