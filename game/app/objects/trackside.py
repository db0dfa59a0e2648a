"""Draw marker boards before braking zones, marshal posts, and the gantry."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.app.canvas.patches import Patches, rectangle
from game.app.canvas.stencils import Stencil
from game.app.objects.gantry import gantry_beam, gantry_posts
from game.app.objects.pit_wall import timing_stands
from game.app.objects.structure import Structure, combined
from game.app.surfaces.braking import BRAKES_MPS2, estimated_speed_mps
from game.app.surfaces.outermost_wall import outermost_wall_m
from game.app.ui.palette import Colour
from game.arrays import Array
from game.track.corners import Corner
from game.track.track import Track
from game.track.track_file import Side

_BOARDS_M: Final = (50.0, 100.0, 150.0, 200.0)  # before the corner
_SOONER_M: Final = 75.0  # boards begin at most so far before a fast car brakes
_STRAIGHT_M: Final = 25.0  # boards stand at least so far from the previous corner
_MIN_BRAKING_M: Final = 28.0
_BOARD: Final = (2.3, 1.15)  # metres across and along
_BOARD_HIGH_M: Final = 1.3
_ASIDE_M: Final = 3.0  # from the edge of the painted strips
_BEFORE_WALL_M: Final = 0.9
_SIDES: Final = (1.0, -1.0)
_PANEL: Final = (240, 239, 233)
_FRAME: Final = (46, 47, 50)
_INK: Final = (26, 26, 28)
_HUT: Final = ((206, 106, 44), (226, 138, 70))
_LIGHT_PANEL: Final = (54, 56, 60)


def roadside(track: Track) -> Structure:
    """Return all that stands beside the road."""
    return combined(
        [_boards(track), _marshal_huts(track), _gantry_posts(track), timing_stands(track)]
    )


def board_places(track: Track) -> list[tuple[int, float, float]]:
    """Return each board's metres to the corner, distance along the lap, side (+1 left)."""
    speed_mps = estimated_speed_mps(track.frames.curvature_1pm, track.length_m)
    places = []
    corners = track.corners
    for corner, before in zip(corners, (corners[-1], *corners[:-1]), strict=True):
        straight_m = (corner.turn_in_m - before.exit_m) % track.length_m
        braking_m = _braking_m(track, corner, straight_m, speed_mps)
        if braking_m < _MIN_BRAKING_M:
            continue
        for ahead_m in _BOARDS_M:
            if ahead_m > min(straight_m - _STRAIGHT_M, braking_m + _SOONER_M):
                break
            s_m = (corner.turn_in_m - ahead_m) % track.length_m
            if track.level_at(s_m) == 0:  # a bridge has no room beside the road
                places.append((round(ahead_m), s_m, _outside(track, corner, s_m)))
    return places


def _braking_m(track: Track, corner: Corner, straight_m: float, speed_mps: Array) -> float:
    """Return the distance over which a fast car brakes into a corner."""
    step_m = track.length_m / len(speed_mps)
    begin, turn_in, end = (
        int(s_m / step_m)
        for s_m in (corner.turn_in_m - straight_m, corner.turn_in_m, corner.exit_m)
    )
    fastest = max(float(speed_mps[at % len(speed_mps)]) for at in range(begin, turn_in + 1))
    slowest = min(float(speed_mps[at % len(speed_mps)]) for at in range(turn_in, end + 1))
    return (fastest * fastest - slowest * slowest) / (2.0 * BRAKES_MPS2)


def _outside(track: Track, corner: Corner, s_m: float) -> float:
    """Return the outer side, or the inner where a pit lane or an escape road lies outside."""
    side = -1.0 if corner.inside == "left" else 1.0
    at = round(s_m / track.length_m * len(track.frames.s_m)) % len(track.frames.s_m)
    edges = track.bands.paved_left_m[at], track.bands.paved_right_m[at]
    paved = edges[0] - edges[1] > 0.5 and max(edge * side for edge in edges) > 0.0
    return -side if paved else side


