"""Paint a city's streets and the ground of its blocks: carriageways, pavements, yards, parks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from game.app.canvas.noise import (
    GROUND_FINE,
    GROUND_FINEST,
    GROUND_GRAIN,
    GROUND_LARGE,
    GROUND_MEDIUM,
    GROUND_SMALL,
    NoiseLayer,
    hashed,
    visibility,
)
from game.app.canvas.patches import Piece
from game.app.canvas.sheet import Sheet, shows, smoothstep
from game.app.surfaces.landscape import StreetPlan, Use, heading_rad, layout_seed
from game.arrays import Array, FloatArray, Indices

_SEED: Final = 600
_HEADING_RAD: Final = 0.22  # of the long sides of blocks, in the first layout
_BEYOND_M: Final = 700.0  # a box: a view of the whole circuit is wider than it
_KERB_M: Final = 0.16
_TREE_FROM_KERB_M: Final = 0.9
_YARD_TREE_M: Final = 7.0
_YARD_EDGE_M: Final = 2.5
_DASH_M: Final = (6.0, 3.0)  # from dash to dash, and of it
_ZEBRA_M: Final = (1.2, 4.2)  # from a crossing
_ZEBRA_BAR_M: Final = 1.0
_SLAB_M: Final = 2.0
_BAY_M: Final = 2.5  # of a car park
_AISLE_M: Final = 16.0  # from row to row of it, two cars and a way
_PATH_M: Final = 1.6  # half the width of a path through a park
_BUILT: Final = ("houses", "flats", "hall")
_FAR_HOUSE_M: Final = (13.0, 7.5)  # its sides, and its middle from the pavement
_FAR_SHADE: Final = 0.26  # of the light, kept off by houses
_YARDS: Final = NoiseLayer(14.0, seed=602)
_LIGHT: Final = (
    (GROUND_LARGE, 0.03),
    (GROUND_MEDIUM, 0.025),
    (GROUND_SMALL, 0.02),
    (GROUND_FINEST, 0.03),
    (GROUND_GRAIN, 0.10),
)
_LAWN_LIGHT: Final = (
    (GROUND_LARGE, 0.05),
    (GROUND_MEDIUM, 0.04),
    (GROUND_SMALL, 0.04),
    (GROUND_FINE, 0.06),
    (GROUND_FINEST, 0.08),
    (GROUND_GRAIN, 0.16),
)


class Lines(NamedTuple):
    """Holds middles of parallel streets in rising order, and half of their widths, shape (n,)."""

    at_m: Array
    half_m: Array


class CityBlock(NamedTuple):
    """A block ends where its pavements do, and has a number among the uses."""

    low_m: tuple[float, float]
    high_m: tuple[float, float]
    use: int
    random: float
    is_far: bool  # not all in the box: its houses are painted, not built


class Streets:
    """Lays streets on a grid that is turned; places on it are metres along and across."""

    def __init__(self, plan: StreetPlan, seed: int, low_m: Array, high_m: Array) -> None:
        """Lay streets over a box and some way around it."""
        self.plan = plan
        self.seed = seed
        turn_rad = heading_rad(_HEADING_RAD, seed)
        cos, sin = math.cos(turn_rad), math.sin(turn_rad)
        self.turned: Array = np.array([[cos, sin], [-sin, cos]])
        self._middle_m = 0.5 * (low_m + high_m)
        self._box_m = low_m, high_m
        self._reach_m = 0.5 * float(np.hypot(*(high_m - low_m))) + _BEYOND_M
        self.lines = (self._lines(0), self._lines(1))
        self.blocks = self._blocks()

    def on_grid(self, points_m: Array) -> Array:
        """Return places as metres along and across the grid, shape (n, 2)."""
        return np.asarray((points_m - self._middle_m) @ self.turned.T)

    def in_world(self, grid_m: Array) -> Array:
        """Return places of the grid, shape (..., 2), as those of the world."""
        return np.asarray(grid_m @ self.turned + self._middle_m)

    def from_carriageways(self, points_m: Array) -> Array:
        """Return how far places are from the nearest carriageway, negative on it, shape (n,)."""
        grid_m = self.on_grid(points_m)
        away_m = [
            np.abs(grid_m[:, axis, None] - lines.at_m) - lines.half_m
            for axis, lines in enumerate(self.lines)
        ]
        return np.asarray(np.minimum(away_m[0].min(axis=1), away_m[1].min(axis=1)))

    def kerb_rows(self, aside_m: float, step_m: float, clear_m: float) -> tuple[Array, Array]:
        """Return places along all kerbs, shape (n, 2), and the axis they run along, shape (n,).

        aside_m: from the kerb, positive on the pavement. clear_m: from the crossings.
        """
        places, axes = [np.zeros((0, 2))], [np.zeros(0, int)]
        for axis, lines in enumerate(self.lines):
            along = self.lines[1 - axis]
            steps = _between(along, step_m, clear_m)
            for at_m, half_m in zip(lines.at_m, lines.half_m, strict=True):
                for side in (-1.0, 1.0):
                    row = np.zeros((len(steps), 2))
                    row[:, axis] = at_m + side * (half_m + aside_m)
                    row[:, 1 - axis] = steps
                    places.append(row)
                    axes.append(np.full(len(steps), 1 - axis))
        return np.concatenate(places), np.concatenate(axes)

    def tree_rows(self) -> Array:
        """Return the places of the trees along avenues and some streets, shape (n, 2)."""
        grid_m, axes = self.kerb_rows(_TREE_FROM_KERB_M, self.plan.tree_m, 6.0)
        wide = np.zeros(len(grid_m), bool)
        for axis, lines in enumerate(self.lines):
            mine = axes == 1 - axis
            nearest = np.abs(grid_m[mine, axis, None] - lines.at_m).argmin(axis=1)
            wide[mine] = lines.half_m[nearest] > self.plan.street_m
        at = np.round(10.0 * grid_m).astype(np.int64)
        (random,) = self._random(at[:, 0], at[:, 1], (3,))
        grown = wide | (random < self.plan.tree_rows)
        return self.in_world(grid_m[grown])

    def yard_trees(self) -> Array:
        """Return the places of the trees in parks and yards, shape (n, 2)."""
        low, high = self._low_m + _YARD_EDGE_M, self._high_m - _YARD_EDGE_M
        sides = np.maximum((high - low) // _YARD_TREE_M, 1).astype(int)
        counts = sides.prod(axis=1)  # of places in each block, row by row
        block = np.repeat(np.arange(len(counts)), counts)
        place = np.arange(len(block)) - np.repeat(np.cumsum(counts) - counts, counts)
        cell = np.column_stack([place % sides[block, 0], place // sides[block, 0]])
        random = self._random(cell[:, 0] + 40 * cell[:, 1], block, (0, 1, 2))
        uses = np.array([block.use for block in self.blocks])[block]
        jitter = np.array([0.1 if use.name == "square" else 0.8 for use in self.plan.uses])[uses]
        aside = 0.5 + jitter[:, None] * (np.column_stack(random[:2]) - 0.5)
        grown = random[2] < np.array([use.trees for use in self.plan.uses])[uses]
        places = low[block] + (cell + aside) * ((high - low) / sides)[block]
        return self.in_world(places[grown])

    def cover(self, piece: Piece) -> bool:
        """Return whether streets and blocks leave no open ground on a piece."""
        middle_m = np.array([[piece.west_m, piece.south_m]]) + 0.5 * piece.side_m
        reach_m = self._reach_m - 0.71 * piece.side_m
        return bool(np.abs(self.on_grid(middle_m)).max() < reach_m)

    def near(self, piece: Piece) -> list[CityBlock]:
        """Return the blocks that may lie in a piece."""
        middle_m = np.array([[piece.west_m, piece.south_m]]) + 0.5 * piece.side_m
        at_m, reach_m = self.on_grid(middle_m)[0], 0.71 * piece.side_m
        inside = np.all((self._low_m < at_m + reach_m) & (self._high_m > at_m - reach_m), axis=1)
        return [self.blocks[index] for index in np.flatnonzero(inside)]

    def _random(self, one: Indices, other: Indices, kinds: Sequence[int]) -> list[Array]:
        base = layout_seed(_SEED, self.seed)
        return [hashed(one, other, base + kind).astype(float) for kind in kinds]

    def _lines(self, axis: int) -> Lines:
        plan = self.plan
        pitch_m = plan.block_m[axis]
        count = math.ceil(self._reach_m / pitch_m) + 1
        number = np.arange(-count, count + 1)
        random = self._random(number, np.full(len(number), axis), (0, 1))
        at_m = pitch_m * (number + plan.jitter * (random[0] - 0.5))
        avenue = number % plan.avenue_every == axis
        return Lines(at_m, np.where(avenue, plan.avenue_m, plan.street_m))

    def _blocks(self) -> list[CityBlock]:
        plan = self.plan
        spans = [
            np.column_stack(
                [
                    lines.at_m[:-1] + lines.half_m[:-1] + plan.pavement_m,
                    lines.at_m[1:] - lines.half_m[1:] - plan.pavement_m,
                ]
            )
            for lines in self.lines
        ]
        column, row = (each.ravel() for each in np.meshgrid(*(np.arange(len(s)) for s in spans)))
        random = self._random(column, row + 7, (0, 1))
        ends = np.cumsum([use.share for use in plan.uses])
        uses = np.minimum(np.searchsorted(ends, random[0]), len(ends) - 1)
        along, across = spans[0][column], spans[1][row]
        self._low_m = np.column_stack([along[:, 0], across[:, 0]])
        self._high_m = np.column_stack([along[:, 1], across[:, 1]])
        return [
            CityBlock((low[0], low[1]), (high[0], high[1]), use, share, is_far)
            for low, high, use, share, is_far in zip(
                self._low_m.tolist(),
                self._high_m.tolist(),
                uses.tolist(),
                random[1].tolist(),
                self._are_far(),
                strict=True,
            )
        ]

    def _are_far(self) -> list[bool]:
        """Return of which blocks a corner lies outside of the box."""
        corners_m = [self._low_m, self._high_m]
        inside = np.ones(len(self._low_m), bool)
        for along in (0, 1):
            for across in (0, 1):
                grid_m = np.column_stack([corners_m[along][:, 0], corners_m[across][:, 1]])
                at_m = self.in_world(grid_m)
                inside &= np.all((at_m > self._box_m[0]) & (at_m < self._box_m[1]), axis=1)
        return (~inside).tolist()


def _between(lines: Lines, step_m: float, clear_m: float) -> Array:
    """Return places along a street, clear of those that cross it."""
    rows = [np.zeros(0)]
    edges = zip(lines.at_m[:-1] + lines.half_m[:-1], lines.at_m[1:] - lines.half_m[1:], strict=True)
    for begin_m, end_m in edges:
        count = int((end_m - begin_m - 2.0 * clear_m) / step_m)
        if count > 0:
            middle_m = 0.5 * (begin_m + end_m)
            rows.append(middle_m + step_m * (np.arange(count) - 0.5 * (count - 1)))
    return np.concatenate(rows)


def paint_streets(sheet: Sheet, streets: Streets) -> None:
    """Paint a city's ground: yards first, then pavements, carriageways and their lines."""
    piece, plan = sheet.piece, streets.plan
    along_m, across_m = _places(piece, streets)
    from_m = [
        _from_lines(each, lines)
        for each, lines in zip((along_m, across_m), streets.lines, strict=True)
    ]
    edge_m = np.minimum(from_m[0], from_m[1])
    light = sheet.noise_sum(1.0, *_LIGHT)
    for block in streets.near(piece):
        _paint_block(sheet, plan.uses[block.use], block, along_m, across_m, light)
        if block.is_far and plan.uses[block.use].name in _BUILT:
            _paint_roofs(sheet, plan, block, along_m, across_m, light)
    if not sheet.crosses(edge_m, high_m=plan.pavement_m):
        return
    slabs = _joints(sheet, along_m, across_m)
    sheet.blend(plan.pavement, sheet.coverage(edge_m - plan.pavement_m), light * slabs)
    kerb = sheet.line(edge_m - np.float32(0.5 * _KERB_M), _KERB_M)
    sheet.multiply(1.0 + 0.10 * kerb)
    road = sheet.coverage(edge_m)
    if not shows(road):
        return
    gutter = 1.0 - 0.07 * smoothstep(edge_m, -0.9, 0.0)
    sheet.blend(plan.asphalt, road, light * gutter)
    _paint_lines(sheet, streets, along_m, across_m, from_m)


