"""Choose the part of the world in the window: what lies ahead of the car, wider when fast."""

from __future__ import annotations

import math
from typing import Annotated, Final, Literal, NamedTuple

import msgspec

from game.app.view.framing import WindowArea, frame_without, framed, needed_height_m
from game.app.view.motion import MIN_TURNING_MPS, FollowedMotion, step_at
from game.app.view.spring import Spring
from game.toml_files import TomlTable
from game.trig import wrap_angle
from game.units import PI, TAU

NORTH_RAD: Final = 0.5 * PI  # headings run anticlockwise from east

_NEAR_M: Final = 46.0  # of the world fit the window's height at rest
_FAR_M: Final = 71.5  # of it fit at `_FAR_MPS` and above; a car of 4.55 m has 1/16 of the window
_FAR_MPS: Final = 40.0
_STILL_M: Final = 110.0  # always, in reduced motion
_SHOWN_S: Final = 2.1  # of road ahead, free of instruments, at any speed
_SHOWN_TURNED_S: Final = 2.2  # while the view turns, the road ahead swings out of it
_SOON_S: Final = (0.0, 0.2, 0.4, 0.6)  # from now, when the road ahead has to be free
_LAG_S: Final = 0.4  # from now, when the middle will have got to its place
_ROOM_M: Final = 4.2  # around the car
_ROAD_ROOM_M: Final = 2.0  # around the middle of the road ahead
_LEAD_RATE_PS: Final = 6.0
_LEAD_ACCEL_MPS2: Final = 90.0
_WIDEN_RATE_PS: Final = 8.0  # while the view grows
_NARROW_RATE_PS: Final = 1.5  # while the view shrinks
_ZOOM_ACCEL_PS2: Final = 2.5  # e-folds a second, each second
_MAX_ZOOM_PS: Final = 0.59
_TURN_RATE_PS: Final = 3.5
_TURN_ACCEL_RADPS2: Final = 5.0
_MAX_TURN_RADPS: Final = 0.5 * PI
# Within this angle the view counts as having reached the car's heading.
_REACHED_RAD: Final = math.radians(0.5)
_SHAKE_M: Final = 0.15
_SHAKE_S: Final = 0.05
_SHAKE_X_HZ: Final = 13.0
_SHAKE_Y_HZ: Final = 17.0


_AheadM = tuple[list[float], list[float]]  # the road ahead, to the right of the car and up from it

_WHOLE: Final = frame_without((16, 9), ())


class View(NamedTuple):
    """A view is a window onto the world: its middle, scale, size in pixels, and what is up."""

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
        """Return the distance from the middle to the right edge."""
        return 0.5 * self.width / self.pixels_per_m

    @property
    def half_height_m(self) -> float:
        """Return the distance from the middle to the upper edge."""
        return 0.5 * self.height / self.pixels_per_m


CameraMode = Literal["north_up", "heading_up"]


class CameraSettings(TomlTable, frozen=True):
    """Keeps the player's choices for the camera."""

    mode: CameraMode = "north_up"
    distance: Annotated[float, msgspec.Meta(ge=0.2, le=1.6)] = 1.0  # factor on what is in view
    shake: Annotated[float, msgspec.Meta(ge=0.0, le=1.0)] = 0.5  # by kerbs and loose ground
    reduced_motion: bool = False  # no zoom, no turning, no shake

    @property
    def turns(self) -> bool:
        """Return whether the view turns with the car."""
        return self.mode == "heading_up" and not self.reduced_motion


