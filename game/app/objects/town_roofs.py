"""Draw the roofs of houses, and parked cars, as boxes that the sun lights."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.app.canvas.noise import hashed
from game.app.canvas.patches import Patches
from game.app.surfaces.landscape import LandColour, StreetPlan
from game.app.ui.palette import Colour
from game.arrays import Array, Mask

Casters = list[tuple[Array, float]]  # outlines of what casts shadows, and their heights

FLATS_HIGH_M: Final = 11.0
HALL_HIGH_M: Final = 7.0
HOUSE_HIGH_M: Final = 9.0  # of the highest ones
_LOW_M: Final = 4.5
_TILED: Final = 0.56  # of the houses; others have slates or flat roofs
_SLATED: Final = 0.24
_SUNLIT: Final = 1.06  # of the side of a roof that faces the sun
_SHADED: Final = 0.86
_PARAPET: Final = 1.10
_CAR_HIGH_M: Final = 1.4
_GLASS: Final[Colour] = (58, 64, 70)
_UNIT: Final[Colour] = (196, 197, 195)
_SKYLIGHT: Final[Colour] = (150, 168, 176)
_CHIMNEY: Final[Colour] = (132, 116, 104)
_GRID: Final = np.array([[i, j] for i in (-1.0, -0.5, 0.0, 0.5, 1.0) for j in (-1.0, 0.0, 1.0)])
_CHIMNEY_SHADE: Final[Colour] = (92, 86, 82)
_UNIT_SHADE: Final[Colour] = (112, 112, 110)
_TOWARDS_SUN: Final = np.array([-0.66, 0.75])
_BAND: Final[Colour] = (196, 202, 203)
_BANDS: Final = (-0.82, -0.5, -0.18, 0.14, 0.46, 0.78)  # of light in the roof of a hall
_COURSES: Final = (-0.76, -0.52, -0.28, 0.24, 0.48, 0.72)  # of tiles


class Boxes(NamedTuple):
    """Holds rectangles: middles and the half of their two sides as vectors, shape (n, 2)."""

    middle_m: Array
    half_along: Array
    half_across: Array

    def part(self, along: tuple[float, float], across: tuple[float, float]) -> Array:
        """Return the outlines of a part of each, -1 to 1 along and across, shape (n, 4, 2)."""
        corners = (
            (along[0], across[0]),
            (along[1], across[0]),
            (along[1], across[1]),
            (along[0], across[1]),
        )
        return np.stack(
            [self.middle_m + u * self.half_along + v * self.half_across for u, v in corners], axis=1
        )

    def chosen(self, index: Mask) -> Boxes:
        return Boxes(self.middle_m[index], self.half_along[index], self.half_across[index])

    def samples(self) -> Array:
        """Return places all over each, shape (n, places, 2)."""
        u, v = _GRID[:, 0, None], _GRID[:, 1, None]
        return np.asarray(
            self.middle_m[:, None] + u * self.half_along[:, None] + v * self.half_across[:, None]
        )

    def random(self, seed: int, kinds: int) -> list[Array]:
        """Return shares that belong to the places of the boxes."""
        at = np.round(10.0 * self.middle_m).astype(np.int64)
        return [hashed(at[:, 0], at[:, 1], seed + kind).astype(float) for kind in range(kinds)]


class ColouredPolygons:
    """Collects polygons with their colours in drawing order."""

    def __init__(self) -> None:
        self.polygons: list[Array] = []
        self.colours: list[Colour] = []

    def add(self, outlines_m: Array, colours: Array) -> None:
        self.polygons += list(outlines_m)
        self.colours += [(r, g, b) for r, g, b in np.clip(colours, 0, 255).astype(int).tolist()]

    def patches(self) -> Patches:
        return Patches(self.polygons, self.colours)


def _all(colour: Colour, count: int) -> Array:
    """Return one colour so many times, shape (count, 3)."""
    return np.tile(np.array(colour, float), (count, 1))


def _tones(colours: tuple[LandColour, ...], random: Array) -> Array:
    """Return a colour for each random share, shape (n, 3)."""
    index = np.minimum((random * len(colours)).astype(int), len(colours) - 1)
    return np.asarray(np.array(colours)[index])


def roof_houses(
    boxes: Boxes, plan: StreetPlan, seed: int, large: ColouredPolygons, small: ColouredPolygons
) -> Casters:
    """Draw roofs of tiles and slates, whose two sides the sun lights differently, and flat ones."""
    random = boxes.random(seed + 20, 5)
    colours = _tones(plan.tiles, random[1])
    slated = (random[0] >= _TILED) & (random[0] < _TILED + _SLATED)
    colours = np.where(slated[:, None], _tones(plan.slates, random[1]), colours)
    colours = colours * (0.95 + 0.1 * random[2])[:, None]
    flat = random[0] >= _TILED + _SLATED
    pitched = boxes.chosen(~flat)
    towards_sun = pitched.half_across @ _TOWARDS_SUN > 0.0
    tone = colours[~flat]
    for across, is_lit in (((-1.0, 0.0), ~towards_sun), ((0.0, 1.0), towards_sun)):
        shade = np.where(is_lit, _SUNLIT, _SHADED)[:, None]
        large.add(pitched.part((-1.0, 1.0), across), tone * shade)
    _detail(pitched, tone, random[3][~flat], small)
    shadows = _raised(boxes.chosen(~flat), _LOW_M + (HOUSE_HIGH_M - _LOW_M) * random[4][~flat])
    return shadows + roof_flat(boxes.chosen(flat), HOUSE_HIGH_M, plan, seed, large, small)


def _detail(boxes: Boxes, tone: Array, random: Array, small: ColouredPolygons) -> None:
    """Draw ridges, chimneys and skylights."""
    small.add(boxes.part((-1.0, 1.0), (-0.035, 0.035)), tone * 1.16)
    for course in _COURSES:
        small.add(boxes.part((-0.97, 0.97), (course, course + 0.02)), tone * 0.82)
    for end in (-1.0, 0.96):
        small.add(boxes.part((end, end + 0.04), (-1.0, 1.0)), tone * 0.74)
    with_chimney, with_light = boxes.chosen(random < 0.5), boxes.chosen(random > 0.35)
    count = len(with_chimney.middle_m)
    small.add(with_chimney.part((0.42, 0.58), (-0.30, -0.12)), _all(_CHIMNEY_SHADE, count))
    small.add(with_chimney.part((0.40, 0.54), (-0.26, -0.10)), _all(_CHIMNEY, count))
    count = len(with_light.middle_m)
    small.add(with_light.part((-0.52, -0.38), (0.34, 0.58)), _all(_SKYLIGHT, count))


def roof_flat(
    boxes: Boxes,
    high_m: float,
    plan: StreetPlan,
    seed: int,
    large: ColouredPolygons,
    small: ColouredPolygons,
) -> Casters:
    """Draw flat roofs with a parapet, air units and skylights."""
    random = boxes.random(seed + 30, 3)
    tone = _tones(plan.flat_roofs, random[0])
    long_m = np.hypot(*boxes.half_along.T)
    deep_m = np.hypot(*boxes.half_across.T)
    inner = Boxes(
        boxes.middle_m,
        boxes.half_along * (1.0 - 0.45 / long_m)[:, None],
        boxes.half_across * (1.0 - 0.45 / deep_m)[:, None],
    )
    large.add(boxes.part((-1.0, 1.0), (-1.0, 1.0)), tone * _PARAPET)
    large.add(inner.part((-1.0, 1.0), (-1.0, 1.0)), tone)
    small.add(inner.part((-1.0, 1.0), (0.90, 1.0)), tone * 0.84)
    for place in (-0.62, -0.1, 0.48):
        here = inner.chosen(random[1] + 0.3 * place > 0.3)
        half = 1.3 / np.maximum(np.hypot(*here.half_along.T), 1.0)
        size = float(half.mean()) if len(half) else 0.1
        count = len(here.middle_m)
        small.add(
            here.part((place + 0.2 * size, place + 1.4 * size), (-0.28, 0.12)),
            _all(_UNIT_SHADE, count),
        )
        small.add(here.part((place, place + 1.2 * size), (-0.22, 0.16)), _all(_UNIT, count))
    return _raised(boxes, np.full(len(boxes.middle_m), high_m))


def roof_halls(
    boxes: Boxes, plan: StreetPlan, seed: int, large: ColouredPolygons, small: ColouredPolygons
) -> Casters:
    """Draw large flat roofs with bands of light across them."""
    shadows = roof_flat(boxes, HALL_HIGH_M, plan, seed, large, small)
    for band in _BANDS:
        large.add(boxes.part((band, band + 0.05), (-0.85, 0.85)), _all(_BAND, len(boxes.middle_m)))
        small.add(boxes.part((band, band + 0.008), (-0.85, 0.85)), _all(_GLASS, len(shadows)))
    return shadows


def _raised(boxes: Boxes, heights_m: Array) -> Casters:
    """Return what casts the shadows of boxes."""
    return list(zip(boxes.part((-1.0, 1.0), (-1.0, 1.0)), heights_m.tolist(), strict=True))


def park(
    cars: Boxes, plan: StreetPlan, seed: int, large: ColouredPolygons, small: ColouredPolygons
) -> Casters:
    """Draw parked cars: body, glass, roof."""
    random = cars.random(seed + 50, 3)
    backwards = np.where(random[1] < 0.5, 1.0, -1.0)[:, None]
    cars = Boxes(cars.middle_m, cars.half_along * backwards, cars.half_across)
    paint = _tones(plan.cars, random[0])
    large.add(cars.part((-1.0, 1.0), (-0.86, 0.86)), paint)
    large.add(cars.part((-0.92, 0.88), (-1.0, 1.0)), paint)
    small.add(cars.part((-0.72, 0.44), (-0.82, 0.82)), _all(_GLASS, len(paint)))
    small.add(cars.part((-0.50, 0.18), (-0.74, 0.74)), paint * 1.04)
    return _raised(cars, np.full(len(paint), _CAR_HIGH_M))
