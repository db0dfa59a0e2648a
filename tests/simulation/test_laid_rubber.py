"""Cars lay rubber on a green road where their wheels roll, the more the harder they slide."""

import numpy as np
import pytest
from pytest import approx
from repeated_drive import assert_repeats

from game.compiled import Backend, numba_is_installed
from game.simulation.batch import Batch
from game.simulation.swept_road import OnRoad, lay_rubber, unpacked_cells, untouched_cells
from game.simulation.wet_road import ANY_M, COLUMN_M, MOST_M, wet_road
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.trig import direction
from game.vehicle.parts import initial_state, make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.vehicle.state import controls
from game.weather.rubber import LAID_SHARE
from game.weather.weather import CLEAR_NOON, Weather, WeatherChange

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
GREEN = Weather(rubber=0.0)
RUBBERED = Weather(rubber=1.0)
SHOWER = Weather(
    rubber=0.2,
    traffic_1ps=0.2,
    changes=(WeatherChange(32.0, rain_mmph=0.0), WeatherChange(40.0, rain_mmph=8.0)),
)
ROLLING = [controls(throttle=0.3)]


@pytest.fixture
def world_of(spec, ricardo_tormo):
    """Makes a world with cars on the first straight: `world_of(GREEN, 10.0, 25.0)`."""

    def make(weather, *places_m, offset_m=0.0, backend=Backend.COMPILED, speed_mps=30.0, **setup):
        car = in_weather(spec, weather)
        starts = []
        for s_m in places_m:
            sample = ricardo_tormo.tables.samples[ricardo_tormo.frames.index_at(s_m)]
            pose = Pose(
                sample.x_m - offset_m * sample.sin,
                sample.y_m + offset_m * sample.cos,
                sample.heading_rad,
            )
            starts.append(Start(car, Setup(**setup), pose, s_m, speed_mps))
        return World(ricardo_tormo, starts, backend)

    return make


@pytest.fixture
def passed(spec, ricardo_tormo):
    """What a car lays across the road at a place by wheels that slide so hard, as shares."""
    road, car = wet_road(ricardo_tormo, GREEN), make_car(in_weather(spec, GREEN), Setup())

    def lay(work_n, passes=1, water_m=0.0):
        cells, state = untouched_cells(road), initial_state(spec, Setup(), 20.0)
        wheels = (state.front_left, state.front_right, state.rear_left, state.rear_right)
        for wheel in wheels:
            wheel.sliding_power_w = 20.0 * work_n
        state.weather.front_left.water_m = state.weather.front_right.water_m = water_m
        state.weather.rear_left.water_m = state.weather.rear_right.water_m = water_m
        place = OnRoad(0.0, direction(0.0), 400.0)
        for _ in range(passes):
            lay_rubber(road, cells, road.water_cells, car, state, place)
        assert not any(cells[: road.water_cells])  # which are those of water
        return np.array(cells[road.water_cells :][: road.columns])

    return lay


def test_a_car_that_slides_as_usual_lays_as_much_as_one_of_the_traffic(passed):
    # That lays its share within 1.8 m of the line, and evenly less up to 4 m.
    assert COLUMN_M * passed(166.0).sum() == approx(LAID_SHARE * (MOST_M + ANY_M), rel=0.01)


def test_rubber_comes_with_the_work_of_sliding_and_not_without_or_in_water(passed):
    assert passed(332.0).sum() == approx(2.0 * passed(166.0).sum(), rel=0.01)
    assert not passed(0.0).any()
    assert not passed(500.0, water_m=1e-5).any()


def test_no_more_is_laid_than_the_road_can_take(passed):
    shares = passed(5000.0, passes=200)
    assert 0.99 < shares.max() <= 1.0
    assert shares.min() == 0.0  # where no wheel rolled


def test_a_rubbered_line_has_the_grip_of_noon_and_green_asphalt_less(world_of, spec):
    line_m = world_of(GREEN, 10.0).water().road.places[1].line_m

    def grips(weather, offset_m):
        world = world_of(weather, 10.0, offset_m=offset_m, tyre="slick")
        return set(world.step(ROLLING, 2).snapshots[0].wet_grip)

    green = spec.tyres["slick"].green_grip
    beside_m = line_m - 6.0 if line_m > 0.0 else line_m + 6.0
    assert grips(CLEAR_NOON, line_m) == grips(CLEAR_NOON, beside_m) == {1.0}
    assert min(grips(RUBBERED, line_m)) == approx(1.0, abs=1e-3)
    assert min(grips(GREEN, line_m)) == approx(green, abs=1e-3)
    assert max(grips(RUBBERED, beside_m)) == approx(green, abs=1e-6)


def test_brakes_take_the_longer_the_greener_the_road(world_of, spec):
    def stopping_m(weather):
        world = world_of(weather, 300.0, tyre_state="frozen")
        return world.step([controls(brake=1.0)], 5 * 240).snapshots[0].s_m - 300.0

    lengthened = stopping_m(GREEN) / stopping_m(CLEAR_NOON)
    assert lengthened == approx(1.0 / spec.tyres["slick"].green_grip, rel=0.015)


def rubber_across(world, s_m):
    """The rubber at offsets from 6 m right of the centreline to 6 m left of it."""
    return np.array([world.water().rubber(s_m, offset_m) for offset_m in np.arange(-6.0, 6.5, 0.5)])


