"""Wheels meet the water that lies where they are, to the same bits in every form of the tick."""

import math

import pytest
from energy_account import keeps_its_energy
from pytest import approx
from repeated_drive import assert_repeats

from game.compiled import Backend, numba_is_installed
from game.simulation.batch import Batch
from game.simulation.tick import ground_in_water
from game.simulation.wet_road import water_across, water_beside, wet_road
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.track.surfaces import GRASS, KERB, PAINT, TARMAC
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.vehicle.state import Ground, WheelInWater, controls
from game.vehicle.tyre import make_tyre
from game.weather.weather import CLEAR_NOON, Weather, load_weather

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
LIVE = {"tyre_state": "live"}
NO_ASSISTS = {"traction_control": 0, "abs": 0, "yaw_control": 0}


@pytest.fixture(scope="module")
def ricardo_tormo():
    return load_track("ricardo_tormo")


@pytest.fixture
def wet_world(spec, ricardo_tormo):
    """Makes a world with one car on the straight: `wet_world(weather, 30.0, abs=0)`."""

    def make(weather, speed_mps=0.0, backend=Backend.COMPILED, s_m=10.0, offset_m=0.0, **setup):
        sample = ricardo_tormo.tables.samples[ricardo_tormo.frames.index_at(s_m)]
        pose = Pose(
            sample.x_m - offset_m * sample.sin,
            sample.y_m + offset_m * sample.cos,
            sample.heading_rad,
        )
        start = Start(in_weather(spec, weather), Setup(**setup), pose, s_m, speed_mps)
        return World(ricardo_tormo, [start], backend)

    return make


@pytest.fixture
def endless(spec):
    """Makes a world on endless tarmac under so much water: `endless(0.001, 30.0, abs=0)`."""

    def make(water_m, speed_mps=0.0, backend=Backend.COMPILED, **setup):
        weather = Weather(
            air_temperature_k=288.15,
            road_temperature_k=288.15,
            humidity=1.0,
            rain_mmph=rain_for(water_m),
            water_m=water_m,
        )
        pose = Pose(0.0, 0.0, 0.0)
        start = Start(in_weather(spec, weather), Setup(**setup), pose, speed_mps=speed_mps)
        return World(None, [start], backend)

    return make


def rain_for(water_m):
    """The rain that keeps a road so deep under water."""
    return min((1e3 * water_m / 0.218) ** (27.0 / 16.0), 150.0)


def test_dry_weather_is_never_looked_up_and_leaves_every_bit(wet_world, varied_drive):
    puddle = Weather(water_m=0.0, line_water_m=0.0, traffic_1ps=0.5)
    dry, told = wet_world(CLEAR_NOON, 10.0, **LIVE), wet_world(puddle, 10.0, **LIVE)
    for seconds, held in varied_drive:
        for world in (dry, told):
            world.step([held], round(seconds * 240))
            assert world.runtime(0).state.weather.road_varies == 0
        assert told.state_bits() == dry.state_bits()


@pytest.mark.slow
@needs_numba
@pytest.mark.parametrize("name", ["rain", "drying"])
def test_plain_compiled_and_batch_are_equal_to_the_bit_in_the_rain(
    wet_world, varied_drive, ricardo_tormo, name
):
    weather = load_weather(name)
    plain = wet_world(weather, 10.0, Backend.PLAIN, **LIVE)
    machine = wet_world(weather, 10.0, **LIVE)
    lanes = Batch(ricardo_tormo, [machine.starts[0]] * 3)
    calm = [(5.0, controls(throttle=0.6)), (3.0, controls(brake=0.5)), (4.0, controls(brake=1.0))]
    for seconds, held in calm:  # within the walls: a batch has none
        ticks = round(seconds * 240)
        plain.step([held], ticks)
        machine.step([held], ticks)
        lanes.step(held.steering / 32767, held.throttle / 255, held.brake / 255, 0, ticks)
        assert plain.state_bits() == machine.state_bits()
        now = machine.snapshots()[0]
        for column in ("x_m", "y_m", "front_left_wet_grip", "rear_left_tread_k"):
            assert list(lanes.column(column)) == [getattr(now, column)] * 3
    for seconds, held in varied_drive:
        ticks = round(seconds * 240)
        plain.step([held], ticks)
        machine.step([held], ticks)
        assert plain.state_bits() == machine.state_bits()


def test_a_restart_and_a_restored_state_meet_the_same_water_again(wet_world):
    assert_repeats(wet_world(load_weather("drying"), 30.0))


@pytest.mark.parametrize("water_m", [0.0004, 0.002])
def test_battery_energy_becomes_motion_and_heat_in_any_water(
    endless, varied_drive, kinetic_j, water_m
):
    keeps_its_energy(endless(water_m, 10.0), varied_drive, kinetic_j)


def stopping_m(world):
    """How far a car rolls with locked brakes controlled, from where it is to rest."""
    from_m = world.snapshots()[0].x_m
    return world.step([controls(brake=1.0)], 60 * 240).snapshots[0].x_m - from_m


