"""Walls as polylines: fine in corners, coarse along straights."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from game.arrays import Array
from game.track.profiles import along_lap, into_lap, through, unrolled
from game.track.sampling import Frames
from game.track.track_file import Barrier, FreeWall, Material, Profile, WallKinds

_SAGITTA_M = 0.03  # how far a chord may leave the curve: neither seen nor felt
_MAX_CHORD_M = 25.0


@dataclass(frozen=True)
class Wall:
    """A wall that cars collide with, on both its sides."""

    kind: Material
    closed: bool  # the last point joins the first
    points_m: Array  # shape (n, 2), in driving order
    offset_m: Array  # shape (n,), of the points from the centreline
    s_m: Array  # shape (n,)
    friction: float
    restitution: float
    half_thickness_m: float


def barrier_walls(barrier: Barrier, kinds: WallKinds, frames: Frames) -> list[Wall]:
    """Return the walls along one side of the lap: a closed one, or parts of several kinds."""
    count = len(frames.s_m)
    sign = 1.0 if barrier.side == "left" else -1.0
    offset_m = sign * _distance(barrier.distance_m, frames)
    owner = np.zeros(count, int)
    for number, section in enumerate(barrier.other, start=1):
        span_m = (section.to_m - section.from_m) % frames.length_m
        owner[np.mod(frames.s_m - section.from_m, frames.length_m) <= span_m] = number
    names: list[Material] = [barrier.kind, *(section.kind for section in barrier.other)]
    cuts = np.flatnonzero(owner != np.roll(owner, 1)).tolist()
    if not cuts:
        return [_wall(names[owner[0]], kinds, frames, np.arange(count), offset_m, closed=True)]
    walls = []
    for begin, end in zip(cuts, [*cuts[1:], cuts[0] + count], strict=True):
        index = np.arange(begin, end + 1) % count
        kind = names[owner[begin]]
        walls.append(_wall(kind, kinds, frames, index, offset_m[index], closed=False))
    return walls


def free_wall(entry: FreeWall, kinds: WallKinds, frames: Frames) -> Wall:
    """Return the wall of an entry with two ends."""
    at_m = np.array(unrolled([s for s, _ in entry.path_m], frames.length_m))
    here_m = into_lap(frames.s_m, at_m[0].item(), frames.length_m)
    index = np.argsort(here_m)
    index = index[here_m[index] <= at_m[-1]]
    offset_m = through(here_m[index], at_m, np.array([offset for _, offset in entry.path_m]))
    return _wall(entry.kind, kinds, frames, index, offset_m, closed=False)


def _distance(distance: Profile, frames: Frames) -> Array:
    if isinstance(distance, list):
        return along_lap(frames.s_m, distance, frames.length_m)
    return np.full_like(frames.s_m, distance)


def _wall(
    kind: Material,
    kinds: WallKinds,
    frames: Frames,
    index: npt.NDArray[np.intp],
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
    )


def _corners_of(points_m: Array) -> list[int]:
    """Indices of the points to keep so that chords stay near the curve; both ends stay."""
    steps = np.diff(points_m, axis=0)
    lengths = np.sqrt(steps[:, 0] * steps[:, 0] + steps[:, 1] * steps[:, 1])
    # The sine of the turn is used for the turn: both are small where it matters, and sqrt and
    # products are rounded equally everywhere, so that every machine keeps the same points.
    cross = steps[:-1, 0] * steps[1:, 1] - steps[:-1, 1] * steps[1:, 0]
    turns = cross / np.maximum(lengths[:-1] * lengths[1:], 1e-12)
    return _thin(lengths.tolist(), [*np.abs(turns).tolist(), 0.0])


def _thin(lengths_m: Sequence[float], turns_rad: Sequence[float]) -> list[int]:
    """Greedy: the sagitta of an arc that turns by `turn` over `chord` is chord * turn / 8."""
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
