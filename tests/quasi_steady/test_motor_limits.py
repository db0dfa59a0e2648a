"""The quasi-steady car has the power that the tick's has, by the same voltage."""

import msgspec
import pytest
from pytest import approx

from game.compiled import Backend
from game.quasi_steady.motor_limits import cool_torque_limits, full_drive_voltage
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.vehicle.battery import open_circuit_voltage
from game.vehicle.parts import make_car
from game.vehicle.setup import default_setup
from game.vehicle.state import controls
from game.vehicle.torque_split import full_drive

SECONDS = 0.5


@pytest.fixture(scope="module")
def driven(spec):
    """(car, snapshot) after half a second of full throttle on a plain."""

    def drive(speed_kmh, **values):
        setup = msgspec.structs.replace(default_setup(spec), **values)
        start = Start(spec, setup, Pose(0.0, 0.0, 0.0), speed_mps=speed_kmh / 3.6)
        world = World(None, [start], backend=Backend.COMPILED)
        now = world.step([controls(throttle=1.0)], round(SECONDS * 240)).snapshots[0]
        return make_car(spec, setup), now

    return drive


def steady(car, now, share):
    """Voltage, and power of both motors, of the quasi-steady car at this speed and charge."""
    rim_mps = now.spin_radps.rear_left * car.wheel.radius_m
    voltage_v = full_drive_voltage(car, share, now.charge, rim_mps)
    limits_nm = cool_torque_limits(car, rim_mps, voltage_v)
    radps = rim_mps / car.wheel.radius_m * car.gear_ratio
    return voltage_v, full_drive(car.split_law, share, limits_nm) * radps


@pytest.mark.parametrize("speed_kmh", [120.0, 160.0, 200.0, 215.0])
@pytest.mark.parametrize("charge", [0.15, 0.5, 0.9])
def test_at_full_throttle_voltage_and_power_are_the_ticks(driven, speed_kmh, charge):
    car, now = driven(speed_kmh, initial_charge=charge)
    voltage_v, power_w = steady(car, now, 0.5)
    assert voltage_v == approx(now.battery_voltage_v, abs=1.0)
    assert power_w == approx(now.front_power_w + now.rear_power_w, rel=0.005)


@pytest.mark.parametrize(("law", "share"), [("limit", 0.0), ("limit", 0.4), ("fill", 0.4)])
def test_the_less_a_split_draws_the_less_the_voltage_sags(driven, law, share):
    car, now = driven(200.0, split_law=law, front_torque_share=share)
    voltage_v, power_w = steady(car, now, share)
    assert voltage_v == approx(now.battery_voltage_v, abs=1.0)
    assert power_w == approx(now.front_power_w + now.rear_power_w, rel=0.005)


@pytest.mark.parametrize("speed_kmh", [90.0, 120.0, 160.0])
def test_at_45_55_under_limit_full_throttle_is_100_and_120_kw(driven, speed_kmh):
    _, now = driven(speed_kmh, split_law="limit", front_torque_share=5.0 / 11.0)
    assert now.front_power_w == approx(100e3, rel=0.01)
    assert now.rear_power_w == approx(120e3, rel=0.01)


def test_at_15_percent_charge_power_at_200_kmh_is_a_quarter_less(driven):
    _, full = driven(200.0, initial_charge=0.9)
    _, low = driven(200.0, initial_charge=0.15)
    full_w, low_w = (now.front_power_w + now.rear_power_w for now in (full, low))
    assert 0.7 < low_w / full_w < 0.85


def test_voltage_over_speed_leaves_all_power_to_a_car_without_weakened_field(spec):
    motors = {"em57": msgspec.structs.replace(spec.motors["em57"], flux_torque_nmpvs=1e6)}
    car = make_car(msgspec.structs.replace(spec, motors=motors), default_setup(spec))
    voltage_v = full_drive_voltage(car, 0.5, 0.15, 58.0)
    limits_nm = cool_torque_limits(car, 58.0, voltage_v)
    radps = 58.0 / car.wheel.radius_m * car.gear_ratio
    assert limits_nm.rear * radps == approx(120e3)
    assert 0.8 < voltage_v / open_circuit_voltage(car.battery, 0.15) < 0.92
