"""Keep painted tiles as files in the player's cache, a folder for each picture of a circuit.

The files are JPEGs of full colour resolution: they are written thirty times and read three times
as fast as WebP of the same quality, and are a third larger. The shadows on them are files of their
own, a folder for each way in which a sun casts them: PNGs, since most of them are nearly empty.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import time
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
import pygame

from game.app.canvas.sun import ShadowCast
from game.app.canvas.warp import pixels_of
from game.app.objects.shadows import Darkness
from game.app.surfaces.driven_line import shipped_line
from game.app.surfaces.landscape import landscape_of
from game.app.tiles.tiles import SCALES, TILE_PX, TileKey
from game.digests import digest_of, track_digest
from game.errors import InputError
from game.files import cache_folder, read_bytes, tracks_folder, write_bytes
from game.program_digest import program_digest
from game.track.track import Track

MAX_BYTES: Final = 600_000_000  # of all pictures together, about; those unused longest go first
_TILE_BYTES: Final = 200_000  # maximum of a file, about
_MAX_TILE_BYTES: Final = 8_000_000  # of a file, far more than any tile takes
_MAX_UNUSED_S: Final = 30 * 86_400.0  # after which a picture is deleted
_QUALITY: Final = 93  # of 100: differences are lost in the grain of the ground
_PNG_LEVEL: Final = 3  # of 9: twice as fast as the usual level; files without filter are smaller
_CHECKSUM_BYTES: Final = 4  # behind the picture, where other programs do not look
# Rows of a tile that are worked on at once, so few that OpenCV leaves its threads to the frame.
# While those are busy with a tile, the ground of a frame would be warped without their help.
STRIP_PX: Final = 128
_LAST_USE: Final = "last_use"
_PAINTERS: Final = ("game.app.tiles.ground_painter", "game.app.tiles.tiles")
_NAME: Final = re.compile(r"(?P<scale>\d+)_(?P<column>-?\d+)_(?P<row>-?\d+)\.(?:jpg|png)")


class TileCache:
    """Keeps the tiles of one picture. Files that cannot be read count as missing."""

    def __init__(self, folder: Path, shipped: Path | None = None, quality: int = _QUALITY) -> None:
        """Keep tiles in a folder; those that it lacks may be in one that ships.

        quality: of the files that are written, 0..100.
        """
        self.folder = folder
        self._quality = quality
        self._shipped = [] if shipped is None else [shipped]

    def keys(self) -> set[TileKey]:
        """Return the keys of the tiles that have a file."""
        return _keys(path for folder in self._folders for path in folder.glob("*.jpg"))

    def shaded_keys(self, cast: ShadowCast) -> set[TileKey]:
        """Return the keys of the tiles whose shadows, cast so, have a file."""
        return _keys(path for folder in self._shades(cast) for path in folder.glob("*.png"))

    def load(self, key: TileKey) -> pygame.Surface | None:
        """Return a tile; None if its file is missing or damaged."""
        pictures = (
            _read(folder / _file_name(key, "jpg"), cv2.IMREAD_COLOR) for folder in self._folders
        )
        return next((_surface(picture) for picture in pictures if picture is not None), None)

    def load_shade(self, key: TileKey, cast: ShadowCast) -> Darkness | None:
        """Return the shadows on a tile, 0..255; None if their file is missing or damaged."""
        pictures = (
            _read(folder / _file_name(key, "png"), cv2.IMREAD_GRAYSCALE)
            for folder in self._shades(cast)
        )
        return next((picture for picture in pictures if picture is not None), None)

    def save(self, key: TileKey, surface: pygame.Surface) -> None:
        """Write a tile of 32 bits a pixel. Raises InputError if it cannot be written."""
        pixels = np.asarray(cv2.cvtColor(pixels_of(surface), cv2.COLOR_BGRA2BGR), np.uint8)
        full_colour = [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444]
        # Without Huffman tables of its own a file is a fiftieth larger, and written in a third.
        options = [cv2.IMWRITE_JPEG_QUALITY, self._quality, *full_colour]
        self._write(self.folder / _file_name(key, "jpg"), pixels, options)

    def save_shade(self, key: TileKey, cast: ShadowCast, dark: Darkness | None) -> None:
        """Write the shadows on a tile, if there are any. Raises InputError if it cannot be."""
        picture = np.zeros((TILE_PX, TILE_PX), np.uint8) if dark is None else dark
        path = self.folder / _shade_name(cast) / _file_name(key, "png")
        options = [cv2.IMWRITE_PNG_COMPRESSION, _PNG_LEVEL]
        options += [cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_NONE]
        self._write(path, picture, options)

    @staticmethod
    def _write(path: Path, pixels: npt.NDArray[np.uint8], options: list[int]) -> None:
        picture = cv2.imencode(path.suffix, pixels, options)[1].tobytes()
        write_bytes(path, picture + _checksum(picture))

    def make_room(self, tiles: int) -> None:
        """Delete other pictures, those unused longest first, until this many tiles have room."""
        room = MAX_BYTES - tiles * _TILE_BYTES
        with contextlib.suppress(OSError):  # of what another process deletes meanwhile
            markers = [
                marker
                for marker in self.folder.parent.glob(f"*/{_LAST_USE}")
                if marker.parent != self.folder
            ]
            for marker in sorted(markers, key=lambda path: path.stat().st_mtime, reverse=True):
                room -= sum(path.stat().st_size for path in marker.parent.rglob("*"))
                if room < 0 or time.time() - marker.stat().st_mtime > _MAX_UNUSED_S:
                    shutil.rmtree(marker.parent, ignore_errors=True)

    @property
    def _folders(self) -> list[Path]:
        return [self.folder, *self._shipped]

    def _shades(self, cast: ShadowCast) -> list[Path]:
        return [folder / _shade_name(cast) for folder in self._folders]


def cache_for(track: Track) -> TileCache:
    """Return the tiles of a circuit as this program paints it."""
    folder = cache_folder() / "ground" / f"{track.name}-{_key(track)}"
    with contextlib.suppress(InputError):  # which is reported with the first tile
        write_bytes(folder / _LAST_USE, str(time.time()).encode())
    return TileCache(folder, shipped_tiles(track))


def shipped_tiles(track: Track) -> Path:
    """Return the folder beside a circuit with the tiles that ship, so that nobody sees a void.

    It has the name of what the circuit is: that of an earlier version of it is not found.
    """
    return tracks_folder() / track.name / f"ground-{digest_of(*_parts(track))}"


def _keys(paths: Iterable[Path]) -> set[TileKey]:
    names = (_NAME.fullmatch(path.name) for path in paths)
    return {
        TileKey(float(name["scale"]), int(name["column"]), int(name["row"]))
        for name in names
        if name is not None
    }


def _file_name(key: TileKey, suffix: str) -> str:
    return f"{key.scale:.0f}_{key.column}_{key.row}.{suffix}"


def _shade_name(cast: ShadowCast) -> str:
    return f"shade_{100 * cast.east:.0f}_{100 * cast.north:.0f}_{10 * cast.softness:.0f}"


def _read(path: Path, colours: int) -> npt.NDArray[np.uint8] | None:
    """Return the picture in a file, of a tile's size; None if it is missing or damaged."""
    try:
        content = read_bytes(path, _MAX_TILE_BYTES)
    except InputError:
        return None
    picture, checksum = content[:-_CHECKSUM_BYTES], content[-_CHECKSUM_BYTES:]
    if checksum != _checksum(picture):
        return None
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), colours)
    if pixels is None or pixels.shape[:2] != (TILE_PX, TILE_PX):
        return None
    return np.asarray(pixels, np.uint8)