def _places(piece: Piece, streets: Streets) -> tuple[FloatArray, FloatArray]:
    """Return the places of a piece's pixels along and across the grid."""
    steps_m = (np.arange(piece.pixels) / piece.pixels_per_m).astype(np.float32)
    first_m = np.array([[piece.west_m, piece.south_m + piece.side_m]])
    first_m += 0.5 / piece.pixels_per_m * np.array([1.0, -1.0])
    along_m, across_m = (
        np.float32(begin_m) + np.float32(east) * steps_m - np.float32(north) * steps_m[:, None]
        for begin_m, (east, north) in zip(
            streets.on_grid(first_m)[0].tolist(), streets.turned.tolist(), strict=True
        )
    )
    return along_m, across_m


def _from_lines(place_m: FloatArray, lines: Lines) -> FloatArray:
    """Return how far places are from the nearest of parallel carriageways, negative on it."""
    low, high = float(place_m.min()), float(place_m.max())
    first = max(int(np.searchsorted(lines.at_m, low)) - 1, 0)
    last = int(np.searchsorted(lines.at_m, high)) + 1
    away_m = np.full(place_m.shape, 1000.0, np.float32)
    for at_m, half_m in zip(lines.at_m[first:last], lines.half_m[first:last], strict=True):
        np.minimum(away_m, np.abs(place_m - np.float32(at_m)) - np.float32(half_m), out=away_m)
    return away_m


