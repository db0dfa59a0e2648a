"""Name the folders of tracks, assets and the player's files; read and write files safely."""

from __future__ import annotations

import io
import lzma
import os
import stat
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import chain, count
from pathlib import Path
from typing import Final, NamedTuple

import platformdirs

from game.errors import InputError, MissingFileError
from game.translation import _

MAX_TEXT_BYTES: Final = 1_000_000  # of a file that a person writes; the longest we ship has 15,000

_APP: Final = "leaf-rc"
_GZIP_OR_ZLIB: Final = 47  # zlib's word for: whichever of the two headers is there
_XZ_MEMORY_BYTES: Final = 16_000_000  # that a file may ask for; ours ask for 2 MB


def shipped_folder() -> Path:
    """Return the folder that holds `assets/` and `tracks/`: in a wheel, or the checkout's root."""
    package = Path(__file__).parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent


def tracks_folder() -> Path:
    """Return the circuits that ship with the program, one folder each."""
    return shipped_folder() / "tracks"


def assets_folder() -> Path:
    """Return the folder of cars and whatever else ships with the program."""
    return shipped_folder() / "assets"


def player_folder() -> Path:
    """Return the folder of the player's own setups, tracks and settings."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def cache_folder() -> Path:
    """Return the folder of results that can be made again; it may be deleted at any time."""
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def named_by_the_time(folder: Path, suffix: str) -> Path:
    """Return where a new file goes that is named by the time, over no other one."""
    stem = time.strftime(f"{_APP}-%Y%m%d-%H%M%S")
    names = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(path for name in names if not (path := folder / f"{name}{suffix}").exists())


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """Return the content of a regular file, so a pipe or device cannot hang the read.

    It may have at most so many bytes.

    Raises MissingFileError if there is none, InputError if it cannot be read.
    """
    try:
        with io.FileIO(path, opener=_open_at_once) as stream:
            status = os.fstat(stream.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError(_("{path}: is not a regular file").format(path=path))
            is_too_large = status.st_size > max_bytes
            content = b"" if is_too_large else stream.read(status.st_size)
    except FileNotFoundError:
        raise MissingFileError(_("{path}: there is no such file").format(path=path)) from None
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from None
    if is_too_large:
        raise InputError(
            _("{path}: is larger than {size} MB: is it the right file?").format(
                path=path, size=f"{max_bytes / 1e6:g}"
            )
        )
    return content


def _open_at_once(path: str, flags: int) -> int:
    """Open without waiting, because a pipe may have nobody at its other end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, with or without a byte order mark.

    Raises MissingFileError if there is none, InputError if it cannot be read.
    """
    content = read_bytes(path, MAX_TEXT_BYTES)
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        raise InputError(_("{path}: is not a text in UTF-8").format(path=path)) from None


class GzipFile(NamedTuple):
    """Holds what a gzipped file unpacks to, and what follows there."""

    content: bytes
    rest: bytes


def read_gzip(path: Path, max_bytes: int) -> GzipFile:
    """Read a gzipped file, which is and unpacks to at most so many bytes.

    Raises MissingFileError if there is none, InputError if it cannot be read or unpacked.
    """
    packed = read_bytes(path, max_bytes)
    try:
        return _unpacked_gzip(packed, max_bytes)
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None


def unpacked(packed: bytes, max_bytes: int) -> bytes:
    """Return what gzip or zlib packed, at most so many bytes.

    Raises ValueError, with what is wrong, if it unpacks to more or is damaged.
    """
    return _unpacked_gzip(packed, max_bytes).content


def unpacked_xz(packed: bytes, max_bytes: int) -> bytes:
    """Return what xz packed, at most so many bytes; raises ValueError as `unpacked` does."""
    unpacking = lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY_BYTES)
    try:
        content = unpacking.decompress(packed, max_bytes + 1)
    except lzma.LZMAError as error:
        raise ValueError(f"cannot be unpacked ({error})") from None
    _check_unpacked(content, max_bytes, unpacking.eof)
    return content


def _unpacked_gzip(packed: bytes, max_bytes: int) -> GzipFile:
    unpacking = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        content = unpacking.decompress(packed, max_bytes + 1)
    except zlib.error as error:
        raise ValueError(f"cannot be unpacked ({error})") from None
    _check_unpacked(content, max_bytes, unpacking.eof)
    return GzipFile(content, unpacking.unused_data)


def _check_unpacked(content: bytes, max_bytes: int, is_whole: bool) -> None:
    """Raise ValueError for more than so many bytes, or if some are missing."""
    if len(content) > max_bytes:
        raise ValueError(f"unpacks to more than {max_bytes / 1e6:g} MB")
    if not is_whole:
        raise ValueError("cannot be unpacked (it is cut short)")


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises InputError if it cannot be written.

    The content goes to a temporary neighbour that then takes the name in one step, so that a full
    disk or a crash of the program leaves the old file as it was. What fails or is interrupted
    leaves neither the neighbour nor the folders that were made for it. A file keeps its mode. A
    link stays one: what it leads to is written. A pipe or a device is written to; it is not the
    program's to replace.
    """
    try:
        with _folder_for(path):
            if path.exists() and not path.is_file() and not path.is_dir():
                path.write_bytes(content)
            else:
                _replace(path.resolve(), content)
    except (OSError, RuntimeError) as error:  # Python 3.11 and 3.12: a link that leads to itself
        raise unwritable(path, reason(error)) from None


def _replace(place: Path, content: bytes) -> None:
    """Write a file beside a place, and give it the name in one step."""
    neighbour = place.with_name(f".{place.name}.{os.urandom(4).hex()}")
    try:
        with neighbour.open("xb") as stream:
            if place.exists():
                neighbour.chmod(stat.S_IMODE(place.stat().st_mode))
            stream.write(content)
        neighbour.replace(place)
    except BaseException:
        with suppress(OSError):  # a read-only file system refuses even what is not there
            neighbour.unlink(missing_ok=True)
        raise


@contextmanager
def _folder_for(path: Path) -> Iterator[None]:
    """Make the folders that a path lies in; if the context fails, remove those that were made."""
    missing = [each for each in path.parents if not each.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for each in missing:
            with suppress(OSError):  # somebody else may have put something into it by now
                each.rmdir()
        raise


def write_text(path: Path, content: str) -> None:
    """Write a text file whole or not at all. Raises InputError if it cannot be written."""
    write_bytes(path, content.encode())


def move(path: Path, to: Path) -> None:
    """Move a file to another place on the same disk. Raises InputError if it cannot be moved."""
    try:
        with _folder_for(to):
            path.rename(to)
    except OSError as error:
        text = _("{path}: cannot be moved to {to} ({reason})")
        raise InputError(text.format(path=path, to=to, reason=reason(error))) from None


def unwritable(path: Path, why: str) -> InputError:
    """Return the error that a file cannot be written, for a reason in a few words."""
    return InputError(_("{path}: cannot be written ({reason})").format(path=path, reason=why))


def _unreadable(path: Path, error: Exception) -> InputError:
    return InputError(
        _("{path}: cannot be read ({reason})").format(path=path, reason=reason(error))
    )


def reason(error: Exception) -> str:
    """Return why a file could not be used, in lower case, to stand in brackets."""
    return (getattr(error, "strerror", None) or str(error)).lower()
