"""The polynomials stand in for the C library's functions."""

import math

from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.trig import arc_tangent, arc_tangent2, direction, sine, wrap_angle

angles = st.floats(-1e6, 1e6)
finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(angles)
def test_direction_is_cosine_and_sine(angle):
    assert direction(angle).cos == approx(math.cos(angle), abs=1e-9)
    assert direction(angle).sin == approx(math.sin(angle), abs=1e-9)


@given(st.floats(-100.0, 100.0))
def test_direction_of_the_angles_a_drive_meets_is_exact_to_1e_13(angle):
    assert direction(angle).cos == approx(math.cos(angle), abs=1e-13)
    assert direction(angle).sin == approx(math.sin(angle), abs=1e-13)


@given(angles)
def test_sine_alone_is_the_sine_of_the_direction_to_the_bit(angle):
    assert sine(angle) == direction(angle).sin


@given(finite)
def test_arc_tangent_is_within_2e_12(slope):
    assert arc_tangent(slope) == approx(math.atan(slope), abs=2e-12)


@given(finite)
def test_arc_tangent_is_odd_to_the_bit(slope):
    assert arc_tangent(-slope) == -arc_tangent(slope)


@given(finite, finite)
def test_arc_tangent2_gives_the_angle_of_every_vector(y, x):
    # The C library distinguishes -0.0 from 0.0; a car has no use for that.
    y, x = y + 0.0, x + 0.0
    assert arc_tangent2(y, x) == approx(math.atan2(y, x), abs=4e-12)


@given(angles)
def test_wrapped_angles_point_the_same_way(angle):
    wrapped = wrap_angle(angle)
    assert -math.pi - 1e-9 <= wrapped <= math.pi + 1e-9
    assert math.cos(wrapped) == approx(math.cos(angle), abs=1e-9)
