"""Who follows another car meets the air that it drags along; who is alone or beside it does not."""

import math

import msgspec
import pytest
from energy_account import heat_j
from pytest import approx

from game.compiled import Backend, numba_is_installed
from game.simulation.chassis import WorldMotion
from game.simulation.wakes import AirMotion, wake_at, wake_share
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.aero import make_aero
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.vehicle.state import controls
from game.weather.weather import CLEAR_NOON, Weather

SPEED_MPS = 50.0
FULL = controls(throttle=1.0)


@pytest.fixture
def cars_at(spec):
    """Makes a world of cars that all go east: `cars_at((0.0, 0.0), (-10.0, 1.0))`, places in m."""

    def make(*places, weather=CLEAR_NOON, backend=Backend.COMPILED, car=None):
        car = in_weather(car or spec, weather)
        starts = [Start(car, Setup(), Pose(*place, 0.0), speed_mps=SPEED_MPS) for place in places]
        return World(None, starts, backend)

    return make


def tail_winds_mps(world):
    """What blows each car from behind, in the first tick."""
    step = world.step([FULL] * len(world.starts))
    return [-car.head_wind_mps for car in step.snapshots]


@pytest.mark.parametrize("behind_m", [5.0, 10.0, 40.0])
def test_the_air_carries_the_momentum_that_drag_gives_it(spec, behind_m):
    """Above the road: half of a round wake, whose speed is a small share of the car's."""
    wake = make_aero(spec.aero, 0.0).wake
    rings = [0.001 * (number + 0.5) for number in range(12000)]
    carried_m2 = sum(wake_share(wake, behind_m, ring) * math.pi * ring * 0.001 for ring in rings)
    assert carried_m2 == approx(0.5 * spec.aero.drag_area_m2, rel=1e-4)


def test_ten_metres_behind_a_quarter_of_the_drag_is_spared_and_less_farther_away(cars_at):
    spared = []
    for gap_m in (10.0, 20.0, 40.0, 80.0):
        _, wind_mps = tail_winds_mps(cars_at((0.0, 0.0), (-gap_m, 0.0)))
        spared.append(1.0 - (1.0 - wind_mps / SPEED_MPS) ** 2)
    assert spared[:2] == approx([0.25, 0.16], abs=0.015)
    assert spared == sorted(spared, reverse=True)
    assert spared[-1] < 0.05


def test_a_wake_does_to_a_car_what_a_wind_from_behind_does(cars_at):
    pair = cars_at((0.0, 0.0), (-12.0, 0.0))
    (_, wind_mps) = tail_winds_mps(pair)
    blown = cars_at((-12.0, 0.0), weather=Weather(wind_mps=wind_mps, wind_from_deg=270.0))
    alone = blown.step([FULL]).snapshots[0]
    behind = pair.snapshots()[1]
    for name in ("velocity_forward_mps", "rear_left_load_n", "front_lift_m", "battery_power_w"):
        assert getattr(behind, name) == approx(getattr(alone, name), rel=1e-9)


def test_on_a_straight_a_car_behind_another_comes_nearer_at_the_same_throttle(cars_at):
    world = cars_at((0.0, 0.0), (-25.0, 0.0))
    gaps_m = []
    for _ in range(8):
        first, second = world.step([FULL, FULL], 240).snapshots
        gaps_m.append(first.x_m - second.x_m)
    assert gaps_m == sorted(gaps_m, reverse=True)
    assert 3.0 < 25.0 - gaps_m[-1] < 15.0


@pytest.mark.parametrize("place", [(0.0, 2.2), (-10.0, 3.5), (-160.0, 0.0), (12.0, 0.0)])
def test_beside_far_behind_and_ahead_of_a_car_the_air_is_still(cars_at, place):
    """To the bit as if there were nobody else."""
    pair, alone = cars_at((0.0, 0.0), place), cars_at(place)
    pair.step([FULL, FULL], 4)
    alone.step([FULL], 4)
    assert pair.snapshots()[1] == alone.snapshots()[0]


