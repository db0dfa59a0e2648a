"""A driver senses a track: distances to its edges along rays, and the road ahead.

The edge is the outermost one that counts as track, the same that track limits go by. The functions
run plainly over lists and compiled over arrays; both give the same bits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array, Mask
from game.compiled import Backend, compiled_for, numba_is_installed, tick_function
from game.records import arrays, rows
from game.track.levels import BRIDGE
from game.track.sampling import Frames
from game.track.surfaces import TARMAC
from game.track.tables import TrackTables, flat_tables, surface_at
from game.track.track import Track
from game.trig import Direction, direction

# From the car's heading, left positive, from left to right; denser where a fast car is going.
RAY_ANGLES_DEG: Final = (
    *(90.0, 75.0, 60.0, 45.0, 30.0, 20.0, 15.0, 10.0, 5.0, 0.0),
    *(-5.0, -10.0, -15.0, -20.0, -30.0, -45.0, -60.0, -75.0, -90.0),
)
RAY_RANGE_M: Final = 200.0
AHEAD_M: Final = (5.0, 10.0, 20.0, 30.0, 45.0, 60.0, 80.0, 100.0, 125.0, 150.0, 175.0, 200.0)

_CELL_M: Final = 4.0  # of the grid
_PORTAL_SAMPLES: Final = 5  # from where the level changes to the portal by which it is left
_OVERLAP_M: Final = 1e-6  # of its cells, far above the rounding of a walk through them


class EdgeSegment(NamedTuple):
    """Describes a piece of the track's edge, from one place to another."""

    x_m: float
    y_m: float
    to_x_m: float
    to_y_m: float


class Portal(NamedTuple):
    """Holds a line across the road; a ray goes on beyond it along the edges of the other level."""

    line: EdgeSegment
    level: int  # from which it is left


class EdgeGrid(NamedTuple):
    """Sorts the edges of a track into square cells, and holds the portals between its levels.

    Cell `column + row * columns` holds the segments from `first[cell]` to before `first[cell + 1]`;
    a segment that touches several cells is in each. With bridges the cells of the upper level
    follow those of the lower. The edges of a level reach on beyond the portals by which it is left.
    """

    x_m: float  # of the corner from which columns and rows count
    y_m: float
    columns: int
    rows: int
    first: list[int]
    segments: list[EdgeSegment]
    portals: list[Portal]


class RayFan(NamedTuple):
    """Holds rays in a car's axes, and how far they reach."""

    range_m: float
    directions: list[Direction]


class TrackAhead(NamedTuple):
    """Describes the road at n distances ahead of a car along the centreline; n entries a field."""

    distance_m: tuple[float, ...]
    curvature_1pm: tuple[float, ...]  # of the centreline, positive in left turns
    left_m: tuple[float, ...]  # from the centreline to the left edge of the track
    right_m: tuple[float, ...]  # and to the right edge
    surface: tuple[int, ...]  # number of the surface there at the car's own offset


