"""Place the houses of a city and the cars parked in it, each only where the circuit leaves room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from game.app.canvas.noise import hashed
from game.app.canvas.sun import SUN_SHADOW
from game.app.objects.site import Site
from game.app.objects.structure import Structure
from game.app.objects.town_roofs import (
    FLATS_HIGH_M,
    HALL_HIGH_M,
    HOUSE_HIGH_M,
    Boxes,
    Casters,
    ColouredPolygons,
    park,
    roof_flat,
    roof_halls,
    roof_houses,
)
from game.app.surfaces.landscape import layout_seed
from game.app.surfaces.outermost_wall import outermost_wall_m
from game.app.surfaces.streets import CityBlock, Streets
from game.arrays import Array, Mask
from game.track.track import Track

_Row = tuple[float, float, float, float, float]  # low and high edges; 1 if the ridge runs along

_SEED: Final = 640
_NEAR_M: Final = 190.0  # of the circuit: farther off no cars are parked
_FRONT_M: Final = 10.0  # from a barrier to the houses that face it
_CLEAR_M: Final = 1.0  # from these to the carriageway of a street that ends there
_SPREAD: Final = (0.4, 2.5)  # minimum and maximum that a bend changes the distance between houses
_HOUSE_M: Final = (9.0, 17.0)  # along its street
_DEEP_M: Final = (9.5, 12.5)
_FLATS_M: Final = (13.0, 24.0)  # depth, and from one to the next
_BETWEEN_WALLS: Final = 0.82  # of a house's width, that is clear of its neighbours
_ALLEY_M: Final = 3.0  # at the corners of a block
_UNEVEN: Final = 0.4  # of the widths of houses in a row
_MISSING: Final = 0.06  # of the houses of a row: a way into the yard
_SETBACK_M: Final = 1.2  # from the pavement
_CAR_M: Final = (4.4, 1.8)
_CAR_STEP_M: Final = 6.2
_BAY_M: Final = 2.5
_AISLE_M: Final = 16.0


def town(track: Track, site: Site, streets: Streets) -> Structure:
    """Return the houses along the circuit, those in the blocks, and parked cars."""
    seed = layout_seed(_SEED, streets.seed)
    large, small = ColouredPolygons(), ColouredPolygons()
    shadows: Casters = []
    front = _free(_along_circuit(track, streets, seed), site, HOUSE_HIGH_M)
    front = _without_overlaps(front, site)
    houses, halls, flats = (
        _free(_in_world(streets, rows), site, high_m)
        for rows, high_m in zip(
            _in_blocks(streets, seed), (HOUSE_HIGH_M, HALL_HIGH_M, FLATS_HIGH_M), strict=True
        )
    )
    for boxes in (front, houses):
        shadows += roof_houses(boxes, streets.plan, seed, large, small)
    shadows += roof_flat(flats, FLATS_HIGH_M, streets.plan, seed, large, small)
    shadows += roof_halls(halls, streets.plan, seed, large, small)
    for boxes in (houses, halls, flats):
        for outline in boxes.part((-1.0, 1.0), (-1.0, 1.0)):
            site.reserve(outline)
    cars = _free(_cars(streets, seed), site)
    near = _near(track, cars.middle_m)
    shadows += park(cars.chosen(near), streets.plan, seed, large, small)
    return Structure(high=large.patches(), high_fine=small.patches(), blocks=shadows)


def _near(track: Track, places_m: Array) -> Mask:
    """Return which places are near the circuit."""
    x_m, y_m = track.frames.x_m[::20], track.frames.y_m[::20]
    near: Mask = np.zeros(len(places_m), bool)
    for x, y in zip(x_m.tolist(), y_m.tolist(), strict=True):
        near |= np.hypot(places_m[:, 0] - x, places_m[:, 1] - y) < _NEAR_M
    return near


def _free(boxes: Boxes, site: Site, high_m: float = 0.0) -> Boxes:
    """Return the boxes of which no part, nor the shadow of any, is on ground that is taken."""
    samples = boxes.samples()
    shadows = samples + high_m * np.array(SUN_SHADOW)
    places = np.concatenate([samples, shadows], axis=1)
    free = site.is_free(places.reshape(-1, 2)).reshape(places.shape[:2])
    return boxes.chosen(np.asarray(free.all(axis=1)))


def _without_overlaps(boxes: Boxes, site: Site) -> Boxes:
    """Return the boxes that are free when their turn comes, and reserve them.

    Neighbours stand wall to wall, nearer than the map of the site can tell.
    """
    kept: Mask = np.zeros(len(boxes.middle_m), bool)
    outlines = boxes.part((-1.0, 1.0), (-1.0, 1.0))
    samples = boxes._replace(half_along=_BETWEEN_WALLS * boxes.half_along).samples()
    for index in range(len(kept)):
        kept[index] = site.is_free(samples[index]).all()
        if kept[index]:
            site.reserve(outlines[index])
    return boxes.chosen(kept)


def _along_circuit(track: Track, streets: Streets, seed: int) -> Boxes:
    """Return houses that face the circuit on both sides, but where a street ends at it."""
    rows = [row for side in (1.0, -1.0) for row in _frontage(track, side, seed)]
    boxes = Boxes(*(np.array(each) for each in zip(*rows, strict=True)))
    samples = boxes.samples()
    away_m = streets.from_carriageways(samples.reshape(-1, 2)).reshape(samples.shape[:2])
    return boxes.chosen(np.asarray(away_m.min(axis=1) > _CLEAR_M))


def _frontage(track: Track, side: float, seed: int) -> Iterator[tuple[Array, Array, Array]]:
    """Yield the middles and half sides of houses along one side of the lap."""
    frames = track.frames
    wall_m = outermost_wall_m(track, side)
    s_m, number = 0.0, 0
    while s_m < frames.length_m - _HOUSE_M[1]:
        random = hashed(np.full(2, number), np.arange(2), seed + (side > 0.0)).tolist()
        wide_m = _HOUSE_M[0] + (_HOUSE_M[1] - _HOUSE_M[0]) * random[0]
        deep_m = _DEEP_M[0] + (_DEEP_M[1] - _DEEP_M[0]) * random[1]
        pose = track.centreline.pose(s_m + 0.5 * wide_m)
        at = round((s_m + 0.5 * wide_m) / frames.length_m * len(frames.s_m)) % len(frames.s_m)
        away_m = wall_m[at] + _FRONT_M + 0.5 * deep_m
        along = np.array([np.cos(pose.heading_rad), np.sin(pose.heading_rad)])
        left = np.array([-along[1], along[0]])
        middle_m = np.array([pose.x_m, pose.y_m]) + side * away_m * left
        yield middle_m, 0.49 * wide_m * along, 0.5 * deep_m * left
        # A bend spreads the houses outside of it, and crowds those inside.
        spread = 1.0 - side * frames.curvature_1pm[at] * away_m
        s_m += wide_m / min(max(spread, _SPREAD[0]), _SPREAD[1])
        number += 1


def _in_world(streets: Streets, grid: Array) -> Boxes:
    """Return as boxes rectangles of the grid: low and high along and across, ridge's way."""
    low, high, ridge_along = grid[:, 0:2], grid[:, 2:4], grid[:, 4] > 0.5
    half = 0.5 * (high - low)
    along = half[:, :1] * streets.turned[0]
    across = half[:, 1:] * streets.turned[1]
    middle_m = streets.in_world(0.5 * (low + high))
    flag = ridge_along[:, None]
    return Boxes(middle_m, np.where(flag, along, across), np.where(flag, across, -along))


