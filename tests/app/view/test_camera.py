"""The camera keeps the road ahead in view."""

import math
from itertools import combinations, pairwise
from operator import ge, le

import numpy as np
import pytest
from oval import make_oval
from pytest import approx

from game.app.view.camera import (
    NORTH_RAD,
    Camera,
    CameraSettings,
    View,
    blended,
    whole_view,
)
from game.app.view.framing import frame_without
from game.app.view.motion import TIMES_S, FollowedMotion, RoadAhead
from game.simulation.snapshot import Snapshot
from game.trig import wrap_angle

SIZE = (1920, 1080)
CAR_M = 4.546


def going(speed_mps, heading_rad):
    """Return the motion of a car on a straight road."""
    x_mps, y_mps = speed_mps * math.cos(heading_rad), speed_mps * math.sin(heading_rad)
    ahead_m = tuple((x_mps * time_s, y_mps * time_s) for time_s in TIMES_S)
    return FollowedMotion(x_mps, y_mps, speed_mps, heading_rad, ahead_m)


def east(speed_mps):
    return going(speed_mps, 0.0)


def seconds_in_view(camera, speed_mps, heading_rad, size=SIZE):
    """Return how long the car takes to the edge of the window, going straight on."""
    motion = going(speed_mps, heading_rad)
    camera.frame = frame_without(size, ())
    camera.jump(motion)
    camera.jump(motion)
    view = camera.view(0.0, 0.0, size)
    ends_s = []
    for gap_m, pace_mps in (
        (
            view.half_width_m + math.copysign(view.x_m, view.x_m * motion.velocity_x_mps),
            abs(motion.velocity_x_mps),
        ),
        (
            view.half_height_m + math.copysign(view.y_m, view.y_m * motion.velocity_y_mps),
            abs(motion.velocity_y_mps),
        ),
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


@pytest.mark.parametrize(
    ("speed_mps", "min_px"), [(0.0, 106.0), (20.0, 80.0), (40.0, 66.0), (56.0, 66.0)]
)
def test_the_car_is_66_pixels_long_at_1080_at_any_speed_across_the_window(speed_mps, min_px):
    camera = Camera()
    camera.jump(east(speed_mps))
    assert CAR_M * camera.view(0.0, 0.0, SIZE).pixels_per_m >= min_px


def test_where_the_road_does_not_fit_the_car_gives_way():
    camera = Camera()
    heights_m = []
    for speed_mps in (0.0, 20.0, 40.0, 50.0, 61.0):
        camera.jump(going(speed_mps, NORTH_RAD))
        heights_m.append(camera.height_m)
    assert heights_m == sorted(heights_m)
    assert heights_m[-1] == approx(134.0, abs=3.0)


@pytest.mark.parametrize("speed_mps", [20.0, 40.0, 61.0])
def test_a_car_that_nobody_drives_keeps_its_size_where_the_road_does_not_fit(speed_mps):
    camera = Camera(is_driven=False)
    camera.frame = frame_without(SIZE, ((0, 480, *SIZE),))  # a panel over the lower half
    camera.jump(going(speed_mps, NORTH_RAD))
    view = camera.view(0.0, 0.0, SIZE)
    assert CAR_M * view.pixels_per_m >= 66.0
    right_px, down_px = view.to_screen(0.0, 0.0)
    assert 0.0 < right_px < SIZE[0]
    assert 0.0 < down_px < 480.0


def test_the_zoom_changes_by_at_most_0_6_per_second():
    camera = Camera()
    before_m = camera.height_m
    for _ in range(30):
        camera.follow(east(61.0), 1.0 / 60.0)
        assert camera.height_m / before_m <= 1.0 + 0.6 / 60.0 + 1e-9
        before_m = camera.height_m


def test_the_middle_goes_where_the_road_leads_and_comes_back_without_a_jump():
    camera = Camera()
    camera.jump(east(0.0))
    places = []
    for frame in range(240):
        camera.follow(east(40.0 if frame < 120 else 0.0), 1.0 / 60.0)
        places.append(camera.view(0.0, 0.0, SIZE).x_m)
    assert places[119] == approx(0.5 * 40.0 * 2.1, abs=4.0)
    assert places[-1] == approx(0.0, abs=1.0)
    assert max(abs(b - a) for a, b in pairwise(places)) < 2.0


def test_with_the_way_up_two_seconds_of_road_are_in_view_at_any_speed():
    camera = Camera(CameraSettings(mode="heading_up"))
    for speed_mps in (5.0, 20.0, 45.0, 61.0):
        camera.jump(going(speed_mps, 0.7))
        camera.jump(going(speed_mps, 0.7))
        view = camera.view(0.0, 0.0, SIZE)
        x, y = view.to_screen(0.0, 0.0)
        assert x == approx(960.0)
        assert 540.0 < y < 1080.0
        assert y / view.pixels_per_m / speed_mps >= 2.0


def test_the_way_turns_up_by_at_most_90_degrees_a_second_and_not_at_all_when_slow():
    camera = Camera(CameraSettings(mode="heading_up"))
    camera.jump(east(20.0))
    behind = going(20.0, math.pi - 0.01)
    for frame in range(1, 20):
        camera.follow(behind, 1.0 / 60.0)
        up_rad = camera.view(0.0, 0.0, SIZE).up_rad
        assert 0.0 < up_rad <= frame / 60.0 * math.pi / 2.0 + 1e-9
    camera.follow(going(-2.0, math.pi - 0.01), 1.0)
    assert camera.view(0.0, 0.0, SIZE).up_rad == up_rad


@pytest.mark.parametrize("heading_rad", [-2.5, 0.6, 3.1])
def test_the_way_turns_up_when_that_is_chosen_at_a_standstill_and_then_stays(heading_rad):
    camera = Camera()
    still = going(0.0, heading_rad)
    camera.jump(still)
    camera.settings = CameraSettings(mode="heading_up")
    for _ in range(300):
        camera.follow(still, 1.0 / 60.0)
    up_rad = camera.view(0.0, 0.0, SIZE).up_rad
    assert abs(wrap_angle(up_rad - heading_rad)) < math.radians(1.0)
    camera.follow(still._replace(heading_rad=heading_rad + 1.0), 1.0)
    assert camera.view(0.0, 0.0, SIZE).up_rad == up_rad


@pytest.mark.parametrize(
    ("track_heading_rad", "view_rad"), [(0.4, 0.2), (-0.4, -0.2), (1.8, 0.0), (math.pi, 0.0)]
)
def test_the_way_lies_between_car_and_track_but_whoever_drives_against_it_has_their_own(
    track_heading_rad, view_rad
):
    oval = make_oval()
    (heading_rad,) = oval.centreline.heading_rad([20.0]).tolist()  # on a straight
    still = Snapshot(*[0] * len(Snapshot._fields))
    now = still._replace(
        s_m=20.0,
        velocity_forward_mps=20.0,
        heading_rad=heading_rad - track_heading_rad,
        track_heading_rad=heading_rad,
    )
    motion = RoadAhead(oval.centreline).motion_of(now)
    assert wrap_angle(motion.heading_rad - now.heading_rad) == approx(view_rad)


@pytest.mark.slow
def test_the_road_ahead_follows_the_circuit_and_is_braked_for_both_ways():
    oval = make_oval()
    road, length_m, slowest_m = RoadAhead(oval.centreline), oval.length_m, math.inf
    for s_m in range(0, round(length_m), 30):
        for along in (1.0, -1.0):
            pose = oval.centreline.pose(float(s_m))
            still = Snapshot(*[0] * len(Snapshot._fields))
            now = still._replace(
                s_m=float(s_m),
                x_m=pose.x_m,
                y_m=pose.y_m,
                velocity_forward_mps=along * 90.0,
                heading_rad=pose.heading_rad,
                track_heading_rad=pose.heading_rad,
            )
            ahead_m = road.motion_of(now).ahead_m
            for east_m, north_m in ahead_m:
                _, aside_m = oval.centreline.project(pose.x_m + east_m, pose.y_m + north_m)
                assert abs(aside_m) < 0.05
            steps_m = np.hypot(*np.diff(ahead_m, axis=0).T)
            assert steps_m.max() < 9.01
            slowest_m = min(slowest_m, steps_m.min())
    assert slowest_m < 0.1 * math.sqrt(36.0 * 60.0) * 1.1


def test_with_reduced_motion_nothing_zooms_turns_or_shakes():
    camera = Camera(CameraSettings(mode="heading_up", reduced_motion=True))
    camera.jump(east(0.0))
    still = camera.view(0.0, 0.0, SIZE)
    for _ in range(60):
        camera.follow(going(61.0, NORTH_RAD)._replace(heading_rad=2.0), 1.0 / 60.0, shake=1.0)
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
    assert 0.10 < farthest_m <= 0.15 + 1e-9


def test_changing_the_mode_never_jumps():
    camera = Camera()
    camera.jump(going(40.0, -NORTH_RAD))
    place = camera.view(0.0, 0.0, SIZE).to_screen(0.0, 0.0)
    for frame in range(600):
        mode = "heading_up" if frame % 200 < 100 else "north_up"
        camera.settings = CameraSettings(mode=mode)
        camera.follow(going(40.0, -NORTH_RAD), 1.0 / 60.0)
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


INSTRUMENTS = [(20, 20, 300, 90), (800, 0, 240, 200), (1500, 640, 420, 440), (700, 900, 90, 90)]


def test_what_instruments_leave_free_are_the_largest_rectangles_beside_them():
    width, height = SIZE
    sides = {0, width, *(x for left, _, wide, _ in INSTRUMENTS for x in (left, left + wide))}
    ends = {0, height, *(y for _, top, _, high in INSTRUMENTS for y in (top, top + high))}
    free = [
        (left, top, right, low)
        for left, right in combinations(sorted(sides), 2)
        for top, low in combinations(sorted(ends), 2)
        if all(
            right <= x or x + wide <= left or low <= y or y + high <= top
            for x, y, wide, high in INSTRUMENTS
        )
    ]
    largest = [
        one
        for one in free
        if not any(
            other != one and all(map(le, other[:2], one[:2])) and all(map(ge, other[2:], one[2:]))
            for other in free
        )
    ]
    found = [
        (left * height + 0.5 * width, (0.5 - high) * height, right * height + 0.5 * width,
         (0.5 - low) * height)
        for left, low, right, high in frame_without(SIZE, tuple(INSTRUMENTS)).free
    ]  # fmt: skip
    assert sorted(found) == [approx(one) for one in sorted(largest)]


def test_a_window_full_of_scattered_instruments_still_has_a_place_for_the_car():
    dice = np.random.default_rng(4)
    places = (dice.uniform(0.0, 1.0, (24, 2)) * (1840, 1000)).astype(int).tolist()
    frame = frame_without(SIZE, tuple((left, top, 80, 60) for left, top in places))
    assert len(frame.free) > 100