def test_brakes_take_the_longer_the_less_grip_water_leaves(endless):
    dry_m = stopping_m(endless(0.0, 20.0, tyre="wet"))
    damp_m = stopping_m(endless(0.0004, 20.0, tyre="wet"))
    assert damp_m / dry_m == approx(1.0 / 0.97, rel=0.02)
    slick_m = [stopping_m(endless(depth, 20.0, tyre="slick")) for depth in (0.0, 0.0004, 0.0012)]
    assert slick_m[1] > 1.15 * slick_m[0]
    assert slick_m[2] > 1.5 * slick_m[1]


def turning_mps2(world, steering=0.12):
    """The largest lateral acceleration of a car that is steered for a second."""
    most = 0.0
    for _ in range(60):
        now = world.step([controls(steering=steering)], 4).snapshots[0]
        most = max(most, abs(now.accel_left_mps2))
    return most


def test_slicks_aquaplane_in_deep_water_above_hornes_speed_and_not_below_half_of_it(endless):
    fast = turning_mps2(endless(0.003, 32.0, tyre="slick", **NO_ASSISTS))
    slow = turning_mps2(endless(0.003, 11.0, tyre="slick", **NO_ASSISTS), 0.3)
    grooved = turning_mps2(endless(0.003, 32.0, tyre="wet", **NO_ASSISTS))
    assert fast < 0.8
    assert slow > 3.0
    assert grooved > 5.0


def test_the_road_beside_the_line_is_wetter_and_less_slippery_for_its_depth(ricardo_tormo):
    road = wet_road(ricardo_tormo, load_weather("drying"))
    across = water_across(road, 300.0, 120.0)
    on_line, beside = (water_beside(across, across.line_m + aside_m) for aside_m in (0.0, 5.0))
    assert on_line.water_m < 0.6 * beside.water_m
    assert (on_line.driven, beside.driven) == (1.0, 0.0)


def test_water_has_no_step_along_a_lap_or_at_its_end(ricardo_tormo):
    road = wet_road(ricardo_tormo, load_weather("rain"))
    length_m = ricardo_tormo.length_m
    for s_m in (0.0, 5.0, 1234.0):
        here = water_across(road, s_m, 0.0)
        for other_m in (s_m + 0.01, (s_m - 0.01) % length_m, s_m + length_m):
            assert water_across(road, other_m, 0.0) == approx(here, abs=0.02)


def test_wet_kerbs_and_paint_are_more_slippery_than_wet_tarmac(spec):
    tyre = make_tyre(spec.tyres["slick"])
    grips = {
        surface: ground_in_water(Ground(1.0, 0.015), tyre, surface, WheelInWater(0.0008, 0.5)).grip
        for surface in (TARMAC, KERB, PAINT, GRASS)
    }
    assert grips[TARMAC] == 0.5
    assert grips[KERB] == grips[PAINT] == approx(0.5 * spec.tyres["slick"].water.painted_grip)
    assert grips[GRASS] == approx(spec.tyres["slick"].water.loose_grip)


def warmest_k(world):
    """The warmest tread after four minutes of circles at the limit, with the wheels' speed kept."""
    for _ in range(240):
        speed_mps = world.snapshots()[0].velocity_forward_mps
        throttle = min(max(0.3 * (20.0 - speed_mps), 0.0), 1.0)
        now = world.step([controls(steering=0.2, throttle=throttle)], 240).snapshots[0]
    return max(now.front_left_tread_k, now.front_right_tread_k)


def test_a_wet_tyre_overheats_on_a_dry_road_and_is_kept_cool_by_water(endless, spec):
    window_k = spec.tyres["wet"].state.window_high_k
    dry_k, wet_k = (warmest_k(endless(depth, 20.0, tyre="wet", **LIVE)) for depth in (0.0, 0.0008))
    assert dry_k > window_k + 10.0
    assert wet_k < window_k


def test_the_tick_of_a_car_at_rest_in_a_downpour_holds_it(endless):
    now = endless(0.004).step([controls(brake=1.0)], 600).snapshots[0]
    assert math.hypot(now.x_m, now.y_m) < 1e-3


def test_all_cars_of_a_world_meet_the_same_water(spec, ricardo_tormo):
    spec = in_weather(spec, load_weather("rain"))
    starts = [
        Start(spec, Setup(), Pose(box.x_m, box.y_m, box.heading_rad), box.s_m)
        for box in ricardo_tormo.grid[:2]
    ]
    world = World(ricardo_tormo, starts)
    world.step([controls()] * 2, 10)
    waters = [world.runtime(car).state.weather.rear_left.water_m for car in (0, 1)]
    assert all(water_m > 4e-4 for water_m in waters)


def test_whoever_shows_a_drive_reads_the_water_of_its_moment(wet_world, ricardo_tormo):
    world = wet_world(load_weather("drying"), 30.0)
    line_m = ricardo_tormo.wet_places[0].line_m
    first = world.water()
    world.step([controls(throttle=0.3)], 20 * 240)
    later = world.water()
    assert later.at(0.0, line_m).water_m < first.at(0.0, line_m).water_m
    assert later.at(0.0, line_m).water_m < later.at(0.0, line_m + 5.0).water_m
    assert later.wetness(0.0, line_m + 5.0) == 1.0
    assert (first.is_wet, first.rain_mmph) == (True, 0.0)
    assert wet_world(load_weather("rain")).water().rain_mmph == 10.0
    assert not wet_world(CLEAR_NOON).water().is_wet
