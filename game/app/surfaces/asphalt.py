"""Paint asphalt: grain, the lanes it was laid in, joints, patches, cracks; pit lane, yards."""

from __future__ import annotations

import math
from functools import cache
from typing import Final, NamedTuple

import cv2
import numpy as np

from game.app.canvas.noise import GrainLayer, NoiseLayer, hashed, visibility, visible_streaks
from game.app.canvas.sheet import Sheet, shows, smoothstep
from game.app.surfaces.track_fields import TrackFields
from game.arrays import FloatArray

_ROAD: Final = (99.0, 98.0, 98.0)
_OLD: Final = (121.0, 119.0, 114.0)  # pit lane and escape roads
_LANE_M: Final = 4.0  # width of what a paver lays at a time
_DAY_M: Final = 71.0  # length it lays until the next joint
_PATCH_M: Final = 43.0  # a stretch in which there may be a patch
_PATCHED: Final = 0.34  # of the stretches
_SEALED_M: Final = 0.15  # from a patch's edge, where nothing of its seal is seen any more
_LANES: Final = 16  # on either side of the centreline, that differ in shade
_DAYS: Final = 1008  # of a paver's work along the lap, that differ in shade

_MOTTLE_LARGE: Final = NoiseLayer(14.0, seed=11)
_MOTTLE_MEDIUM: Final = NoiseLayer(2.5, seed=12)
_MOTTLE_SMALL: Final = NoiseLayer(0.6, seed=13)
_STONES: Final = NoiseLayer(0.1, seed=14)
_STONE_GRAIN: Final = GrainLayer(seed=15)
_DUST: Final = NoiseLayer(2.5, seed=21)
_CRACKS: Final = NoiseLayer(1.7, seed=51)
_CRACKS_SMALL: Final = NoiseLayer(0.5, seed=52)
_AGE_LARGE: Final = NoiseLayer(14.0, seed=53)
_AGE_MEDIUM: Final = NoiseLayer(2.5, seed=54)


def paint_track(sheet: Sheet, fields: TrackFields) -> None:
    """Paint the road itself, to the tarmac's edge."""
    if not sheet.crosses(fields.tarmac_m, high_m=0.0):
        return
    share = sheet.coverage(fields.tarmac_m)
    tone = _grain(sheet, 0.75)
    tone *= _lanes(sheet, fields)
    _fill_patches(sheet, fields, tone)
    _crack(sheet, tone, 0.35, often=1.25)
    sheet.blend(_ROAD, share, tone)
    dust = smoothstep(fields.tarmac_m, -1.1, 0.1) * smoothstep(sheet.noise(_DUST), -0.9, 1.6)
    sheet.blend((150.0, 136.0, 108.0), share * dust * 0.38)


def paint_paved_areas(sheet: Sheet, fields: TrackFields) -> None:
    """Paint pit lane and escape roads, which are older and lighter."""
    if sheet.crosses(fields.paved_m, low_m=0.0):
        paint_old_asphalt(sheet, sheet.coverage(-fields.paved_m))


def paint_old_asphalt(sheet: Sheet, share: FloatArray) -> None:
    """Paint asphalt that has seen some years, where a share of each pixel is paved."""
    tone = _grain(sheet, 1.15)
    _crack(sheet, tone, 0.30, often=0.55)
    sheet.blend(_OLD, share, tone)


def _grain(sheet: Sheet, coarse: float) -> FloatArray:
    """Return stones, mottling and weather, about 1."""
    tone = sheet.noise_sum(
        1.0,
        (_MOTTLE_LARGE, 0.030 * coarse),
        (_MOTTLE_MEDIUM, 0.018 * coarse),
        (_MOTTLE_SMALL, 0.014 * coarse),
        (_STONES, 0.034),
    )
    random = sheet.grain(_STONE_GRAIN)
    tone += 0.11 * (random - 0.5) + 0.07 * (random > 0.985) * visibility(sheet.piece, 0.25)
    return tone


