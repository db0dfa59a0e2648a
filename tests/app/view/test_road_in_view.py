"""Over a lap, both ways round, the car is large, the road ahead is free, and nothing jerks."""

import math
from functools import cache

import numpy as np
import pytest

from game.app.hud.hud import Hud
from game.app.hud.settings import HudSettings
from game.app.view.camera import Camera, CameraSettings
from game.app.view.framing import WindowArea, frame_without, needed_height_m
from game.app.view.motion import RoadAhead

pytestmark = pytest.mark.slow

STEP_S = 8 / 240.0
SIZE = (1280, 720)
CAR_M = 4.546
FREE_S = 2.0
FAR_M = 72.0  # as high is a view in which a car has its 44 pixels
MODES = ["north_up", "heading_up"]
_BEFORE, _AFTER = 90, 30  # of thirty a second: the view grows ahead of time, and shrinks slowly


class Lap:
    """A lap, and the road ahead at each of its places, as no camera changes it."""

    def __init__(self, track, snapshots):
        self.track, self.snapshots = track, snapshots
        self.motion_of = cache(RoadAhead(track.centreline).motion_of)
        self.roads_m = self._roads_m()

    def _roads_m(self):
        """Places on the middle of the road from where the car is to where it is in two seconds."""
        times_s = np.linspace(0.0, FREE_S, 11).tolist()
        places_m = [
            [now.s_m + self._travelled_m(index, time_s) for time_s in times_s]
            for index, now in enumerate(self.snapshots)
        ]
        middle_m = self.track.centreline.position(np.ravel(places_m))
        return middle_m.reshape(len(self.snapshots), len(times_s), 2).tolist()

    def _travelled_m(self, index, time_s):
        """Return how far along the centreline the car goes: at this speed at most."""
        now, length_m = self.snapshots[index], self.track.length_m
        later = self.snapshots[(index + round(time_s / STEP_S)) % len(self.snapshots)]
        onwards = math.cos(now.heading_rad - now.track_heading_rad) > 0.0
        driven_m = (later.s_m - now.s_m if onwards else now.s_m - later.s_m) % length_m
        steady_m = now.velocity_forward_mps * time_s
        return min(steady_m, driven_m) * (1.0 if onwards else -1.0)


class Followed:
    """A camera that follows a lap, and what it showed at each place."""

    def __init__(self, lap, settings, size=SIZE):
        snapshots, motion_of = lap.snapshots, lap.motion_of
        self.roads_m, self.size = lap.roads_m, size
        self.boxes = Hud().lasting_boxes(size, HudSettings())
        camera = Camera(settings)
        camera.frame = frame_without(size, self.boxes)
        camera.jump(motion_of(snapshots[0]))
        self.views, self.leads_m, self.zooms = [], [], []
        for now in snapshots:
            camera.follow(motion_of(now), 0.5 * STEP_S)
            camera.follow(motion_of(now), 0.5 * STEP_S)
            view = camera.view(now.x_m, now.y_m, size)
            self.views.append(view)
            self.leads_m.append(lead_m(view, now))
            self.zooms.append(math.log(view.pixels_per_m))

    @property
    def car_px(self):
        """The car's length at a window 720 pixels high."""
        return np.array([CAR_M * view.pixels_per_m for view in self.views]) * 720.0 / self.size[1]

    def needed_m(self, index):
        """Return how high a view must be to fit the road of two seconds into a free place."""
        view = self.views[index]
        x, y = np.array([view.to_screen(*place) for place in self.roads_m[index]]).T
        scale = view.pixels_per_m
        box_m = WindowArea(x.min() / scale, y.min() / scale, x.max() / scale, y.max() / scale)
        frame = frame_without(self.size, self.boxes)
        return needed_height_m(box_m, frame)

    def is_free(self, index):
        """Return whether the middle of the road is in the window, and no instrument is over it."""
        view = self.views[index]
        for x_m, y_m in self.roads_m[index]:
            x, y = view.to_screen(x_m, y_m)
            if not (0 <= x < self.size[0] and 0 <= y < self.size[1]):
                return False
            if any(box.holds((round(x), round(y))) for box in self.boxes):
                return False
        return True


