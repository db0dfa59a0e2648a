"""The pack: power is voltage times current, and limits on what it gives and takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.vehicle.battery import battery_flow, battery_limits, open_circuit_voltage, pack_cooling
from game.vehicle.state import controls

charges = st.floats(0.0, 1.0)
powers = st.floats(-250_000.0, 300_000.0)


@pytest.fixture(scope="module")
def battery(spec):
    return spec.battery


@given(charges, powers)
def test_power_at_the_terminals_is_the_sagging_voltage_times_the_current(battery, charge, power_w):
    flow = battery_flow(battery, charge, power_w)
    terminal_v = open_circuit_voltage(battery, charge) - battery.resistance_ohm * flow.current_a
    assert terminal_v * flow.current_a == approx(power_w, rel=1e-9, abs=1e-6)


@given(charges, powers)
def test_what_leaves_the_cells_is_power_at_the_terminals_plus_heat(battery, charge, power_w):
    flow = battery_flow(battery, charge, power_w)
    assert flow.heat_w >= 0.0
    assert flow.chemical_w - flow.heat_w == approx(power_w, rel=1e-9, abs=1e-6)


@given(charges, charges)
def test_a_fuller_pack_has_no_less_voltage(battery, one, other):
    low, high = sorted((one, other))
    assert open_circuit_voltage(battery, low) <= open_circuit_voltage(battery, high)


def test_a_full_pack_of_96_cells_has_398_v_and_a_half_full_one_349_v(battery):
    assert open_circuit_voltage(battery, 1.0) == approx(96 * 4.15)
    assert open_circuit_voltage(battery, 0.5) == approx(96 * 3.64)
    assert open_circuit_voltage(battery, 0.55) == approx(96 * 3.67)


def test_the_pack_holds_the_59_usable_of_62_kwh(battery):
    steps = 1000
    energy_j = sum(
        open_circuit_voltage(battery, (step + 0.5) / steps) * battery.capacity_c / steps
        for step in range(steps)
    )
    assert energy_j / 3.6e6 == approx(59.0, abs=1.0)


def test_258_kw_take_about_740_a_and_sag_by_33_v(battery):
    flow = battery_flow(battery, 0.5, 258_000.0)  # published estimate at 350 V nominal
    assert flow.current_a == approx(740.0, rel=0.12)
    assert battery.resistance_ohm * flow.current_a == approx(33.0, rel=0.15)
    assert flow.heat_w == approx(25_000.0, rel=0.25)


@given(st.floats(0.95, 1.0), st.floats(0.0, 1.0))
def test_above_95_percent_nothing_is_regenerated(battery, charge, regen_limit):
    assert battery_limits(battery, charge, 298.15, regen_limit).charge_w == 0.0


def test_a_car_that_brakes_with_a_full_pack_regains_nothing(rig):
    car = rig(50.0, initial_charge=0.96).step(controls(brake=0.3), 240)
    assert car.state.battery.regained_j == 0.0
    assert car.speed_mps < 45.0


@given(st.floats(0.1, 0.9), st.floats(0.0, 1.0))
def test_regeneration_is_the_drivers_share_of_what_the_pack_takes(battery, charge, regen_limit):
    limits = battery_limits(battery, charge, 298.15, regen_limit)
    assert limits.charge_w == approx(120_000.0 * regen_limit)


@pytest.mark.parametrize("charge", [0.9, 0.5, 0.2])
def test_the_pack_gives_all_that_240_kw_at_the_shafts_need(battery, charge):
    assert battery_limits(battery, charge, 298.15, 1.0).discharge_w > 261_000.0


def test_an_empty_pack_gives_nothing(battery):
    assert battery_limits(battery, 0.0, 298.15, 1.0).discharge_w == 0.0


def test_a_hot_pack_gives_less(battery):
    hot = battery_limits(battery, 0.9, battery.temperature_limit_k, 1.0)
    cool = battery_limits(battery, 0.9, 298.15, 1.0)
    assert 0.35 * cool.discharge_w < hot.discharge_w < 0.5 * cool.discharge_w
    assert hot.charge_w < cool.charge_w


@given(charges, st.floats(250.0, 340.0))
def test_at_its_limit_the_pack_is_within_its_greatest_current(battery, charge, temperature_k):
    limits = battery_limits(battery, charge, temperature_k, 1.0)
    flow = battery_flow(battery, charge, limits.discharge_w)
    assert flow.current_a <= battery.current_limit_a * (1.0 + 1e-9)


def test_charge_falls_by_the_current_that_flows(rig, battery):
    car = rig(40.0).step(controls(throttle=1.0), 60)
    before = car.state.battery.charge
    car.step(controls(throttle=1.0), 1)
    drawn_c = car.state.battery.current_a / 240.0
    assert car.state.battery.current_a > 300.0
    assert (before - car.state.battery.charge) * battery.capacity_c == approx(drawn_c)


def test_braking_puts_charge_and_energy_back(rig):
    car = rig(50.0)
    before = car.state.battery.charge
    car.step(controls(brake=0.3), 240)
    assert car.state.battery.charge > before
    assert car.state.battery.regained_j > 50_000.0


def test_a_flat_battery_leaves_the_car_without_drive(rig):
    car = rig(20.0)
    car.state.battery.charge = 0.0
    car.step(controls(throttle=1.0), 240)
    assert car.state.front.torque_nm == car.state.rear.torque_nm == 0.0
    assert car.speed_mps < 20.0


def test_a_pack_is_cooled_more_the_faster_the_car_goes_either_way(battery):
    assert pack_cooling(battery, 0.0) == battery.cooling_wpk
    faster_wpk = pack_cooling(battery, 39.0) - battery.cooling_wpk
    assert faster_wpk == approx(39.0 * battery.cooling_wspmk)
    assert pack_cooling(battery, -39.0) == pack_cooling(battery, 39.0)


@pytest.mark.slow
@given(st.floats(0.0, 1.0), st.floats(-1e5, 2e5))
def test_what_the_terminals_have_is_what_the_resistance_leaves(battery, charge, power_w):
    flow = battery_flow(battery, charge, power_w)
    sag_v = open_circuit_voltage(battery, charge) - flow.voltage_v
    assert sag_v == approx(battery.resistance_ohm * flow.current_a)
