"""Draw flags that wave in the wind around the grandstands, live over the painted ground."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final, NamedTuple

import cv2
import numpy as np
import pygame

from game.app.canvas.daylight import sun_direction, sunlight
from game.app.canvas.sun import SUN_SHADOW
from game.app.canvas.wind import BREATH_RAD, wind_rad
from game.app.ui.palette import Colour
from game.app.view.camera import View
from game.arrays import Array
from game.track.track import Track
from game.weather.weather import Weather

_STEP_M: Final = 38.0  # from flag to flag around a stand
_LONG_M: Final = 3.5
_WIDE_M: Final = 1.9
_PARTS: Final = 5
_WAVES: Final = 1.15  # along a flag
_WAVE_HZ: Final = 1.1
_SWING_M: Final = 0.55  # of the loose end, to each side
_MIN_PX: Final = 9.0  # a smaller flag is not drawn
_POLE: Final = (226, 226, 222)
_LIGHT: Final = 0.20  # of the colour, on the sides of waves
_CLOTHS: Final[tuple[tuple[Colour, Colour], ...]] = (
    ((216, 52, 44), (240, 240, 236)),
    ((40, 84, 168), (240, 240, 236)),
    ((232, 172, 40), (206, 60, 40)),
    ((236, 236, 232), (52, 58, 66)),
    ((36, 128, 84), (240, 240, 236)),
    ((255, 222, 40), (250, 206, 24)),
)
YELLOW: Final = len(_CLOTHS) - 1  # the marshals'
_HEIGHT_M: Final = 3.0  # above the ground, for its shadow
_SHADOW: Final[Colour] = (8, 12, 24)
_SHADOW_ALPHA: Final = 104
_SOFT_M: Final = 0.15  # of the shadow's edge: its standard deviation
_SIDE: Final = 3.7  # of its picture, in its lengths
_FINER: Final = 2
_SIZES_PER_OCTAVE: Final = 4
_PHASES: Final = 9  # pictures of a wave
_DIRECTION_STEP_RAD: Final = math.radians(10.0)


class FlagAir(NamedTuple):
    """Says how flags are seen: where the wind blows to, and where their shadows fall, if at all."""

    wind_rad: float = BREATH_RAD
    fall: tuple[float, float] | None = SUN_SHADOW  # metres east and north per metre of height


STILL_NOON: Final = FlagAir()


def flag_air(weather: Weather) -> FlagAir:
    """Return how flags are seen in a weather, at the start of a drive."""
    sky = weather.sky
    return FlagAir(wind_rad(weather), sun_direction(sky) if sunlight(sky) else None)


class WavingFlags:
    """Draws all flags of a circuit."""

    def __init__(self, track: Track, air: FlagAir = STILL_NOON) -> None:
        self._air = air
        stands = [each.outline_m for each in track.buildings if each.kind == "grandstand"]
        self._places_m = np.concatenate([np.zeros((0, 2)), *map(_around, stands)])

    def __len__(self) -> int:
        return len(self._places_m)

    def draw(self, surface: pygame.Surface, view: View, time_s: float) -> None:
        """Draw the flags in view as they wave at a time."""
        if _LONG_M * view.pixels_per_m < _MIN_PX:
            return
        # Seen from the middle of the view, so far as the window reaches with its corners or sides.
        ways_m = np.abs(self._places_m - (view.x_m, view.y_m))
        half_m = np.array([view.half_width_m, view.half_height_m])
        reach_m = half_m if view.turn_rad == 0.0 else np.full(2, math.hypot(*half_m.tolist()))
        near = np.flatnonzero(np.all(ways_m < reach_m + _LONG_M, axis=1))
        for number, place_m in zip(near.tolist(), self._places_m[near], strict=True):
            cloth = number % (len(_CLOTHS) - 1)
            late_s = 0.37 * number
            draw_flag(surface, view, place_m, time_s + late_s, cloth, air=self._air)


def draw_flag(
    surface: pygame.Surface,
    view: View,
    pole_m: Array,
    time_s: float,
    cloth: int,
    size: float = 1.0,
    air: FlagAir = STILL_NOON,
) -> None:
    """Draw a flag at its pole, if it is in view; cloth: its number, YELLOW or below."""
    x, y = view.to_screen(*pole_m.tolist())
    margin = size * _LONG_M * view.pixels_per_m
    if not (-margin < x < view.width + margin and -margin < y < view.height + margin):
        return
    step = round(_SIZES_PER_OCTAVE * math.log2(max(margin, 1.0)))
    direction = round((air.wind_rad + view.turn_rad) / _DIRECTION_STEP_RAD)
    sun = None
    if air.fall is not None:
        sun = round((math.atan2(*reversed(air.fall)) + view.turn_rad) / _DIRECTION_STEP_RAD)
    phase = round(_PHASES * _WAVE_HZ * time_s) % _PHASES
    picture, (left, top) = _picture(cloth, step, direction, phase, sun)
    surface.blit(picture, (x + left, y + top))


PixelPoint = tuple[float, float]


@lru_cache(maxsize=400)
def _picture(
    cloth: int, size: int, direction: int, phase: int, sun: int | None
) -> tuple[pygame.Surface, PixelPoint]:
    """Return a flag with its shadow, and where the picture lies from the pole."""
    long_px = 2.0 ** (size / _SIZES_PER_OCTAVE) * _FINER
    side = round(_SIDE * long_px / _FINER)
    pole = (0.5 * side * _FINER, 0.5 * side * _FINER)
    upper, lower = _edges(pole, direction * _DIRECTION_STEP_RAD, phase / _PHASES, long_px)
    whole = _clear(side, _SHADOW)
    if sun is not None:
        whole = _shadow([*upper, *reversed(lower)], side, long_px, sun * _DIRECTION_STEP_RAD)
    fine = _clear(side * _FINER, _CLOTHS[cloth][0])
    for part in range(_PARTS):
        slope = math.cos(2.0 * math.pi * (_WAVES * (part + 0.5) / _PARTS - phase / _PHASES))
        for half, colour in enumerate(_CLOTHS[cloth]):
            corners = [
                _between(upper[part], lower[part], 0.5 * half),
                _between(upper[part + 1], lower[part + 1], 0.5 * half),
                _between(upper[part + 1], lower[part + 1], 0.5 * half + 0.5),
                _between(upper[part], lower[part], 0.5 * half + 0.5),
            ]
            pygame.draw.polygon(fine, _lit(colour, _LIGHT * slope), corners)
    pygame.draw.circle(fine, _POLE, pole, max(0.045 * long_px, _FINER))
    whole.blit(pygame.transform.smoothscale(fine, (side, side)), (0, 0))
    seen = whole.get_bounding_rect()
    return whole.subsurface(seen).copy(), (seen.left - 0.5 * side, seen.top - 0.5 * side)


def _shadow(
    outline: list[PixelPoint], side: int, long_px: float, falls_rad: float
) -> pygame.Surface:
    """Return a picture with the soft shadow of a cloth, whose outline is in a finer picture."""
    soft = _clear(side, _SHADOW)
    px_per_m = long_px / _FINER / _LONG_M
    fall_px = _HEIGHT_M * px_per_m * math.hypot(*SUN_SHADOW)
    right_px, down_px = fall_px * math.cos(falls_rad), -fall_px * math.sin(falls_rad)
    fallen = [(x / _FINER + right_px, y / _FINER + down_px) for x, y in outline]
    pygame.draw.polygon(soft, (*_SHADOW, _SHADOW_ALPHA), fallen)
    alpha = pygame.surfarray.pixels_alpha(soft)
    spread_px = max(_SOFT_M * px_per_m, 0.5)
    alpha[:] = cv2.GaussianBlur(np.ascontiguousarray(alpha), (0, 0), spread_px)
    return soft


def _clear(side: int, colour: Colour) -> pygame.Surface:
    """Return an empty picture, at whose edges a colour stays itself."""
    picture = pygame.Surface((side, side), pygame.SRCALPHA)
    picture.fill((*colour, 0))
    return picture


def _edges(
    pole: PixelPoint, direction_rad: float, phase: float, long_px: float
) -> tuple[list[PixelPoint], list[PixelPoint]]:
    """Return the places of the cloth's two long edges in a picture, from the pole outwards."""
    cos, sin = math.cos(direction_rad), -math.sin(direction_rad)
    wide_px, swing_px = long_px * _WIDE_M / _LONG_M, long_px * _SWING_M / _LONG_M
    upper, lower = [], []
    for part in range(_PARTS + 1):
        share = part / _PARTS
        swing = share * swing_px * math.sin(2.0 * math.pi * (_WAVES * share - phase))
        x, y = pole[0] + share * long_px * cos, pole[1] + share * long_px * sin
        upper.append((x - swing * sin, y + swing * cos))
        lower.append((x - (swing + wide_px) * sin, y + (swing + wide_px) * cos))
    return upper, lower


def _between(one: PixelPoint, other: PixelPoint, share: float) -> PixelPoint:
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])


def _lit(colour: Colour, more: float) -> Colour:
    red, green, blue = (min(max(round(part * (1.0 + more)), 0), 255) for part in colour)
    return red, green, blue


def _around(outline_m: Array) -> Array:
    """Return places around an outline, evenly spaced."""
    ring = np.concatenate([outline_m, outline_m[:1]])
    along_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    at_m = np.arange(0.5 * _STEP_M, along_m[-1], _STEP_M)
    return np.column_stack([np.interp(at_m, along_m, ring[:, axis]) for axis in (0, 1)])
