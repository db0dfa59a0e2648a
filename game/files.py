"""Tracks, assets and the player's own files have their folders here, and are written from here."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs

from game.errors import InputError

_APP = "leaf-rc"


def shipped_folder() -> Path:
    """The folder that holds `assets/` and `tracks/`: inside a wheel, or the checkout's root."""
    package = Path(__file__).parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent


def tracks_folder() -> Path:
    """The circuits that ship with the program, one folder each."""
    return shipped_folder() / "tracks"


def assets_folder() -> Path:
    """Cars and whatever else ships with the program."""
    return shipped_folder() / "assets"


def player_folder() -> Path:
    """Return the folder of the player's own setups, tracks and settings."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False))


def cache_folder() -> Path:
    """Return the folder of results that can be made again; it may be deleted at any time."""
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def read_text(path: Path) -> str:
    """The text of a file the user named. Raises InputError if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read ({_reason(error)})") from None


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises InputError if it cannot be written.

    The content goes to a temporary neighbour that then takes the name in one step, so that a full
    disk or a crash leaves the old file as it was. A link stays one: what it leads to is written. A
    pipe or a device is written to; it is not the program's to replace.
    """
    neighbour: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and not path.is_file() and not path.is_dir():
            path.write_bytes(content)
            return
        place = path.resolve()
        handle, neighbour = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(neighbour).chmod(0o644)
        Path(neighbour).replace(place)
    except OSError as error:
        if neighbour is not None:
            Path(neighbour).unlink(missing_ok=True)
        raise InputError(f"{path}: cannot be written ({_reason(error)})") from None


def write_text(path: Path, content: str) -> None:
    """Write a text file whole or not at all. Raises InputError if it cannot be written."""
    write_bytes(path, content.encode())


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
