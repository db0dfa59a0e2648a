"""Divide the ground into square tiles of several scales, and find those that cover a part of it."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.app.canvas.patches import Piece

TILE_PX: Final = 512
SCALES: Final = (1.0, 2.0, 4.0, 8.0, 16.0)  # pixels a metre


class TileKey(NamedTuple):
    """Names a tile: its scale, and its place counted in tiles east and north of the origin."""

    scale: float
    column: int
    row: int

    @property
    def piece(self) -> Piece:
        """Return the square of the world that it shows."""
        side_m = TILE_PX / self.scale
        return Piece(self.column * side_m, self.row * side_m, self.scale, TILE_PX)

    def coarser(self, scale: float) -> TileKey:
        """Return the tile of a coarser scale that it is a part of."""
        times = round(self.scale / scale)
        return TileKey(scale, self.column // times, self.row // times)


class TileArea(NamedTuple):
    """Marks a part of the whole picture at one scale, in pixels east and south of the origin."""

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
