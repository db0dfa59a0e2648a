"""Make noise anchored to the world: the same however pieces are cut, and at every scale.

Fine noise is cut from sheets that are made once and repeat after 64 m or more. Coarser noise is
worked out for each piece at few points, and enlarged.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple, Protocol

import cv2
import numpy as np
import numpy.typing as npt

from game.app.canvas.patches import Piece
from game.app.canvas.sun import SUN_SHADOW
from game.arrays import FloatArray

WholeNumbers = npt.NDArray[np.int64]
Shift = tuple[float, float]

NO_SHIFT: Final[Shift] = (0.0, 0.0)

# A cubic spline over white noise keeps this share of its deviation in each of two directions.
_SPLINE_SHARE: Final = 0.4794
_MIN_PIXELS: Final = 1.5  # between lattice points: of finer noise only the mean is visible
_FULL_PIXELS: Final = 3.0
_CELLS: Final = ((20.0, 8), (8.0, 4))  # pixels between lattice points: side of a cell
_PERIODS_M: Final = ((0.4, 64), (1.0, 128), (2.0, 256), (4.0, 512))  # of noise of smaller steps
_NEVER_M: Final = 1 << 14  # the period of all other noise: wider than any circuit
_PLACES: Final = 4  # at which layers of the same step are cut from it
_ORIGIN_M: Final = (6553, 2089)  # by which a layer's seed moves it
_SHEET_PX: Final = 1024  # maximum side of a sheet of noise, and the side of that of grain
_OVERHANG_PX: Final = 128  # by which a sheet goes on, so that blocks cut across its edge are whole
_SLOPE_REACH: Final = 0.25  # of a noise's step, between the two places that make a slope
_STEEPNESS: Final = 2.2  # by which slopes have about the deviation of the noise
_LUMPS: Final = 256  # along a side of the sheet of streaks
_LUMP_PX: Final = 4  # pixels of a lump


class NoiseLayer(NamedTuple):
    """A noise layer is soft noise, cut from one pattern that all layers of its step share.

    Few places are used, so that many layers share what is worked out for them.
    """

    step_m: float  # between the points of its lattice; its lumps are about two steps wide
    seed: int

    @property
    def origin_m(self) -> tuple[int, int]:
        """Return where it begins in the noise that all layers of its step are cut from."""
        place = self.seed % _PLACES
        return place * _ORIGIN_M[0] % _NEVER_M, place * _ORIGIN_M[1] % _NEVER_M


class ReliefLayer(NamedTuple):
    """A relief layer is how much the slopes of a noise face the sun."""

    noise: NoiseLayer


class GrainLayer(NamedTuple):
    """A grain layer has values without any relation from pixel to pixel."""

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


class Pattern(Protocol):
    """A pattern has a value for every pixel of a piece, and works them out block by block."""

    def block(self, rows: slice, columns: slice) -> FloatArray:
        """Return the values of a block; not to be changed."""
        ...


def noise(piece: Piece, layer: NoiseLayer, shift_m: Shift = NO_SHIFT) -> Pattern:
    """Return soft noise of unit standard deviation.

    It fades to zero where the piece's pixels are too coarse for it. `shift_m` moves it east and
    north.
    """
    share = visibility(piece, layer.step_m)
    if share == 0.0:
        return _Even()
    step_px = layer.step_m * piece.pixels_per_m
    period_px = _period_m(layer.step_m) * piece.pixels_per_m
    cell = next((cell for min_px, cell in _CELLS if step_px >= min_px), 1)
    if cell == 1 and period_px <= _SHEET_PX and period_px == round(period_px):
        sheet = _noise_sheet(layer.step_m, piece.pixels_per_m, share, shift_m)
        east_m, north_m = layer.origin_m
        return _Repeating(
            sheet,
            piece,
            round(piece.pixels_per_m * east_m),
            round(piece.pixels_per_m * north_m),
        )
    cell = cell if piece.pixels % cell == 0 else 1
    return _InCells(share * _noise_at_cells(piece, layer, shift_m, cell), cell)


def relief(piece: Piece, layer: ReliefLayer) -> Pattern:
    """Return the slopes of a noise towards the sun."""
    reach_m = _SLOPE_REACH * layer.noise.step_m
    shift_m = (reach_m * SUN_SHADOW[0], reach_m * SUN_SHADOW[1])
    here = noise(piece, layer.noise)
    if isinstance(here, _Repeating):
        return here.with_sheet(_relief_sheet(layer, piece.pixels_per_m, shift_m))
    sunward = noise(piece, layer.noise, shift_m)
    if isinstance(here, _InCells) and isinstance(sunward, _InCells):
        return _InCells(_STEEPNESS * (here.coarse - sunward.coarse), here.cell)
    return _Even()


def noise_sum(constant: float, terms: Sequence[tuple[Pattern, float]]) -> Pattern:
    """Return the sum of a constant and of noises, each times a factor.

    Noises known at the corners of cells are added there, before they are enlarged.
    """
    in_cells = [(each, factor) for each, factor in terms if isinstance(each, _InCells)]
    repeating = [(each, factor) for each, factor in terms if isinstance(each, _Repeating)]
    cell = min((each.cell for each, _ in in_cells if each.cell > 1), default=1)
    sums: dict[int, FloatArray] = {}
    for each, factor in in_cells:
        own = 1 if each.cell == 1 else cell  # one known at every pixel has no corners
        part = np.float32(factor) * _refined(each.coarse, each.cell // own)
        sums[own] = sums[own] + part if own in sums else part
    return _Sum(constant, [_InCells(total, own) for own, total in sums.items()], repeating)


def grain(piece: Piece, layer: GrainLayer) -> Pattern:
    """Return a value in 0..1 for every pixel, without any relation to the next."""
    return _Repeating(_grain_sheet(), piece, layer.seed * _ORIGIN_M[0], layer.seed * _ORIGIN_M[1])


def upsampled(coarse: FloatArray, cell: int) -> FloatArray:
    """Interpolate values at the corners of square cells to the middles of their pixels."""
    height, width = coarse.shape
    around = np.asarray(cv2.resize(coarse, (width * cell, height * cell)), np.float32)
    # Half a cell lies around the outermost corners.
    before, after = cell // 2, cell - cell // 2
    inside = around[before : height * cell - after, before : width * cell - after]
    return np.ascontiguousarray(inside)  # which halves the time of everything done with it


def streaks(along: FloatArray, across: FloatArray, seed: int) -> FloatArray:
    """Return noise of about unit deviation over two coordinates, counted in lumps of it."""
    begin_along, begin_across = seed * _ORIGIN_M[0] % _LUMPS, seed * _ORIGIN_M[1] % _LUMPS
    begin_along -= _LUMPS * round(float(along[0, 0]) / _LUMPS)
    column = (along + np.float32(begin_along)) * np.float32(_LUMP_PX)
    row = (across + np.float32(begin_across)) * np.float32(_LUMP_PX)
    field = cv2.remap(_streak_sheet(), column, row, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return np.asarray(field, np.float32)


def visible_streaks(
    piece: Piece, step_m: float, along: FloatArray, across: FloatArray, seed: int
) -> FloatArray | float:
    """Return streaks as far as a piece has the pixels to show a pattern with that step."""
    share = visibility(piece, step_m)
    return share * streaks(along, across, seed) if share > 0.0 else 0.0


def visibility(piece: Piece, step_m: float) -> float:
    """Return how much of a pattern with that step a piece has the pixels to show, 0..1."""
    return _visibility_at(piece.pixels_per_m, step_m)


def _visibility_at(pixels_per_m: float, step_m: float) -> float:
    pixels = step_m * pixels_per_m
    return min(max((pixels - _MIN_PIXELS) / (_FULL_PIXELS - _MIN_PIXELS), 0.0), 1.0)


def hashed(column: WholeNumbers, row: WholeNumbers, seed: int) -> FloatArray:
    """Return a pseudo-random value in 0..1 for every pair of whole numbers, evenly distributed."""
    mix = _scrambled(column.astype(np.uint32) * np.uint32(0x9E3779B1) + np.uint32(seed * 7919))
    mix = _scrambled(mix ^ (row.astype(np.uint32) * np.uint32(0x85EBCA77)))
    return mix.astype(np.float32) * np.float32(2.0**-32)


def _scrambled(number: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    """Scramble whole numbers by two rounds of shift and multiply, after Mueller's integer hash."""
    number = (number ^ (number >> np.uint32(16))) * np.uint32(0x45D9F3B)
    number = (number ^ (number >> np.uint32(16))) * np.uint32(0x45D9F3B)
    return number ^ (number >> np.uint32(16))


