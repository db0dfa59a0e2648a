"""A picture of a piece in the making: colours that layers are laid on, and its noise."""

from __future__ import annotations

from typing import Final

import numpy as np
import pygame

from game.app.canvas.noise import GrainLayer, NoiseLayer, grain, noise
from game.app.canvas.patches import Piece
from game.arrays import Field

Colour = tuple[float, float, float]

_ROUNDING: Final = GrainLayer(seed=900)


class Sheet:
    """Red, green and blue of every pixel, 0..255, shape (3, pixels, pixels), row by row."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self.rgb = np.zeros((3, piece.pixels, piece.pixels), np.float32)
        self._noises: dict[tuple[NoiseLayer, tuple[float, float]], Field] = {}
        self._grains: dict[GrainLayer, Field] = {}

    def noise(self, layer: NoiseLayer, shift_m: tuple[float, float] = (0.0, 0.0)) -> Field:
        """A noise layer of this piece, made once; not to be changed."""
        key = (layer, shift_m)
        if key not in self._noises:
            self._noises[key] = noise(self.piece, layer, shift_m)
        return self._noises[key]

    def grain(self, layer: GrainLayer) -> Field:
        """A grain layer of this piece, made once; not to be changed."""
        if layer not in self._grains:
            self._grains[layer] = grain(self.piece, layer)
        return self._grains[layer]

    def flat(self, value: float = 0.0) -> Field:
        """The same value everywhere."""
        return np.full((self.piece.pixels, self.piece.pixels), value, np.float32)

    def within(self, distance_m: Field) -> Field:
        """The share of each pixel on the negative side of a signed distance."""
        share: Field = np.clip(0.5 - distance_m * np.float32(self.piece.pixels_per_m), 0.0, 1.0)
        return share

    def line(self, distance_m: Field, width_m: float, least_pixels: float = 0.0) -> Field:
        """The share of each pixel on a line of some width where a distance is zero."""
        width_m = max(width_m, least_pixels / self.piece.pixels_per_m)
        half_m = np.float32(0.5 * width_m)
        return self.within(np.abs(distance_m) - half_m) * np.float32(
            min(1.0, width_m * self.piece.pixels_per_m)
        )

    def lay(self, colour: Colour | Field, share: Field) -> None:
        """Cover a share of every pixel with a colour, or with colours of shape (3, ...)."""
        for plane, value in zip(self.rgb, colour, strict=True):
            plane += (np.asarray(value, np.float32) - plane) * share

    def shade(self, factor: Field) -> None:
        """Make lighter or darker."""
        self.rgb *= factor

    def surface(self) -> pygame.Surface:
        """The picture; each value is rounded by dice, so that soft slopes show no steps."""
        side = self.piece.pixels
        surface = pygame.Surface((side, side), 0, 32)
        pixels = pygame.surfarray.pixels3d(surface).transpose(1, 0, 2)
        dice = self.grain(_ROUNDING)
        for channel in range(3):
            pixels[:, :, channel] = np.clip(self.rgb[channel] + dice, 0.0, 255.0)
        return surface


def toned(colour: Colour, factor: Field) -> Field:
    """A colour, lighter and darker by a factor, shape (3, ...)."""
    return np.asarray(colour, np.float32)[:, None, None] * factor


def mixed(one: Colour | Field, other: Colour | Field, share: Field) -> Field:
    """Between two colours, shape (3, ...)."""
    planes = [
        np.asarray(a, np.float32) + (np.asarray(b, np.float32) - np.asarray(a, np.float32)) * share
        for a, b in zip(one, other, strict=True)
    ]
    return np.stack(planes)


def smooth(value: Field, low: float, high: float) -> Field:
    """0 below `low`, 1 above `high`, smooth between them; the other way round if high < low."""
    share = np.clip((value - np.float32(low)) / np.float32(high - low), 0.0, 1.0)
    rising: Field = share * share * (3.0 - 2.0 * share)
    return rising
