"""Paint the car and the ground around it from the track's surfaces alone.

The car points up, a quarter above the lower edge. A bar along that edge shows the speed (its full
length is 70 m/s), one above it the angle of the front wheels, from the middle to the side.
"""

from __future__ import annotations

import math
from typing import Any, Final, NamedTuple

import numpy as np

from game.compiled import Backend, tick_function
from game.records import arrays, rows
from game.simulation.snapshot import Snapshot
from game.track.levels import BRIDGE, GROUND
from game.track.surfaces import GRASS
from game.track.tables import TrackTables, edge_excess_m, project, surface_at, tier_at
from game.track.track import Track
from game.trig import direction
from game.vehicle.spec import CarSpec

PIXELS: Final = 96  # of a learner's picture, a side
SHOWN_M: Final = 76.8  # of the ground, a side

_FINE_M: Final = 0.25  # side of a square of the map
_COARSE: Final = 32  # squares along the side of a cell with a hint
_BESIDE_M: Final = 120.0  # ground farther from the centreline is taken for grass
_UNKNOWN: Final = 255
_FULL_SPEED_MPS: Final = 70.0
_BAR: Final = 32  # of the picture's height to a bar's
_CAR_COLOUR: Final = 6
_BAR_COLOUR: Final = 7
# Red, green, blue of the surfaces by number, then of the car and of the bars.
_COLOURS: Final = (
    *((105, 105, 110), (200, 40, 40), (60, 110, 190), (80, 150, 70), (200, 180, 130)),
    *((135, 130, 125), (250, 220, 60), (250, 250, 250)),
)


class SurfaceMap(NamedTuple):
    """Maps the surface in each square of `_FINE_M`, looked up when it is first painted."""

    tables: TrackTables
    x_m: float  # of the corner from which columns and rows count
    y_m: float
    columns: int
    rows: int
    hints: list[int]  # by coarse cell: the sample of the centreline nearest to it
    hints_above: list[int]  # and the nearest one on a bridge, or -1; empty without bridges
    kinds: Any  # by square: number of the surface or unknown, uint8, shape (rows, columns)


class Canvas(NamedTuple):
    """Holds the parts that a picture is painted from, except the state of the car."""

    surface_map: SurfaceMap
    nose_m: float  # ahead of the centre of gravity
    tail_m: float  # ahead of it too, below zero
    half_width_m: float
    lock_rad: float
    colours: Any  # uint8, shape (8, 3), in both forms
    pixel_m: float


def make_canvas(track: Track, spec: CarSpec, pixels: int, backend: Backend) -> Canvas:
    """Return the canvas for square pictures of `size` pixels, plain or compiled."""
    chassis = spec.chassis
    surface_map = _unknown_map(track)
    if backend is Backend.COMPILED:
        surface_map = surface_map._replace(
            tables=arrays(surface_map.tables),
            hints=rows(int, surface_map.hints),
            hints_above=rows(int, surface_map.hints_above),
        )
    return Canvas(
        surface_map,
        chassis.nose_m,
        chassis.tail_m,
        0.5 * chassis.width_m,
        spec.steering.lock_rad,
        np.array(_COLOURS, np.uint8),
        SHOWN_M / pixels,
    )


@tick_function
def paint(canvas: Canvas, car: Snapshot, picture: Any) -> None:
    """Fill a picture, uint8, shape (n, n, 3)."""
    surface_map = canvas.surface_map
    kinds = surface_map.kinds
    colours = canvas.colours
    size = len(picture)
    heading = direction(car.heading_rad)
    # From pixel to pixel, in squares of the ground.
    step = canvas.pixel_m / _FINE_M
    right_x = heading.sin * step
    right_y = -heading.cos * step
    middle = 0.5 * (size - 1)
    for row in range(size):
        ahead = 0.75 * size - 0.5 - row
        x = (car.x_m - surface_map.x_m) / _FINE_M + ahead * heading.cos * step - middle * right_x
        y = (car.y_m - surface_map.y_m) / _FINE_M + ahead * heading.sin * step - middle * right_y
        for column in range(size):
            square_x = math.floor(x + column * right_x)
            square_y = math.floor(y + column * right_y)
            kind = GRASS
            if 0 <= square_x < surface_map.columns and 0 <= square_y < surface_map.rows:
                kind = int(kinds[square_y, square_x])
                if kind == _UNKNOWN:
                    kind = _surface_of(surface_map, square_x, square_y)
                    kinds[square_y, square_x] = kind
            picture[row, column, 0] = colours[kind, 0]
            picture[row, column, 1] = colours[kind, 1]
            picture[row, column, 2] = colours[kind, 2]
    _draw_car(canvas, picture)
    _draw_bars(canvas, car, picture)


