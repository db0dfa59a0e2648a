"""Light a painted car: sun, sky, mirrored sky, shadows of its own, lamps."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from game.app.canvas.daylight import NOON, sun_direction, sunlight
from game.app.car.paint import Painted
from game.arrays import FloatArray
from game.weather.sky import Sky

_HORIZON: Final = (206, 218, 232)
_ZENITH: Final = (104, 142, 196)
_BRAKE: Final = (255, 58, 40)
_REVERSE: Final = (250, 250, 240)
_MIRRORED: Final = 0.05  # of what falls straight on a glossy surface
_SKY: Final = 0.46
_SUN: Final = 0.84
_SKY_FOR_SUN: Final = 0.44  # more of it when clouds scatter what they keep off of the sun
_GLINT: Final = 235.0
_SHARPNESS: Final = 42.0
_STEPS: Final = 6  # of the search for what stands before the sun
_TALLEST_M: Final = 0.55
_RIM_SHADE: Final = (255, 250, 238)
_RIM: Final = 1.2  # per pixel of the outline's steepness, all around
_SUNLIT_RIM: Final = 1.6  # per pixel of the outline's steepness, towards the sun
_MAX_RIM: Final = 1.25


def light_car(
    car: Painted,
    wing_rise_m: float,
    pixels_per_m: float,
    heading_rad: float,
    sky: Sky = NOON,
    *,
    braking: bool,
    reversing: bool,
) -> pygame.Surface:
    """Return the car pointing right, lit as it is when it looks along `heading_rad`."""
    direct = sunlight(sky)
    skylight = _SKY + _SKY_FOR_SUN * (1.0 - direct)
    fall = shadow_offset(heading_rad, sun_direction(sky))
    sun = _towards_sun(fall)
    steep = 1.0 / np.sqrt(car.slope_x * car.slope_x + car.slope_y * car.slope_y + 1.0)
    facing = np.clip((sun[2] - car.slope_x * sun[0] - car.slope_y * sun[1]) * steep, 0.0, 1.0)
    bright = facing * (1.0 - _shade(car, wing_rise_m, pixels_per_m, fall))
    lit = (
        car.colour
        * (skylight * car.open * (0.55 + 0.45 * steep) + _SUN * direct * bright)[..., None]
    )
    _mirror_sky(lit, car, steep)
    half = _half_way(sun)
    aligned = np.clip((half[2] - car.slope_x * half[0] - car.slope_y * half[1]) * steep, 0.0, 1.0)
    lit += (_GLINT * direct * car.gloss * aligned**_SHARPNESS * np.sqrt(bright))[..., None]
    _light_rim(lit, car.cover, sun)
    for glows, lamps, shade in (
        (braking, car.brake_lamps, _BRAKE),
        (reversing, car.reverse_lamps, _REVERSE),
    ):
        if glows:
            lit += lamps[..., None] * (np.array(shade, np.float32) - lit)
    return _surface(lit, car.cover)


def shadow_offset(heading_rad: float, fall: tuple[float, float]) -> tuple[float, float]:
    """Return the offset of a shadow, in the car's frame, per metre of height.

    fall: that offset east and north.
    """
    cos, sin = math.cos(heading_rad), math.sin(heading_rad)
    east, north = fall
    return east * cos + north * sin, north * cos - east * sin


def shifted(field: FloatArray, right: float, down: float) -> FloatArray:
    """Return the field moved by whole pixels; 0 comes in."""
    columns, rows = round(right), round(down)
    moved = np.zeros_like(field)
    width, height = field.shape
    if abs(columns) >= width or abs(rows) >= height:
        return moved
    target = (_span(columns, width), _span(rows, height))
    source = (_span(-columns, width), _span(-rows, height))
    moved[target] = field[source]
    return moved


def _span(by: int, size: int) -> slice:
    return slice(max(by, 0), size + min(by, 0))


def _towards_sun(fall: tuple[float, float]) -> tuple[float, float, float]:
    fall_x, fall_y = fall
    length = math.sqrt(fall_x * fall_x + fall_y * fall_y + 1.0)
    return -fall_x / length, -fall_y / length, 1.0 / length


def _half_way(sun: tuple[float, float, float]) -> tuple[float, float, float]:
    """Return the direction half-way between the sun and the eye above."""
    x, y, z = sun[0], sun[1], sun[2] + 1.0
    length = math.sqrt(x * x + y * y + z * z)
    return x / length, y / length, z / length


def _shade(
    car: Painted, wing_rise_m: float, pixels_per_m: float, fall: tuple[float, float]
) -> FloatArray:
    """Return the share of the sun that other parts of the car keep off, 0..1."""
    fall_x, fall_y = (pixels_per_m * each for each in fall)
    over = wing_rise_m + 0.04
    shade = shifted(car.wing, over * fall_x, -over * fall_y)
    for index in range(1, _STEPS + 1):
        rise_m = _TALLEST_M * index / _STEPS
        before = shifted(car.height, rise_m * fall_x, -rise_m * fall_y)
        shade = np.maximum(shade, np.clip((before - car.height - rise_m) / 0.05, 0.0, 1.0))
    dark: FloatArray = shade * (1.0 - car.wing)
    return dark


def _mirror_sky(lit: FloatArray, car: Painted, steep: FloatArray) -> None:
    """Mirror the sky in glossy surfaces: more of it, and lower sky, the steeper they are."""
    mirrored = car.gloss * (_MIRRORED + (1.0 - _MIRRORED) * (1.0 - steep) ** 3)
    high = np.clip(2.0 * steep * steep - 1.0, 0.0, 1.0)[..., None]
    zenith, horizon = np.array(_ZENITH, np.float32), np.array(_HORIZON, np.float32)
    lit += (mirrored * car.open)[..., None] * (horizon + high * (zenith - horizon) - lit)


def _light_rim(lit: FloatArray, cover: FloatArray, sun: tuple[float, float, float]) -> None:
    """Lighten the outline, most towards the sun, so that the car stands out from the road."""
    slope_x, slope_y = np.gradient(cover)
    towards_sun = -(slope_x * sun[0] - slope_y * sun[1])  # the picture's second axis points down
    edge = np.hypot(slope_x, slope_y)
    strength = _RIM * edge + _SUNLIT_RIM * np.clip(towards_sun, 0.0, None)
    lit += np.clip(strength, 0.0, _MAX_RIM)[..., None] * (np.array(_RIM_SHADE, np.float32) - lit)


def _surface(colour: FloatArray, cover: FloatArray) -> pygame.Surface:
    surface = pygame.Surface(cover.shape, pygame.SRCALPHA)
    pygame.surfarray.pixels3d(surface)[:] = np.clip(colour, 0.0, 255.0).astype(np.uint8)
    pygame.surfarray.pixels_alpha(surface)[:] = np.clip(255.0 * cover, 0.0, 255.0).astype(np.uint8)
    return surface
