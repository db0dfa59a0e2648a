"""Build grandstands: rows of coloured seats with aisles, the crowd, and a roof."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.canvas.noise import hashed
from game.app.canvas.patches import Patches, joined
from game.app.objects.plots import Plot
from game.app.objects.structure import Structure
from game.app.ui.palette import Colour
from game.arrays import Array

_ROW_M: Final = 0.85
_SEAT_M: Final = 0.52
_BLOCK_M: Final = 17.0  # from aisle to aisle
_AISLE_M: Final = 1.3
_WALK_M: Final = 1.6  # in front of the first row and behind the last
_ROOFED: Final = 0.36  # of the depth
_ROOFED_FROM_M: Final = 15.0  # a shallower stand has no roof
_ROOF_M: Final = 4.0  # above the rows it shades
_BACK_M: Final = 9.0  # above the ground
_FRONT_M: Final = 1.5  # height
_CROWD: Final = 0.34  # of the seats
_SEED: Final = 700
_STEPS: Final = ((150, 147, 140), (136, 133, 127))
_STAIRS: Final = (178, 174, 164)
_WALK: Final = (164, 160, 150)
_ROOF: Final = ((214, 212, 204), (202, 200, 193))
_RIB: Final = (160, 160, 157)
_SEATS: Final[tuple[Colour, ...]] = (
    (196, 92, 40),
    (214, 168, 58),
    (54, 92, 150),
    (190, 190, 184),
    (164, 46, 44),
)
_SHIRTS: Final[tuple[Colour, ...]] = (
    (228, 224, 214),
    (60, 62, 70),
    (172, 52, 48),
    (66, 96, 148),
    (216, 180, 74),
    (124, 140, 120),
    (210, 122, 60),
)
_HAIR: Final[tuple[Colour, ...]] = ((64, 46, 34), (40, 34, 30), (120, 92, 60), (206, 178, 140))


def grandstand(plot: Plot) -> Structure:
    """Return a stand whose first row is at the plan's front."""
    rows = max(1, int((plot.depth_m - 2.0 * _WALK_M) / _ROW_M))
    low = [
        Patches(*_coloured(plot.pieces(0.0, plot.length_m, 0.0, plot.depth_m), _WALK)),
        *(_row(plot, row) for row in range(rows)),
    ]
    along_m, row = _seat_places(plot, rows)
    roofed = plot.depth_m >= _ROOFED_FROM_M
    high = _roof(plot) if roofed else Patches([], [])
    blocks = [(outline, _FRONT_M) for outline in plot.pieces(0.0, plot.length_m, 0.0, plot.depth_m)]
    front_m = plot.depth_m * (1.0 - _ROOFED)
    cover = plot.pieces(0.0, plot.length_m, front_m, plot.depth_m) if roofed else []
    blocks += [(outline, _BACK_M) for outline in cover]
    return Structure(
        low=joined(low),
        low_fine=_seats(plot, along_m, row),
        high=high,
        blocks=blocks,
        roofs=[(outline, _ROOF_M) for outline in cover],
    )


def _coloured(polygons: list[Array], colour: Colour) -> tuple[list[Array], list[Colour]]:
    return polygons, [colour] * len(polygons)


def _row(plot: Plot, row: int) -> Patches:
    """Return a step, and its seats as bars from aisle to aisle."""
    near_m = _WALK_M + row * _ROW_M
    step = plot.pieces(0.0, plot.length_m, near_m, near_m + _ROW_M)
    polygons = list(step)
    colours: list[Colour] = [_STEPS[row % 2]] * len(step)
    for block in range(_blocks(plot)):
        begin_m, end_m = _block(plot, block)
        for bar in plot.pieces(begin_m, end_m, near_m + 0.14, near_m + 0.62):
            polygons.append(bar)
            colours.append(_seat_colour(block))
        aisle = plot.box(
            end_m + 0.1, min(end_m + _AISLE_M - 0.1, plot.length_m), near_m, near_m + 0.6
        )
        polygons.append(aisle)
        colours.append(_STAIRS)
    return Patches(polygons, colours)


