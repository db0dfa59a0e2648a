"""A lap counts while at least one wheel is on the track."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.compiled import Backend
from game.simulation.chassis import WorldMotion
from game.simulation.events import (
    LAP_DONE,
    BackOnTrack,
    CarTick,
    LeftTrack,
    empty_log,
    read_out,
    report,
)
from game.simulation.lap_timer import LapClock
from game.simulation.tick import locate
from game.simulation.track_limits import Excursion, judge_limits
from game.simulation.world import TICK_S, Start, World, new_runtime
from game.track.elements import Pose
from game.track.surfaces import GRASS, KERB, TARMAC
from game.track.tables import project, surface_at
from game.track.track import load_track
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.state import Controls, controls

STRAIGHT_M = 250.0  # a place on the long straight, without kerbs: tarmac to 6 m, then grass
KERB_M = 545.0  # beside the apex kerb of turn 1, on the left


@pytest.fixture(scope="module")
def tormo():
    return load_track("ricardo_tormo")


@pytest.fixture(scope="module")
def parked_at(tormo, spec):
    """Makes a world with a car standing along the track at a distance and offset."""

    def make(s_m, offset_m):
        x_m, y_m = tormo.centreline.point(s_m, offset_m)
        pose = Pose(x_m, y_m, tormo.centreline.pose(s_m).heading_rad)
        return World(tormo, [Start(spec, Setup(), pose, s_m)], backend=Backend.COMPILED)

    return make


def judged(distances_m, clock=None):
    """Clock and events for the nearest wheel's distance beyond the limit, tick by tick."""
    clock = clock or LapClock(lap=3)
    excursion, log = Excursion(), empty_log()
    for tick, distance_m in enumerate(distances_m):
        judge_limits(excursion, clock, log, CarTick(0, tick, TICK_S), 100.0 + tick, distance_m)
    return clock, read_out(log)


@given(st.floats(0.0, 4004.0), st.floats(-8.0, 8.0), st.floats(-3.2, 3.2))
def test_each_wheel_stands_on_the_surface_at_its_own_place(tormo, spec, s_m, offset_m, turned_rad):
    start = Start(spec, Setup(), tormo.centreline.pose(s_m), s_m)
    car, runtime = make_car(spec, Setup()), new_runtime(start, tormo.tables)
    x_m, y_m = tormo.centreline.point(s_m, offset_m)
    heading_rad = start.pose.heading_rad + turned_rad
    locate(tormo.tables, car, runtime, WorldMotion(x_m, y_m, heading_rad, 0.0, 0.0, 0.0))
    position = runtime.position
    found = (
        position.front_left_surface,
        position.front_right_surface,
        position.rear_left_surface,
        position.rear_right_surface,
    )
    for surface, ahead_m, left_m in zip(
        found,
        (car.front_axle_m, car.front_axle_m, -car.rear_axle_m, -car.rear_axle_m),
        (car.half_track_m, -car.half_track_m, car.half_track_m, -car.half_track_m),
        strict=True,
    ):
        at_x_m = x_m + ahead_m * math.cos(heading_rad) - left_m * math.sin(heading_rad)
        at_y_m = y_m + ahead_m * math.sin(heading_rad) + left_m * math.cos(heading_rad)
        place = project(tormo.tables, at_x_m, at_y_m, position.sample_index)
        near = {
            surface_at(tormo.tables, place.s_m, place.offset_m + aside_m)
            for aside_m in (-0.02, 0.0, 0.02)  # a wheel is placed along an arc of the centreline
        }
        assert surface in near


def test_on_the_track_nothing_is_reported():
    clock, events = judged([-1.0, -0.01, 0.0])
    assert (clock.valid, events) == (1, ())


def test_an_excursion_is_reported_with_its_place_lap_farthest_and_duration():
    clock, (left, back) = judged([-1.0, 0.2, 0.7, 0.3, -0.1])
    assert clock.valid == 0
    assert left == LeftTrack(0, 1, 101.0, 3)
    assert back == BackOnTrack(0, 4, 0.7, 3)


def test_two_excursions_are_two():
    _, events = judged([0.1, -1.0, 0.1, -1.0])
    assert [type(event) for event in events] == [LeftTrack, BackOnTrack] * 2


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_two_wheels_on_the_tarmac_are_still_on_the_track(parked_at, side):
    world = parked_at(STRAIGHT_M, side * 6.0)
    step = world.step([Controls()], 10)
    assert sorted(step.snapshots[0].surface) == [TARMAC, TARMAC, GRASS, GRASS]
    assert step.snapshots[0].beyond_limit_m < 0.0
    assert step.snapshots[0].lap_valid == 1
    assert step.events == ()


