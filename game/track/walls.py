"""Build walls as polylines: fine in corners, coarse along straights.

A wall ends where the tier of the road changes: one on a bridge is not there for what passes below.
Along bridges and their ramps the barriers come near the road, as parapets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from game.arrays import Array, Indices
from game.track.bands import Bands, profile
from game.track.levels import GROUND
from game.track.profiles import into_lap, through, trapezium, unrolled
from game.track.sampling import Frames
from game.track.track_file import Barrier, BridgeEntry, FreeWall, Material, WallKinds

_SAGITTA_M = 0.03  # how far a chord may leave the curve: neither seen nor felt
_MAX_CHORD_M = 25.0
_PARAPET: Final[Material] = "concrete"
_PARAPET_M = 0.8  # from the edge of what counts as track to a parapet's middle
_FUNNEL_M = 60.0  # before a bridge and after it, along which a barrier comes near the road


@dataclass(frozen=True)
class Wall:
    """Describes a wall that cars collide with, on both its sides."""

    kind: Material
    closed: bool  # the last point joins the first
    points_m: Array  # shape (n, 2), in driving order
    offset_m: Array  # shape (n,), of the points from the centreline
    s_m: Array  # shape (n,)
    friction: float
    restitution: float
    half_thickness_m: float
    tier: int = GROUND  # of the road that it stands beside, as `levels` has them
    is_barrier: bool = True  # a part of the wall around one side of the lap


def barrier_distances_m(
    barrier: Barrier, bridges: Sequence[BridgeEntry], frames: Frames, bands: Bands
) -> Array:
    """Return how far a barrier is from the centreline at the samples, shape (n,)."""
    distance_m = profile(frames.s_m, barrier.distance_m, frames.length_m)
    edge_m = bands.left_m[:, 2] if barrier.side == "left" else bands.right_m[:, 2]
    parapet_m = np.minimum(distance_m, edge_m + _PARAPET_M)
    for bridge in bridges:
        from_m, to_m = bridge.from_m - _FUNNEL_M, bridge.to_m + _FUNNEL_M
        narrowed = trapezium(frames.s_m, from_m, to_m, _FUNNEL_M, frames.length_m)
        near_m = distance_m + narrowed * (parapet_m - distance_m)
        distance_m = np.where(narrowed < 1.0, near_m, parapet_m)
    return distance_m


def barrier_walls(
    barrier: Barrier, distance_m: Array, kinds: WallKinds, frames: Frames
) -> list[Wall]:
    """Return the walls along one side of the lap: a closed one, or parts of several kinds.

    distance_m: from the centreline at the samples, shape (n,).
    """
    count = len(frames.s_m)
    sign = 1.0 if barrier.side == "left" else -1.0
    offset_m = sign * distance_m
    owner = np.zeros(count, int)
    for number, section in enumerate(barrier.other, start=1):
        span_m = (section.to_m - section.from_m) % frames.length_m
        owner[np.mod(frames.s_m - section.from_m, frames.length_m) <= span_m] = number
    names: list[Material] = [barrier.kind, *(section.kind for section in barrier.other), _PARAPET]
    owner[frames.tier != GROUND] = len(names) - 1
    changes = (owner != np.roll(owner, 1)) | (frames.tier != np.roll(frames.tier, 1))
    cuts = np.flatnonzero(changes).tolist()
    if not cuts:
        return [_wall(names[owner[0]], kinds, frames, np.arange(count), offset_m, closed=True)]
    walls = []
    for begin, end in zip(cuts, [*cuts[1:], cuts[0] + count], strict=True):
        index = np.arange(begin, end + 1) % count
        kind = names[owner[begin]]
        walls.append(_wall(kind, kinds, frames, index, offset_m[index], closed=False))
    return walls


def free_walls(entry: FreeWall, kinds: WallKinds, frames: Frames) -> list[Wall]:
    """Return the wall of an entry with two ends, or its parts where the tier changes."""
    at_m = np.array(unrolled([s for s, _ in entry.path_m], frames.length_m))
    here_m = into_lap(frames.s_m, at_m[0].item(), frames.length_m)
    index = np.argsort(here_m)
    index = index[here_m[index] <= at_m[-1]]
    offset_m = through(here_m[index], at_m, np.array([offset for _, offset in entry.path_m]))
    cuts = (np.flatnonzero(np.diff(frames.tier[index])) + 1).tolist()
    parts = [slice(begin, end + 1) for begin, end in pairwise([0, *cuts, len(index)])]
    walls = [
        _wall(entry.kind, kinds, frames, index[part], offset_m[part], closed=False)
        for part in parts
    ]
    return [replace(wall, is_barrier=False) for wall in walls]


def _wall(
    kind: Material,
    kinds: WallKinds,
    frames: Frames,
    index: Indices,
    offset_m: Array,
    *,
    closed: bool,
) -> Wall:
    points_m = frames.points(index, offset_m)
    keep = _corners_of(points_m)
    nature = getattr(kinds, kind)
    return Wall(
        kind,
        closed,
        points_m[keep],
        offset_m[keep],
        frames.s_m[index][keep],
        nature.friction,
        nature.restitution,
        nature.half_thickness_m,
        int(frames.tier[index[0]]),
    )


def _corners_of(points_m: Array) -> list[int]:
    """Return the points to keep so that chords stay near the curve; both ends stay."""
    steps = np.diff(points_m, axis=0)
    lengths = np.sqrt(steps[:, 0] * steps[:, 0] + steps[:, 1] * steps[:, 1])
    # The sine of the turn is used for the turn: both are small where it matters, and sqrt and
    # products are rounded equally everywhere, so that every machine keeps the same points.
    cross = steps[:-1, 0] * steps[1:, 1] - steps[:-1, 1] * steps[1:, 0]
    turns = cross / np.maximum(lengths[:-1] * lengths[1:], 1e-12)
    return _thin(lengths.tolist(), [*np.abs(turns).tolist(), 0.0])


def _thin(lengths_m: Sequence[float], turns_rad: Sequence[float]) -> list[int]:
    """Choose greedily: the sagitta of an arc of `turn` over `chord` is chord * turn / 8."""
    kept = [0]
    chord_m = turn_rad = 0.0
    for i, (length_m, after_rad) in enumerate(zip(lengths_m, turns_rad, strict=True), start=1):
        chord_m += length_m
        longer_m = chord_m + (lengths_m[i] if i < len(lengths_m) else 0.0)
        if longer_m * (turn_rad + after_rad) > 8.0 * _SAGITTA_M or longer_m > _MAX_CHORD_M:
            kept.append(i)
            chord_m = turn_rad = 0.0
        else:
            turn_rad += after_rad
    if kept[-1] != len(lengths_m):
        kept.append(len(lengths_m))
    return kept
