"""A car meets the weather: its air, its wind and gusts, to the same bits in every form."""

from itertools import pairwise

import msgspec
import pytest
from energy_account import keeps_its_energy
from pytest import approx
from repeated_drive import assert_repeats

from game.compiled import Backend, numba_is_installed
from game.simulation.batch import Batch
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.setup import Setup
from game.vehicle.spec import in_weather
from game.vehicle.state import controls
from game.weather.weather import CLEAR_NOON, Weather, WeatherChange, load_weather

needs_numba = pytest.mark.skipif(not numba_is_installed(), reason="the extra `fast` is missing")
CHANGING = Weather(
    wind_mps=6.0,
    wind_from_deg=300.0,
    gust_mps=2.0,
    changes=(
        WeatherChange(10.0, wind_mps=9.0, wind_from_deg=20.0, air_temperature_k=288.15),
        WeatherChange(25.0, road_temperature_k=293.15, humidity=0.9, gust_mps=1.0),
    ),
)
LIVE = {"tyre": "slick", "tyre_state": "live"}


@pytest.fixture
def alone_in(spec):
    """Makes a world with one car that faces east: `alone_in(weather, 30.0, abs=0)`."""

    def make(weather, speed_mps=0.0, backend=Backend.COMPILED, heading_rad=0.0, **setup):
        start = Start(
            in_weather(spec, weather),
            Setup(**setup),
            Pose(0.0, 0.0, heading_rad),
            speed_mps=speed_mps,
        )
        return World(None, [start], backend)

    return make


def top_speed_mps(world):
    """The speed at full throttle after a minute and a half."""
    return world.step([controls(throttle=1.0)], 90 * 240).snapshots[0].velocity_forward_mps


def from_east(wind_mps):
    return Weather(wind_mps=wind_mps, wind_from_deg=90.0)


def test_calm_steady_weather_is_never_looked_up(alone_in):
    world = alone_in(load_weather("warm_evening"), 30.0)
    world.step([controls(throttle=1.0)], 240)
    assert world.runtime(0).state.weather.moves == 0


def test_a_wind_of_nothing_gives_the_bits_of_a_calm_day(alone_in, varied_drive):
    tiny = Weather(changes=(WeatherChange(1.0, gust_mps=0.0),))
    calm, told = alone_in(CLEAR_NOON, 10.0, **LIVE), alone_in(tiny, 10.0, **LIVE)
    for seconds, held in varied_drive:
        for world in (calm, told):
            world.step([held], round(seconds * 240))
        assert told.state_bits() == calm.state_bits()
    assert told.runtime(0).state.weather.moves == 1


@pytest.mark.slow
@needs_numba
@pytest.mark.parametrize("weather", [CHANGING, load_weather("windy")], ids=["changing", "windy"])
def test_plain_compiled_and_batch_are_equal_to_the_bit_past_every_change(
    alone_in, varied_drive, weather
):
    plain = alone_in(weather, 10.0, Backend.PLAIN, **LIVE)
    machine = alone_in(weather, 10.0, **LIVE)
    lanes = Batch(None, [machine.starts[0]] * 3)
    drive = [*varied_drive, (12.0, controls(throttle=0.7, steering=0.05))]
    assert sum(seconds for seconds, _ in drive) > CHANGING.changes[-1].at_s + 10.0
    for seconds, held in drive:
        ticks = round(seconds * 240)
        plain.step([held], ticks)
        machine.step([held], ticks)
        lanes.step(
            held.steering / 32767, held.throttle / 255, held.brake / 255, held.reverse, ticks
        )
        assert plain.state_bits() == machine.state_bits()
        now = machine.snapshots()[0]
        for name in ("x_m", "y_m", "heading_rad", "battery_temperature_k", "rear_left_tread_k"):
            assert list(lanes.column(name)) == [getattr(now, name)] * 3


def test_a_restart_and_a_restored_state_meet_the_same_gusts_again(alone_in):
    assert_repeats(alone_in(CHANGING, 30.0))


@pytest.mark.parametrize("weather", [CHANGING, from_east(10.0), load_weather("windy")])
def test_battery_energy_becomes_motion_and_heat_in_any_wind(
    alone_in, varied_drive, kinetic_j, weather
):
    keeps_its_energy(alone_in(weather, 10.0), varied_drive, kinetic_j)


