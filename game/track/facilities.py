"""Place grid boxes, the pit lane and the buildings of a circuit."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from game.arrays import Array
from game.track.centreline import Centreline
from game.track.profiles import ribbon, unrolled
from game.track.sampling import Frames
from game.track.track_file import BuildingEntry, Grid, PitLaneEntry

_OUTLINE_STEP_M = 5.0  # along a building's front, so that it follows a bend


class GridBox(NamedTuple):
    """Holds the place of the middle of a car at the start, and its heading."""

    x_m: float
    y_m: float
    heading_rad: float
    s_m: float


@dataclass(frozen=True)
class PitLane:
    """Holds the pit lane as drawn, in driving order: its middle line, (n, 2), and width, (n,)."""

    points_m: Array
    s_m: Array
    width_m: Array
    speed_limit_mps: float


@dataclass(frozen=True)
class Building:
    """Stands beside the track: its kind, its name, and its outline, (n, 2), not closed."""

    kind: str
    name: str
    outline_m: Array


def grid_boxes(grid: Grid, centreline: Centreline) -> tuple[GridBox, ...]:
    """Return the boxes, pole first, each behind the last and on the other side."""
    boxes = []
    for i in range(grid.boxes):
        s_m = (-grid.first_m - i * grid.spacing_m) % centreline.length_m
        to_left = (grid.pole == "left") == (i % 2 == 0)
        x_m, y_m = centreline.point(s_m, grid.offset_m if to_left else -grid.offset_m)
        boxes.append(GridBox(x_m, y_m, centreline.pose(s_m).heading_rad, s_m))
    return tuple(boxes)


def pit_lane(entry: PitLaneEntry, frames: Frames) -> PitLane:
    """Return the pit lane from its entry to its exit, sampled as the centreline is."""
    knots = [(s, mid - 0.5 * width, mid + 0.5 * width) for s, mid, width in entry.path_m]
    right_m, left_m = ribbon(frames.s_m, [knots], frames.length_m)
    at_m = unrolled([s for s, _, _ in entry.path_m], frames.length_m)
    into_m = np.mod(frames.s_m - at_m[0], frames.length_m)
    order = np.argsort(into_m)
    index = order[into_m[order] <= at_m[-1] - at_m[0]]
    middle_m = 0.5 * (left_m[index] + right_m[index])
    return PitLane(
        frames.points(index, middle_m),
        frames.s_m[index],
        left_m[index] - right_m[index],
        entry.speed_limit_mps,
    )


def building_outline(entry: BuildingEntry, centreline: Centreline) -> Building:
    """Return the outline of a building: along its near side and back along its far side."""
    span_m = (entry.to_m - entry.from_m) % centreline.length_m
    count = max(2, round(span_m / _OUTLINE_STEP_M))
    s_m = entry.from_m + np.linspace(0.0, span_m, count)
    near, far = centreline.points(s_m, entry.near_m), centreline.points(s_m, entry.far_m)
    return Building(entry.kind, entry.name, np.concatenate([near, far[::-1]]))
