"""Place every pixel of a piece relative to the track: along it, beside it, from its edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np

from game.app.canvas.noise import corners, upsampled
from game.app.canvas.patches import Piece
from game.app.canvas.sun import SUN_SHADOW
from game.app.surfaces.driven_line import driven_line
from game.app.surfaces.outermost_wall import outermost_wall_m
from game.arrays import Array, FloatArray, Indices
from game.track.frenet import project_on_arcs
from game.track.levels import GROUND
from game.track.nearest import NOT_SEARCHED, distances_m
from game.track.track import Track

REACH_M: Final = 120.0  # from the centreline; beyond, nothing depends on the track

_CELL_M: Final = 2.0  # between the points that are measured; between them everything is smooth
_MIN_CELL_PX: Final = 4  # pixels a cell
_MAX_CELL_PX: Final = 16
_INSIDE_M: Final = 2.6  # from their ragged edges, grass and gravel leave nothing to be seen
_UNDER_M: Final = 1.0  # and so does the road, from its edge at all scales
_FAR_M: Final = 1000.0
_CLAMP_M: Final = 60.0
_BEHIND_M: Final = 30.0  # the barriers
# Where some of the fields are among all of them.
_ALONG: Final = 0
_TARMAC: Final = 2
_GRAVEL: Final = 5
_WALL: Final = 7


class _Field:
    """A field of a block is interpolated when it is first read: many blocks need only a few."""

    def __init__(self, index: int) -> None:
        self._index = index

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, fields: TrackFields, owner: type) -> FloatArray:
        field = fields.at_pixels(self._index)
        fields.__dict__[self._name] = field  # found there from now on
        return field


class TrackFields:
    """Says where a block's pixels are relative to the track, arrays of shape (pixels, pixels).

    The distances are signed: those to an edge are negative on the track's side of it.
    """

    s_m = _Field(0)
    offset_m = _Field(1)
    tarmac_m = _Field(2)  # beyond the tarmac's edge
    kerb_m = _Field(3)
    paint_m = _Field(4)
    gravel_m = _Field(5)  # into the gravel
    paved_m = _Field(6)  # into pit lane or escape road
    wall_m = _Field(7)  # beyond the barrier
    line_m = _Field(8)  # left of the racing line
    sunward = _Field(9)  # how much the outward side faces the sun, -1..1
    cornering = _Field(10)  # of the racing line, signed, left positive, about -1..1
    braking = _Field(11)  # on the racing line, 0..1

    def __init__(self, at_corners: Sequence[FloatArray], cell: int, length_m: float) -> None:
        """Take the fields at the corners of the block's cells, in this order."""
        self._at_corners, self._cell, self._length_m = at_corners, cell, length_m

    @property
    def hides_land(self) -> bool:
        """Return whether mown grass, gravel or the road hides the land on all of a block."""
        return bool(self._at_corners[_WALL].max() < -_INSIDE_M)

    @property
    def hides_grass(self) -> bool:
        """Return whether gravel or the road hides the grass on all of a block."""
        gravel_m, tarmac_m = self._at_corners[_GRAVEL], self._at_corners[_TARMAC]
        return bool(gravel_m.min() > _INSIDE_M or tarmac_m.max() < -_UNDER_M)

    def at_pixels(self, index: int) -> FloatArray:
        """Return a field at the pixels, by its place among the fields."""
        field = self.between_corners(self._at_corners[index])
        if index == _ALONG:
            field -= np.floor(field / self._length_m) * np.float32(self._length_m)
        return field

    def between_corners(self, values: FloatArray) -> FloatArray:
        """Return at the pixels what is known at the corners of cells."""
        return upsampled(values, self._cell)

    def corners_along_m(self) -> FloatArray:
        """Return how far along the lap the corners of cells are."""
        return np.mod(self._at_corners[_ALONG], self._length_m)

    def corners_beyond_tarmac_m(self) -> FloatArray:
        """Return how far beyond the tarmac's edge the corners of cells are."""
        return self._at_corners[_TARMAC]


class CoarseFields:
    """Holds a piece's fields at the corners of cells; those of a block are worked out from them."""

    def __init__(self, fields: Sequence[FloatArray], cell: int, length_m: float) -> None:
        """Take fields in the order of `TrackFields`; length_m: of the lap."""
        self._fields, self._cell, self._length_m = fields, cell, length_m

    def block(self, rows: slice, columns: slice) -> TrackFields:
        """Return the fields of the pixels of a block."""
        part = corners(rows, self._cell), corners(columns, self._cell)
        return TrackFields([field[part] for field in self._fields], self._cell, self._length_m)


