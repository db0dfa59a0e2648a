"""The bot drives on a wet road: within its grip, off the kerbs, and faster as the road dries."""

from functools import cache
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from pytest import approx

from game.bot.bot import Bot
from game.bot.lone_follower import bind_follower
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.bot.stint_plan import planned_stint
from game.bot.water_ahead import planned_weather
from game.compiled import Backend
from game.drivers.driver import TICKS_PER_DECISION
from game.recording.lap_recorder import LapRecorder
from game.session import Session
from game.simulation.world import World
from game.track.surfaces import KERB
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.weather.weather import CLEAR_NOON, load_weather

# Of what ships, with traffic on which an oval's line dries within a few of its short laps.
DRYING = msgspec.structs.replace(load_weather("drying"), traffic_1ps=0.8)


def surfaces(car):
    """What the four wheels stand on."""
    front = (car.front_left_surface, car.front_right_surface)
    return (*front, car.rear_left_surface, car.rear_right_surface)


@pytest.fixture(scope="module")
def laps(oval, spec):
    """The laps of a bot alone on the oval, and how many of its ticks had a wheel on a kerb.

    Each drive is made once, whoever asks for it.
    """

    @cache
    def drive(weather, count, tyre):
        car, chosen = in_weather(spec, weather), Setup(tyre=tyre)
        plan = make_plan(oval, car, chosen)
        world = World(oval, [flying_start(car, chosen, plan)], Backend.COMPILED)
        decide = bind_follower(world, plan)
        recorder, on_kerb = LapRecorder(world.step_s), 0
        while len(recorder.laps) < count and world.time_s < 1000.0:
            step = world.step([decide().controls], TICKS_PER_DECISION)
            recorder.on_step(step)
            on_kerb += KERB in surfaces(step.snapshots[0])
        return plan, recorder.laps, on_kerb

    return drive


@pytest.mark.slow
@pytest.mark.parametrize("name", ["damp", "rain", "drying"])
@pytest.mark.parametrize("tyre", ["slick", "wet"])
def test_laps_in_the_wet_are_valid_and_near_the_quasi_steady_one(laps, name, tyre):
    plan, driven, on_kerb = laps(load_weather(name), 3, tyre)
    assert [lap.valid for lap in driven] == [True] * 3
    assert driven[0].time_s < 1.015 * plan.quasi_steady_s
    assert on_kerb == 0


@pytest.mark.slow
def test_wet_tyres_are_faster_in_rain_and_slicks_on_a_dry_road(laps):
    def best_s(weather, tyre):
        _, driven, _ = laps(weather, 3, tyre)
        return min(lap.time_s for lap in driven[:2])

    rain = load_weather("rain")
    assert best_s(rain, "wet") < 0.97 * best_s(rain, "slick")
    assert best_s(CLEAR_NOON, "slick") < 0.97 * best_s(CLEAR_NOON, "wet")


@pytest.mark.slow
def test_a_stint_gets_faster_as_the_line_dries_and_is_foreseen(laps, oval, spec):
    plan, driven, _ = laps(DRYING, 12, "slick")
    times_s = [lap.time_s for lap in driven]
    assert all(lap.valid for lap in driven)
    assert times_s[-1] < 0.95 * times_s[0]
    assert all(after < before + 0.3 for before, after in pairwise(times_s))
    start = flying_start(in_weather(spec, DRYING), Setup(), plan)
    foreseen_s = [lap.time_s for lap in planned_stint(oval, plan, start, 12)]
    assert foreseen_s == approx(times_s, rel=0.015)


@pytest.mark.slow
def test_a_plan_is_made_for_the_driest_line_of_a_drive_and_knows_the_grip_before(oval, spec):
    assert planned_weather(DRYING).line_water_m == 0.0
    plan = make_plan(oval, in_weather(spec, DRYING), Setup(tyre="slick"))
    assert plan.water_grip[0] < 0.8
    assert np.all(np.diff(plan.water_grip) > -1e-3)
    assert plan.water_grip[-1] == approx(1.0, abs=1e-3)
    assert plan.quasi_steady_s > plan.lap_time_s


def test_a_dry_plan_knows_of_no_water(oval, spec):
    plan = make_plan(oval, in_weather(spec, CLEAR_NOON), Setup())
    assert plan.water_grip.tolist() == [1.0]


def test_a_bot_in_a_session_and_one_alone_decide_to_the_bit_alike_in_rain(oval, spec):
    car, setup = in_weather(spec, DRYING), Setup()
    plan = make_plan(oval, car, setup)
    start = flying_start(car, setup, plan)
    alone = World(oval, [start], Backend.COMPILED)
    session = Session(World(oval, [start], Backend.COMPILED), [Bot()])
    decide = bind_follower(alone, plan)
    for _ in range(60 * 20):
        alone.advance([decide().controls], TICKS_PER_DECISION)
        session.step()
    assert alone.state_bits() == session.world.state_bits()
