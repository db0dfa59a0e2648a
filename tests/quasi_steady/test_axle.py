"""Two tyres of an axle: within the friction ellipse, and more slip for more force."""

import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pytest import approx

from game.quasi_steady.axle import (
    SteadyAxle,
    combined_slip,
    lateral_force,
    lateral_slip_of,
    max_lateral_slip,
    slip_for_force,
    squared_secant,
    tyre_curve,
    within_grip,
)
from game.vehicle.parts import make_car
from game.vehicle.setup import Setup
from game.vehicle.tyre import magic_formula

SHARES = st.floats(0.0, 1.0)


@pytest.fixture(scope="module")
def tyre(spec):
    return make_car(spec, Setup()).tyre


@pytest.fixture(scope="module")
def curve(tyre):
    return tyre_curve(tyre)


def axle(left_n=0.0, inner_n=0.0, outer_n=0.0):
    """An axle of 3 kN grip on the inner tyre and 5 kN on the outer one."""
    return SteadyAxle(left_n, inner_n, outer_n, 3000.0, 5000.0, 1.0, 0.0)


@given(force=SHARES)
@example(force=0.9921875)
def test_the_slip_for_a_force_gives_that_force(tyre, curve, force):
    slip = slip_for_force(curve.slip_at_force, force)
    given_force = magic_formula(slip, tyre.stiffness, tyre.shape, tyre.curvature)
    # The table's last step ends where the curve is flat: a line leaves it farther there.
    assert given_force == approx(force, abs=2e-3 if force < 63 / 64 else 5e-3)


@given(lateral_slip=st.floats(0.0, 0.95), forward=st.floats(-0.9, 0.9))
def test_the_combined_slip_gives_the_forward_force_beside_the_lateral_slip(
    curve, lateral_slip, forward
):
    slip = combined_slip(curve, lateral_slip, forward)
    if slip < 1.0:
        forward_slip = math.sqrt(max(slip**2 - lateral_slip**2, 0.0))
        assert math.sqrt(squared_secant(curve, slip)) * forward_slip == approx(
            abs(forward), abs=0.02
        )


@given(lateral_slip=SHARES, forward=st.floats(-1.0, 1.0))
def test_no_tyre_gives_more_than_its_friction_ellipse(curve, lateral_slip, forward):
    one = axle(inner_n=3000.0 * forward, outer_n=5000.0 * forward)
    if lateral_slip <= max_lateral_slip(curve, one):
        left_n = lateral_force(curve, one, lateral_slip)
        assert math.hypot(left_n / 8000.0, forward) < 1.0 + 1e-3


def test_an_axle_without_forward_force_gives_all_its_grip_sideways(curve):
    assert max_lateral_slip(curve, axle()) == approx(1.0)
    assert lateral_force(curve, axle(), 1.0) == approx(8000.0, rel=1e-6)
    assert within_grip(curve, axle(left_n=7999.0))
    assert not within_grip(curve, axle(left_n=8001.0))


def test_drive_and_brakes_leave_the_same_lateral_force(curve):
    driven, braked = (axle(inner_n=sign * 1000.0, outer_n=sign * 1000.0) for sign in (1, -1))
    assert lateral_force(curve, driven, 0.5) == lateral_force(curve, braked, 0.5)
    assert max_lateral_slip(curve, driven) == max_lateral_slip(curve, braked)


def test_forward_force_takes_from_the_lateral_force(curve):
    limits_n = []
    for forward_n in (0.0, 1000.0, 2000.0, 2900.0):
        one = axle(inner_n=forward_n, outer_n=forward_n)
        limits_n.append(lateral_force(curve, one, max_lateral_slip(curve, one)))
    assert limits_n == sorted(limits_n, reverse=True)


def test_an_inner_tyre_that_is_driven_beyond_its_grip_leaves_no_slip_angle(curve):
    assert max_lateral_slip(curve, axle(inner_n=3100.0)) < 0.0
    assert not within_grip(curve, axle(inner_n=3100.0))


@given(share=st.floats(0.0, 0.99))
def test_the_lateral_slip_of_an_axle_gives_its_lateral_force(curve, share):
    one = axle(left_n=8000.0 * share)
    slip = lateral_slip_of(curve, one)
    assert lateral_force(curve, one, slip) == approx(one.left_n, abs=1.0)


@given(st.floats(0.05, 0.6), st.floats(1.0, 1.5))
def test_an_axle_slips_sideways_although_its_inner_tyre_cannot_give_its_brakes(
    curve, share, braking
):
    """What the inner tyre has left at its peak, and the outer one, turn the car."""
    one = axle(8000.0 * share, -3000.0 * braking, -1000.0)
    slip = lateral_slip_of(curve, one)
    assert 0.0 < slip < 1.0
    assert combined_slip(curve, slip, -braking) == 1.0
    assert lateral_force(curve, one, slip) == approx(one.left_n, rel=1e-4)