def _in_blocks(streets: Streets, seed: int) -> tuple[Array, Array, Array]:
    """Return houses, halls and flats as low and high along and across, and the ridge's way."""
    found: dict[str, list[_Row]] = {"houses": [], "hall": [], "flats": []}
    for number, block in enumerate(streets.blocks):
        name = streets.plan.uses[block.use].name
        if block.is_far:
            continue
        if name == "houses":
            found[name] += _terraces(block, number, seed)
        elif name == "flats":
            found[name] += _slabs(block)
        elif name == "hall":
            found[name].append(_inset(block, 5.0))
    houses, halls, flats = (
        np.array(found[name]).reshape(-1, 5) for name in ("houses", "hall", "flats")
    )
    return houses, halls, flats


def _inset(block: CityBlock, by_m: float) -> _Row:
    (left, low), (right, high) = block.low_m, block.high_m
    return (left + by_m, low + by_m, right - by_m, high - by_m, 1.0)


def _slabs(block: CityBlock) -> list[_Row]:
    """Return long houses beside each other."""
    left, low, right, high, _ = _inset(block, 4.0)
    count = max(int((high - low - _FLATS_M[0]) / _FLATS_M[1]) + 1, 1)
    gap_m = (high - low - count * _FLATS_M[0]) / max(count - 1, 1)
    rows = []
    for slab in range(count):
        begin_m = low + slab * (_FLATS_M[0] + gap_m)
        short_m = 9.0 * ((slab + round(10.0 * block.random)) % 3)
        rows.append((left + short_m, begin_m, right, begin_m + _FLATS_M[0], 1.0))
    return rows


