"""A hit is spread over the time in which a car crushes, and leaves little rebound."""

import math
import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymunk import Vec2d
from pytest import approx

from game.compiled import Backend
from game.simulation.chassis import Chassis, step_space
from game.simulation.crush import (
    CrushLaw,
    crush_between,
    crush_law,
    crushed_mps,
    max_restitution,
    rebound_mps,
)
from game.simulation.events import Contact
from game.simulation.world import TICK_S, Start, World
from game.track.elements import Pose
from game.units import G_MPS2
from game.vehicle.setup import Setup
from game.vehicle.state import Controls, controls

MASS_KG = 1295.0
LAW = CrushLaw(force_n=320000.0, depth_m=0.9, fade_mps=12.5)


def impulses_ns(world, ticks):
    """Return the impulse of contacts in each tick that had one."""
    found = (world.step([Controls()]).snapshots[0].impulse_ns for _ in range(ticks))
    return [impulse_ns for impulse_ns in found if impulse_ns > 0.0]


def rolling_mps(now):
    return math.hypot(now.velocity_forward_mps, now.velocity_left_mps)


def until_contact(world):
    """Drive on until something is touched; return the events and the snapshot before it."""
    while True:
        before = world.snapshots()[0]
        if any(
            isinstance(event, Contact)
            for event in world.step([Controls()] * len(world.starts)).events
        ):
            return before
        assert world.time_s < 5.0


@given(st.floats(0.1, 120.0), st.floats(300.0, 3000.0), st.floats(0.0, 0.12))
def test_whatever_hits_stops_within_the_way_that_it_gives(closing_mps, mass_kg, crushed_m):
    speeds = [closing_mps]
    while speeds[-1] > 0.0:
        speeds.append(crushed_mps(LAW, speeds[-1], crushed_m, mass_kg, TICK_S))
        crushed_m += speeds[-1] * TICK_S
    assert speeds == sorted(speeds, reverse=True)
    assert crushed_m <= LAW.depth_m


@given(st.floats(0.0, 100.0), st.floats(0.0, 0.5))
def test_restitution_falls_with_closing_speed(closing_mps, restitution):
    slower_mps = rebound_mps(LAW, restitution, closing_mps)
    faster_mps = rebound_mps(LAW, restitution, 1.1 * closing_mps)
    rounding_mps = 1e-12 * slower_mps + 1e-300  # the second of what is next to nothing
    assert faster_mps <= 1.1 * slower_mps + rounding_mps
    assert slower_mps <= restitution * closing_mps


def test_two_cars_keep_a_tenth_of_50_kmh_and_nothing_of_108():
    assert rebound_mps(LAW, 0.25, 50.0 / 3.6) / (50.0 / 3.6) == approx(0.1, abs=0.01)
    assert rebound_mps(LAW, 0.25, 30.0) / 30.0 < 0.01


def test_a_cars_nose_gives_way_farther_than_its_side(spec):
    nose, side = crush_law(spec.chassis, 1.0), crush_law(spec.chassis, 0.0)
    assert nose.depth_m > side.depth_m


@given(st.floats(0.1, 60.0), st.floats(300.0, 3000.0), st.floats(0.0, 0.9))
def test_two_equal_cars_head_on_each_slow_as_at_a_wall(speed_mps, mass_kg, crushed_m):
    both = crushed_mps(
        crush_between(LAW, LAW), 2.0 * speed_mps, 2.0 * crushed_m, 0.5 * mass_kg, TICK_S
    )
    assert 0.5 * both == approx(crushed_mps(LAW, speed_mps, crushed_m, mass_kg, TICK_S), abs=1e-9)


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_what_two_cars_crush_into_each_other_is_the_way_of_both(spec, forward, other_forward):
    one, other = crush_law(spec.chassis, forward), crush_law(spec.chassis, other_forward)
    assert crush_between(one, other).depth_m == approx(one.depth_m + other.depth_m)


