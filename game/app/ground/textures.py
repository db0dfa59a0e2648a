"""Noise that gives grass, gravel and tarmac their grain, so that speed is seen on all of them.

Every texture repeats after 32 or 64 m without a seam and is anchored to the world.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

Array = npt.NDArray[np.float32]

PIXELS: Final = 1024  # of a texture's side, at 32 and at 16 pixels a metre
_SEED: Final = 7
_GRASS: Final = (84, 118, 54)
_STRIPES_PER_PERIOD: Final = (3, 2)  # mowing, 8.9 m apart where a period is 32 m


@dataclass(frozen=True)
class Textures:
    """Square textures of one scale. Detail textures are factors, 128 standing for 1/2."""

    pixels_per_m: float
    grass: pygame.Surface
    hard: pygame.Surface  # tarmac's detail
    loose: pygame.Surface  # gravel's detail


def make_textures(pixels_per_m: float) -> Textures:
    """Textures of a scale of 32 pixels a metre or less, in powers of two."""
    if pixels_per_m >= 16.0:
        return _draw(pixels_per_m)
    whole = _draw(16.0)
    side = round(PIXELS * pixels_per_m / 16.0)
    return Textures(
        pixels_per_m,
        *(
            pygame.transform.smoothscale(surface, (side, side))
            for surface in (whole.grass, whole.hard, whole.loose)
        ),
    )


def lay(
    texture: pygame.Surface, target: pygame.Surface, left: int, top: int, flags: int = 0
) -> None:
    """Cover a target whose corner is at (left, top) of the endlessly repeated texture."""
    side = texture.get_width()
    for x in range(-(left % side), target.get_width(), side):
        for y in range(-(top % side), target.get_height(), side):
            target.blit(texture, (x, y), special_flags=flags)


@cache
def _draw(pixels_per_m: float) -> Textures:
    generator = np.random.default_rng(_SEED)
    white = generator.standard_normal((PIXELS, PIXELS)).astype(np.float32)
    spectrum = np.fft.rfft2(white)
    clump = _blurred(spectrum, 0.30 * pixels_per_m)
    patch = _blurred(spectrum, 1.5 * pixels_per_m)
    grain = _blurred(spectrum, 0.05 * pixels_per_m)
    stripe = _stripes(pixels_per_m)
    grass = 0.97 + 0.035 * stripe + 0.045 * patch + 0.05 * clump + 0.045 * grain
    tint = 0.03 * patch - 0.02 * clump
    hard = 0.90 + 0.012 * patch + 0.018 * clump + 0.030 * grain
    loose = 0.88 + 0.02 * patch + 0.03 * clump + 0.06 * grain
    colours = np.stack(
        [_GRASS[0] * (grass + tint), _GRASS[1] * grass, _GRASS[2] * (grass - tint)], axis=2
    )
    return Textures(pixels_per_m, _surface(colours), _grey(hard), _grey(loose))


def _blurred(spectrum: npt.NDArray[np.complexfloating], radius: float) -> Array:
    """White noise blurred without a seam, of unit variance."""
    across = np.fft.rfftfreq(PIXELS)[None, :]
    down = np.fft.fftfreq(PIXELS)[:, None]
    reach = 2.0 * np.pi * np.pi * radius * radius
    weight = np.exp(-reach * (across * across + down * down)).astype(np.float32)
    field = np.fft.irfft2(spectrum * weight, s=(PIXELS, PIXELS)).astype(np.float32)
    scaled: Array = field / field.std()
    return scaled


def _stripes(pixels_per_m: float) -> Array:
    periods = 32.0 * pixels_per_m
    x, y = np.meshgrid(np.arange(PIXELS), np.arange(PIXELS), indexing="ij")
    along, across = _STRIPES_PER_PERIOD
    wave = np.sin(2.0 * np.pi * (along * x + across * y) / periods)
    soft: Array = np.clip(3.0 * wave, -1.0, 1.0).astype(np.float32)
    return soft


def _grey(factor: Array) -> pygame.Surface:
    return _surface(np.repeat(255.0 * factor[:, :, None], 3, axis=2))


def _surface(colours: npt.NDArray[np.floating]) -> pygame.Surface:
    return pygame.surfarray.make_surface(np.clip(colours, 0.0, 255.0).astype(np.uint8)).convert()
