"""Keep painted tiles as files in the player's cache, a folder for each picture of a circuit."""

from __future__ import annotations

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
from game.digests import digest_of, track_digest
from game.errors import InputError
from game.files import cache_folder, write_bytes
from game.program_digest import program_digest
from game.track.track import Track

_MAX_UNUSED_S: Final = 30 * 86_400.0  # after which a picture is deleted
_LAST_USE: Final = "last_use"
_PAINTERS: Final = ("game.app.tiles.ground_painter", "game.app.tiles.tiles")
_NAME: Final = re.compile(r"(?P<scale>\d+)_(?P<column>-?\d+)_(?P<row>-?\d+)\.png")


class TileCache:
    """The tiles of one picture. Files that cannot be read count as missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keys(self) -> set[TileKey]:
        """Return the keys of the tiles that have a file."""
        names = (_NAME.fullmatch(path.name) for path in self.folder.glob("*.png"))
        return {
            TileKey(float(name["scale"]), int(name["column"]), int(name["row"]))
            for name in names
            if name is not None
        }

    def load(self, key: TileKey) -> pygame.Surface | None:
        """Return a tile; None if its file is missing or damaged."""
        try:
            surface = pygame.image.load(self._path(key))
        except (pygame.error, OSError):
            return None
        return surface if surface.get_size() == (TILE_PX, TILE_PX) else None

    def save(self, key: TileKey, surface: pygame.Surface) -> None:
        """Write a tile. Raises InputError if it cannot be written."""
        stream = io.BytesIO()
        pygame.image.save(surface, stream, "tile.png")
        write_bytes(self._path(key), stream.getvalue())

    def _path(self, key: TileKey) -> Path:
        return self.folder / f"{key.scale:.0f}_{key.column}_{key.row}.png"


def cache_for(track: Track, line_m: npt.NDArray[np.float64] | None) -> TileCache:
    """Return the tiles of a circuit as this program paints it; pictures long unused are deleted.

    line_m: the racing line, closed, shape (n, 2), or None.
    """
    pictures = cache_folder() / "ground"
    folder = pictures / f"{track.name}-{_key(track, line_m)}"
    try:
        write_bytes(folder / _LAST_USE, str(time.time()).encode())
        for other in pictures.iterdir():
            used = other / _LAST_USE
            if used.exists() and time.time() - used.stat().st_mtime > _MAX_UNUSED_S:
                shutil.rmtree(other, ignore_errors=True)
    except (InputError, OSError):
        pass  # a folder that cannot be written is reported with the first tile
    return TileCache(folder)


def _key(track: Track, line_m: npt.NDArray[np.float64] | None) -> str:
    """Return a name that changes with everything the picture depends on, the program's code
    included.
    """
    pit_lane = track.pit_lane
    return digest_of(
        program_digest(*_PAINTERS),
        f"{pygame.version.ver} {SCALES} {TILE_PX}",
        track_digest(track),
        repr((track.title, track.corners, track.sectors_m)),
        *(part for item in track.buildings for part in (item.kind, item.outline_m.tobytes())),
        b"" if pit_lane is None else pit_lane.points_m.tobytes() + pit_lane.width_m.tobytes(),
        b"" if line_m is None else line_m.tobytes(),
    )
