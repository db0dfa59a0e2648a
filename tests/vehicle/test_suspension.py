"""The body on its springs carries the car, settles where the steady state says, and stays there."""

import math
from itertools import pairwise

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from game.quasi_steady.axle import tyre_curve
from game.quasi_steady.cornering import QuasiSteadyCar, SteadyMotion, cornering_state
from game.quasi_steady.track_conditions import TrackConditions
from game.simulation.split_table import own_shares
from game.units import G_MPS2
from game.vehicle.aero import air_at_heights, air_force
from game.vehicle.parts import make_car
from game.vehicle.road_height import follow_road, is_uneven
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.state import BodyState, Ground, PerWheel, controls
from game.vehicle.suspension import move_body, settle, steady_air, steady_roll
from game.vehicle.wheel_loads import wheel_loads

TICK_S = 1.0 / 240.0
SPEC = load_car()
SPRINGS = ("front_spring_npm", "rear_spring_npm", "front_bar_npm", "rear_bar_npm")
HEIGHTS = ("front_ride_height_m", "rear_ride_height_m")
ANGLES = ("front_camber_rad", "rear_camber_rad", "front_toe_rad", "rear_toe_rad")


def within(name):
    bounds = getattr(SPEC.setup, name)
    return st.floats(bounds.minimum, bounds.maximum)


def ends(name):
    bounds = getattr(SPEC.setup, name)
    return st.sampled_from((bounds.minimum, bounds.maximum))


FLAT, KERB = Ground(1.0, 0.015), Ground(1.0, 0.015, 0.0, 0.01)
any_setup = st.builds(Setup, **{name: within(name) for name in SPRINGS + HEIGHTS + ANGLES})
extreme_setup = st.builds(Setup, **{name: ends(name) for name in SPRINGS + HEIGHTS})


class Rested:
    """A car's body on its springs, pushed by accelerations that we choose, at a speed."""

    def __init__(self, setup, speed_mps=0.0):
        self.setup = setup
        self.car = make_car(SPEC, setup)
        self.body = BodyState()
        self.speed_mps = speed_mps
        settle(self.car.aero, self.car.suspension, self.body, speed_mps)
        self.loads_n = None

    def corners_m(self):
        """Return how far each corner of the body is above its place at rest; kerbs lift wheels."""
        body = self.body
        leaning_m = self.car.suspension.half_track_m * body.roll_rad
        return PerWheel(
            body.front_m + leaning_m - body.front_left_road_m,
            body.front_m - leaning_m - body.front_right_road_m,
            body.rear_m + leaning_m - body.rear_left_road_m,
            body.rear_m - leaning_m - body.rear_right_road_m,
        )

    def is_on_stops(self):
        front_m, rear_m = self.car.suspension.front.stop_m, self.car.suspension.rear.stop_m
        corners_m = self.corners_m()
        return min(corners_m[:2]) <= front_m or min(corners_m[2:]) <= rear_m

    def floor_m(self):
        """Return the height of the floor over a flat road, where it is lowest."""
        body, leaning_m = self.body, abs(self.car.suspension.half_track_m * self.body.roll_rad)
        setup = self.setup
        return min(
            setup.front_ride_height_m + body.front_m - leaning_m,
            setup.rear_ride_height_m + body.rear_m - leaning_m,
        )

    def step(self, forward_mps2=0.0, left_mps2=0.0, step_s=TICK_S, ground=None):
        suspension, body = self.car.suspension, self.body
        if ground is not None and is_uneven(body, ground):
            follow_road(suspension, body, ground, self.speed_mps, step_s)
        air = air_at_heights(
            self.car.aero,
            air_force(self.car.aero, self.speed_mps, 0.0, self.speed_mps),
            suspension.front.height_m + body.front_m,
            suspension.rear.height_m + body.rear_m,
        )
        loads_n = move_body(suspension, body, forward_mps2, left_mps2, air, step_s)
        self.loads_n = loads_n
        self.pressed_n = self.car.mass_kg * G_MPS2 + air.front_downforce_n + air.rear_downforce_n
        return loads_n


@settings(max_examples=40)
@given(any_setup, st.floats(-12.0, 9.0), st.floats(-15.0, 15.0), st.floats(0.0, 61.0))
def test_a_held_motion_settles_at_the_steady_loads_heights_and_roll(setup, forward, left, speed):
    rested = Rested(setup, speed)
    for _ in range(720):
        rested.step(forward, left)
    assume(not rested.is_on_stops())
    # A wheel off the road leaves its moment to the other axle, which the closed form leaves out.
    assume(min(rested.loads_n) > 0.0)
    car = rested.car
    air = steady_air(car.aero, car.suspension, speed, forward)
    steady = wheel_loads(
        car.load_transfer, forward, left, air.front_downforce_n, air.rear_downforce_n
    )
    assert rested.loads_n == approx(steady, rel=1e-6, abs=0.1)
    assert rested.body.roll_rad == approx(steady_roll(car.suspension, left), abs=1e-7)


