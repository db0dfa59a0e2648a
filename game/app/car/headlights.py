"""Throw light from a car's headlights onto what was drawn: the ground ahead, other cars on it."""

from __future__ import annotations

import math
from functools import cache
from typing import Final

import cv2
import numpy as np
import pygame

from game.app.canvas.lamplight import Strength, shine_on
from game.app.canvas.warp import pixels_of
from game.app.view.camera import View

REACH_M: Final = 34.0  # estimate: dipped beams
_PX_PER_M: Final = 4.0  # of the picture of the beams, which are soft
_APART_M: Final = 1.2  # from lamp to lamp
_SPREAD: Final = 0.42  # tangent of half of a beam's angle
_GAIN: Final = 2.0  # brightest, in times of the light there is


def shine(surface: pygame.Surface, view: View, nose: tuple[float, float], angle_rad: float) -> None:
    """Lighten what lies before a car's nose, given in pixels, with its angle on the screen."""
    beam = _beam()
    times = _PX_PER_M / view.pixels_per_m
    cos, sin = math.cos(angle_rad), math.sin(angle_rad)
    half_px = 0.5 * len(beam) / times
    corners = [
        (nose[0] + ahead * cos - aside * sin, nose[1] - ahead * sin - aside * cos)
        for ahead in (0.0, REACH_M * view.pixels_per_m)
        for aside in (-half_px, half_px)
    ]
    left = max(math.floor(min(x for x, _ in corners)), 0)
    right = min(math.ceil(max(x for x, _ in corners)), surface.get_width())
    top = max(math.floor(min(y for _, y in corners)), 0)
    bottom = min(math.ceil(max(y for _, y in corners)), surface.get_height())
    if right <= left or bottom <= top:
        return
    x, y = left + 0.5 - nose[0], top + 0.5 - nose[1]
    matrix = times * np.array([[cos, -sin, cos * x - sin * y], [-sin, -cos, -sin * x - cos * y]])
    matrix[1] *= -1.0
    matrix[1, 2] += 0.5 * len(beam)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    share = cv2.warpAffine(beam, matrix, (right - left, bottom - top), flags=flags)
    part = pixels_of(surface)[top:bottom, left:right]
    shine_on(part, np.asarray(share, np.uint8), _GAIN)


@cache
def _beam() -> Strength:
    """Return how bright it is before a car that looks right, 0..255: two beams side by side."""
    ahead = (np.arange(round(REACH_M * _PX_PER_M)) + 0.5) / _PX_PER_M
    half_m = _SPREAD * REACH_M + _APART_M
    aside = (np.arange(round(2.0 * half_m * _PX_PER_M)) + 0.5) / _PX_PER_M - half_m
    fades = np.clip(1.0 - ahead / REACH_M, 0.0, 1.0) ** 1.2
    fades *= np.clip((ahead + 0.2) / 1.5, 0.0, 1.0)
    light = np.zeros((len(aside), len(ahead)))
    for lamp_m in (0.5 * _APART_M, -0.5 * _APART_M):
        wide_m = 0.45 + 0.45 * _SPREAD * ahead
        light += np.exp(-0.5 * ((aside[:, None] - lamp_m) / wide_m) ** 2)
    return np.asarray(255.0 * np.clip(0.8 * light * fades, 0.0, 1.0), np.uint8)
