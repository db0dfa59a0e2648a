"""Every channel says its unit, and the plain and the compiled tick read it the same."""

import numpy as np
import pytest
from hilly_oval import height_at, hilly_oval
from pytest import approx

from game.compiled import Backend, compiled, numba_is_installed
from game.records import records
from game.simulation.channels import SNAPSHOT_CHANNELS, Channel, channel, write_numbers
from game.simulation.chassis import WorldMotion
from game.simulation.snapshot import Snapshot
from game.simulation.tick import snapshot_of
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.vehicle.state import controls
from game.weather.weather import Weather, WeatherChange

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")


def test_every_number_of_a_snapshot_is_a_channel_with_its_unit():
    assert [each.name for each in SNAPSHOT_CHANNELS] == list(Snapshot._fields)
    units = {each.name: each.unit for each in SNAPSHOT_CHANNELS}
    assert units["velocity_forward_mps"] == "m/s"
    assert units["rear_right_sliding_power_w"] == "W"
    assert units["accel_left_mps2"] == "m/s2"
    assert [name for name, unit in units.items() if unit == "" and name.endswith("surface")]
    assert channel("time_s") == Channel("time_s", "s")


def test_a_name_that_does_not_say_its_unit_is_refused():
    with pytest.raises(ValueError, match="'speed'"):
        channel("speed")


@pytest.mark.parametrize("backend", list(Backend))
def test_a_snapshot_shows_what_the_car_holds(alone, backend):
    world = alone(20.0, backend=backend)
    (now,) = world.step([controls(steering=0.2, throttle=0.7)], 60).snapshots
    runtime = world.runtime(0)
    assert now.tick == world.tick == 60
    assert now.rear_left_load_n == runtime.state.rear_left.load_n
    assert now.load_n.front_right == runtime.state.front_right.load_n
    assert now.battery_drawn_j == runtime.state.battery.drawn_j > 0.0
    assert now.s_m == runtime.position.s_m
    assert 15.0 < now.velocity_forward_mps < 25.0
    motion = WorldMotion(1.0, 2.0, 0.0, 3.0, 4.0, 5.0)
    moved = snapshot_of(runtime, motion, 7)
    assert moved[:7] == (7, 1.0, 2.0, 0.0, 3.0, 4.0, 5.0)


@needs_numba
def test_the_compiled_snapshot_has_the_same_channels(alone):
    world = alone(20.0)
    world.step([controls(steering=0.2, throttle=0.7)], 60)
    runtime, motion = world.runtime(0), WorldMotion(1.0, 2.0, 0.3, 3.0, 4.0, 5.0)
    machine = compiled(snapshot_of)(records([runtime])[0], motion, 7)
    assert tuple(machine) == tuple(snapshot_of(runtime, motion, 7))


def test_numbers_are_written_in_the_order_of_their_fields():
    row = np.zeros(4)
    write_numbers(row, (1.0, 2.0, 3.0))
    assert row.tolist() == [1.0, 2.0, 3.0, 0.0]


def test_the_road_s_height_and_slope_are_there_from_the_start(spec):
    track = hilly_oval()
    start = Start(spec, Setup(), track.centreline.pose(260.0), 260.0, 20.0)
    world = World(track, [start], Backend.COMPILED)
    (before,) = world.snapshots()
    assert before.gradient_ratio < -0.03
    assert before.crossfall_ratio == approx(np.tan(np.radians(4.0)), rel=0.5)
    for _ in range(60):
        (now,) = world.step([controls()]).snapshots
        assert now.height_m == approx(height_at(track.tables, now.s_m, now.offset_m), abs=1e-9)
        driven_m = np.hypot(now.x_m - before.x_m, now.y_m - before.y_m)
        assert (now.height_m - before.height_m) / driven_m == approx(now.gradient_ratio, abs=2e-3)
        before = now
    world.place(0, track.centreline.pose(100.0), 100.0)
    assert world.snapshots()[0].height_m == height_at(track.tables, 100.0, 0.0)


def test_a_level_road_and_calm_dry_air_are_said_to_be_so(alone):
    (now,) = alone(20.0).step([controls()], 10).snapshots
    level = (now.height_m, now.gradient_ratio, now.crossfall_ratio)
    assert (*level, now.head_wind_mps, now.water_depth_m) == (0.0,) * 5
    assert (now.air_temperature_k, now.road_temperature_k) == (298.15, 308.15)
    assert now.air_density_kgpm3 == approx(1.2, rel=1e-4)


def test_the_weather_of_a_moment_is_told_in_its_own_units(spec):
    cooler = WeatherChange(1.0, air_temperature_k=288.15, road_temperature_k=290.15, rain_mmph=5.0)
    weather = Weather(wind_mps=6.0, wind_from_deg=90.0, rain_mmph=5.0, changes=(cooler,))
    start = Start(in_weather(spec, weather), Setup(), Pose(0.0, 0.0, 0.0), speed_mps=20.0)
    world = World(None, [start], Backend.COMPILED)
    (now,) = world.step([controls()], 480).snapshots
    assert now.head_wind_mps == approx(6.0, rel=1e-3)
    assert (now.air_temperature_k, now.road_temperature_k) == approx((288.15, 290.15))
    assert now.air_density_kgpm3 == approx(1.2 * 298.15 / 288.15, rel=1e-3)
    wheels = world.runtime(0).state.weather
    assert now.water_depth_m == approx(wheels.rear_left.water_m)
    assert now.water_depth_m > 0.0
