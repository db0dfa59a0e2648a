"""Find walls that stand on the road or nearer to another part of it, and gaps."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices, Mask
from game.track.defaults import track_defaults
from game.track.findings import Finding, metres_aside, written_place
from game.track.profiles import unrolled
from game.track.sample_runs import sample_runs
from game.track.sketch import SIDES
from game.track.track import Track
from game.track.track_file import Material, Side
from game.track.walls import Wall
from game.translation import N_, _

_NEAR_M: Final = 0.5  # a wall may seem that much nearer: samples are apart, and other parts bend
_ON_M: Final = 0.05  # a chord of a wall is nearer to the line than its ends
_STEP_M: Final = 2.0  # along a wall
_OWN_M: Final = 20.0  # along the lap from a place of a wall to what is nearest to it
_APART: Final = 5  # steps between two stretches of a wall of which each is a finding

_WALLS: Final[dict[Material, str]] = {
    "armco": N_("armco"),
    "tyres": N_("tyre wall"),
    "concrete": N_("concrete wall"),
}
_ON_TRACK: Final = N_(
    "the {wall} at {place}, {aside}, stands on the track, whose edge is {edge:.1f} m from the"
    " centreline: move it outwards"
)
_ACROSS_ANOTHER: Final = N_(
    "the {wall} at {place}, {aside}, crosses another part of the track at {other:.0f} m: move it"
    " towards its own"
)
_NEARER_ANOTHER: Final = N_(
    "the {wall} at {place}, {aside}, is nearer to another part of the track at {other:.0f} m: move"
    " it towards its own"
)
_GAP_ON_LEFT: Final = N_(
    "between the {wall} that ends at {place} and the {other} that begins at {to:.0f} m on the left"
    " there is a gap of {gap:.1f} m, through which a car could leave the circuit: let them meet"
)
_GAP_ON_RIGHT: Final = N_(
    "between the {wall} that ends at {place} and the {other} that begins at {to:.0f} m on the right"
    " there is a gap of {gap:.1f} m, through which a car could leave the circuit: let them meet"
)
_IN_PIT_LANE: Final = N_("the {wall} at {place}, {aside}, stands in the pit lane: move one of them")


class _WallPlaces(NamedTuple):
    """Holds places along a wall, and what is nearest to them; all arrays have the shape (n,)."""

    wall: Wall
    points_m: Array  # shape (n, 2)
    s_m: Array
    offset_m: Array
    nearest: Indices  # sample of the lap
    away_m: Array  # from there
    beside: Mask  # not under a bridge that begins there


def wall_findings(track: Track) -> list[Finding]:
    """Find where a wall stands on the road or in the pit lane, or belongs to another part."""
    findings = []
    for wall in track.walls:
        along = _along(track, wall)
        own_m = np.abs(track.frames.s_m[along.nearest] - along.s_m) % track.length_m
        own = np.minimum(own_m, track.length_m - own_m) <= _OWN_M
        on_road = _is_on_road(track, along)
        nearer = along.beside & (along.away_m < np.abs(along.offset_m) - _NEAR_M)
        in_lane = _is_in_pit_lane(track, along)
        findings += [
            *_findings_at(along, on_road & own, _(_ON_TRACK), track),
            *_findings_at(along, on_road & ~own, _(_ACROSS_ANOTHER), track),
            *_findings_at(along, nearer & ~on_road, _(_NEARER_ANOTHER), track),
            *_findings_at(along, in_lane & ~on_road, _(_IN_PIT_LANE), track),
        ]
    return findings


def gap_findings(track: Track) -> list[Finding]:
    """Return findings where a car could leave the world between two barriers."""
    return [finding for side in SIDES for finding in _gaps(track, side)]


def _along(track: Track, wall: Wall) -> _WallPlaces:
    """Return places along a wall, at its own points and between them."""
    points_m, offset_m = wall.points_m, wall.offset_m
    s_m = np.array(unrolled(wall.s_m.tolist(), track.length_m))
    if wall.closed:
        points_m = np.concatenate([points_m, points_m[:1]])
        offset_m = np.append(offset_m, offset_m[0])
        s_m = np.append(s_m, s_m[0] + track.length_m)
    at_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points_m, axis=0).T))])
    places_m = np.union1d(at_m, np.arange(0.0, at_m[-1], _STEP_M))
    x_m, y_m, here_m, aside_m = (
        np.interp(places_m, at_m, values) for values in (*points_m.T, s_m, offset_m)
    )
    frames = track.frames
    nearest = frames.nearest(x_m, y_m, tier=wall.tier)
    away_m = np.hypot(*frames.from_samples(nearest, x_m, y_m))
    points, beside = np.column_stack([x_m, y_m]), frames.are_beside(nearest, x_m, y_m)
    at_m = np.mod(here_m, track.length_m)
    return _WallPlaces(wall, points, at_m, aside_m, nearest, away_m, beside)


def _is_on_road(track: Track, along: _WallPlaces) -> Mask:
    _ahead_m, left_m = track.frames.from_samples(along.nearest, *along.points_m.T)
    edge_m = np.where(
        left_m >= 0.0, track.bands.left_m[along.nearest, 2], track.bands.right_m[along.nearest, 2]
    )
    on_road: Mask = along.away_m - along.wall.half_thickness_m < edge_m - _ON_M
    on_road &= along.beside
    return on_road


def _is_in_pit_lane(track: Track, along: _WallPlaces) -> Mask:
    lane = track.pit_lane
    if lane is None:
        return np.zeros(len(along.s_m), bool)
    half_m = 0.5 * lane.width_m - _ON_M
    farthest_m = float(np.max(half_m))
    low_m, high_m = lane.points_m.min(axis=0) - farthest_m, lane.points_m.max(axis=0) + farthest_m
    in_lane = ((along.points_m >= low_m) & (along.points_m <= high_m)).all(axis=1)
    # Few places of few walls are so near that their distances need to be compared.
    apart_m = along.points_m[in_lane, None, :] - lane.points_m[None, :, :]
    square = apart_m[..., 0] ** 2 + apart_m[..., 1] ** 2
    in_lane[in_lane] = (square < half_m * half_m).any(axis=1)
    return np.asarray(in_lane)


def _findings_at(along: _WallPlaces, chosen: Mask, text: str, track: Track) -> list[Finding]:
    """Return a finding for each stretch of a wall where it is chosen.

    text: what it says, with fields for the wall, its place and that of another part.
    """
    findings = []
    for run in sample_runs(chosen, apart=_APART, closed=False):
        at = run.begin
        x_m, y_m = along.points_m[at].tolist()
        is_left = bool(along.offset_m[at] >= 0.0)
        message = text.format(
            wall=_(_WALLS[along.wall.kind]),
            place=written_place(along.s_m[at], x_m, y_m),
            aside=metres_aside(f"{abs(along.offset_m[at]):.1f}", is_left=is_left),
            edge=track.band_edges("left" if is_left else "right")[along.nearest[at], 2],
            other=track.frames.s_m[along.nearest[at]],
        )
        ends_m = (float(along.s_m[at]), float(along.s_m[run.end]))
        findings.append(Finding("walls", "walls", message, *ends_m, x_m, y_m))
    return findings


def _gaps(track: Track, side: Side) -> list[Finding]:
    sign = 1.0 if side == "left" else -1.0
    walls = [wall for wall in track.walls if wall.is_barrier and sign * wall.offset_m[0] >= 0.0]
    if any(wall.closed for wall in walls):
        return []
    walls.sort(key=_begin_m)
    if not walls:
        message = _("there is no barrier on the right: give one in walls.barriers")
        if side == "left":
            message = _("there is no barrier on the left: give one in walls.barriers")
        return [Finding("wall gap", "walls.barriers", message)]
    text = _(_GAP_ON_LEFT if side == "left" else _GAP_ON_RIGHT)
    findings = []
    for one, other in zip(walls, [*walls[1:], walls[0]], strict=True):
        (x_m, y_m), begin = one.points_m[-1].tolist(), other.points_m[0]
        wide_m = float(np.hypot(begin[0] - x_m, begin[1] - y_m))
        from_m, to_m = float(one.s_m[-1]), float(other.s_m[0])
        if wide_m <= track_defaults().check.gap_m or _is_opening(track, sign, from_m, to_m):
            continue
        message = text.format(
            wall=_(_WALLS[one.kind]),
            place=written_place(from_m, x_m, y_m),
            other=_(_WALLS[other.kind]),
            to=to_m,
            gap=wide_m,
        )
        findings.append(Finding("wall gap", "walls.barriers", message, from_m, to_m, x_m, y_m))
    return findings


def _begin_m(wall: Wall) -> float:
    return float(wall.s_m[0])


def _is_opening(track: Track, sign: float, from_m: float, to_m: float) -> bool:
    """Return whether the pit lane leads through a gap on a side."""
    lane = track.pit_lane
    if lane is None:
        return False
    span_m = (to_m - from_m) % track.length_m
    inside = np.mod(lane.s_m - from_m, track.length_m) <= span_m
    index = np.rint(lane.s_m / track.tables.step_m).astype(int) % track.tables.sample_count
    _ahead_m, left_m = track.frames.from_samples(index, *lane.points_m.T)
    return bool((inside & (sign * left_m > 0.0)).any())
