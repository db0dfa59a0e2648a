"""Paint kerbs with their bevel and dirt, the strips behind them, and the white edge lines."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.canvas.noise import (
    PAINT_WEAR,
    PAINT_WEAR_SMALL,
    GrainLayer,
    NoiseLayer,
    streaks,
    visibility,
)
from game.app.canvas.sheet import Sheet, shows, smoothstep
from game.app.surfaces.track_fields import TrackFields
from game.arrays import FloatArray

WHITE: Final = (238.0, 236.0, 228.0)
_RED: Final = (196.0, 40.0, 36.0)
_BLUE: Final = (52.0, 92.0, 150.0)
_BASE: Final = (134.0, 132.0, 126.0)  # concrete under worn paint
_BLOCK_M: Final = 1.5
_STRIPE_M: Final = 1.6
_LINE_M: Final = 0.18
_SHADOW_M: Final = 0.22  # of a kerb on the ground behind it; twice that away from the sun
_MIN_WIDTH_M: Final = 0.06  # a kerb narrower than that is none

_STRIP_WEAR: Final = NoiseLayer(2.5, seed=71)
_STRIP_WEAR_SMALL: Final = NoiseLayer(0.6, seed=72)
_STRIP_FLAKES: Final = NoiseLayer(0.13, seed=73)
_STRIP_GRAIN: Final = GrainLayer(seed=74)
_LINE_FLAKES: Final = NoiseLayer(0.13, seed=77)
_KERB_GRAIN: Final = GrainLayer(seed=81)
_KERB_TONE: Final = NoiseLayer(0.6, seed=82)
_RUBBER: Final = NoiseLayer(2.5, seed=83)
_GRIME: Final = NoiseLayer(0.6, seed=84)
_GRIME_FINE: Final = NoiseLayer(0.13, seed=85)


def paint_strips(sheet: Sheet, fields: TrackFields) -> None:
    """Paint the strip behind a kerb: blue and white stripes aslant, worn."""
    if not (sheet.crosses(fields.kerb_m, low_m=0.0) and sheet.crosses(fields.paint_m, high_m=0.0)):
        return
    width_m = fields.kerb_m - fields.paint_m
    share = sheet.coverage(-fields.kerb_m) * sheet.coverage(fields.paint_m)
    share *= smoothstep(width_m, _MIN_WIDTH_M, 3.0 * _MIN_WIDTH_M)
    if not shows(share):
        return
    stripe = _alternating(sheet, fields.s_m + 0.8 * fields.kerb_m, _STRIPE_M)
    wear = smoothstep(sheet.noise(_STRIP_WEAR) + 0.8 * sheet.noise(_STRIP_WEAR_SMALL), -0.4, 2.2)
    wear += 0.30 * (sheet.noise(_STRIP_FLAKES) > 0.9)
    fine = visibility(sheet.piece, 0.16)
    if fine > 0.0:
        scuffed = streaks(fields.s_m / 7.0, fields.kerb_m / 0.16, seed=78)
        wear += 0.48 * fine * smoothstep(scuffed, 0.9, 2.0)
    painted = share * (0.95 + 0.08 * (sheet.grain(_STRIP_GRAIN) - 0.5))
    bare = painted * np.clip(0.20 + 0.62 * wear, 0.0, 0.9)
    painted -= bare
    white = painted * stripe
    sheet.lay(share, (_BLUE, painted - white), (WHITE, white), (_BASE, bare))


def paint_edge_lines(sheet: Sheet, fields: TrackFields) -> None:
    """Paint a white line inside each edge of the road, worn where it is driven over."""
    if not sheet.crosses(fields.tarmac_m, -0.03 - _LINE_M, -0.03):
        return
    share = sheet.line(fields.tarmac_m + 0.03 + 0.5 * _LINE_M, _LINE_M, 1.25)
    worn = smoothstep(sheet.noise(PAINT_WEAR) + 0.7 * sheet.noise(PAINT_WEAR_SMALL), 0.3, 2.4)
    worn += 0.25 * smoothstep(sheet.noise(_LINE_FLAKES), 0.6, 1.6)
    driven = np.exp(-0.5 * np.square(fields.line_m / 1.5))
    sheet.blend(WHITE, share * (0.97 - 0.36 * np.clip(worn, 0.0, 1.0) - 0.20 * driven))


def paint_kerbs(sheet: Sheet, fields: TrackFields) -> None:
    """Paint red and white blocks that rise from the road outwards."""
    reaches = sheet.crosses(fields.kerb_m, high_m=2.0 * _SHADOW_M)
    if not (reaches and sheet.crosses(fields.tarmac_m, low_m=0.0)):
        return
    width_m = fields.tarmac_m - fields.kerb_m
    there = smoothstep(width_m, _MIN_WIDTH_M, 3.0 * _MIN_WIDTH_M)
    share = sheet.coverage(-fields.tarmac_m) * sheet.coverage(fields.kerb_m) * there
    _shade_behind(sheet, fields, there)
    if not shows(share):
        return
    out = np.clip(fields.tarmac_m / np.maximum(width_m, 0.05), 0.0, 1.0)
    # The slope faces the road: it is lit where the road lies towards the sun.
    bevel = 1.13 - 0.32 * out - 0.14 * fields.sunward * smoothstep(out, 0.05, 0.3)
    bevel *= 1.0 + 0.16 * (smoothstep(out, 0.78, 0.86) - 2.2 * smoothstep(out, 0.88, 1.0))
    bevel *= 1.0 + 0.05 * (sheet.grain(_KERB_GRAIN) - 0.5) + 0.02 * sheet.noise(_KERB_TONE)
    white = _alternating(sheet, fields.s_m, _BLOCK_M)
    sheet.blend_mixture((_RED, WHITE), white, share, bevel)
    _paint_dirt(sheet, fields, out, share)


def _paint_dirt(sheet: Sheet, fields: TrackFields, out: FloatArray, share: FloatArray) -> None:
    load = np.maximum(np.abs(fields.cornering), fields.braking)
    rubbed = np.exp(-out / 0.20) * (0.35 + 0.65 * load) * (0.7 + 0.3 * sheet.noise(_RUBBER))
    sheet.blend((58.0, 56.0, 55.0), share * np.clip(0.75 * rubbed, 0.0, 0.85))
    grime = smoothstep(sheet.noise(_GRIME) + 0.7 * sheet.noise(_GRIME_FINE), 0.5, 2.2)
    sheet.blend((120.0, 104.0, 82.0), share * (0.30 * grime + 0.25 * smoothstep(out, 0.75, 1.0)))
    fine = visibility(sheet.piece, 0.25)
    gap_m = _to_block_end(fields.s_m, _BLOCK_M)
    sheet.multiply(1.0 - 0.45 * fine * share * sheet.line(gap_m, 0.05))


def _shade_behind(sheet: Sheet, fields: TrackFields, there: FloatArray) -> None:
    """Shade the ground behind a kerb, which stands out of it, longer away from the sun."""
    reach_m = _SHADOW_M + _SHADOW_M * np.clip(-fields.sunward, 0.0, 1.0)
    shadow = np.clip(1.0 - fields.kerb_m / reach_m, 0.0, 1.0) * sheet.coverage(-fields.kerb_m)
    sheet.multiply(1.0 - 0.48 * there * shadow)


def _alternating(sheet: Sheet, along_m: FloatArray, length_m: float) -> FloatArray:
    """Return 0 and 1 alternating, each for a stretch of this length."""
    phase = along_m / np.float32(2.0 * length_m)
    phase = np.abs(phase - np.floor(phase) - 0.5)
    return sheet.coverage((0.25 - phase) * np.float32(2.0 * length_m))


def _to_block_end(along_m: FloatArray, length_m: float) -> FloatArray:
    phase = along_m / np.float32(length_m)
    to_end_m: FloatArray = (phase - np.floor(phase + 0.5)) * np.float32(length_m)
    return to_end_m
