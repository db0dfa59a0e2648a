"""Draw pictures of trees, bushes and stones from above, lit by the sun."""

from __future__ import annotations

import math
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import pygame

from game.app.canvas.sun import SUN_SHADOW
from game.app.objects.crown_shapes import SIDE, heights
from game.app.surfaces.landscape import Species
from game.arrays import Array

VARIANTS: Final = 4
_SEED: Final = 5
_ELEVATION: Final = 1.25  # of the sun: height over horizontal distance
_STONE_ROUGH: Final = 0.22  # the roughness of a stone, as a share of that of leaves


class TreeSprite(NamedTuple):
    """Holds two pictures of a tree: colours times opacity, and a white one for the shadow."""

    crown: pygame.Surface
    shadow: pygame.Surface


@cache
def tree_sprites(species: tuple[Species, ...]) -> tuple[TreeSprite, ...]:
    """Return some variants of each species; number `kind` is of species `kind % len(species)`."""
    rng = np.random.default_rng(_SEED)
    return tuple(_tree_sprite(each, rng) for _ in range(VARIANTS) for each in species)


def _tree_sprite(species: Species, rng: np.random.Generator) -> TreeSprite:
    height = heights(species, rng)
    leaves = _leaves(rng, 1.1)
    rough = 0.030 * leaves + 0.035 * _leaves(rng, 2.2)
    if species.shape == "stone":
        rough *= _STONE_ROUGH
    rough = height + rough
    opacity = np.clip((height - 0.34 + 0.10 * leaves) / 0.10, 0.0, 1.0)
    opacity *= np.clip(1.6 - species.gaps * (1.25 * _leaves(rng, 2.0) + 1.3 - height), 0.0, 1.0)
    slope_down, slope_right = np.gradient(rough * 0.5 * SIDE)
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


def _leaves(rng: np.random.Generator, radius: float) -> Array:
    """Return noise of unit deviation with lumps of some pixels."""
    spectrum = np.fft.rfft2(rng.standard_normal((SIDE, SIDE)))
    field = np.fft.irfft2(spectrum * _blur(radius), s=(SIDE, SIDE))
    return np.asarray(field / field.std())


@cache
def _blur(radius: float) -> Array:
    """Return the weights of the frequencies of a picture that is blurred over some pixels."""
    down, across = np.fft.fftfreq(SIDE)[:, None], np.fft.rfftfreq(SIDE)[None, :]
    return np.exp(-2.0 * (np.pi * radius) ** 2 * (across * across + down * down))


def _picture(rgb: Array, opacity: Array) -> pygame.Surface:
    surface = pygame.Surface((SIDE, SIDE), pygame.SRCALPHA, 32)
    pygame.surfarray.pixels3d(surface)[:] = (
        np.clip(rgb, 0.0, 255.0).astype(np.uint8).transpose(1, 0, 2)
    )
    pygame.surfarray.pixels_alpha(surface)[:] = (255.0 * opacity).astype(np.uint8).T
    return surface
