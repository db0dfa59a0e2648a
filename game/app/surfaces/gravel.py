"""Paint gravel traps: pale stones raked along the track, ragged where grass grows in."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.canvas.noise import GRAVEL_GRAIN, GRAVEL_SMALL, GROUND_FINEST, NoiseLayer, visibility
from game.app.canvas.overlay import Overlay
from game.app.canvas.sheet import Sheet, shows, smoothstep
from game.app.surfaces.furrows import paint_furrows
from game.app.surfaces.track_fields import TrackFields

_STONES: Final = (206.0, 190.0, 158.0)
_RAKE_M: Final = 0.55
_RIDGE_M: Final = 2.3  # every fourth tooth cuts deeper, which is seen from afar

_RAGGED_M: Final = 2.5  # by which the edge is moved by noise, at most

_EDGE_MEDIUM: Final = NoiseLayer(2.5, seed=91)
_EDGE_SMALL: Final = NoiseLayer(0.6, seed=92)
_WAVINESS_LARGE: Final = NoiseLayer(14.0, seed=94)
_WAVINESS_MEDIUM: Final = NoiseLayer(2.5, seed=93)
_RAKING: Final = NoiseLayer(14.0, seed=95)
_TONE_LARGE: Final = NoiseLayer(14.0, seed=96)
_TONE_MEDIUM: Final = NoiseLayer(2.5, seed=97)
_WEEDS: Final = NoiseLayer(0.6, seed=101)
_TONE: Final = (  # added up, each with its factor
    (_TONE_LARGE, 0.030),
    (_TONE_MEDIUM, 0.020),
    (GRAVEL_SMALL, 0.016),
    (GROUND_FINEST, 0.055),
)


def paint_gravel(sheet: Sheet, fields: TrackFields, furrows: Overlay | None) -> None:
    """Fill the traps, and cut the furrows of cars into them."""
    if not sheet.crosses(fields.gravel_m, low_m=-_RAGGED_M):
        return
    ragged_m = sheet.noise_sum(0.0, (_EDGE_MEDIUM, 0.30), (_EDGE_SMALL, 0.14))
    depth_m = fields.gravel_m + ragged_m
    share = smoothstep(depth_m, -0.10, 0.12)
    if not shows(share):
        return
    piece = sheet.piece
    warp_m = sheet.noise_sum(0.0, (_WAVINESS_MEDIUM, 0.07), (_WAVINESS_LARGE, 0.30))
    across_m = fields.paint_m + warp_m
    slope = np.zeros_like(across_m)
    for wave_m, deep in ((_RAKE_M, 0.070), (_RIDGE_M, 0.036)):
        fine = visibility(piece, 0.5 * wave_m)
        if fine > 0.0:
            slope += deep * fine * np.sin(across_m * np.float32(2.0 * np.pi / wave_m))
    slope *= 0.35 + 0.65 * smoothstep(
        sheet.noise_sum(0.0, (_RAKING, 1.0), (_WAVINESS_MEDIUM, 0.4)), -1.2, 0.8
    )
    light = sheet.noise_sum(1.0, *_TONE) + slope * (0.6 + 0.4 * np.abs(fields.sunward))
    light += (0.13 + 0.13 * visibility(piece, 0.25)) * (sheet.grain(GRAVEL_GRAIN) - 0.5)
    light *= 1.0 - 0.14 * smoothstep(depth_m, 0.9, 0.0)
    sheet.blend(_STONES, share, light)
    paint_furrows(sheet, furrows, share)
    weeds = smoothstep(depth_m, 2.2, 0.1) * smoothstep(sheet.noise(_WEEDS), 1.3, 2.3)
    sheet.blend((128.0, 124.0, 74.0), share * weeds * 0.8)
