"""Draw the pit building with its roof, and other buildings."""

from __future__ import annotations

from typing import Final

import numpy as np

from game.app.canvas.noise import hashed
from game.app.canvas.patches import Patches
from game.app.objects.pit_lane import garages
from game.app.objects.plots import Plot
from game.app.objects.structure import Structure
from game.app.ui.palette import Colour
from game.arrays import Array

_SEED: Final = 800
_HEIGHT_M: Final = 7.5
_TOWER_M: Final = 12.0
_PARAPET: Final = (214, 212, 206)
_PANELS: Final[tuple[Colour, ...]] = ((190, 191, 190), (182, 184, 184), (196, 196, 193))
_SEAM: Final = (160, 162, 163)
_GLASS: Final = (88, 112, 128)
_GLASS_LIT: Final = (142, 166, 178)
_CANOPY: Final = (226, 226, 222)
_SHADE: Final = (128, 131, 136)
_SOLAR: Final = ((34, 46, 72), (52, 66, 98))
_UNIT: Final = (206, 207, 206)
_FAN: Final = (92, 96, 100)
_TERRACE: Final = (176, 168, 152)
_TILES: Final[tuple[Colour, ...]] = ((176, 112, 82), (168, 104, 76))
_SHADOW_M: Final = (0.5, 0.35)  # of small things on a roof: along, across


