"""The lines for cars side by side: on the road, a width apart, slower than the planned one."""

import itertools

import pytest

from game.bot.planning import make_plan
from game.bot.racing_speeds import racing_plan
from game.bot.side_lines import APART_M, side_tables
from game.vehicle.setup import Setup


@pytest.fixture(scope="module", params=["oval", "ricardo_tormo"])
def plan_and_sides(request, spec):
    track = request.getfixturevalue(request.param)
    plan = make_plan(track, spec, Setup())
    return plan, side_tables(track, spec, Setup(), plan)


def test_there_is_room_for_two_cars_all_round(plan_and_sides, spec):
    _, sides = plan_and_sides
    assert 2.0 * sides.side_m == pytest.approx(spec.chassis.width_m + APART_M)
    assert all(each.right_m <= -sides.side_m + 0.01 for each in sides.stations)
    assert all(each.left_m >= sides.side_m - 0.01 for each in sides.stations)


def test_a_place_that_is_kept_is_on_the_road_everywhere(plan_and_sides):
    for each in plan_and_sides[1].stations:
        assert each.road_right_m <= each.right_m <= 0.0 <= each.left_m <= each.road_left_m


def test_beside_the_planned_line_a_lap_takes_longer(plan_and_sides):
    plan, sides = plan_and_sides
    raced = racing_plan(plan, sides.limits, sides.max_left_mps2)
    planned_s = float((plan.station_m / raced.speed_mps).sum())
    for name in ("slow_right_s2pm2", "slow_s2pm2", "slow_left_s2pm2"):
        lap_s = sum(plan.station_m * getattr(each, name) ** 0.5 for each in sides.stations)
        assert planned_s < lap_s < 1.15 * planned_s


def test_brakes_are_stronger_and_motors_weaker_the_faster_a_car_is(plan_and_sides):
    limits = plan_and_sides[1].limits
    for slower, faster in itertools.pairwise(limits):
        assert slower.forward_mps2 >= faster.forward_mps2
        assert slower.brake_mps2 <= faster.brake_mps2
