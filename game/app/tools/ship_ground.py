"""Paint ground into a circuit's folder, so that it ships with it, as at noon.

All of it is there coarsely, and the grid with the road ahead of it finely: the first drive on a new
machine begins on sharp ground.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from game.app.canvas.sun import NOON_CAST
from game.app.surfaces.driven_line import circuit_line
from game.app.tiles.ground_painter import GroundPainter
from game.app.tiles.tile_cache import TileCache, shipped_tiles
from game.app.tiles.tile_plan import TilePlan
from game.app.tiles.tile_workers import paint_into
from game.track.track import Track

_FINE_QUALITY: Final = (
    85  # of 100: grain is worth less here than the third of the bytes that it saves
)


def ship_ground(track: Track) -> Path:
    """Paint it in place of that of an earlier version; return its folder.

    Raises InputError if it cannot be written.
    """
    folder = shipped_tiles(track)
    shutil.rmtree(folder, ignore_errors=True)
    coarse, fine = TileCache(folder), TileCache(folder, quality=_FINE_QUALITY)
    painter, plan = GroundPainter(track, circuit_line(track)), TilePlan(track)
    for key in plan.coarsest:
        paint_into(coarse, painter, key, NOON_CAST)
    for key in plan.start:
        paint_into(fine, painter, key, NOON_CAST)
    for other in folder.parent.glob("ground-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    return folder
