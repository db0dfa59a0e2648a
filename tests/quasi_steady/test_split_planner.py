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
    """The planned lap time with a setup, on one line; under *fill* it is a matter of tyres."""
    line = min_curvature_line(corridor(ricardo_tormo, spec.chassis.width_m), 6e-4)

    def plan(**setup):
        chosen = Setup(**{"split_law": "fill"} | setup)
        return speed_planner(ricardo_tormo, spec, chosen).profile(line).lap_time_s

    return plan


@pytest.mark.parametrize("law", ["limit", "fill"])
def test_a_map_of_one_share_all_round_plans_like_that_share(lap_s, law):
    drive = SplitMap(painted=(Stretch(0.0, 9999.0, 0.3),))
    # A map's tables have steps up to the car's own top speed, a share's up to that of the share:
    # with half the steps the two lie within 0.002 s.
    shared_s = lap_s(front_torque_share=0.3, split_law=law)
    assert lap_s(split_map=drive, split_law=law) == approx(shared_s, abs=0.02)
    braking = SplitMap(painted=(Stretch(0.0, 9999.0, 0.4, "regeneration"),))
    shared_s = lap_s(front_regen_share=0.4, split_law=law)
    assert lap_s(split_map=braking, split_law=law) == approx(shared_s, abs=2e-3)


def test_under_limit_power_decides_and_no_share_is_beyond_a_cliff(lap_s):
    none, little, some, even = (
        lap_s(front_torque_share=share, split_law="limit") for share in (0.0, 0.01, 0.02, 0.5)
    )
    # The front wheels slip more, and of constant power less torque is left there: the rear holds
    # back as much under limit alone. The optimum of either law has 0.04 s between them.
    assert 0.0 < even - lap_s() < 0.06
    assert none - little == approx(little - some, rel=0.1)
    assert lap_s(front_torque_share=0.4545, split_law="limit") > even + 0.8
    assert (
        none - little < 0.3 < 10.0 < lap_s(front_torque_share=0.0) - lap_s(front_torque_share=0.01)
    )


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
    assert both == approx(sum(gains), rel=0.1)
