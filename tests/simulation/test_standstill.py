"""A car that stands, stands."""

import pytest
from pytest import approx

from game.vehicle.state import Controls, controls


def speed_mps(now):
    return (now.velocity_forward_mps**2 + now.velocity_left_mps**2) ** 0.5


@pytest.mark.parametrize("steering", [0.0, 0.3, -1.0])
@pytest.mark.parametrize("aids", [0, 3])
def test_under_the_brake_with_steering_held_it_stands_still_without_ripple(alone, steering, aids):
    world = alone(5.0, abs=aids, traction_control=aids, yaw_control=aids)
    world.step([controls(steering=steering, brake=0.5)], 240 * 5)
    forces_n = []
    for _ in range(120):
        now = world.step([controls(steering=steering, brake=0.5)], 1).snapshots[0]
        assert speed_mps(now) < 1e-9
        state = world.runtime(0).state
        forces_n.append(state.front_left.forward_n + state.rear_right.left_n)
    assert max(forces_n) - min(forces_n) < 1.0


def test_turning_the_wheel_of_a_braked_car_does_not_move_it(alone):
    world = alone()
    for steering in (1.0, -1.0, 0.5, 0.0):
        now = world.step([controls(steering=steering, brake=0.3)], 240).snapshots[0]
    assert (now.x_m, now.y_m, now.heading_rad) == (0.0, 0.0, 0.0)


def test_with_no_pedal_a_standing_car_does_not_creep(alone):
    now = alone().step([Controls()], 240 * 5).snapshots[0]
    assert abs(now.x_m) < 1e-6
    assert speed_mps(now) < 1e-6


def test_a_rolling_car_with_no_pedal_comes_to_rest_and_does_not_roll_back(alone):
    world = alone(3.0)
    while world.time_s < 60.0:
        now = world.step([Controls()], 24).snapshots[0]
        assert now.velocity_forward_mps > -0.02
    assert speed_mps(now) < 0.01


def test_a_rolling_start_begins_without_a_jerk(alone):
    world = alone(40.0)
    now = world.step([Controls()], 1).snapshots[0]
    assert now.velocity_forward_mps == approx(40.0, abs=0.01)
    assert now.spin_radps.front_left * 0.318 == approx(40.0, abs=0.05)
    assert abs(now.slip_ratio.front_left) < 0.002


def test_two_seconds_at_20_mps_are_40_m(alone):
    world = alone(20.0)
    for _ in range(480):
        missing_mps = 20.0 - world.snapshots()[0].velocity_forward_mps
        now = world.step([controls(throttle=0.05 + 3.0 * missing_mps)]).snapshots[0]
    assert now.x_m == approx(40.0, abs=0.1)


def test_the_standing_wheels_carry_the_cars_weight_from_the_first_look(alone):
    loads_n = alone().snapshots()[0].load_n
    assert sum(loads_n) == approx(1295.0 * 9.80665)
