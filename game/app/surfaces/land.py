"""Paint the land: open ground with scrub, service roads, and the mown grass."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.canvas.noise import (
    GROUND_BROAD,
    GROUND_FINE,
    GROUND_FINEST,
    GROUND_GRAIN,
    GROUND_GROWTH,
    GROUND_LARGE,
    GROUND_MEDIUM,
    GROUND_SMALL,
    GrainLayer,
    NoiseLayer,
    ReliefLayer,
    visible_streaks,
)
from game.app.canvas.overlay import Overlay
from game.app.canvas.sheet import FloatColour, Sheet, shows, smoothstep
from game.app.surfaces.landscape import Grass, OpenGround, ServiceRoad
from game.app.surfaces.track_fields import TrackFields
from game.arrays import FloatArray

_STRIPE_M: Final = 2.6  # of a mower
_RAGGED_M: Final = 4.0  # by which an edge is moved by noise, at most

_MOWN_EDGE: Final = NoiseLayer(2.5, seed=8)
_MOWN_EDGE_SMALL: Final = NoiseLayer(0.6, seed=9)
_MOWER_STRIPES: Final = NoiseLayer(38.0, seed=10)
_MOWN_RELIEF: Final = NoiseLayer(0.3, seed=4)
_BLEACHING_BROAD: Final = NoiseLayer(38.0, seed=11)
_BLEACHING_LARGE: Final = NoiseLayer(14.0, seed=12)
_ROAD_WANDER: Final = NoiseLayer(14.0, seed=13)
_ROAD_EDGE: Final = NoiseLayer(2.5, seed=14)
_ROAD_EDGE_SMALL: Final = NoiseLayer(0.6, seed=15)
_ROAD_GRASS: Final = NoiseLayer(2.5, seed=16)
_WEAR_LARGE: Final = NoiseLayer(14.0, seed=17)
_WEAR_MEDIUM: Final = NoiseLayer(2.5, seed=19)
_WEAR_SMALL: Final = NoiseLayer(0.6, seed=18)
_BUSH_GRAIN: Final = GrainLayer(seed=23)

# Layers that are added up, each with its factor.
_DRY_LAND: Final = (
    (GROUND_BROAD, 0.8),
    (GROUND_LARGE, 0.7),
    (GROUND_MEDIUM, 0.5),
    (GROUND_SMALL, 0.25),
)
_GREEN_LAND: Final = (
    (GROUND_GROWTH, 0.5),
    (GROUND_LARGE, 0.7),
    (GROUND_MEDIUM, -0.3),
    (GROUND_SMALL, 0.3),
)
_LAND_LIGHT: Final = (
    (GROUND_BROAD, 0.05),
    (GROUND_MEDIUM, 0.045),
    (GROUND_SMALL, 0.045),
    (GROUND_FINE, 0.05),
    (GROUND_FINEST, 0.085),
    (GROUND_GRAIN, 0.17),
    (ReliefLayer(GROUND_SMALL), 0.04),
)
_GRASS_LIGHT: Final = (
    (GROUND_LARGE, 0.035),
    (GROUND_MEDIUM, 0.035),
    (GROUND_SMALL, 0.022),
    (GROUND_FINE, 0.05),
    (GROUND_FINEST, 0.10),
    (GROUND_GRAIN, 0.20),
    (ReliefLayer(_MOWN_RELIEF), 0.03),
)
_DRY_GRASS: Final = (
    (_BLEACHING_BROAD, 0.55),
    (_BLEACHING_LARGE, 0.55),
    (GROUND_MEDIUM, 0.22),
    (GROUND_SMALL, 0.08),
    (GROUND_FINE, 0.13),
    (GROUND_FINEST, 0.16),
)
_ROAD_LIGHT: Final = (
    (GROUND_MEDIUM, 0.04),
    (GROUND_SMALL, 0.04),
    (GROUND_FINEST, 0.06),
    (GROUND_GRAIN, 0.15),
)
_WEAR_EDGE: Final = ((_WEAR_LARGE, -0.35), (_WEAR_MEDIUM, 0.3), (_WEAR_SMALL, 0.28))
_WEAR_LIGHT: Final = (
    (GROUND_SMALL, 0.04),
    (GROUND_FINE, 0.06),
    (GROUND_FINEST, 0.10),
    (GROUND_GRAIN, 0.16),
)


def paint_open_ground(sheet: Sheet, ground: OpenGround, bushes: Overlay | None) -> None:
    """Paint the land everywhere, as if there were no circuit."""
    dry = smoothstep(sheet.noise_sum(0.0, *_DRY_LAND), *ground.bare_between)
    green = smoothstep(sheet.noise_sum(0.0, *_GREEN_LAND), 0.2, 1.5)
    light = sheet.noise_sum(1.0, *_LAND_LIGHT)
    if ground.light != 1.0:
        light = 1.0 + np.float32(ground.light) * (light - 1.0)
    scrub = light * green
    scrub *= np.float32(ground.scrub_share)
    light -= scrub
    dry *= light
    sheet.fill((ground.grown, light - dry), (ground.bare, dry), (ground.scrub, scrub))
    if bushes is not None and bushes.touches(sheet):
        bushes.blend_onto(sheet, 1.0, 0.92 + 0.16 * sheet.grain(_BUSH_GRAIN))


def paint_grass(sheet: Sheet, fields: TrackFields, grass: Grass) -> None:
    """Paint grass inside the barriers, mown in stripes, bleached and worn in places."""
    if not sheet.crosses(fields.wall_m, high_m=_RAGGED_M):
        return
    ragged_m = sheet.noise_sum(0.0, (_MOWN_EDGE, 0.5), (_MOWN_EDGE_SMALL, 0.2))
    share = smoothstep(fields.wall_m + ragged_m, 1.3, 0.2)
    if not shows(share):
        return
    stripe = np.sin((fields.tarmac_m + 0.25 * sheet.noise(_MOWN_EDGE)) * (np.pi / _STRIPE_M))
    stripe = np.clip(3.0 * stripe, -1.0, 1.0) * smoothstep(sheet.noise(_MOWER_STRIPES), -1.4, 0.2)
    light = sheet.noise_sum(1.0, *_GRASS_LIGHT) + grass.stripes * stripe
    along, across = fields.s_m / 1.6, fields.tarmac_m / 0.13
    light += 0.045 * visible_streaks(sheet.piece, 0.15, along, across, seed=25)
    dry = smoothstep(sheet.noise_sum(0.0, *_DRY_GRASS) + 0.16 * stripe, *grass.bleached_between)
    sheet.blend_mixture((grass.mown, grass.bleached), dry, share, light)
    _paint_wear(sheet, fields, share, grass.worn)


def paint_service_road(sheet: Sheet, fields: TrackFields, road: ServiceRoad) -> None:
    """Paint a bare road behind the barriers with two ruts, lost in grass here and there."""
    low_m, high_m = road.between_m
    if not sheet.crosses(fields.wall_m, low_m - _RAGGED_M, high_m + _RAGGED_M):
        return
    middle_m = 0.5 * (low_m + high_m)
    aside_m = fields.wall_m - middle_m + 0.35 * sheet.noise(_ROAD_WANDER)
    edge_m = np.abs(aside_m) - 0.5 * (high_m - low_m)
    edge_m += sheet.noise_sum(0.0, (_ROAD_EDGE, 0.30), (_ROAD_EDGE_SMALL, 0.12))
    share = smoothstep(edge_m, 0.35, -0.35)
    if not shows(share):
        return
    rut = np.exp(-0.5 * np.square((np.abs(aside_m) - 0.85) / 0.28))
    light = sheet.noise_sum(1.0, *_ROAD_LIGHT) + 0.05 * road.ruts * rut
    between = np.exp(-0.5 * np.square(aside_m / 0.35)) * smoothstep(
        sheet.noise(_ROAD_GRASS), -0.5, 1.5
    )
    grown = road.ruts * np.clip(0.55 * between - 0.2 * rut, 0.0, 1.0)
    sheet.blend_mixture((road.surface, road.grown), grown, share * 0.9, light)


def _paint_wear(sheet: Sheet, fields: TrackFields, share: FloatArray, earth: FloatColour) -> None:
    """Paint bare earth where wheels run off the road, and a darker lip at its edge."""
    load = np.maximum(np.abs(fields.cornering), fields.braking)
    reach_m = 0.35 + 0.9 * load
    if not sheet.crosses(fields.paint_m - reach_m, high_m=_RAGGED_M):
        return
    edge_m = fields.paint_m - reach_m + sheet.noise_sum(0.0, *_WEAR_EDGE)
    bare = smoothstep(edge_m, 0.35, -0.35)
    if not shows(bare):
        return
    light = sheet.noise_sum(0.97, *_WEAR_LIGHT)
    tufts = smoothstep(sheet.noise(GROUND_FINE) + 0.6 * sheet.noise(_WEAR_SMALL), 0.4, 1.6)
    sheet.blend(earth, share * bare * (0.88 - 0.6 * tufts), light)