class TrackFieldSampler:
    """Samples the fields of one track at the pixels of pieces of the world."""

    def __init__(self, track: Track, line_m: Array | None, tier: int = GROUND) -> None:
        """Sample what is on the ground, or what is on bridges and their ramps."""
        frames = track.frames
        self._tier = tier
        self._frames = frames
        self._length_m = frames.length_m
        self.has_line = line_m is not None
        bands = track.bands
        walls = {side: outermost_wall_m(track, side) for side in (1.0, -1.0)}
        self._sides = {
            1.0: np.column_stack([bands.left_m, walls[1.0]]),
            -1.0: np.column_stack([bands.right_m, walls[-1.0]]),
        }
        self._barriers_m = np.concatenate(
            [frames.along(side * distance_m) for side, distance_m in walls.items()]
        )
        self._common = np.column_stack(
            [bands.paved_right_m, bands.paved_left_m, *driven_line(track, line_m)]
        )

    def may_reach(self, piece: Piece) -> bool:
        """Return whether any pixel may be within reach of the track."""
        middle = np.array([piece.west_m, piece.south_m]) + 0.5 * piece.side_m
        away_m = np.hypot(self._frames.x_m - middle[0], self._frames.y_m - middle[1]).min()
        return bool(away_m < REACH_M + 0.71 * piece.side_m)

    def sample(self, piece: Piece) -> CoarseFields:
        """Return the fields of a piece."""
        return self._sampled(piece, behind=True)

    def sample_road(self, piece: Piece) -> CoarseFields:
        """Return the fields of a piece for what is only on the road, in two thirds of the time.

        Behind the barriers `wall_m` counts from those of the nearest part of the track alone.
        """
        return self._sampled(piece, behind=False)

    def _sampled(self, piece: Piece, *, behind: bool) -> CoarseFields:
        cell = min(_MAX_CELL_PX, max(_MIN_CELL_PX, round(_CELL_M * piece.pixels_per_m)))
        count = piece.pixels // cell + 1
        steps_m: Array = np.arange(count, dtype=np.float64) * (cell / piece.pixels_per_m)
        x_m, y_m = piece.west_m + steps_m, piece.south_m + piece.side_m - steps_m
        nearest = self._frames.nearest(x_m, y_m[:, None], REACH_M, self._tier)
        coarse = self._measured(x_m, y_m, nearest)
        if behind:
            self._measure_behind(coarse[_WALL], x_m, y_m)
        return CoarseFields([field.astype(np.float32) for field in coarse], cell, self._length_m)

    def _projected(self, x_m: Array, y_m: Array, nearest: Indices) -> tuple[Array, Array]:
        """Place along the lap, counted in samples, and offset at the points of a grid."""
        frames = self._frames
        at = np.maximum(nearest, 0)
        ahead_m, left_m = frames.from_samples(at, x_m, y_m[:, None])
        along_m, offset_m = project_on_arcs(frames.curvature_1pm[at], ahead_m, left_m)
        place = at + np.clip(along_m, -1.0, 1.0) * len(frames.s_m) / self._length_m
        return place, np.where(nearest == NOT_SEARCHED, _FAR_M, offset_m)

    def _measured(self, x_m: Array, y_m: Array, nearest: Indices) -> list[Array]:
        """Return the fields at the points of a grid, in the order of `TrackFields`."""
        frames = self._frames
        count = len(frames.s_m)
        place, offset_m = self._projected(x_m, y_m, nearest)
        low = np.floor(place).astype(np.intp)
        part = (place - low)[:, :, None]
        here, there = low % count, (low + 1) % count
        on_left = offset_m >= 0.0
        left, right = (
            edges_m[here] * (1.0 - part) + edges_m[there] * part for edges_m in self._sides.values()
        )
        common = self._common[here] * (1.0 - part) + self._common[there] * part
        tarmac, kerb, paint, inner, outer, wall = np.moveaxis(
            np.where(on_left[:, :, None], left, right), 2, 0
        )
        paved_right, paved_left, line, cornering, brakes = np.moveaxis(common, 2, 0)
        away_m = np.abs(offset_m)
        gravel = np.minimum(away_m - inner, outer - away_m)
        paved = np.minimum(offset_m - paved_right, paved_left - offset_m)
        # Where there is none, its two edges are one: nothing ragged is to grow around that.
        gravel = np.minimum(gravel, 2.0 * (outer - inner) - 2.0)
        paved = np.minimum(paved, paved_left - paved_right - 0.3)
        across = frames.sin[here] * SUN_SHADOW[0] - frames.cos[here] * SUN_SHADOW[1]
        return [
            self._unrolled(place * (self._length_m / count), nearest),
            np.clip(offset_m, -_CLAMP_M, _CLAMP_M),
            away_m - tarmac,
            away_m - kerb,
            away_m - paint,
            gravel,
            paved,
            np.where(nearest == NOT_SEARCHED, _FAR_M, away_m - wall),
            np.clip(offset_m - line, -_CLAMP_M, _CLAMP_M),
            np.where(on_left, across, -across) / math.hypot(*SUN_SHADOW),
            cornering,
            brakes,
        ]

    def _measure_behind(self, wall_m: Array, x_m: Array, y_m: Array) -> None:
        """Use, behind the barriers, the distance to the nearest barrier of any part of the track.

        Measured from the nearest part of the track, it would jump where two parts meet.
        """
        behind = wall_m > 1.0
        if behind.any():
            away_m = distances_m(x_m, y_m[:, None], self._barriers_m, _BEHIND_M)
            np.minimum(wall_m, away_m, out=wall_m, where=behind)

    def _unrolled(self, s_m: Array, nearest: Indices) -> Array:
        """Return distances along the lap without a jump where a piece crosses the start line."""
        middle = s_m[s_m.shape[0] // 2, s_m.shape[1] // 2]
        lap = np.round((s_m - middle) / self._length_m)
        return np.asarray(np.where(nearest == NOT_SEARCHED, middle, s_m - lap * self._length_m))
