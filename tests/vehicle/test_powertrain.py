"""From the pedals to torques: what the motors give, what they take back, what the brakes do."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.simulation.split_table import own_shares
from game.vehicle.battery import battery_limits
from game.vehicle.parts import initial_state, make_car
from game.vehicle.powertrain import Pedals, demand_torques, electrical_power, motor_speed
from game.vehicle.setup import Setup
from game.vehicle.state import PerWheel

pytestmark = pytest.mark.slow

TICK_S = 1.0 / 240.0
SETTLED_TICKS = 200  # many times the motors' lag

pedals = st.floats(0.0, 1.0)
shares = st.floats(0.0, 1.0)
speeds = st.floats(-10.0, 70.0)
charges = st.floats(0.0, 1.0)
levels = st.integers(0, 5)


class Bench:
    """A car whose wheels turn at one speed whatever the motors do."""

    def __init__(self, spec, speed_mps=20.0, **setup):
        self.spec = spec
        setup = Setup(**setup)
        self.car = make_car(spec, setup)
        self.state = initial_state(spec, setup, speed_mps)
        self.shares = own_shares(self.car)
        self.speed_mps = speed_mps
        self.loads_n = PerWheel(3000.0, 3000.0, 3300.0, 3300.0)
        self.demand = None

    def spin(self, slip_ratio, normalised_slip, *wheels):
        """Let wheels slip so; without a name, all four."""
        for name in wheels or PerWheel._fields:
            wheel = getattr(self.state, name)
            wheel.slip_ratio = slip_ratio
            wheel.normalised_slip = normalised_slip
        return self

    def press(self, throttle=0.0, brake=0.0, reverse=0, ticks=SETTLED_TICKS):
        for _ in range(ticks):
            self.demand = demand_torques(
                self.car,
                self.state,
                self.shares,
                Pedals(throttle, brake, reverse),
                self.speed_mps,
                self.loads_n,
                TICK_S,
            )
        return self

    @property
    def front_nm(self):
        return self.state.front.torque_nm

    @property
    def rear_nm(self):
        return self.state.rear.torque_nm

    @property
    def pack(self):
        battery = self.state.battery
        return battery_limits(
            self.car.battery, battery.charge, battery.temperature_k, self.car.regen_limit
        )

    @property
    def power_w(self):
        state, motor = self.state, self.spec.front_motor
        front_radps = motor_speed(motor, state.front_left, state.front_right)
        rear_radps = motor_speed(motor, state.rear_left, state.rear_right)
        return electrical_power(motor, self.front_nm, front_radps) + electrical_power(
            motor, self.rear_nm, rear_radps
        )

    @property
    def motors_n(self):
        """Force of the motors at the tyres."""
        return sum(self.demand.drive_nm) / self.spec.wheel.radius_m

    @property
    def friction_n(self):
        """Force of the friction brakes at the tyres, positive."""
        return 2.0 * sum(self.demand.friction_nm) / self.spec.wheel.radius_m


@pytest.fixture(scope="module")
def bench(spec):
    """Makes benches: `bench(30.0, abs=0)`."""

    def make(speed_mps=20.0, **setup):
        return Bench(spec, speed_mps, **setup)

    return make


@given(pedals, speeds)
def test_what_brakes_with_the_motors_is_less_friction(bench, brake, speed_mps):
    car = bench(speed_mps, initial_charge=0.5).press(brake=brake)
    pedal_n = brake * car.spec.brakes.full_pedal_force_n
    towards_rest_n = -car.motors_n if speed_mps >= 0.0 else car.motors_n
    assert towards_rest_n + car.friction_n == approx(pedal_n, rel=1e-9, abs=1e-6)


def test_one_pedal_braking_is_none_of_the_friction_brakes(bench):
    lifted = bench(one_pedal_mps2=2.0, initial_charge=0.5).press()
    assert lifted.motors_n < -2000.0
    assert lifted.friction_n == 0.0
    braked = bench(one_pedal_mps2=2.0, initial_charge=0.5).press(brake=0.02)
    assert braked.motors_n < lifted.motors_n
    assert braked.friction_n == approx(0.0, abs=1e-6)


def test_a_full_pack_leaves_all_braking_to_friction(bench):
    car = bench(initial_charge=1.0).press(brake=0.3)
    assert car.pack.charge_w == 0.0
    assert car.power_w >= 0.0
    assert car.friction_n > 0.99 * 0.3 * car.spec.brakes.full_pedal_force_n


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.5), speeds)
def test_the_motors_torques_stand_in_the_set_share_while_both_can_give_it(
    bench, share, throttle, speed_mps
):
    car = bench(speed_mps, front_torque_share=share, traction_control=0, initial_charge=0.9)
    car.press(throttle=throttle * min(share, 1.0 - share))
    assert car.state.front_torque_share == share
    total_nm = car.front_nm + car.rear_nm
    assert car.front_nm == approx(share * total_nm, rel=1e-9, abs=1e-9)


@given(st.floats(0.01, 0.99), st.floats(0.0, 0.03))
def test_regeneration_has_a_share_of_its_own(bench, share, brake):
    car = bench(front_torque_share=0.5, front_regen_share=share, initial_charge=0.5)
    car.press(brake=brake * min(share, 1.0 - share))
    assert car.front_nm == approx(share * (car.front_nm + car.rear_nm), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("front", "front_kw", "rear_kw"),
    [(0.5, 120.0, 120.0), (0.4545, 100.0, 120.0), (0.25, 40.0, 120.0), (0.0, 0.0, 120.0)],
)
def test_under_limit_full_throttle_gives_the_power_that_the_split_leaves(
    bench, front, front_kw, rear_kw
):
    speed_mps = 120.0 / 3.6
    car = bench(speed_mps, front_torque_share=front, split_law="limit", traction_control=0)
    car.press(throttle=1.0)
    speed_radps = motor_speed(car.spec.front_motor, car.state.front_left, car.state.front_right)
    assert car.front_nm * speed_radps == approx(1000.0 * front_kw, rel=0.01)
    assert car.rear_nm * speed_radps == approx(1000.0 * rear_kw, rel=0.01)


@given(st.floats(0.01, 0.99), pedals, speeds)
def test_under_limit_the_share_holds_at_every_pedal_and_speed(bench, share, throttle, speed_mps):
    car = bench(speed_mps, front_torque_share=share, split_law="limit", traction_control=0)
    car.press(throttle=throttle)
    assert car.front_nm == approx(share * (car.front_nm + car.rear_nm), rel=1e-9, abs=1e-9)


def test_under_limit_the_speed_limiter_takes_back_both_axles(bench, spec):
    top_mps = 0.5 * (spec.front_motor.speed_limit_radps + spec.front_motor.speed_cut_radps)
    top_mps *= spec.wheel.radius_m / spec.front_motor.gear_ratio
    car = bench(top_mps, front_torque_share=0.4, split_law="limit", traction_control=0)
    for wheel in (car.state.rear_left, car.state.rear_right):
        wheel.spin_radps *= 1.01
    car.press(throttle=1.0)
    assert car.front_nm == approx(0.4 * (car.front_nm + car.rear_nm), rel=1e-9)
    assert car.rear_nm > 0.0


def test_under_limit_regeneration_beyond_one_motor_is_braked_with_friction(bench):
    setup = {"front_regen_share": 0.9, "power_map": 4, "initial_charge": 0.5, "abs": 0}
    held = bench(50.0, split_law="limit", **setup).press(brake=0.3)
    helped = bench(50.0, split_law="fill", **setup).press(brake=0.3)
    assert held.front_nm == approx(helped.front_nm)
    assert 0.0 > held.rear_nm > 0.5 * helped.rear_nm
    assert held.friction_n > helped.friction_n + 100.0
    for car in (held, helped):
        pedal_n = 0.3 * car.spec.brakes.full_pedal_force_n
        assert car.friction_n - car.motors_n == approx(pedal_n, rel=1e-9)


def test_under_fill_torque_the_front_cannot_give_goes_to_the_rear(bench):
    fill = {"split_law": "fill", "traction_control": 0}
    cool = bench(15.0, front_torque_share=0.7, **fill).press(throttle=0.6)
    hot = bench(15.0, front_torque_share=0.7, **fill)
    motor = hot.spec.front_motor
    hot.state.front.winding_temperature_k = motor.winding_limit_k
    hot.press(throttle=0.6)
    assert hot.front_nm == approx(motor.derated_share * motor.peak_torque_nm)
    assert hot.front_nm + hot.rear_nm == approx(
        0.6 * motor.peak_torque_nm * (1.0 + motor.derated_share)
    )
    assert hot.rear_nm > cool.rear_nm


@pytest.mark.parametrize("mode", ["fixed", "load-following", "slip-balancing"])
@pytest.mark.parametrize(("share", "off"), [(0.0, "front"), (1.0, "rear")])
def test_an_axle_that_is_off_gets_no_drive_in_any_mode(bench, mode, share, off):
    car = bench(split_mode=mode, front_torque_share=share, traction_control=0)
    car.spin(0.3, 2.0).press(throttle=1.0)
    assert getattr(car.state, off).torque_nm == 0.0
    assert car.front_nm + car.rear_nm > 100.0


def test_slip_balancing_drives_the_axle_that_slips_less(bench):
    car = bench(split_mode="slip-balancing", front_torque_share=0.5, traction_control=0)
    car.spin(0.02, 0.8, "front_left", "front_right").press(throttle=0.3)
    assert car.state.front_torque_share < 0.5
    assert car.front_nm < car.rear_nm


@given(pedals, pedals, shares, shares, speeds, charges)
def test_the_motors_never_take_or_give_the_pack_more_power_than_it_can(
    bench, throttle, brake, share, regen_share, speed_mps, charge
):
    car = bench(
        speed_mps,
        front_torque_share=share,
        front_regen_share=regen_share,
        initial_charge=max(charge, 0.05),
        traction_control=0,
    )
    car.state.battery.charge = charge
    car.press(throttle=throttle, brake=brake)
    # What the motors lose at no torque is left when their torques are scaled down.
    motor = car.spec.front_motor
    speed_radps = motor_speed(motor, car.state.front_left, car.state.front_right)
    idle_w = 2.0 * electrical_power(motor, 0.0, speed_radps)
    assert -car.pack.charge_w - 1e-6 <= car.power_w
    assert car.power_w <= car.pack.discharge_w + idle_w + 1e-6


def test_pack_limits_scale_both_motors_alike(spec):
    weak = msgspec.structs.replace(
        spec, battery=msgspec.structs.replace(spec.battery, current_limit_a=200.0)
    )
    strong, limited = (
        Bench(each, 20.0, front_torque_share=0.4, traction_control=0).press(throttle=0.5)
        for each in (spec, weak)
    )
    assert limited.front_nm < 0.9 * strong.front_nm
    assert limited.front_nm / limited.rear_nm == approx(strong.front_nm / strong.rear_nm)


def test_in_reverse_gear_a_car_rolling_forwards_gets_no_drive(bench):
    assert bench(1.5).press(throttle=1.0, reverse=1).front_nm == 0.0
    assert bench(0.5).press(throttle=1.0, reverse=1).front_nm < -50.0
    assert bench(-2.0).press(throttle=1.0, reverse=1).front_nm < -50.0


def test_backwards_the_motors_drive_no_faster_than_the_reverse_speed(bench, spec):
    too_fast_mps = 1.01 * spec.front_motor.reverse_speed_radps * spec.wheel.radius_m
    too_fast_mps /= spec.front_motor.gear_ratio
    assert bench(-too_fast_mps).press(throttle=1.0, reverse=1).rear_nm == 0.0


def test_drive_against_the_motion_that_a_full_pack_refuses_is_braked_with_friction(bench):
    rolling_back = bench(-6.0, initial_charge=1.0, traction_control=0).press(throttle=0.5)
    assert rolling_back.power_w >= -1e-6
    assert rolling_back.friction_n > 1000.0
    with_room = bench(-6.0, initial_charge=0.5, traction_control=0).press(throttle=0.5)
    assert with_room.friction_n == 0.0


@given(pedals, levels, levels, st.floats(0.0, 0.5), st.floats(0.0, 4.0), speeds)
def test_traction_control_only_takes_drive_away(
    bench, throttle, one, other, slip_ratio, normalised_slip, speed_mps
):
    low, high = sorted((one, other))
    free, less, more = (
        bench(speed_mps, traction_control=level)
        .spin(slip_ratio, normalised_slip)
        .press(throttle=throttle, ticks=20)
        for level in (0, low, high)
    )
    for axle in ("front", "rear"):
        torques = [getattr(car.state, axle).torque_nm for car in (more, less, free)]
        assert -1e-9 <= torques[0] <= torques[1] + 1e-9 <= torques[2] + 2e-9


def test_traction_control_of_one_axle_leaves_the_other_alone(bench):
    car = bench(10.0, traction_control=5, front_torque_share=0.5)
    car.spin(0.3, 3.0, "front_left").press(throttle=0.3)
    assert car.front_nm < 0.1 * car.rear_nm


def test_where_abs_releases_an_axle_its_motor_lets_go_too(bench):
    car = bench(initial_charge=0.5)
    car.state.rear_left.brake_release = 1.0
    car.press(brake=0.1)
    assert car.rear_nm == approx(0.0, abs=1e-9)
    assert car.front_nm < -10.0


def test_a_motor_comes_up_to_its_torque_with_its_lag(bench, spec):
    car = bench(15.0, traction_control=0)
    lag_ticks = round(spec.front_motor.torque_lag_s / TICK_S)
    after_a_lag = car.press(throttle=0.5, ticks=lag_ticks).front_nm
    settled = car.press(throttle=0.5).front_nm
    assert after_a_lag == approx(0.61 * settled, rel=0.05)


@given(pedals, pedals)
def test_the_friction_brakes_are_shared_by_the_brake_bias(bench, throttle, brake):
    demand = bench(initial_charge=1.0, front_brake_bias=0.7).press(throttle, brake).demand
    assert demand.friction_nm.front == approx(0.7 * sum(demand.friction_nm))
