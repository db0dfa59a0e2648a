"""A world that is restarted is a fresh one, and an axle's share can change on the way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from game.compiled import Backend, numba_is_installed
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car
from game.vehicle.state import controls

pytestmark = pytest.mark.slow

SPEC = load_car()
FORMS = list(Backend) if numba_is_installed() else [Backend.PLAIN]
poses = st.builds(Pose, st.floats(-15.0, 15.0), st.floats(-15.0, 15.0), st.floats(-3.0, 3.0))
inputs = st.builds(controls, st.floats(-1.0, 1.0), st.floats(0.3, 1.0), st.just(0.0))


def start_at(pose, speed_mps):
    return Start(SPEC, Setup(), pose, speed_mps=speed_mps)


@pytest.fixture(scope="module", params=FORMS, ids=["plain", "compiled"])
def used(request, ground, box):
    """A world in a box of walls, which drives into them again and again."""
    track = ground(walls=[box(half_m=18.0)])
    return World(track, [start_at(Pose(0.0, 0.0, 0.0), 0.0)], request.param), track


@settings(max_examples=25)
@given(first=poses, then=poses, before=inputs, after=inputs, speed_mps=st.floats(0.0, 30.0))
def test_a_restarted_world_is_a_fresh_one_to_the_bit_even_after_crashes(
    used, first, then, before, after, speed_mps
):
    world, track = used
    world.restart(start_at(first, speed_mps))
    world.set_front_torque_share(0, 0.2)
    world.advance([before], 150)
    world.restart(start_at(then, speed_mps))
    fresh = World(track, [start_at(then, speed_mps)], world.backend)
    assert world.state_bits() == fresh.state_bits()
    one, other = world.step([after], 150), fresh.step([after], 150)
    assert one == other
    assert world.state_bits() == fresh.state_bits()


def test_a_car_restarted_at_the_wall_that_it_was_pushing_is_a_fresh_one(used):
    """The space would push it out as it did in the tick before, if it remembered that."""
    world, track = used
    pushing = controls(0.3, 1.0, 0.0)
    world.restart(start_at(Pose(10.0, 0.0, 0.4), 15.0))
    world.advance([pushing], 480)
    now = world.snapshots()[0]
    assert now.impulse_ns > 0.0
    start = start_at(Pose(now.x_m, now.y_m, now.heading_rad), 0.0)
    world.restart(start)
    fresh = World(track, [start], world.backend)
    assert world.step([pushing], 20) == fresh.step([pushing], 20)
    assert world.state_bits() == fresh.state_bits()


def test_only_a_car_that_is_alone_restarts():
    start = start_at(Pose(0.0, 0.0, 0.0), 0.0)
    with pytest.raises(ValueError, match="of 2 cars"):
        World(None, [start, start_at(Pose(9.0, 0.0, 0.0), 0.0)]).restart(start)


@pytest.mark.parametrize("backend", FORMS)
def test_the_front_axles_share_can_be_set_while_driving(alone, backend):
    world = alone(speed_mps=20.0, backend=backend, traction_control=0)
    for share in (1.0, 0.0, 0.3):
        world.set_front_torque_share(0, share)
        (now,) = world.step([controls(throttle=0.3)], 240).snapshots
        assert now.front_torque_share == share
        total_nm = now.front_torque_nm + now.rear_torque_nm
        assert now.front_torque_nm / total_nm == approx(share, abs=1e-6)


def test_advancing_is_stepping_without_looking(alone):
    one, other = alone(speed_mps=20.0), alone(speed_mps=20.0)
    held = [controls(steering=0.1, throttle=0.5)]
    assert one.advance(held, 100) == other.step(held, 100).events
    assert one.snapshots() == other.snapshots()
