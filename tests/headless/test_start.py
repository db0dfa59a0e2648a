"""How laps begin: flying by the start line, or from standstill on pole."""

import pytest

from game.bot.start import flying_start, standing_start
from game.headless.fleet import split_into_stints
from game.headless.stint import Conditions, drive_stint
from game.simulation.world import TICK_S

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


def test_a_flying_start_is_on_the_planned_line_at_its_speed(spec, enter):
    entrant = enter("reference")
    plan = entrant.plan
    start = flying_start(spec, entrant.setup, plan)
    station = round(start.s_m / plan.station_m)
    assert start.speed_mps == plan.speed_mps[station]
    assert start.pose == (plan.x_m[station], plan.y_m[station], plan.heading_rad[station])