class TrackSensor:
    """Senses the edges and the road ahead on one track, or on endless tarmac without edges.

    `Backend.COMPILED` uses compiled functions, with the same results; where numba is missing
    the plain ones serve. The angles are from the heading, left positive.
    """

    def __init__(
        self,
        track: Track | None,
        backend: Backend = Backend.PLAIN,
        angles_deg: Sequence[float] = RAY_ANGLES_DEG,
        range_m: float = RAY_RANGE_M,
        ahead_m: Sequence[float] = AHEAD_M,
    ) -> None:
        self.ahead_m = tuple(ahead_m)
        self._track = track
        self.grid: Any = edge_grid(track)
        self.tables: Any = track.tables if track else flat_tables()
        self.fan: Any = ray_fan(angles_deg, float(range_m))
        self._distances: Any = list(self.ahead_m)
        self._rays_m: Any = [0.0] * len(self.fan.directions)
        self._places: Any = [0.0] * (4 * len(self.ahead_m))
        self._no_distance: Any = [0.0]
        self._place: Any = [0.0] * 4
        self._cast: Callable[..., None] = cast_rays
        self._look: Callable[..., None] = look_ahead
        if backend is Backend.COMPILED and numba_is_installed():
            self._use_machine_code()

    def rays_m(
        self, x_m: float, y_m: float, heading_rad: float, s_m: float = 0.0
    ) -> tuple[float, ...]:
        """Return the distance to the track's edge along each ray of the fan, at most the range.

        s_m: along the lap to the road that the car is on, which matters where two cross.
        """
        level = level_seen(self.tables, s_m) if self.tables.bridged else 0
        self._cast(self.grid, self.fan, x_m, y_m, heading_rad, level, self._rays_m)
        return tuple(map(float, self._rays_m))

    def ahead(self, s_m: float, offset_m: float) -> TrackAhead:
        """Return the road ahead of a place in track coordinates."""
        self._look(self.tables, self._distances, s_m, offset_m, self._places)
        return _road(self.ahead_m, self._places)

    def beside(self, s_m: float, offset_m: float) -> TrackAhead:
        """Return the road beside a place in track coordinates, as one distance of 0 m."""
        self._look(self.tables, self._no_distance, s_m, offset_m, self._place)
        return _road((0.0,), self._place)

    def _use_machine_code(self) -> None:
        self.grid = arrays(self.grid)
        self.tables = self._track.table_arrays if self._track else arrays(self.tables)
        self.fan = arrays(self.fan)
        self._distances = rows(float, self._distances)
        self._rays_m = rows(float, self._rays_m)
        self._places = rows(float, self._places)
        self._no_distance = rows(float, self._no_distance)
        self._place = rows(float, self._place)
        here = (0.0, 0.0)
        self._cast = compiled_for(cast_rays, self.grid, self.fan, *here, 0.0, 0, self._rays_m)
        self._look = compiled_for(look_ahead, self.tables, self._distances, *here, self._places)


def _road(distances_m: tuple[float, ...], places: Any) -> TrackAhead:
    numbers = list(map(float, places))
    curvature_1pm, left_m, right_m, surface = (tuple(numbers[field::4]) for field in range(4))
    return TrackAhead(distances_m, curvature_1pm, left_m, right_m, tuple(map(int, surface)))


def ray_fan(angles_deg: Sequence[float] = RAY_ANGLES_DEG, range_m: float = RAY_RANGE_M) -> RayFan:
    """Return rays at angles from the heading."""
    return RayFan(range_m, [direction(math.radians(angle)) for angle in angles_deg])


@tick_function
def level_seen(tables: TrackTables, s_m: float) -> int:
    """Return the level whose edges are seen first from a place on the lap: 1 on a bridge."""
    if not tables.bridged:
        return 0
    nearest = int(s_m / tables.step_m + 0.5) % tables.sample_count
    return 1 if tables.tiers[nearest] == BRIDGE else 0


@tick_function
def cast_rays(
    grid: EdgeGrid,
    fan: RayFan,
    x_m: float,
    y_m: float,
    heading_rad: float,
    level: int,
    rays_m: list[float],
) -> None:
    """Fill `rays_m`, one entry a ray of the fan, by `cast_ray` from a car's pose."""
    heading = direction(heading_rad)
    for index in range(len(fan.directions)):
        ray = fan.directions[index]
        rays_m[index] = cast_ray(
            grid,
            x_m,
            y_m,
            heading.cos * ray.cos - heading.sin * ray.sin,
            heading.sin * ray.cos + heading.cos * ray.sin,
            fan.range_m,
            level,
        )


@tick_function
def cast_ray(
    grid: EdgeGrid, x_m: float, y_m: float, cos: float, sin: float, range_m: float, level: int
) -> float:
    """Return the distance from a place along a direction to the first edge, at most `range_m`.

    The ray stays on its level of the road, and goes on along the other beyond a portal.
    """
    begin_m = 0.0
    edge_m = _edge_distance_m(grid, x_m, y_m, cos, sin, range_m, level)
    for _ in range(len(grid.portals)):
        portal_m = edge_m
        for index in range(len(grid.portals)):
            portal = grid.portals[index]
            if portal.level == level:
                there_m = _hit_distance_m(portal.line, x_m, y_m, cos, sin, portal_m)
                if there_m > begin_m:
                    portal_m = there_m
        if portal_m == edge_m:
            return edge_m
        level = 1 - level
        begin_m = portal_m
        edge_m = begin_m + _edge_distance_m(
            grid,
            x_m + begin_m * cos,
            y_m + begin_m * sin,
            cos,
            sin,
            range_m - begin_m,
            level,
        )
    return edge_m