def _terraces(block: CityBlock, number: int, seed: int) -> list[_Row]:
    """Return houses along all sides of a block, around a yard."""
    left, low, right, high, _ = _inset(block, _SETBACK_M)
    corner_m = _DEEP_M[1] + _ALLEY_M
    rows: list[_Row] = []
    for one, other, deep_m in _cuts(left, right, 4 * number, seed):
        rows.append((one, low, other, low + deep_m, 1.0))
    for one, other, deep_m in _cuts(left, right, 4 * number + 1, seed):
        rows.append((one, high - deep_m, other, high, 1.0))
    for one, other, deep_m in _cuts(low + corner_m, high - corner_m, 4 * number + 2, seed):
        rows.append((left, one, left + deep_m, other, 0.0))
    for one, other, deep_m in _cuts(low + corner_m, high - corner_m, 4 * number + 3, seed):
        rows.append((right - deep_m, one, right, other, 0.0))
    return rows


def _cuts(
    begin_m: float, end_m: float, row: int, seed: int
) -> Iterator[tuple[float, float, float]]:
    """Yield where the houses of a row begin and end, and how deep they are; some are left out."""
    if end_m - begin_m < _HOUSE_M[0]:
        return
    count = max(round((end_m - begin_m) / (0.5 * sum(_HOUSE_M))), 1)
    walls = np.arange(count + 1)
    jitter, deep = (hashed(walls, np.full(count + 1, row), seed + kind) for kind in (8, 9))
    aside = _UNEVEN * (jitter - 0.5) * ((walls > 0) & (walls < count))
    cut_m = (begin_m + (end_m - begin_m) * (walls + aside) / count).tolist()
    for one, other, share in zip(cut_m[:-1], cut_m[1:], deep.tolist(), strict=False):
        if share > _MISSING:
            yield one, other, _DEEP_M[0] + (_DEEP_M[1] - _DEEP_M[0]) * share


def _cars(streets: Streets, seed: int) -> Boxes:
    """Return the places of parked cars: beside carriageways, and in the bays of car parks."""
    grid_m, ways = streets.kerb_rows(-1.15, _CAR_STEP_M, 9.0)
    half = 0.5 * np.array(_CAR_M)
    rows = [_car_rows(grid_m, ways == 0, half)]
    rows += [
        _in_bays(block, half)
        for block in streets.blocks
        if streets.plan.uses[block.use].name == "car_park"
    ]
    boxes = _in_world(streets, np.concatenate(rows))
    random = boxes.random(seed + 40, 1)[0]
    return boxes.chosen(np.asarray(random < streets.plan.parked))


def _car_rows(middle_m: Array, along: Mask, half: Array) -> Array:
    """Return cars about places of the grid, along it or across, as rows of `_in_world`."""
    sides = np.where(along[:, None], half, half[::-1])
    return np.column_stack([middle_m - sides, middle_m + sides, along.astype(float)])


def _in_bays(block: CityBlock, half: Array) -> Array:
    """Return a car for each bay of a car park."""
    along = np.arange(block.low_m[0] + _BAY_M, block.high_m[0] - _BAY_M, _BAY_M)
    across = np.arange(block.low_m[1] + 0.5 * _AISLE_M, block.high_m[1] - 4.8, _AISLE_M)
    middles = [
        np.column_stack([along, np.full(len(along), middle_m + side)])
        for middle_m in across.tolist()
        for side in (-2.4, 2.4)
    ]
    return _car_rows(
        np.concatenate(middles or [np.zeros((0, 2))]),
        np.zeros(len(along) * len(middles), bool),
        half,
    )
