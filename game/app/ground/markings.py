"""What is painted on the road: grid brackets, sector lines, the chequered line."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
import numpy.typing as npt

from game.app.ground.patches import Patches
from game.track.track import Track

Array = npt.NDArray[np.float64]

WHITE: Final = (240, 240, 234)
_BLACK: Final = (28, 28, 30)
_YELLOW: Final = (250, 206, 70)
_SECTOR_LINE_M: Final = 0.3
_SQUARE_M: Final = 0.5  # of the chequered line


def grid_brackets(track: Track) -> Patches:
    """A bracket before each box."""
    polygons = []
    for box in track.grid:
        offset_m = track.centreline.project(box.x_m, box.y_m, box.s_m)[1]
        front_m = box.s_m + 2.7
        right_m, left_m = offset_m - 1.3, offset_m + 1.3
        polygons += [
            _box(track, front_m - 0.15, front_m, right_m, left_m),
            _box(track, front_m - 1.1, front_m, right_m, right_m + 0.15),
            _box(track, front_m - 1.1, front_m, left_m - 0.15, left_m),
        ]
    return Patches(polygons, [WHITE] * len(polygons))


def sector_line(track: Track, s_m: float) -> Patches:
    """A yellow line across the road where a sector begins."""
    right_m = -float(np.interp(s_m, track.frames.s_m, track.band_edges("right")[:, 0]))
    left_m = float(np.interp(s_m, track.frames.s_m, track.band_edges("left")[:, 0]))
    return Patches([_box(track, s_m, s_m + _SECTOR_LINE_M, right_m, left_m)], [_YELLOW])


def chequered_line(track: Track) -> Patches:
    """The start line: two rows of squares, their front on the line."""
    right_m = -float(track.band_edges("right")[0, 0])
    left_m = float(track.band_edges("left")[0, 0])
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


def _box(track: Track, from_m: float, to_m: float, right_m: float, left_m: float) -> Array:
    """A rectangle on the track; s may be up to a lap out of it."""
    corners = []
    for s_m in (from_m, to_m):
        pose = track.centreline.pose(s_m % track.length_m)
        aside = np.array([-math.sin(pose.heading_rad), math.cos(pose.heading_rad)])
        middle = np.array([pose.x_m, pose.y_m])
        corners.append((middle + right_m * aside, middle + left_m * aside))
    return np.array([corners[0][0], corners[1][0], corners[1][1], corners[0][1]])