def _period_m(step_m: float) -> int:
    """Return the distance after which noise of a step repeats."""
    return next((period_m for below_m, period_m in _PERIODS_M if step_m < below_m), _NEVER_M)


class _Even:
    """An even pattern is zero everywhere."""

    def block(self, rows: slice, columns: slice) -> FloatArray:
        return np.zeros((rows.stop - rows.start, columns.stop - columns.start), np.float32)


class _InCells:
    """A pattern in cells is known at the corners of cells of some pixels, or at every pixel."""

    def __init__(self, coarse: FloatArray, cell: int) -> None:
        self.coarse, self.cell = coarse, cell

    def block(self, rows: slice, columns: slice) -> FloatArray:
        if self.cell == 1:
            return self.coarse[rows, columns]
        return upsampled(
            self.coarse[corners(rows, self.cell), corners(columns, self.cell)], self.cell
        )


def corners(pixels: slice, cell: int) -> slice:
    """Return the corners of the cells that make up a row of pixels."""
    return slice(pixels.start // cell, pixels.stop // cell + 1)


def _refined(coarse: FloatArray, times: int) -> FloatArray:
    """Interpolate values at the corners of cells to those of cells some times as small."""
    if times == 1:
        return coarse
    for axis in (0, 1):
        before, after = np.delete(coarse, -1, axis), np.delete(coarse, 0, axis)
        steps = [before + np.float32(part / times) * (after - before) for part in range(times)]
        shape = list(before.shape)
        shape[axis] *= times
        fine = np.stack(steps, axis + 1).reshape(shape)
        coarse = np.concatenate([fine, np.take(coarse, [-1], axis)], axis)
    return coarse


class _Sum:
    """A sum adds several patterns to a constant."""

    def __init__(
        self,
        constant: float,
        in_cells: Sequence[_InCells],
        repeating: Sequence[tuple[_Repeating, float]],
    ) -> None:
        """Add the constant to the first of the patterns in cells, if there is one."""
        self._constant, self._in_cells, self._repeating = constant, in_cells, repeating
        if in_cells:
            in_cells[0].coarse += np.float32(constant)

    def block(self, rows: slice, columns: slice) -> FloatArray:
        if self._in_cells:
            first, *others = (part.block(rows, columns) for part in self._in_cells)
            total = first if self._in_cells[0].cell > 1 else first.copy()
        else:
            shape = rows.stop - rows.start, columns.stop - columns.start
            total, others = np.full(shape, self._constant, np.float32), []
        for values in others:
            total += values
        for pattern, factor in self._repeating:
            cv2.scaleAdd(pattern.block(rows, columns), factor, total, total)
        return total


class _Repeating:
    """A repeating pattern is cut from a sheet, its origin moved right and up by some pixels."""

    def __init__(self, sheet: FloatArray, piece: Piece, right: int, up: int) -> None:
        self._sheet = sheet
        self._side = len(sheet) - _OVERHANG_PX
        self._left = round(piece.west_m * piece.pixels_per_m) + right
        self._top = round(-(piece.south_m + piece.side_m) * piece.pixels_per_m) - up

    def with_sheet(self, sheet: FloatArray) -> _Repeating:
        """Return what is cut in the same places from another sheet of the same size."""
        other = copy.copy(self)
        other._sheet = sheet
        return other

    def block(self, rows: slice, columns: slice) -> FloatArray:
        side = self._side
        row, column = (self._top + rows.start) % side, (self._left + columns.start) % side
        high, wide = rows.stop - rows.start, columns.stop - columns.start
        if row + high <= len(self._sheet) and column + wide <= len(self._sheet):
            return self._sheet[row : row + high, column : column + wide]
        rows_at, columns_at = (row + np.arange(high)) % side, (column + np.arange(wide)) % side
        around_the_edge: FloatArray = self._sheet[rows_at[:, None], columns_at]
        return around_the_edge


def _overhanging(period: FloatArray) -> FloatArray:
    """Return a sheet of one period that goes on for some pixels."""
    return np.pad(period, (0, _OVERHANG_PX), "wrap")


@cache
def _noise_sheet(step_m: float, pixels_per_m: float, share: float, shift_m: Shift) -> FloatArray:
    """Return one period of a share of the noise of a step, its upper left corner at the origin."""
    side = round(_period_m(step_m) * pixels_per_m)
    metres = (np.arange(side) + 0.5) / pixels_per_m
    sheet: FloatArray = share * _spline_noise(metres - shift_m[0], metres + shift_m[1], step_m)
    return _overhanging(sheet)


@cache
def _relief_sheet(layer: ReliefLayer, pixels_per_m: float, shift_m: Shift) -> FloatArray:
    """Return one period of the slopes of a noise, drawn as strongly as the noise is."""
    share = _visibility_at(pixels_per_m, layer.noise.step_m)
    here, sunward = (
        _noise_sheet(layer.noise.step_m, pixels_per_m, share, shift)
        for shift in (NO_SHIFT, shift_m)
    )
    return np.float32(_STEEPNESS) * (here - sunward)


@cache
def _grain_sheet() -> FloatArray:
    """Return random values in 0..1, which repeat after _SHEET_PX pixels."""
    place = np.arange(_SHEET_PX)
    return _overhanging(hashed(place[None, :], place[:, None], 7))


@cache
def _streak_sheet() -> FloatArray:
    """Return soft noise over a plane of lumps, whose pixels have their middles at whole numbers."""
    place = np.arange(_LUMPS)
    lattice = hashed(place[None, :], place[:, None], 31) - np.float32(0.5)
    lattice *= np.float32(12.0**0.5 * 1.5)
    part = (np.arange(_LUMPS * _LUMP_PX) % _LUMP_PX / _LUMP_PX).astype(np.float32)
    part *= part * (3.0 - 2.0 * part)
    low = np.arange(_LUMPS * _LUMP_PX) // _LUMP_PX
    high = (low + 1) % _LUMPS
    wide = lattice[:, low] + (lattice[:, high] - lattice[:, low]) * part
    field: FloatArray = wide[low] + (wide[high] - wide[low]) * part[:, None]
    return field


def _noise_at_cells(piece: Piece, layer: NoiseLayer, shift_m: Shift, cell: int) -> FloatArray:
    """Return noise at the corners of cells of some pixels, or in the middle of every pixel."""
    if cell == 1:
        pixels = np.arange(piece.pixels) + 0.5
    else:
        pixels = cell * np.arange(piece.pixels // cell + 1.0)
    metres = pixels / piece.pixels_per_m
    east_m, north_m = layer.origin_m
    across_m = piece.west_m + east_m - shift_m[0] + metres
    down_m = shift_m[1] - north_m - piece.south_m - piece.side_m + metres
    return _spline_noise(across_m, down_m, layer.step_m)


def _spline_noise(across_m: FloatArray, down_m: FloatArray, step_m: float) -> FloatArray:
    """Return noise of a step at the crossings of columns and rows."""
    count = round(_period_m(step_m) / step_m)  # of lattice points in a period
    spacing_m = _period_m(step_m) / count
    first, weights = _spline(across_m / spacing_m)
    first_row, row_weights = _spline(down_m / spacing_m)
    columns = np.arange(first[0], first[-1] + 4) % count
    rows = np.arange(first_row[0], first_row[-1] + 4) % count
    lattice = hashed(columns[None, :], rows[:, None], round(100.0 * step_m)) - np.float32(0.5)
    lattice *= np.float32(12.0**0.5 / _SPLINE_SHARE)
    wide = np.zeros((len(rows), len(across_m)), np.float32)
    for tap in range(4):
        wide += lattice[:, first - first[0] + tap] * weights[tap]
    field = np.zeros((len(down_m), len(across_m)), np.float32)
    for tap in range(4):
        field += wide[first_row - first_row[0] + tap] * row_weights[tap][:, None]
    return field


def _spline(places: FloatArray) -> tuple[WholeNumbers, list[FloatArray]]:
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
