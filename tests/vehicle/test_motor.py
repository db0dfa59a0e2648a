"""The motor keeps to its torque, power and speed, and loses what the published map says."""

import math
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.vehicle.motor import (
    derating,
    inverter_loss,
    motor_loss,
    speed_limiter,
    torque_limit,
    warmed,
)
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.state import controls

RPM = math.pi / 30.0
COLD_K = 313.15

motor_speeds = st.floats(-1300.0, 1300.0)
temperatures = st.floats(250.0, 500.0)
voltages = st.floats(250.0, 410.0)


@pytest.fixture(scope="module")
def motor(spec):
    return spec.front_motor


def published_losses():
    """(torque Nm, speed rad/s, loss W) of every filled place of the table."""
    lines = (Path(__file__).parent / "motor_loss_280nm.txt").read_text().splitlines()
    header, *rows = [line.split() for line in lines if not line.startswith("#")]
    return [
        (float(row[0]), float(rpm) * RPM, float(loss))
        for row in rows
        for rpm, loss in zip(header[1:], row[1:], strict=True)
        if loss != "-"
    ]


@given(motor_speeds, voltages, st.floats(0.1, 1.0), temperatures, temperatures)
def test_torque_times_speed_never_exceeds_the_power_of_the_map(
    motor, speed, voltage_v, share, hot, warm
):
    power_w = torque_limit(motor, speed, voltage_v, share, hot, warm) * abs(speed)
    assert power_w <= motor.peak_power_w * share * (1.0 + 1e-12)


@given(motor_speeds, voltages, temperatures, temperatures)
def test_torque_never_exceeds_320_nm(motor, speed, voltage_v, winding_k, inverter_k):
    assert 0.0 < torque_limit(motor, speed, voltage_v, 1.0, winding_k, inverter_k) <= 320.0


def cool_power(motor, rpm, voltage_v=350.0):
    return torque_limit(motor, rpm * RPM, voltage_v, 1.0, COLD_K, COLD_K) * rpm * RPM


def test_full_torque_lasts_to_3581_rpm_and_full_power_from_there_to_8600(motor):
    assert torque_limit(motor, 3575.0 * RPM, 350.0, 1.0, COLD_K, COLD_K) == 320.0
    assert torque_limit(motor, 3590.0 * RPM, 350.0, 1.0, COLD_K, COLD_K) < 320.0
    for rpm in (3590.0, 7000.0, 8600.0):
        assert cool_power(motor, rpm) == approx(120_000.0)
    assert cool_power(motor, 8700.0) < 120_000.0


def test_at_350_v_the_weakened_field_leaves_what_nissan_publishes_of_the_stock_units(motor):
    stock = msgspec.structs.replace(motor, peak_torque_nm=340.0, peak_power_w=160_000.0)
    assert cool_power(stock, 4600.0) == approx(160_000.0, rel=0.001)
    assert cool_power(stock, 5800.0) == approx(160_000.0, rel=0.001)
    assert cool_power(stock, 6000.0) < 158_000.0
    assert cool_power(stock, 9795.0) == approx(110_000.0, rel=0.001)


@given(st.floats(3800.0, 11_000.0), voltages, voltages)
def test_a_higher_voltage_never_takes_power(motor, rpm, one, other):
    low, high = sorted((one, other))
    assert cool_power(motor, rpm, low) <= cool_power(motor, rpm, high)


@given(voltages, st.floats(600.0, 1150.0))
def test_beyond_the_voltages_corner_torque_falls_faster_than_one_over_speed(
    motor, voltage_v, radps
):
    rpm = radps / RPM
    power_w, faster_w = cool_power(motor, rpm, voltage_v), cool_power(motor, 1.02 * rpm, voltage_v)
    assert faster_w < power_w or faster_w == approx(120_000.0)


def test_power_map_4_leaves_160_kw_of_both_motors(spec, motor):
    share = make_car(spec, Setup(power_map=4)).power_share
    both_w = 2.0 * torque_limit(motor, 800.0, 350.0, share, COLD_K, COLD_K) * 800.0
    assert both_w == approx(160_000.0, rel=0.002)


@pytest.mark.parametrize(("power_map", "power_kw"), [(1, 240.0), (4, 160.0)])
def test_flat_out_at_150_kmh_the_car_delivers_the_power_of_its_map(rig, power_map, power_kw):
    car = rig(150.0 / 3.6, power_map=power_map).step(controls(throttle=1.0), 120)
    assert (car.state.front.power_w + car.state.rear.power_w) / 1000.0 == approx(power_kw, rel=0.01)


@given(motor_speeds, motor_speeds)
def test_the_limiter_never_gives_more_at_a_higher_speed(motor, one, other):
    slow, fast = sorted((abs(one), abs(other)))
    assert 1.0 >= speed_limiter(motor, slow) >= speed_limiter(motor, fast) >= 0.0


