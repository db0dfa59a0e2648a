"""Paint bare sand: ripples and dunes lit by the sun, dry washes, and rock that comes through."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.canvas.noise import (
    GROUND_BROAD,
    GROUND_FINEST,
    GROUND_GRAIN,
    GROUND_LARGE,
    GROUND_MEDIUM,
    GROUND_SMALL,
    NoiseLayer,
    visibility,
)
from game.app.canvas.sheet import Sheet, shows, smoothstep
from game.app.canvas.sun import SUN_SHADOW
from game.app.surfaces.landscape import Sand
from game.arrays import FloatArray

_DUNES: Final = NoiseLayer(38.0, seed=502)
_DUNES_SMALL: Final = NoiseLayer(14.0, seed=503)
_WASHES: Final = NoiseLayer(60.0, seed=506)
_WASH_HALF: Final = 0.07  # of a wash, in levels of its noise
_WASHED: Final = ((NoiseLayer(60.0, seed=505), 1.0), (GROUND_LARGE, 0.2))
_WIND: Final = (0.42, 0.91)  # across the ripples: east and north
_WARP: Final = ((GROUND_LARGE, 2.6), (GROUND_MEDIUM, 0.34), (GROUND_SMALL, 0.05))
_RIPPLED: Final = ((GROUND_BROAD, 0.7), (GROUND_LARGE, 0.7))
_ROCKY: Final = ((GROUND_BROAD, 0.9), (GROUND_LARGE, 0.55), (GROUND_MEDIUM, 0.28))
_WASH_LIGHT: Final = ((GROUND_MEDIUM, 0.03), (GROUND_SMALL, 0.03), (GROUND_GRAIN, 0.1))
_ROCK_LIGHT: Final = (
    (GROUND_MEDIUM, 0.05),
    (GROUND_SMALL, 0.07),
    (GROUND_FINEST, 0.05),
    (GROUND_GRAIN, 0.12),
)


def paint_sand(sheet: Sheet, sand: Sand) -> None:
    """Paint over open ground what wind and water do to sand."""
    washes = np.abs(sheet.noise(_WASHES) + 0.16 * sheet.noise(GROUND_LARGE))
    there = smoothstep(sheet.noise_sum(0.0, *_WASHED), -0.1, 0.7)
    wash = there * smoothstep(washes, 2.0 * _WASH_HALF, _WASH_HALF)
    light = 1.0 + sand.dunes * (_slope(sheet, _DUNES) + 0.6 * _slope(sheet, _DUNES_SMALL))
    light += _ripples(sheet, sand) * (1.0 - 0.7 * wash)
    sheet.multiply(light)
    if shows(wash):
        pale = sheet.noise_sum(1.0, *_WASH_LIGHT)
        sheet.blend(sand.wash, 0.62 * wash, pale)
        bank = smoothstep(np.abs(washes - 1.7 * _WASH_HALF), 0.5 * _WASH_HALF, 0.0)
        sheet.multiply(1.0 - 0.07 * bank * there)
    rock = smoothstep(sheet.noise_sum(0.0, *_ROCKY), sand.rock_level, sand.rock_level + 0.35)
    if shows(rock):
        rough = sheet.noise_sum(1.0, *_ROCK_LIGHT) + 0.10 * _slope(sheet, GROUND_MEDIUM)
        sheet.blend(sand.rock, 0.75 * rock * (1.0 - wash), rough)


def _ripples(sheet: Sheet, sand: Sand) -> FloatArray:
    """Return the light on ripples, which the wind bends and in places flattens."""
    piece = sheet.piece
    fine = sand.ripples * visibility(piece, 0.5 * sand.ripple_m)
    if fine == 0.0:
        return sheet.constant()
    pixels = (np.arange(piece.pixels) + 0.5) / piece.pixels_per_m
    x_m, y_m = piece.west_m + pixels, piece.south_m + piece.side_m - pixels
    across_m = (_WIND[0] * x_m + _WIND[1] * y_m[:, None]).astype(np.float32)
    across_m += sheet.noise_sum(0.0, *_WARP)
    wave = np.sin(across_m * np.float32(2.0 * np.pi / sand.ripple_m))
    there = smoothstep(sheet.noise_sum(0.0, *_RIPPLED), -0.5, 0.9)
    ripples: FloatArray = np.float32(fine) * wave * (0.12 + 0.88 * there)
    return ripples


def _slope(sheet: Sheet, layer: NoiseLayer) -> FloatArray:
    """Return the slopes of a noise towards the sun."""
    reach_m = 0.3 * layer.step_m
    shift_m = (reach_m * SUN_SHADOW[0], reach_m * SUN_SHADOW[1])
    return sheet.noise(layer) - sheet.noise(layer, shift_m)