def _surface(pixels: npt.NDArray[np.uint8]) -> pygame.Surface:
    surface = pygame.Surface((TILE_PX, TILE_PX), 0, 32)
    whole = pixels_of(surface)
    for top in range(0, TILE_PX, STRIP_PX):
        rows = slice(top, top + STRIP_PX)
        cv2.cvtColor(pixels[rows], cv2.COLOR_BGR2BGRA, whole[rows])
    return surface


def _checksum(picture: bytes) -> bytes:
    return zlib.crc32(picture).to_bytes(_CHECKSUM_BYTES, "little")


def _key(track: Track) -> str:
    """Return a name that changes with everything the picture depends on, the program's code
    included.
    """
    line_m = shipped_line(track)
    return digest_of(
        program_digest(*_PAINTERS),
        f"{pygame.version.ver} {SCALES} {TILE_PX} {_QUALITY}",
        repr(landscape_of(track.landscape.kind)),
        *_parts(track),
        b"" if line_m is None else line_m.tobytes(),
    )


def _parts(track: Track) -> Iterator[str | bytes]:
    """Yield all of a circuit that is painted."""
    yield track_digest(track)
    yield repr((track.title, track.corners, track.sectors_m, track.landscape))
    for item in track.buildings:
        yield from (item.kind, item.outline_m.tobytes())
    if track.pit_lane is not None:
        yield track.pit_lane.points_m.tobytes() + track.pit_lane.width_m.tobytes()
