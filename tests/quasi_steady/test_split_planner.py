"""Speeds are planned with the shares that a split map gives a place."""

import pytest
from pytest import approx

from game.bot.corridor import corridor
from game.bot.min_curvature_line import min_curvature_line
from game.bot.speed_plan import speed_planner
from game.vehicle.setup import Setup
from game.vehicle.split_map import SplitMap, Stretch


@pytest.fixture(scope="module")
def lap_s(ricardo_tormo, spec):
    """The planned lap time with a setup, on one line."""
    line = min_curvature_line(corridor(ricardo_tormo, spec.chassis.width_m), 6e-4)

    def plan(**setup):
        return speed_planner(ricardo_tormo, spec, Setup(**setup)).profile(line).lap_time_s

    return plan


def test_a_map_of_one_share_all_round_plans_like_that_share(lap_s):
    drive = SplitMap(painted=(Stretch(0.0, 9999.0, 0.3),))
    assert lap_s(split_map=drive) == approx(lap_s(front_torque_share=0.3), abs=0.01)
    braking = SplitMap(painted=(Stretch(0.0, 9999.0, 0.4, "regeneration"),))
    assert lap_s(split_map=braking) == approx(lap_s(front_regen_share=0.4), abs=2e-3)


def test_an_empty_map_plans_like_none(lap_s):
    assert lap_s(split_map=SplitMap()) == lap_s()


def test_more_front_on_the_exit_alone_costs_time_and_less_gains_some(lap_s):
    best_everywhere = lap_s(front_torque_share=0.2)
    assert best_everywhere < lap_s(split_map=SplitMap(exit=0.2)) < lap_s()
    assert lap_s() < lap_s(split_map=SplitMap(exit=0.8)) < lap_s(front_torque_share=0.8)


def test_more_than_one_phase_adds_up(lap_s):
    gains = [lap_s() - lap_s(split_map=SplitMap(**{name: 0.2})) for name in ("middle", "exit")]
    both = lap_s() - lap_s(split_map=SplitMap(middle=0.2, exit=0.2))
    assert all(gain > 0.01 for gain in gains)
    assert both == approx(sum(gains), abs=0.02)
