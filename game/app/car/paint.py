"""The LEAF NISMO RC from above: a height field in numpy, painted and lit by one sun.

The frame is the car's: x forward, y left, the origin in the middle of its length. Silver and black
with red edges, a dark V on the nose, wide fenders, a wing over the whole width.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pygame

Array = npt.NDArray[np.float64]
Shade = tuple[int, int, int]

PIXELS_PER_M: Final = 40
LENGTH_M: Final = 4.546
MARGIN_M: Final = 0.35  # around the car, where the wing and the mirrors reach
_HALF_M: Final = 0.5 * LENGTH_M

_SILVER: Final = (204, 209, 215)
_BLACK: Final = (26, 27, 31)
_CARBON: Final = (40, 42, 47)
_GLASS: Final = (22, 29, 40)
_SHEEN: Final = (96, 118, 142)
_RED: Final = (214, 22, 44)
_LAMP: Final = (232, 244, 255)
_SUN: Final = (-0.50, 0.52, 0.69)  # towards it: west, north, up

# Half width of the body at places along it, from tail to nose.
_WIDTHS_M: Final = (
    (-2.28, 0.84), (-2.0, 0.93), (-1.45, 0.965), (-0.95, 0.925), (-0.45, 0.865), (0.25, 0.865),
    (0.80, 0.925), (1.35, 0.955), (1.75, 0.915), (2.05, 0.80), (2.28, 0.60),
)  # fmt: skip


class _Model(NamedTuple):
    """The car before light falls on it. Colours have the shape (w, h, 3), the rest (w, h)."""

    x: Array
    y: Array
    colour: Array
    slope_x: Array
    slope_y: Array
    cover: Array


def paint_car(heading_rad: float, *, braking: bool) -> pygame.Surface:
    """The car pointing right, lit as it is when it looks along `heading_rad`."""
    model = _model(braking)
    colour = _lit(model, heading_rad)
    colour, cover = _over(colour, model.cover, _RED, _mirrors(model.x, model.y))
    return _surface(*_wing(colour, cover, model.x, model.y, heading_rad))


@cache
def _model(braking: bool) -> _Model:
    x, y = _grid()
    inside = _outline(x, y)
    height = _height(x, y, inside)
    slope_x: Array = np.gradient(height, 1.0 / PIXELS_PER_M, axis=0)
    slope_y: Array = np.gradient(height, 1.0 / PIXELS_PER_M, axis=1)
    return _Model(x, y, _colours(x, y, inside, braking), slope_x, -slope_y, _soft(inside))


def _grid() -> tuple[Array, Array]:
    width = round((LENGTH_M + 2.0 * MARGIN_M) * PIXELS_PER_M)
    height = round((1.942 + 2.0 * MARGIN_M) * PIXELS_PER_M)
    across = (np.arange(width) + 0.5 - 0.5 * width) / PIXELS_PER_M
    up = (0.5 * height - np.arange(height) - 0.5) / PIXELS_PER_M
    x, y = np.meshgrid(across, up, indexing="ij")
    return x, y


def _outline(x: Array, y: Array) -> Array:
    """Distance inside the body, about; negative outside."""
    places, widths = zip(*_WIDTHS_M, strict=True)
    half = np.interp(x, places, widths)
    aside = np.abs(y)
    nose = _HALF_M - 0.20 * (aside / 0.9) ** 1.5 - x
    tail = x + _HALF_M - 0.06 * (aside / 0.9) ** 2
    inside: Array = _least(_least(half - aside, nose, 0.10), tail, 0.06)
    return inside


def _height(x: Array, y: Array, inside: Array) -> Array:
    aside = np.abs(y)
    rim = np.clip(inside / 0.28, 0.0, 1.0)
    height: Array = 0.52 * np.sqrt(1.0 - (1.0 - rim) ** 2)
    height += 0.48 * _cabin(x, aside)
    for axle_m in (1.37, -1.38):
        height += 0.10 * np.exp(-(((x - axle_m) / 0.42) ** 2) - ((aside - 0.80) / 0.15) ** 2)
    height -= 0.05 * _between(x, 0.95, 2.0, 0.15) * np.exp(-(((aside - 0.42) / 0.10) ** 2))
    return height


def _cabin(x: Array, aside: Array) -> Array:
    ends = _step(1.05, 0.05, x) * _step(-1.95, -0.75, x)
    sides = _step(0.80, 0.50, aside + 0.10 * np.clip(-x - 0.2, 0.0, 1.0))
    return ends * sides


def _colours(x: Array, y: Array, inside: Array, braking: bool) -> Array:
    aside = np.abs(y)
    colour = np.empty((*x.shape, 3))
    colour[:] = _SILVER
    _paint_nose(colour, x, aside, inside)
    _paint_flanks(colour, x, aside, inside)
    _paint_cabin(colour, x, aside)
    _paint_lamps(colour, x, aside, braking)
    return colour


def _lay(colour: Array, shade: Shade, cover: Array) -> None:
    colour[:] = colour * (1.0 - cover[..., None]) + np.array(shade, float) * cover[..., None]


def _paint_nose(colour: Array, x: Array, aside: Array, inside: Array) -> None:
    """The dark V, widening to the front, with red edges, and the red splitter."""
    half = 0.13 + 0.34 * np.clip((x - 1.0) / 1.25, 0.0, 1.0)
    _lay(colour, _BLACK, _soft(half - aside) * _soft(x - 1.0))
    _lay(colour, _RED, _soft(0.024 - np.abs(aside - half - 0.02)) * _soft(x - 1.05))
    _lay(colour, _RED, _soft(0.055 - inside) * _soft(x - 1.75))


def _paint_flanks(colour: Array, x: Array, aside: Array, inside: Array) -> None:
    """Sills in carbon and red, louvres over the wheels, vents behind the cabin."""
    _lay(colour, _CARBON, _soft(0.085 - inside) * _soft(0.85 - x) * _soft(x + 0.95))
    _lay(colour, _RED, _soft(0.026 - np.abs(inside - 0.10)) * _soft(0.70 - x) * _soft(x + 0.95))
    for axle_m in (1.37, -1.38):
        slots = _soft(0.06 * np.cos(2.0 * math.pi * (x - axle_m) / 0.13))
        span = _soft(0.24 - np.abs(x - axle_m)) * _soft(0.07 - np.abs(aside - 0.77))
        _lay(colour, _BLACK, slots * span)
    _lay(colour, _CARBON, _soft(0.46 - aside) * _soft(-1.70 - x) * _soft(x + 1.98))
    _lay(colour, _CARBON, _soft(-2.05 - x))


def _paint_cabin(colour: Array, x: Array, aside: Array) -> None:
    """One band of glass around a silver roof with a black stripe."""
    taper = 0.10 * np.clip(-x - 0.2, 0.0, 1.0)
    front = 0.88 - 0.18 * (aside / 0.6) ** 2
    _lay(colour, _BLACK, _soft(0.70 - taper - aside) * _soft(front + 0.05 - x) * _soft(x + 1.62))
    _lay(colour, _GLASS, _soft(0.655 - taper - aside) * _soft(front - x) * _soft(x + 1.56))
    _lay(colour, _SHEEN, _soft(0.5 - aside) * _soft(0.05 - np.abs(x - 0.55 - 0.10 * aside)))
    roof = _soft(0.50 - taper - aside) * _soft(0.14 - x) * _soft(x + 0.98)
    _lay(colour, _SILVER, roof)
    _lay(colour, _BLACK, roof * _soft(0.10 - aside))
    pillars = np.abs(aside - 0.575 + taper + 0.12 * np.abs(x + 0.3))
    _lay(colour, _SILVER, _soft(0.030 - pillars) * _soft(0.78 - x) * _soft(x + 1.52))


def _paint_lamps(colour: Array, x: Array, aside: Array, braking: bool) -> None:
    """Slim lamps at the corners of the nose; one red line across the tail."""
    slant = np.abs(aside - 0.63 + 0.55 * (x - 1.80))
    _lay(colour, _BLACK, _soft(0.085 - slant) * _soft(0.24 - np.abs(x - 1.80)))
    _lay(colour, _LAMP, _soft(0.045 - slant) * _soft(0.20 - np.abs(x - 1.80)))
    tail = (255, 60, 40) if braking else (160, 14, 22)
    _lay(colour, tail, _soft(0.05 - np.abs(x + _HALF_M - 0.05)) * _soft(0.80 - aside))


def _lit(model: _Model, heading_rad: float) -> Array:
    """Shade by the slope: diffuse sun, sky, and a highlight."""
    slope_x, slope_y = model.slope_x, model.slope_y
    steep = 1.0 / np.sqrt(slope_x * slope_x + slope_y * slope_y + 1.0)
    sun_x, sun_y, sun_z = _sun_seen_from(heading_rad)
    diffuse = np.clip((sun_z - slope_x * sun_x - slope_y * sun_y) * steep, 0.0, 1.0)
    mirror = np.clip(2.0 * diffuse * steep - sun_z, 0.0, 1.0) ** 24
    shade = 0.36 + 0.72 * diffuse + 0.14 * steep
    lit: Array = model.colour * shade[..., None] + 105.0 * mirror[..., None]
    return lit


def _sun_seen_from(heading_rad: float) -> tuple[float, float, float]:
    cos, sin = math.cos(heading_rad), math.sin(heading_rad)
    east, north, up = _SUN
    return east * cos + north * sin, north * cos - east * sin, up


def _mirrors(x: Array, y: Array) -> Array:
    return _soft(0.09 - np.hypot((x - 0.62) * 0.8, np.abs(y) - 0.98))


def _wing(
    colour: Array, cover: Array, x: Array, y: Array, heading_rad: float
) -> tuple[Array, Array]:
    """The wing on its stays, over the tail, with its shadow on the deck."""
    aside = np.abs(y)
    sun_x, sun_y, sun_z = _sun_seen_from(heading_rad)
    fall_x, fall_y = (-0.22 * s / sun_z for s in (sun_x, sun_y))
    shadow = _soft(0.17 - np.abs(x - fall_x + 2.10)) * _soft(0.93 - np.abs(y - fall_y))
    colour = colour * (1.0 - 0.45 * shadow[..., None])
    plane = _soft(0.17 - np.abs(x + 2.10)) * _soft(0.93 - aside)
    colour, cover = _over(colour, cover, _CARBON, plane)
    colour, cover = _over(colour, cover, (92, 96, 104), plane * _soft(0.03 - np.abs(x + 2.02)))
    colour, cover = _over(colour, cover, _RED, plane * _soft(0.028 - np.abs(x + 2.25)))
    plates = _soft(0.24 - np.abs(x + 2.12)) * _soft(0.032 - np.abs(aside - 0.94))
    return _over(colour, cover, _RED, plates)


def _over(colour: Array, cover: Array, shade: Shade, mask: Array) -> tuple[Array, Array]:
    mixed = colour * (1.0 - mask[..., None]) + np.array(shade, float) * mask[..., None]
    return mixed, np.maximum(cover, mask)


def _surface(colour: Array, cover: Array) -> pygame.Surface:
    surface = pygame.Surface(cover.shape, pygame.SRCALPHA)
    pygame.surfarray.pixels3d(surface)[:] = np.clip(colour, 0.0, 255.0).astype(np.uint8)
    pygame.surfarray.pixels_alpha(surface)[:] = np.clip(255.0 * cover, 0.0, 255.0).astype(np.uint8)
    return surface


def _soft(distance: npt.NDArray[np.floating]) -> Array:
    """1 inside, 0 outside, and a pixel of transition."""
    return np.clip(distance * PIXELS_PER_M + 0.5, 0.0, 1.0)


def _step(low: float, high: float, value: Array) -> Array:
    share = np.clip((value - low) / (high - low), 0.0, 1.0)
    smooth: Array = share * share * (3.0 - 2.0 * share)
    return smooth


def _between(value: Array, low: float, high: float, soft: float) -> Array:
    return _step(low - soft, low + soft, value) * _step(high + soft, high - soft, value)


def _least(one: Array, other: Array, round_m: float) -> Array:
    """The smaller of two distances, rounded where they meet."""
    gap = np.clip(0.5 + 0.5 * (other - one) / round_m, 0.0, 1.0)
    least: Array = other + gap * (one - other) - round_m * gap * (1.0 - gap)
    return least
