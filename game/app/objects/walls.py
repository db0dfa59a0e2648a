"""Draw barriers from above: tyre stacks behind a conveyor belt, armco on posts, concrete."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pygame

from game.app.canvas.patches import Drawing, Patches, Piece, joined, line_patches
from game.app.ui.palette import Colour
from game.arrays import Array
from game.track.track import Track
from game.track.walls import Wall

HEIGHT_M: Final = 1.05

TYRE_M: Final = 0.62
_ROWS: Final = 3
_RUBBER: Final = (40, 40, 42)
_HOLE: Final = (17, 17, 18)
_LIT: Final = (66, 66, 68)
_BELT: Final = ((226, 224, 216), (186, 40, 36))
_BELT_TYRES: Final = 4
BELT_WIDE_M: Final = 0.20
_CONCRETE: Final = ((142, 139, 131), (192, 188, 178), (206, 203, 194))
_ARMCO: Final = ((126, 130, 132), (196, 200, 202), (150, 154, 157), (214, 218, 220))
_POST: Final = (84, 84, 84)
_POST_M: Final = 2.0
_BLOCK_M: Final = 4.0
_MIN_PIXELS: Final = 3.0  # a tyre; below it, rows are drawn as bands


class WallPainter:
    """Draws walls of a track."""

    def __init__(self, walls: Sequence[Wall]) -> None:
        solid = [wall for wall in walls if wall.kind != "tyres"]
        tyres = [wall for wall in walls if wall.kind == "tyres"]
        self._lines = Drawing(joined([_solid(wall) for wall in solid]))
        self._belts = Drawing(joined([_belt(wall) for wall in tyres]))
        self._bands = Drawing(
            joined([_along(wall, _ROWS * TYRE_M, _RUBBER, _row_m(1)) for wall in tyres])
        )
        self._beds = Drawing(
            joined([_along(wall, (_ROWS - 0.6) * TYRE_M, _HOLE, _row_m(1)) for wall in tyres])
        )
        self._tyres_m = np.concatenate([np.zeros((0, 2)), *(tyre_stack(wall) for wall in tyres)])
        self.shadow_lines = [
            (line, HEIGHT_M)
            for wall in walls
            for line in ([_inner_line(wall)] if wall.kind == "tyres" else [_ring(wall)])
        ]

    def touches(self, piece: Piece) -> bool:
        """Return whether any wall may lie in a piece."""
        drawings = (self._lines, self._bands, self._belts)
        return any(drawing.touches(piece) for drawing in drawings)

    def draw(self, surface: pygame.Surface, fine: Piece) -> None:
        """Draw the walls that touch a piece."""
        self._lines.draw(surface, fine)
        if TYRE_M * fine.pixels_per_m < _MIN_PIXELS:
            self._bands.draw(surface, fine)
        else:
            self._beds.draw(surface, fine)
            self._draw_tyres(surface, fine)
        self._belts.draw(surface, fine)

    def _draw_tyres(self, surface: pygame.Surface, fine: Piece) -> None:
        found = fine.touching(self._tyres_m, self._tyres_m, 1.0)
        radius = 0.5 * TYRE_M * fine.pixels_per_m
        for x, y in np.floor(fine.to_pixels(self._tyres_m[found]) + 0.5).astype(int).tolist():
            draw_tyre(surface, (x, y), radius)


def draw_tyre(surface: pygame.Surface, middle: tuple[int, int], radius: float) -> None:
    """Draw a lying tyre, lit from the upper left."""
    x, y = middle
    ring = radius * 0.72
    lit, dark = round(0.07 * radius), round(0.035 * radius)
    pygame.draw.circle(surface, _HOLE, (x, y), radius * 1.04)
    pygame.draw.circle(surface, _LIT, (x - lit, y - lit), radius * 0.94)
    pygame.draw.circle(surface, _RUBBER, (x + dark, y + dark), ring * 1.1)
    pygame.draw.circle(surface, _HOLE, (x, y), radius * 0.46)


def tyre_places(track: Track) -> Array:
    """Return the middles of all tyres in the stacks of a track, shape (n, 2)."""
    tyres = [tyre_stack(wall) for wall in track.walls if wall.kind == "tyres"]
    return np.concatenate([np.zeros((0, 2)), *tyres])


def _ring(wall: Wall) -> Array:
    points_m = wall.points_m
    return np.concatenate([points_m, points_m[:1]]) if wall.closed else points_m


def _solid(wall: Wall) -> Patches:
    width_m = 2.0 * wall.half_thickness_m + 0.1
    if wall.kind == "concrete":
        dark, top, lit = _CONCRETE
        joints = _crossings(wall, _BLOCK_M, 0.06, width_m, (92, 90, 84))
        return joined(
            [
                _along(wall, width_m, dark),
                _along(wall, 0.72 * width_m, top),
                _along(wall, 0.22 * width_m, lit),
                joints,
            ]
        )
    edge, rail, groove, lit = _ARMCO
    return joined(
        [
            _crossings(wall, _POST_M, 0.16, width_m + 0.34, _POST),
            _along(wall, width_m, edge),
            _along(wall, 0.80 * width_m, rail),
            _along(wall, 0.34 * width_m, groove),
            _along(wall, 0.10 * width_m, lit),
            _crossings(wall, 2.0 * _POST_M, 0.05, width_m, edge),
        ]
    )


def _along(wall: Wall, width_m: float, colour: Colour, aside_m: float = 0.0) -> Patches:
    points_m = wall.points_m if aside_m == 0.0 else _shifted(wall, wall.points_m, aside_m)
    return line_patches(points_m, width_m, colour, closed=wall.closed)


def _row_m(row: int) -> float:
    """Return how far a row of tyres stands from the wall's line, towards the track."""
    return 0.5 * TYRE_M - row * TYRE_M + 0.3


