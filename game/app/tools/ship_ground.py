"""Paint the coarsest tiles of a circuit into its folder, so that they ship with it, as at noon."""

from __future__ import annotations

import shutil
from pathlib import Path

from game.app.canvas.sun import NOON_CAST
from game.app.surfaces.driven_line import circuit_line
from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.tile_cache import TileCache, shipped_tiles
from game.app.tiles.tile_plan import TilePlan
from game.app.tiles.tile_workers import paint_into
from game.track.track import Track


def ship_ground(track: Track) -> Path:
    """Paint them in place of those of an earlier version; return their folder.

    Raises InputError if they cannot be written.
    """
    folder = shipped_tiles(track)
    shutil.rmtree(folder, ignore_errors=True)
    cache, painter = TileCache(folder), GroundPainter(track, circuit_line(track))
    for key in TilePlan(track).coarsest:
        paint_into(cache, painter, key, NOON_CAST)
    for other in folder.parent.glob("ground-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder
