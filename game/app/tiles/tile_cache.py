"""Painted tiles as files in the player's cache folder, one folder for each picture of a circuit."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import time
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pygame

from game.app.tiles.tiles import SCALES, TILE_PX, TileKey
from game.errors import InputError
from game.files import cache_folder, write_bytes
from game.track.track import Track

_UNUSED_S: Final = 30 * 86_400.0  # after which a picture is forgotten
_LAST_USE: Final = "last_use"
_PAINTERS: Final = (  # whatever else changes, painted circuits are kept
    "app/canvas/*.py",
    "app/surfaces/*.py",
    "app/objects/*.py",
    "app/tiles/ground_painter.py",
    "app/tiles/tiles.py",
    "track/*.py",
)
_NAME: Final = re.compile(r"(?P<scale>\d+)_(?P<column>-?\d+)_(?P<row>-?\d+)\.png")


class TileCache:
    """The tiles of one picture. What cannot be read is as if it were not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keys(self) -> set[TileKey]:
        """The tiles there are."""
        names = (_NAME.fullmatch(path.name) for path in self.folder.glob("*.png"))
        return {
            TileKey(float(name["scale"]), int(name["column"]), int(name["row"]))
            for name in names
            if name is not None
        }

    def load(self, key: TileKey) -> pygame.Surface | None:
        """A tile; None if its file is missing or damaged."""
        try:
            surface = pygame.image.load(self._path(key))
        except (pygame.error, OSError):
            return None
        return surface if surface.get_size() == (TILE_PX, TILE_PX) else None

    def save(self, key: TileKey, surface: pygame.Surface) -> None:
        """Keep a tile. Raises InputError if it cannot be written."""
        stream = io.BytesIO()
        pygame.image.save(surface, stream, "tile.png")
        write_bytes(self._path(key), stream.getvalue())

    def _path(self, key: TileKey) -> Path:
        return self.folder / f"{key.scale:.0f}_{key.column}_{key.row}.png"


def cache_for(track: Track, line_m: npt.NDArray[np.float64] | None) -> TileCache:
    """The tiles of a circuit as this program paints it; pictures long unused are forgotten.

    line_m: the racing line, closed, shape (n, 2), or None.
    """
    pictures = cache_folder() / "ground"
    folder = pictures / f"{track.name}-{_key(track, line_m)}"
    try:
        write_bytes(folder / _LAST_USE, str(time.time()).encode())
        for other in pictures.iterdir():
            used = other / _LAST_USE
            if used.exists() and time.time() - used.stat().st_mtime > _UNUSED_S:
                shutil.rmtree(other, ignore_errors=True)
    except (InputError, OSError):
        pass  # what cannot be written is said when the first tile is
    return TileCache(folder)


def _key(track: Track, line_m: npt.NDArray[np.float64] | None) -> str:
    """A name that changes with everything the picture depends on, the program's code included."""
    digest = hashlib.sha256(f"{pygame.version.ver} {SCALES} {TILE_PX}".encode())
    package = Path(__file__).parent.parent.parent
    for room in _PAINTERS:
        for source in sorted(package.glob(room)):
            digest.update(source.read_bytes())
    for side in ("left", "right"):
        digest.update(track.band_edges(side).tobytes())
    for line in (track.outline("left", -1), *track.paved_outlines()):
        digest.update(line.tobytes())
    for wall in track.walls:
        digest.update(wall.kind.encode() + wall.points_m.tobytes())
    digest.update(repr((track.title, track.corners, track.grid, track.sectors_m)).encode())
    for item in track.scenery:
        digest.update(item.kind.encode() + item.outline_m.tobytes())
    if track.pit_lane is not None:
        digest.update(track.pit_lane.points_m.tobytes())
    if line_m is not None:
        digest.update(line_m.tobytes())
    return digest.hexdigest()[:16]
