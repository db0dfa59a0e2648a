"""A car that keeps a motion: its forces balance, and its limits are those of its parts."""

import dataclasses

import pytest
from pytest import approx

from game.quasi_steady.assists import assisted_state, no_assists
from game.quasi_steady.axle import tyre_curve
from game.quasi_steady.cornering import (
    QuasiSteadyCar,
    SteadyMotion,
    coasting_acceleration,
    cornering_state,
)
from game.quasi_steady.ggv_limits import FULL_PRECISION, _max_lateral, max_longitudinal
from game.quasi_steady.motor_limits import cool_torque_limits, full_drive_voltage
from game.quasi_steady.steady_state import axle_demand, clutch_forces
from game.quasi_steady.track_conditions import TrackConditions
from game.quasi_steady.wheel_differences import AxleDemand, clutch_force, force_with_abs
from game.simulation.split_table import own_shares
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.units import G_MPS2
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.state import controls

CONDITIONS = TrackConditions(grip=1.0, rolling_resistance=0.015, charge_w=120e3, charge=0.9)


@pytest.fixture(scope="module")
def steady_car(spec):
    def make(conditions=CONDITIONS, **setup):
        car = make_car(spec, Setup(**setup))
        return QuasiSteadyCar(car, tyre_curve(car.tyre), own_shares(car), conditions)

    return make


def ellipse(steady):
    """Newtons of lateral grip that a newton forward takes."""
    return steady.car.tyre.friction_left / steady.car.tyre.friction_forward


def limit(steady, speed_mps, left_mps2=0.0, sign=1.0):
    """Return the largest acceleration (sign 1) or deceleration (-1)."""
    return max_longitudinal(steady, speed_mps, left_mps2, sign, FULL_PRECISION)


@pytest.mark.parametrize("left_mps2", [0.0, 5.0, 10.0])
def test_the_lateral_forces_of_the_axles_add_up_to_mass_times_acceleration(steady_car, left_mps2):
    steady = steady_car()
    state = cornering_state(steady, SteadyMotion(40.0, 0.0, left_mps2, 0.0))
    assert state.front_left_n + state.rear_left_n == approx(steady.car.mass_kg * left_mps2)


def test_a_car_points_into_its_corner_so_that_brakes_push_it_out(steady_car):
    steady = steady_car()
    state = cornering_state(steady, SteadyMotion(40.0, -6.0, 10.0, 0.0))
    across_n = state.front_left_n + state.rear_left_n
    inward_rad = (across_n / steady.car.mass_kg - 10.0) / 6.0
    assert 0.03 < inward_rad < steady.car.tyre.peak_slip_tangent


def test_cornering_moves_load_to_the_rear_as_the_car_points_inwards(steady_car):
    straight, bend = (
        cornering_state(steady_car(), SteadyMotion(40.0, 0.0, left_mps2, 0.0))
        for left_mps2 in (0.0, 13.0)
    )
    assert bend.front_load_share < straight.front_load_share - 0.005


def test_the_loads_are_the_weight_and_the_downforce(steady_car):
    steady = steady_car()
    weight_n = steady.car.mass_kg * G_MPS2
    slow, fast = (cornering_state(steady, SteadyMotion(v, 0.0, 0.0, 0.0)) for v in (0.01, 50.0))
    assert slow.all_load_n == approx(weight_n, rel=1e-6)
    assert fast.all_load_n > weight_n + 500.0


def test_a_growing_yaw_rate_takes_lateral_force_from_the_rear_to_the_front(steady_car):
    steady = steady_car()
    even = cornering_state(steady, SteadyMotion(40.0, 0.0, 5.0, 0.0))
    turning_in = cornering_state(steady, SteadyMotion(40.0, 0.0, 5.0, 1.0))
    assert turning_in.front_left_n > even.front_left_n
    both = (turning_in.front_left_n + turning_in.rear_left_n, even.front_left_n + even.rear_left_n)
    assert both[0] == approx(both[1])


