"""Draw the pit lane: its edge lines, the ends of the speed limit, stop boxes, the apron."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.canvas.patches import Patches, line_patches
from game.app.canvas.stencils import Stencil
from game.app.objects.plots import Plot
from game.app.ui.palette import Colour
from game.arrays import Array, Mask
from game.track.facilities import PitLane
from game.track.track import Track
from game.units import kmh

_WHITE: Final = (238, 236, 228)
_YELLOW: Final = (226, 184, 62)
_LINE_M: Final = 0.14
_LIMIT_LINE_M: Final = 0.35
_LIMIT_MARGIN_M: Final = 38.0  # from the pit building to where the limit begins and ends
_GARAGE_M: Final = 7.7
_STOP_M: Final = (0.5, 3.3)  # a stop box: from the lane's edge towards the fast lane
_BEYOND_M: Final = 1.2  # paved on the far side of the lane, up to the pit wall
_APRON_ENDS_M: Final = (70.0, 10.0)  # beyond the building, before and after it


def garages(plot: Plot) -> int:
    """Return the number of garages of a pit building."""
    return max(1, round(plot.length_m / _GARAGE_M))


def pit_lines(
    track: Track, lane: PitLane, plots: list[Plot]
) -> tuple[list[Patches], list[Stencil]]:
    """Return all that is painted on the lane before the pit buildings of these plans."""
    normals = _normals(lane.points_m)
    half_m = 0.5 * lane.width_m[:, None] - 0.2
    off_track = np.abs(_offsets(track, lane)) > _road_half(track, lane.s_m) + 0.5 * lane.width_m
    patches = [
        _kept_line(lane.points_m + sign * half_m * normals, off_track) for sign in (1.0, -1.0)
    ]
    stencils: list[Stencil] = []
    for plot in plots:
        boxes, numbers = _stop_boxes(lane, plot)
        patches.append(boxes)
        stencils += numbers
    limit = f"{kmh(lane.speed_limit_mps):.0f}"
    for at in _limited(lane, plots):
        across = lane.points_m[at] + np.array([[-1.0], [1.0]]) * half_m[at] * normals[at]
        patches.append(line_patches(across, _LIMIT_LINE_M, _WHITE, closed=False))
        ahead = np.array([normals[at, 1], -normals[at, 0]])
        place = lane.points_m[at] + 2.2 * ahead
        turn_rad = math.atan2(ahead[1], ahead[0]) - 0.5 * math.pi
        stencils.append(Stencil(limit, (float(place[0]), float(place[1])), 1.7, turn_rad, _YELLOW))
    return patches, stencils


def pit_apron(lane: PitLane, plot: Plot) -> list[Array]:
    """Return the outlines of the pavement from the garages to the far side of the lane."""
    edge_m, width_m, _ = _lane_before(lane, plot, 0.5 * plot.length_m)
    far_m = edge_m + width_m + _BEYOND_M
    before_m, after_m = _APRON_ENDS_M
    return plot.pieces(-before_m, plot.length_m + after_m, -far_m, 0.0)


def _lane_before(lane: PitLane, plot: Plot, along_m: float) -> tuple[float, float, Array]:
    """Return the lane before a building: distance of its near edge, width, direction."""
    away_m = np.hypot(*(lane.points_m - plot.points(along_m, 0.0)).T)
    at = int(away_m.argmin())
    width_m = float(lane.width_m[at])
    ahead = lane.points_m[min(at + 1, len(away_m) - 1)] - lane.points_m[max(at - 1, 0)]
    return float(away_m[at]) - 0.5 * width_m, width_m, ahead


def _stop_boxes(lane: PitLane, plot: Plot) -> tuple[Patches, list[Stencil]]:
    """Return a box and a number before each garage."""
    count = garages(plot)
    wide_m = plot.length_m / count
    polygons, stencils = [], []
    for garage in range(count):
        begin_m, end_m = garage * wide_m + 0.7, (garage + 1) * wide_m - 0.7
        edge_m, _, ahead = _lane_before(lane, plot, 0.5 * (begin_m + end_m))
        near_m, far_m = -(edge_m + _STOP_M[1]), -(edge_m + _STOP_M[0])
        for low_m, high_m, inner_m, outer_m in (
            (begin_m, begin_m + _LINE_M, near_m, far_m),
            (end_m - _LINE_M, end_m, near_m, far_m),
            (begin_m, end_m, near_m, near_m + _LINE_M),
        ):
            polygons.append(plot.box(low_m, high_m, inner_m, outer_m))
        middle = plot.points(0.5 * (begin_m + end_m), 0.5 * (near_m + far_m))[0]
        place_m = (float(middle[0]), float(middle[1]))
        turn_rad = math.atan2(ahead[1], ahead[0]) - 0.5 * math.pi
        stencils.append(Stencil(str(garage + 1), place_m, 1.0, turn_rad, _WHITE))
    return Patches(polygons, [_WHITE] * len(polygons)), stencils


def _limited(lane: PitLane, plots: list[Plot]) -> tuple[int, int]:
    """Return the indices of the lane's points where the limit begins and ends."""
    count = len(lane.points_m)
    if not plots:
        return count // 8, count - 1 - count // 8
    found = [
        int(np.hypot(*(lane.points_m - plots[0].points(along_m, 0.0)).T).argmin())
        for along_m in (-_LIMIT_MARGIN_M, plots[0].length_m + _LIMIT_MARGIN_M)
    ]
    return min(found), max(found)


def _kept_line(points_m: Array, keep: Mask) -> Patches:
    """Return a white line along points, where both ends of a segment are kept."""
    whole = line_patches(points_m, _LINE_M, _WHITE, closed=False)
    kept = np.flatnonzero(keep[:-1] & keep[1:]).tolist()
    colours: list[Colour] = [_WHITE] * len(kept)
    return Patches([whole.polygons_m[at] for at in kept], colours)


def _normals(points_m: Array) -> Array:
    tangent = np.gradient(points_m, axis=0)
    tangent /= np.hypot(tangent[:, 0], tangent[:, 1])[:, None]
    return np.column_stack([-tangent[:, 1], tangent[:, 0]])


def _offsets(track: Track, lane: PitLane) -> Array:
    """Return the offsets of the lane's middle from the centreline."""
    frames = track.frames
    index = np.round(lane.s_m / frames.length_m * len(frames.s_m)).astype(int) % len(frames.s_m)
    east, north = lane.points_m[:, 0] - frames.x_m[index], lane.points_m[:, 1] - frames.y_m[index]
    return np.asarray(north * frames.cos[index] - east * frames.sin[index])


def _road_half(track: Track, s_m: Array) -> Array:
    edges = np.maximum(track.band_edges("right")[:, 0], track.band_edges("left")[:, 0])
    return np.interp(s_m, track.frames.s_m, edges)
