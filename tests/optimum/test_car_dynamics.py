"""The equations of motion agree with the tick: launched, braked, in a steady turn."""

import math

import pytest
from pytest import approx

ca = pytest.importorskip("casadi")

from game.optimum.car_dynamics import (  # noqa: E402
    Commands,
    Motion,
    PlaceOnLap,
    Subject,
    dynamics,
)
from game.simulation.tick import update_slope  # noqa: E402
from game.track.tables import RoadSlope  # noqa: E402
from game.trig import Direction  # noqa: E402
from game.vehicle.aero import air_force_in  # noqa: E402
from game.vehicle.car import step_car  # noqa: E402
from game.vehicle.parts import initial_state, make_car  # noqa: E402
from game.vehicle.setup import Setup  # noqa: E402
from game.vehicle.spec import in_weather, load_car  # noqa: E402
from game.vehicle.state import (  # noqa: E402
    BodyMotion,
    Ground,
    PerWheel,
    WeatherNow,
    controls,
)
from game.vehicle.torque_split import FrontShares  # noqa: E402
from game.weather.weather import Weather  # noqa: E402

pytestmark = pytest.mark.slow

SPEC = load_car()
SETUP = Setup(traction_control=0, abs=0, yaw_control=0)
CAR = make_car(SPEC, SETUP)
TARMAC, KERB = Ground(1.0, 0.015), Ground(0.92, 0.02)
STEP_S = 1.0 / 240.0
NO_KERB_M = 1000.0
SHARES = FrontShares(SETUP.front_torque_share, SETUP.front_regen_share)


def driven(speed_mps, seconds, pedal, steering_rad=0.0, hold_mps=None, ground=TARMAC, road=None):
    """Drive the tick's car; its state and motion, its accelerations, and the pedal at the end."""
    state = initial_state(SPEC, SETUP, speed_mps)
    motion = BodyMotion(speed_mps, 0.0, 0.0)
    for _ in range(round(seconds / STEP_S)):
        if hold_mps is not None:
            pedal = 0.25 + 0.5 * (hold_mps - motion.velocity_forward_mps)
        asked = controls(
            steering_rad / SPEC.steering.lock_rad, throttle=max(pedal, 0), brake=max(-pedal, 0)
        )
        grounds = PerWheel(ground, ground, ground, ground)
        if road is not None:
            update_slope(state.slope, road, Direction(1.0, 0.0), motion.velocity_forward_mps)
        force = step_car(CAR, state, asked, SHARES, grounds, motion, STEP_S)
        forward_mps2 = force.forward_n / CAR.mass_kg + motion.yaw_rate_radps * (
            motion.velocity_left_mps
        )
        left_mps2 = force.left_n / CAR.mass_kg - motion.yaw_rate_radps * (
            motion.velocity_forward_mps
        )
        yaw_radps2 = force.yaw_nm / CAR.yaw_inertia_kgm2
        before = motion
        motion = BodyMotion(
            motion.velocity_forward_mps + STEP_S * forward_mps2,
            motion.velocity_left_mps + STEP_S * left_mps2,
            motion.yaw_rate_radps + STEP_S * yaw_radps2,
        )
    return state, before, (forward_mps2, left_mps2, yaw_radps2), pedal


def predicted(state, motion, pedal, offset_m=0.0, place=None, car=CAR):
    """The accelerations by the equations of motion, for the tick's state."""
    wheels = (state.front_left, state.front_right, state.rear_left, state.rear_right)
    rolling_radps = motion.velocity_forward_mps / CAR.wheel.radius_m
    numbers = [
        offset_m,
        0.0,
        *motion,
        state.accel_forward_mps2,
        state.accel_left_mps2,
        state.steering_rad,
        *(wheel.spin_radps / rolling_radps - 1.0 for wheel in wheels),
        pedal,
        0.0,
    ]
    symbols = ca.SX.sym("x", len(numbers))
    values = ca.vertsplit(symbols)
    moved = dynamics(
        Subject(car, SETUP.initial_charge, TARMAC, KERB, hilly=place is not None),
        Motion(*values[:12]),
        Commands(*values[12:]),
        place or PlaceOnLap(0.0, NO_KERB_M, NO_KERB_M, *SHARES),
    )
    rates = ca.Function("rates", [symbols], [ca.vertcat(*moved.rates)])(numbers)
    return [float(rates[row]) for row in (2, 3, 4)]