@pytest.mark.parametrize("side", [-1.0, 1.0])
def test_four_wheels_off_invalidate_the_lap_and_say_where_and_how_far(parked_at, side):
    world = parked_at(STRAIGHT_M, side * 8.0)
    step = world.step([Controls()], 10)
    assert set(step.snapshots[0].surface) == {GRASS}
    assert step.snapshots[0].lap_valid == 0
    assert step.snapshots[0].beyond_limit_m == approx(8.0 - 0.825 - 6.0, abs=0.02)
    (left,) = step.events
    assert (type(left), left.s_m) == (LeftTrack, approx(STRAIGHT_M, abs=0.1))


def test_the_kerb_counts_as_track(parked_at, tormo):
    row = round(KERB_M / tormo.tables.step_m)
    tarmac_m, kerb_m = tormo.bands.left_m[row, :2]
    assert kerb_m > tarmac_m + 1.0
    on_kerb = parked_at(KERB_M, tarmac_m + 0.825 + 0.5).step([Controls()], 2).snapshots[0]
    assert KERB in on_kerb.surface
    assert TARMAC not in on_kerb.surface
    assert on_kerb.lap_valid == 1


def test_a_car_that_is_put_back_is_on_the_track_again(parked_at, tormo):
    world = parked_at(STRAIGHT_M, 9.0)
    world.step([Controls()], 24)
    world.place(0, tormo.centreline.pose(STRAIGHT_M), STRAIGHT_M)
    step = world.step([Controls()], 2)
    (back,) = step.events
    assert isinstance(back, BackOnTrack)
    assert back.farthest_m == approx(9.0 - 0.825 - 6.0, abs=0.02)
    assert step.snapshots[0].beyond_limit_m < 0.0
    assert step.snapshots[0].lap_valid == 0  # the lap stays struck out


def test_putting_a_car_down_stops_it_and_keeps_its_battery(parked_at, tormo):
    world = parked_at(STRAIGHT_M, 0.0)
    world.step([controls(throttle=1.0, steering=0.3)], 480)
    drawn_j = world.snapshots()[0].battery_drawn_j
    world.place(0, tormo.centreline.pose(1000.0), 1000.0)
    now = world.snapshots()[0]
    assert (now.velocity_forward_mps, now.yaw_rate_radps, now.steering_rad) == (0.0, 0.0, 0.0)
    assert now.s_m == approx(1000.0, abs=0.01)
    assert now.battery_drawn_j == drawn_j > 0.0
    after = world.step([controls(brake=0.5)], 240).snapshots[0]
    assert math.hypot(after.x_m - now.x_m, after.y_m - now.y_m) < 1e-6


def test_putting_a_car_across_the_line_is_not_a_crossing(parked_at, tormo):
    world = parked_at(tormo.length_m - 5.0, 0.0)
    world.place(0, tormo.centreline.pose(5.0), 5.0)
    assert world.step([Controls()], 5).events == ()


def test_a_car_set_back_while_off_can_start_a_valid_lap_at_the_line(parked_at, tormo):
    world = parked_at(STRAIGHT_M, 9.0)
    world.step([Controls()], 24)
    world.place(0, tormo.centreline.pose(tormo.length_m - 10.0), tormo.length_m - 10.0, 20.0)
    now = world.step([Controls()], 240).snapshots[0]
    assert (now.lap, now.lap_valid) == (1, 1)


def test_a_full_log_drops_what_comes_after():
    log = empty_log()
    for tick in range(300):
        report(log, CarTick(0, tick, TICK_S), LAP_DONE, 1.0, 1)
    events = read_out(log)
    assert [event.tick for event in events] == list(range(256))
    assert read_out(log) == ()


def test_grass_slows_a_coasting_car_more_than_tarmac_and_gravel_more_than_grass(tormo, spec):
    def speed_after(s_m, offset_m):
        x_m, y_m = tormo.centreline.point(s_m, offset_m)
        pose = Pose(x_m, y_m, tormo.centreline.pose(s_m).heading_rad)
        world = World(tormo, [Start(spec, Setup(), pose, s_m, 12.0)], backend=Backend.COMPILED)
        now = world.step([Controls()], 120).snapshots[0]
        return now.velocity_forward_mps, now.surface

    tarmac_mps, _ = speed_after(STRAIGHT_M, 0.0)
    grass_mps, ground = speed_after(STRAIGHT_M, 10.0)
    assert set(ground) == {GRASS}
    assert grass_mps < tarmac_mps - 0.2
