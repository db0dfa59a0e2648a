"""Two cars meet: neither passes through the other, and momentum goes from one to the other."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from game.compiled import Backend, numba_is_installed
from game.simulation.events import Contact, HitCar, HitWall
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.state import Controls, controls

pytestmark = pytest.mark.slow

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")

FREE = [Controls(), Controls()]
LIGHT = Setup(driver_aboard=False, yaw_control=0)
HEAVY = Setup(driver_aboard=True, yaw_control=0)


def meeting(spec, offset_m, angle_rad, speed_mps, other_mps):
    """Two worlds' worth of cars 20 m apart, the second coming at an angle."""
    first = Start(spec, LIGHT, Pose(-10.0, 0.0, 0.0), speed_mps=speed_mps)
    x_m, y_m = 10.0 * math.cos(angle_rad), 10.0 * math.sin(angle_rad) + offset_m
    second = Start(spec, HEAVY, Pose(x_m, y_m, math.pi + angle_rad), speed_mps=other_mps)
    return World(None, [first, second], backend=Backend.COMPILED)


@settings(max_examples=150)
@given(st.floats(-2.5, 2.5), st.floats(-2.5, 2.5), st.floats(5.0, 61.0), st.floats(0.0, 61.0))
def test_neither_car_passes_through_the_other(spec, offset_m, angle_rad, speed_mps, other_mps):
    world = meeting(spec, offset_m, angle_rad, speed_mps, other_mps)
    for _ in range(240):
        one, other = world.step(FREE).snapshots
        apart_m = math.hypot(one.x_m - other.x_m, one.y_m - other.y_m)
        # Side by side they are 1.94 m apart; at 122 m/s they may overlap half a metre for a tick.
        assert apart_m > 1.3


@given(st.floats(-1.5, 1.5), st.floats(-2.5, 2.5), st.floats(5.0, 50.0), st.floats(0.0, 50.0))
def test_a_hit_takes_from_one_cars_momentum_what_it_gives_the_other(
    spec, offset_m, angle_rad, speed_mps, other_mps
):
    world = meeting(spec, offset_m, angle_rad, speed_mps, other_mps)
    masses_kg = (1220.0, 1295.0)
    before_j = 0.0
    for _ in range(240):
        step = world.step(FREE)
        if not any(now.impulse_ns for now in step.snapshots):
            continue
        impulses = []
        for index, now in enumerate(step.snapshots):
            position = world.runtime(index).position
            cos, sin = math.cos(now.heading_rad), math.sin(now.heading_rad)
            x_mps = now.velocity_forward_mps * cos - now.velocity_left_mps * sin
            y_mps = now.velocity_forward_mps * sin + now.velocity_left_mps * cos
            impulses.append(
                (
                    masses_kg[index] * (x_mps - position.free_x_mps),
                    masses_kg[index] * (y_mps - position.free_y_mps),
                )
            )
        assert impulses[0][0] == approx(-impulses[1][0], abs=1e-4)
        assert impulses[0][1] == approx(-impulses[1][1], abs=1e-4)
        lost_j = sum(world.runtime(index).position.contact_j for index in range(2))
        assert lost_j > before_j - 1e-3
        before_j = lost_j


def test_a_rolling_car_pushes_on_a_standing_one(spec):
    world = meeting(spec, 0.0, 0.0, 20.0, 0.0)
    events = [event for _ in range(240) for event in world.step(FREE).events]
    one, other = world.snapshots()
    assert {event.car for event in events if isinstance(event, Contact)} == {0, 1}
    assert other.velocity_forward_mps < -5.0  # it looks the other way
    assert 0.0 < one.velocity_forward_mps < 15.0


@pytest.mark.parametrize("backend", list(Backend))
@pytest.mark.parametrize("ticks_per_step", [1, 60])
def test_both_cars_of_a_contact_name_each_other(spec, backend, ticks_per_step):
    starts = [
        Start(spec, LIGHT, Pose(100.0, 50.0, 0.0)),  # far from both
        Start(spec, LIGHT, Pose(-10.0, 0.0, 0.0), speed_mps=20.0),
        Start(spec, HEAVY, Pose(10.0, 0.3, math.pi), speed_mps=5.0),
    ]
    world = World(None, starts, backend)
    events = []
    while not events:
        events += world.step([Controls()] * 3, ticks_per_step).events
        assert world.time_s < 3.0
    one, other = events[:2]
    assert (one.car, other.car, one.tick) == (1, 2, other.tick)
    assert (one.partner, other.partner) == (HitCar(2), HitCar(1))
    assert one.impulse_ns == approx(other.impulse_ns, rel=1e-9) == approx(20e3, rel=0.5)


@pytest.mark.parametrize("backend", list(Backend))
def test_a_contact_with_a_wall_names_the_wall(spec, ground, box, backend):
    walls = [box("armco", 500.0), box("tyres", 5.0, 20.0), box("concrete", 5.0, 0.0, 40.0)]
    for heading_rad, wall in ((0.0, HitWall(1, "tyres")), (0.5 * math.pi, HitWall(2, "concrete"))):
        start = Start(spec, LIGHT, Pose(0.0, 0.0, heading_rad), speed_mps=20.0)
        world = World(ground(walls=walls), [start], backend)
        (hit,) = world.step([Controls()], 480).events[:1]
        assert (type(hit), hit.car, hit.partner) == (Contact, 0, wall)


@needs_numba
@settings(max_examples=10, deadline=None)
@given(st.floats(-0.5, 0.5), st.floats(0.3, 3.0), st.floats(5.0, 40.0))
def test_plain_and_compiled_name_the_same_partners_in_a_heap_of_cars_at_a_wall(
    spec, ground, box, angle_rad, apart_m, speed_mps
):
    track = ground(walls=[box("armco", 24.0)])
    starts = [
        Start(spec, LIGHT, Pose(-20.0 + 8.0 * car, apart_m * car, angle_rad), speed_mps=speed_mps)
        for car in range(5)
    ]
    held = [controls(steering=0.1 * car, throttle=1.0) for car in range(5)]
    plain, machine = World(track, starts), World(track, starts, backend=Backend.COMPILED)
    steps = [plain.step(held, 120).events for _ in range(3)]
    assert [machine.step(held, 120).events for _ in range(3)] == steps
    assert plain.state_bits() == machine.state_bits()
    contacts = [event for events in steps for event in events if isinstance(event, Contact)]
    assert all(contact.partner != HitCar(contact.car) for contact in contacts)


@pytest.mark.parametrize("speed_mps", [5.0, 30.0])
def test_head_on_at_equal_speeds_both_stop_about_where_they_met(spec, speed_mps):
    setup = Setup(yaw_control=0)
    starts = [
        Start(spec, setup, Pose(-10.0, 0.0, 0.0), speed_mps=speed_mps),
        Start(spec, setup, Pose(10.0, 0.0, math.pi), speed_mps=speed_mps),
    ]
    world = World(None, starts, backend=Backend.COMPILED)
    one, other = world.step(FREE, 240 * 3).snapshots
    assert one.x_m == approx(
        -other.x_m, abs=1e-2
    )  # the space parts the crushed one after the other
    assert abs(one.velocity_forward_mps) < 0.3 * speed_mps
