"""Laps begin flying by the start line, or from standstill on pole."""

import numpy as np
import pytest
from pytest import approx

from game.bot.plan import Plan
from game.bot.start import flying_start, run_up_laps, standing_start
from game.headless.fleet import split_into_stints
from game.headless.stint import Conditions, drive_stint
from game.simulation.world import TICK_S
from game.vehicle.setup import Setup

pytestmark = pytest.mark.slow


def test_a_lap_from_standstill_is_timed_from_the_first_tick(oval, spec, enter):
    entrant, stint = enter("reference"), split_into_stints(1, 1, 1)[0]
    run = drive_stint(Conditions(oval, spec, standing=True), entrant, stint)
    assert 0.0 <= run.ticks * TICK_S - run.laps[0].time_s < 5.0 * TICK_S
    flying = drive_stint(Conditions(oval, spec), entrant, stint)
    assert run.laps[0].time_s > flying.laps[0].time_s + 1.0


def test_a_standing_start_is_at_rest_on_pole_behind_the_line(oval, spec, enter):
    start = standing_start(spec, enter("reference").setup, oval)
    assert start.speed_mps == 0.0
    assert 0.0 < oval.length_m - start.s_m < 10.0


def test_a_flying_start_before_a_bend_is_on_the_planned_line_as_slow_as_in_the_bend(spec, enter):
    entrant = enter("reference")
    plan = entrant.plan
    start = flying_start(spec, entrant.setup, plan)
    station = round(start.s_m / plan.station_m)
    ahead = round(120.0 / plan.station_m)
    assert start.speed_mps == plan.speed_mps[station : station + ahead].min()
    assert start.speed_mps < 0.9 * plan.speed_mps[station]
    assert start.pose == (plan.x_m[station], plan.y_m[station], plan.heading_rad[station])


def plan_with_bends(bends_1pm, speed_mps=40.0, station_m=3.0):
    """A plan of which only curvature and speed are given."""
    curvature_1pm = np.array(bends_1pm)
    flat = np.zeros_like(curvature_1pm)
    return Plan(
        station_m=station_m,
        offset_m=flat,
        x_m=flat,
        y_m=flat,
        heading_rad=flat,
        across_rad=flat,
        curvature_1pm=curvature_1pm,
        grip=flat + 1.0,
        speed_mps=flat + speed_mps,
        accel_mps2=flat,
        lap_time_s=station_m * len(flat) / speed_mps,
        charge_per_lap=0.05,
        quasi_steady_s=station_m * len(flat) / speed_mps,
    )


def test_a_flying_start_is_on_the_straight_in_the_last_third_of_the_lap(spec):
    plan = plan_with_bends([0.0] * 200 + [0.008] * 100 + [0.0] * 60 + [0.008] * 40)
    start = flying_start(spec, Setup(), plan)
    assert 320 * 3.0 <= start.s_m <= 340 * 3.0
    assert start.speed_mps == 40.0
    assert run_up_laps(plan) == 0.4


def test_a_flying_start_is_on_an_earlier_straight_where_the_last_third_has_none(spec):
    plan = plan_with_bends([0.008] * 40 + [0.0] * 60 + [0.008] * 300)
    start = flying_start(spec, Setup(), plan)
    assert 60 * 3.0 <= start.s_m <= 80 * 3.0
    assert start.speed_mps == 40.0
    assert run_up_laps(plan) == approx(1.0 - start.s_m / 1200.0)


def test_a_car_is_put_on_a_circle_at_a_speed_at_which_it_stays_on_it(spec):
    start = flying_start(spec, Setup(), plan_with_bends([0.02] * 100))
    assert 0.02 * start.speed_mps**2 == approx(3.0)
