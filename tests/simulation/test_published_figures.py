"""The car does what Nissan published, and what a quasi-steady calculation says it should."""

import math
from collections import deque
from itertools import pairwise

import msgspec
import pytest
from pytest import approx

from game.compiled import Backend
from game.simulation.world import TICK_S, Start, World
from game.track.elements import Pose
from game.units import G_MPS2
from game.vehicle.setup import Setup
from game.vehicle.state import controls


@pytest.fixture(scope="module")
def launch(alone):
    """(time, distance, speed) of every tick of 40 s of full throttle at 1,220 kg on slicks."""
    world = alone(driver_aboard=False)
    run = [(0.0, 0.0, 0.0)]
    while world.time_s < 40.0:
        now = world.step([controls(throttle=1.0)]).snapshots[0]
        run.append((world.time_s, now.x_m, now.velocity_forward_mps))
    return run


def time_to(run, speed_kmh):
    wanted = speed_kmh / 3.6
    for (time_s, _, slower), (_, _, faster) in pairwise(run):
        if slower < wanted <= faster:
            return time_s + (wanted - slower) / (faster - slower) * TICK_S
    return math.inf


def stopping_m(world):
    while world.snapshots()[0].velocity_forward_mps > 0.01:
        world.step([controls(brake=1.0)])
    return world.snapshots()[0].x_m


def greatest_lateral_g(spec, speed_kmh):
    """The path's sideways acceleration, held for a second at held speed on a slow steering ramp."""
    wanted_mps = speed_kmh / 3.6
    setup = Setup(driver_aboard=False, traction_control=0, yaw_control=0)
    start = Start(spec, setup, Pose(0.0, 0.0, 0.0), speed_mps=wanted_mps)
    world = World(None, [start], backend=Backend.COMPILED)
    ticks = 4
    courses = deque(maxlen=round(1.0 / TICK_S / ticks) + 1)
    held = best = 0.0
    now = world.snapshots()[0]
    while world.time_s < 40.0 and abs(now.yaw_rate_radps) < 3.0:
        speed_mps = math.hypot(now.velocity_forward_mps, now.velocity_left_mps)
        missing_mps = wanted_mps - speed_mps
        held = min(1.0, max(0.0, held + 0.5 * missing_mps * ticks * TICK_S))
        steering = 0.3 * world.time_s / 30.0
        now = world.step([controls(steering, held + 0.5 * missing_mps)], ticks).snapshots[0]
        course = now.heading_rad + math.atan2(now.velocity_left_mps, now.velocity_forward_mps)
        courses.append((course, speed_mps))
        if len(courses) == courses.maxlen and abs(missing_mps) < 0.02 * wanted_mps:
            turned_rad = courses[-1][0] - courses[0][0]
            best = max(best, turned_rad * wanted_mps)
    return best / G_MPS2


@pytest.mark.parametrize(
    ("speed_kmh", "seconds", "tolerance"),
    [(50.0, 1.59, 0.05), (100.0, 3.40, 0.03), (200.0, 12.5, 0.4)],
)
def test_it_launches_as_published(launch, speed_kmh, seconds, tolerance):
    assert time_to(launch, speed_kmh) == approx(seconds, abs=tolerance)


def test_it_pulls_0_91_g_at_most(launch):
    gains = [(after[2] - before[2]) / TICK_S for before, after in pairwise(launch)]
    assert max(gains) / G_MPS2 == approx(0.91, abs=0.03)


def test_it_runs_220_kmh_held_by_the_motors_speed(alone, launch, spec):
    assert launch[-1][2] * 3.6 == approx(220.0, abs=0.5)
    assert launch[-1][2] - launch[-240][2] < 0.01
    at_top = alone(61.0).step([controls(throttle=1.0)], 2400).snapshots[0]
    power_w = at_top.front_power_w + at_top.rear_power_w
    peak_w = spec.front_motor.peak_power_w + spec.rear_motor.peak_power_w
    assert power_w < 0.75 * peak_w  # more power there is, but no more speed


@pytest.mark.parametrize(
    ("speed_kmh", "metres", "tolerance"), [(100.0, 27.0, 2.0), (200.0, 97.0, 6.0)]
)
def test_it_stops_as_calculated(alone, speed_kmh, metres, tolerance):
    world = alone(speed_kmh / 3.6, driver_aboard=False)
    assert stopping_m(world) == approx(metres, abs=tolerance)


@pytest.mark.parametrize(
    ("speed_kmh", "lateral_g", "tolerance"), [(100.0, 1.45, 0.05), (200.0, 1.59, 0.06)]
)
def test_it_corners_as_calculated(spec, speed_kmh, lateral_g, tolerance):
    assert greatest_lateral_g(spec, speed_kmh) == approx(lateral_g, abs=tolerance)


def test_the_slick_corners_harder_than_the_sports_tyre_by_its_grip(spec):
    sport = msgspec.structs.replace(spec, tyres={**spec.tyres, "slick": spec.tyres["sport"]})
    ratio = greatest_lateral_g(spec, 100.0) / greatest_lateral_g(sport, 100.0)
    assert ratio == approx(1.11, abs=0.03)


def test_the_driver_costs_two_tenths_to_100_kmh(alone, launch):
    world = alone()
    run = [(0.0, 0.0, 0.0)]
    while world.time_s < 5.0:
        now = world.step([controls(throttle=1.0)]).snapshots[0]
        run.append((world.time_s, now.x_m, now.velocity_forward_mps))
    assert time_to(run, 100.0) - time_to(launch, 100.0) == approx(0.197, abs=0.03)


def test_160_kw_take_longer_than_240(alone, launch):
    world = alone(driver_aboard=False, power_map=4)
    run = [(0.0, 0.0, 0.0)]
    while world.time_s < 30.0:
        now = world.step([controls(throttle=1.0)]).snapshots[0]
        run.append((world.time_s, now.x_m, now.velocity_forward_mps))
    assert time_to(run, 200.0) > 1.3 * time_to(launch, 200.0)
