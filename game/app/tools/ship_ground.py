"""Paint the coarsest tiles of a circuit into its folder, so that they ship with it."""

from __future__ import annotations

from pathlib import Path

from game.app.surfaces.driven_line import circuit_line
from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.tile_cache import TileCache, shipped_tiles
from game.app.tiles.tile_plan import TilePlan
from game.app.tiles.tile_workers import paint_tile
from game.track.track import Track


def ship_ground(track: Track) -> Path:
    """Paint them in place of those of an earlier version; return their folder.

    Raises InputError if they cannot be written.
    """
    folder = shipped_tiles(track)
    cache, painter = TileCache(folder), GroundPainter(track, circuit_line(track))
    for key in TilePlan(track).coarsest:
        cache.save(key, paint_tile(painter, key))
    for other in folder.parent.glob("ground-*"):
        if other != folder:
            for tile in other.glob("*.jpg"):
                tile.unlink()
            other.rmdir()
    return folder