def _joints(sheet: Sheet, along_m: FloatArray, across_m: FloatArray) -> FloatArray | float:
    """Return the joints between the slabs of pavements and squares, darker than these."""
    fine = visibility(sheet.piece, 0.25)
    if fine == 0.0:
        return 1.0
    one_m, other_m = (
        np.abs(_repeated(each, _SLAB_M) - np.float32(0.5 * _SLAB_M)) for each in (along_m, across_m)
    )
    near_m = np.minimum(one_m, other_m)
    return 1.0 - 0.10 * fine * sheet.line(near_m, 0.05)


def _paint_block(
    sheet: Sheet,
    use: Use,
    block: CityBlock,
    along_m: FloatArray,
    across_m: FloatArray,
    light: FloatArray,
) -> None:
    """Paint the ground of a block."""
    outside_m = _outside_m(block, along_m, across_m)
    if not sheet.crosses(outside_m, high_m=0.0):
        return
    share = sheet.coverage(outside_m)
    if use.name == "park":
        _paint_park(sheet, use, block, along_m, across_m, share)
    elif use.name == "square":
        slabs = _joints(sheet, along_m, across_m)
        border = sheet.line(outside_m + np.float32(4.0), 1.2)
        sheet.blend_mixture((use.ground, use.other), border, share, light * slabs)
    elif use.name == "car_park":
        sheet.blend(use.ground, share, light)
        sheet.blend(use.other, share * _bays(sheet, block, along_m, across_m))
    else:
        lawn = smoothstep(sheet.noise(_YARDS) + 0.5 * sheet.noise(GROUND_MEDIUM), -0.5, -0.2)
        light = light + (sheet.noise_sum(0.0, *_LAWN_LIGHT) - (light - 1.0)) * lawn
        sheet.blend_mixture((use.other, use.ground), lawn, share, light)


