"""Racing speeds: the plan's where grip decides, higher on straights, and less grip in a wake."""

import numpy as np
import pytest
from pytest import approx

from game.bot.path_follower import grip_in_wake
from game.bot.planning import make_plan
from game.bot.racing_speeds import racing_plan
from game.bot.side_lines import side_tables
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.units import G_MPS2
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.state import Controls


@pytest.fixture(scope="module")
def plans(oval, spec):
    """The plan of a car, that to race by, and what the first does straight on at most."""
    plan = make_plan(oval, spec, Setup())
    sides = side_tables(oval, spec, Setup(), plan)
    return plan, racing_plan(plan, sides.limits, sides.max_left_mps2), sides


def test_no_place_is_to_be_passed_more_slowly_than_planned(plans):
    plan, raced, _ = plans
    assert (raced.speed_mps >= plan.speed_mps).all()
    assert (raced.slower_speed_mps >= plan.slower_speed_mps).all()


def test_where_grip_to_the_side_decides_the_speeds_are_those_of_the_plan(plans):
    plan, raced, sides = plans
    used = np.abs(plan.curvature_1pm) * plan.speed_mps**2 / sides.max_left_mps2
    cornering = used > 0.6
    assert cornering.any()
    assert raced.speed_mps[cornering] == approx(plan.speed_mps[cornering])


def test_on_a_straight_a_car_may_be_faster_than_its_motors_make_it(plans):
    plan, raced, _ = plans
    fastest = plan.speed_mps.argmax() - 20  # some way before the brakes are on
    assert raced.speed_mps[fastest] > plan.speed_mps[fastest] + 1.0


def test_no_higher_speed_asks_for_harder_braking_than_the_plan_has(plans):
    plan, raced, _ = plans
    faster = raced.speed_mps > plan.speed_mps + 0.01
    assert raced.accel_mps2[faster].min() > plan.accel_mps2.min()


def test_in_a_wake_a_car_counts_on_the_grip_that_is_left_of_its_downforce(spec):
    starts = [Start(spec, Setup(), Pose(x_m, 0.0, 0.0), speed_mps=40.0) for x_m in (0.0, -10.0)]
    step = World(None, starts).step([Controls()] * 2)
    car = make_car(spec, Setup())
    ahead, behind = (grip_in_wake(car, each) for each in step.snapshots)
    assert ahead == approx(1.0)
    pressed_n = 0.5 * spec.aero.air_density_kgpm3 * spec.aero.downforce_area_m2 * 40.0**2
    lost = 0.25 * pressed_n / (car.mass_kg * G_MPS2 + pressed_n)  # a quarter of the pressure
    assert behind == approx(1.0 - lost, abs=0.002)