def test_the_car_in_front_drives_as_if_it_were_alone(cars_at):
    pair, alone = cars_at((0.0, 0.0), (-12.0, 0.0)), cars_at((0.0, 0.0))
    for held in (FULL, controls(steering=0.2, throttle=0.5), controls(brake=0.4)):
        assert pair.step([held, held], 120).snapshots[0] == alone.step([held], 120).snapshots[0]


def test_wakes_of_two_cars_add_up_by_their_squares(cars_at):
    *_, near_mps = tail_winds_mps(cars_at((0.0, 0.0), (-12.0, 0.0)))
    *_, far_mps = tail_winds_mps(cars_at((12.0, 0.0), (-12.0, 0.0)))
    *_, both_mps = tail_winds_mps(cars_at((12.0, 0.0), (0.0, 0.0), (-12.0, 0.0)))
    assert both_mps == approx(math.hypot(near_mps, far_mps))


def test_a_wind_from_the_side_carries_the_wake_to_lee(cars_at):
    north = Weather(wind_mps=8.0, wind_from_deg=0.0)  # it blows to negative y
    winds_mps = [
        tail_winds_mps(cars_at((0.0, 0.0), (-20.0, y_m), weather=north))[1] for y_m in (-3.2, 3.2)
    ]
    assert winds_mps[0] > 3.0
    assert winds_mps[1] < 0.1


def test_in_a_bend_the_wake_lies_where_the_car_has_been(spec):
    wake, still = make_aero(spec.aero, 0.0).wake, AirMotion(0.0, 0.0)
    straight = wake_at(wake, WorldMotion(0.0, 0.0, 0.0, 30.0, 0.0, 0.0), still, -20.0, 0.0)
    for radius_m in (60.0, -60.0):
        motion = WorldMotion(0.0, 0.0, 0.0, 30.0, 0.0, 30.0 / radius_m)
        turned_rad = 20.0 / radius_m
        was_x_m, was_y_m = -math.sin(turned_rad), 1.0 - math.cos(turned_rad)
        been = wake_at(wake, motion, still, radius_m * was_x_m, radius_m * was_y_m)
        assert been.x_mps == approx(straight.x_mps, rel=0.03)
        assert wake_at(wake, motion, still, -20.0, 0.0).x_mps < 0.5 * straight.x_mps


def test_a_car_file_that_says_nothing_of_a_wake_has_none(cars_at, spec):
    aero = msgspec.structs.replace(spec.aero, wake_half_width_m=0.0)
    plain_car = msgspec.structs.replace(spec, aero=aero)
    assert tail_winds_mps(cars_at((0.0, 0.0), (-10.0, 0.0), car=plain_car)) == [0.0, 0.0]


@pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
@pytest.mark.parametrize("weather", [CLEAR_NOON, Weather(wind_mps=5.0, gust_mps=2.0)])
def test_three_cars_in_a_row_have_the_same_bits_plainly_and_compiled(cars_at, weather):
    row = ((0.0, 0.0), (-9.0, 0.5), (-20.0, -0.5))
    worlds = [cars_at(*row, weather=weather, backend=backend) for backend in Backend]
    for held in (FULL, controls(steering=0.15, throttle=0.6), controls(brake=0.3)):
        for world in worlds:
            world.step([held] * len(row), 60)
        assert worlds[0].state_bits() == worlds[1].state_bits()


def test_in_a_wake_battery_energy_becomes_motion_and_heat(cars_at, kinetic_j):
    world = cars_at((0.0, 0.0), (-15.0, 0.0))
    begin_j = kinetic_j(world, 1)
    for held in (FULL, controls(steering=0.1, throttle=0.5), controls(brake=0.4)):
        world.step([held, held], 480)
        runtime = world.runtime(1)
        spent_j = begin_j + runtime.state.ledger.chemical_j
        assert kinetic_j(world, 1) + heat_j(runtime) == approx(spent_j, rel=1e-6)