def _paint_roofs(
    sheet: Sheet,
    plan: StreetPlan,
    block: CityBlock,
    along_m: FloatArray,
    across_m: FloatArray,
    light: FloatArray,
) -> None:
    """Paint the houses around the yard of a block that is seen from afar only."""
    outside_m = _outside_m(block, along_m, across_m)
    ring_m = np.abs(outside_m + np.float32(_FAR_HOUSE_M[1])) - np.float32(0.5 * _FAR_HOUSE_M[0])
    share = sheet.coverage(ring_m)
    if not shows(share):
        return
    house = [np.floor(each / np.float32(_FAR_HOUSE_M[0])) for each in (along_m, across_m)]
    random = hashed(house[0].astype(np.int64), house[1].astype(np.int64), _SEED)
    colours = np.array([*plan.tiles, *plan.slates, *plan.flat_roofs], np.float32)
    chosen = colours[np.minimum((random * len(colours)).astype(int), len(colours) - 1)]
    sheet.lay_picture(np.moveaxis(chosen, 2, 0) * light, share)
    shade = sheet.coverage(np.abs(outside_m + np.float32(19.0)) - np.float32(5.0))
    shade = np.maximum(shade, sheet.coverage(np.abs(outside_m - np.float32(2.0)) - np.float32(3.0)))
    sheet.multiply(1.0 - _FAR_SHADE * shade)


