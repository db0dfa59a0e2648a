"""The same controls give the same bits: again, plainly, compiled and however the steps are cut."""

import math
import random

import msgspec
import pytest

from game.compiled import Backend, numba_is_installed
from game.simulation.events import Contact, LeftTrack
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.track import load_track
from game.trig import wrap_angle
from game.vehicle.setup import Setup, default_setup
from game.vehicle.state import controls

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")


@pytest.fixture(scope="module")
def tormo():
    return load_track("ricardo_tormo")


@pytest.fixture(scope="module")
def wild_drive():
    """Controls that leave the track, spin and meet a wall."""
    dice = random.Random(20)
    return [
        (controls(throttle=1.0), 300),
        (controls(throttle=1.0, steering=0.5), 240),
        (controls(throttle=1.0, steering=-1.0), 240),
        *(
            (
                controls(dice.uniform(-1.0, 1.0), dice.random(), dice.choice([0.0, dice.random()])),
                60,
            )
            for _ in range(20)
        ),
    ]


def on_track(track, spec, backend, cars=1):
    starts = []
    for index in range(cars):
        s_m = 100.0 + 8.0 * index
        pose = track.centreline.pose(s_m)
        starts.append(Start(spec, Setup(traction_control=0), pose, s_m, 30.0 - 12.0 * index))
    return World(track, starts, backend)


