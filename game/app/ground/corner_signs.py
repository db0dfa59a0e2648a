"""Numbers and names of the corners, painted on the ground inside of them, upright on a map."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from game.app.ground.site import Site
from game.app.ground.stencils import Stencil, text_width_m
from game.app.ground.survey import barrier_distance
from game.track.layout import Corner
from game.track.track import Track

Array = npt.NDArray[np.float64]

_PAINT: Final = (240, 236, 222)
_NUMBER_M: Final = 3.0
_NAME_M: Final = 2.1
_BESIDE_M: Final = 0.6  # from the kerb to a number
_BEHIND_M: Final = (7.5, 10.0, 13.0, 5.0)  # from the barrier to a name: the best place first
_CLEAR_M: Final = 1.0  # from what is taken


def corner_numbers(track: Track) -> list[Stencil]:
    """Each number on the grass between the inner kerb and the barrier."""
    stencils = []
    for corner in track.corners:
        text = str(corner.number)
        inwards = _inwards(track, corner)
        reach_m = _support(inwards, text_width_m(text, _NUMBER_M), _NUMBER_M)
        edge_m = _at(track, corner, track.band_edges(corner.direction)[:, 2])
        place = _apex(track, corner) + inwards * (edge_m + _BESIDE_M + reach_m)
        stencils.append(Stencil(text, (float(place[0]), float(place[1])), _NUMBER_M, 0.0, _PAINT))
    return stencils


def corner_names(track: Track, site: Site) -> list[Stencil]:
    """Each name behind the inner barrier, where there is room for it."""
    stencils = []
    for corner in track.corners:
        if not corner.name:
            continue
        text = corner.name.upper()
        inwards = _inwards(track, corner)
        side = 1.0 if corner.direction == "left" else -1.0
        wall_m = _at(track, corner, barrier_distance(track, side))
        reach_m = _support(inwards, text_width_m(text, _NAME_M), _NAME_M)
        for behind_m in _BEHIND_M:
            place = _apex(track, corner) + inwards * (wall_m + behind_m + reach_m)
            stencil = Stencil(text, (float(place[0]), float(place[1])), _NAME_M, 0.0, _PAINT)
            if site.free(name_outline(stencil), _CLEAR_M).all():
                stencils.append(stencil)
                site.take(name_outline(stencil))
                break
    return stencils


def name_outline(stencil: Stencil) -> Array:
    """The rectangle a name takes up, with points along its long sides, shape (n, 2)."""
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


def _apex(track: Track, corner: Corner) -> Array:
    return np.array(track.centreline.point(corner.apex_m, 0.0))


def _inwards(track: Track, corner: Corner) -> Array:
    side = 1.0 if corner.direction == "left" else -1.0
    one = np.array(track.centreline.point(corner.apex_m, side))
    return np.asarray(one - _apex(track, corner))


def _at(track: Track, corner: Corner, values: Array) -> float:
    return float(np.interp(corner.apex_m, track.frames.s_m, values))


def _support(way: Array, wide_m: float, high_m: float) -> float:
    """How far an upright rectangle reaches from its middle along a way."""
    return float(abs(way[0]) * 0.5 * wide_m + abs(way[1]) * 0.5 * high_m)