def _lanes(sheet: Sheet, fields: TrackFields) -> FloatArray:
    """Return lanes of slightly different grey, seams between them, joints across, streaks along."""
    piece = sheet.piece
    lane = np.floor(fields.offset_m / _LANE_M + 0.5)
    day = fields.s_m / _DAY_M + 0.37 * lane
    number = np.floor(day)
    shade = cv2.remap(
        _shades_of_lanes(),
        number + np.float32(_LANES),
        lane + np.float32(_LANES),
        cv2.INTER_NEAREST,
        borderMode=cv2.BORDER_WRAP,
    )
    tone = 0.962 + 0.076 * shade
    tone += 0.028 * visible_streaks(piece, 0.3, fields.s_m / 22.0, fields.offset_m / 0.33, seed=32)
    tone += 0.026 * visible_streaks(piece, 1.1, fields.s_m / 60.0, fields.offset_m / 1.3, seed=33)
    wander = 0.02 * sheet.noise(_MOTTLE_SMALL)
    seam_m = np.abs(np.abs(fields.offset_m) - 0.5 * _LANE_M) + wander
    tone *= 1.0 - 0.34 * sheet.line(seam_m, 0.045)
    joint_m = (day - number) * _DAY_M
    joints: FloatArray = tone * (1.0 - 0.28 * sheet.line(joint_m - 0.3 + wander, 0.05))
    return joints


@cache
def _shades_of_lanes() -> FloatArray:
    """Return a value in 0..1 for each lane, downwards, and each day's work along it."""
    lane, day = np.arange(-_LANES, _LANES), np.arange(-_LANES, _DAYS)
    return hashed(day[None, :], lane[:, None], 31)


class _Patch(NamedTuple):
    """Says where the asphalt was cut out and filled again, and how much lighter it is since."""

    middle_m: float
    half_m: float
    lane_m: float
    half_wide_m: float
    lighter: float


def _fill_patches(sheet: Sheet, fields: TrackFields, tone: FloatArray) -> None:
    """Darken or lighten the patches of a block, their edges sealed."""
    stretches = np.bincount((fields.s_m / np.float32(_PATCH_M)).astype(np.intp).ravel())
    patches = map(_patch_of, np.flatnonzero(stretches).tolist())
    for patch in [each for each in patches if each is not None]:
        along_m = np.abs(fields.s_m - np.float32(patch.middle_m)) - np.float32(patch.half_m)
        across_m = np.abs(fields.offset_m - np.float32(patch.lane_m))
        across_m -= np.float32(patch.half_wide_m)
        edge_m = np.maximum(along_m, across_m)
        if not sheet.crosses(edge_m, high_m=_SEALED_M):
            continue
        edge_m += np.float32(0.02) * sheet.noise(_MOTTLE_SMALL)
        tone *= 1.0 + patch.lighter * sheet.coverage(edge_m)
        tone *= 1.0 - 0.30 * sheet.line(edge_m, 0.07)


@cache
def _patch_of(stretch: int) -> _Patch | None:
    """Return the patch in a stretch of the lap; None if it has none."""
    at = np.full(1, stretch)
    if hashed(at, np.full(1, 9), 42)[0] >= _PATCHED:
        return None
    random = [float(hashed(at, np.full(1, kind), 41)[0]) for kind in range(5)]
    return _Patch(
        middle_m=(stretch + 0.2 + 0.6 * random[1]) * _PATCH_M,
        half_m=1.2 + 5.5 * random[0] * random[0],
        lane_m=math.floor(random[2] * 3.0 - 1.0) * _LANE_M,
        half_wide_m=0.7 + 1.2 * random[3],
        lighter=0.17 * random[4] - 0.115,
    )


def _crack(sheet: Sheet, tone: FloatArray, depth: float, often: float) -> None:
    """Darken fine cracks in some places."""
    piece = sheet.piece
    fine = visibility(piece, 0.26)
    if fine == 0.0:
        return
    old = smoothstep(
        sheet.noise_sum(0.0, (_AGE_LARGE, 1.0), (_AGE_MEDIUM, 0.5)), often, often + 0.5
    )
    if not shows(old):
        return
    ridge = np.abs(sheet.noise(_CRACKS) + 0.30 * sheet.noise(_CRACKS_SMALL))
    width = 0.018 + 0.25 / piece.pixels_per_m * 0.35
    tone *= 1.0 - depth * fine * old * np.clip(1.4 - ridge / np.float32(width), 0.0, 1.0)
