"""Make the pit lane with its wall and garages, and the grandstands."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.arrays import Array
from game.track.corners import Corner
from game.track.defaults import track_defaults
from game.track.made_kerbs import other_side, rounded_down, rounded_on_lap, tight_part
from game.track.sketch import SIDES, Sketch
from game.track.track_file import BuildingEntry, FreeWall, PitLaneEntry, Side

_CLEAR_M: Final = 12.0  # of the straight, before the lane leaves it and after it joins it
_JOINS_M: Final = 2.5  # inside the tarmac's edge, where the middle of the lane begins
_NARROW_M: Final = 5.0
_FREE_M: Final = 1.5  # behind a barrier
_MIN_DEEP_M: Final = 8.0  # of a building
_LAND_M: Final = 6.0  # between a building and the land of another part of the lap
_WALL_ENDS_M: Final = 25.0  # from the ends of the lane beside the pit wall
_MIN_STAND_M: Final = 40.0
_SLOW_CORNERS: Final = 2  # that have a stand
_MIN_HALF_STAND_M: Final = 6.0
_BEFORE_LINE: Final = 0.4  # share of the lane and of the stand on the straight, before the line
_MAX_AFTER_LINE: Final = 0.4  # share of the lap that the lane may take after the line
_ENOUGH_LAND_M: Final = 60.0  # beside the track: more makes no side the better one
_RAMP_BESIDE: Final = 0.3  # share of the ramp after which the lane runs beside the tarmac ...
_BESIDE_M: Final = 0.5
_RAMP_NEAR: Final = 0.75  # ... and after which it is this near to its place beside the garages
_NEAR_M: Final = 1.6
_WIDER_M: Final = 1.0  # there, than where it is narrow


class Pits(NamedTuple):
    """Holds the pit lane, on which side it lies, the wall before it and the garages behind."""

    side: Side
    lane: PitLaneEntry
    wall: FreeWall
    garages: BuildingEntry | None


def made_pits(sketch: Sketch) -> Pits | None:
    """Return the pits beside the start straight, or None if there is too little room."""
    sizes = track_defaults().pit_lane
    before_m = min(sketch.before_line_m() - _CLEAR_M, 0.5 * sketch.length_m)
    after_m = min(sketch.after_line_m() - _CLEAR_M, _MAX_AFTER_LINE * sketch.length_m)
    from_m = -min(before_m, _BEFORE_LINE * sizes.max_lane_m + sizes.ramp_m)
    to_m = min(after_m, from_m + sizes.max_lane_m + 2.0 * sizes.ramp_m)
    if to_m - from_m < sizes.min_lane_m + 2.0 * sizes.ramp_m:
        return None
    at = sketch.between(from_m, to_m)
    flat = sketch.between(from_m + sizes.ramp_m, to_m - sizes.ramp_m)
    choices = []
    for preference, side in enumerate(SIDES[::-1]):
        edge_m = float(sketch.edge_m[side][at].max())
        room_m = float(sketch.limit_m(side)[at].min())
        if room_m >= edge_m + sizes.barrier_m + _FREE_M and not sketch.bridged(at):
            land_m = float(sketch.room_m[side][flat].min()) - _LAND_M
            choices.append(
                (-min(land_m, edge_m + _ENOUGH_LAND_M), preference, side, edge_m, land_m)
            )
    if not choices:
        return None
    _, _, side, edge_m, land_m = min(choices)
    return _pits(sketch, side, (from_m, to_m), edge_m, land_m)


def _pits(
    sketch: Sketch, side: Side, ends_m: tuple[float, float], edge_m: float, land_m: float
) -> Pits:
    sizes, lap_m = track_defaults().pit_lane, sketch.length_m
    sign = 1.0 if side == "left" else -1.0
    from_m, to_m = ends_m
    ramp_m, lane_m = sizes.ramp_m, edge_m + sizes.lane_m
    rows = [
        (from_m, edge_m - _JOINS_M, _NARROW_M),
        (from_m + _RAMP_BESIDE * ramp_m, edge_m + _BESIDE_M, _NARROW_M),
        (from_m + _RAMP_NEAR * ramp_m, lane_m - _NEAR_M, _NARROW_M + _WIDER_M),
        (from_m + ramp_m, lane_m, sizes.width_m),
        (to_m - ramp_m, lane_m, sizes.width_m),
        (to_m - _RAMP_NEAR * ramp_m, lane_m - _NEAR_M, _NARROW_M + _WIDER_M),
        (to_m - _RAMP_BESIDE * ramp_m, edge_m + _BESIDE_M, _NARROW_M),
        (to_m, edge_m - _JOINS_M, _NARROW_M),
    ]
    path = [(rounded_on_lap(s, lap_m), round(sign * mid, 2), width) for s, mid, width in rows]
    wall_m = round(sign * (edge_m + sizes.wall_m), 2)
    inner = (from_m + ramp_m - _WALL_ENDS_M, to_m - ramp_m + _WALL_ENDS_M)
    wall = FreeWall(
        "concrete", [(rounded_on_lap(s, lap_m), wall_m) for s in (inner[0], 0.0, inner[1])]
    )
    near_m = edge_m + sizes.barrier_m + 0.5
    far_m = min(near_m + sizes.garages_deep_m, land_m)
    garages = None
    if far_m - near_m >= _MIN_DEEP_M:
        garages = BuildingEntry(
            "pit_building",
            rounded_on_lap(from_m + ramp_m + 10.0, lap_m),
            rounded_on_lap(to_m - ramp_m - 10.0, lap_m),
            round(sign * near_m, 1),
            round(sign * far_m, 1),
        )
    return Pits(side, PitLaneEntry(path, sizes.speed_limit_mps), wall, garages)


def made_stands(
    sketch: Sketch, barrier_m: dict[Side, Array], built: list[BuildingEntry]
) -> list[BuildingEntry]:
    """Return a grandstand at the start straight and at the two slowest corners, where there is
    room.

    barrier_m: from the centreline at the samples; built: what stands there already.
    """
    sizes = track_defaults().stands
    before_m, after_m = sketch.before_line_m() - _CLEAR_M, sketch.after_line_m() - _CLEAR_M
    from_m = -min(before_m, _BEFORE_LINE * sizes.main_length_m)
    to_m = min(after_m, from_m + sizes.main_length_m)
    stands = []
    if to_m - from_m >= _MIN_STAND_M:
        pits_left = any(building.near_m > 0.0 for building in built)
        side: Side = "right" if pits_left else "left"
        stands.append(_stand(sketch, side, (from_m, to_m), barrier_m[side], ""))
    slowest = sorted(sketch.corners, key=lambda corner: tight_part(sketch, corner).speed_mps)
    stands += [_corner_stand(sketch, corner, barrier_m) for corner in slowest[:_SLOW_CORNERS]]
    return [
        stand for stand in stands if stand is not None and not _in_the_way(sketch, stand, built)
    ]


def _corner_stand(
    sketch: Sketch, corner: Corner, barrier_m: dict[Side, Array]
) -> BuildingEntry | None:
    """Return a stand outside a corner, as long as stated along its own front."""
    side = other_side(corner.inside)
    part = tight_part(sketch, corner)
    middle_m = 0.5 * (part.from_m + part.to_m)
    (at, *_) = sketch.between(middle_m, middle_m)
    bend_1pm = abs(float(sketch.frames.curvature_1pm[at]))
    wider = 1.0 + bend_1pm * (float(barrier_m[side][at]) + track_defaults().stands.behind_m)
    half_m = max(0.5 * track_defaults().stands.corner_length_m / wider, _MIN_HALF_STAND_M)
    ends_m = (middle_m - half_m, middle_m + half_m)
    return _stand(sketch, side, ends_m, barrier_m[side], f"T{corner.number}")


def _stand(
    sketch: Sketch, side: Side, ends_m: tuple[float, float], barrier_m: Array, name: str
) -> BuildingEntry | None:
    sizes = track_defaults().stands
    at = sketch.between(ends_m[0] - sketch.step_m, ends_m[1] + sketch.step_m)
    near_m = math.ceil(float(barrier_m[at].max()) + sizes.behind_m)
    far_m = near_m + sizes.deep_m
    if far_m + _LAND_M > float(sketch.room_m[side][at].min()) or sketch.bridged(at):
        return None
    sign = 1.0 if side == "left" else -1.0
    from_m, to_m = (rounded_on_lap(end_m, sketch.length_m) for end_m in ends_m)
    return BuildingEntry(
        "grandstand", from_m, to_m, sign * near_m, rounded_down(far_m) * sign, name
    )


def _in_the_way(sketch: Sketch, stand: BuildingEntry, built: list[BuildingEntry]) -> bool:
    """Return whether something stands beside the same stretch on the same side already."""
    lap_m = sketch.length_m
    return any(
        (stand.near_m > 0.0) == (other.near_m > 0.0)
        and (
            (stand.from_m - other.from_m) % lap_m <= (other.to_m - other.from_m) % lap_m
            or (other.from_m - stand.from_m) % lap_m <= (stand.to_m - stand.from_m) % lap_m
        )
        for other in built
    )
