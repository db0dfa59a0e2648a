"""Read what circuits are called, before anything else is known of them."""

from __future__ import annotations

import itertools
import tomllib
from pathlib import Path
from typing import Final

from game.errors import InputError
from game.files import player_folder, read_bytes, tracks_folder
from game.track.track_file import FILE_NAME

_MAX_BYTES: Final = 4_000_000


def circuit_title(name: str) -> str:
    """Return the title at the top of a circuit's file; its name where there is none to be read."""
    folders = (tracks_folder(), player_folder() / "tracks")
    files = (folder / name / FILE_NAME for folder in folders)
    path = next((each for each in files if each.exists()), None)
    title = None if path is None else _title_in(path)
    return title or name


def _title_in(path: Path) -> str | None:
    """Return the title among the values above a file's first table."""
    try:
        lines = read_bytes(path, _MAX_BYTES).decode().splitlines()
        top = itertools.takewhile(lambda line: not line.startswith("["), lines)
        title = tomllib.loads("\n".join(top)).get("title")
    except (InputError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None  # what is wrong with the file is said when it is chosen
    return title if isinstance(title, str) else None