def test_straight_ahead_both_wheels_of_an_axle_have_the_same_grip(steady_car):
    state = cornering_state(steady_car(), SteadyMotion(40.0, 3.0, 0.0, 0.0))
    assert state.front_inner_grip_n == state.front_outer_grip_n
    assert state.rear_inner_grip_n == state.rear_outer_grip_n


@pytest.mark.parametrize("forward_mps2", [-8.0, -1.0, 1.0, 5.0])
def test_the_forward_forces_balance_inertia_and_air(steady_car, forward_mps2):
    steady = steady_car()
    cornering = cornering_state(steady, SteadyMotion(30.0, forward_mps2, 0.0, 0.0))
    demand = axle_demand(steady, cornering, 0.0)
    forward_n = demand.front.forward_n + demand.rear.forward_n
    assert forward_n + cornering.air_n == approx(steady.car.mass_kg * forward_mps2)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 1.0])
def test_the_drive_is_shared_as_the_setup_asks(steady_car, share):
    steady = steady_car(front_torque_share=share)
    demand = axle_demand(steady, cornering_state(steady, SteadyMotion(30.0, 1.5, 0.0, 0.0)), 0.0)
    both_nm = demand.front.motor_nm + demand.rear.motor_nm
    assert demand.front.motor_nm == approx(share * both_nm)


def test_regeneration_gives_the_battery_no_more_than_it_accepts(steady_car):
    steady = steady_car(CONDITIONS._replace(charge_w=60e3))
    demand = axle_demand(steady, cornering_state(steady, SteadyMotion(40.0, -9.0, 0.0, 0.0)), 0.0)
    motor_radps = 40.0 / steady.car.wheel.radius_m * steady.car.gear_ratio
    power_w = -(demand.front.motor_nm + demand.rear.motor_nm) * motor_radps
    assert power_w == approx(60e3)


def test_no_more_is_delivered_than_the_motors_have(steady_car):
    steady = steady_car()
    cornering = cornering_state(steady, SteadyMotion(50.0, 9.0, 0.0, 0.0))
    demand = axle_demand(steady, cornering, 0.0)
    limits_nm = cool_torque_limits(steady.car, 50.0, full_drive_voltage(steady.car, 0.5, 0.9, 50.0))
    assert not demand.deliverable
    assert demand.front.motor_nm <= limits_nm.front
    assert demand.rear.motor_nm <= limits_nm.rear


def test_coasting_slows_a_car_down_and_cornering_does_so_more(steady_car):
    steady = steady_car()
    straight, bend = (coasting_acceleration(steady, 40.0, left) for left in (0.0, 10.0))
    assert bend < straight < 0.0
    rolling = cornering_state(steady, SteadyMotion(40.0, straight, 0.0, 0.0))
    assert straight == approx(rolling.air_n / steady.car.mass_kg, rel=1e-6)


def test_straight_ahead_nothing_is_moved_between_the_wheels_of_an_axle(steady_car):
    steady = steady_car(front_preload_nm=0.0, rear_preload_nm=0.0)
    cornering = cornering_state(steady, SteadyMotion(30.0, 3.0, 0.0, 0.0))
    clutches = clutch_forces(steady, cornering, axle_demand(steady, cornering, 0.0))
    assert clutches.front_n == approx(0.0, abs=30.0)
    assert clutches.rear_n == approx(0.0, abs=30.0)


def test_a_differential_drives_the_wheel_that_turns_slower(steady_car):
    steady = steady_car()
    coasting = AxleDemand(0.0, 0.0, 0.3, 3000.0, 5000.0)
    rear = steady.car.rear.differential
    assert clutch_force(steady, rear, coasting, 0.02) > 0.0  # the inner wheel, in a tight turn
    spinning = AxleDemand(5400.0, 250.0, 0.3, 3000.0, 5000.0)
    assert clutch_force(steady, rear, spinning, 0.001) < 0.0  # the outer one, if the inner spins


