"""Hits bend a car by their energy and place; what is bent is felt, and mended as the rule says."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.compiled import Backend
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.aero import AirForce
from game.vehicle.damage import Blow, apply_blow, bent_air, cooling_left, is_wrecked, make_damage
from game.vehicle.setup import Setup
from game.vehicle.spec import DamageSpec
from game.vehicle.state import Controls, DamageState, controls

RULE = make_damage(DamageSpec(), "full")
HALF = make_damage(DamageSpec(), "reduced")
PARTS = ("nose_damage", "tail_damage", "left_damage", "right_damage")


@pytest.fixture(scope="module")
def hit(spec, ground, box):
    """Drives into a wall under a rule of damage; returns the world when all is still."""

    def drive(damage, speed_mps=15.0, heading_rad=0.0, backend=Backend.COMPILED):
        start = Start(
            spec, Setup(), Pose(0.0, 0.0, heading_rad), speed_mps=speed_mps, damage=damage
        )
        world = World(ground(walls=[box(half_m=12.0)]), [start], backend)
        world.step([Controls()], 480)
        return world

    return drive


def parts(world):
    now = world.snapshots()[0]
    return [getattr(now, name) for name in PARTS]


@given(
    st.floats(-30.0, 30.0),
    st.floats(-30.0, 30.0),
    st.floats(-30.0, 30.0),
    st.floats(0.0, 1e6),
    st.sampled_from([RULE, HALF]),
)
def test_no_blow_mends_and_no_part_is_bent_beyond_the_rule(forward, left, axle, energy_j, rule):
    damage = DamageState()
    for _ in range(3):
        before = (damage.nose, damage.tail, damage.left, damage.right)
        apply_blow(rule, damage, Blow(forward, left, axle, energy_j))
        after = (damage.nose, damage.tail, damage.left, damage.right)
        assert all(one <= other <= rule.max_share for one, other in zip(before, after, strict=True))
        assert abs(damage.steering_rad) <= rule.max_share * rule.steering_rad


def test_a_light_touch_bends_nothing():
    damage = DamageState()
    apply_blow(RULE, damage, Blow(-0.9, 0.0, 0.0, 500.0))
    assert damage == DamageState()


@pytest.mark.parametrize(
    ("blow", "part"),
    [
        (Blow(-5.0, 0.0, 0.0, 2e4), "nose"),
        (Blow(5.0, 0.0, 0.0, 2e4), "tail"),
        (Blow(0.0, -5.0, -5.0, 2e4), "left"),
        (Blow(0.0, 5.0, 5.0, 2e4), "right"),
    ],
)
def test_the_part_that_was_hit_is_bent(blow, part):
    damage = DamageState()
    apply_blow(RULE, damage, blow)
    assert getattr(damage, part) == approx((2e4 - RULE.light_hit_j) / RULE.full_hit_j)
    assert damage.steering_rad * blow.left_mps >= 0.0


def test_a_bent_car_has_more_drag_less_downforce_and_less_cooling():
    damage, air = DamageState(nose=0.5, tail=0.2), AirForce(-900.0, 0.0, 700.0, 1200.0)
    bent = bent_air(RULE, damage, air)
    assert bent.forward_n < air.forward_n
    assert bent.front_downforce_n / air.front_downforce_n == approx(1.0 - 0.6 * 0.5)
    assert bent.rear_downforce_n / air.rear_downforce_n == approx(1.0 - 0.8 * 0.2)
    assert cooling_left(RULE, damage) == approx(0.6)


def test_without_damage_a_hit_bends_nothing(hit):
    assert parts(hit("off")) == [0.0, 0.0, 0.0, 0.0]


def test_a_square_hit_bends_the_nose_and_half_as_much_when_reduced(hit):
    full, reduced = (parts(hit(rule, 8.0)) for rule in ("full", "reduced"))
    assert full[0] == approx(0.25, abs=0.08)
    assert full[1:] == approx([0.0, 0.0, 0.0], abs=0.02)
    assert reduced[0] == approx(0.5 * full[0], rel=1e-6)


def test_a_destroyed_car_does_not_drive_on_and_a_reduced_one_does(hit):
    reached = []
    for rule in ("full", "reduced"):
        world = hit(rule, 25.0)
        assert is_wrecked(world.runtime(0).state.damage) == (rule == "full")
        now = world.step([controls(throttle=1.0, reverse=1)], 480).snapshots[0]
        reached.append(abs(now.velocity_forward_mps))
    assert reached[0] < 0.5 < reached[1]


def test_a_reset_mends_reduced_damage_and_a_restart_any(hit):
    for rule in ("full", "reduced"):
        world = hit(rule, 25.0, 0.2)
        world.place(0, Pose(0.0, 0.0, 0.0), 0.0)
        assert (max(parts(world)) == 0.0) == (rule == "reduced")
        world.restart(world.starts[0])
        assert parts(world) == [0.0, 0.0, 0.0, 0.0]


def test_a_bent_front_wheel_pulls_the_car_to_one_side(hit):
    world = hit("full", 12.0, 1.3)
    bent_rad = world.snapshots()[0].bent_steering_rad
    assert 0.0 < abs(bent_rad) <= RULE.steering_rad
    world.place(0, Pose(0.0, 0.0, 0.0), 0.0, 10.0)
    now = world.step([Controls()], 120).snapshots[0]
    assert now.yaw_rate_radps * bent_rad > 0.0


@pytest.mark.parametrize("heading_rad", [0.2, 1.0])
def test_plain_and_compiled_agree_with_damage(hit, heading_rad):
    plain, fast = (
        hit("full", 14.0, heading_rad, backend) for backend in (Backend.PLAIN, Backend.COMPILED)
    )
    assert max(parts(plain)) > 0.0
    held = controls(0.3, throttle=1.0, reverse=1)
    assert plain.step([held], 240) == fast.step([held], 240)
    assert plain.state_bits() == fast.state_bits()


def test_with_damage_no_energy_is_lost_unbooked(hit, kinetic_j):
    world = hit("full", 12.0, 0.4)
    world.place(0, Pose(0.0, 0.0, 0.0), 0.0, 20.0)
    before_j, booked_before_j = kinetic_j(world), _booked_j(world)
    world.step([controls(0.1, throttle=0.5)], 240)
    gained_j = kinetic_j(world) - before_j
    assert gained_j == approx(-(_booked_j(world) - booked_before_j), abs=2.0)


def _booked_j(world):
    """Return what has become heat less what the cells gave."""
    runtime = world.runtime(0)
    ledger = runtime.state.ledger
    heat_j = math.fsum(
        (
            ledger.battery_heat_j,
            ledger.motor_heat_j,
            ledger.gear_heat_j,
            ledger.brake_heat_j,
            ledger.rolling_j,
            ledger.tyre_heat_j,
            ledger.drag_j,
            runtime.position.contact_j,
        )
    )
    return heat_j - ledger.chemical_j
