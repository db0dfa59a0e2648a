"""The car knows no left from right."""

import pytest
from pytest import approx

from game.vehicle.state import Controls, controls

CALM = [
    (2.0, controls(throttle=1.0, steering=0.1)),
    (2.0, controls(throttle=0.3, steering=-0.3)),
    (1.0, controls(brake=0.6, steering=-0.2)),
    (2.0, controls(throttle=0.5, steering=0.4)),
]
SPIN = [
    (1.0, controls(throttle=1.0, steering=0.6)),
    (2.0, controls(throttle=1.0, steering=-1.0)),
    (1.0, controls(brake=1.0, steering=0.7)),
]


@pytest.mark.parametrize("drive", [CALM, SPIN], ids=["calm", "spin"])
@pytest.mark.parametrize("aids", [0, 5])
def test_mirrored_controls_drive_the_mirrored_path(alone, drive, aids):
    setup = {"traction_control": aids, "abs": aids, "yaw_control": aids}
    here, there = alone(20.0, **setup), alone(20.0, **setup)
    widest_m = 0.0
    for seconds, held in drive:
        mirrored = Controls(-held.steering, held.throttle, held.brake, held.reverse)
        for _ in range(round(seconds * 24)):
            one = here.step([held], 10).snapshots[0]
            other = there.step([mirrored], 10).snapshots[0]
            widest_m = max(widest_m, abs(one.y_m))
            assert other.x_m == approx(one.x_m, abs=1e-9)
            assert other.y_m == approx(-one.y_m, abs=1e-9)
            assert other.heading_rad == approx(-one.heading_rad, abs=1e-9)
            assert other.spin_radps.front_left == approx(one.spin_radps.front_right, abs=1e-8)
            assert other.load_n.rear_left == approx(one.load_n.rear_right, abs=1e-6)
    assert widest_m > 5.0


def test_with_the_wheel_straight_the_car_keeps_to_its_line(alone):
    world = alone()
    world.step([controls(throttle=1.0)], 1200)
    now = world.step([controls(brake=1.0)], 480).snapshots[0]
    assert (now.y_m, now.heading_rad) == (0.0, 0.0)


@pytest.mark.parametrize("heading_rad", [0.7, 2.0, -2.5])
def test_the_same_drive_in_another_direction_is_the_same_drive(alone, heading_rad):
    here, there = alone(20.0), alone(20.0, heading_rad)
    for seconds, held in CALM:
        one = here.step([held], round(seconds * 240)).snapshots[0]
        other = there.step([held], round(seconds * 240)).snapshots[0]
    distance_m = (one.x_m**2 + one.y_m**2) ** 0.5
    assert (other.x_m**2 + other.y_m**2) ** 0.5 == approx(distance_m, abs=1e-6)
    assert other.heading_rad - heading_rad == approx(one.heading_rad, abs=1e-8)