@tick_function
def _surface_of(surface_map: SurfaceMap, square_x: int, square_y: int) -> int:
    """Return the number of the surface in the middle of a square, seen from above."""
    tables = surface_map.tables
    cell = square_x // _COARSE + square_y // _COARSE * (surface_map.columns // _COARSE)
    x_m = surface_map.x_m + (square_x + 0.5) * _FINE_M
    y_m = surface_map.y_m + (square_y + 0.5) * _FINE_M
    if tables.bridged and surface_map.hints_above[cell] >= 0:
        above = project(tables, x_m, y_m, surface_map.hints_above[cell])
        on_bridge = tier_at(tables, above.index) == BRIDGE
        if on_bridge and edge_excess_m(tables, above.s_m, above.offset_m) <= 0.0:
            return surface_at(tables, above.s_m, above.offset_m)
    projection = project(tables, x_m, y_m, surface_map.hints[cell])
    return surface_at(tables, projection.s_m, projection.offset_m)


@tick_function
def _draw_car(canvas: Canvas, picture: Any) -> None:
    size = len(picture)
    centre = 0.75 * size
    _fill(
        canvas,
        picture,
        round(centre - canvas.nose_m / canvas.pixel_m),
        round(centre - canvas.tail_m / canvas.pixel_m),
        round(0.5 * size - canvas.half_width_m / canvas.pixel_m),
        round(0.5 * size + canvas.half_width_m / canvas.pixel_m),
        _CAR_COLOUR,
    )


@tick_function
def _draw_bars(canvas: Canvas, car: Snapshot, picture: Any) -> None:
    size = len(picture)
    high = size // _BAR
    half = size // 2
    speed_mps = math.sqrt(
        car.velocity_forward_mps * car.velocity_forward_mps
        + car.velocity_left_mps * car.velocity_left_mps
    )
    full = int(min(speed_mps / _FULL_SPEED_MPS, 1.0) * size)
    left = int(half - car.steering_rad / canvas.lock_rad * half)
    _fill(canvas, picture, size - high, size, 0, full, _BAR_COLOUR)
    _fill(
        canvas,
        picture,
        size - 3 * high,
        size - 2 * high,
        min(left, half),
        max(left, half),
        _BAR_COLOUR,
    )


@tick_function
def _fill(
    canvas: Canvas, picture: Any, top: int, bottom: int, left: int, right: int, colour: int
) -> None:
    for row in range(top, bottom):
        for column in range(left, right):
            for channel in range(3):
                picture[row, column, channel] = canvas.colours[colour, channel]


def _unknown_map(track: Track) -> SurfaceMap:
    """Return the map of a track on which only the nearest samples are known yet, and no surface."""
    places_m = track.frames.places_m
    corner_m = places_m.min(axis=0) - _BESIDE_M
    cell_m = _COARSE * _FINE_M
    across, up = (
        np.ceil((places_m.max(axis=0) + _BESIDE_M - corner_m) / cell_m).astype(int).tolist()
    )
    middle_x_m = corner_m[0] + cell_m * (np.arange(across) + 0.5)
    middle_y_m = corner_m[1] + cell_m * (np.arange(up) + 0.5)
    nearest = track.frames.nearest(middle_x_m, middle_y_m[:, None], tier=GROUND)
    above = track.frames.nearest(middle_x_m, middle_y_m[:, None], _BESIDE_M, tier=BRIDGE)
    columns, row_count = across * _COARSE, up * _COARSE
    return SurfaceMap(
        track.tables,
        float(corner_m[0]),
        float(corner_m[1]),
        columns,
        row_count,
        nearest.ravel().tolist(),
        above.ravel().tolist() if track.frames.has_bridges else [],
        np.full((row_count, columns), _UNKNOWN, np.uint8),
    )
