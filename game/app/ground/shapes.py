"""A circuit as coloured shapes: roads, kerbs, paint, gravel, walls, buildings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from game.app.ground.markings import WHITE, chequered_line, grid_brackets, sector_line
from game.app.ground.patches import (
    Colour,
    Drawing,
    Patches,
    joined,
    line_patches,
    ribbon_patches,
    whole_patches,
)
from game.app.ground.rubber import rubber_offset
from game.track.bands import SideName
from game.track.track import Track
from game.track.walls import Wall

Array = npt.NDArray[np.float64]

_ROAD: Final = (80, 82, 86)
_RUBBER: Final = (54, 55, 59)
_APRON: Final = (103, 104, 104)  # pit lane and escape roads
_EARTH: Final = (112, 108, 70)
_GRAVEL: Final = (205, 187, 150)
_GRAVEL_RAKED: Final = (193, 174, 137)
_RED: Final = (206, 38, 40)
_PAINTS: Final = ((70, 108, 170), (112, 116, 120))
_CONCRETE: Final = ((120, 122, 122), (196, 197, 193), (226, 227, 222))
_ARMCO: Final = ((92, 96, 100), (200, 205, 209), (120, 125, 130))
_SEATS: Final = ((58, 92, 150), (206, 209, 212))
_ROOFS: Final = ((172, 175, 178), (182, 185, 188))
_SEAM: Final = (140, 143, 147)

_KERB_BLOCK_M: Final = 1.5
_PAINT_BLOCK_M: Final = 3.0
_LINE_M: Final = 0.18
_RAKE_M: Final = 0.9
_TYRE_M: Final = 0.64
_RUBBER_STEPS: Final = 7
_RUBBER_WIDTHS_M: Final = (4.6, 1.1)  # of the faintest and the darkest step


@dataclass(frozen=True)
class Shapes:
    """All that is drawn of a circuit, by what it is made of."""

    gravel: Drawing
    furrows: Drawing
    hard: Drawing
    wall_feet: Drawing
    walls: Drawing
    tyres_m: Array  # middles, shape (n, 2)
    tyre_colours: list[Colour]
    building_feet: Drawing
    buildings: Drawing


def circuit_shapes(track: Track) -> Shapes:
    """The shapes of a track."""
    lines = [wall for wall in track.walls if wall.kind != "tyres"]
    tyres = [_tyres(wall) for wall in track.walls if wall.kind == "tyres"]
    outlines = [scenery.outline_m for scenery in track.scenery]
    sides: tuple[SideName, SideName] = ("left", "right")
    return Shapes(
        gravel=_drawing(
            ribbon_patches(track.outline(side, 3), track.outline(side, 4), _GRAVEL)
            for side in sides
        ),
        furrows=_drawing(_furrows(track, side) for side in sides),
        hard=_hard(track),
        wall_feet=_drawing(_line(wall, 0.6, (0, 0, 0)) for wall in track.walls),
        walls=_drawing(_wall(wall) for wall in lines),
        tyres_m=np.concatenate([np.zeros((0, 2)), *(points for points, _ in tyres)]),
        tyre_colours=[colour for _, colours in tyres for colour in colours],
        building_feet=_drawing(_roof(outline, 1, 1.0, ((0, 0, 0),)) for outline in outlines),
        buildings=_drawing(_building(item.kind, item.outline_m) for item in track.scenery),
    )


def _drawing(parts: Iterable[Patches]) -> Drawing:
    return Drawing(joined(list(parts)))


def _hard(track: Track) -> Drawing:
    paved_left_m, paved_right_m = track.paved_outlines()
    right_m, left_m = track.outline("right", 0), track.outline("left", 0)
    sides: tuple[SideName, SideName] = ("left", "right")
    return _drawing(
        [
            *(_verge(track, side) for side in sides),
            ribbon_patches(paved_right_m, paved_left_m, _APRON),
            ribbon_patches(right_m, left_m, _ROAD),
            *_rubber(track),
            *(_edge_line(track, side) for side in sides),
            *(_blocks(track, side, 1, _PAINT_BLOCK_M, _PAINTS) for side in sides),
            *(_blocks(track, side, 0, _KERB_BLOCK_M, (_RED, WHITE)) for side in sides),
            grid_brackets(track),
            *(sector_line(track, s_m) for s_m in track.sectors_m[1:]),
            chequered_line(track),
        ]
    )


def _furrows(track: Track, side: SideName) -> Patches:
    """Rake marks along the gravel."""
    edges_m = track.band_edges(side)[:, 3:5]
    sign = 1.0 if side == "left" else -1.0
    strips = []
    for distance_m in np.arange(8.0, float(edges_m.max()), _RAKE_M):
        inside = (edges_m[:, 0] < distance_m - 0.1) & (edges_m[:, 1] > distance_m + 0.35)
        near_m, far_m = (sign * np.where(inside, d, 0.0) for d in (distance_m, distance_m + 0.3))
        ends = track.frames.along(near_m), track.frames.along(far_m)
        strips.append(whole_patches(*ends, _GRAVEL_RAKED))
    return joined(strips)


def _between(track: Track, right_m: Array, left_m: Array, colour: Colour) -> Patches:
    """The strip between two offsets."""
    return ribbon_patches(track.frames.along(right_m), track.frames.along(left_m), colour)


def _verge(track: Track, side: SideName) -> Patches:
    sign = 1.0 if side == "left" else -1.0
    edge_m = track.band_edges(side)[:, 2]
    return _between(track, sign * edge_m, sign * (edge_m + 0.55), _EARTH)


def _rubber(track: Track) -> list[Patches]:
    offset_m = rubber_offset(track.frames, reach_m=3.9)
    widest_m, narrowest_m = _RUBBER_WIDTHS_M
    strips = []
    for step in range(_RUBBER_STEPS):
        share = step / (_RUBBER_STEPS - 1)
        half_m = 0.5 * (widest_m + share * (narrowest_m - widest_m))
        colour = _mixed(_ROAD, _RUBBER, (step + 1) / _RUBBER_STEPS * 0.9)
        strips.append(_between(track, offset_m - half_m, offset_m + half_m, colour))
    return strips


def _edge_line(track: Track, side: SideName) -> Patches:
    sign = 1.0 if side == "left" else -1.0
    outer_m = track.band_edges(side)[:, 0] - 0.03
    return _between(track, sign * (outer_m - _LINE_M), sign * outer_m, WHITE)


def _blocks(
    track: Track, side: SideName, band: int, length_m: float, colours: tuple[Colour, Colour]
) -> Patches:
    """The band outside of `band` cut into blocks of alternating colours."""
    count = round(track.length_m / length_m)
    count += count % 2
    grid_m = np.linspace(0.0, track.length_m, count + 1)
    inner_m = _at(track, track.outline(side, band), grid_m)
    outer_m = _at(track, track.outline(side, band + 1), grid_m)
    polygons, shades = [], []
    for i in range(count):
        wide = np.hypot(*(outer_m[i : i + 2] - inner_m[i : i + 2]).T).max() > 0.05
        if wide:
            polygons.append(np.array([inner_m[i], inner_m[i + 1], outer_m[i + 1], outer_m[i]]))
            shades.append(colours[i % 2])
    return Patches(polygons, shades)


def _at(track: Track, closed_m: Array, s_m: Array) -> Array:
    """Points of a closed line of the samples at other distances."""
    samples_m = np.append(track.frames.s_m, track.length_m)
    ring = np.concatenate([closed_m, closed_m[:1]])
    return np.column_stack([np.interp(s_m, samples_m, ring[:, axis]) for axis in (0, 1)])


def _line(wall: Wall, width_m: float, colour: Colour) -> Patches:
    return line_patches(wall.points_m, width_m, colour, closed=wall.closed)


def _wall(wall: Wall) -> Patches:
    colours = _CONCRETE if wall.kind == "concrete" else _ARMCO
    width_m = 2.0 * wall.half_thickness_m + 0.1
    widths_m = (width_m, 0.62 * width_m, 0.2 * width_m)
    return joined(
        [_line(wall, wide_m, colour) for wide_m, colour in zip(widths_m, colours, strict=True)]
    )


def _tyres(wall: Wall) -> tuple[Array, list[Colour]]:
    """Two rows of tyre stacks; the front row is wrapped red and white in blocks of three."""
    steps_m = np.hypot(*np.diff(wall.points_m, axis=0).T)
    along_m = np.concatenate([[0.0], np.cumsum(steps_m)])
    at_m = np.arange(0.5 * _TYRE_M, along_m[-1], _TYRE_M)
    points = np.column_stack([np.interp(at_m, along_m, wall.points_m[:, axis]) for axis in (0, 1)])
    tangent = np.gradient(points, axis=0)
    tangent /= np.maximum(np.hypot(tangent[:, 0], tangent[:, 1]), 1e-9)[:, None]
    inwards = -np.sign(wall.offset_m[0])
    aside = inwards * np.column_stack([-tangent[:, 1], tangent[:, 0]])
    rows = [points + shift_m * aside for shift_m in (-0.32, 0.32)]
    wrapped: list[Colour] = [_RED if (i // 4) % 2 else WHITE for i in range(len(points))]
    return np.concatenate(rows), [(44, 44, 47)] * len(points) + wrapped


def _building(kind: str, outline_m: Array) -> Patches:
    """A roof with seams, or rows of seats."""
    if kind == "grandstand":
        return joined(
            [_roof(outline_m, 1, 1.0, (_CONCRETE[0],)), _roof(outline_m, 12, 0.8, _SEATS)]
        )
    return joined([_roof(outline_m, 1, 1.0, (_SEAM,)), _roof(outline_m, 5, 0.94, _ROOFS)])


def _roof(outline_m: Array, rows: int, filled: float, colours: Sequence[Colour]) -> Patches:
    """Rows along an outline from its near to its far side, each filled to a share, in short pieces.

    Polygons that reach far out of a picture are slow to draw.
    """
    half = len(outline_m) // 2
    near_m, far_m = outline_m[:half], outline_m[half:][::-1]
    polygons, shades = [], []
    for row in range(rows):
        low_m = near_m + (far_m - near_m) * (row / rows)
        high_m = near_m + (far_m - near_m) * ((row + filled) / rows)
        for begin in range(0, half - 1, 4):
            part = slice(begin, begin + 5)
            polygons.append(np.concatenate([low_m[part], high_m[part][::-1]]))
            shades.append(colours[row % len(colours)])
    return Patches(polygons, shades)


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (round(a + share * (b - a)) for a, b in zip(one, other, strict=True))
    return red, green, blue