class Camera:
    """Follows one car through time."""

    def __init__(self, settings: CameraSettings | None = None, *, is_driven: bool = True) -> None:
        """is_driven: whether somebody drives by this view, who has to see the road ahead; else the
        car keeps its size where instruments leave little room.
        """
        self.settings = settings or CameraSettings()
        self._is_driven = is_driven
        self.frame = _WHOLE
        self._right_m = Spring(_LEAD_RATE_PS, _LEAD_ACCEL_MPS2)  # from the car to the middle
        self._up_m = Spring(_LEAD_RATE_PS, _LEAD_ACCEL_MPS2)
        # Follows the logarithm of the view's height in metres.
        self._zoom = Spring(_WIDEN_RATE_PS, _ZOOM_ACCEL_PS2, _MAX_ZOOM_PS)
        self._zoom.jump(math.log(_NEAR_M))
        self._up_rad = Spring(_TURN_RATE_PS, _TURN_ACCEL_RADPS2, _MAX_TURN_RADPS)
        self._up_rad.jump(NORTH_RAD)
        self._heading_reached = False  # since it was chosen to be up
        self._shake = 0.0
        self._time_s = 0.0

    @property
    def height_m(self) -> float:
        """Return how much of the world fits the window's height."""
        return math.exp(self._zoom.value)

    def jump(self, motion: FollowedMotion) -> None:
        """Move to where a long time of this motion would lead."""
        self._up_rad.jump(motion.heading_rad if self.settings.turns else NORTH_RAD)
        ahead_m = self._on_screen(motion)
        self._zoom.jump(math.log(self._wanted_height_m(motion, ahead_m)))
        right_m, up_m = self._middle(ahead_m)
        self._right_m.jump(right_m)
        self._up_m.jump(up_m)
        self._heading_reached = self.settings.turns
        self._shake = 0.0

    def follow(self, motion: FollowedMotion, frame_s: float, shake: float = 0.0) -> None:
        """Move on by a frame; `shake`, 0..1, is how rough the ground is."""
        self._follow_heading(motion, frame_s)
        ahead_m = self._on_screen(motion)
        self._follow_zoom(self._wanted_height_m(motion, ahead_m), frame_s)
        right_m, up_m = self._middle(ahead_m)
        self._right_m.follow(right_m, frame_s)
        self._up_m.follow(up_m, frame_s)
        self._time_s += frame_s
        strength = 0.0 if self.settings.reduced_motion else self.settings.shake * shake
        self._shake += _share(frame_s, _SHAKE_S) * (strength - self._shake)

    def _wanted_height_m(self, motion: FollowedMotion, ahead_m: _AheadM) -> float:
        """Return the minimum height at which the car has its size and the road ahead is free."""
        if self.settings.reduced_motion:
            return self.settings.distance * _STILL_M
        share = min(motion.speed_mps / _FAR_MPS, 1.0)
        near_m = _NEAR_M + (_FAR_M - _NEAR_M) * share * share * (3.0 - 2.0 * share)
        if not self._is_driven:
            return self.settings.distance * near_m
        needed_m = (needed_height_m(self._box_m(ahead_m, soon_s), self.frame) for soon_s in _SOON_S)
        return self.settings.distance * max(near_m, *needed_m)

    def _middle(self, ahead_m: _AheadM) -> tuple[float, float]:
        """Return where the middle of the view has to be soon, from the car."""
        box_m = self._box_m(ahead_m, _LAG_S)
        return framed(box_m, _ROOM_M, self.height_m, self.frame)

    def _on_screen(self, motion: FollowedMotion) -> _AheadM:
        """Return the road ahead in metres to the right and up, as the view is turned now."""
        turn_rad = NORTH_RAD - self._up_rad.value
        cos, sin = math.cos(turn_rad), math.sin(turn_rad)
        return (
            [x * cos - y * sin for x, y in motion.ahead_m],
            [x * sin + y * cos for x, y in motion.ahead_m],
        )

    def _box_m(self, ahead_m: _AheadM, soon_s: float) -> WindowArea:
        """Return the box around the car and the road ahead of it, so much later."""
        begin = step_at(soon_s)
        shown_s = _SHOWN_TURNED_S if self.settings.turns else _SHOWN_S
        end = begin + step_at(shown_s) + 1
        rights_m, ups_m = ahead_m[0][begin:end], ahead_m[1][begin:end]
        right_m, up_m = rights_m[0], ups_m[0]
        return WindowArea(
            min(min(rights_m) - right_m - _ROAD_ROOM_M, -_ROOM_M),
            min(min(ups_m) - up_m - _ROAD_ROOM_M, -_ROOM_M),
            max(max(rights_m) - right_m + _ROAD_ROOM_M, _ROOM_M),
            max(max(ups_m) - up_m + _ROAD_ROOM_M, _ROOM_M),
        )

    def _follow_zoom(self, wanted_m: float, frame_s: float) -> None:
        wanted = math.log(wanted_m)
        widens = wanted > self._zoom.value
        self._zoom.rate_ps = _WIDEN_RATE_PS if widens else _NARROW_RATE_PS
        if self.settings.reduced_motion:
            self._zoom.jump(wanted)
            return
        self._zoom.follow(wanted, frame_s)

    def _follow_heading(self, motion: FollowedMotion, frame_s: float) -> None:
        to_rad = NORTH_RAD
        if self.settings.turns:
            if self._heading_reached and motion.forward_mps < MIN_TURNING_MPS:
                self._up_rad.stop()
                return
            to_rad = motion.heading_rad
        now_rad = self._up_rad.value
        gap_rad = wrap_angle(to_rad - now_rad)
        is_reached = abs(gap_rad) < _REACHED_RAD
        self._heading_reached = self.settings.turns and (self._heading_reached or is_reached)
        self._up_rad.follow(now_rad + gap_rad, frame_s)
        self._up_rad.value = wrap_angle(self._up_rad.value)
        if not self.settings.turns and is_reached:
            self._up_rad.jump(NORTH_RAD)

    def view(self, x_m: float, y_m: float, size: tuple[int, int]) -> View:
        """Return the view of a window of this size with the car at (x, y)."""
        width, height = size
        up_rad = self._up_rad.value
        cos, sin = math.cos(up_rad), math.sin(up_rad)
        right_m, up_m = self._right_m.value, self._up_m.value
        shaken_m = _SHAKE_M * self._shake
        return View(
            x_m
            + up_m * cos
            + right_m * sin
            + shaken_m * math.sin(TAU * _SHAKE_X_HZ * self._time_s),
            y_m
            + up_m * sin
            - right_m * cos
            + shaken_m * math.sin(TAU * _SHAKE_Y_HZ * self._time_s),
            height / self.height_m,
            width,
            height,
            up_rad,
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
