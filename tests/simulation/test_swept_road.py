"""Cars sweep water off the road where their wheels roll, and it fills again as rain falls."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from game.compiled import Backend, numba_is_installed
from game.simulation.batch import Batch
from game.simulation.swept_road import (
    OnRoad,
    cell_count,
    packed_cells,
    place_passed,
    sweep_place,
    unpacked_cells,
    untouched_cells,
)
from game.simulation.wet_road import COLUMN_M, wet_road
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.trig import direction
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.vehicle.state import controls
from game.weather.water import (
    ROW_S,
    THROWN_SHARE,
    evaporation_mmph,
    outflow_mmph,
    unfilled_rows,
    water_rows,
)
from game.weather.weather import CLEAR_NOON, Weather, WeatherChange, load_weather

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
ROLLING = [controls(throttle=0.3)]
QUIET = Weather(water_m=5e-4, humidity=1.0, road_temperature_k=288.15, air_temperature_k=288.15)


@pytest.fixture(scope="module")
def road(ricardo_tormo):
    return wet_road(ricardo_tormo, QUIET)


@pytest.fixture(scope="module")
def car(spec):
    return make_car(spec, Setup())


@pytest.fixture
def start_at(spec, ricardo_tormo):
    """Makes a start along the first straight: `start_at(10.0, offset_m=3.0)`."""

    def make(s_m, offset_m=0.0, speed_mps=30.0, weather=QUIET):
        sample = ricardo_tormo.tables.samples[ricardo_tormo.frames.index_at(s_m)]
        pose = Pose(
            sample.x_m - offset_m * sample.sin,
            sample.y_m + offset_m * sample.cos,
            sample.heading_rad,
        )
        return Start(in_weather(spec, weather), Setup(), pose, s_m, speed_mps)

    return make


def passed(road, car, passes, offset_m=0.0, turned_rad=0.0, unfilled=1.0):
    """The cells across the road after a car has passed a place so often, as shares."""
    swept = untouched_cells(road)
    for _ in range(passes):
        sweep_place(road, swept, 0, car, unfilled, OnRoad(offset_m, direction(turned_rad), 400.0))
    return unfilled * np.array(swept[: road.columns])


@given(st.floats(-4.0, 4.0), st.floats(-3.0, 3.0))
def test_a_car_takes_as_much_water_wherever_and_however_it_rolls(road, car, offset_m, turned_rad):
    width_m = COLUMN_M * passed(road, car, 1, offset_m, turned_rad).sum()
    # As much as a car of the weather's traffic: all of its share within 1.8 m of the line, and
    # evenly less up to 4 m; four wheels in the same cells take a little less than one after another
    assert width_m == approx(THROWN_SHARE * (1.8 + 4.0), rel=0.03)


def test_no_more_water_is_swept_away_than_there_is(road, car):
    shares = passed(road, car, 500)
    assert 0.99 < shares.max() <= 1.0
    assert shares.min() == 0.0  # where no wheel rolled


def test_a_filled_road_is_swept_as_a_fresh_one(road, car):
    assert passed(road, car, 1, 1.3, unfilled=1e-9) == approx(passed(road, car, 1, 1.3))


def test_wheels_beyond_the_road_sweep_nothing(road, car):
    assert not passed(road, car, 3, 40.0).any()
    assert not passed(road, car, 3, -40.0).any()


@pytest.mark.parametrize("step_m", [0.3, 7.0])
def test_every_place_is_passed_once_a_lap_forwards_and_backwards(road, step_m):
    count = len(road.places)
    length_m = count * road.place_m
    at_m = [(5.0 + step_m * number) % length_m for number in range(int(length_m / step_m))]
    way = [*at_m, at_m[0]]
    ahead = [place_passed(road, *pair) for pair in pairwise(way)]
    assert [place for place in ahead if place >= 0] == [*range(1, count), 0]
    back = [place_passed(road, *pair) for pair in pairwise(way[::-1])]
    assert [place for place in back if place >= 0] == [0, *range(count - 1, 0, -1)]


@pytest.mark.parametrize("name", ["rain", "drying", "damp"])
def test_a_slightly_swept_road_fills_as_rain_and_run_off_have_it(name):
    weather = load_weather(name)
    rows, unfilled = water_rows(weather), unfilled_rows(weather)
    evaporated_mmph = evaporation_mmph(weather)
    swept_mm = 1e3 * rows[0].line_m * 0.99
    for row, share, after in zip(rows[:60], unfilled[:60], rows[1:], strict=False):
        whole_mm = 1e3 * row.line_m
        assert 1.0 - swept_mm / whole_mm == approx(0.01 * share, rel=0.05)
        gained_mm = (weather.rain_mmph - evaporated_mmph) * ROW_S / 3600.0
        thrown = (whole_mm + gained_mm - outflow_mmph(whole_mm) * ROW_S / 3600.0) / (
            1e3 * after.line_m
        )
        swept_mm += gained_mm - outflow_mmph(swept_mm) * ROW_S / 3600.0
        swept_mm /= thrown


def test_new_rain_on_a_dry_road_knows_nothing_of_old_sweeping():
    shower = Weather(
        water_m=5e-5,
        traffic_1ps=0.2,
        changes=(WeatherChange(1800.0, rain_mmph=0.0), WeatherChange(1860.0, rain_mmph=9.0)),
    )
    unfilled = unfilled_rows(shower)
    assert water_rows(shower)[round(1795.0 / ROW_S)].line_m == 0.0
    assert unfilled[round(1900.0 / ROW_S)] < 0.01 * unfilled[round(1795.0 / ROW_S)]
    assert min(unfilled) > 0.0


@settings(max_examples=12)
@given(st.floats(0.0, 150.0), st.floats(0.0, 0.004), st.floats(1.0, 3000.0), st.floats(0.0, 150.0))
def test_a_road_only_fills(rain_mmph, water_m, at_s, later_mmph):
    weather = Weather(
        rain_mmph=rain_mmph, water_m=water_m, changes=(WeatherChange(at_s, rain_mmph=later_mmph),)
    )
    shares = np.array(unfilled_rows(weather))
    assert (np.diff(shares) <= 0.0).all()
    assert (shares > 0.0).all()


def test_a_dry_road_has_no_cells_and_a_drive_on_it_no_bits_of_them(start_at, ricardo_tormo):
    assert cell_count(wet_road(ricardo_tormo, CLEAR_NOON)) == 0
    dry, wet = (World(ricardo_tormo, [start_at(10.0, weather=sky)]) for sky in (CLEAR_NOON, QUIET))
    assert dry.saved().cells == b""
    cells = cell_count(wet_road(ricardo_tormo, QUIET))
    assert len(wet.state_bits()) == len(dry.state_bits()) + 8 * cells


@given(st.lists(st.floats(0.0, 1e50), max_size=50))
def test_packed_cells_are_the_same_bits_again(cells):
    assert list(unpacked_cells(packed_cells(cells))) == cells
    assert list(unpacked_cells(packed_cells(np.array(cells)))) == cells


def depth_m(world, s_m, offset_m):
    return world.water().at(s_m, offset_m).water_m


def test_where_a_car_has_driven_the_road_is_drier_than_beside_there(start_at, ricardo_tormo, car):
    world = World(ricardo_tormo, [start_at(10.0)], Backend.COMPILED)
    world.step(ROLLING, 3 * 240)
    quiet = replace(
        world.water(), cells=untouched_cells(world.water().road)
    )  # as if without the car

    def left(s_m, offset_m):
        return depth_m(world, s_m, offset_m) / quiet.at(s_m, offset_m).water_m

    for s_m in (40.0, 60.0):
        assert max(left(s_m, car.half_track_m), left(s_m, -car.half_track_m)) < 0.99
        assert left(s_m, 4.0) == left(s_m, -4.0) == 1.0
    assert left(world.snapshots()[0].s_m + 30.0, car.half_track_m) == 1.0  # nobody was there yet


def test_two_cars_dry_the_road_faster_than_one(start_at, ricardo_tormo, car):
    one = World(ricardo_tormo, [start_at(10.0)], Backend.COMPILED)
    two = World(ricardo_tormo, [start_at(10.0), start_at(25.0)], Backend.COMPILED)
    one.step(ROLLING, 3 * 240)
    two.step(ROLLING * 2, 3 * 240)
    kept = [depth_m(world, 60.0, car.half_track_m) for world in (one, two)]
    untouched_m = depth_m(World(ricardo_tormo, one.starts), 60.0, car.half_track_m)
    assert kept[1] < kept[0] < untouched_m


@needs_numba
def test_a_car_of_a_batch_that_starts_anew_finds_its_road_as_it_was(start_at, ricardo_tormo):
    start = start_at(10.0)
    batch, fresh = (Batch(ricardo_tormo, [start] * 3) for _ in range(2))
    batch.step(0.0, 0.3, 0.0, ticks=480)
    batch.restart([1])
    batch.step(0.0, 0.3, 0.0, ticks=240)
    fresh.step(0.0, 0.3, 0.0, ticks=240)
    assert batch.saved([1]).tobytes() == fresh.saved([1]).tobytes()
    kept = batch.saved([0])
    batch.step(0.0, 0.3, 0.0, ticks=240)
    after = batch.saved([0])
    batch.restart([2], kept)
    batch.step(0.0, 0.3, 0.0, ticks=240)
    assert batch.saved([2]).tobytes() == after.tobytes()


@needs_numba
@pytest.mark.slow
def test_a_batch_sweeps_as_a_world_does_ahead_and_back(start_at, ricardo_tormo):
    start = start_at(10.0, 1.0)
    plain = World(ricardo_tormo, [start], Backend.PLAIN)
    machine = World(ricardo_tormo, [start], Backend.COMPILED)
    lanes = Batch(ricardo_tormo, [start] * 5)
    for seconds, throttle, brake, reverse in (
        (2.0, 0.3, 0.0, 0),
        (4.0, 0.0, 1.0, 0),
        (4.0, 0.6, 0.0, 1),
    ):
        ticks = round(seconds * 240)
        held = [controls(0.0, throttle, brake, reverse)]
        plain.step(held, ticks)
        machine.step(held, ticks)
        lanes.step(0.0, throttle, brake, reverse, ticks)
    assert machine.snapshots()[0].velocity_forward_mps < -3.0
    assert plain.state_bits() == machine.state_bits()
    cells = np.array(unpacked_cells(machine.saved().cells))
    assert (lanes.saved(np.arange(5))[:, -len(cells) :] == cells).all()
    assert (cells > 0.0).any()
    assert list(lanes.column("s_m")) == [machine.snapshots()[0].s_m] * 5
    assert (
        list(lanes.column("front_left_wet_grip"))
        == [machine.snapshots()[0].front_left_wet_grip] * 5
    )


def test_several_cars_go_on_from_a_saved_state_on_the_road_that_they_swept(start_at, ricardo_tormo):
    starts = [start_at(10.0), start_at(40.0)]
    world = World(ricardo_tormo, starts, Backend.COMPILED)
    world.follow_closely()
    world.advance(ROLLING * 2, 360)
    while not world.can_be_saved:
        world.advance(ROLLING * 2, 1)
    saved = world.saved_race()
    again = World(ricardo_tormo, starts, Backend.COMPILED)
    again.restore_race(saved, world.space_log.made)
    assert any(unpacked_cells(saved.cells))
    assert again.state_bits() == world.state_bits()
    for each in (world, again):
        each.advance(ROLLING * 2, 240)
    assert again.state_bits() == world.state_bits()
