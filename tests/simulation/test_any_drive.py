"""Whatever a driver does, on whatever ground, the numbers stay numbers and the motors in limits."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from game.compiled import Backend
from game.records import from_record, records
from game.simulation.split_table import own_shares
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.car import step_car
from game.vehicle.parts import initial_state, make_car
from game.vehicle.setup import Setup
from game.vehicle.state import BodyMotion, CarState, Controls, Ground, PerWheel

pytestmark = pytest.mark.slow

TICK_S = 1.0 / 240.0
TORQUE_NM, POWER_W = 320.0, 120_000.0

held_controls = st.builds(
    Controls,
    st.integers(-32767, 32767),
    st.integers(0, 255) | st.sampled_from([0, 255]),
    st.integers(0, 255) | st.just(0),
    st.integers(0, 1),
)
drives = st.lists(st.tuples(held_controls, st.integers(1, 60)), min_size=1, max_size=6)
grounds = st.builds(
    Ground,
    st.floats(0.05, 1.5),
    st.floats(0.0, 0.5),
    st.floats(0.0, 0.7),
    st.sampled_from((0.0, 0.02, 0.2)),
)
setups = st.builds(
    Setup,
    front_torque_share=st.floats(0.0, 1.0),
    front_regen_share=st.floats(0.0, 1.0),
    split_mode=st.sampled_from(["fixed", "load-following", "slip-balancing"]),
    split_law=st.sampled_from(["limit", "fill"]),
    one_pedal_mps2=st.floats(0.0, 3.0),
    traction_control=st.integers(0, 5),
    abs=st.integers(0, 5),
    yaw_control=st.integers(0, 5),
    rear_preload_nm=st.floats(0.0, 300.0),
    tyre=st.sampled_from(["slick", "sport"]),
    initial_charge=st.floats(0.05, 1.0),
    front_spring_npm=st.floats(2e4, 2.5e5),
    rear_bar_npm=st.floats(0.0, 1e5),
    rear_ride_height_m=st.floats(0.03, 0.15),
    front_camber_rad=st.floats(-0.0873, 0.0349),
    rear_toe_rad=st.floats(-0.0175, 0.0175),
)
motions = st.builds(
    BodyMotion, st.floats(-70.0, 70.0), st.floats(-40.0, 40.0), st.floats(-8.0, 8.0)
)
spins = st.tuples(*[st.floats(-250.0, 250.0)] * 4)


def numbers(value):
    """All numbers of nested state as one flat tuple."""
    if isinstance(value, (int, float)):
        return (value,)
    return tuple(
        number for name in value.__dataclass_fields__ for number in numbers(getattr(value, name))
    )


def within_limits(car, axle, speed_before_radps):
    """Return whether a motor's torque keeps the limits that its speed allowed when it was set."""
    pace = abs(speed_before_radps)
    assert abs(axle.torque_nm) <= TORQUE_NM + 1e-9
    assert abs(axle.torque_nm) * pace <= POWER_W * car.power_share * (1.0 + 1e-9) + TORQUE_NM
    # The tick's mean speed may be a little beyond the speed the limit was taken at.
    assert abs(axle.power_w) <= POWER_W * 1.1
    if axle.torque_nm * speed_before_radps > 0.0:
        assert pace <= 1178.0 or abs(axle.torque_nm) < 1e-6


@given(setups, motions, spins, grounds, grounds, drives)
def test_any_state_on_any_ground_steps_to_finite_numbers_within_the_motors_limits(
    spec, setup, motion, wheel_spins, left, right, drive
):
    car = make_car(spec, setup)
    state = initial_state(spec, setup)
    wheels = (state.front_left, state.front_right, state.rear_left, state.rear_right)
    for wheel, spin in zip(wheels, wheel_spins, strict=True):
        wheel.spin_radps = spin
    ground = PerWheel(left, right, left, right)
    for held, ticks in drive:
        for _ in range(ticks):
            speeds = [
                3.01 * (one.spin_radps + other.spin_radps)
                for one, other in (wheels[:2], wheels[2:])
            ]
            force = step_car(car, state, held, own_shares(car), ground, motion, TICK_S)
            within_limits(car, state.front, speeds[0])
            within_limits(car, state.rear, speeds[1])
            motion = BodyMotion(
                motion.velocity_forward_mps + TICK_S * force.forward_n / car.mass_kg,
                motion.velocity_left_mps + TICK_S * force.left_n / car.mass_kg,
                motion.yaw_rate_radps + TICK_S * force.yaw_nm / car.yaw_inertia_kgm2,
            )
    assert all(math.isfinite(number) for number in (*numbers(state), *force, *motion))
    assert 0.0 <= state.battery.charge <= 1.0
    assert math.hypot(motion.velocity_forward_mps, motion.velocity_left_mps) < 110.0


@given(setups, st.floats(-10.0, 61.0), st.floats(0.1, 1.2), st.floats(0.0, 0.4), drives)
@example(Setup(), 61.0, 1.0, 0.015, [(Controls(32767, 255, 255, 1), 60)] * 6)
def test_any_drive_in_the_world_stays_finite_and_gains_no_energy_from_nowhere(
    spec, ground, kinetic_j, setup, speed_mps, grip, rolling, drive
):
    start = Start(spec, setup, Pose(0.0, 0.0, 1.0), speed_mps=speed_mps)
    world = World(ground(grip, rolling), [start], backend=Backend.COMPILED)
    begin_j = kinetic_j(world)
    for held, ticks in drive:
        world.step([held], 4 * ticks)
    runtime = world.runtime(0)
    assert all(math.isfinite(number) for number in numbers(runtime))
    assert kinetic_j(world) <= begin_j + runtime.state.ledger.chemical_j + 5.0


@given(setups, st.floats(0.0, 60.0))
def test_a_cars_state_survives_the_way_into_a_record_and_back(spec, setup, speed_mps):
    state = initial_state(spec, setup, speed_mps)
    assert from_record(CarState, records([state])[0]) == state
