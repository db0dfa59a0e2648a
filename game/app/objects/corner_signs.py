"""Paint numbers and names of the corners on the ground inside of them, upright on a map."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from game.app.canvas.stencils import Stencil, text_width_m
from game.app.objects.site import Site
from game.app.surfaces.outermost_wall import outermost_wall_m
from game.arrays import Array
from game.track.corners import Corner
from game.track.track import Track

_PAINT: Final = (240, 236, 222)
_NUMBER_M: Final = 3.0
_NAME_M: Final = 2.1
_BESIDE_M: Final = 0.6  # from the kerb to a number
_BEHIND_M: Final = (7.5, 10.0, 13.0, 5.0)  # from the barrier to a name: the best place first
_AHEAD_M: Final = (0.0, -12.0, 12.0, -25.0, 25.0, -40.0, 40.0, -60.0, 60.0)  # of the apex
_CLEAR_M: Final = 1.0  # from what is taken


def corner_numbers(track: Track) -> list[Stencil]:
    """Return the corners' numbers, each on the grass between inner kerb and barrier."""
    stencils = []
    for corner in track.corners:
        text = str(corner.number)
        side = 1.0 if corner.inside == "left" else -1.0
        inwards = _inwards(track, corner.apex_m, side)
        reach_m = _support(inwards, text_width_m(text, _NUMBER_M), _NUMBER_M)
        edges_m = track.band_edges(corner.inside)[:, 2]
        away_m = float(np.interp(corner.apex_m, track.frames.s_m, edges_m)) + _BESIDE_M + reach_m
        place_m = track.centreline.point(corner.apex_m, side * away_m)
        stencils.append(Stencil(text, place_m, _NUMBER_M, 0.0, _PAINT))
    return stencils


def corner_names(track: Track, site: Site) -> list[Stencil]:
    """Return the names, each behind the inner barrier where there is room, which is taken then."""
    stencils = []
    for corner in track.corners:
        for stencil in _places(track, corner) if corner.name else ():
            if site.is_free(name_outline(stencil), _CLEAR_M).all():
                stencils.append(stencil)
                site.reserve(name_outline(stencil))
                break
    return stencils


def _places(track: Track, corner: Corner) -> Iterator[Stencil]:
    """Return the places where a name might be written, the best one first."""
    text = corner.name.upper()
    side = 1.0 if corner.inside == "left" else -1.0
    wall_m = outermost_wall_m(track, side)
    for ahead_m in _AHEAD_M:
        s_m = (corner.apex_m + ahead_m) % track.length_m
        inwards = _inwards(track, s_m, side)
        reach_m = _support(inwards, text_width_m(text, _NAME_M), _NAME_M)
        for behind_m in _BEHIND_M:
            away_m = float(np.interp(s_m, track.frames.s_m, wall_m)) + behind_m + reach_m
            x_m, y_m = track.centreline.point(s_m, side * away_m)
            yield Stencil(text, (x_m, y_m), _NAME_M, 0.0, _PAINT)


def name_outline(stencil: Stencil) -> Array:
    """Return the rectangle a name takes up, with points along its long sides, shape (n, 2)."""
    half_m = 0.5 * text_width_m(stencil.text, stencil.height_m)
    along = np.linspace(-half_m, half_m, 9)
    x_m, y_m = stencil.place_m
    low, high = y_m - 0.7 * stencil.height_m, y_m + 0.7 * stencil.height_m
    return np.concatenate(
        [
            np.column_stack([x_m + along, np.full(9, low)]),
            np.column_stack([x_m + along[::-1], np.full(9, high)]),
        ]
    )


def _inwards(track: Track, s_m: float, side: float) -> Array:
    """Return the direction from the centreline towards a side."""
    here, there = (np.array(track.centreline.point(s_m, offset_m)) for offset_m in (0.0, side))
    return np.asarray(there - here)


def _support(direction: Array, wide_m: float, high_m: float) -> float:
    """Return how far an upright rectangle reaches from its middle along a direction."""
    return float(abs(direction[0]) * 0.5 * wide_m + abs(direction[1]) * 0.5 * high_m)
