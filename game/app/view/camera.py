"""Choose the part of the world in the window: north up, ahead of the car, wider when fast."""

from __future__ import annotations

import math
from typing import Annotated, Final, Literal, NamedTuple

import msgspec

from game.simulation.snapshot import Snapshot
from game.trig import wrap_angle
from game.units import PI, TAU

NORTH_RAD: Final = 0.5 * PI  # headings run anticlockwise from east

_HEIGHT_AT_REST_M: Final = 46.0
_HEIGHT_PER_SPEED_S: Final = 1.918  # 163 m at 61 m/s
_FASTEST_MPS: Final = 61.0
_LEAD_S: Final = 0.68  # of travel; with the height it shows 2.0 s of road at 61 m/s
_LEAD_IN_S: Final = 0.25  # time constant while the lead grows ...
_LEAD_OUT_S: Final = 0.40  # ... and while it shrinks
_ZOOM_RATE_PS: Final = 0.6  # of the height, at most
_ZOOM_S: Final = 0.30
_MIN_ASPECT: Final = 1.25  # a narrower window shows more height instead of less road
_ROAD_IN_VIEW_S: Final = 2.05  # when the way of the car is up ...
_CAR_FROM_BELOW: Final = 0.30  # ... and the car so far from the lower edge, of the height
_TURN_S: Final = 0.35
_TURN_RATE_RADPS: Final = 0.5 * PI
_MIN_TURNING_MPS: Final = 3.0  # slower, and in reverse, the view keeps its direction
_FOUND_RAD: Final = math.radians(0.5)  # so near is the way that was just chosen to be up
_SHAKE_M: Final = 0.15
_SHAKE_S: Final = 0.05
_SHAKE_X_HZ: Final = 13.0
_SHAKE_Y_HZ: Final = 17.0