@tick_function
def _edge_distance_m(
    grid: EdgeGrid, x_m: float, y_m: float, cos: float, sin: float, range_m: float, level: int
) -> float:
    """Return the distance along a direction to the first edge of a level, at most `range_m`.

    From outside the track it is the distance to where the ray first meets it. Exact: the ray is cut
    with the edges themselves, of which two that join leave no gap; a walk through the grid from
    cell to cell (Amanatides and Woo, 1987) finds those to try. Beyond the grid all cells are empty.
    """
    column = math.floor((x_m - grid.x_m) / _CELL_M)
    row = math.floor((y_m - grid.y_m) / _CELL_M)
    next_column_m = next_row_m = math.inf  # along the ray to where it leaves the column or row
    column_m = row_m = math.inf  # and from there across the next
    column_step = row_step = 1
    if cos > 0.0:
        next_column_m = (grid.x_m + (column + 1) * _CELL_M - x_m) / cos
        column_m = _CELL_M / cos
    elif cos < 0.0:
        next_column_m = (grid.x_m + column * _CELL_M - x_m) / cos
        column_m = -_CELL_M / cos
        column_step = -1
    if sin > 0.0:
        next_row_m = (grid.y_m + (row + 1) * _CELL_M - y_m) / sin
        row_m = _CELL_M / sin
    elif sin < 0.0:
        next_row_m = (grid.y_m + row * _CELL_M - y_m) / sin
        row_m = -_CELL_M / sin
        row_step = -1
    nearest_m = range_m
    while True:
        if 0 <= column < grid.columns and 0 <= row < grid.rows:
            cell = column + (row + level * grid.rows) * grid.columns
            for index in range(grid.first[cell], grid.first[cell + 1]):
                nearest_m = _hit_distance_m(grid.segments[index], x_m, y_m, cos, sin, nearest_m)
        if next_column_m < next_row_m:
            if not next_column_m < nearest_m:
                return nearest_m
            next_column_m += column_m
            column += column_step
        else:
            if not next_row_m < nearest_m:
                return nearest_m
            next_row_m += row_m
            row += row_step


@tick_function
def _hit_distance_m(
    segment: EdgeSegment, x_m: float, y_m: float, cos: float, sin: float, nearest_m: float
) -> float:
    """Return the distance to a segment if the ray meets it nearer than `nearest_m`, else that.

    The side of the ray on which an end lies is one number for both segments that join there.
    """
    dx_m = segment.x_m - x_m
    dy_m = segment.y_m - y_m
    to_dx_m = segment.to_x_m - x_m
    to_dy_m = segment.to_y_m - y_m
    left_m = cos * dy_m - sin * dx_m
    to_left_m = cos * to_dy_m - sin * to_dx_m
    if (left_m >= 0.0) == (to_left_m >= 0.0):
        return nearest_m
    distance_m = (dx_m * to_dy_m - dy_m * to_dx_m) / (to_left_m - left_m)
    return distance_m if 0.0 <= distance_m < nearest_m else nearest_m


@tick_function
def look_ahead(
    tables: TrackTables,
    ahead_m: Sequence[float],
    s_m: float,
    offset_m: float,
    numbers: list[float],
) -> None:
    """Fill `numbers` with the road at each distance of `ahead_m`, at most a lap, from 0 <= s_m.

    Four numbers a distance: curvature, distance from the centreline to the left and to the right
    edge, and the number of the surface at `offset_m`; as at the nearest sample.
    """
    for index in range(len(ahead_m)):
        first = 4 * index
        if tables.endless:
            numbers[first] = 0.0
            numbers[first + 1] = math.inf
            numbers[first + 2] = math.inf
            numbers[first + 3] = TARMAC
            continue
        nearest = int((s_m + ahead_m[index]) / tables.step_m + 0.5) % tables.sample_count
        sample = tables.samples[nearest]
        numbers[first] = sample.curvature_1pm
        numbers[first + 1] = sample.limit_left_m
        numbers[first + 2] = sample.limit_right_m
        numbers[first + 3] = surface_at(tables, nearest * tables.step_m, offset_m)