def test_where_wheels_have_rolled_there_is_rubber_and_none_beside_or_ahead(world_of):
    world = world_of(GREEN, 10.0)
    world.step([controls(throttle=1.0)], 3 * 240)
    behind, ahead = (rubber_across(world, world.snapshots()[0].s_m + way) for way in (-30.0, 30.0))
    assert behind.max() > 1e-4
    assert behind[0] == behind[-1] == 0.0
    assert not ahead.any()
    assert world.snapshots()[0].rubber_share < 0.01


def test_a_car_that_brakes_hard_lays_more_than_one_that_rolls(world_of):
    rolling, braking = (world_of(GREEN, 10.0) for _ in range(2))
    rolling.step([controls()], 2 * 240)
    braking.step([controls(brake=0.8)], 2 * 240)
    assert rubber_across(braking, 40.0).sum() > 10.0 * rubber_across(rolling, 40.0).sum()


def test_two_cars_lay_more_than_one(world_of):
    one, two = world_of(GREEN, 25.0), world_of(GREEN, 10.0, 25.0)
    one.step([controls(throttle=1.0)], 3 * 240)
    two.step([controls(throttle=1.0)] * 2, 3 * 240)
    assert rubber_across(two, 60.0).sum() > 1.5 * rubber_across(one, 60.0).sum()


def test_rain_washes_off_what_cars_have_laid(world_of):
    cloudburst = Weather(
        rubber=0.0,
        changes=(
            WeatherChange(3.0, rain_mmph=0.0),
            WeatherChange(4.0, rain_mmph=150.0),
        ),
    )
    world = world_of(cloudburst, 10.0, speed_mps=0.0)
    world.step([controls(throttle=1.0)], 4 * 240)
    laid = rubber_across(world, 15.0)
    assert laid.max() > 1e-4
    world.step([controls(brake=1.0)], 56 * 240)
    # 150 mm/h for 56 s are 2.3 mm
    assert rubber_across(world, 15.0) == approx(
        laid * np.exp(-0.1 * 150.0 * 56.0 / 3600.0), rel=0.02
    )


def test_rubber_is_slippery_when_wet_where_cars_drive(world_of):
    def grip(rubber):
        rain = Weather(rubber=rubber, water_m=8e-4, humidity=1.0, road_temperature_k=288.15)
        world = world_of(rain, 10.0, offset_m=world_of(GREEN, 10.0).water().road.places[1].line_m)
        return world.step(ROLLING, 2).snapshots[0].wet_grip.front_left

    assert grip(1.0) < grip(0.5) < grip(0.0)


def test_a_road_of_which_nothing_is_said_has_no_cells_of_rubber(world_of, ricardo_tormo):
    dry, green = world_of(CLEAR_NOON, 10.0), world_of(GREEN, 10.0)
    cells = wet_road(ricardo_tormo, GREEN).water_cells
    assert dry.saved().cells == b""
    assert len(green.state_bits()) == len(dry.state_bits()) + 2 * 8 * cells
    wet = wet_road(ricardo_tormo, Weather(water_m=1e-3))
    assert len(untouched_cells(wet)) == wet.water_cells == cells


def test_a_restart_and_a_restored_state_find_the_same_rubber_again(world_of):
    assert_repeats(world_of(GREEN, 10.0))


@needs_numba
def test_a_car_of_a_batch_that_starts_anew_finds_its_road_green(world_of, ricardo_tormo):
    start = world_of(GREEN, 10.0).starts[0]
    batch, fresh = (Batch(ricardo_tormo, [start] * 3) for _ in range(2))
    batch.step(0.0, 1.0, 0.0, ticks=480)
    assert batch.saved([1])[0, -1 - len(untouched_cells(wet_road(ricardo_tormo, GREEN))) :].any()
    batch.restart([1])
    for each in (batch, fresh):
        each.step(0.0, 0.3, 0.0, ticks=240)
    assert batch.saved([1]).tobytes() == fresh.saved([1]).tobytes()


@needs_numba
@pytest.mark.slow
def test_plain_compiled_and_batch_are_equal_to_the_bit_for_a_minute_that_ends_in_rain(
    world_of, ricardo_tormo
):
    plain = world_of(SHOWER, 10.0, offset_m=1.0, backend=Backend.PLAIN)
    machine = world_of(SHOWER, 10.0, offset_m=1.0)
    lanes = Batch(ricardo_tormo, [machine.starts[0]] * 5)
    for seconds, throttle, brake, reverse in (
        (5.0, 1.0, 0.0, 0),
        (6.0, 0.0, 0.9, 0),
        (6.0, 0.7, 0.0, 1),
        (6.0, 0.0, 1.0, 0),
        (7.0, 0.8, 0.0, 0),
        (30.0, 0.0, 0.6, 0),
    ):
        ticks = round(seconds * 240)
        held = [controls(0.0, throttle, brake, reverse)]
        plain.step(held, ticks)
        machine.step(held, ticks)
        lanes.step(0.0, throttle, brake, reverse, ticks)
        assert plain.state_bits() == machine.state_bits()
        if seconds == 7.0:
            saved = machine.saved()
    cells = np.array(unpacked_cells(machine.saved().cells))
    assert (lanes.saved(np.arange(5))[:, -len(cells) :] == cells).all()
    assert cells[len(cells) // 2 :].any()
    now = machine.snapshots()[0]
    for column in ("s_m", "front_left_wet_grip", "rubber_share"):
        assert list(lanes.column(column)) == [getattr(now, column)] * 5
    plain.restore(saved)
    plain.step(held, ticks)
    assert plain.state_bits() == machine.state_bits()
