"""Paint what is painted on the road: start line, grid and sector lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from game.app.canvas.patches import Patches, joined
from game.app.canvas.stencils import Stencil
from game.arrays import Array
from game.track.facilities import GridBox
from game.track.track import Track

WHITE: Final = (238, 236, 228)
_BLACK: Final = (34, 34, 35)
_YELLOW: Final = (226, 184, 62)
_SECTOR_LINE_M: Final = 0.25
_SQUARE_M: Final = 0.5  # of the chequered line
_BOX_M: Final = (2.6, 1.25)  # half a grid box: along, across
_STROKE_M: Final = 0.14
_HALF_TRACK_M: Final = 0.80
_LAUNCHES_M: Final = ((-1.4, 6.5), (-1.4, 3.2), (1.3, 8.5))  # rear wheels longer, front ones


def road_markings(track: Track, level: int = 0) -> tuple[Patches, list[Stencil]]:
    """Return all lines on a level of the road, and all words."""
    boxes = [box for box in track.grid if track.level_at(box.s_m) == level]
    lines = [_grid(track, boxes)]
    lines += [
        _sector_line(track, s_m) for s_m in track.sectors_m[1:] if track.level_at(s_m) == level
    ]
    if track.level_at(0.0) == level:
        lines.append(_start_line(track))
    return joined(lines), _grid_numbers(track, boxes)


def launch_marks(track: Track, level: int = 0) -> Patches:
    """Return the two strips of rubber that each start leaves before a box on a level."""
    polygons = []
    for box in [box for box in track.grid if track.level_at(box.s_m) == level]:
        offset_m = track.centreline.project(box.x_m, box.y_m, box.s_m)[1]
        for begin_m, end_m in _LAUNCHES_M:
            for wheel_m in (-_HALF_TRACK_M, _HALF_TRACK_M):
                right_m = offset_m + wheel_m - 0.13
                polygons.append(
                    _box(track, box.s_m + begin_m, box.s_m + end_m, right_m, right_m + 0.26)
                )
    return Patches(polygons, [_BLACK] * len(polygons))


def _grid(track: Track, boxes: Sequence[GridBox]) -> Patches:
    """Return a bracket before each box."""
    polygons = []
    long_m, half_m = _BOX_M
    for box in boxes:
        offset_m = track.centreline.project(box.x_m, box.y_m, box.s_m)[1]
        front_m, right_m, left_m = box.s_m + long_m, offset_m - half_m, offset_m + half_m
        polygons += [
            _box(track, front_m - _STROKE_M, front_m, right_m, left_m),
            _box(track, front_m - 1.2, front_m, right_m, right_m + _STROKE_M),
            _box(track, front_m - 1.2, front_m, left_m - _STROKE_M, left_m),
        ]
    return Patches(polygons, [WHITE] * len(polygons))


def _grid_numbers(track: Track, boxes: Sequence[GridBox]) -> list[Stencil]:
    """Return the place on the grid, beside its box towards the middle of the road."""
    stencils = []
    for box in boxes:
        offset_m = track.centreline.project(box.x_m, box.y_m, box.s_m)[1]
        aside_m = offset_m - math.copysign(_BOX_M[1] + 0.75, offset_m)
        place_m = track.centreline.point(box.s_m + 2.0, aside_m)
        turn_rad = box.heading_rad - 0.5 * math.pi
        stencils.append(Stencil(str(track.grid.index(box) + 1), place_m, 0.75, turn_rad, WHITE))
    return stencils


def _sector_line(track: Track, s_m: float) -> Patches:
    """Return a yellow line across the road where a sector begins."""
    right_m, left_m = _road(track, s_m)
    return Patches([_box(track, s_m, s_m + _SECTOR_LINE_M, right_m, left_m)], [_YELLOW])


def _start_line(track: Track) -> Patches:
    """Return two rows of squares, their front on the line."""
    right_m, left_m = _road(track, 0.0)
    columns = round((left_m - right_m) / _SQUARE_M)
    wide_m = (left_m - right_m) / columns
    polygons, shades = [], []
    for row in range(2):
        for column in range(columns):
            begin_m = right_m + column * wide_m
            from_m = (row - 2) * _SQUARE_M
            polygons.append(_box(track, from_m, from_m + _SQUARE_M, begin_m, begin_m + wide_m))
            shades.append(WHITE if (row + column) % 2 else _BLACK)
    return Patches(polygons, shades)


def _road(track: Track, s_m: float) -> tuple[float, float]:
    """Return the offsets of the road's right and left edge."""
    right_m = -float(np.interp(s_m, track.frames.s_m, track.band_edges("right")[:, 0]))
    left_m = float(np.interp(s_m, track.frames.s_m, track.band_edges("left")[:, 0]))
    return right_m, left_m


def _box(track: Track, from_m: float, to_m: float, right_m: float, left_m: float) -> Array:
    """Return a rectangle on the track; s may be up to a lap out of it."""
    corners = []
    for s_m in (from_m, to_m):
        pose = track.centreline.pose(s_m % track.length_m)
        aside = np.array([-math.sin(pose.heading_rad), math.cos(pose.heading_rad)])
        middle = np.array([pose.x_m, pose.y_m])
        corners.append((middle + right_m * aside, middle + left_m * aside))
    return np.array([corners[0][0], corners[1][0], corners[1][1], corners[0][1]])
