"""Divide the country around a circuit: parcels of fields and wild land, with paths between them."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.app.canvas.noise import (
    GROUND_GRAIN,
    GROUND_LARGE,
    GROUND_MEDIUM,
    GROUND_SMALL,
    NoiseLayer,
    hashed,
    visibility,
)
from game.app.canvas.patches import Piece
from game.app.canvas.sheet import Sheet, smoothstep
from game.app.surfaces.landscape import ParcelPlan, heading_rad, layout_seed
from game.arrays import Array, FloatArray, Indices

_ROW_HEADING_RAD: Final = 0.31  # of the long sides, in the first layout
_SEED: Final = 400
WILD: Final = 0  # use of parcels that nobody works; the others are counted as their plan has them
_FARM: Final = (3, 2)  # parcels along and across that one farmer has
_ALIKE: Final = 0.75  # of a farm's parcels are worked in the same way
_BEYOND_M: Final = 700.0  # a box, farmed too: a view of the whole circuit is wider than it
_BORDER_LARGE: Final = NoiseLayer(14.0, seed=402)
_BORDER_MEDIUM: Final = NoiseLayer(2.5, seed=401)
_CLODS: Final = NoiseLayer(0.13, seed=6)
_LIGHT: Final = (  # added up, each with its factor
    (GROUND_LARGE, 0.05),
    (GROUND_MEDIUM, 0.05),
    (GROUND_SMALL, 0.06),
    (_CLODS, 0.07),
    (GROUND_GRAIN, 0.1),
)


class Parcels(NamedTuple):
    """Holds middles, shape (n, 2), uses and headings of the rows, shape (n,)."""

    plan: ParcelPlan
    middles_m: Array
    uses: Indices
    rows_rad: Array

    def near(self, low_m: Array, high_m: Array) -> Parcels:
        """Return the parcels that may be nearest to a place in a box."""
        return self.chosen(self.index_near(low_m, high_m))

    def index_near(self, low_m: Array, high_m: Array) -> Indices:
        """Return which parcels may be nearest to a place in a box."""
        margin_m = 2.0 * self.plan.long_m
        inside = np.all(
            (self.middles_m >= low_m - margin_m) & (self.middles_m <= high_m + margin_m), axis=1
        )
        return np.flatnonzero(inside)

    def chosen(self, index: Indices) -> Parcels:
        """Return some of the parcels."""
        return Parcels(self.plan, self.middles_m[index], self.uses[index], self.rows_rad[index])


def divide_land(
    plan: ParcelPlan, seed: int, built_m: Array, low_m: Array, high_m: Array
) -> Parcels:
    """Return the parcels of a box and around it; wild near what is built, (n, 2) points."""
    sides = np.array([plan.long_m, plan.deep_m])
    along_rad = heading_rad(_ROW_HEADING_RAD, seed)
    cos, sin = math.cos(along_rad), math.sin(along_rad)
    turned = np.array([[cos, sin], [-sin, cos]])  # along and across the long sides, as x and y
    reach_m = 0.5 * float(np.hypot(*(high_m - low_m))) + _BEYOND_M
    middle = turned @ (0.5 * (low_m + high_m))
    first = np.floor((middle - reach_m) / sides).astype(int)
    last = np.ceil((middle + reach_m) / sides).astype(int)
    grid = np.meshgrid(np.arange(first[0], last[0]), np.arange(first[1], last[1]))
    column, row = (axis.ravel() for axis in grid)
    base = layout_seed(_SEED, seed)
    random = [hashed(column, row, base + kind).astype(float) for kind in (0, 1, 3)]
    aside = 0.5 + plan.jitter * (np.column_stack(random[:2]) - 0.5)
    middles_m = (np.column_stack([column, row]) + aside) * sides @ turned
    built_x, built_y = built_m.T
    away_m = np.sqrt([((built_x - x) ** 2 + (built_y - y) ** 2).min() for x, y in middles_m])
    ends = np.cumsum([field.share for field in plan.fields])
    uses = np.searchsorted(ends, _choices(column, row, base), side="right") + 1
    uses[uses > len(ends)] = WILD
    uses[away_m < plan.clear_m] = WILD
    rows_rad = along_rad + 0.5 * np.pi * (random[2] > plan.along) + 0.06 * (random[0] - 0.5)
    return Parcels(plan, middles_m, uses, rows_rad)


def _choices(column: Indices, row: Indices, base: int) -> Array:
    """Return a number from 0 to 1 for each parcel, the same for many of a farm's.

    Were each parcel worked regardless of its neighbours, the land would be a chequerboard.
    """
    along, across = _FARM
    band = row // across
    farm = (column + band) // along  # shifted from band to band, as a wall's bricks are
    of_farm, of_parcel, alike = (
        hashed(x, y, base + kind).astype(float)
        for x, y, kind in ((farm, band, 4), (column, row, 2), (column, row, 5))
    )
    return np.where(alike < _ALIKE, of_farm, of_parcel)


class NearestParcels(NamedTuple):
    """Holds the two parcels nearest to some places, by index, and metres to their border."""

    nearest: Indices
    neighbour: Indices
    border_m: FloatArray


def scattered_over(parcels: Parcels, places_m: Array) -> NearestParcels:
    """Return the nearest parcels of places all over the land, shape (n, 2), block by block."""
    found = NearestParcels(
        np.zeros(len(places_m), np.intp),
        np.zeros(len(places_m), np.intp),
        np.zeros(len(places_m), np.float32),
    )
    column, row = np.floor(places_m / (2.0 * parcels.plan.long_m)).astype(np.int64).T
    block = column * (np.ptp(row) + 1 if len(row) else 1) + row
    order = np.argsort(block, kind="stable")
    for inside in np.split(order, np.flatnonzero(np.diff(block[order])) + 1):
        if len(inside) == 0:
            continue
        own_m = places_m[inside]
        near = parcels.index_near(own_m.min(axis=0), own_m.max(axis=0))
        away = _squares(own_m[:, :1] - parcels.middles_m[near, 0])
        away += _squares(own_m[:, 1:] - parcels.middles_m[near, 1])
        here = np.arange(len(inside))
        first = away.argmin(axis=1)
        first_m = np.sqrt(away[here, first])
        away[here, first] = np.inf
        second = away.argmin(axis=1)
        found.nearest[inside], found.neighbour[inside] = near[first], near[second]
        found.border_m[inside] = 0.5 * (np.sqrt(away[here, second]) - first_m)
    return found


def _squares(apart_m: Array) -> FloatArray:
    """Return squares, of coordinates that are small before they lose digits."""
    squares: FloatArray = (apart_m**2).astype(np.float32)
    return squares


def nearest_parcels(parcels: Parcels, x_m: FloatArray, y_m: FloatArray) -> NearestParcels:
    """Return the nearest parcels of places, in the shape of x and y broadcast together.

    It is quick for many places close together, which have few parcels near.
    """
    shape = np.broadcast_shapes(x_m.shape, y_m.shape)
    nearest, neighbour = np.zeros(shape, np.intp), np.zeros(shape, np.intp)
    first = np.full(shape, np.inf, np.float32)
    second = np.full(shape, np.inf, np.float32)
    for index, (x, y) in enumerate(parcels.middles_m):
        away = _squares(x_m - x) + _squares(y_m - y)
        closer = away < first
        np.copyto(neighbour, index, where=away < second)
        np.copyto(neighbour, nearest, where=closer)
        np.copyto(nearest, index, where=closer)
        np.minimum(second, np.maximum(first, away), out=second)
        np.minimum(first, away, out=first)
    return NearestParcels(nearest, neighbour, 0.5 * (np.sqrt(second) - np.sqrt(first)))


def parcels_near(piece: Piece, parcels: Parcels) -> Parcels:
    """Return the parcels that may be one of the two nearest to a place in a piece."""
    middle = np.array([piece.west_m, piece.south_m]) + 0.5 * piece.side_m
    away_m = np.hypot(*(parcels.middles_m - middle).T)
    second_m = np.partition(away_m, 1)[1]
    near = np.flatnonzero(away_m <= second_m + math.sqrt(2.0) * piece.side_m)
    return parcels.chosen(near)


def paint_fields(sheet: Sheet, parcels: Parcels) -> None:
    """Paint the farmed parcels of a piece, with paths between them."""
    piece = sheet.piece
    able = parcels_near(piece, parcels)
    if not able.uses.any():
        return
    pixels = (np.arange(piece.pixels) + 0.5) / piece.pixels_per_m
    x_m, y_m = piece.west_m + pixels, piece.south_m + piece.side_m - pixels
    nearest, neighbour, border_m = nearest_parcels(able, x_m, y_m[:, None])
    use, plan = able.uses[nearest], able.plan
    farmed = (use != WILD) | (able.uses[neighbour] != WILD)
    if not farmed.any():
        return
    border_m = border_m + sheet.noise_sum(0.0, (_BORDER_MEDIUM, 0.4), (_BORDER_LARGE, 0.9))
    inside = smoothstep(border_m, plan.path_m, plan.path_m + 1.2)
    cos, sin = np.cos(able.rows_rad)[nearest], np.sin(able.rows_rad)[nearest]
    across_m = (y_m[:, None] * cos - x_m * sin).astype(np.float32)
    across_m += 0.18 * sheet.noise(_BORDER_MEDIUM)
    light = sheet.noise_sum(1.0, *_LIGHT)
    for number, field in enumerate(plan.fields, 1):
        here = use == number
        if here.any():
            rows = _rows(piece, across_m, field.row_m, field.row_strength)
            sheet.blend(field.colour, field.opacity * inside * here, light + rows)
    path = plan.path_share * smoothstep(border_m, plan.path_m + 0.5, plan.path_m - 0.5) * farmed
    ruts = 0.06 * np.cos((border_m - 0.8) * 4.5)
    other = smoothstep(sheet.noise(GROUND_MEDIUM), 0.5, 2.5)
    sheet.blend_mixture((plan.path, plan.path_other), other, path, light + ruts)


def _rows(piece: Piece, across_m: FloatArray, wave_m: float, strength: float) -> FloatArray | float:
    fine = 0.045 * strength * visibility(piece, 0.5 * wave_m)
    if fine == 0.0:
        return 0.0
    wave: FloatArray = np.sin(across_m * np.float32(2.0 * np.pi / wave_m))
    return np.float32(fine) * wave