def _inwards(wall: Wall) -> float:
    return -float(np.sign(wall.offset_m[0]))


def _normals(points_m: Array) -> Array:
    tangent = np.gradient(points_m, axis=0)
    tangent /= np.maximum(np.hypot(tangent[:, 0], tangent[:, 1]), 1e-9)[:, None]
    return np.column_stack([-tangent[:, 1], tangent[:, 0]])


def _shifted(wall: Wall, points_m: Array, towards_track_m: float) -> Array:
    return np.asarray(points_m + _inwards(wall) * towards_track_m * _normals(points_m))


def _inner_line(wall: Wall) -> Array:
    return _shifted(wall, wall.points_m, _row_m(1))


def _spaced(wall: Wall, step_m: float) -> Array:
    """Return points along a wall, evenly spaced, shape (n, 2)."""
    ring = _ring(wall)
    along_m = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(ring, axis=0).T))])
    at_m = np.arange(0.5 * step_m, along_m[-1], step_m)
    return np.column_stack([np.interp(at_m, along_m, ring[:, axis]) for axis in (0, 1)])


def tyre_stack(wall: Wall) -> Array:
    """Return the middles of the tyres, the outer row first."""
    points_m = _spaced(wall, TYRE_M)
    if len(points_m) < 2:
        return np.zeros((0, 2))
    rows = []
    for row in reversed(range(_ROWS)):
        between = points_m if row % 2 == 0 else 0.5 * (points_m[:-1] + points_m[1:])
        if len(between) > 1:
            rows.append(_shifted(wall, between, _row_m(row)))
    return np.concatenate(rows)


def belt_line(wall: Wall) -> Array:
    """Return the line of the conveyor belt before a wall's tyres, shape (n, 2)."""
    return _shifted(wall, _spaced(wall, TYRE_M), _row_m(0) + 0.5 * TYRE_M)


def belt_colour(at: int) -> Colour:
    """Return the colour of a belt's piece between two of its points."""
    return _BELT[(at // _BELT_TYRES) % 2]


def _belt(wall: Wall) -> Patches:
    """Return the conveyor belt before the tyres, white and red in turn."""
    line = belt_line(wall)
    if len(line) < 2:
        return Patches([], [])
    count = len(line) - 1
    belt = line_patches(line, BELT_WIDE_M, _BELT[0], closed=False)
    colours = [belt_colour(at) for at in range(count)]
    return Patches(belt.polygons_m, colours)


def _crossings(
    wall: Wall, step_m: float, along_m: float, across_m: float, colour: Colour
) -> Patches:
    """Return short bars across a wall: posts and joints."""
    points_m = _spaced(wall, step_m)
    if len(points_m) < 2:
        return Patches([], [])
    normals = _normals(points_m)
    polygons = []
    for place, normal in zip(points_m, normals, strict=True):
        half = 0.5 * across_m * normal
        on = 0.5 * along_m * np.array([normal[1], -normal[0]])
        polygons.append(
            np.array([place + half + on, place + half - on, place - half - on, place - half + on])
        )
    return Patches(polygons, [colour] * len(polygons))