def driven(world, drive, ticks_per_step=20):
    """All events and the state's bits after every held control."""
    events, bits = [], []
    for held, ticks in drive:
        for _ in range(ticks // ticks_per_step):
            events += world.step([held] * len(world.starts), ticks_per_step).events
        bits.append(world.state_bits())
    return events, bits


@needs_numba
def test_plain_and_compiled_agree_to_the_bit_through_a_spin_gravel_and_walls(
    tormo, spec, wild_drive
):
    plain = on_track(tormo, spec, backend=Backend.PLAIN)
    machine = on_track(tormo, spec, backend=Backend.COMPILED)
    assert (plain.backend, machine.backend) == (Backend.PLAIN, Backend.COMPILED)
    events, bits = driven(plain, wild_drive)
    machine_events, machine_bits = driven(machine, wild_drive)
    assert machine_bits == bits
    assert machine_events == events
    assert {Contact, LeftTrack} <= {type(event) for event in events}
    assert abs(plain.runtime(0).state.front_left.spin_radps) < 1000.0


@needs_numba
def test_plain_and_compiled_agree_to_the_bit_when_two_cars_collide(tormo, spec):
    drive = [(controls(throttle=0.5, steering=0.1), 240), (controls(brake=0.5), 240)]
    plain = on_track(tormo, spec, backend=Backend.PLAIN, cars=2)
    machine = on_track(tormo, spec, backend=Backend.COMPILED, cars=2)
    events, bits = driven(plain, drive)
    assert (events, bits) == driven(machine, drive)
    assert {event.car for event in events if isinstance(event, Contact)} == {0, 1}


def steered_along(throttle):
    """A driver who keeps to the centreline, by what the car's snapshot says."""

    def held(now):
        astray_rad = wrap_angle(now.heading_rad - now.track_heading_rad)
        steering = 6.0 * now.curvature_1pm - 1.5 * astray_rad - 0.05 * now.offset_m
        return controls(steering, throttle * (25.0 - now.velocity_forward_mps))

    return held


@pytest.fixture(scope="module")
def wearing_spec(spec):
    """A car whose slicks wear a hundred times as fast."""
    slick = spec.tyres["slick"]
    state = msgspec.structs.replace(slick.state, wear_1pj=100.0 * slick.state.wear_1pj)
    tyres = {**spec.tyres, "slick": msgspec.structs.replace(slick, state=state)}
    return msgspec.structs.replace(spec, tyres=tyres)


@needs_numba
@pytest.mark.slow
def test_plain_and_compiled_agree_to_the_bit_through_a_minute_of_spins_damage_and_worn_tyres(
    tormo, wearing_spec
):
    setup = msgspec.structs.replace(
        default_setup(wearing_spec),
        traction_control=0,
        abs=0,
        yaw_control=0,
        front_torque_share=0.0,
    )
    pose = tormo.centreline.pose(3200.0)
    start = Start(wearing_spec, setup, pose, 3200.0, 25.0, damage="full")
    plain = World(tormo, [start], Backend.PLAIN)
    machine = World(tormo, [start], Backend.COMPILED)
    on_the_road = [(steered_along(0.3), 4)] * (40 * 60)
    off_it = [
        (controls(steering=1.0, throttle=1.0), 1200),  # spins into a wall
        (controls(steering=-1.0, brake=1.0), 480),  # leans on it
        (controls(throttle=1.0, reverse=1), 960),
        (controls(steering=-0.3, throttle=1.0), 2160),
    ]
    contacts, turned_radps = 0, 0.0
    for held, ticks in on_the_road + off_it:
        given = held(plain.snapshots()[0]) if callable(held) else held
        one = plain.step([given], ticks)
        assert machine.step([given], ticks) == one
        assert machine.state_bits() == plain.state_bits()
        contacts += sum(isinstance(event, Contact) for event in one.events)
        turned_radps = max(turned_radps, abs(one.snapshots[0].yaw_rate_radps))
    now = plain.snapshots()[0]
    assert plain.time_s == 60.0
    assert contacts > 3
    assert turned_radps > 2.0
    assert min(now.front_left_wear, now.rear_left_wear) > 0.2
    assert max(now.nose_damage, now.tail_damage, now.left_damage, now.right_damage) > 0.1


@needs_numba
def test_the_snapshots_agree_to_the_bit(tormo, spec, wild_drive):
    plain = on_track(tormo, spec, backend=Backend.PLAIN)
    machine = on_track(tormo, spec, backend=Backend.COMPILED)
    for held, ticks in wild_drive[:6]:
        one = plain.step([held], ticks).snapshots
        other = machine.step([held], ticks).snapshots
        assert one == other


def test_the_same_controls_twice_end_in_the_same_bits(tormo, spec, wild_drive):
    once = driven(on_track(tormo, spec, backend=Backend.COMPILED), wild_drive)
    assert driven(on_track(tormo, spec, backend=Backend.COMPILED), wild_drive) == once


def test_one_step_of_many_ticks_is_many_steps_of_one_tick(tormo, spec, wild_drive):
    many = driven(
        on_track(tormo, spec, backend=Backend.COMPILED), wild_drive[:8], ticks_per_step=60
    )
    single = driven(
        on_track(tormo, spec, backend=Backend.COMPILED), wild_drive[:8], ticks_per_step=1
    )
    assert single == many


def test_one_count_of_steering_ends_in_other_bits(tormo, spec):
    one, other = (on_track(tormo, spec, backend=Backend.COMPILED) for _ in range(2))
    one.step([controls(throttle=0.5)], 240)
    other.step([controls(throttle=0.5)._replace(steering=1)], 240)
    assert one.state_bits() != other.state_bits()


def test_looking_at_a_world_does_not_change_it(tormo, spec):
    watched, left_alone = (on_track(tormo, spec, backend=Backend.COMPILED) for _ in range(2))
    for _ in range(10):
        watched.snapshots()
        watched.runtime(0).state.front_left.spin_radps = 99.0
        watched.step([controls(throttle=0.5)], 24)
        left_alone.step([controls(throttle=0.5)], 24)
    assert watched.state_bits() == left_alone.state_bits()


@pytest.mark.parametrize("backend", list(Backend))
def test_a_car_out_of_reach_changes_nothing_for_another(spec, backend):
    def start(y_m):
        return Start(spec, Setup(), Pose(0.0, y_m, 0.3), speed_mps=20.0)

    pair = World(None, [start(0.0), start(500.0)], backend)
    single = World(None, [start(0.0)], backend)
    held = controls(steering=0.2, throttle=0.7)
    pair.step([held, controls(brake=1.0)], 480)
    single.step([held], 480)
    assert pair.snapshots()[0] == single.snapshots()[0]
    assert math.isfinite(pair.snapshots()[1].x_m)