def test_abs_keeps_a_wheel_within_its_slip_target_and_leaves_light_braking_alone(steady_car):
    steady = steady_car(abs=3)
    control = steady.car.anti_lock
    assert force_with_abs(steady, control, -100.0, 3000.0, 0.0) == -100.0
    kept_n = force_with_abs(steady, control, -9000.0, 3000.0, 0.0)
    assert -3000.0 / ellipse(steady) * 1.001 < kept_n < 0.0
    assert force_with_abs(steady, control, -9000.0, 3000.0, 0.5) > kept_n
    off = dataclasses.replace(control, level=0)
    assert force_with_abs(steady, off, -9000.0, 3000.0, 0.0) == -9000.0


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_cornering_takes_from_drive_and_brakes(steady_car, sign):
    steady = steady_car()
    limits = [limit(steady, 25.0, left_mps2, sign) for left_mps2 in (0.0, 6.0, 10.0, 12.5)]
    assert limits == sorted(limits, reverse=True)
    assert limits[-1] < 0.9 * limits[0]


def test_more_grip_more_power_and_downforce_raise_the_limits(steady_car):
    wet = CONDITIONS._replace(grip=0.6)
    assert limit(steady_car(), 25.0, sign=-1.0) > limit(steady_car(wet), 25.0, sign=-1.0)
    assert limit(steady_car(power_map=1), 50.0) > limit(steady_car(power_map=4), 50.0)
    assert limit(steady_car(), 60.0, sign=-1.0) > limit(steady_car(), 20.0, sign=-1.0)


def test_without_assists_at_work_the_state_is_settled_at_once(steady_car):
    steady = steady_car(abs=0, yaw_control=0)
    motion = SteadyMotion(30.0, -3.0, 5.0, 0.0)
    state, assists = assisted_state(steady, motion, no_assists())
    assert assists[:4] == (0.0, 0.0, 0.0, 0.0)
    assert assists.compensation_n == approx(0.0, abs=1e-6)
    again, _ = assisted_state(steady, motion, assists)
    assert again.front.left_n == approx(state.front.left_n)


def test_the_pedals_make_up_for_what_abs_releases(steady_car):
    steady = steady_car(abs=5)
    motion = SteadyMotion(30.0, -10.0, 9.5, 0.0)
    assists = no_assists()
    for _ in range(40):
        state, assists = assisted_state(steady, motion, assists)
    assert assists.rear_released > 0.0
    wheels_n = sum(
        axle.inner_forward_n + axle.outer_forward_n for axle in (state.front, state.rear)
    ) / ellipse(steady)
    drag_n = steady.car.mass_kg * coasting_acceleration(steady, 30.0, 9.5)
    assert wheels_n == approx(steady.car.mass_kg * -10.0 - drag_n, rel=0.05)


def test_toe_slows_a_coasting_car_as_in_the_tick(steady_car, spec):
    none, toed = (
        coasting_acceleration(steady_car(front_toe_rad=toe, rear_toe_rad=toe), 50.0, 0.0)
        for toe in (0.0, 0.01)
    )
    setups = [Setup(front_toe_rad=toe, rear_toe_rad=toe) for toe in (0.0, 0.01)]
    slower_mps = []
    for setup in setups:
        start = Start(spec, setup, Pose(0.0, 0.0, 0.0), speed_mps=50.0)
        (now,) = World(None, [start]).step([controls()], 120).snapshots
        slower_mps.append(now.velocity_forward_mps)
    # The wheels are slowed down, too.
    assert none - toed == approx(2.0 * (slower_mps[0] - slower_mps[1]), rel=0.15)


def test_camber_springs_bars_and_ride_heights_move_the_limits(steady_car):
    def lateral_mps2(**setup):
        return _max_lateral(steady_car(**setup), 40.0)

    usual = lateral_mps2()
    assert lateral_mps2(rear_camber_rad=0.03) < usual - 0.05
    assert lateral_mps2(rear_bar_npm=80000.0) < usual - 0.05
    assert lateral_mps2(front_ride_height_m=0.05, rear_ride_height_m=0.06) > usual + 0.02
