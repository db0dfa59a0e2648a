"""Kerbs that stand above the tarmac lift the wheels, and shake a car the more the faster it is."""

import pytest
from pytest import approx

from game.units import G_MPS2
from game.vehicle.state import Ground, PerWheel, controls

TICK_S = 1.0 / 240.0
FLAT, KERB = Ground(1.0, 0.015), Ground(1.0, 0.015, 0.0, 0.02)
LEFT_ON_KERB = PerWheel(KERB, FLAT, KERB, FLAT)
ALL_FLAT = PerWheel(*[FLAT] * 4)


def held(car):
    """Controls that keep a car straight and about at its speed."""
    return controls(throttle=0.1 if car.speed_mps < 55.0 else 0.3)


def shaken_n(unaided, speed_mps):
    """Return the greatest change of a wheel's load in the half second after coming onto a kerb."""
    car = unaided(speed_mps)
    before = [wheel.load_n for wheel in car.step(held(car), 24).wheels]
    car.ground = LEFT_ON_KERB
    most_n = 0.0
    for _ in range(120):
        loads = [wheel.load_n for wheel in car.step(held(car)).wheels]
        most_n = max(most_n, *(abs(now - then) for now, then in zip(loads, before, strict=True)))
    return most_n


def test_a_kerb_under_the_left_wheels_rolls_the_body_and_leaves_the_road_its_height(unaided):
    car = unaided(30.0)
    car.ground = LEFT_ON_KERB
    car.step(held(car), 480)
    body = car.state.body
    assert body.front_left_road_m == approx(0.02, abs=1e-6)
    assert body.front_right_road_m == 0.0
    assert body.roll_rad == approx(0.02 / (2.0 * car.car.half_track_m), rel=0.1)
    assert body.front_m + body.rear_m > 0.01  # over where it was: downforce takes some millimetres
    front, rear = car.wheels[:2], car.wheels[2:]
    for left, right in (front, rear):
        assert left.load_n == approx(right.load_n, rel=0.03)


def test_the_faster_a_car_comes_onto_a_kerb_the_more_it_is_shaken(unaided):
    walking, slow, fast = (shaken_n(unaided, speed_mps) for speed_mps in (2.0, 10.0, 50.0))
    assert walking < slow < fast
    assert 1000.0 < fast < 4000.0


def test_over_a_kerb_and_down_again_the_wheels_carry_the_car_on_average(unaided):
    car = unaided(30.0)
    carried_ns = weight_ns = 0.0
    for ground, ticks in ((LEFT_ON_KERB, 24), (ALL_FLAT, 12), (LEFT_ON_KERB, 12), (ALL_FLAT, 240)):
        car.ground = ground
        for _ in range(ticks):
            loads_n = [wheel.load_n for wheel in car.step(held(car)).wheels]
            assert min(loads_n) >= 0.0
            downforce_n = 0.5 * 1.2 * 1.15 * car.speed_mps**2
            carried_ns += TICK_S * sum(loads_n)
            weight_ns += TICK_S * (car.car.mass_kg * G_MPS2 + downforce_n)
    assert carried_ns == approx(weight_ns, rel=0.01)


def test_back_on_the_flat_nothing_of_a_kerb_is_left(unaided):
    car = unaided(30.0)
    car.ground = LEFT_ON_KERB
    car.step(held(car), 60)
    car.ground = ALL_FLAT
    car.step(held(car), 240)
    body = car.state.body
    assert body.uneven == 0
    assert (body.front_left_road_m, body.front_road_n, body.rear_road_roll_n) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("height_m", [0.08, 0.2])
def test_a_high_kerb_takes_wheels_off_the_road_and_the_car_comes_down_again(unaided, height_m):
    car = unaided(50.0)
    high = Ground(1.0, 0.015, 0.0, height_m)
    car.ground = PerWheel(high, FLAT, high, FLAT)
    car.step(held(car), 24)
    car.ground = ALL_FLAT
    lightest_n = min(wheel.load_n for _ in range(60) for wheel in car.step(held(car)).wheels)
    assert lightest_n == 0.0
    car.step(held(car), 480)
    assert car.state.body.roll_rad == approx(0.0, abs=0.01)
    assert min(wheel.load_n for wheel in car.wheels) > 2000.0