def test_at_top_speed_the_airs_power_in_a_wind_is_drag_at_the_air_speed_times_the_ground_speed(
    alone_in, spec
):
    for wind_mps in (10.0, -10.0):
        weather = (
            from_east(wind_mps)
            if wind_mps > 0.0
            else Weather(wind_mps=-wind_mps, wind_from_deg=270.0)
        )
        world = alone_in(weather, 50.0, power_map=4)
        speed_mps = top_speed_mps(world)
        before_j = world.runtime(0).state.ledger.drag_j
        world.step([controls(throttle=1.0)], 240)
        taken_w = world.runtime(0).state.ledger.drag_j - before_j
        drag_kgpm = 0.5 * spec.aero.air_density_kgpm3 * spec.aero.drag_area_m2
        assert taken_w == approx(drag_kgpm * (speed_mps + wind_mps) ** 2 * speed_mps, rel=2e-3)


def test_a_head_wind_takes_top_speed_as_the_power_of_drag_says(alone_in):
    speeds_mps = [
        top_speed_mps(alone_in(from_east(wind_mps), 50.0, power_map=4))
        for wind_mps in (2.0, 6.0, 10.0)
    ]
    # At the same power for the air alone, (v + w)**2 v stays, and two thirds of a wind are lost.
    # Tyres roll as hard as before and motors give more at less speed: it is less than that.
    for fast_mps, slow_mps in pairwise(speeds_mps):
        assert 1.0 / 3.0 * 4.0 < fast_mps - slow_mps < 2.0 / 3.0 * 4.0


def test_a_tail_wind_gives_top_speed_up_to_what_the_motors_can_turn(alone_in):
    tail = Weather(wind_mps=10.0, wind_from_deg=270.0)
    calm_mps, tail_mps = (
        top_speed_mps(alone_in(weather, 50.0, power_map=4)) for weather in (CLEAR_NOON, tail)
    )
    assert calm_mps < tail_mps < calm_mps + 1.0


def test_drag_and_downforce_are_as_the_density_of_the_air(alone_in):
    warm = load_weather("warm_evening")
    ratio = warm.air_density_kgpm3 / CLEAR_NOON.air_density_kgpm3
    assert ratio == approx(0.944, abs=0.002)
    drags = []
    for weather in (CLEAR_NOON, warm):
        world = alone_in(weather, 50.0)
        world.step([controls()], 24)
        drags.append(world.runtime(0).state.ledger.drag_j)
    assert drags[1] / drags[0] == approx(ratio, rel=1e-3)


def test_pack_motors_and_cold_tyres_are_as_warm_as_the_air(alone_in, spec):
    state = alone_in(load_weather("overcast"), **LIVE).runtime(0).state
    assert state.battery.temperature_k == approx(spec.battery.ambient_temperature_k - 10.0)
    assert state.front.winding_temperature_k == approx(
        spec.front_motor.coolant_temperature_k - 10.0
    )
    assert state.tyres.front_left.tread_k == approx(288.15)


def test_a_warm_road_and_cooling_air_are_felt_by_tyres_and_pack_during_a_drive(alone_in):
    hot = Weather(
        changes=(WeatherChange(10.0, air_temperature_k=313.15, road_temperature_k=333.15),)
    )
    ends = []
    for weather in (CLEAR_NOON, hot):
        world = alone_in(weather, 30.0, **LIVE)
        world.step([controls(throttle=0.3)], 40 * 240)
        ends.append(world.runtime(0).state)
    assert ends[1].tyres.rear_left.tread_k > ends[0].tyres.rear_left.tread_k + 5.0
    assert ends[1].battery.temperature_k > ends[0].battery.temperature_k
    assert ends[1].front.inverter_temperature_k > ends[0].front.inverter_temperature_k + 1.0


def test_a_wind_from_the_side_pushes_a_coasting_car_to_lee(alone_in):
    now = alone_in(Weather(wind_mps=10.0, wind_from_deg=0.0), 40.0).step([controls()], 240)
    assert now.snapshots[0].y_m < -1e-3


def test_a_braked_car_stands_still_in_a_storm(alone_in):
    world = alone_in(Weather(wind_mps=35.0, gust_mps=5.0, wind_from_deg=45.0))
    now = world.step([controls(brake=1.0)], 600).snapshots[0]
    assert (now.x_m, now.y_m) == approx((0.0, 0.0), abs=1e-3)


def test_cars_of_one_world_stand_in_one_weather(spec):
    starts = [
        Start(each, Setup(), Pose(5.0 * number, 0.0, 0.0))
        for number, each in enumerate((spec, in_weather(spec, CHANGING)))
    ]
    with pytest.raises(ValueError, match="different weather"):
        World(None, starts)


def test_the_air_of_another_density_is_in_what_is_planned_by(spec):
    from game.vehicle.parts import make_car

    thin = in_weather(spec, msgspec.structs.replace(CLEAR_NOON, air_pressure_pa=82160.0))
    assert make_car(thin, Setup()).aero.drag_kgpm == approx(
        0.8 * make_car(spec, Setup()).aero.drag_kgpm, rel=1e-3
    )