@settings(max_examples=40)
@given(any_setup, st.floats(0.0, 61.0))
def test_a_settled_car_stays_where_it_is(setup, speed):
    rested = Rested(setup, speed)
    before = (rested.body.front_m, rested.body.rear_m)
    assume(not rested.is_on_stops())
    for _ in range(24):
        rested.step()
    assert (rested.body.front_m, rested.body.rear_m) == approx(before, abs=1e-9)


@settings(max_examples=40)
@given(
    st.builds(Setup, wing=ends("wing"), **{name: ends(name) for name in SPRINGS + HEIGHTS}),
    st.sampled_from(((-16.0, 0.0), (-11.0, 12.0), (0.0, 16.0), (0.0, -16.0), (8.0, 0.0))),
    st.tuples(*[st.sampled_from((FLAT, KERB))] * 4),
)
def test_the_floor_stays_clear_of_the_road_at_220_kmh_at_all_bounds_and_on_kerbs(
    setup, accelerations, wheels
):
    rested = Rested(setup, 220.0 / 3.6)
    for ground in (PerWheel(*[FLAT] * 4), PerWheel(*wheels), PerWheel(*[FLAT] * 4)):
        for _ in range(48):
            rested.step(*accelerations, ground=ground)
            assert rested.floor_m() > 0.004


@pytest.mark.parametrize("speed_mps", [20.0, 61.0])
def test_the_shipped_car_does_not_touch_its_stops_by_all_that_its_tyres_hold(speed_mps):
    rested = Rested(Setup(), speed_mps)
    for eighth in range(9):
        angle_rad = math.pi * (0.5 + eighth / 8.0)
        for ground in (PerWheel(*[FLAT] * 4), PerWheel(KERB, FLAT, KERB, FLAT)):
            for _ in range(96):
                rested.step(16.0 * math.cos(angle_rad), 16.0 * math.sin(angle_rad), ground=ground)
                assert not rested.is_on_stops()


def test_a_stop_presses_ever_harder_and_carries_what_a_soft_spring_does_not():
    rested = Rested(Setup(front_spring_npm=20000.0, rear_spring_npm=20000.0))
    ways_m = []
    for braking_mps2 in (0.0, 10.0, 20.0, 30.0):
        for _ in range(480):
            rested.step(-braking_mps2)
        ways_m.append(-rested.body.front_m)
    softer_m, later_m, last_m = (after - way for way, after in pairwise(ways_m))
    assert rested.is_on_stops()
    assert softer_m > later_m > last_m > 0.0


@settings(max_examples=20)
@given(
    extreme_setup,
    st.lists(st.tuples(st.floats(-25.0, 25.0), st.floats(-25.0, 25.0)), min_size=5, max_size=20),
)
def test_whatever_shakes_the_car_no_wheel_pulls_and_the_mean_load_is_weight_and_downforce(
    setup, shakes
):
    rested = Rested(setup, 50.0)
    carried_ns = pressed_ns = 0.0
    for forward, left in [*shakes, *[(0.0, 0.0)] * 30]:
        for _ in range(24):
            loads_n = rested.step(forward, left)
            assert min(loads_n) >= 0.0
            carried_ns += TICK_S * sum(loads_n)
            pressed_ns += TICK_S * rested.pressed_n
    assert carried_ns == approx(pressed_ns, rel=2e-3)


@settings(max_examples=20)
@given(extreme_setup, st.sampled_from((1.0 / 60.0, 1.0 / 240.0, 1.0 / 960.0)))
def test_a_pushed_body_comes_to_rest_at_all_bounds_and_steps(setup, step_s):
    rested = Rested(setup)
    rested.body.front_m, rested.body.rear_mps, rested.body.roll_rad = 0.03, 0.5, -0.03
    for _ in range(round(3.0 / step_s)):
        rested.step(step_s=step_s)
    body = rested.body
    at_rest = (body.front_m, body.rear_m, body.roll_rad, body.front_mps, body.roll_radps)
    assert at_rest == approx((0.0,) * 5, abs=1e-4)


@settings(max_examples=20)
@given(any_setup, st.lists(st.tuples(st.floats(-20.0, 20.0), st.floats(-20.0, 20.0)), max_size=20))
def test_a_mirrored_motion_loads_the_mirrored_wheels(setup, shakes):
    here, there = Rested(setup, 40.0), Rested(setup, 40.0)
    for forward, left in shakes:
        one, other = here.step(forward, left), there.step(forward, -left)
        mirrored = PerWheel(one.front_right, one.front_left, one.rear_right, one.rear_left)
        assert other == approx(mirrored, abs=1e-6)


def test_the_body_rises_and_falls_at_3_to_4_hz_on_the_springs_alone():
    car = make_car(SPEC, Setup())
    for axle, spring_npm, share in (
        (car.suspension.front, Setup().front_spring_npm, 0.48),
        (car.suspension.rear, Setup().rear_spring_npm, 0.52),
    ):
        body_kg = share * (car.mass_kg - 140.0)
        assert 3.0 < (2.0 * spring_npm / body_kg) ** 0.5 / 6.2832 < 4.0
        assert axle.rate_npm < 2.0 * spring_npm  # tyres give way, too


