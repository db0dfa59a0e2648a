"""Draw small soft pictures of what flies about, in many sizes and strengths, when first used."""

from __future__ import annotations

import math
from enum import IntEnum
from functools import lru_cache
from typing import Final

import numpy as np
import pygame

from game.app.canvas.sun import SUN_SHADOW
from game.arrays import FloatArray, Indices


class ParticleMaterial(IntEnum):
    """Names the materials that particles consist of."""

    SMOKE = 0
    DUST = 1  # of gravel
    SOIL = 2  # dust off grass
    STONE = 3
    CLOD = 4
    SPARK = 5
    BLADE = 6  # of grass
    SPRAY = 7  # of water


_SHADES: Final = {
    ParticleMaterial.SMOKE: (238, 240, 244),
    ParticleMaterial.DUST: (250, 238, 210),
    ParticleMaterial.SOIL: (196, 168, 126),
    ParticleMaterial.STONE: (214, 198, 164),
    ParticleMaterial.CLOD: (78, 60, 38),
    ParticleMaterial.SPARK: (255, 206, 120),
    ParticleMaterial.BLADE: (122, 148, 58),
    ParticleMaterial.SPRAY: (206, 214, 224),
}
_SOFT: Final = (
    ParticleMaterial.SMOKE,
    ParticleMaterial.DUST,
    ParticleMaterial.SOIL,
    ParticleMaterial.SPRAY,
)
VARIANTS: Final = 3
_STRENGTHS: Final = 12
_SIZES_PER_OCTAVE: Final = 4
_MASTER_PX: Final = 64
_LARGEST_PX: Final = 320
_SIDES_PX: Final = np.rint(
    2.0 ** (np.arange(_SIZES_PER_OCTAVE * math.log2(_LARGEST_PX) + 1.0) / _SIZES_PER_OCTAVE)
).astype(np.intp)  # of the pictures, by the size step
_KEPT_PX: Final = 1_500_000  # 6 MB
_SEED: Final = 5


class ParticleSprites:
    """Makes and keeps pictures of particles."""

    def __init__(self) -> None:
        self._masters = _masters()
        self._kept: dict[int, pygame.Surface] = {}
        self._kept_px = 0

    def sizes(self, diameters_px: FloatArray) -> Indices:
        """Return the size step nearest to each diameter."""
        limited = np.clip(diameters_px, 1.0, _LARGEST_PX)
        steps: Indices = np.rint(_SIZES_PER_OCTAVE * np.log2(limited)).astype(np.intp)
        return steps

    def strengths(self, alphas: FloatArray) -> Indices:
        """Return the strength step nearest to each alpha, 0..1; 0 is not seen."""
        steps = _STRENGTHS * np.sqrt(np.clip(alphas, 0.0, 1.0))
        nearest: Indices = np.rint(steps).astype(np.intp)
        return nearest

    def codes(
        self, material: Indices, variant: Indices, size: Indices, strength: Indices
    ) -> Indices:
        """Return the number of the picture of each particle."""
        kind = material * VARIANTS + variant
        return np.asarray((kind * len(_SIDES_PX) + size) * (_STRENGTHS + 1) + strength, np.intp)

    def sides_px(self, size: Indices) -> Indices:
        """Return how wide the pictures of these size steps are."""
        return np.asarray(_SIDES_PX[size], np.intp)

    def get(self, code: int) -> pygame.Surface:
        """Return the picture of a number, made when it is first used."""
        picture = self._kept.get(code)
        return self._make(code) if picture is None else picture

    def _make(self, code: int) -> pygame.Surface:
        rest, strength = divmod(code, _STRENGTHS + 1)
        rest, size = divmod(rest, len(_SIDES_PX))
        material, variant = divmod(rest, VARIANTS)
        side = int(_SIDES_PX[size])
        master = self._masters[ParticleMaterial(material), variant]
        picture = pygame.transform.smoothscale(master, (side, side))
        alpha = round(255.0 * (strength / _STRENGTHS) ** 2)
        picture.fill((255, 255, 255, alpha), special_flags=pygame.BLEND_RGBA_MULT)
        self._kept_px += side * side
        if self._kept_px > _KEPT_PX:
            self._kept.clear()
            self._kept_px = side * side
        self._kept[code] = picture
        return picture


@lru_cache(maxsize=1)
def _masters() -> dict[tuple[ParticleMaterial, int], pygame.Surface]:
    """Return the pictures that all others are scaled from, shared by all cars."""
    generator = np.random.default_rng(_SEED)
    clouds = [_cloud(generator) for _ in range(VARIANTS)]
    return {
        (material, variant): _picture(cloud if material in _SOFT else _ball(), _SHADES[material])
        for material in ParticleMaterial
        for variant, cloud in enumerate(clouds)
    }


def _cloud(generator: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Return the light and cover of a cloud: blobs within a soft disc, brighter towards the sun."""
    x, y = _disc()
    away = np.hypot(x, y)
    lumps = np.zeros_like(x)
    for _ in range(14):
        direction_rad, out = generator.uniform(0.0, 2.0 * math.pi), generator.uniform(0.0, 0.62)
        middle_x, middle_y = out * math.cos(direction_rad), out * math.sin(direction_rad)
        lumps += np.exp(-((x - middle_x) ** 2 + (y - middle_y) ** 2) / 0.035)
    cover = np.clip(1.0 - away, 0.0, 1.0) ** 1.1 * (0.55 + 0.45 * np.clip(lumps / 1.6, 0.0, 1.0))
    reach = math.hypot(*SUN_SHADOW)
    sunward = (-SUN_SHADOW[0] * x + SUN_SHADOW[1] * y) / reach
    return 0.88 + 0.40 * sunward, cover


def _ball() -> tuple[FloatArray, FloatArray]:
    """Return the light and cover of something solid."""
    x, y = _disc()
    return 1.0 - 0.35 * x + 0.35 * -y, np.clip((0.9 - np.hypot(x, y)) * 12.0, 0.0, 1.0)


def _disc() -> tuple[FloatArray, FloatArray]:
    """Return the places within the picture, -1..1, right and down."""
    axis = (np.arange(_MASTER_PX) + 0.5) / (0.5 * _MASTER_PX) - 1.0
    x, y = np.meshgrid(axis, axis, indexing="ij")
    return x, y


def _picture(
    light_and_cover: tuple[FloatArray, FloatArray], shade: tuple[int, int, int]
) -> pygame.Surface:
    light, cover = light_and_cover
    picture = pygame.Surface(cover.shape, pygame.SRCALPHA)
    colour = np.clip(np.array(shade) * light[..., None], 0.0, 255.0)
    pygame.surfarray.pixels3d(picture)[:] = colour.astype(np.uint8)
    pygame.surfarray.pixels_alpha(picture)[:] = (255.0 * cover).astype(np.uint8)
    return picture