def _boards(track: Track) -> Structure:
    polygons: list[Array] = []
    colours: list[Colour] = []
    stencils, blocks = [], []
    barriers_m = {side: outermost_wall_m(track, side) for side in _SIDES}
    for ahead_m, s_m, side in board_places(track):
        pose = track.centreline.pose(s_m)
        offset_m = side * _beside_m(track, s_m, side, barriers_m[side])
        middle = np.array(track.centreline.point(s_m, offset_m))
        along = np.array([math.cos(pose.heading_rad), math.sin(pose.heading_rad)])
        left = np.array([-along[1], along[0]])
        for grow_m, colour in ((0.09, _FRAME), (0.0, _PANEL)):
            half = 0.5 * np.array(_BOARD) + grow_m
            polygons.append(rectangle(middle, half[0] * left, half[1] * along))
            colours.append(colour)
        outline = rectangle(middle, 0.55 * _BOARD[0] * left, 0.55 * _BOARD[1] * along)
        blocks.append((outline, _BOARD_HIGH_M))
        turn_rad = pose.heading_rad - 0.5 * math.pi
        stencils.append(
            Stencil(str(ahead_m), (float(middle[0]), float(middle[1])), 0.78, turn_rad, _INK)
        )
    return Structure(high=Patches(polygons, colours), blocks=blocks, stencils=stencils)


class MarshalPost(NamedTuple):
    """A marshal post is a hut behind the barrier where a corner begins."""

    at_m: float  # along the lap
    side: float  # 1 left, -1 right
    wall_m: float  # from the centreline to the barrier
    middle_m: Array
    along: Array  # unit vectors of the road
    left: Array


def marshal_posts(track: Track) -> list[MarshalPost]:
    """Return the posts of a track: one behind the outer barrier of each corner on the ground."""
    posts = []
    barriers_m = {side: outermost_wall_m(track, side) for side in _SIDES}
    for corner in track.corners:
        side: float = -1.0 if corner.inside == "left" else 1.0
        at_m = corner.turn_in_m - 12.0
        if track.level_at(at_m):
            continue
        wall_m = float(np.interp(at_m % track.length_m, track.frames.s_m, barriers_m[side]))
        pose = track.centreline.pose(at_m)
        along = np.array([math.cos(pose.heading_rad), math.sin(pose.heading_rad)])
        left = np.array([-along[1], along[0]])
        middle_m = np.array(track.centreline.point(at_m, side * (wall_m + 2.0)))
        posts.append(MarshalPost(at_m, side, wall_m, middle_m, along, left))
    return posts


def _marshal_huts(track: Track) -> Structure:
    """Return the huts, each with a light panel before it."""
    polygons: list[Array] = []
    colours: list[Colour] = []
    blocks = []
    for post in marshal_posts(track):
        hut = rectangle(post.middle_m, 1.0 * post.left, 1.3 * post.along)
        roof_m = post.middle_m + 0.5 * post.side * post.left
        polygons += [hut, rectangle(roof_m, 0.5 * post.left, 1.3 * post.along)]
        colours += [_HUT[0], _HUT[1]]
        panel_m = track.centreline.point(post.at_m + 4.0, post.side * (post.wall_m + 0.7))
        polygons.append(rectangle(np.array(panel_m), 0.16 * post.left, 0.6 * post.along))
        colours.append(_LIGHT_PANEL)
        blocks.append((hut, 2.4))
    return Structure(high=Patches(polygons, colours), blocks=blocks)


def _gantry_posts(track: Track) -> Structure:
    posts = gantry_posts(track)
    return Structure(
        high=Patches(posts, [_FRAME] * len(posts)),
        blocks=[(post, gantry_beam(track).height_m) for post in posts],
        overhead=[(gantry_beam(track).outline_m, gantry_beam(track).height_m)],
    )


def _beside_m(track: Track, s_m: float, side: float, barrier_m: Array) -> float:
    """Return how far from the centreline things stand beside the road, before the barrier."""
    name: Side = "left" if side > 0.0 else "right"
    edge_m = float(np.interp(s_m, track.frames.s_m, track.band_edges(name)[:, 2]))
    wall_m = float(np.interp(s_m, track.frames.s_m, barrier_m))
    beside_m = edge_m + _ASIDE_M
    return min(beside_m, wall_m - _BEFORE_WALL_M) if wall_m > edge_m else beside_m
