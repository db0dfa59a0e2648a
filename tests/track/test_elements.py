"""Elements are integrated exactly, and free straights close a loop."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from game.track.elements import (
    Element,
    Pose,
    close_loop,
    corner_elements,
    pose_after,
    poses,
    straight,
)

ORIGIN = Pose(0.0, 0.0, 0.0)
curvatures = st.floats(-0.05, 0.05)
lengths = st.floats(0.5, 30.0)
elements = st.builds(
    lambda length, k0, k1: Element("e", length, k0, k1), lengths, curvatures, curvatures
)


def walk(element, steps=20_000):
    """A fine reference: the midpoint rule."""
    u = (np.arange(steps) + 0.5) * (element.length_m / steps)
    k0, k1 = element.start_curvature_1pm, element.end_curvature_1pm
    heading = k0 * u + 0.5 * (k1 - k0) / element.length_m * u * u
    return np.mean(np.cos(heading)) * element.length_m, np.mean(np.sin(heading)) * element.length_m


@given(elements)
def test_an_element_ends_where_a_fine_walk_along_it_ends(element):
    end = pose_after(ORIGIN, element, element.length_m)
    assert (end.x_m, end.y_m) == approx(walk(element), abs=1e-6)
    assert end.heading_rad == approx(element.turning_rad)


def test_a_quarter_circle_ends_a_radius_on_and_a_radius_aside():
    end = pose_after(ORIGIN, Element("quarter", 25.0 * math.pi, 0.02, 0.02), 25.0 * math.pi)
    assert end == approx((50.0, 50.0, math.pi / 2))


def test_a_clothoid_meets_the_tabulated_fresnel_integrals():
    # Scaled so that the heading is pi/2 t^2 at length t: C(1) and S(1), Abramowitz and Stegun 7.3.
    end = pose_after(ORIGIN, Element("fresnel", 1.0, 0.0, math.pi), 1.0)
    assert (end.x_m, end.y_m) == approx((0.7798934003768228, 0.4382591473903548), abs=1e-11)


@given(elements, st.floats(0.01, 0.99))
def test_an_element_cut_in_two_ends_at_the_same_place(element, share):
    cut_m = share * element.length_m
    slope = (element.end_curvature_1pm - element.start_curvature_1pm) / element.length_m
    middle_1pm = element.start_curvature_1pm + slope * cut_m
    first = Element("first", cut_m, element.start_curvature_1pm, middle_1pm)
    rest = Element("rest", element.length_m - cut_m, middle_1pm, element.end_curvature_1pm)
    whole = pose_after(ORIGIN, element, element.length_m)
    assert tuple(poses(ORIGIN, [first, rest])[-1]) == approx(tuple(whole), abs=1e-9)


@given(
    st.floats(20.0, 300.0), st.floats(0.6, 3.0), st.floats(20.0, 300.0), st.floats(0.6, 3.0),
    st.lists(st.floats(0.0, 10.0), min_size=3, max_size=3),
)  # fmt: skip
def test_a_compound_corner_turns_by_the_sum_of_its_angles(r1, a1, r2, a2, transitions_m):
    pieces = corner_elements(1, [1 / r1, 1 / r2], [a1, a2], transitions_m)
    assert sum(piece.turning_rad for piece in pieces) == approx(a1 + a2)


def test_transitions_that_turn_more_than_the_corner_are_refused():
    with pytest.raises(ValueError, match="transitions of T1 turn more than its angle"):
        corner_elements(1, [0.05], [0.5], [20.0, 20.0])


def square(*lengths_m):
    """Four straights, each with a quarter circle of 10 m behind it."""
    quarter = corner_elements(1, [0.1], [math.pi / 2], [0.0, 0.0])
    return [piece for number, length_m in enumerate(lengths_m) for piece in
            (straight(f"S{number}", length_m), *quarter)]  # fmt: skip


@given(st.floats(20.0, 200.0), st.floats(20.0, 200.0))
def test_two_free_straights_close_the_loop(first_m, second_m):
    chain = close_loop(ORIGIN, square(first_m, second_m, 50.0, 50.0), [4, 6], None)
    end = poses(ORIGIN, chain)[-1]
    assert (end.x_m, end.y_m) == approx((0.0, 0.0), abs=1e-9)
    assert chain[4].length_m == approx(first_m)
    assert chain[6].length_m == approx(second_m)


def test_three_free_straights_close_a_loop_of_the_length_asked_for():
    triangle = [
        piece
        for number in range(3)
        for piece in (
            straight(f"S{number}", 50.0),
            *corner_elements(1, [0.1], [math.tau / 3], [4.0, 4.0]),
        )
    ]
    chain = close_loop(ORIGIN, triangle, [0, 4, 8], 400.0)
    end = poses(ORIGIN, chain)[-1]
    assert (end.x_m, end.y_m) == approx((0.0, 0.0), abs=1e-9)
    assert sum(element.length_m for element in chain) == approx(400.0)


@pytest.mark.parametrize(
    ("free", "length_m", "reason"),
    [
        ([0], None, "1 straights are free"),
        ([0, 2], 300.0, "2 straights are free"),
        ([0, 4], None, "point the same way"),
    ],
)
def test_straights_that_cannot_close_the_loop_are_refused(free, length_m, reason):
    with pytest.raises(ValueError, match=reason):
        close_loop(ORIGIN, square(50.0, 60.0, 70.0, 80.0), free, length_m)


def test_a_straight_that_would_become_negative_is_refused():
    chain = square(20.0, 50.0, 10.0, 50.0)
    chain.insert(4, straight("too much", 60.0))
    with pytest.raises(ValueError, match=r"makes S2 -40\.000 m long"):
        close_loop(ORIGIN, chain, [5, 7], None)
