"""A tick of 1/240 s is fine enough: sixteen times as many ticks change hardly anything."""

import pytest

from game.vehicle.state import controls

FINE_S = 1.0 / 3840.0


def stop_m(world, brake):
    while world.snapshots()[0].velocity_forward_mps > 0.005:
        world.step([controls(brake=brake)], round(1.0 / 240.0 / world.step_s))
    return world.snapshots()[0].x_m


@pytest.mark.parametrize("aids", [0, 3])
def test_a_launch_of_four_seconds_is_within_0_2_m_of_67_m(alone, aids):
    setup = {"driver_aboard": False, "traction_control": aids}
    coarse, fine = alone(**setup), alone(step_s=FINE_S, **setup)
    coarse_m = coarse.step([controls(throttle=1.0)], 4 * 240).snapshots[0].x_m
    fine_m = fine.step([controls(throttle=1.0)], 4 * 3840).snapshots[0].x_m
    assert 65.0 < fine_m < 71.0
    assert abs(coarse_m - fine_m) < 0.2


@pytest.mark.parametrize(
    ("brake", "aids"), [(1.0, 0), (1.0, 3), (0.5, 0)], ids=["locked", "abs", "half"]
)
def test_a_stop_from_30_mps_is_within_half_a_metre(alone, brake, aids):
    coarse_m = stop_m(alone(30.0, abs=aids), brake)
    fine_m = stop_m(alone(30.0, abs=aids, step_s=FINE_S), brake)
    assert 25.0 < fine_m < 60.0
    assert abs(coarse_m - fine_m) < 0.5


def test_a_launch_on_slippery_ground_is_within_0_2_m(alone, ground):
    wet = ground(grip=0.25)
    coarse = alone(track=wet, traction_control=0).step([controls(throttle=1.0)], 4 * 240)
    fine = alone(track=wet, traction_control=0, step_s=FINE_S)
    fine_m = fine.step([controls(throttle=1.0)], 4 * 3840).snapshots[0].x_m
    assert abs(coarse.snapshots[0].x_m - fine_m) < 0.2


def test_a_corner_at_the_limit_ends_in_the_same_place(alone):
    def place(step_s):
        world = alone(25.0, step_s=step_s, traction_control=0, yaw_control=0)
        now = world.step([controls(steering=0.3, throttle=0.3)], round(3.0 / step_s)).snapshots[0]
        return now.x_m, now.y_m

    coarse, fine = place(1.0 / 240.0), place(FINE_S)
    assert abs(coarse[0] - fine[0]) < 0.3
    assert abs(coarse[1] - fine[1]) < 0.3
