"""Hold the picture of a piece while it is painted: colours that layers blend onto, and noise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

from game.app.canvas.noise import (
    NO_SHIFT,
    GrainLayer,
    NoiseLayer,
    Pattern,
    Shift,
    grain,
    noise,
    noise_sum,
)
from game.app.canvas.patches import Piece
from game.arrays import FloatArray

Terms = tuple[tuple[NoiseLayer | GrainLayer, float], ...]
_Noise = tuple[float, tuple[int, int], Shift]  # what sets a noise apart: its step, place and shift
FloatColour = tuple[float, float, float]

_ROUNDING: Final = GrainLayer(seed=900)
_NEAR_PX: Final = 1.5
_BLOCK: Final = 128  # side of a sheet: its layers fit the processor's cache together


class Patterns:
    """Keeps the noise and the grain of a piece, each layer begun when it is first asked for."""

    def __init__(self, piece: Piece) -> None:
        self.piece = piece
        self._noises: dict[_Noise, Pattern] = {}
        self._sums: dict[tuple[float, Terms], Pattern] = {}
        self._grains: dict[GrainLayer, Pattern] = {}

    def noise(self, layer: NoiseLayer, shift_m: Shift) -> Pattern:
        """Return a noise layer."""
        key = (layer.step_m, layer.origin_m, shift_m)
        if key not in self._noises:
            self._noises[key] = noise(self.piece, layer, shift_m)
        return self._noises[key]

    def noise_sum(self, constant: float, terms: Terms) -> Pattern:
        """Return a constant with layers added, each times a factor; grain less its mean."""
        key = (constant, terms)
        if key not in self._sums:
            parts: list[tuple[Pattern, float]] = []
            for layer, factor in terms:
                if isinstance(layer, GrainLayer):
                    parts.append((self.grain(layer), factor))
                    constant -= 0.5 * factor
                else:
                    parts.append((self.noise(layer, NO_SHIFT), factor))
            self._sums[key] = noise_sum(constant, parts)
        return self._sums[key]

    def grain(self, layer: GrainLayer) -> Pattern:
        """Return a grain layer."""
        if layer not in self._grains:
            self._grains[layer] = grain(self.piece, layer)
        return self._grains[layer]


class Sheet:
    """A sheet has the red, green and blue of a block's pixels, 0..255, shape (3, side, side)."""

    def __init__(self, patterns: Patterns, rows: slice, columns: slice) -> None:
        self.piece = patterns.piece.part(rows, columns)
        self.block = (rows, columns)
        self.rgb = np.zeros((3, self.piece.pixels, self.piece.pixels), np.float32)
        self._patterns = patterns
        self._noises: dict[_Noise, FloatArray] = {}

    def blank(self) -> Sheet:
        """Return another sheet of the same block, on which nothing is painted."""
        sheet = Sheet(self._patterns, *self.block)
        sheet._noises = self._noises
        return sheet

    def noise(self, layer: NoiseLayer, shift_m: Shift = NO_SHIFT) -> FloatArray:
        """Return a noise layer of this block, made once; not to be changed."""
        key = (layer.step_m, layer.origin_m, shift_m)
        if key not in self._noises:
            self._noises[key] = self._patterns.noise(layer, shift_m).block(*self.block)
        return self._noises[key]

    def noise_sum(
        self, constant: float, *terms: tuple[NoiseLayer | GrainLayer, float]
    ) -> FloatArray:
        """Return a constant with layers added, each times a factor; grain less its mean."""
        return self._patterns.noise_sum(constant, terms).block(*self.block)

    def grain(self, layer: GrainLayer) -> FloatArray:
        """Return a grain layer of this block; not to be changed."""
        return self._patterns.grain(layer).block(*self.block)

    def constant(self, value: float = 0.0) -> FloatArray:
        """Return an array of one value for every pixel."""
        return np.full((self.piece.pixels, self.piece.pixels), value, np.float32)

    def crosses(
        self, distance_m: FloatArray, low_m: float = -math.inf, high_m: float = math.inf
    ) -> bool:
        """Return whether a distance may lie between two values anywhere near a pixel."""
        near_m = _NEAR_PX / self.piece.pixels_per_m
        return bool(distance_m.min() < high_m + near_m and distance_m.max() > low_m - near_m)

    def coverage(self, distance_m: FloatArray) -> FloatArray:
        """Return the share of each pixel that lies where a signed distance is negative."""
        share: FloatArray = distance_m * np.float32(-self.piece.pixels_per_m)
        share += np.float32(0.5)
        return np.clip(share, 0.0, 1.0, out=share)

    def line(self, distance_m: FloatArray, width_m: float, min_pixels: float = 0.0) -> FloatArray:
        """Return the share of each pixel on a line of some width where a distance is zero."""
        width_m = max(width_m, min_pixels / self.piece.pixels_per_m)
        half_m = np.float32(0.5 * width_m)
        return self.coverage(np.abs(distance_m) - half_m) * np.float32(
            min(1.0, width_m * self.piece.pixels_per_m)
        )

    def blend(self, colour: FloatColour | FloatArray, share: FloatArray) -> None:
        """Blend a colour, or colours of shape (3, ...), onto a share of every pixel."""
        for plane, value in zip(self.rgb, colour, strict=True):
            towards = np.asarray(value, np.float32) - plane
            towards *= share
            plane += towards

    def multiply(self, factor: FloatArray) -> None:
        """Multiply the colours: lighter above 1, darker below."""
        self.rgb *= factor

    def write_onto(self, pixels: npt.NDArray[np.uint8]) -> None:
        """Write the colours into their block of a picture of the piece: blue, green, red, clear.

        Each value is rounded up or down at random, so that gradients show no steps.
        """
        self.rgb += self.grain(_ROUNDING)
        np.clip(self.rgb, 0.0, 255.0, out=self.rgb)
        block = pixels[self.block]
        for channel in range(3):
            block[:, :, 2 - channel] = self.rgb[channel]


def shows(share: FloatArray) -> bool:
    """Return whether any of these shares of pixels, which are not negative, is above zero."""
    return bool(share.max() > 0.0)


def sheets(patterns: Patterns) -> Iterator[Sheet]:
    """Yield the blocks of a piece, one after the other."""
    whole = patterns.piece.pixels
    side = _BLOCK if whole % _BLOCK == 0 else whole
    for row in range(0, whole, side):
        for column in range(0, whole, side):
            yield Sheet(patterns, slice(row, row + side), slice(column, column + side))


def tinted(colour: FloatColour, factor: FloatArray) -> FloatArray:
    """Return a colour multiplied by a factor for each pixel, shape (3, ...)."""
    return np.asarray(colour, np.float32)[:, None, None] * factor


def mix(
    one: FloatColour | FloatArray, other: FloatColour | FloatArray, share: FloatArray
) -> FloatArray:
    """Return the mixture of two colours by a share of the second, shape (3, ...)."""
    mixed = np.empty((3, *share.shape), np.float32)
    for plane, a, b in zip(mixed, one, other, strict=True):
        first = np.asarray(a, np.float32)
        np.multiply(share, np.asarray(b, np.float32) - first, out=plane)
        plane += first
    return mixed


def smoothstep(value: FloatArray, low: float, high: float) -> FloatArray:
    """Return 0 below `low`, 1 above `high`, smooth between them; falling if high < low."""
    slope = 1.0 / (high - low)
    share = value * np.float32(slope)
    share -= np.float32(low * slope)
    np.clip(share, 0.0, 1.0, out=share)
    rising: FloatArray = share * np.float32(-2.0)
    rising += np.float32(3.0)
    rising *= share
    rising *= share
    return rising
