"""Draw shadows of small clouds that drift over the land with the wind."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

import numpy as np
import pygame

from game.app.canvas.daylight import has_single_clouds
from game.app.canvas.wind import seen_wind
from game.app.view.camera import View
from game.arrays import Array
from game.weather.weather import CLEAR_NOON, Weather

_BOX_M: Final = 1150.0  # after which the sky repeats
_CLOUDS: Final = 20.0  # in a sky that they cover altogether
_SIZE_M: Final = (130.0, 230.0)
_ALOFT: Final = 5.0  # times the wind at the ground, which is slow in the lowest metres
_MAX_MPS: Final = 14.0
_SHADE: Final = (166, 174, 192)  # of what lies below, of 255: skylight is bluer than the sun's
_MASTER_PX: Final = 96
_VARIANTS: Final = 3
_MIN_PX: Final = 16  # a smaller shadow is not seen
_SEED: Final = 71


class CloudShadows:
    """Draws the shadows of clouds over one circuit."""

    def __init__(self, weather: Weather = CLEAR_NOON) -> None:
        random = np.random.default_rng(_SEED)
        sky = weather.sky
        count = max(round(_CLOUDS * sky.cloud_cover), 1) if has_single_clouds(sky) else 0
        self._places_m: Array = _BOX_M * random.random((count, 2))
        self._sizes_m = random.uniform(*_SIZE_M, count).tolist()
        wind = seen_wind(weather)
        fast = min(_ALOFT, _MAX_MPS / math.hypot(*wind))
        self._wind_mps: Array = fast * np.array(wind)
        self._time_s = 0.0

    def update(self, frame_s: float) -> None:
        """Let the wind blow for a frame."""
        self._time_s += frame_s

    def draw(self, surface: pygame.Surface, view: View) -> None:
        """Darken what lies in the shadow of a cloud."""
        low_m = np.array([view.x_m, view.y_m]) - math.hypot(view.half_width_m, view.half_height_m)
        drifted_m = self._places_m + self._time_s * self._wind_mps
        for number, (place_m, size_m) in enumerate(zip(drifted_m, self._sizes_m, strict=True)):
            if size_m * view.pixels_per_m < _MIN_PX:
                continue
            # The copy of the cloud that is next to the view's lower left corner, and those beyond.
            first_m = low_m - size_m + (place_m - low_m + size_m) % _BOX_M
            for x_m in _copies(first_m[0], view.x_m, view, size_m):
                for y_m in _copies(first_m[1], view.y_m, view, size_m):
                    _draw_shadow(surface, view, (x_m, y_m), size_m, number % _VARIANTS)


def _copies(first_m: float, middle_m: float, view: View, size_m: float) -> list[float]:
    end_m = middle_m + math.hypot(view.half_width_m, view.half_height_m) + size_m
    return np.arange(first_m, end_m, _BOX_M).tolist()


def _draw_shadow(
    surface: pygame.Surface,
    view: View,
    middle_m: tuple[float, float],
    size_m: float,
    variant: int,
) -> None:
    """Draw the part of a shadow that is in view: it may be larger than the window."""
    master = _master(variant)
    if view.turn_rad:
        master = pygame.transform.rotate(master, math.degrees(view.turn_rad))
    side = master.get_width()
    scale = size_m * view.pixels_per_m / _MASTER_PX  # of a pixel of the master
    x, y = view.to_screen(*middle_m)
    left, top = x - 0.5 * side * scale, y - 0.5 * side * scale
    begin_x, end_x = _span(left, scale, side, view.width)
    begin_y, end_y = _span(top, scale, side, view.height)
    if end_x <= begin_x or end_y <= begin_y:
        return
    part = master.subsurface((begin_x, begin_y, end_x - begin_x, end_y - begin_y))
    size = (round(part.get_width() * scale), round(part.get_height() * scale))
    corner = (round(left + begin_x * scale), round(top + begin_y * scale))
    shade = pygame.transform.smoothscale(part, size)
    surface.blit(shade, corner, special_flags=pygame.BLEND_RGB_MULT)


def _span(begin: float, scale: float, side: int, length: int) -> tuple[int, int]:
    """Return the first pixel of the master in view, and the one after the last."""
    first = max(math.floor(-begin / scale), 0)
    last = min(math.ceil((length - begin) / scale), side)
    return first, last


@lru_cache(maxsize=_VARIANTS)
def _master(variant: int) -> pygame.Surface:
    """Return the shade of a cloud, to be multiplied with: white around a ragged soft heap."""
    random = np.random.default_rng(_SEED + 1 + variant)
    axis = (np.arange(_MASTER_PX) + 0.5) / (0.5 * _MASTER_PX) - 1.0
    x, y = np.meshgrid(axis, axis, indexing="ij")
    thick = np.zeros_like(x)
    for _ in range(26):
        direction_rad, out = random.uniform(0.0, 2.0 * math.pi), random.uniform(0.0, 0.62)
        wide = random.uniform(0.12, 0.26)
        away = (x - out * math.cos(direction_rad)) ** 2 + (
            y - 0.72 * out * math.sin(direction_rad)
        ) ** 2
        thick += np.exp(-away / wide**2)
    cover = 1.0 - np.exp(-0.9 * np.maximum(thick - 0.12, 0.0))
    cover *= np.clip((1.0 - np.hypot(x, y)) * 4.0, 0.0, 1.0)
    shade = 255.0 - cover[..., None] * (255.0 - np.array(_SHADE))
    picture = pygame.Surface((_MASTER_PX, _MASTER_PX), depth=32)
    pygame.surfarray.pixels3d(picture)[:] = shade.astype(np.uint8)
    return picture