@pytest.mark.parametrize("kind", ["armco", "tyres", "concrete"])
def test_a_square_hit_at_108_kmh_stays_below_60_g_and_stops_the_car(alone, ground, box, kind):
    world = alone(30.0, track=ground(walls=[box(kind, 6.0)]))
    hits_ns = impulses_ns(world, 120)
    peak_g = max(hits_ns) / MASS_KG / TICK_S / G_MPS2
    assert 25.0 < peak_g < 60.0
    assert sum(hit_ns > 0.3 * max(hits_ns) for hit_ns in hits_ns) >= 10
    assert abs(world.snapshots()[0].velocity_forward_mps) < 0.5


def test_a_glancing_hit_at_180_kmh_keeps_most_of_its_energy(alone, ground, box):
    world = alone(50.0, math.radians(10.0), track=ground(walls=[box(half_m=200.0, y_m=-190.0)]))
    before_j = rolling_mps(until_contact(world)) ** 2
    after_j = rolling_mps(world.step([Controls()], 36).snapshots[0]) ** 2
    assert after_j / before_j == approx(0.87, abs=0.04)


def test_a_car_that_leans_on_a_wall_does_not_jitter(alone, ground, box):
    world = alone(13.0, 0.02, track=ground(walls=[box(half_m=200.0, y_m=-199.0)]))
    held = controls(steering=0.1, throttle=0.15)
    world.step([held], 480)
    speeds = [rolling_mps(world.step([held]).snapshots[0]) for _ in range(240)]
    assert max(abs(one - other) for one, other in pairwise(speeds)) < 0.05


def test_a_contact_tells_the_impulse_of_the_whole_hit(alone, ground, box):
    world = alone(20.0, track=ground(walls=[box(half_m=6.0)]))
    events = world.step([Controls()], 24 * 5).events
    (hit,) = [event for event in events if isinstance(event, Contact)][:1]
    assert hit.impulse_ns == approx(MASS_KG * 20.0, rel=0.05)


@pytest.mark.parametrize("speed_mps", [20.0, 30.0])  # slower ones rebound by the wall's kind
def test_two_cars_head_on_each_see_what_a_rigid_wall_shows(alone, ground, box, spec, speed_mps):
    at_wall = max(impulses_ns(alone(speed_mps, track=ground(walls=[box("concrete", 6.0)])), 360))
    starts = [
        Start(spec, Setup(), Pose(-5.0, 0.0, 0.0), speed_mps=speed_mps),
        Start(spec, Setup(), Pose(5.0, 0.0, math.pi), speed_mps=speed_mps),
    ]
    world = World(None, starts, backend=Backend.COMPILED)
    peak_ns, energy_j, closing_mps = 0.0, math.inf, 2.0 * speed_mps
    while closing_mps > 0.1:
        one, other = world.step([Controls()] * 2).snapshots
        peak_ns = max(peak_ns, one.impulse_ns)
        after_j = rolling_mps(one) ** 2 + rolling_mps(other) ** 2
        assert after_j <= energy_j
        energy_j = after_j
        closing_mps = one.velocity_forward_mps + other.velocity_forward_mps
    assert peak_ns == approx(at_wall, rel=0.1)


def test_two_cars_that_meet_share_their_momentum_over_several_ticks(spec):
    starts = [
        Start(spec, Setup(yaw_control=0), Pose(-5.0, 0.0, 0.0), speed_mps=15.0),
        Start(spec, Setup(yaw_control=0), Pose(5.0, 0.0, math.pi), speed_mps=5.0),
    ]
    world = World(None, starts, backend=Backend.COMPILED)
    ticks = 0
    for _ in range(150):
        one, other = world.step([Controls()] * 2).snapshots
        ticks += one.impulse_ns > 1000.0
        assert one.impulse_ns == approx(other.impulse_ns, rel=1e-9, abs=1e-6)
    assert ticks >= 5
    assert one.velocity_forward_mps == approx(-other.velocity_forward_mps, abs=1.5)