@pytest.mark.parametrize(
    ("speed_mps", "pedal"), [(10.0, 1.0), (30.0, 1.0), (50.0, 0.5), (50.0, -0.5), (30.0, -0.1)]
)
def test_straight_on_the_car_accelerates_as_in_the_tick(speed_mps, pedal):
    state, motion, accels, _ = driven(speed_mps, 0.5, pedal)
    forward_mps2, left_mps2, yaw_radps2 = predicted(state, motion, pedal)
    assert forward_mps2 == approx(accels[0], rel=0.01, abs=0.03)
    assert (left_mps2, yaw_radps2) == approx((0.0, 0.0), abs=1e-6)


@pytest.mark.parametrize(("speed_mps", "steering_rad"), [(20.0, 0.05), (30.0, -0.04)])
def test_a_steady_turn_of_the_tick_is_steady_in_the_equations_too(speed_mps, steering_rad):
    state, motion, _, pedal = driven(speed_mps, 4.0, 0.0, steering_rad, hold_mps=speed_mps)
    left_mps2 = abs(motion.yaw_rate_radps * motion.velocity_forward_mps)
    assert left_mps2 > 6.0
    forward, left, yaw = predicted(state, motion, pedal)
    assert forward == approx(0.0, abs=0.1)
    assert left == approx(0.0, abs=0.01 * left_mps2)
    assert yaw == approx(0.0, abs=0.1)


@pytest.mark.parametrize("pedal", [0.4, -0.4])
def test_uphill_on_a_banked_crest_the_car_moves_as_in_the_tick(pedal):
    road = RoadSlope(grade=0.06, crossfall=0.04, bend_1pm=-1.0 / 400.0, height_m=0.0)
    state, motion, accels, _ = driven(40.0, 0.5, pedal, road=road)
    place = PlaceOnLap(0.0, NO_KERB_M, NO_KERB_M, *SHARES, 0.06, -1.0 / 400.0, 0.04)
    found = predicted(state, motion, pedal, place=place)
    assert found[0] == approx(accels[0], rel=0.01, abs=0.03)
    assert found[1:] == approx(accels[1:], abs=0.05)
    assert abs(found[0] - predicted(state, motion, pedal)[0]) > 0.5  # from the flat


def test_brakes_bite_less_where_the_wheels_of_a_side_are_on_a_kerb():
    state, motion, _, pedal = driven(40.0, 0.5, -0.6)
    none, *_ = predicted(state, motion, pedal)
    one_side = PlaceOnLap(0.0, 5.0, NO_KERB_M, *SHARES)
    forward, _, yaw = predicted(state, motion, pedal, 5.0, one_side)
    assert none < forward < 0.95 * none  # of the deceleration, one side gives 8 per cent less
    assert yaw < 0.0 or math.isclose(yaw, 0.0)  # the right side brakes harder


@pytest.mark.parametrize("wind_mps", [8.0, -8.0])
def test_a_wind_along_the_lap_holds_the_car_back_as_in_the_tick(wind_mps):
    state, motion, _, _ = driven(45.0, 0.5, 0.3)
    windy = make_car(in_weather(SPEC, Weather(wind_mps=1.0)), SETUP)  # that there is one at all
    calm = predicted(state, motion, 0.3)
    place = PlaceOnLap(0.0, NO_KERB_M, NO_KERB_M, *SHARES, wind_along_mps=-wind_mps)
    against = predicted(state, motion, 0.3, place=place, car=windy)
    now = WeatherNow(moves=1, wind_forward_mps=-wind_mps)
    forward_mps = motion.velocity_forward_mps
    tick = [
        air_force_in(weather, CAR.aero, forward_mps, 0.0, forward_mps).forward_n
        for weather in (WeatherNow(), now)
    ]
    # Pressed otherwise, the tyres push otherwise at the same slip: a tenth of it.
    assert against[0] - calm[0] == approx((tick[1] - tick[0]) / CAR.mass_kg, rel=0.15)