def _blocks(plot: Plot) -> int:
    return max(1, round(plot.length_m / _BLOCK_M))


def _block(plot: Plot, block: int) -> tuple[float, float]:
    """Return where the seats of a block begin and end along the front."""
    length_m = plot.length_m / _blocks(plot)
    return block * length_m + 0.5 * _AISLE_M, (block + 1) * length_m - 0.5 * _AISLE_M


def _seat_colour(block: int) -> Colour:
    return _SEATS[block // 2 % len(_SEATS)]


def _seat_places(plot: Plot, rows: int) -> tuple[Array, Array]:
    """Return the middles along the front, and the rows, of all seats."""
    spans = [_block(plot, block) for block in range(_blocks(plot))]
    along = np.concatenate(
        [np.arange(a + 0.5 * _SEAT_M, b - 0.25 * _SEAT_M, _SEAT_M) for a, b in spans]
    )
    all_rows, all_along = np.meshgrid(np.arange(rows), along, indexing="ij")
    return all_along.ravel(), all_rows.ravel()


def _seats(plot: Plot, along_m: Array, row: Array) -> Patches:
    """Return all seats, and the spectators on them."""
    number = np.arange(len(along_m))
    zero = np.zeros(1, np.int64)
    random = [hashed(number, zero, _SEED + kind) for kind in range(5)]
    near_m = _WALK_M + row * _ROW_M
    seats = plot.small_boxes(along_m - 0.21, along_m + 0.21, near_m + 0.16, near_m + 0.58)
    block = (along_m / (plot.length_m / _blocks(plot))).astype(int)
    paints = np.array([_seat_colour(at) for at in range(_blocks(plot) + 1)])[block]
    shades = np.rint(np.minimum(paints * (0.84 + 0.22 * random[0])[:, None], 255.0)).astype(int)
    lively = _CROWD * (0.35 + 1.3 * hashed(block.astype(np.int64), zero, _SEED + 9))
    taken = np.flatnonzero(random[1] < lively)
    shift_m = 0.06 * (random[2][taken] - 0.5)
    along, near = along_m[taken] + shift_m, near_m[taken]
    bodies = plot.small_boxes(along - 0.2, along + 0.2, near + 0.22, near + 0.52)
    heads = plot.small_boxes(along - 0.095, along + 0.095, near + 0.30, near + 0.50)
    shirts = [_SHIRTS[int(share * len(_SHIRTS))] for share in random[3][taken].tolist()]
    hair = [_HAIR[int(share * len(_HAIR))] for share in random[4][taken].tolist()]
    return Patches(
        [*seats, *bodies, *heads], [*[(r, g, b) for r, g, b in shades.tolist()], *shirts, *hair]
    )


def _roof(plot: Plot) -> Patches:
    """Return panels of membrane between ribs, over the upper rows."""
    front_m = plot.depth_m * (1.0 - _ROOFED)
    bays = max(1, round(plot.length_m / 8.0))
    cuts = np.linspace(0.0, plot.length_m, bays + 1)
    polygons, colours = [], []
    for bay in range(bays):
        begin_m, end_m = cuts[bay], cuts[bay + 1]
        middle_m = 0.5 * (begin_m + end_m)
        polygons += [
            plot.box(begin_m, middle_m, front_m, plot.depth_m + 0.6),
            plot.box(middle_m, end_m, front_m, plot.depth_m + 0.6),
            plot.box(end_m - 0.12, end_m + 0.12, front_m - 0.8, plot.depth_m + 0.6),
        ]
        colours += [*_ROOF, _RIB]
    edge = plot.pieces(0.0, plot.length_m, front_m - 0.15, front_m + 0.15)
    return Patches([*polygons, *edge], [*colours, *[_RIB] * len(edge)])