def test_the_body_rolls_and_pitches_as_a_racing_car_does():
    rested = Rested(Setup())
    for _ in range(480):
        rested.step(-G_MPS2, G_MPS2)
    assert 0.5 < 57.3 * rested.body.roll_rad < 1.5
    assert rested.body.front_m < 0.0 < rested.body.rear_m


def test_a_stiffer_bar_in_front_moves_load_transfer_to_the_front():
    soft, stiff = (make_car(SPEC, Setup(front_bar_npm=bar)) for bar in (0.0, 60000.0))
    assert stiff.load_transfer.front_left_kg > 1.1 * soft.load_transfer.front_left_kg
    both = stiff.load_transfer.front_left_kg + stiff.load_transfer.rear_left_kg
    assert both == approx(soft.load_transfer.front_left_kg + soft.load_transfer.rear_left_kg)


def test_braking_moves_downforce_to_the_front_and_a_lower_car_has_more():
    car = make_car(SPEC, Setup())
    steady = steady_air(car.aero, car.suspension, 55.0, 0.0)
    braking = steady_air(car.aero, car.suspension, 55.0, -12.0)
    assert braking.front_downforce_n > 1.02 * steady.front_downforce_n
    assert braking.rear_downforce_n < steady.rear_downforce_n
    low = make_car(SPEC, Setup(front_ride_height_m=0.05))
    lower = steady_air(low.aero, low.suspension, 55.0, 0.0)
    assert lower.front_downforce_n > 1.04 * steady.front_downforce_n
    assert lower.rear_downforce_n == approx(steady.rear_downforce_n)


def test_downforce_by_height_has_bounds():
    car = make_car(SPEC, Setup())
    air = air_force(car.aero, 50.0, 0.0, 50.0)
    for height_m, share in ((-1.0, 1.25), (1.0, 0.75)):
        moved = air_at_heights(car.aero, air, height_m, height_m)
        assert moved.front_downforce_n == approx(share * air.front_downforce_n)
        assert moved.rear_downforce_n == approx(share * air.rear_downforce_n)


def test_a_car_with_wheels_in_the_air_does_not_roll_over(spec):
    tall = msgspec.structs.replace(
        spec, chassis=msgspec.structs.replace(spec.chassis, centre_of_gravity_height_m=2.0)
    )
    rested = Rested(Setup())
    rested.car = make_car(tall, Setup())
    for _ in range(480):
        loads_n = rested.step(0.0, 14.0)
        assert min(loads_n) >= 0.0
    assert rested.body.roll_rad <= 0.3
    for _ in range(480):
        rested.step()
    assert rested.body.roll_rad == approx(0.0, abs=1e-3)


def driven_straight(unaided, **setup):
    """Coast for a second from 50 m/s; the car at the end."""
    return unaided(50.0, **setup).step(controls(), 240)


def test_toe_costs_drag_by_its_forces(unaided):
    none = driven_straight(unaided, front_toe_rad=0.0, rear_toe_rad=0.0)
    toed = driven_straight(unaided, front_toe_rad=0.01, rear_toe_rad=0.01)
    lost_mps = none.speed_mps - toed.speed_mps
    assert 0.005 < lost_mps < 0.3
    assert toed.state.ledger.tyre_heat_j > none.state.ledger.tyre_heat_j + 500.0
    assert toed.wheels.front_left.left_n == approx(-toed.wheels.front_right.left_n)
    assert toed.wheels.front_left.left_n < -100.0  # toe-in points the left wheel to the right
    assert toed.motion.velocity_left_mps == approx(0.0, abs=1e-9)


def test_camber_leans_the_tops_inwards_and_pushes_there(unaided):
    car = driven_straight(unaided, front_camber_rad=-0.05, front_toe_rad=0.0)
    wheels = car.wheels
    assert wheels.front_left.inclination_rad == -0.05
    assert wheels.front_right.inclination_rad == 0.05
    assert wheels.front_right.left_n > 10.0
    assert wheels.front_left.left_n == approx(-wheels.front_right.left_n)


def test_in_a_turn_the_outer_wheel_stands_up_as_the_body_rolls(unaided):
    car = unaided(25.0).step(controls(0.1, throttle=0.2), 480)
    assert car.state.body.roll_rad > 0.005
    inclination_rad = [wheel.inclination_rad for wheel in car.wheels]
    assert inclination_rad[1] < 0.0436
    assert inclination_rad[0] < -0.0436


@pytest.mark.parametrize("front_camber_rad", [-0.08, 0.02])
def test_camber_far_from_the_best_costs_lateral_grip(front_camber_rad):
    def grip_n(camber_rad):
        car = make_car(SPEC, Setup(front_camber_rad=camber_rad))
        conditions = TrackConditions(1.0, 0.015, 60e3, 0.9)
        steady = QuasiSteadyCar(car, tyre_curve(car.tyre), own_shares(car), conditions)
        found = cornering_state(steady, SteadyMotion(30.0, 0.0, 14.0, 0.0))
        return found.front_inner_grip_n + found.front_outer_grip_n

    assert grip_n(front_camber_rad) < 0.996 * grip_n(-0.045)
