"""The lanes are those of ISO 3888-2, and a run is clean if the car's outline keeps within them."""

import math

import pytest
from pytest import approx

from game.units import kmh, mps
from game.validation.car_under_test import on_tarmac_from
from game.validation.double_lane_change import (
    _touches_nothing,
    cones,
    lane_change,
    lanes_for,
    planned_line,
)
from game.validation.on_test_track import lane_change_kmh

WIDTH_M = 1.942


@pytest.fixture(scope="module")
def line(spec):
    return planned_line(spec.chassis, lanes_for(spec.chassis.width_m), 0.1, 30.0)


def test_the_track_is_61_m_long_with_lanes_as_wide_as_the_car_has_them():
    first, second, third = lanes_for(WIDTH_M)
    assert (first.from_m, third.to_m) == (0.0, 61.0)
    assert first.left_m - first.right_m == approx(1.1 * WIDTH_M + 0.25)
    assert second.left_m - second.right_m == approx(WIDTH_M + 1.0)
    assert third.left_m - third.right_m == approx(max(3.0, 1.3 * WIDTH_M + 0.25))
    assert second.right_m - first.left_m == approx(1.0)
    assert len(cones((first, second, third))) == 30


def test_the_line_itself_keeps_the_car_off_the_cones(line, spec):
    half_m = 0.5 * spec.chassis.width_m
    for lane in lanes_for(spec.chassis.width_m):
        inside = (line.x_m >= lane.from_m) & (line.x_m <= lane.to_m)
        assert line.y_m[inside].max() + half_m < lane.left_m
        assert line.y_m[inside].min() - half_m > lane.right_m


def test_a_slow_car_is_clean_and_a_fast_one_is_not(car, line):
    slow, fast = (lane_change(car(), line, mps(speed)) for speed in (50.0, 140.0))
    assert slow.is_clean
    assert not fast.is_clean
    assert kmh(slow.entry_mps) == approx(50.0, abs=0.5)


@pytest.mark.parametrize(("beside_m", "clean"), [(0.1, False), (0.3, True)])
def test_a_cone_is_hit_by_a_cars_side_though_no_corner_leaves_a_lane(car, beside_m, clean):
    chassis = car().spec.chassis
    lanes = lanes_for(chassis.width_m)
    turned_rad, x_m, y_m = 0.1, lanes[0].to_m - 2.5, lanes[0].left_m - beside_m  # tail, left side
    cos, sin, half_m = math.cos(turned_rad), math.sin(turned_rad), 0.5 * chassis.width_m
    now = on_tarmac_from(car(), 0.0, 10.0).snapshots()[0]
    now = now._replace(
        x_m=x_m - chassis.tail_m * cos + half_m * sin,
        y_m=y_m - chassis.tail_m * sin - half_m * cos,
        heading_rad=turned_rad,
    )
    assert _touches_nothing(now, chassis, lanes, [], 1.0)
    assert _touches_nothing(now, chassis, lanes, cones(lanes), 1.0) == clean


def test_off_the_throttle_the_car_loses_speed(car, line):
    run = lane_change(car(), line, mps(60.0))
    assert run.log.speed_mps[-1] < run.entry_mps - 0.2


def test_a_lane_change_to_the_right_is_as_clean_as_to_the_left(car, line):
    left, right = (lane_change(car(), line, mps(60.0), side) for side in (1.0, -1.0))
    assert left.is_clean == right.is_clean
    assert left.log.y_m == approx(-right.log.y_m, abs=1e-9)


@pytest.mark.slow
def test_the_fastest_clean_entry_is_that_of_a_race_car(cars):
    under_test = cars.car({}, {})
    assert 65.0 < lane_change_kmh(under_test) < 110.0
