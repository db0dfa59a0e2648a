"""Angles of arrays are the bits of angles alone."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.trig import arc_tangent, arc_tangent2, direction
from game.trig_arrays import arc_sines, arc_tangents, arc_tangents2, directions, lengths

numbers = st.floats(allow_nan=False, allow_infinity=False, width=32)


@given(st.lists(st.floats(-1e5, 1e5), min_size=1))
def test_many_directions_at_once_are_the_bits_of_each_alone(angles_rad):
    many = directions(np.array(angles_rad))
    alone = np.array([direction(each_rad) for each_rad in angles_rad])
    assert np.column_stack(many).tobytes() == alone.tobytes()


@given(st.lists(numbers, min_size=1))
def test_many_arc_tangents_at_once_are_those_of_each_alone(slopes):
    assert arc_tangents(np.array(slopes)).tolist() == [arc_tangent(slope) for slope in slopes]


@given(st.lists(st.tuples(numbers, numbers), min_size=1))
def test_the_angles_of_many_vectors_are_those_of_each_alone(vectors):
    y, x = np.array(vectors).T + 0.0
    assert arc_tangents2(y, x).tolist() == [
        arc_tangent2(each_y, each_x) for each_x, each_y in zip(x.tolist(), y.tolist(), strict=True)
    ]


@given(st.floats(-1.0, 1.0))
def test_an_arc_sine_is_within_1e_11(sine):
    assert arc_sines(np.array([sine])) == approx(math.asin(sine), abs=1e-11)


@given(numbers, numbers)
def test_a_length_is_that_of_the_vector(x, y):
    assert lengths(np.array([x]), np.array([y])) == approx(math.hypot(x, y), rel=1e-15, abs=1e-150)
