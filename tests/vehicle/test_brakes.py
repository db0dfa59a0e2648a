"""Regeneration first, friction for the rest: the driver feels one brake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.vehicle.brakes import regeneration_fade
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.state import controls


@pytest.fixture(scope="module")
def brakes(spec):
    return make_car(spec, Setup(one_pedal_mps2=2.0)).brakes


def front_share_of_braking(car):
    forces_n = [wheel.forward_n for wheel in car.wheels]
    return sum(forces_n[:2]) / sum(forces_n)


@given(st.floats(0.0, 100.0), st.floats(0.0, 100.0))
def test_regeneration_never_grows_as_the_car_slows(brakes, one, other):
    slow, fast = sorted((one, other))
    assert 0.0 <= regeneration_fade(brakes, slow) <= regeneration_fade(brakes, fast) <= 1.0


def test_regeneration_is_whole_above_10_kmh_and_gone_below_3(brakes):
    assert regeneration_fade(brakes, 10.1 / 3.6) == 1.0
    assert 0.3 < regeneration_fade(brakes, 6.5 / 3.6) < 0.7
    assert regeneration_fade(brakes, 2.9 / 3.6) == 0.0


def test_the_last_of_a_stop_is_left_to_the_friction_brakes(rig):
    car = rig(6.0)
    while car.speed_mps > 4.0:
        car.step(controls(brake=0.1))
    assert car.state.rear.torque_nm < -10.0
    while car.speed_mps > 0.5:
        car.step(controls(brake=0.1))
    assert car.state.rear.torque_nm == approx(0.0, abs=0.5)
    assert car.wheels.rear_left.brake_nm > 50.0


@pytest.mark.parametrize("wanted_mps2", [1.0, 2.0])
def test_lifting_off_slows_the_car_by_what_is_set_beyond_coasting(rig, wanted_mps2):
    lifted = rig(25.0, one_pedal_mps2=wanted_mps2).step(controls(), 120)
    coasting = rig(25.0).step(controls(), 120)
    begin = lifted.speed_mps, coasting.speed_mps
    lifted.step(controls(), 120)
    coasting.step(controls(), 120)
    lifted_mps2 = (begin[0] - lifted.speed_mps) / 0.5
    coasting_mps2 = (begin[1] - coasting.speed_mps) / 0.5
    assert lifted_mps2 - coasting_mps2 == approx(wanted_mps2, rel=0.03)


def test_lifting_off_uses_no_friction_brake(rig):
    car = rig(25.0, one_pedal_mps2=2.0).step(controls(), 120)
    assert car.wheels.front_left.brake_nm == car.wheels.rear_left.brake_nm == 0.0
    assert car.state.battery.regained_j > 0.0


@pytest.mark.parametrize("brake", [0.1, 0.3, 0.6])
def test_the_car_slows_alike_with_and_without_regeneration(rig, brake):
    with_regen = rig(45.0, regen_limit=1.0).step(controls(brake=brake), 240)
    friction_only = rig(45.0, regen_limit=0.0).step(controls(brake=brake), 240)
    assert friction_only.state.battery.regained_j == 0.0
    assert with_regen.state.battery.regained_j > 30_000.0
    lost_mps = 45.0 - friction_only.speed_mps
    assert 45.0 - with_regen.speed_mps == approx(lost_mps, rel=0.02)


def test_the_regeneration_share_moves_the_brake_balance(rig):
    shares = [
        front_share_of_braking(rig(30.0, front_regen_share=share).step(controls(brake=0.1), 120))
        for share in (0.2, 0.5, 0.8)
    ]
    assert shares[0] < shares[1] - 0.15 < shares[2] - 0.3


@pytest.mark.parametrize("bias", [0.45, 0.6, 0.75])
def test_the_brake_bias_is_the_front_axles_share_of_friction_braking(rig, bias):
    car = rig(30.0, regen_limit=0.0, front_brake_bias=bias).step(controls(brake=0.2), 120)
    front_nm, rear_nm = car.wheels.front_left.brake_nm, car.wheels.rear_left.brake_nm
    assert front_nm / (front_nm + rear_nm) == approx(bias)


def test_braking_beyond_what_the_pack_takes_stays_within_120_kw(rig):
    car = rig(55.0)
    for _ in range(240):
        car.step(controls(brake=0.5))
        assert car.state.battery.power_w > -121_000.0
    assert car.state.battery.regained_j > 100_000.0


def test_throttle_and_brake_together_still_brake(rig):
    car = rig(30.0).step(controls(throttle=1.0, brake=1.0), 120)
    assert car.speed_mps < 28.0


def test_drive_against_the_motion_works_with_a_full_battery_too(rig):
    # Rolling backwards, the motors may not brake into a full pack: the friction brakes do it.
    for charge in (0.5, 1.0):
        car = rig(-8.0, initial_charge=charge).step(controls(throttle=1.0), 480)
        assert car.speed_mps > 0.0


def test_abs_holds_what_yaw_control_brakes(rig):
    car = rig(30.0, yaw_control=5, abs=5)
    for _ in range(240):
        car.step(controls(steering=1.0))
        for wheel in car.wheels:
            assert wheel.spin_radps * car.car.wheel.radius_m > 0.5 * car.speed_mps
