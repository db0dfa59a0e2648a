"""Hold the picture of a piece while it is painted: colours that layers blend onto, and noise."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from game.app.canvas.noise import (
    NO_SHIFT,
    GrainLayer,
    NoiseLayer,
    Pattern,
    ReliefLayer,
    Shift,
    grain,
    noise,
    noise_sum,
    relief,
)
from game.app.canvas.patches import Piece
from game.arrays import FloatArray

Layer = NoiseLayer | ReliefLayer | GrainLayer
Terms = tuple[tuple[Layer, float], ...]
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
                elif isinstance(layer, ReliefLayer):
                    parts.append((relief(self.piece, layer), factor))
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

    def noise_sum(self, constant: float, *terms: tuple[Layer, float]) -> FloatArray:
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

    def blend(self, colour: FloatColour, share: FloatArray, tone: FloatArray | None = None) -> None:
        """Blend a colour, multiplied by a tone for each pixel, onto a share of every pixel."""
        self.lay(share, (colour, share if tone is None else share * tone))

    def blend_mixture(
        self,
        colours: tuple[FloatColour, FloatColour],
        second: FloatArray,
        share: FloatArray,
        tone: FloatArray,
    ) -> None:
        """Blend a mixture of two colours, by a share of the second, times a tone for each pixel."""
        whole = share * tone
        of_second = whole * second
        self.lay(share, (colours[0], whole - of_second), (colours[1], of_second))

    def lay(self, share: FloatArray, *weighted: tuple[FloatColour, FloatArray]) -> None:
        """Replace a share of every pixel by the sum of some colours, each times its weight."""
        self.multiply(np.float32(1.0) - share)
        self._add(weighted)

    def fill(self, *weighted: tuple[FloatColour, FloatArray]) -> None:
        """Fill all pixels with the sum of some colours, each times its weight for each pixel."""
        self.rgb[:] = 0.0
        self._add(weighted)

    def lay_picture(self, rgb: FloatArray, share: FloatArray) -> None:
        """Replace a share of every pixel by colours, shape (3, ...)."""
        for plane, value in zip(self.rgb, rgb, strict=True):
            towards = value - plane
            towards *= share
            plane += towards

    def multiply(self, factor: FloatArray) -> None:
        """Multiply the colours: lighter above 1, darker below."""
        for plane in self.rgb:
            plane *= factor

    def _add(self, weighted: Sequence[tuple[FloatColour, FloatArray]]) -> None:
        for colour, weight in weighted:
            for plane, value in zip(self.rgb, colour, strict=True):
                cv2.scaleAdd(weight, value, plane, plane)

    def write_onto(self, pixels: npt.NDArray[np.uint8]) -> None:
        """Write the colours into their block of a picture of the piece: blue, green, red, clear.

        Each value is rounded up or down at random, so that gradients show no steps.
        """
        random = np.ascontiguousarray(self.grain(_ROUNDING))
        channels = []
        for plane in reversed(self.rgb):
            plane += random
            np.maximum(plane, np.float32(0.5), out=plane)
            channels.append(cv2.convertScaleAbs(plane, alpha=1.0, beta=-0.5))
        pixels[self.block] = cv2.merge([*channels, np.zeros_like(channels[0])])


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