def lead_m(view, now):
    """The middle of the view from the car, in metres to the right and up on the screen."""
    x, y = view.to_screen(now.x_m, now.y_m)
    return (
        (0.5 * view.width - x) / view.pixels_per_m,
        (y - 0.5 * view.height) / view.pixels_per_m,
    )


@pytest.fixture(scope="module")
def onwards(ricardo_tormo, lap):
    return Lap(ricardo_tormo, lap)


@pytest.fixture(scope="module")
def the_other_way_round(ricardo_tormo, lap_the_other_way_round):
    return Lap(ricardo_tormo, lap_the_other_way_round)


@pytest.fixture(scope="module", params=["onwards", "the other way round"])
def driven(request):
    return request.getfixturevalue(request.param.replace(" ", "_"))


@pytest.fixture(scope="module")
def follow():
    """Follows a lap, each in the same way once."""
    once = cache(Followed)
    return lambda lap, settings, size=SIZE: once(lap, settings, size)


@pytest.mark.parametrize("mode", MODES)
def test_two_seconds_of_road_ahead_are_free_over_a_whole_lap(follow, driven, mode):
    seen = follow(driven, CameraSettings(mode=mode))
    last = len(driven.snapshots) - round(FREE_S / STEP_S)
    hidden = [driven.snapshots[at].s_m for at in range(0, last, 3) if not seen.is_free(at)]
    assert hidden == []


@pytest.mark.parametrize("size", [SIZE, (1920, 1080)])
def test_the_car_has_a_sixteenth_of_the_window_unless_the_road_needs_the_room(follow, driven, size):
    seen = follow(driven, CameraSettings(), size)
    length_px = seen.car_px
    assert (length_px > 27.0).all()
    assert np.median(length_px) > 40.0
    # Where it is smaller, the road ahead did not fit a moment before, or soon will not.
    needed_m = cache(seen.needed_m)
    for index in np.flatnonzero(length_px < 44.0).tolist():
        around = range(max(index - _BEFORE, 0), min(index + _AFTER, len(length_px)))
        assert any(needed_m(near) > 0.85 * FAR_M for near in around)


@pytest.mark.parametrize("mode", MODES)
def test_the_camera_never_jerks_nor_jumps(follow, driven, mode):
    seen = follow(driven, CameraSettings(mode=mode))
    accel_mps2 = np.diff(np.array(seen.leads_m), 2, axis=0) / STEP_S**2
    zoom_ps2 = np.diff(np.array(seen.zooms), 2) / STEP_S**2
    turned_rad = np.unwrap([view.up_rad for view in seen.views])
    assert np.abs(accel_mps2).max() < 95.0
    assert np.abs(zoom_ps2).max() < 2.6
    assert np.abs(np.diff(turned_rad, 2) / STEP_S**2).max() < 5.1


def test_the_same_lap_is_seen_the_same_way_again(ricardo_tormo, lap):
    one, other = (Followed(Lap(ricardo_tormo, lap[:300]), CameraSettings()) for _ in range(2))
    assert one.views == other.views


def test_in_reduced_motion_a_lap_is_seen_without_zoom_or_turning(follow, onwards):
    settings = CameraSettings(mode="heading_up", reduced_motion=True)
    seen = follow(onwards, settings)
    assert np.ptp(seen.zooms) == 0.0
    assert len({view.up_rad for view in seen.views}) == 1


@pytest.mark.parametrize(("distance", "min_px"), [(0.2, 200.0), (0.5, 80.0), (1.6, 16.0)])
def test_the_distance_goes_both_ways_and_the_car_stays_in_view(follow, onwards, distance, min_px):
    seen = follow(onwards, CameraSettings(distance=distance))
    assert np.median(seen.car_px) > min_px
    for view, now in zip(seen.views, onwards.snapshots, strict=True):
        x, y = view.to_screen(now.x_m, now.y_m)
        assert 0.0 < x < SIZE[0]
        assert 0.0 < y < SIZE[1]
