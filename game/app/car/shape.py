"""The LEAF NISMO RC from above, as a field of heights and the outlines of its parts.

The frame is the car's: x forward, y left, the origin in the middle of its length. Arrays have the
shape (w, h), x growing with the first index and y falling with the second, as on a picture.
Distances to an outline are positive within.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.floating[Any]]

PIXELS_PER_M: Final = 80.0
LENGTH_M: Final = 4.546
WIDTH_M: Final = 1.942
MARGIN_M: Final = 0.20  # around the car, where turned wheels and mirrors reach
AXLES_M: Final = (1.373, -1.377)  # front and rear
HALF_M: Final = 0.5 * LENGTH_M
WING_M: Final = 0.26  # from the tail up to the wing

_TAIL_M: Final = 2.17  # the body ends so far behind the middle; the wing goes on
_NOSE_M: Final = 2.22  # the splitter goes on

# Half width of the body at places along it, from tail to nose.
_WIDTHS_M: Final = (
    (-2.17, 0.80), (-2.02, 0.88), (-1.86, 0.945), (-1.38, 0.960), (-1.00, 0.945), (-0.86, 0.888),
    (-0.55, 0.868), (0.35, 0.862), (0.74, 0.875), (0.92, 0.900), (1.02, 0.938), (1.37, 0.952),
    (1.68, 0.930), (1.84, 0.888), (2.04, 0.825), (2.16, 0.74), (2.273, 0.55),
)  # fmt: skip


class Shape(NamedTuple):
    """Fields of shape (w, h): places, the body's height and parts as distances in metres."""

    x: Array
    aside: Array  # from the middle line
    y: Array
    body: Array
    splitter: Array
    diffuser: Array
    mirrors: Array
    greenhouse: Array  # all glass, with its frame
    roof: Array
    wing: Array
    height: Array


@cache
def car_shape() -> Shape:
    """The shape at `PIXELS_PER_M`, made once."""
    x, y = _grid()
    aside = np.abs(y)
    body = _body(x, aside)
    return Shape(
        x,
        aside,
        y,
        body,
        _splitter(x, aside),
        least(0.70 - aside, -1.9 - x, x + HALF_M - 0.055),
        0.075 - np.hypot((x - 0.60 + 0.25 * (aside - 0.93)) * 1.15, (aside - 0.945) * 0.85),
        least(_roof_half(x, 0.675) - aside, _windscreen(aside) - x, x + 1.66 - 0.12 * aside),
        least(_roof_half(x, 0.515) - aside, 0.10 - 0.10 * aside**2 - x, x + 1.02),
        _wing(x, aside),
        _height(x, aside, body),
    )


def soft(distance: Array) -> Array:
    """1 inside, 0 outside, and a pixel of transition."""
    cover: Array = np.clip(distance * np.float32(PIXELS_PER_M) + 0.5, 0.0, 1.0)
    return cover


def least(*distances: Array) -> Array:
    """Inside all of them."""
    smallest = distances[0]
    for distance in distances[1:]:
        smallest = np.minimum(smallest, distance)
    return smallest


def step(low: float, high: float, value: Array) -> Array:
    """From 0 at `low` to 1 at `high`, smoothly; `low` may be the larger."""
    share = np.clip((value - low) / (high - low), 0.0, 1.0)
    smooth: Array = share * share * (3.0 - 2.0 * share)
    return smooth


def bump(value: Array, middle: float, half: float, edge: float) -> Array:
    """1 within `half` of the middle, 0 beyond, over an edge so wide."""
    return step(half + 0.5 * edge, half - 0.5 * edge, np.abs(value - middle))


def _grid() -> tuple[Array, Array]:
    width = round((LENGTH_M + 2.0 * MARGIN_M) * PIXELS_PER_M)
    height = round((WIDTH_M + 2.0 * MARGIN_M) * PIXELS_PER_M)
    across = (np.arange(width, dtype=np.float32) + 0.5 - 0.5 * width) / PIXELS_PER_M
    up = (0.5 * height - np.arange(height, dtype=np.float32) - 0.5) / PIXELS_PER_M
    x, y = np.meshgrid(across.astype(np.float32), up.astype(np.float32), indexing="ij")
    return x, y


