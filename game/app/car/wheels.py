"""Draw the four tyres as they are seen beside the body, the front ones turned."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import pygame

from game.app.car.shape import CarBody

_RUBBER: Final = (30, 30, 33)
_SHOULDER: Final = (62, 62, 66)


def draw_wheels(
    size: tuple[int, int], pixels_per_m: float, car: CarBody, steering_rad: float
) -> pygame.Surface:
    """Return a picture of the wheels alone, the car pointing right, its middle in the picture's."""
    picture = pygame.Surface(size, pygame.SRCALPHA)
    picture.fill((*_RUBBER, 0))
    colour, alpha = pygame.surfarray.pixels3d(picture), pygame.surfarray.pixels_alpha(picture)
    axles, tyre = car.axles, car.look.tyres
    aside_m = axles.half_track_m + tyre.beyond_track_m
    reach = 0.5 * math.hypot(tyre.length_m, tyre.width_m) + 1.0 / pixels_per_m
    for x_m, angle_rad in ((axles.front_m, steering_rad), (axles.rear_m, 0.0)):
        for y_m in (aside_m, -aside_m):
            columns = _span(x_m, reach, size[0], pixels_per_m)
            rows = _span(-y_m, reach, size[1], pixels_per_m)
            x = (np.arange(size[0])[columns, None] + 0.5 - 0.5 * size[0]) / pixels_per_m - x_m
            y = (0.5 * size[1] - np.arange(size[1])[None, rows] - 0.5) / pixels_per_m - y_m
            along = np.abs(x * math.cos(angle_rad) + y * math.sin(angle_rad))
            aside = np.abs(y * math.cos(angle_rad) - x * math.sin(angle_rad))
            beyond_x = along - 0.5 * tyre.length_m + tyre.radius_m
            beyond_y = aside - 0.5 * tyre.width_m + tyre.radius_m
            inside = tyre.radius_m - np.hypot(np.maximum(beyond_x, 0.0), np.maximum(beyond_y, 0.0))
            cover = np.clip(inside * pixels_per_m + 0.5, 0.0, 1.0)
            alpha[columns, rows] = np.maximum(alpha[columns, rows], (255.0 * cover).astype("u1"))
            shoulder = np.clip(1.0 - np.abs(inside - 0.02) / 0.02, 0.0, 1.0)[..., None]
            shade = np.array(_RUBBER) + shoulder * (np.array(_SHOULDER) - np.array(_RUBBER))
            colour[columns, rows] = shade.astype("u1")
    return picture


def _span(middle_m: float, reach_m: float, size: int, pixels_per_m: float) -> slice:
    begin = 0.5 * size + (middle_m - reach_m) * pixels_per_m
    end = 0.5 * size + (middle_m + reach_m) * pixels_per_m
    return slice(max(int(begin), 0), min(math.ceil(end), size))
