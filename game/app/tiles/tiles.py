"""The ground as square tiles of several scales: which of them cover a part of the picture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from game.app.canvas.patches import Piece
from game.track.track import Track

TILE_PX: Final = 512
SCALES: Final = (1.0, 2.0, 4.0, 8.0, 16.0)  # pixels a metre
# How far from the centreline the ground is painted before anyone sees it, at each scale.
_AROUND_M: Final = {1.0: 300.0, 2.0: 150.0, 4.0: 110.0, 8.0: 75.0, 16.0: 45.0}
_STEP_M: Final = 8.0


class TileKey(NamedTuple):
    """A tile: its scale, and its place counted in tiles east and north of the origin."""

    scale: float
    column: int
    row: int

    @property
    def piece(self) -> Piece:
        """The square of the world that it shows."""
        side_m = TILE_PX / self.scale
        return Piece(self.column * side_m, self.row * side_m, self.scale, TILE_PX)

    def coarser(self, scale: float) -> TileKey:
        """Return the tile of a coarser scale that it is a part of."""
        times = round(self.scale / scale)
        return TileKey(scale, self.column // times, self.row // times)


class Part(NamedTuple):
    """A rectangle of the whole picture at one scale, in pixels east and south of the origin."""

    scale: float
    left: int
    top: int
    width: int
    height: int

    def tile_keys(self) -> list[TileKey]:
        """Return the tiles that cover the rectangle."""
        right, bottom = self.left + self.width, self.top + self.height
        columns = range(self.left // TILE_PX, (right - 1) // TILE_PX + 1)
        rows = range(-((bottom - 1) // TILE_PX) - 1, -(self.top // TILE_PX))
        return [TileKey(self.scale, column, row) for row in rows for column in columns]


def tiles_along(track: Track, from_m: float = 0.0) -> list[TileKey]:
    """Return all tiles near enough to the track to be painted in advance.

    The coarsest come first: they stand in for all others. Then they are in the order in which a
    car at `from_m` meets them.
    """
    keys: dict[TileKey, None] = {}
    for found in _keys_near(track, SCALES[0], from_m):
        keys.update(dict.fromkeys(found))
    walks = [_keys_near(track, scale, from_m) for scale in SCALES[:0:-1]]
    for met in zip(*walks, strict=True):
        for found in met:
            keys.update(dict.fromkeys(found))
    return list(keys)


def _keys_near(track: Track, scale: float, from_m: float) -> Iterator[list[TileKey]]:
    """Return the tiles around each place of the lap."""
    around_px = _AROUND_M[scale] * scale
    for gone_m in np.arange(0.0, track.length_m, _STEP_M).tolist():
        x_m, y_m = track.centreline.point((from_m + gone_m) % track.length_m, 0.0)
        left, top = round(x_m * scale - around_px), round(-y_m * scale - around_px)
        side = round(2.0 * around_px)
        yield Part(scale, left, top, side, side).tile_keys()