def _body(x: Array, aside: Array) -> Array:
    places, widths = zip(*_WIDTHS_M, strict=True)
    half = np.interp(x[:, 0], places, widths).astype(np.float32)[:, None]
    nose = _nose(aside) - x
    tail = x + _TAIL_M - 0.05 * (aside / 0.9) ** 4
    return _rounded(_rounded(half - aside, nose, 0.10), tail, 0.05)


def _nose(aside: Array) -> Array:
    """Where the bumper ends, forward."""
    end: Array = _NOSE_M - 0.14 * (aside / 0.9) ** 2 - 0.10 * (aside / 0.85) ** 6
    return end


def _splitter(x: Array, aside: Array) -> Array:
    """A lip before the nose, and a blade along each sill."""
    lip = least(0.85 - aside, _nose(aside) + HALF_M - _NOSE_M - x, x - 1.85)
    blade = least(0.915 - aside, 0.84 - x, x + 0.80)
    return np.maximum(lip, blade)


def _windscreen(aside: Array) -> Array:
    """Where the glass begins."""
    return 0.92 - 0.34 * (aside / 0.675) ** 2.4


def _roof_half(x: Array, half: float) -> Array:
    """Half the cabin's width."""
    return half - _taper(x)


def _taper(x: Array) -> Array:
    """By how much the cabin's sides come in towards the tail."""
    taper: Array = 0.13 * np.clip(-x - 0.15, 0.0, 1.5) ** 1.3
    return taper


def _wing(x: Array, aside: Array) -> Array:
    """The plane, swept a little, and its end plates."""
    plane = least(x + HALF_M, -1.945 - 0.05 * (aside / 0.9) ** 2 - x, 0.93 - aside)
    plates = least(x + HALF_M, -1.86 - x, 0.016 - np.abs(aside - 0.938))
    return np.maximum(plane, plates)


def _height(x: Array, aside: Array, body: Array) -> Array:
    rim = np.clip(body / 0.20, 0.0, 1.0)
    height: Array = (0.36 + 0.26 * step(2.3, 0.9, x)) * np.sqrt(1.0 - (1.0 - rim) ** 2)
    height += 0.20 * step(0.0, 0.30, body) * step(2.35, 1.2, x)
    height += 0.42 * _cabin(x, aside)
    for axle_m, half_m in zip(AXLES_M, (0.52, 0.60), strict=True):
        shoulder = bump(x, axle_m, half_m, 0.42) * step(0.56, 0.70, aside)
        height += 0.105 * shoulder * step(0.0, 0.10, body)
    spine = step(0.62, 0.36, aside + 0.20 * np.clip(x - 1.0, 0.0, 1.3))
    height += 0.035 * spine * bump(x, 1.55, 0.68, 0.25)
    height -= 0.05 * bump(aside, 0.50, 0.06, 0.10) * bump(x, 1.45, 0.42, 0.30)
    height -= 0.05 * step(0.0, 0.05, least(0.40 - aside, x + 2.05, -1.74 - x))
    height -= 0.09 * bump(x, -0.66, 0.20, 0.16) * bump(aside, 0.80, 0.055, 0.08)
    return height


def _cabin(x: Array, aside: Array) -> Array:
    """0 at the waist, 1 on the roof."""
    ends = step(0.98, -0.10, x + 0.25 * aside**2) * step(-1.80, -0.80, x)
    sides = step(0.74, 0.44, aside + _taper(x)) * (1.0 - 0.08 * (aside / 0.5) ** 2)
    cabin: Array = ends * sides
    return cabin


def _rounded(one: Array, other: Array, round_m: float) -> Array:
    """The smaller of two distances, rounded where they meet."""
    gap = np.clip(0.5 + 0.5 * (other - one) / round_m, 0.0, 1.0)
    rounded: Array = other + gap * (one - other) - round_m * gap * (1.0 - gap)
    return rounded
