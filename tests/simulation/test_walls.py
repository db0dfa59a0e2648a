"""No car gets through a wall, and no wall gives energy."""

import math
import random

import numpy as np
import pytest
from pytest import approx

from game.compiled import Backend
from game.simulation.events import Contact
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.state import Controls, controls

pytestmark = pytest.mark.slow

FASTEST_MPS = 220.0 / 3.6
KINDS = ("armco", "tyres", "concrete")


def segments(walls):
    """Begin and end of every straight piece of the walls, two arrays of shape (n, 2)."""
    begins, ends = [], []
    for wall in walls:
        points = np.vstack([wall.points_m, wall.points_m[:1]]) if wall.closed else wall.points_m
        begins.append(points[:-1])
        ends.append(points[1:])
    return np.vstack(begins), np.vstack(ends)


def went_through(walls, before, after):
    """Return for each car whether its way from `before` to `after`, both (n, 2), crosses a wall."""

    count = len(before)

    def side(origin, along, point):
        return along[..., 0] * (point[..., 1] - origin[..., 1]) - along[..., 1] * (
            point[..., 0] - origin[..., 0]
        )

    begin, end = walls
    in_reach_m = np.abs(end - begin).max() + np.abs(after - before).max()
    x_is_near, y_is_near = (
        np.abs(begin[:, axis] - before[:, axis, None]) <= in_reach_m for axis in (0, 1)
    )
    cars, pieces = (x_is_near & y_is_near).nonzero()
    begin, end, before, after = begin[pieces], end[pieces], before[cars], after[cars]
    apart = side(begin, end - begin, before) * side(begin, end - begin, after) < 0.0
    across = side(before, after - before, begin) * side(before, after - before, end) < 0.0
    return np.bincount(cars, apart & across, count) > 0.0


def places(snapshots):
    return np.array([(now.x_m, now.y_m) for now in snapshots])


def random_pedals(dice):
    return controls(dice.uniform(-1.0, 1.0), dice.random(), dice.choice([0.0, dice.random()]))


def random_speed(dice):
    return dice.choice([FASTEST_MPS, dice.uniform(3.0, FASTEST_MPS)])


def lost_j(world, index):
    return world.runtime(index).position.contact_j


def test_a_way_across_a_wall_is_seen_as_one(box):
    walls = segments([box()])
    inside, outside = np.array([[0.0, 0.0], [19.0, 19.0]]), np.array([[30.0, 1.0], [19.0, -19.0]])
    assert went_through(walls, inside, outside).tolist() == [True, False]


def test_of_10000_hits_in_boxes_of_every_kind_of_wall_none_gets_through_or_gains_energy(
    spec, ground, box
):
    dice = random.Random(1)
    cars = 40
    boxes = [box(KINDS[index % 3], 10.0, 0.0, 1000.0 * index) for index in range(cars)]
    start = [Start(spec, Setup(), Pose(0.0, 1000.0 * index, 0.0)) for index in range(cars)]
    world = World(ground(walls=boxes), start, backend=Backend.COMPILED)
    hits = 0
    before_j = [lost_j(world, index) for index in range(cars)]
    touching = set()  # cars that were at a wall when the last ticks ended
    rounds_left = [0] * cars  # of 15 ticks, until a car is put elsewhere: one after a hit
    pedals = [Controls()] * cars
    for _ in range(1290):
        for index in (index for index in range(cars) if rounds_left[index] <= 0):
            x_m, y_m = dice.uniform(-7.0, 7.0), 1000.0 * index + dice.uniform(-7.0, 7.0)
            heading_rad = dice.uniform(-math.pi, math.pi)
            world.place(index, Pose(x_m, y_m, heading_rad), 0.0, random_speed(dice))
            pedals[index], rounds_left[index] = random_pedals(dice), 10
        step = world.step(pedals, 15)
        from_box = places(step.snapshots) - [(0.0, 1000.0 * index) for index in range(cars)]
        # A side may be crushed by 0.4 m: the middle of the car stays off the wall.
        assert np.abs(from_box).max() < 10.0 - 0.4
        touched = touching | {event.car for event in step.events if isinstance(event, Contact)}
        touching = {index for index, now in enumerate(step.snapshots) if now.impulse_ns > 0.0}
        for index in range(cars):
            is_new = False
            if index in touched:
                after_j = lost_j(world, index)
                assert after_j - before_j[index] > -1e-6
                is_new = after_j > before_j[index] and rounds_left[index] > 1
                before_j[index] = after_j
            hits += is_new
            rounds_left[index] = 1 if is_new else rounds_left[index] - 1
    assert hits > 10_000
    assert before_j == [lost_j(world, index) for index in range(cars)]


