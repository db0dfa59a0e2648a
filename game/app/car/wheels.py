"""The four tyres as they are seen beside the body, the front ones turned."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np
import pygame

_TYRE_M: Final = (0.65, 0.255)
_ROUND_M: Final = 0.05
_OUT_M: Final = 0.022  # of the half track width: the fenders do not quite cover the tyres
_RUBBER: Final = (30, 30, 33)
_SHOULDER: Final = (62, 62, 66)


class Axles(NamedTuple):
    """Where the wheels are, from the middle of the car's length."""

    front_m: float
    rear_m: float
    half_track_m: float


def draw_wheels(
    size: tuple[int, int], pixels_per_m: float, axles: Axles, steering_rad: float
) -> pygame.Surface:
    """A picture of the wheels alone, the car pointing right, its middle in the picture's."""
    picture = pygame.Surface(size, pygame.SRCALPHA)
    picture.fill((*_RUBBER, 0))
    colour, alpha = pygame.surfarray.pixels3d(picture), pygame.surfarray.pixels_alpha(picture)
    reach = 0.5 * math.hypot(*_TYRE_M) + 1.0 / pixels_per_m
    for x_m, angle_rad in ((axles.front_m, steering_rad), (axles.rear_m, 0.0)):
        for y_m in (axles.half_track_m + _OUT_M, -axles.half_track_m - _OUT_M):
            columns = _span(x_m, reach, size[0], pixels_per_m)
            rows = _span(-y_m, reach, size[1], pixels_per_m)
            x = (np.arange(size[0])[columns, None] + 0.5 - 0.5 * size[0]) / pixels_per_m - x_m
            y = (0.5 * size[1] - np.arange(size[1])[None, rows] - 0.5) / pixels_per_m - y_m
            along = np.abs(x * math.cos(angle_rad) + y * math.sin(angle_rad))
            aside = np.abs(y * math.cos(angle_rad) - x * math.sin(angle_rad))
            beyond_x = along - 0.5 * _TYRE_M[0] + _ROUND_M
            beyond_y = aside - 0.5 * _TYRE_M[1] + _ROUND_M
            inside = _ROUND_M - np.hypot(np.maximum(beyond_x, 0.0), np.maximum(beyond_y, 0.0))
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
