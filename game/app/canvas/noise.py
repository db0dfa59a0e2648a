"""Make noise anchored to the world: the same however pieces are cut, at every scale."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from game.app.canvas.patches import Piece

Floats = npt.NDArray[np.floating]
Whole = npt.NDArray[np.int64]

# A cubic spline over white noise keeps this share of its deviation in each of two directions.
_SPLINE_SHARE: Final = 0.4794
_MIN_PIXELS: Final = 1.5  # between lattice points: of finer noise only the mean is visible
_FULL_PIXELS: Final = 3.0
_SMOOTH_PIXELS: Final = 48.0  # between lattice points: then cells are upsampled
_CELL: Final = 8
_TABLE: Final = 4096
_PRIMES: Final = (73, 1031, 557)


class NoiseLayer(NamedTuple):
    """A pattern of soft noise. Layers of the same step differ by their seeds."""

    step_m: float  # between the points of its lattice; its lumps are about two steps wide
    seed: int

    @property
    def lattice_seed(self) -> int:
        """The seed of its lattice: layers of the same seed differ, too, if their steps do."""
        return self.seed + round(100.0 * self.step_m)


class GrainLayer(NamedTuple):
    """A pattern of values without any relation from pixel to pixel."""

    seed: int


# Layers that several modules paint with, so that what they paint varies together.
GROUND_BROAD: Final = NoiseLayer(60.0, seed=1)
GROUND_GROWTH: Final = NoiseLayer(38.0, seed=5)
GROUND_LARGE: Final = NoiseLayer(14.0, seed=2)
GROUND_MEDIUM: Final = NoiseLayer(2.5, seed=3)
GROUND_SMALL: Final = NoiseLayer(0.6, seed=4)
GROUND_FINE: Final = NoiseLayer(0.2, seed=5)
GROUND_FINEST: Final = NoiseLayer(0.1, seed=6)
GROUND_GRAIN: Final = GrainLayer(seed=7)
GRAVEL_SMALL: Final = NoiseLayer(0.6, seed=98)
GRAVEL_GRAIN: Final = GrainLayer(seed=100)
PAINT_WEAR: Final = NoiseLayer(2.5, seed=75)
PAINT_WEAR_SMALL: Final = NoiseLayer(0.6, seed=76)
STRUCTURE_GRAIN: Final = GrainLayer(seed=88)


def noise(piece: Piece, layer: NoiseLayer, shift_m: tuple[float, float] = (0.0, 0.0)) -> Floats:
    """Return soft noise of unit standard deviation, shape (pixels, pixels).

    It fades to zero where the piece's pixels are too coarse for it. `shift_m` moves it east and
    north.
    """
    share = visibility(piece, layer.step_m)
    if share == 0.0:
        return np.zeros((piece.pixels, piece.pixels), np.float32)
    if layer.step_m * piece.pixels_per_m < _SMOOTH_PIXELS:
        places: Floats = np.arange(piece.pixels) + 0.5
        return share * _spline_noise(piece, places, layer, shift_m)
    places = _CELL * np.arange(piece.pixels // _CELL + 1.0)
    return upsampled(share * _spline_noise(piece, places, layer, shift_m), _CELL)


def upsampled(coarse: Floats, cell: int) -> Floats:
    """Interpolate values at the corners of square cells to the middles of their pixels."""
    pixels = cell * (len(coarse) - 1)
    place = (np.arange(pixels) + 0.5) / cell
    low = place.astype(np.intp)
    part = (place - low).astype(np.float32)
    wide = coarse[:, low]
    wide += (coarse[:, low + 1] - wide) * part
    fine = wide[low]
    fine += (wide[low + 1] - fine) * part[:, None]
    return fine


def _spline_noise(
    piece: Piece, places: Floats, layer: NoiseLayer, shift_m: tuple[float, float]
) -> Floats:
    """Return noise at the crossings of columns and rows at these places, counted in pixels."""
    step_m = layer.step_m
    metres = places / piece.pixels_per_m
    across = (piece.west_m - shift_m[0] + metres) / step_m
    down = (shift_m[1] - piece.south_m - piece.side_m + metres) / step_m
    first, weights = _spline(across)
    first_row, row_weights = _spline(down)
    columns = np.arange(first[0], first[-1] + 4)
    rows = np.arange(first_row[0], first_row[-1] + 4)
    lattice = hashed(columns[None, :], rows[:, None], layer.lattice_seed) - np.float32(0.5)
    lattice *= np.float32(12.0**0.5 / _SPLINE_SHARE)
    wide = np.zeros((len(rows), len(places)), np.float32)
    for tap in range(4):
        wide += lattice[:, first - first[0] + tap] * weights[tap]
    field = np.zeros((len(places), len(places)), np.float32)
    for tap in range(4):
        field += wide[first_row - first_row[0] + tap] * row_weights[tap][:, None]
    return field


def grain(piece: Piece, layer: GrainLayer) -> Floats:
    """Return a value in 0..1 for every pixel, shape (pixels, pixels)."""
    column = round(piece.west_m * piece.pixels_per_m) + np.arange(piece.pixels)
    row = round(-(piece.south_m + piece.side_m) * piece.pixels_per_m) + np.arange(piece.pixels)
    return hashed(column[None, :], row[:, None], layer.seed)


def streaks(along: Floats, across: Floats, seed: int) -> Floats:
    """Return noise of about unit deviation over two coordinates, counted in lumps of it."""
    table = hashed(np.arange(_TABLE + 1), np.zeros(1, np.int64), seed) - np.float32(0.5)
    table *= np.float32(12.0**0.5 * 1.5)
    low, left = np.floor(along), np.floor(across)
    u, v = along - low, across - left
    u *= u * (3.0 - 2.0 * u)
    v *= v * (3.0 - 2.0 * v)
    index = low.astype(np.int32) * _PRIMES[0] + left.astype(np.int32) * _PRIMES[1]
    total = np.zeros_like(along)
    for step, weight in ((0, 1.0 - u), (_PRIMES[0], u)):
        near = table.take((index + step) & (_TABLE - 1))
        far = table.take((index + (step + _PRIMES[1])) & (_TABLE - 1))
        total += weight * (near + v * (far - near))
    return total


def visibility(piece: Piece, step_m: float) -> float:
    """Return how much of a pattern with that step a piece has the pixels to show, 0..1."""
    pixels = step_m * piece.pixels_per_m
    return min(max((pixels - _MIN_PIXELS) / (_FULL_PIXELS - _MIN_PIXELS), 0.0), 1.0)


def hashed(column: Whole, row: Whole, seed: int) -> Floats:
    """Return a pseudo-random value in 0..1 for every pair of whole numbers, evenly distributed."""
    mix = _scrambled(column.astype(np.uint32) * np.uint32(0x9E3779B1) + np.uint32(seed * 7919))
    mix = _scrambled(mix ^ (row.astype(np.uint32) * np.uint32(0x85EBCA77)))
    return mix.astype(np.float32) * np.float32(2.0**-32)


def _scrambled(number: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Scramble whole numbers by two rounds of shift and multiply, after Mueller's integer hash."""
    number = (number ^ (number >> np.uint32(16))) * np.uint32(0x45D9F3B)
    number = (number ^ (number >> np.uint32(16))) * np.uint32(0x45D9F3B)
    return number ^ (number >> np.uint32(16))


def _spline(places: Floats) -> tuple[Whole, list[Floats]]:
    """Return the first of four lattice points and their weights for each place: cubic B-spline."""
    first = np.floor(places).astype(np.int64)
    t = (places - first).astype(np.float32)
    u = 1.0 - t
    weights = [
        u * u * u / 6.0,
        (4.0 - 6.0 * t * t + 3.0 * t * t * t) / 6.0,
        (4.0 - 6.0 * u * u + 3.0 * u * u * u) / 6.0,
        t * t * t / 6.0,
    ]
    return first, weights