class _Roof:
    """Collects rectangles of a plan in drawing order."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self.polygons: list[Array] = []
        self.colours: list[Colour] = []

    def add(self, colour: Colour, from_m: float, to_m: float, near_m: float, far_m: float) -> None:
        pieces = self._plot.pieces(from_m, to_m, near_m, far_m)
        self.polygons += pieces
        self.colours += [colour] * len(pieces)

    def patches(self) -> Patches:
        return Patches(self.polygons, self.colours)


def pit_building(plot: Plot) -> Structure:
    """Return a canopy over garages, glass, skylights, air units, solar cells, a tower."""
    large, small = _Roof(plot), _Roof(plot)
    length_m, depth_m = plot.length_m, plot.depth_m
    count = garages(plot)
    wide_m = length_m / count
    front_m = min(6.5, 0.2 * depth_m)
    back_m = depth_m - min(5.0, 0.15 * depth_m)
    large.add(_PARAPET, 0.0, length_m, 0.0, depth_m)
    large.add(_CANOPY, 0.3, length_m - 0.3, 0.3, front_m - 1.4)
    large.add(_GLASS, 0.3, length_m - 0.3, front_m - 1.4, front_m - 0.3)
    large.add(_TERRACE, 0.3, length_m - 0.3, back_m + 0.4, depth_m - 0.4)
    for garage in range(count):
        begin_m, end_m = garage * wide_m, (garage + 1) * wide_m
        large.add(_PANELS[garage % 3], begin_m, end_m, front_m, back_m)
        small.add(_SEAM, end_m - 0.07, end_m + 0.07, 0.3, front_m - 1.4)
        small.add(_GLASS_LIT, begin_m + 0.3, begin_m + 0.45 * wide_m, front_m - 1.2, front_m - 0.7)
        small.add(_SEAM, end_m - 0.10, end_m + 0.10, front_m, back_m)
        small.add(_SEAM, 0.5 * (begin_m + end_m), 0.5 * (begin_m + end_m) + 0.06, front_m, back_m)
        _add_roof_details(large, small, garage, begin_m, wide_m, front_m, back_m)
    small.add(_SHADE, 0.3, length_m - 0.3, front_m, front_m + 0.5)
    ridge_m = 0.5 * (front_m + back_m)
    small.add(_PARAPET, 0.3, length_m - 0.3, ridge_m - 0.18, ridge_m + 0.18)
    blocks = [(piece, _HEIGHT_M) for piece in plot.pieces(0.0, length_m, 0.0, depth_m)]
    _raise_tower(plot, large, blocks)
    return Structure(high=large.patches(), high_fine=small.patches(), blocks=blocks)


def building(plot: Plot) -> Structure:
    """Return a house under tiles."""
    roof = _Roof(plot)
    half_m = 0.5 * plot.depth_m
    roof.add(_TILES[0], 0.0, plot.length_m, 0.0, half_m)
    roof.add(_TILES[1], 0.0, plot.length_m, half_m, plot.depth_m)
    lines = _Roof(plot)
    for at_m in np.arange(0.5, plot.length_m, 1.0):
        lines.add((150, 92, 68), at_m, at_m + 0.07, 0.0, plot.depth_m)
    blocks = [(piece, 5.0) for piece in plot.pieces(0.0, plot.length_m, 0.0, plot.depth_m)]
    return Structure(high=roof.patches(), high_fine=lines.patches(), blocks=blocks)


def _add_roof_details(
    large: _Roof,
    small: _Roof,
    garage: int,
    begin_m: float,
    wide_m: float,
    front_m: float,
    back_m: float,
) -> None:
    """Add details to the roof above one garage: solar cells, vents or hatches."""
    random = hashed(np.full(1, garage), np.arange(4), _SEED).tolist()
    span_m = back_m - front_m
    middle_m = begin_m + 0.5 * wide_m
    if garage // 6 % 2:
        _lay_solar_cells(
            large, small, begin_m + 0.6, wide_m - 1.2, front_m + 0.56 * span_m, back_m - 1.2
        )
    else:
        large.add(_GLASS, middle_m - 2.0, middle_m + 2.0, back_m - 5.0, back_m - 3.4)
        small.add(_GLASS_LIT, middle_m - 1.9, middle_m - 0.1, back_m - 4.9, back_m - 4.3)
        small.add(_PARAPET, middle_m - 0.06, middle_m + 0.06, back_m - 5.0, back_m - 3.4)
    if random[0] < 0.6:
        near_m = front_m + 2.0 + random[1] * 0.25 * span_m
        _place_unit(large, small, middle_m - 1.4 + random[2], near_m, 2.2, 1.5)
        if random[3] < 0.5:
            _place_unit(large, small, middle_m - 1.4 + random[2], near_m + 2.4, 2.2, 1.5)


def _lay_solar_cells(
    large: _Roof, small: _Roof, from_m: float, wide_m: float, near_m: float, far_m: float
) -> None:
    rows = max(1, int((far_m - near_m) / 2.1))
    for row in range(rows):
        low_m = near_m + row * 2.1
        large.add(_SHADE, from_m + 0.15, from_m + wide_m + 0.15, low_m - 0.15, low_m + 1.6)
        large.add(_SOLAR[0], from_m, from_m + wide_m, low_m, low_m + 1.6)
        for cell in range(1, round(wide_m)):
            at_m = from_m + cell * wide_m / round(wide_m)
            small.add(_SOLAR[1], at_m - 0.03, at_m + 0.03, low_m, low_m + 1.6)
        small.add(_SOLAR[1], from_m, from_m + wide_m, low_m + 0.77, low_m + 0.83)


def _place_unit(
    large: _Roof, small: _Roof, from_m: float, near_m: float, wide_m: float, deep_m: float
) -> None:
    """Place an air conditioner with two fans."""
    along_m, across_m = _SHADOW_M
    large.add(
        _SHADE, from_m + along_m, from_m + wide_m + along_m, near_m - across_m, near_m + deep_m
    )
    large.add(_UNIT, from_m, from_m + wide_m, near_m, near_m + deep_m)
    for fan in (0.27, 0.73):
        at_m = from_m + fan * wide_m
        small.add(_FAN, at_m - 0.38, at_m + 0.38, near_m + 0.37, near_m + 1.13)


def _raise_tower(plot: Plot, large: _Roof, blocks: list[tuple[Array, float]]) -> None:
    """Raise a higher block with the race control at the end that cars come from."""
    wide_m = min(14.0, 0.2 * plot.length_m)
    deep_m = min(16.0, 0.6 * plot.depth_m)
    large.add(_SHADE, wide_m, wide_m + 2.2, 1.0, deep_m - 1.0)
    large.add(_PARAPET, 0.0, wide_m, 0.6, deep_m)
    large.add(_GLASS, 0.5, wide_m - 0.5, 1.0, 2.4)
    large.add((200, 200, 197), 0.5, wide_m - 0.5, 2.9, deep_m - 0.5)
    large.add(_UNIT, 2.0, 5.0, 6.0, 9.0)
    large.add(_FAN, 2.5, 4.5, 6.5, 8.5)
    blocks += [(plot.box(0.0, wide_m, 0.6, deep_m), _TOWER_M)]
