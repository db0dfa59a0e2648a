"""Keys and sticks become controls as smoothly as claimed."""

import math

import pytest
from pytest import approx

from game.drivers.human_driver import Device, HumanDriver, HumanSettings, InputState
from game.drivers.observation import Observation
from game.simulation.world import TICK_S, Start, World
from game.track.elements import Pose
from game.units import G_MPS2
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.state import PEDAL_STEPS, STEERING_STEPS

SPEC = load_car()
LOCK_RAD = SPEC.steering.lock_rad


class Seat:
    """A driver with a frozen view of a car at some speed."""

    def __init__(self, speed_mps=0.0, settings=None):
        self.state = InputState(settings=settings or HumanSettings())
        self.driver = HumanDriver(self.state, SPEC, Setup())
        world = World(None, [Start(SPEC, Setup(), Pose(0.0, 0.0, 0.0))])
        self.snapshot = world.snapshots()[0]
        self.roll(speed_mps)

    def roll(self, speed_mps, left_mps=0.0):
        self.snapshot = self.snapshot._replace(
            velocity_forward_mps=speed_mps, velocity_left_mps=left_mps
        )

    def after(self, time_s):
        for _ in range(round(time_s / TICK_S)):
            controls = self.driver.decide(Observation(self.snapshot))
        return controls

    def angle_rad(self, time_s=TICK_S):
        return self.after(time_s).steering / STEERING_STEPS * LOCK_RAD

    def share(self, time_s=TICK_S):
        self.after(time_s)
        return self.driver.filtered.share


@pytest.mark.parametrize(("speed_mps", "rise_s"), [(10.0, 0.22), (35.0, 0.30), (55.0, 0.38)])
def test_a_held_key_asks_for_all_the_grip_after_its_rise_time(speed_mps, rise_s):
    seat = Seat(speed_mps)
    seat.state.left = True
    assert seat.share(0.9 * rise_s) == approx(0.9, rel=0.03)
    assert seat.share(0.1 * rise_s + 2 * TICK_S) == 1.0


def test_left_and_right_mirror_each_other():
    left, right = Seat(30.0), Seat(30.0)
    left.state.left = True
    right.state.right = True
    assert left.angle_rad(0.1) == -right.angle_rad(0.1) > 0.0


def test_a_released_key_is_forgotten_after_0_12_s():
    seat = Seat(40.0)
    seat.state.left = True
    seat.after(1.0)
    seat.state.left = False
    assert seat.share(0.06) == approx(0.5, rel=0.05)
    assert seat.angle_rad(0.07) == 0.0


def test_the_opposite_key_is_quicker_than_the_first():
    seat = Seat(10.0)
    seat.state.left = True
    seat.after(1.0)
    seat.state.left, seat.state.right = False, True
    assert seat.share(0.22 / 1.45) == approx(0.0, abs=0.04)


@pytest.mark.parametrize(("key", "share"), [("some", 0.4), ("most", 0.7)])
def test_a_hold_key_asks_for_less_and_its_release_for_all_again(key, share):
    seat = Seat(40.0)
    seat.state.left = True
    setattr(seat.state, key, True)
    assert seat.share(1.0) == share
    setattr(seat.state, key, False)
    assert seat.share(1.0) == 1.0


def test_both_keys_hold_what_is_there():
    seat = Seat(30.0)
    seat.state.left = True
    held = seat.share(0.1)
    seat.state.right = True
    assert seat.share(0.5) == held


def test_a_key_into_the_slide_is_twice_as_quick_and_steers_to_where_the_car_goes():
    calm, sliding = Seat(30.0), Seat(30.0)
    slip_rad = math.radians(25.0)
    sliding.roll(30.0, left_mps=-30.0 * math.tan(slip_rad))
    for seat in (calm, sliding):
        seat.state.right = True
    assert sliding.share(0.1) == approx(2.0 * calm.share(0.1))
    assert sliding.angle_rad(0.5) == approx(-slip_rad, abs=0.01)


def test_pedals_go_down_and_up_in_their_times():
    seat = Seat(30.0)
    seat.state.up = True
    assert seat.after(0.10).throttle == approx(0.5 * PEDAL_STEPS, abs=2)
    assert seat.after(0.10 + TICK_S).throttle == PEDAL_STEPS
    seat.state.up, seat.state.down = False, True
    assert seat.after(0.08 + TICK_S).throttle == 0
    seat.state.down = False
    assert seat.after(0.05).brake == 0


def test_a_held_brake_key_brakes_with_what_steering_leaves_of_the_grip():
    straight, turning = Seat(30.0), Seat(30.0)
    turning.state.left = True
    turning.after(1.0)
    for seat in (straight, turning):
        seat.state.down = True
    alone, beside = (seat.after(1.0).brake for seat in (straight, turning))
    grip_n = 1.5 * G_MPS2 * (SPEC.chassis.mass_kg + SPEC.chassis.driver_mass_kg)
    assert alone / PEDAL_STEPS * SPEC.brakes.full_pedal_force_n == approx(grip_n, rel=0.1)
    assert beside == approx(math.sqrt(0.5) * alone, abs=1)


def test_raw_keys_have_no_limit_and_no_ramp():
    seat = Seat(50.0, HumanSettings(raw=True))
    seat.state.left = seat.state.down = True
    controls = seat.after(TICK_S)
    assert (controls.steering, controls.brake) == (STEERING_STEPS, PEDAL_STEPS)


def test_the_brake_held_at_standstill_becomes_reverse_after_a_quarter_second():
    seat = Seat(0.0)
    seat.state.down = True
    assert seat.after(0.24).reverse == 0
    backwards = seat.after(0.26)
    assert (backwards.reverse, backwards.throttle, backwards.brake) == (1, PEDAL_STEPS, 0)


def test_the_throttle_brakes_a_car_that_reverses_and_then_drives_it_on():
    seat = Seat(0.0)
    seat.state.down = True
    seat.after(0.6)
    seat.roll(-4.0)
    seat.state.up, seat.state.down = True, False
    braking = seat.after(0.3)
    assert (braking.reverse, braking.throttle, braking.brake) == (1, 0, PEDAL_STEPS)
    seat.roll(0.0)
    onwards = seat.after(0.3)
    assert (onwards.reverse, onwards.throttle, onwards.brake) == (0, PEDAL_STEPS, 0)


def test_braking_to_a_stop_does_not_reverse_while_the_car_rolls():
    seat = Seat(20.0)
    seat.state.down = True
    assert seat.after(2.0).reverse == 0


def test_a_stick_goes_from_the_middle_to_its_end_in_a_sixth_of_a_second():
    seat = Seat(40.0)
    seat.state.device = Device.PAD
    seat.state.steering = 1.0
    assert seat.share(0.10) == approx(0.6, rel=0.02)
    assert seat.share(0.07) == 1.0


def test_a_wheel_is_not_filtered():
    seat = Seat(40.0)
    seat.state.device = Device.WHEEL
    seat.state.steering, seat.state.throttle = -0.5, 0.75
    controls = seat.after(TICK_S)
    assert controls.steering == approx(-0.5 * STEERING_STEPS, abs=1)
    assert controls.throttle == approx(0.75 * PEDAL_STEPS, abs=1)


def test_the_same_inputs_give_the_same_controls():
    def script():
        seat = Seat(25.0)
        given = []
        for held in ("left", "up", "right", "down"):
            setattr(seat.state, held, True)
            given += [seat.after(0.05), seat.after(0.03)]
            setattr(seat.state, held, False)
        return given

    assert script() == script()
