"""Find the player's own circuits, and check the names that these may have."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from game.errors import InputError
from game.files import player_folder
from game.track.maker import RANDOM
from game.track.track import track_names
from game.track.track_file import FILE_NAME

_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


def own_tracks_folder() -> Path:
    """Return the folder of the player's own circuits, one folder each."""
    return player_folder() / "tracks"


def own_track_path(name: str, *, force: bool = False) -> Path:
    """Return where a circuit of that name is kept for the player.

    force: an existing one may be written over. Raises InputError if one exists otherwise.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"--name '{name}': use letters a to z, digits, '-', '_' and '.', at most 64"
        )
    if name == RANDOM:
        raise InputError(f"--name '{name}': is reserved for random circuits: choose another name")
    path = own_tracks_folder() / name / FILE_NAME
    if path.exists():
        if not force:
            raise InputError(f"{path}: already exists: give --name, or add --force")
    elif name in track_names():
        raise InputError(f"--name '{name}': ships with the game: choose another name")
    return path


def new_file_path(out: Path, *, force: bool = False) -> Path:
    """Return a path that a circuit is to be written to. Raises InputError if it exists."""
    if out.exists() and not force:
        raise InputError(f"{out}: already exists: name another file, or add --force")
    return out