def _outside_m(block: CityBlock, along_m: FloatArray, across_m: FloatArray) -> FloatArray:
    """Return how far places are outside of a block, negative in it."""
    (left, low), (right, high) = block.low_m, block.high_m
    along = np.abs(along_m - np.float32(0.5 * (left + right)))
    along -= np.float32(0.5 * (right - left))
    across = np.abs(across_m - np.float32(0.5 * (low + high)))
    across -= np.float32(0.5 * (high - low))
    return np.asarray(np.maximum(along, across, out=along))


def _repeated(place_m: FloatArray, step_m: float) -> FloatArray:
    """Return how far places are behind the last whole step."""
    steps = place_m * np.float32(1.0 / step_m)
    steps -= np.floor(steps)
    steps *= np.float32(step_m)
    return steps


def _paint_park(
    sheet: Sheet,
    use: Use,
    block: CityBlock,
    along_m: FloatArray,
    across_m: FloatArray,
    share: FloatArray,
) -> None:
    """Paint a lawn with two paths that cross, and one around it."""
    wander = sheet.noise_sum(0.0, (_YARDS, 1.6), (GROUND_MEDIUM, 0.12))
    middle_m = [0.5 * (low + high) for low, high in zip(block.low_m, block.high_m, strict=True)]
    half_m = [0.5 * (high - low) for low, high in zip(block.low_m, block.high_m, strict=True)]
    along, across = along_m - np.float32(middle_m[0]), across_m - np.float32(middle_m[1])
    slant = 0.5 * half_m[1] / half_m[0] * (1.0 if block.random < 0.5 else -1.0)
    paths_m = np.minimum(
        np.abs(across - np.float32(slant) * along + wander), np.abs(along + wander)
    )
    path = sheet.coverage(paths_m - np.float32(_PATH_M))
    lawn = sheet.noise_sum(1.0, *_LAWN_LIGHT)
    sheet.blend_mixture((use.ground, use.other), path, share, lawn)


def _bays(sheet: Sheet, block: CityBlock, along_m: FloatArray, across_m: FloatArray) -> FloatArray:
    """Return the lines between the bays of a car park."""
    across = _repeated(across_m - np.float32(block.low_m[1]), _AISLE_M)
    in_bay = np.abs(across - np.float32(0.5 * _AISLE_M)) < np.float32(4.8)
    along = _repeated(along_m - np.float32(block.low_m[0]), _BAY_M)
    between = sheet.line(along - np.float32(0.5 * _BAY_M), 0.12)
    middle = sheet.line(across - np.float32(0.5 * _AISLE_M), 0.12)
    bays: FloatArray = 0.7 * np.maximum(between * in_bay, middle)
    return bays


def _paint_lines(
    sheet: Sheet,
    streets: Streets,
    along_m: FloatArray,
    across_m: FloatArray,
    from_m: list[FloatArray],
) -> None:
    """Paint dashes along the middles of carriageways, and zebra crossings."""
    if visibility(sheet.piece, 0.4) == 0.0:
        return
    worn = 0.75 - 0.25 * smoothstep(sheet.noise(GROUND_MEDIUM), 0.0, 2.0)
    for axis, (place_m, along_line_m) in enumerate(((along_m, across_m), (across_m, along_m))):
        if not sheet.crosses(from_m[axis], high_m=0.0):
            continue
        middle_m = _from_middles(place_m, streets.lines[axis])
        beside_m = from_m[1 - axis]
        dash = _repeated(along_line_m, _DASH_M[0]) < np.float32(_DASH_M[1])
        marks = sheet.line(middle_m, 0.13) * dash * (beside_m > 5.0)
        if sheet.crosses(beside_m, *_ZEBRA_M):
            zebra = (beside_m > _ZEBRA_M[0]) & (beside_m < _ZEBRA_M[1]) & (from_m[axis] < -0.4)
            bars = np.abs(_repeated(place_m, _ZEBRA_BAR_M) - np.float32(0.5)) - np.float32(0.25)
            marks = np.maximum(marks, sheet.coverage(bars) * zebra)
        sheet.blend(streets.plan.lines, worn * marks)


def _from_middles(place_m: FloatArray, lines: Lines) -> FloatArray:
    """Return how far places are from the middle of the nearest of parallel streets."""
    return _from_lines(place_m, Lines(lines.at_m, np.zeros_like(lines.half_m)))
