"""What part of the world the window shows: north up, ahead of the car, wider when fast."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, NamedTuple

from game.units import PI

NORTH_RAD: Final = 0.5 * PI  # headings run anticlockwise from east


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
        """By how much the world is turned on the screen, anticlockwise; 0 with north up."""
        return NORTH_RAD - self.up_rad

    def to_screen(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Where a place is in the window, pixels from the top left."""
        cos, sin = math.cos(self.turn_rad), math.sin(self.turn_rad)
        east_m, north_m = x_m - self.x_m, y_m - self.y_m
        return (
            0.5 * self.width + (east_m * cos - north_m * sin) * self.pixels_per_m,
            0.5 * self.height - (east_m * sin + north_m * cos) * self.pixels_per_m,
        )

    @property
    def half_width_m(self) -> float:
        """From the middle to the right edge."""
        return 0.5 * self.width / self.pixels_per_m

    @property
    def half_height_m(self) -> float:
        """From the middle to the upper edge."""
        return 0.5 * self.height / self.pixels_per_m


@dataclass(frozen=True, slots=True)
class CameraSettings:
    """How the camera follows."""

    height_at_rest_m: float = 46.0
    height_per_speed_s: float = 1.918  # 163 m at 61 m/s
    lead_s: float = 0.68  # of travel; with the height it shows 2.0 s of road at 61 m/s
    lead_in_s: float = 0.25  # time constant while the lead grows ...
    lead_out_s: float = 0.40  # ... and while it shrinks
    zoom_rate_ps: float = 0.6  # of the height, at most
    zoom_s: float = 0.30
    least_aspect: float = 1.25  # a narrower window shows more height instead of less road


class Camera:
    """Follows one car through time."""

    def __init__(self, settings: CameraSettings | None = None) -> None:
        self.settings = settings or CameraSettings()
        self._lead_x_m = 0.0
        self._lead_y_m = 0.0
        self._height_m = self.settings.height_at_rest_m

    @property
    def height_m(self) -> float:
        """How much of the world fits the window's height."""
        return self._height_m

    def wanted_height_m(self, speed_mps: float) -> float:
        """The height at which enough road is in view at this speed."""
        return self.settings.height_at_rest_m + self.settings.height_per_speed_s * speed_mps

    def jump(self, velocity_x_mps: float, velocity_y_mps: float) -> None:
        """Be where a long time at this velocity would lead."""
        self._lead_x_m = self.settings.lead_s * velocity_x_mps
        self._lead_y_m = self.settings.lead_s * velocity_y_mps
        self._height_m = self.wanted_height_m(math.hypot(velocity_x_mps, velocity_y_mps))

    def follow(self, velocity_x_mps: float, velocity_y_mps: float, frame_s: float) -> None:
        """Move on by a frame."""
        settings = self.settings
        to_x_m = settings.lead_s * velocity_x_mps
        to_y_m = settings.lead_s * velocity_y_mps
        grows = math.hypot(to_x_m, to_y_m) > math.hypot(self._lead_x_m, self._lead_y_m)
        share = 1.0 - math.exp(-frame_s / (settings.lead_in_s if grows else settings.lead_out_s))
        self._lead_x_m += share * (to_x_m - self._lead_x_m)
        self._lead_y_m += share * (to_y_m - self._lead_y_m)
        wanted_m = self.wanted_height_m(math.hypot(velocity_x_mps, velocity_y_mps))
        change_m = (wanted_m - self._height_m) * (1.0 - math.exp(-frame_s / settings.zoom_s))
        most_m = settings.zoom_rate_ps * self._height_m * frame_s
        self._height_m += min(max(change_m, -most_m), most_m)

    def view(self, x_m: float, y_m: float, size: tuple[int, int]) -> View:
        """The view of a window of this size with the car at (x, y)."""
        width, height = size
        lines = min(height, width / self.settings.least_aspect)
        return View(
            x_m + self._lead_x_m,
            y_m + self._lead_y_m,
            lines / self._height_m,
            width,
            height,
        )


def whole_view(
    low_m: tuple[float, float], high_m: tuple[float, float], size: tuple[int, int]
) -> View:
    """The view that fits a box of the world into a window."""
    width, height = size
    scale = min(width / (high_m[0] - low_m[0]), height / (high_m[1] - low_m[1]))
    return View(0.5 * (low_m[0] + high_m[0]), 0.5 * (low_m[1] + high_m[1]), scale, width, height)