class View(NamedTuple):
    """A window onto the world: its middle, its scale, its size in pixels, and what is up."""

    x_m: float
    y_m: float
    pixels_per_m: float
    width: int
    height: int
    up_rad: float = NORTH_RAD  # the heading that points to the window's upper edge

    @property
    def turn_rad(self) -> float:
        """Return by how much the world is turned on the screen, anticlockwise; 0 with north up."""
        return NORTH_RAD - self.up_rad

    def to_screen(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return where a place is in the window, pixels from the top left."""
        cos, sin = math.cos(self.turn_rad), math.sin(self.turn_rad)
        east_m, north_m = x_m - self.x_m, y_m - self.y_m
        return (
            0.5 * self.width + (east_m * cos - north_m * sin) * self.pixels_per_m,
            0.5 * self.height - (east_m * sin + north_m * cos) * self.pixels_per_m,
        )

    @property
    def half_width_m(self) -> float:
        """The distance from the middle to the right edge."""
        return 0.5 * self.width / self.pixels_per_m

    @property
    def half_height_m(self) -> float:
        """The distance from the middle to the upper edge."""
        return 0.5 * self.height / self.pixels_per_m


class FollowedMotion(NamedTuple):
    """The motion of the followed car: its velocity east and north, and where its path leads."""

    velocity_x_mps: float
    velocity_y_mps: float
    forward_mps: float
    way_rad: float  # between where it goes and where the track goes

    @property
    def speed_mps(self) -> float:
        """Return the speed, whichever way the car goes."""
        return math.hypot(self.velocity_x_mps, self.velocity_y_mps)


def motion_of(now: Snapshot) -> FollowedMotion:
    """Return the motion of the car of a snapshot."""
    cos, sin = math.cos(now.heading_rad), math.sin(now.heading_rad)
    forward_mps, left_mps = now.velocity_forward_mps, now.velocity_left_mps
    slip_rad = math.atan2(left_mps, forward_mps) if forward_mps > _MIN_TURNING_MPS else 0.0
    course_rad = now.heading_rad + slip_rad
    aside_rad = wrap_angle(now.track_heading_rad - course_rad)
    # Who drives the wrong way is shown his own.
    blend_rad = 0.5 * aside_rad if abs(aside_rad) < 0.5 * PI else 0.0
    return FollowedMotion(
        forward_mps * cos - left_mps * sin,
        forward_mps * sin + left_mps * cos,
        forward_mps,
        course_rad + blend_rad,
    )


class CameraSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The player's choices for the camera."""

    mode: Literal["north_up", "heading_up"] = "north_up"
    distance: Annotated[float, msgspec.Meta(ge=1.0, le=1.6)] = 1.0  # factor on what is in view
    shake: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.5  # by kerbs and loose ground
    reduced_motion: bool = False  # no zoom, no turning, no shake


class Camera:
    """Follows one car through time."""

    def __init__(self, settings: CameraSettings | None = None) -> None:
        self.settings = settings or CameraSettings()
        self._lead_x_m = 0.0
        self._lead_y_m = 0.0
        self._height_m = self.wanted_height_m(0.0)
        self._up_rad = NORTH_RAD
        self._turning = float(self.turns)
        self._way_found = False  # since it was chosen to be up
        self._shake = 0.0
        self._time_s = 0.0

    @property
    def height_m(self) -> float:
        """Return how much of the world fits the window's height."""
        return self._height_m

    @property
    def turns(self) -> bool:
        """Return whether the way of the car is up."""
        return self.settings.mode == "heading_up" and not self.settings.reduced_motion

    def wanted_height_m(self, speed_mps: float) -> float:
        """Return the height at which enough road is in view at this speed."""
        if self.settings.reduced_motion:
            speed_mps = _FASTEST_MPS
        height_m = _HEIGHT_AT_REST_M + _HEIGHT_PER_SPEED_S * speed_mps
        if self.turns:
            height_m = max(height_m, _ROAD_IN_VIEW_S * speed_mps / (1.0 - _CAR_FROM_BELOW))
        return self.settings.distance * height_m

    def jump(self, motion: FollowedMotion) -> None:
        """Go at once where a long time of this motion would lead."""
        self._lead_x_m = _LEAD_S * motion.velocity_x_mps
        self._lead_y_m = _LEAD_S * motion.velocity_y_mps
        self._height_m = self.wanted_height_m(motion.speed_mps)
        self._up_rad = motion.way_rad if self.turns else NORTH_RAD
        self._turning = float(self.turns)
        self._way_found = self.turns
        self._shake = 0.0

    def follow(self, motion: FollowedMotion, frame_s: float, shake: float = 0.0) -> None:
        """Move on by a frame; `shake`, 0..1, is how rough the ground is."""
        self._follow_lead(motion, frame_s)
        self._follow_zoom(motion.speed_mps, frame_s)
        self._follow_way(motion, frame_s)
        self._time_s += frame_s
        strength = 0.0 if self.settings.reduced_motion else self.settings.shake * shake
        self._shake += _share(frame_s, _SHAKE_S) * (strength - self._shake)

    def _follow_lead(self, motion: FollowedMotion, frame_s: float) -> None:
        to_x_m = _LEAD_S * motion.velocity_x_mps
        to_y_m = _LEAD_S * motion.velocity_y_mps
        grows = math.hypot(to_x_m, to_y_m) > math.hypot(self._lead_x_m, self._lead_y_m)
        share = _share(frame_s, _LEAD_IN_S if grows else _LEAD_OUT_S)
        self._lead_x_m += share * (to_x_m - self._lead_x_m)
        self._lead_y_m += share * (to_y_m - self._lead_y_m)

    def _follow_zoom(self, speed_mps: float, frame_s: float) -> None:
        change_m = (self.wanted_height_m(speed_mps) - self._height_m) * _share(frame_s, _ZOOM_S)
        most_m = _ZOOM_RATE_PS * self._height_m * frame_s
        self._height_m += min(max(change_m, -most_m), most_m)

    def _follow_way(self, motion: FollowedMotion, frame_s: float) -> None:
        self._turning += _share(frame_s, _TURN_S) * (float(self.turns) - self._turning)
        to_rad = NORTH_RAD
        if self.turns:
            if self._way_found and motion.forward_mps < _MIN_TURNING_MPS:
                return
            to_rad = motion.way_rad
        gap_rad = wrap_angle(to_rad - self._up_rad)
        self._way_found = self.turns and (self._way_found or abs(gap_rad) < _FOUND_RAD)
        turn_rad = gap_rad * _share(frame_s, _TURN_S)
        most_rad = _TURN_RATE_RADPS * frame_s
        self._up_rad = wrap_angle(self._up_rad + min(max(turn_rad, -most_rad), most_rad))

    def view(self, x_m: float, y_m: float, size: tuple[int, int]) -> View:
        """Return the view of a window of this size with the car at (x, y)."""
        width, height = size
        pixels_per_m = min(height, width / _MIN_ASPECT) / self._height_m
        led = 1.0 - self._turning
        ahead_m = self._turning * (0.5 - _CAR_FROM_BELOW) * height / pixels_per_m
        lead_x_m = led * self._lead_x_m + ahead_m * math.cos(self._up_rad)
        lead_y_m = led * self._lead_y_m + ahead_m * math.sin(self._up_rad)
        shaken_m = _SHAKE_M * self._shake
        return View(
            x_m + lead_x_m + shaken_m * math.sin(TAU * _SHAKE_X_HZ * self._time_s),
            y_m + lead_y_m + shaken_m * math.sin(TAU * _SHAKE_Y_HZ * self._time_s),
            pixels_per_m,
            width,
            height,
            self._up_rad,
        )


def blended(one: View, other: View, share: float) -> View:
    """Return the view a share of the way from one to the other, at a steady rate of zoom."""
    zoom = other.pixels_per_m / one.pixels_per_m
    scale = one.pixels_per_m * zoom**share
    # The middle moves with the scale, so that the eye falls towards a place rather than past it.
    moved = share if abs(zoom - 1.0) < 1e-6 else (1.0 - zoom**-share) / (1.0 - 1.0 / zoom)
    return one._replace(
        x_m=one.x_m + moved * (other.x_m - one.x_m),
        y_m=one.y_m + moved * (other.y_m - one.y_m),
        pixels_per_m=scale,
        up_rad=one.up_rad + share * wrap_angle(other.up_rad - one.up_rad),
    )


def _share(frame_s: float, time_constant_s: float) -> float:
    """Return the share of a gap that is closed in a frame."""
    return 1.0 - math.exp(-frame_s / time_constant_s)


def whole_view(
    low_m: tuple[float, float], high_m: tuple[float, float], size: tuple[int, int]
) -> View:
    """Return the view that fits a box of the world into a window."""
    width, height = size
    scale = min(width / (high_m[0] - low_m[0]), height / (high_m[1] - low_m[1]))
    return View(0.5 * (low_m[0] + high_m[0]), 0.5 * (low_m[1] + high_m[1]), scale, width, height)
