"""The clutch of the limited-slip differential draws the two wheels of an axle together."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.vehicle.differential import Differential, clutch_limit
from game.vehicle.state import WheelPair, WheelState, controls
from game.vehicle.tyre import TyreContact
from game.vehicle.wheel_spin import AxleTorques, spin_axle

TICK_S = 1.0 / 240.0

spins = st.floats(-250.0, 250.0)
torques = st.floats(-3000.0, 3000.0)


IN_THE_AIR = TyreContact(0.0, 0.0, 10.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


def spun(left_radps, right_radps, drive_nm=0.0, clutch_nm=0.0, left_nm=0.0, right_nm=0.0):
    """Both wheels lifted off the ground, after a tick."""
    wheels = WheelPair(WheelState(left_radps), WheelState(right_radps))
    torques = AxleTorques(drive_nm, clutch_nm, left_nm, right_nm, 0.0, 0.0)
    contacts = WheelPair(IN_THE_AIR, IN_THE_AIR)
    return spin_axle(wheels, contacts, torques, 1.8, 0.318, TICK_S)


@pytest.fixture(scope="module")
def open_spec(spec):
    unlocked = msgspec.structs.replace(spec.differential, drive_lock=0.0, coast_lock=0.0)
    return msgspec.structs.replace(spec, differential=unlocked)


def speed_difference_on_split_grip(rig_type, spec, preload_nm):
    car = rig_type(
        spec, 5.0, traction_control=0, yaw_control=0,
        front_preload_nm=preload_nm, rear_preload_nm=preload_nm,
    ).on(0.2, 1.0, 0.2, 1.0)  # fmt: skip
    car.step(controls(throttle=1.0), 120)
    return car.wheels.rear_left.spin_radps - car.wheels.rear_right.spin_radps


def test_on_split_grip_a_tighter_clutch_keeps_the_wheels_closer(rig, spec, open_spec):
    kind = type(rig())
    opened = speed_difference_on_split_grip(kind, open_spec, 0.0)
    preloaded = speed_difference_on_split_grip(kind, open_spec, 300.0)
    locking = speed_difference_on_split_grip(kind, spec, 300.0)
    assert opened > 100.0
    assert 0.0 <= locking < preloaded < 0.8 * opened


def test_on_split_grip_a_locking_differential_launches_quicker(rig, spec, open_spec):
    kind = type(rig())

    def speed_mps(spec, preload_nm):
        car = kind(
            spec, 5.0, yaw_control=0, traction_control=0,
            front_preload_nm=preload_nm, rear_preload_nm=preload_nm,
        ).on(0.2, 1.0, 0.2, 1.0)  # fmt: skip
        return car.step(controls(throttle=0.5), 120).speed_mps

    assert speed_mps(spec, 300.0) > speed_mps(open_spec, 0.0) + 0.3


@given(torques)
def test_the_clutch_holds_its_preload_at_least(axle_nm):
    assert clutch_limit(Differential(50.0, 0.3, 0.15), axle_nm) >= 50.0


def test_the_clutch_locks_by_the_torque_through_it_more_in_drive_than_on_the_overrun():
    differential = Differential(50.0, 0.3, 0.15)
    assert clutch_limit(differential, 1000.0) == approx(350.0)
    assert clutch_limit(differential, -1000.0) == approx(200.0)


@given(spins, spins, torques, st.floats(0.0, 2000.0))
def test_the_clutch_draws_the_wheels_together_and_never_past_each_other(
    left, right, drive_nm, clutch_nm
):
    after = spun(left, right, drive_nm, clutch_nm)
    before = left - right
    difference = after.left.spin_radps - after.right.spin_radps
    assert abs(difference) <= abs(before) + 1e-9
    assert difference * before >= -1e-6


@given(spins, spins, torques, st.floats(0.0, 2000.0))
def test_the_clutch_takes_from_one_wheel_what_it_gives_the_other(left, right, drive_nm, clutch_nm):
    opened = spun(left, right, drive_nm)
    locked = spun(left, right, drive_nm, clutch_nm)
    assert locked.left.spin_radps + locked.right.spin_radps == approx(
        opened.left.spin_radps + opened.right.spin_radps, abs=1e-9
    )


@given(spins, st.floats(0.0, 1e5))
def test_a_brake_stops_a_wheel_and_never_turns_it_backwards(spin, brake_nm):
    after = spun(spin, spin, left_nm=brake_nm).left.spin_radps
    assert abs(after) <= abs(spin)
    assert after * spin >= 0.0


@given(spins, torques)
def test_a_free_wheel_gains_spin_by_torque_over_inertia(spin, drive_nm):
    after = spun(spin, spin, drive_nm)
    assert after.left.spin_radps - spin == approx(drive_nm * TICK_S / 1.8, abs=1e-9)


@given(spins, torques, st.floats(0.0, 5000.0))
def test_the_friction_torque_reported_is_the_one_that_acted(spin, drive_nm, brake_nm):
    after = spun(spin, spin, drive_nm, left_nm=brake_nm, right_nm=brake_nm).left
    assert abs(after.friction_nm) <= brake_nm * (1.0 + 1e-9) + 1e-9
    gained = (drive_nm + after.friction_nm) * TICK_S / 1.8
    assert after.spin_radps - spin == approx(gained, abs=1e-7)