def test_the_limiter_starts_at_220_kmh_and_ends_at_11250_rpm(motor, spec):
    at_220_kmh = 220.0 / 3.6 / spec.wheel.radius_m * motor.gear_ratio
    assert speed_limiter(motor, 0.99 * at_220_kmh) == 1.0
    assert speed_limiter(motor, 11_050.0 * RPM) < 1.0
    assert speed_limiter(motor, 11_250.0 * RPM) == approx(0.0, abs=0.01)


@given(st.floats(-320.0, 320.0), motor_speeds)
def test_a_motor_always_loses_something_and_the_same_in_all_four_quadrants(motor, torque, speed):
    loss_w = motor_loss(motor, torque, speed)
    assert loss_w > 0.0
    assert motor_loss(motor, -torque, speed) == motor_loss(motor, torque, -speed) == loss_w


@given(st.floats(-2e5, 2e5))
def test_the_inverter_loses_two_to_three_percent_either_way(motor, power_w):
    assert 0.02 * abs(power_w) <= inverter_loss(motor, power_w) <= 0.03 * abs(power_w)


def test_the_loss_meets_the_published_map_within_the_fits_156_w_rms(motor):
    errors_w = [
        motor_loss(motor, torque_nm * 320.0 / 280.0, speed) - loss_w
        for torque_nm, speed, loss_w in published_losses()
    ]
    assert len(errors_w) == 55
    assert math.sqrt(sum(error * error for error in errors_w) / len(errors_w)) < 156.0


def test_the_loss_is_within_2_percent_of_the_power_at_every_published_place_above_10_kw(motor):
    for torque_nm, speed, loss_w in published_losses():
        if torque_nm * speed > 10_000.0:
            error_w = motor_loss(motor, torque_nm * 320.0 / 280.0, speed) - loss_w
            assert abs(error_w) < 0.021 * torque_nm * speed


@given(temperatures, temperatures)
def test_a_hotter_motor_never_gives_more(one, other):
    cool, hot = sorted((one, other))
    assert derating(hot, 443.15, 20.0, 0.4) <= derating(cool, 443.15, 20.0, 0.4)


def test_derating_begins_20_k_below_the_limit_and_leaves_two_fifths_at_it():
    assert derating(423.0, 443.15, 20.0, 0.4) == 1.0
    assert derating(433.15, 443.15, 20.0, 0.4) == approx(0.7)
    assert derating(443.15, 443.15, 20.0, 0.4) == approx(0.4)
    assert derating(600.0, 443.15, 20.0, 0.4) == approx(0.4)


def test_a_motor_at_its_winding_limit_drives_with_two_fifths_of_its_torque(rig, motor):
    car = rig(10.0, split_law="fill")
    car.state.front.winding_temperature_k = motor.winding_limit_k
    car.step(controls(throttle=1.0), 60)
    assert car.state.front.torque_nm == approx(0.4 * 320.0, rel=0.02)
    assert car.state.rear.torque_nm == approx(320.0, rel=0.01)


def test_under_limit_a_motor_at_its_winding_limit_takes_the_other_back_with_it(rig, motor):
    car = rig(10.0, front_torque_share=0.4, split_law="limit")
    car.state.front.winding_temperature_k = motor.winding_limit_k
    car.step(controls(throttle=1.0), 60)
    assert car.state.front.torque_nm == approx(0.4 * 320.0, rel=0.02)
    assert car.state.rear.torque_nm == approx(1.5 * car.state.front.torque_nm, rel=1e-9)


def test_a_lump_heated_without_cooling_warms_by_heat_over_capacity():
    temperature_k = 300.0
    for _ in range(100):
        temperature_k = warmed(temperature_k, 5000.0, 7567.0, 0.0, 300.0, 0.01)
    assert temperature_k == approx(300.0 + 5000.0 / 7567.0)


def test_a_lump_settles_where_cooling_takes_what_heating_gives():
    temperature_k = 300.0
    for _ in range(10_000):
        temperature_k = warmed(temperature_k, 900.0, 7567.0, 45.0, 300.0, 1.0)
    assert temperature_k == approx(320.0)


def test_torque_follows_the_pedal_with_a_lag_of_30_ms(rig):
    lagging = rig(10.0).step(controls(throttle=1.0), 7)  # 29 ms
    assert 0.55 * 320.0 < lagging.state.rear.torque_nm < 0.65 * 320.0
    assert lagging.step(controls(throttle=1.0), 40).state.rear.torque_nm == approx(320.0, rel=0.01)


def test_reverse_drives_no_faster_than_29_kmh(rig):
    car = rig().step(controls(throttle=1.0, reverse=1), 240 * 8)
    assert -29.5 < car.speed_mps * 3.6 < -27.0


def test_reverse_gives_no_drive_while_the_car_rolls_forwards(rig):
    car = rig(20.0).step(controls(throttle=1.0, reverse=1), 60)
    assert car.state.rear.torque_nm == 0.0
