"""Paint what tyres leave on the road: the dark line with its two tracks, brake marks, marbles."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.canvas.noise import GrainLayer, NoiseLayer, streaks, visibility, visible_streaks
from game.app.canvas.sheet import Sheet, shows, smoothstep
from game.app.surfaces.track_fields import TrackFields
from game.arrays import FloatArray

_HALF_TRACK_M: Final = 0.80  # from the line to a wheel's path
_LINE_M: Final = 1.15  # deviation of all paths about the line
_WHEEL_M: Final = 0.26
_DARKEST: Final = 0.40
_REACH_M: Final = 7.0  # from the line, where nothing of it is seen any more
_MARK_M: Final = 0.22  # width of a wheel's mark
_MARKED: Final = (0.15, 0.7)  # load on the tyres from no mark at all to the darkest
_MARBLED: Final = (0.15, 0.8)  # cornering from no marble at all to the most
_MARBLE: Final = (52.0, 51.0, 50.0)

_LINE_WANDER: Final = NoiseLayer(14.0, seed=61)
_MARBLE_PLACES: Final = NoiseLayer(2.5, seed=66)
_CRUMBS: Final = GrainLayer(seed=67)


def paint_rubber(sheet: Sheet, fields: TrackFields) -> None:
    """Darken the road along the racing line, most where cars brake and corner."""
    if not (sheet.crosses(fields.tarmac_m, high_m=0.0) or sheet.crosses(fields.kerb_m, high_m=0.0)):
        return
    share = sheet.coverage(fields.tarmac_m + 0.02)
    if sheet.crosses(fields.kerb_m, high_m=0.0):
        share += 0.55 * _on_kerb(sheet, fields)
    if not shows(share):
        return
    if sheet.crosses(fields.line_m, -_REACH_M, _REACH_M):
        _darken(sheet, fields, share)
    if np.abs(fields.cornering).max() > _MARBLED[0]:
        _paint_marbles(sheet, fields)


def _darken(sheet: Sheet, fields: TrackFields, share: FloatArray) -> None:
    """Darken the line, and the single marks along it."""
    piece = sheet.piece
    load = np.maximum(np.abs(fields.cornering), fields.braking)
    strength = 0.30 + 0.70 * load
    across = fields.line_m + 0.22 * sheet.noise(_LINE_WANDER)
    broad = np.exp(-0.5 * np.square(across / (_LINE_M + 0.35 * load)))
    beside = (np.abs(fields.line_m) - _HALF_TRACK_M) / _WHEEL_M
    tracks = np.exp(-0.5 * beside * beside)
    wear = 0.70 * broad + 0.34 * tracks
    streak = 0.5 + 0.22 * visible_streaks(piece, 0.2, fields.s_m / 18.0, across / 0.21, seed=62)
    streak += 0.12 * visible_streaks(piece, 0.8, fields.s_m / 41.0, across / 0.9, seed=63)
    dark = wear * strength * (streak + 0.5)
    if visibility(piece, _MARK_M) > 0.0 and load.max() > _MARKED[0]:
        dark += 0.75 * _marks(sheet, fields)
    sheet.multiply(1.0 - _DARKEST * np.clip(dark, 0.0, 1.5) * np.clip(share, 0.0, 1.0))


def _on_kerb(sheet: Sheet, fields: TrackFields) -> FloatArray:
    return sheet.coverage(-fields.tarmac_m) * sheet.coverage(fields.kerb_m)


def _marks(sheet: Sheet, fields: TrackFields) -> FloatArray:
    """Return single dark strips of locked and sliding wheels, each some tens of metres long."""
    fine = visibility(sheet.piece, _MARK_M)
    drift = 0.6 * streaks(fields.s_m / 55.0, sheet.constant(), seed=64)
    across = fields.line_m + drift
    mark = streaks(fields.s_m / 16.0, across / 0.24, seed=65)
    near = np.exp(-0.5 * np.square(fields.line_m / 1.9))
    load = np.maximum(fields.braking, 0.75 * np.abs(fields.cornering))
    marks: FloatArray = fine * near * smoothstep(mark, 1.15, 1.9) * smoothstep(load, *_MARKED)
    return marks


def _paint_marbles(sheet: Sheet, fields: TrackFields) -> None:
    """Paint crumbs of rubber outside of the line in corners, dots near by and a haze from afar."""
    outside_m = -np.sign(fields.cornering) * fields.line_m
    thick = smoothstep(outside_m, 1.5, 3.0) * smoothstep(outside_m, 6.0, 3.4)
    thick *= smoothstep(np.abs(fields.cornering), *_MARBLED) * sheet.coverage(fields.tarmac_m)
    thick *= smoothstep(sheet.noise(_MARBLE_PLACES), -1.2, 1.2)
    dots = visibility(sheet.piece, 0.25)
    crumb = (sheet.grain(_CRUMBS) < 0.035 * thick).astype(np.float32)
    sheet.blend(_MARBLE, 0.55 * dots * crumb + 0.07 * thick)
