"""The camera keeps the road ahead in view."""

import math

import pytest
from pytest import approx

from game.app.view.camera import (
    NORTH_RAD,
    Camera,
    CameraSettings,
    FollowedMotion,
    View,
    blended,
    motion_of,
    whole_view,
)
from game.simulation.snapshot import Snapshot
from game.trig import wrap_angle

SIZE = (1920, 1080)


def east(speed_mps):
    return FollowedMotion(speed_mps, 0.0, speed_mps, 0.0)


def seconds_in_view(camera, speed_mps, way_rad, size=SIZE):
    """How long the car takes to the edge of the window, going straight on."""
    x_mps, y_mps = speed_mps * math.cos(way_rad), speed_mps * math.sin(way_rad)
    camera.jump(FollowedMotion(x_mps, y_mps, speed_mps, way_rad))
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
        camera.follow(east(61.0), 1.0 / 60.0)
        assert camera.height_m / before_m <= 1.0 + 0.6 / 60.0 + 1e-9
        before_m = camera.height_m


def test_the_lead_is_gone_sooner_in_than_out():
    camera = Camera()
    camera.follow(east(10.0), 0.25)
    grown = camera.view(0.0, 0.0, SIZE).x_m
    assert grown == approx(6.8 * (1.0 - math.exp(-1.0)))
    camera.follow(east(0.0), 0.25)
    assert camera.view(0.0, 0.0, SIZE).x_m == approx(grown * math.exp(-0.25 / 0.40))


def test_with_the_way_up_two_seconds_of_road_are_in_view_at_any_speed():
    camera = Camera(CameraSettings(mode="heading_up"))
    for speed_mps in (5.0, 20.0, 45.0, 61.0):
        way_rad = 0.7
        camera.jump(
            FollowedMotion(
                speed_mps * math.cos(way_rad), speed_mps * math.sin(way_rad), speed_mps, way_rad
            )
        )
        view = camera.view(0.0, 0.0, SIZE)
        x, y = view.to_screen(0.0, 0.0)
        assert (x, y) == (approx(960.0), approx(0.7 * 1080.0))
        assert y / view.pixels_per_m / speed_mps >= 2.0


def test_the_way_turns_up_by_at_most_90_degrees_a_second_and_not_at_all_when_slow():
    camera = Camera(CameraSettings(mode="heading_up"))
    camera.jump(east(20.0))
    behind = FollowedMotion(-20.0, 0.0, 20.0, math.pi - 0.01)
    for frame in range(1, 20):
        camera.follow(behind, 1.0 / 60.0)
        up_rad = camera.view(0.0, 0.0, SIZE).up_rad
        assert 0.0 < up_rad <= frame / 60.0 * math.pi / 2.0 + 1e-9
    camera.follow(FollowedMotion(-2.0, 0.0, 2.0, math.pi - 0.01), 1.0)
    assert camera.view(0.0, 0.0, SIZE).up_rad == up_rad


@pytest.mark.parametrize("way_rad", [-2.5, 0.6, 3.1])
def test_the_way_turns_up_when_that_is_chosen_at_a_standstill_and_then_stays(way_rad):
    camera = Camera()
    still = FollowedMotion(0.0, 0.0, 0.0, way_rad)
    camera.jump(still)
    camera.settings = CameraSettings(mode="heading_up")
    for _ in range(300):
        camera.follow(still, 1.0 / 60.0)
    up_rad = camera.view(0.0, 0.0, SIZE).up_rad
    assert abs(wrap_angle(up_rad - way_rad)) < math.radians(1.0)
    camera.follow(still._replace(way_rad=way_rad + 1.0), 1.0)
    assert camera.view(0.0, 0.0, SIZE).up_rad == up_rad


@pytest.mark.parametrize(
    ("track_heading_rad", "way_rad"), [(0.4, 0.2), (-0.4, -0.2), (1.8, 0.0), (math.pi, 0.0)]
)
def test_the_way_lies_between_car_and_track_but_whoever_drives_against_it_has_his_own(
    track_heading_rad, way_rad
):
    still = Snapshot(*[0] * len(Snapshot._fields))
    east = still._replace(velocity_forward_mps=20.0, track_heading_rad=track_heading_rad)
    assert motion_of(east).way_rad == approx(way_rad)


def test_with_reduced_motion_nothing_zooms_turns_or_shakes():
    camera = Camera(CameraSettings(mode="heading_up", reduced_motion=True))
    camera.jump(east(0.0))
    still = camera.view(0.0, 0.0, SIZE)
    for _ in range(60):
        camera.follow(FollowedMotion(0.0, 61.0, 61.0, 2.0), 1.0 / 60.0, shake=1.0)
        view = camera.view(0.0, 0.0, SIZE)
        assert (view.pixels_per_m, view.up_rad, view.x_m) == (
            still.pixels_per_m,
            NORTH_RAD,
            approx(0.0),
        )


@pytest.mark.parametrize("mode", ["north_up", "heading_up"])
def test_rough_ground_shakes_the_view_by_15_cm_at_most(mode):
    smooth, rough = Camera(CameraSettings(mode=mode)), Camera(CameraSettings(mode=mode, shake=1.0))
    farthest_m = 0.0
    for _ in range(240):
        smooth.follow(east(30.0), 1.0 / 60.0)
        rough.follow(east(30.0), 1.0 / 60.0, shake=1.0)
        views = [camera.view(0.0, 0.0, SIZE) for camera in (smooth, rough)]
        away_m = max(abs(views[1].x_m - views[0].x_m), abs(views[1].y_m - views[0].y_m))
        farthest_m = max(farthest_m, away_m)
    assert 0.10 < farthest_m <= 0.15


def test_changing_the_mode_never_jumps():
    camera = Camera()
    camera.jump(FollowedMotion(0.0, -40.0, 40.0, -math.pi / 2.0))
    place = camera.view(0.0, 0.0, SIZE).to_screen(0.0, 0.0)
    for frame in range(600):
        mode = "heading_up" if frame % 200 < 100 else "north_up"
        camera.settings = CameraSettings(mode=mode)
        camera.follow(FollowedMotion(0.0, -40.0, 40.0, -math.pi / 2.0), 1.0 / 60.0)
        now = camera.view(0.0, 0.0, SIZE).to_screen(0.0, 0.0)
        assert math.dist(place, now) < 25.0
        place = now


def test_a_blend_of_views_begins_and_ends_with_them():
    near = View(10.0, 20.0, 12.0, *SIZE, up_rad=0.3)
    far = View(-200.0, 50.0, 0.9, *SIZE)
    assert blended(near, far, 0.0) == pytest.approx(near)
    assert blended(near, far, 1.0) == pytest.approx(far)


def test_north_is_up_and_east_is_right():
    view = View(100.0, 50.0, 10.0, 1280, 720)
    assert view.to_screen(100.0, 50.0) == (640.0, 360.0)
    assert view.to_screen(101.0, 52.0) == (650.0, 340.0)


def test_a_turned_view_shows_what_is_up_above_the_middle():
    view = View(100.0, 50.0, 10.0, 1280, 720, up_rad=0.0)
    assert view.to_screen(103.0, 50.0) == (approx(640.0), approx(330.0))


def test_the_whole_view_holds_the_whole_box():
    view = whole_view((-10.0, -20.0), (30.0, 60.0), (400, 400))
    assert view.half_height_m == approx(40.0)
    assert view.half_width_m >= 20.0
