"""The picture of a piece while it is painted: colours that layers are blended onto, and noise."""

from __future__ import annotations

from typing import Final

import numpy as np
import pygame

from game.app.canvas.noise import GrainLayer, NoiseLayer, grain, noise
from game.app.canvas.patches import Piece
from game.arrays import Field

FloatColour = tuple[float, float, float]

_ROUNDING: Final = GrainLayer(seed=900)


class Sheet:
    """Red, green and blue of every pixel, 0..255, shape (3, pixels, pixels), row by row."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.rgb = np.zeros((3, piece.pixels, piece.pixels), np.float32)
        self._noises: dict[tuple[NoiseLayer, tuple[float, float]], Field] = {}
        self._grains: dict[GrainLayer, Field] = {}

    def noise(self, layer: NoiseLayer, shift_m: tuple[float, float] = (0.0, 0.0)) -> Field:
        """Return a noise layer of this piece, made once; not to be changed."""
        key = (layer, shift_m)
        if key not in self._noises:
            self._noises[key] = noise(self.piece, layer, shift_m)
        return self._noises[key]

    def grain(self, layer: GrainLayer) -> Field:
        """Return a grain layer of this piece, made once; not to be changed."""
        if layer not in self._grains:
            self._grains[layer] = grain(self.piece, layer)
        return self._grains[layer]

    def constant(self, value: float = 0.0) -> Field:
        """Return an array of one value for every pixel."""
        return np.full((self.piece.pixels, self.piece.pixels), value, np.float32)

    def coverage(self, distance_m: Field) -> Field:
        """Return the share of each pixel that lies where a signed distance is negative."""
        share: Field = np.clip(0.5 - distance_m * np.float32(self.piece.pixels_per_m), 0.0, 1.0)
        return share

    def line(self, distance_m: Field, width_m: float, min_pixels: float = 0.0) -> Field:
        """Return the share of each pixel on a line of some width where a distance is zero."""
        width_m = max(width_m, min_pixels / self.piece.pixels_per_m)
        half_m = np.float32(0.5 * width_m)
        return self.coverage(np.abs(distance_m) - half_m) * np.float32(
            min(1.0, width_m * self.piece.pixels_per_m)
        )

    def blend(self, colour: FloatColour | Field, share: Field) -> None:
        """Blend a colour, or colours of shape (3, ...), onto a share of every pixel."""
        for plane, value in zip(self.rgb, colour, strict=True):
            plane += (np.asarray(value, np.float32) - plane) * share

    def multiply(self, factor: Field) -> None:
        """Multiply the colours: lighter above 1, darker below."""
        self.rgb *= factor

    def surface(self) -> pygame.Surface:
        """Return the picture, each value rounded up or down at random, so that gradients show no
        steps.
        """
        side = self.piece.pixels
        surface = pygame.Surface((side, side), 0, 32)
        pixels = pygame.surfarray.pixels3d(surface).transpose(1, 0, 2)
        fraction = self.grain(_ROUNDING)
        for channel in range(3):
            pixels[:, :, channel] = np.clip(self.rgb[channel] + fraction, 0.0, 255.0)
        return surface


def tinted(colour: FloatColour, factor: Field) -> Field:
    """Return a colour multiplied by a factor for each pixel, shape (3, ...)."""
    return np.asarray(colour, np.float32)[:, None, None] * factor


def mix(one: FloatColour | Field, other: FloatColour | Field, share: Field) -> Field:
    """Return the mixture of two colours by a share of the second, shape (3, ...)."""
    planes = [
        np.asarray(a, np.float32) + (np.asarray(b, np.float32) - np.asarray(a, np.float32)) * share
        for a, b in zip(one, other, strict=True)
    ]
    return np.stack(planes)


def smoothstep(value: Field, low: float, high: float) -> Field:
    """Return 0 below `low`, 1 above `high`, smooth between them; falling if high < low."""
    share = np.clip((value - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    rising: Field = share * share * (3.0 - 2.0 * share)
    return rising
