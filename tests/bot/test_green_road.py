"""The bot drives on a green road, faster from lap to lap as traffic and it lay rubber."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from pytest import approx

from game.bot.lone_follower import bind_follower
from game.bot.planning import make_plan
from game.bot.start import flying_start
from game.bot.water_ahead import planned_weather
from game.compiled import Backend
from game.drivers.driver import TICKS_PER_DECISION
from game.recording.lap_recorder import LapRecorder
from game.simulation.swept_road import untouched_cells
from game.simulation.world import World
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.weather.weather import CLEAR_NOON, load_weather

# Of what ships, with traffic by which an oval's line is rubbered in within a few of its short laps.
GREEN = msgspec.structs.replace(load_weather("green_road"), traffic_1ps=2.0)
RUBBERED = msgspec.structs.replace(GREEN, rubber=1.0)
LAPS = 12


@pytest.fixture(scope="module")
def drive(oval, spec):
    """The plan, the laps and the world of a bot alone on the oval; each drive is made once."""

    @cache
    def made(weather):
        car, setup = in_weather(spec, weather), Setup(tyre_state="frozen")
        plan = make_plan(oval, car, setup)
        world = World(oval, [flying_start(car, setup, plan)], Backend.COMPILED)
        decide, recorder = bind_follower(world, plan), LapRecorder(world.step_s)
        while len(recorder.laps) < LAPS:
            recorder.on_step(world.step([decide().controls], TICKS_PER_DECISION))
        assert all(lap.valid for lap in recorder.laps)
        return plan, np.array([lap.time_s for lap in recorder.laps]), world

    return made


@pytest.mark.slow
def test_laps_on_a_green_road_get_faster_and_tend_to_those_on_a_rubbered_one(drive):
    lost_s = drive(GREEN)[1] - drive(RUBBERED)[1]
    assert lost_s[0] > 0.005 * drive(RUBBERED)[1][0]
    assert all(after < before for before, after in pairwise(lost_s))
    assert lost_s[-1] < 0.6 * lost_s[0]
    lacking = 1.0 - drive(GREEN)[2].snapshots()[0].rubber_share
    assert lost_s[-1] / lost_s[0] == approx(lacking, abs=0.15)


@pytest.mark.slow
def test_off_the_line_the_road_stays_green_and_on_it_more_is_laid_than_by_traffic(drive):
    water = drive(GREEN)[2].water()
    plan = drive(GREEN)[0]
    quiet = replace(water, cells=untouched_cells(water.road))  # as if without the car
    places = range(0, len(water.road.places), 5)
    s_m = [number * water.road.place_m for number in places]
    wheels_m = [plan.at(at_m).offset_m + 0.8 for at_m in s_m]
    by_all, by_traffic = (
        np.mean([each.rubber(*place) for place in zip(s_m, wheels_m, strict=True)])
        for each in (water, quiet)
    )
    assert by_all > by_traffic + 0.005
    for number, at_m in zip(places, s_m, strict=True):
        line_m = water.road.places[number].line_m
        far_m = line_m + (5.5 if line_m < 0.0 else -5.5)
        assert water.rubber(at_m, far_m) < 0.02


@pytest.mark.slow
def test_a_rubbered_line_is_as_fast_as_a_road_of_which_nothing_is_said(drive):
    assert drive(RUBBERED)[1] == approx(drive(CLEAR_NOON)[1], rel=0.004)


@pytest.mark.slow
def test_a_plan_is_made_for_the_most_rubber_of_a_drive_and_knows_the_grip_before(drive, spec):
    assert planned_weather(GREEN).rubber == approx(1.0, abs=1e-3)
    plan = drive(GREEN)[0]
    assert plan.water_grip[0] == approx(spec.tyres["slick"].green_grip, abs=0.01)
    assert (np.diff(plan.water_grip) >= 0.0).all()
    assert plan.water_grip[-1] == approx(1.0, abs=1e-3)
    assert plan.quasi_steady_s > plan.lap_time_s
