"""Functions of the tick give on CasADi's symbols what they give on numbers."""

import math
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

ca = pytest.importorskip("casadi")

from game.optimum.symbols import Symbolic  # noqa: E402
from game.vehicle.aero import air_force  # noqa: E402
from game.vehicle.differential import clutch_limit  # noqa: E402
from game.vehicle.motor import motor_loss, torque_limit  # noqa: E402
from game.vehicle.parts import make_car  # noqa: E402
from game.vehicle.setup import Setup  # noqa: E402
from game.vehicle.spec import load_car  # noqa: E402
from game.vehicle.steering import front_wheels  # noqa: E402
from game.vehicle.tyre import friction, magic_formula  # noqa: E402
from game.vehicle.wheel_loads import wheel_loads  # noqa: E402

CAR = make_car(load_car(), Setup())
MOTOR, TYRE = CAR.front.motor, CAR.tyre
COOL_K = MOTOR.coolant_temperature_k


def number(low, high):
    return st.floats(low, high, allow_subnormal=False)


def on_symbols(function, numbers):
    """Run a function on symbols for all its numbers, then put the numbers in."""
    symbols = [ca.SX.sym("x") for _ in numbers]
    result = Symbolic().call(function, *symbols)
    parts = list(result) if isinstance(result, tuple) else [result]
    leaves = [leaf for part in parts for leaf in (part if isinstance(part, tuple) else (part,))]
    found = ca.Function("f", symbols, leaves)(*numbers)
    return [float(each) for each in (found if isinstance(found, tuple) else (found,))]


def plainly(function, numbers):
    result = function(*numbers)
    parts = list(result) if isinstance(result, tuple) else [result]
    return [leaf for part in parts for leaf in (part if isinstance(part, tuple) else (part,))]


def tyre_curve(slip):
    return magic_formula(slip, TYRE.stiffness, TYRE.shape, TYRE.curvature)


def tyre_friction(load_n, grip):
    return friction(TYRE, load_n, grip)


def cool_limit(radps):
    return torque_limit(MOTOR, radps, 340.0, 1.0, COOL_K, COOL_K)


def loss(torque_nm, radps):
    return motor_loss(MOTOR, torque_nm, radps)


def loads(forward_mps2, left_mps2, front_n, rear_n):
    return wheel_loads(CAR.load_transfer, forward_mps2, left_mps2, front_n, rear_n)


def wheels(angle_rad):
    return front_wheels(CAR.steering, angle_rad)


def air(forward_mps, left_mps, speed_mps):
    return air_force(CAR.aero, forward_mps, left_mps, speed_mps)


def clutch(axle_nm):
    return clutch_limit(CAR.rear.differential, axle_nm)


RANGES = {
    tyre_curve: [(0.0, 3.0)],
    tyre_friction: [(0.0, 15000.0), (0.2, 1.0)],
    cool_limit: [(0.0, 1200.0)],
    loss: [(-320.0, 320.0), (0.0, 1200.0)],
    loads: [(-30.0, 30.0), (-30.0, 30.0), (0.0, 3000.0), (0.0, 3000.0)],
    wheels: [(-0.52, 0.52)],
    air: [(1.0, 80.0), (-5.0, 5.0), (1.0, 80.0)],
    clutch: [(-2000.0, 2000.0)],
}


@pytest.mark.parametrize("function", RANGES, ids=lambda each: each.__name__)
@settings(max_examples=25)
@given(data=st.data())
def test_a_part_of_the_car_is_the_same_on_symbols(function, data):
    numbers = [data.draw(number(*each)) for each in RANGES[function]]
    assert on_symbols(function, numbers) == approx(plainly(function, numbers), rel=1e-7, abs=1e-7)


class Pair(NamedTuple):
    one: float
    other: float


def both_ways(x, y):
    if x > 0.0 and not y < 1.0:
        return Pair(x, y)
    z = x
    if y < x < 2.0 or y == 7.0:
        z += 1.0
    return Pair(z, math.sqrt(y * y) if y > -1.0 else -y)


@given(number(-3.0, 3.0), number(-3.0, 3.0))
def test_ways_that_part_are_chosen_between(x, y):
    assert on_symbols(both_ways, [x, y]) == approx(plainly(both_ways, [x, y]), abs=2e-4)


def loops(x):
    while x < 1.0:
        x += 1.0
    return x


def test_what_symbols_cannot_run_is_named_with_its_place():
    with pytest.raises(NotImplementedError, match=r"test_symbols.py:\d+: symbols cannot run While"):
        on_symbols(loops, [0.5])