def edge_grid(track: Track | None) -> EdgeGrid:
    """Return the edges of a track in their cells; without a track a grid with nothing in it."""
    if track is None:
        return EdgeGrid(0.0, 0.0, 0, 0, [0], [], [])
    limits_m = np.array(
        [(sample.limit_left_m, -sample.limit_right_m) for sample in track.tables.samples]
    )
    left_m, right_m = (track.frames.along(limits_m[:, side]) for side in range(2))
    ends = np.concatenate(
        [np.hstack([line, np.roll(line, -1, axis=0)]) for line in (left_m, right_m)]
    )
    corner = ends.reshape(-1, 2).min(axis=0) - _CELL_M
    segment, cell, columns, row_count = _cells(ends, corner)
    levels = [np.tile(on_level, 2)[segment] for on_level in _edges_of_levels(track.frames)]
    cell = np.concatenate(
        [cell[part] + level * columns * row_count for level, part in enumerate(levels)]
    )
    segment = np.concatenate([segment[part] for part in levels])
    order = np.argsort(cell, kind="stable")
    first = np.searchsorted(cell[order], np.arange(len(levels) * columns * row_count + 1))
    return EdgeGrid(
        float(corner[0]),
        float(corner[1]),
        columns,
        row_count,
        first.tolist(),
        [EdgeSegment(*numbers) for numbers in ends[segment[order]].tolist()],
        _portals(track.frames, left_m, right_m),
    )


def _edges_of_levels(frames: Frames) -> list[Mask]:
    """Return for each level the samples whose edges are seen on it, one level without bridges."""
    above = frames.tier == BRIDGE
    if not above.any():
        return [~above]
    near = range(-2 * _PORTAL_SAMPLES, 2 * _PORTAL_SAMPLES + 1)
    return [np.any([np.roll(here, shift) for shift in near], axis=0) for here in (~above, above)]


def _portals(frames: Frames, left_m: Array, right_m: Array) -> list[Portal]:
    """Return the lines across the road by which rays leave a level: each beyond the level's end."""
    above = frames.tier == BRIDGE
    portals = []
    for begin in np.flatnonzero(above & ~np.roll(above, 1)).tolist():
        portals += [(begin + _PORTAL_SAMPLES, 0), (begin - _PORTAL_SAMPLES, 1)]
    for end in np.flatnonzero(above & ~np.roll(above, -1)).tolist():
        portals += [(end - _PORTAL_SAMPLES, 0), (end + _PORTAL_SAMPLES, 1)]
    count = len(above)
    return [
        Portal(EdgeSegment(*left_m[at % count].tolist(), *right_m[at % count].tolist()), level)
        for at, level in portals
    ]


def _cells(
    ends: Array, corner: Array
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], int, int]:
    """Return which segment touches which cell, as two arrays of shape (m,), and the grid's size.

    ends: x, y, to x, to y, shape (n, 4). A segment counts for all cells of its bounding box.
    """
    pairs = ends.reshape(-1, 2, 2)
    low = np.floor((pairs.min(axis=1) - _OVERLAP_M - corner) / _CELL_M).astype(int)
    high = np.floor((pairs.max(axis=1) + _OVERLAP_M - corner) / _CELL_M).astype(int)
    wide, tall = (high - low + 1).T
    columns, row_count = (high.max(axis=0) + 1).tolist()
    segment = np.repeat(np.arange(len(ends)), wide * tall)
    within = np.arange(len(segment)) - np.repeat(np.cumsum(wide * tall) - wide * tall, wide * tall)
    row, column = np.divmod(within, wide[segment])
    cell = low[segment, 0] + column + (low[segment, 1] + row) * columns
    return segment, cell, columns, row_count