@given(st.floats(0.0, 1.0), st.floats(-0.9, 0.9), st.floats(0.05, 1.0), st.floats(-3.0, 3.0))
def test_a_rebound_with_friction_gives_no_energy(friction, coupling, sideways_1pkg, sideways):
    """One point of contact: Coulomb's friction, and a restitution as high as it may be.

    coupling: velocity across the normal over that along it, from a push along it; sideways: speed
    across the normal over the closing speed.
    """
    across_1pkg = sideways_1pkg + coupling**2  # a push has a positive energy in any direction
    restitution = max_restitution(friction, coupling)

    def after(push):
        """Return the speeds along and across the normal after a push and its friction."""
        moved = sideways + coupling * push
        rubbed = -math.copysign(min(abs(moved) / across_1pkg, friction * push), moved)
        return rubbed, push + coupling * rubbed - 1.0, moved + across_1pkg * rubbed

    low, high = 0.0, 100.0  # the push that makes them part so fast
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if after(middle)[1] < restitution else (low, middle)
    rubbed, parting, across = after(high)
    gained = 0.5 * (high * (parting - 1.0) + rubbed * (across + sideways))
    assert gained <= 1e-9


def energy_j(chassis, masses):
    """Return what both bodies hold; masses: of each, with its moment."""
    total_j = 0.0
    for (mass_kg, inertia_kgm2), numbers in zip(masses, chassis.body_numbers, strict=True):
        x_mps, y_mps, yaw_radps = numbers[3][0], numbers[4][0], numbers[5][0]
        total_j += 0.5 * (mass_kg * (x_mps**2 + y_mps**2) + inertia_kgm2 * yaw_radps**2)
    return total_j


def momentum_ns(bodies):
    x_ns, y_ns = (sum(body.mass * body.velocity[axis] for body in bodies) for axis in (0, 1))
    return x_ns, y_ns


@pytest.mark.slow
def test_of_10000_hits_of_two_spinning_cars_none_gives_energy_and_all_keep_momentum(spec):
    chassis = Chassis([])
    for mass_kg in (1220.0, 1295.0):
        chassis.add_car(spec.chassis, mass_kg, Pose(0.0, 0.0, 0.0), 0.0)
    one, other = chassis.bodies
    masses = [(body.mass, body.moment) for body in chassis.bodies]
    dice = random.Random(1)
    hits = 0
    for _ in range(10_000):
        towards_rad, heading_rad = dice.uniform(-math.pi, math.pi), dice.uniform(-math.pi, math.pi)
        place = Pose(5.2 * math.cos(towards_rad), 5.2 * math.sin(towards_rad), heading_rad)
        chassis.restart(0, Pose(0.0, 0.0, 0.0), 0.0)
        chassis.restart(1, place, 0.0)
        closing_mps = dice.uniform(5.0, 50.0)
        towards_rad += dice.uniform(-0.2, 0.2)
        one.velocity = dice.uniform(-15.0, 15.0), dice.uniform(-15.0, 15.0)
        other.velocity = one.velocity - closing_mps * Vec2d.from_polar(1.0, towards_rad)
        one.angular_velocity, other.angular_velocity = dice.uniform(-4, 4), dice.uniform(-4, 4)
        before_j, before_ns = energy_j(chassis, masses), momentum_ns(chassis.bodies)
        first_j = before_j
        for _ in range(math.ceil(5.0 / closing_mps / TICK_S)):
            step_space(chassis.space, TICK_S)
            after_j = energy_j(chassis, masses)
            assert after_j <= before_j * (1.0 + 1e-12)
            before_j = after_j
        assert momentum_ns(chassis.bodies) == approx(before_ns, rel=1e-6, abs=1e-3)
        hits += after_j < first_j
    assert hits > 9_000
