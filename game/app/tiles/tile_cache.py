"""Keep painted tiles as files in the player's cache, a folder for each picture of a circuit.

The files are JPEGs of full colour resolution: they are written twenty times and read three times
as fast as WebP of the same quality, and are a third larger.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import time
import zlib
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import pygame

from game.app.canvas.warp import pixels_of
from game.app.surfaces.driven_line import shipped_line
from game.app.tiles.tiles import SCALES, TILE_PX, TileKey
from game.digests import digest_of, track_digest
from game.errors import InputError
from game.files import cache_folder, read_bytes, write_bytes
from game.program_digest import program_digest
from game.track.track import Track

MAX_BYTES: Final = 600_000_000  # of all pictures together, about; those unused longest go first
_TILE_BYTES: Final = 200_000  # maximum of a file, about
_MAX_TILE_BYTES: Final = 8_000_000  # of a file, far more than any tile takes
_MAX_UNUSED_S: Final = 30 * 86_400.0  # after which a picture is deleted
_QUALITY: Final = 93  # of 100: differences are lost in the grain of the ground
_CHECKSUM_BYTES: Final = 4  # behind the picture, where other programs do not look
_LAST_USE: Final = "last_use"
_PAINTERS: Final = ("game.app.tiles.ground_painter", "game.app.tiles.tiles")
_NAME: Final = re.compile(r"(?P<scale>\d+)_(?P<column>-?\d+)_(?P<row>-?\d+)\.jpg")


class TileCache:
    """The tiles of one picture. Files that cannot be read count as missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keys(self) -> set[TileKey]:
        """Return the keys of the tiles that have a file."""
        names = (_NAME.fullmatch(path.name) for path in self.folder.glob("*.jpg"))
        return {
            TileKey(float(name["scale"]), int(name["column"]), int(name["row"]))
            for name in names
            if name is not None
        }

    def load(self, key: TileKey) -> pygame.Surface | None:
        """Return a tile; None if its file is missing or damaged."""
        try:
            content = read_bytes(self._path(key), _MAX_TILE_BYTES)
        except InputError:
            return None
        picture, checksum = content[:-_CHECKSUM_BYTES], content[-_CHECKSUM_BYTES:]
        if checksum != _checksum(picture):
            return None
        pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR)
        if pixels is None or pixels.shape != (TILE_PX, TILE_PX, 3):
            return None
        surface = pygame.Surface((TILE_PX, TILE_PX), 0, 32)
        cv2.cvtColor(pixels, cv2.COLOR_BGR2BGRA, pixels_of(surface))
        return surface

    def save(self, key: TileKey, surface: pygame.Surface) -> None:
        """Write a tile of 32 bits a pixel. Raises InputError if it cannot be written."""
        pixels = cv2.cvtColor(pixels_of(surface), cv2.COLOR_BGRA2BGR)
        full_colour = [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
        options = [cv2.IMWRITE_JPEG_QUALITY, _QUALITY, cv2.IMWRITE_JPEG_OPTIMIZE, 1, *full_colour]
        picture = cv2.imencode(".jpg", pixels, options)[1].tobytes()
        write_bytes(self._path(key), picture + _checksum(picture))

    def make_room(self, tiles: int) -> None:
        """Delete other pictures, those unused longest first, until this many tiles have room."""
        used_s: dict[Path, float] = {}
        for marker in self.folder.parent.glob(f"*/{_LAST_USE}"):
            if marker.parent != self.folder:
                used_s[marker.parent] = marker.stat().st_mtime
        room = MAX_BYTES - tiles * _TILE_BYTES
        for other in sorted(used_s, key=used_s.__getitem__, reverse=True):
            room -= sum(path.stat().st_size for path in other.iterdir())
            if room < 0 or time.time() - used_s[other] > _MAX_UNUSED_S:
                shutil.rmtree(other, ignore_errors=True)

    def _path(self, key: TileKey) -> Path:
        return self.folder / f"{key.scale:.0f}_{key.column}_{key.row}.jpg"


def cache_for(track: Track) -> TileCache:
    """Return the tiles of a circuit as this program paints it."""
    folder = cache_folder() / "ground" / f"{track.name}-{_key(track)}"
    with contextlib.suppress(InputError):  # which is reported with the first tile
        write_bytes(folder / _LAST_USE, str(time.time()).encode())
    return TileCache(folder)


def _checksum(picture: bytes) -> bytes:
    return zlib.crc32(picture).to_bytes(_CHECKSUM_BYTES, "little")


def _key(track: Track) -> str:
    """Return a name that changes with everything the picture depends on, the program's code
    included.
    """
    pit_lane = track.pit_lane
    line_m = shipped_line(track)
    return digest_of(
        program_digest(*_PAINTERS),
        f"{pygame.version.ver} {SCALES} {TILE_PX} {_QUALITY}",
        track_digest(track),
        repr((track.title, track.corners, track.sectors_m)),
        *(part for item in track.buildings for part in (item.kind, item.outline_m.tobytes())),
        b"" if pit_lane is None else pit_lane.points_m.tobytes() + pit_lane.width_m.tobytes(),
        b"" if line_m is None else line_m.tobytes(),
    )