def test_of_3000_hits_all_around_ricardo_tormo_none_gets_through_a_wall(spec):
    track = load_track("ricardo_tormo")
    walls = segments(track.walls)
    dice = random.Random(2)
    cars = 25
    apart_m = track.length_m / cars
    starts = [
        Start(spec, Setup(), track.centreline.pose(apart_m * index), apart_m * index)
        for index in range(cars)
    ]
    world = World(track, starts, backend=Backend.COMPILED)
    hits = 0
    rounds_left = [0] * cars  # of 12 ticks, until a car is put elsewhere: two after a hit
    pedals = [Controls()] * cars
    before = places(world.snapshots())
    for _ in range(2800):
        for index in (index for index in range(cars) if rounds_left[index] <= 0):
            s_m = apart_m * (index + dice.random())
            x_m, y_m = track.centreline.point(s_m, dice.uniform(-5.0, 5.0))
            pose = Pose(x_m, y_m, dice.uniform(-math.pi, math.pi))
            world.place(index, pose, s_m, random_speed(dice))
            before[index] = pose.x_m, pose.y_m
            pedals[index], rounds_left[index] = random_pedals(dice), 18
        step = world.step(pedals, 12)
        after = places(step.snapshots)
        assert not went_through(walls, before, after).any()
        before = after
        hit = {event.car for event in step.events if isinstance(event, Contact)}
        for index in range(cars):
            is_new = index in hit and rounds_left[index] > 2
            hits += is_new
            rounds_left[index] = 2 if is_new else rounds_left[index] - 1
    assert hits > 3000


def test_along_ricardo_tormos_walls_no_tick_of_contact_gains_energy(spec):
    # What went wrong: an impulse kept across a gap in the contact pulled the car at the next touch.
    track = load_track("ricardo_tormo")
    dice = random.Random(3)
    world = World(
        track, [Start(spec, Setup(), track.centreline.pose(0.0))], backend=Backend.COMPILED
    )
    ticks_in_contact = 0
    for _ in range(250):
        s_m = dice.uniform(0.0, track.length_m)
        side = dice.choice([-1.0, 1.0])
        x_m, y_m = track.centreline.point(s_m, side * 6.0)
        heading_rad = track.centreline.pose(s_m).heading_rad + side * dice.uniform(0.1, 0.7)
        world.place(0, Pose(x_m, y_m, heading_rad), s_m, dice.uniform(20.0, FASTEST_MPS))
        held = controls(steering=side * dice.random(), throttle=dice.random())
        before_j = world.runtime(0).position.contact_j
        for _ in range(30):
            world.step([held], 6)
            after_j = world.runtime(0).position.contact_j
            assert after_j > before_j - 1e-6
            ticks_in_contact += after_j > before_j
            before_j = after_j
    assert ticks_in_contact > 300


@pytest.mark.parametrize("kind", KINDS)
def test_head_on_the_car_comes_back_slower_than_it_went_in(alone, ground, box, kind):
    world = alone(15.0, track=ground(walls=[box(kind)]))
    world.step([Controls()], 480)
    now = world.snapshots()[0]
    assert -15.0 * 0.2 < now.velocity_forward_mps <= 0.0
    assert now.y_m == approx(0.0, abs=0.05)


def test_a_glancing_hit_keeps_more_speed_than_a_steep_one(alone, ground, box):
    wall_6_m_to_the_left = ground(walls=[box(half_m=50.0, y_m=-44.0)])

    def kept(angle_rad):
        world = alone(30.0, angle_rad, track=wall_6_m_to_the_left)
        while not any(isinstance(event, Contact) for event in world.step([Controls()]).events):
            assert world.time_s < 5.0
        now = world.step([Controls()], 24).snapshots[0]
        return math.hypot(now.velocity_forward_mps, now.velocity_left_mps) / 30.0

    assert kept(0.2) > 0.8
    assert kept(0.2) > kept(0.8) > kept(math.pi / 2.0)
    assert kept(math.pi / 2.0) < 0.2


def test_a_hit_is_told_once_with_its_impulse(alone, ground, box):
    world = alone(10.0, track=ground(walls=[box()]))
    events = []
    for _ in range(480):
        events += world.step([Controls()]).events
    hits = [event for event in events if isinstance(event, Contact)]
    assert 1 <= len(hits) <= 3
    arrival_mps = (100.0 - 2.0 * 0.015 * 9.81 * 17.0) ** 0.5
    assert hits[0].impulse_ns == approx(1295.0 * arrival_mps * 1.075, rel=0.05)


def test_a_car_that_leans_on_a_wall_at_full_throttle_stays_out_of_it(alone, ground, box):
    world = alone(10.0, track=ground(walls=[box()]))
    now = world.step([controls(throttle=1.0)], 240 * 5).snapshots[0]
    nose_m = now.x_m + 1.43 + 0.90
    assert nose_m == approx(20.0 - 0.15, abs=0.05)


def test_a_car_without_walls_in_reach_feels_none(alone, ground, box):
    walled = alone(20.0, track=ground(walls=[box(half_m=500.0)]))
    free = alone(20.0)
    assert walled.step([controls(0.3, 0.5)], 240) == free.step([controls(0.3, 0.5)], 240)
