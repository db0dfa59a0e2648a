"""Smooth forms of the tick's functions stay within stated bounds of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

ca = pytest.importorskip("casadi")

from game.optimum.car_dynamics import pedals_of  # noqa: E402
from game.optimum.smooth import (  # noqa: E402
    smooth_clamp,
    smooth_clutch_limit,
    smooth_maximum,
    smooth_minimum,
    smooth_speed_limiter,
    smooth_wheel_torque,
    tick_on_symbols,
)
from game.scalars import clamp  # noqa: E402
from game.vehicle.differential import clutch_limit  # noqa: E402
from game.vehicle.motor import speed_limiter, torque_limit  # noqa: E402
from game.vehicle.parts import make_car  # noqa: E402
from game.vehicle.powertrain import Pedals, demand_torques, wheel_torque  # noqa: E402
from game.vehicle.setup import Setup  # noqa: E402
from game.vehicle.spec import load_car  # noqa: E402
from game.vehicle.state import AxleState, BatteryState, CarState, PerWheel, WheelState  # noqa: E402
from game.vehicle.torque_split import FrontShares  # noqa: E402
from game.vehicle.tyre import make_tyre  # noqa: E402
from game.vehicle.wet_grip import wet_grip  # noqa: E402

SPEC = load_car()
CAR = make_car(SPEC, Setup(traction_control=0, abs=0))
MOTOR = CAR.front.motor
COOL_K = MOTOR.coolant_temperature_k
VOLTAGE_V = 340.0
LOADS_N = PerWheel(3000.0, 3000.0, 3300.0, 3300.0)
TORQUE_NM = st.floats(-320.0, 320.0)
SPEED_RADPS = st.floats(50.0, 1170.0)


def value(function, *numbers):
    symbols = [ca.SX.sym("x") for _ in numbers]
    return float(ca.Function("f", symbols, [function(*symbols)])(*numbers))


@given(TORQUE_NM, TORQUE_NM)
def test_minimum_and_maximum_are_within_three_thousandths(one, other):
    off = 3e-3 * max(abs(one), abs(other)) + 1e-4
    assert value(smooth_minimum, one, other) == approx(min(one, other), abs=off)
    assert value(smooth_maximum, one, other) == approx(max(one, other), abs=off)
    assert value(smooth_minimum, one, other) <= min(one, other)


@given(TORQUE_NM, st.floats(10.0, 320.0))
def test_a_clamp_is_within_half_a_percent(torque_nm, limit_nm):
    clamped = value(smooth_clamp, torque_nm, -limit_nm, limit_nm)
    assert clamped == approx(clamp(torque_nm, -limit_nm, limit_nm), abs=0.005 * 320.0)
    assert -limit_nm <= clamped <= limit_nm


@given(TORQUE_NM, SPEED_RADPS)
def test_the_torque_at_the_wheels_is_within_a_newton_metre(motor_nm, radps):
    smooth = value(lambda nm, speed: smooth_wheel_torque(MOTOR, nm, speed), motor_nm, radps)
    assert smooth == approx(wheel_torque(MOTOR, motor_nm, radps), abs=1.0)


@given(st.floats(-3000.0, 3000.0))
def test_a_clutchs_limit_is_within_three_newton_metres(axle_nm):
    differential = CAR.rear.differential
    smooth = value(lambda nm: smooth_clutch_limit(differential, nm), axle_nm)
    assert smooth == approx(clutch_limit(differential, axle_nm), abs=3.0)


@given(SPEED_RADPS)
def test_a_motors_limit_is_within_a_percent(radps):
    run = tick_on_symbols()
    others = (VOLTAGE_V, 1.0, COOL_K, COOL_K)
    smooth = value(lambda speed: run(torque_limit, MOTOR, speed, *others), radps)
    exact = torque_limit(MOTOR, radps, *others)
    assert 0.99 * exact <= smooth <= exact
    limiter = value(lambda speed: smooth_speed_limiter(MOTOR, speed), radps)
    assert limiter == approx(speed_limiter(MOTOR, radps), abs=0.03)


@given(st.sampled_from(sorted(SPEC.tyres)), st.floats(0.0, 5e-3), st.floats(0.0, 60.0))
def test_the_grip_that_water_leaves_is_within_a_hundredth(tyre, water_m, speed_mps):
    compound = make_tyre(SPEC.tyres[tyre])
    run = tick_on_symbols()
    others = (1.0, speed_mps * speed_mps, compound.pressure_pa)
    smooth = value(lambda water_m: run(wet_grip, compound, water_m, *others), water_m)
    assert smooth == approx(wet_grip(compound, water_m, *others), abs=0.01)


@given(st.floats(-1.0, 1.0))
def test_one_pedal_is_throttle_or_brake(pedal):
    throttle, brake, _ = pedals_of(pedal)
    assert throttle - brake == approx(pedal, abs=1e-9)
    assert -1e-9 <= min(throttle, brake) <= 0.051
    if abs(pedal) == 1.0:
        assert min(throttle, brake) == approx(0.0, abs=1e-12)


def wheel_torques(run, throttle, brake, spin_radps):
    """The torques on both axles and of the brakes, for wheels that turn alike."""
    state = CarState(
        front_left=WheelState(spin_radps),
        front_right=WheelState(spin_radps),
        rear_left=WheelState(spin_radps),
        rear_right=WheelState(spin_radps),
        front=AxleState(winding_temperature_k=COOL_K, inverter_temperature_k=COOL_K),
        rear=AxleState(winding_temperature_k=COOL_K, inverter_temperature_k=COOL_K),
        battery=BatteryState(0.5, CAR.battery.ambient_temperature_k, VOLTAGE_V),
    )
    pedals = Pedals(throttle, brake, 0)
    forward_mps = spin_radps * CAR.wheel.radius_m
    demand = run(
        demand_torques, CAR, state, FrontShares(0.4, 0.6), pedals, forward_mps, LOADS_N, 1e9
    )
    return [*demand.drive_nm, *demand.friction_nm]


@pytest.fixture(scope="module")
def smooth_torques():
    symbols = [ca.SX.sym("x") for _ in range(3)]
    return ca.Function("f", symbols, wheel_torques(tick_on_symbols(), *symbols))


@given(pressed=st.floats(0.0, 1.0), is_brake=st.booleans(), spin_radps=st.floats(15.0, 190.0))
def test_pedals_turn_the_wheels_as_in_the_tick_within_a_percent_of_their_most(
    smooth_torques, pressed, is_brake, spin_radps
):
    pedals = (0.0, pressed) if is_brake else (pressed, 0.0)
    exact = wheel_torques(lambda function, *given: function(*given), *pedals, spin_radps)
    smooth = [float(each) for each in smooth_torques(*pedals, spin_radps)]
    assert smooth == approx(exact, abs=0.01 * 2000.0)
