"""The camera keeps the road ahead in view."""

import math

import pytest
from pytest import approx

from game.app.camera import Camera, View, whole_view

SIZE = (1920, 1080)


def seconds_in_view(camera, speed_mps, way_rad, size=SIZE):
    """How long the car takes to the edge of the window, going straight on."""
    x_mps, y_mps = speed_mps * math.cos(way_rad), speed_mps * math.sin(way_rad)
    camera.jump(x_mps, y_mps)
    view = camera.view(0.0, 0.0, size)
    ends_s = []
    for gap_m, pace_mps in (
        (view.half_width_m + math.copysign(view.x_m, view.x_m * x_mps), abs(x_mps)),
        (view.half_height_m + math.copysign(view.y_m, view.y_m * y_mps), abs(y_mps)),
    ):
        if pace_mps > 1e-6:
            ends_s.append(gap_m / pace_mps)
    return min(ends_s)


@pytest.mark.parametrize("speed_mps", [5.0, 20.0, 40.0, 61.0])
@pytest.mark.parametrize("way_deg", [0, 45, 90, 200, 270])
@pytest.mark.parametrize("size", [(1280, 720), SIZE, (1000, 1000)])
def test_two_seconds_of_road_are_in_view_at_any_speed_and_in_any_direction(
    speed_mps, way_deg, size
):
    assert seconds_in_view(Camera(), speed_mps, math.radians(way_deg), size) >= 2.0


def test_the_view_is_46_m_high_at_rest_and_163_m_at_61_mps():
    camera = Camera()
    assert camera.wanted_height_m(0.0) == approx(46.0)
    assert camera.wanted_height_m(61.0) == approx(163.0, abs=0.1)


def test_the_zoom_changes_by_at_most_0_6_per_second():
    camera = Camera()
    before_m = camera.height_m
    for _ in range(30):
        camera.follow(61.0, 0.0, 1.0 / 60.0)
        assert camera.height_m / before_m <= 1.0 + 0.6 / 60.0 + 1e-9
        before_m = camera.height_m


def test_the_lead_is_gone_sooner_in_than_out():
    camera = Camera()
    camera.follow(10.0, 0.0, 0.25)
    grown = camera.view(0.0, 0.0, SIZE).x_m
    assert grown == approx(6.8 * (1.0 - math.exp(-1.0)))
    camera.follow(0.0, 0.0, 0.25)
    assert camera.view(0.0, 0.0, SIZE).x_m == approx(grown * math.exp(-0.25 / 0.40))


def test_north_is_up_and_east_is_right():
    view = View(100.0, 50.0, 10.0, 1280, 720)
    assert view.to_screen(100.0, 50.0) == (640.0, 360.0)
    assert view.to_screen(101.0, 52.0) == (650.0, 340.0)


def test_the_whole_view_holds_the_whole_box():
    view = whole_view((-10.0, -20.0), (30.0, 60.0), (400, 400))
    assert view.half_height_m == approx(40.0)
    assert view.half_width_m >= 20.0
