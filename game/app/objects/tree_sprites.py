"""Draw pictures of trees from above: clumps of leaves, lit by the sun."""

from __future__ import annotations

import math
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.canvas.sun import SUN_SHADOW
from game.arrays import Array

_SIDE: Final = 128  # pixels
_VARIANTS: Final = 4
_SEED: Final = 5
_ELEVATION: Final = 1.25  # of the sun: height over horizontal distance


class Species(NamedTuple):
    """A kind of tree: its colour, size and shape."""

    colour: tuple[float, float, float]
    min_radius_m: float  # of the crown
    max_radius_m: float
    height: float  # as a share of the radius
    clumps: int
    clump: float  # radius of a clump, as a share of the crown's
    gaps: float  # between leaves, 0..1
    fruit: float  # share of pixels that are oranges


ORANGE: Final = Species((72.0, 98.0, 42.0), 1.4, 2.1, 1.2, 60, 0.25, 0.10, 0.012)
OLIVE: Final = Species((116.0, 124.0, 82.0), 1.8, 2.9, 1.2, 80, 0.20, 0.42, 0.0)
PINE: Final = Species((84.0, 102.0, 52.0), 2.4, 4.4, 1.7, 110, 0.17, 0.25, 0.0)
OAK: Final = Species((92.0, 96.0, 50.0), 1.6, 3.2, 1.2, 70, 0.22, 0.25, 0.0)
SPECIES: Final = (ORANGE, OLIVE, PINE, OAK)


class TreeSprite(NamedTuple):
    """Two pictures of a tree: colours multiplied by opacity, and a white one for the shadow."""

    crown: pygame.Surface
    shadow: pygame.Surface


@cache
def tree_sprites() -> tuple[TreeSprite, ...]:
    """Return some variants of each species; number `kind` is of species `kind % len(SPECIES)`."""
    rng = np.random.default_rng(_SEED)
    return tuple(_tree_sprite(species, rng) for _ in range(_VARIANTS) for species in SPECIES)


def _tree_sprite(species: Species, rng: np.random.Generator) -> TreeSprite:
    height = _heights(species, rng)
    leaves = _leaves(rng, 1.1)
    rough = height + 0.030 * leaves + 0.035 * _leaves(rng, 2.2)
    opacity = np.clip((height - 0.34 + 0.10 * leaves) / 0.10, 0.0, 1.0)
    opacity *= np.clip(1.6 - species.gaps * (1.25 * _leaves(rng, 2.0) + 1.3 - height), 0.0, 1.0)
    slope_down, slope_right = np.gradient(rough * 0.5 * _SIDE)
    reach = math.hypot(*SUN_SHADOW)
    sun = np.array([-SUN_SHADOW[0] / reach, SUN_SHADOW[1] / reach, _ELEVATION])
    sun /= np.linalg.norm(sun)
    facing = (sun[2] - slope_right * sun[0] - slope_down * sun[1]) / np.sqrt(
        1.0 + slope_right**2 + slope_down**2
    )
    light = (0.50 + 0.95 * np.clip(facing, 0.0, 1.0)) * (0.55 + 0.55 * np.clip(height, 0.0, 1.0))
    warm = np.clip(facing, 0.0, 1.0)
    tint = rng.uniform(0.90, 1.10) * (1.0 + 0.04 * leaves)
    rgb = np.stack(
        [
            species.colour[0] * light * tint * (1.0 + 0.16 * warm),
            species.colour[1] * light * tint * (1.0 + 0.08 * warm),
            species.colour[2] * light * tint,
        ],
        axis=2,
    )
    ripe = (_leaves(rng, 1.0) > 2.15) & (species.fruit > 0.0) & (height > 0.3)
    rgb[ripe] = np.array([214.0, 128.0, 36.0]) * np.clip(light[ripe], 0.5, 1.1)[:, None]
    return TreeSprite(
        _picture(rgb * opacity[:, :, None], opacity), _picture(rgb * 0.0 + 255.0, opacity)
    )


def _heights(species: Species, rng: np.random.Generator) -> Array:
    """Return the leaves' height over the crown's base, as a share of its radius; about 0
    beside it.
    """
    axis = (np.arange(_SIDE) + 0.5) / (0.5 * _SIDE) - 1.0
    height = np.zeros((_SIDE, _SIDE))
    for clump in range(species.clumps):
        way_rad = 2.399963 * clump + rng.uniform(-0.4, 0.4)  # the golden angle fills a disc
        away = 0.76 * math.sqrt((clump + 0.5) / species.clumps) * rng.uniform(0.85, 1.08)
        radius = species.clump * rng.uniform(0.75, 1.2)
        foot = 0.70 * math.sqrt(max(0.0, 1.0 - away * away)) * rng.uniform(0.85, 1.1)
        across, down = axis - away * math.cos(way_rad), axis - away * math.sin(way_rad)
        part = np.ix_(np.abs(down) < radius, np.abs(across) < radius)
        depth = radius * radius - down[part[0]] ** 2 - across[part[1]] ** 2
        ball = foot + np.sqrt(np.maximum(depth, 0.0))
        height[part] = np.maximum(height[part], np.where(depth > 0.0, ball, 0.0))
    return height


def _leaves(rng: np.random.Generator, radius: float) -> Array:
    """Return noise of unit deviation with lumps of some pixels."""
    spectrum = np.fft.rfft2(rng.standard_normal((_SIDE, _SIDE)))
    down, across = np.fft.fftfreq(_SIDE)[:, None], np.fft.rfftfreq(_SIDE)[None, :]
    weight = np.exp(-2.0 * (np.pi * radius) ** 2 * (across * across + down * down))
    field = np.fft.irfft2(spectrum * weight, s=(_SIDE, _SIDE))
    return np.asarray(field / field.std())


def _picture(rgb: Array, opacity: Array) -> pygame.Surface:
    surface = pygame.Surface((_SIDE, _SIDE), pygame.SRCALPHA, 32)
    pygame.surfarray.pixels3d(surface)[:] = (
        np.clip(rgb, 0.0, 255.0).astype(np.uint8).transpose(1, 0, 2)
    )
    pygame.surfarray.pixels_alpha(surface)[:] = (255.0 * opacity).astype(np.uint8).T
    return surface
