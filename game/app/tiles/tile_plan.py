"""Plan which tiles of a circuit are painted before anyone sees them, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from game.app.surfaces.outermost_wall import outermost_wall_m
from game.app.tiles.tiles import SCALES, TILE_PX, TileArea, TileKey
from game.arrays import Array
from game.track.track import Track

_STEP_M: Final = 8.0  # along the lap
# How far from the centreline the ground is painted in advance, at each scale but the finest.
_AROUND_M: Final = {1.0: 300.0, 2.0: 150.0, 4.0: 110.0, 8.0: 75.0}
_FINEST: Final = SCALES[-1]
_BEHIND_M: Final = 6.0  # behind the barriers, painted at the finest scale
_BESIDE_M: Final = 16.0  # beside the road where there is no barrier, painted at the finest scale
_BUILDING_M: Final = 10.0  # around a building, painted at the finest scale
_ROUND_ABOUT_M: Final = 45.0  # around the walls, as a window shows the whole circuit
_WINDOWS: Final = (16 / 9, 21 / 9)  # shapes of windows
_GRID_M: Final = (88.0, 52.0)  # around the first place of the grid, as a window shows it
_NEAR_M: Final = 400.0  # of road, painted before the land that only the whole circuit shows
_FROM_ROAD_M: Final = 90.0  # a building farther from the road is not painted so finely

_Walk = list[list[TileKey]]  # the tiles around each place of the lap


class TilePlan:
    """Orders the tiles near a circuit as a car meets them.

    Land far from the road is not painted at the finest scale: nobody looks there.
    """

    def __init__(self, track: Track) -> None:
        self._track = track
        self._step_m = track.length_m / round(track.length_m / _STEP_M)
        places_m = np.arange(0.0, track.length_m - 0.5 * self._step_m, self._step_m)
        self._walks: dict[float, _Walk] = {
            scale: _around(track, scale, places_m) for scale in _AROUND_M
        }
        self._walks[_FINEST] = _between_barriers(track, places_m)
        _add_buildings(track, places_m, self._walks[_FINEST])
        self._finest = {key for keys in self._walks[_FINEST] for key in keys}
        self.coarsest = list(dict.fromkeys(key for keys in self._walks[SCALES[0]] for key in keys))
        self._pole = track.grid[0] if track.grid else track.centreline.pose(0.0)
        self.grid = self._around_pole()
        ahead = self._ahead_at(_FINEST, self._pole.x_m, self._pole.y_m, _NEAR_M)
        self.start = list(dict.fromkeys((*self.grid, *ahead)))  # the grid, and the road ahead of it
        self.round_about = _round_about(track, set(self.coarsest))
        walked = (key for walk in self._walks.values() for keys in walk for key in keys)
        self.all = frozenset((*walked, *self.round_about))

    def drawn_from(self, key: TileKey) -> TileKey:
        """Return the tile that a place is drawn from: far from the road a coarser one."""
        if key.scale == _FINEST and key not in self._finest:
            return key.coarser(SCALES[-2])
        return key

    def ahead(self, x_m: float, y_m: float, scale: float) -> Iterator[TileKey]:
        """Yield all tiles as a car at a place needs them; some come more than once.

        The coarsest come first: they stand in for all others. Then comes the grid: a drive may
        begin there at any moment. Then comes the road nearby, at the scale that the car is seen at:
        it is sharp before anything else is painted. Then come those of that scale around the whole
        lap, and then all others. A car that is seen at one of the two finest scales is soon seen at
        the other, as it brakes or as it gains speed. Land that only a view of the whole circuit
        shows comes after the road nearby.
        """
        yield from self.coarsest
        yield from self.grid
        yield from self._ahead_at(scale, x_m, y_m, _NEAR_M)
        begin = self._place(x_m, y_m)
        likely = [scale] if scale < SCALES[-2] else list(SCALES[-2:])
        others = [other for other in SCALES[:0:-1] if other not in likely]
        for scales in (likely, others):
            walks = [self._walks[each] for each in scales]
            steps = zip(*(walk[begin:] + walk[:begin] for walk in walks), strict=True)
            for number, met in enumerate(steps):
                for keys in met:
                    yield from keys
                if number == int(_NEAR_M / self._step_m):
                    yield from self.round_about

    def road_ahead(self, x_m: float, y_m: float, scale: float, length_m: float) -> set[TileKey]:
        """Return the tiles of a scale along the road that lies ahead of a place."""
        return set(self._ahead_at(scale, x_m, y_m, length_m))

    def _ahead_at(self, scale: float, x_m: float, y_m: float, length_m: float) -> Iterator[TileKey]:
        walk = self._walks[scale]
        begin = self._place(x_m, y_m)
        for step in range(begin, begin + int(length_m / self._step_m) + 1):
            yield from walk[step % len(walk)]

    def _around_pole(self) -> list[TileKey]:
        """Return the tiles that a window shows of a car on pole."""
        wide_m, high_m = _GRID_M
        pole = self._pole
        sides_m = (pole.x_m - 0.5 * wide_m, -pole.y_m - 0.5 * high_m, wide_m, high_m)
        keys = TileArea(_FINEST, *(round(_FINEST * each) for each in sides_m)).tile_keys()
        return list(dict.fromkeys(map(self.drawn_from, keys)))

    def _place(self, x_m: float, y_m: float) -> int:
        """Return the step of the lap that is nearest to a place."""
        frames = self._track.frames
        (nearest,) = frames.nearest(np.array([x_m]), np.array([y_m]))
        return int(frames.s_m[nearest] / self._step_m) % len(self._walks[_FINEST])


def _round_about(track: Track, known: set[TileKey]) -> list[TileKey]:
    """Return the coarsest tiles that a view of the whole circuit shows beside those known."""
    points_m = np.concatenate([wall.points_m for wall in track.walls])
    low_m, high_m = points_m.min(axis=0) - _ROUND_ABOUT_M, points_m.max(axis=0) + _ROUND_ABOUT_M
    (middle_x, middle_y), (wide_m, high) = (0.5 * (low_m + high_m)).tolist(), high_m - low_m
    found: dict[TileKey, None] = {}
    for shape in _WINDOWS:
        width_m, height_m = max(wide_m, shape * high), max(high, wide_m / shape)
        left, top = middle_x - 0.5 * width_m, -middle_y - 0.5 * height_m
        sides_px = [round(SCALES[0] * each) for each in (left, top, width_m, height_m)]
        found.update(dict.fromkeys(TileArea(SCALES[0], *sides_px).tile_keys()))
    return [key for key in found if key not in known]


def _around(track: Track, scale: float, places_m: Array) -> _Walk:
    around_px = _AROUND_M[scale] * scale
    walk = []
    for s_m in places_m.tolist():
        x_m, y_m = track.centreline.point(s_m, 0.0)
        left, top = round(x_m * scale - around_px), round(-y_m * scale - around_px)
        side = round(2.0 * around_px)
        walk.append(TileArea(scale, left, top, side, side).tile_keys())
    return walk


def _between_barriers(track: Track, places_m: Array) -> _Walk:
    """Return the finest tiles that the ground between the barriers touches."""
    frames = track.frames
    index = np.round(places_m / track.length_m * len(frames.s_m)).astype(np.intp)
    right_m, left_m = (
        side
        * np.maximum(outermost_wall_m(track, side) + _BEHIND_M, _BESIDE_M)[index % len(frames.s_m)]
        for side in (-1.0, 1.0)
    )
    side_m = TILE_PX / _FINEST
    walk = []
    for at, right, left in zip(index.tolist(), right_m.tolist(), left_m.tolist(), strict=True):
        offsets_m = np.linspace(right, left, 2 + int((left - right) / _STEP_M))
        points_m = frames.points(np.full(len(offsets_m), at % len(frames.s_m)), offsets_m)
        cells = np.unique(np.floor(points_m / side_m).astype(int), axis=0).tolist()
        walk.append([TileKey(_FINEST, column, row) for column, row in cells])
    return walk


def _add_buildings(track: Track, places_m: Array, walk: _Walk) -> None:
    """Add the finest tiles of each building to where the road comes nearest to them."""
    road_m = np.array([track.centreline.point(s_m, 0.0) for s_m in places_m.tolist()])
    for building in track.buildings:
        low_m = (building.outline_m.min(axis=0) - _BUILDING_M) * _FINEST
        high_m = (building.outline_m.max(axis=0) + _BUILDING_M) * _FINEST
        left, bottom, right, top = (round(value) for value in (*low_m.tolist(), *high_m.tolist()))
        for key in TileArea(_FINEST, left, -top, right - left, top - bottom).tile_keys():
            middle_m = np.array([key.piece.west_m, key.piece.south_m]) + 0.5 * key.piece.side_m
            away_m = np.hypot(*(road_m - middle_m).T)
            if away_m.min() < _FROM_ROAD_M:
                walk[int(away_m.argmin())].append(key)
