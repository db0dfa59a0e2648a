"""The places of the player's own circuits, and the names that these may have."""

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

    force: it may be written over one that is there. Raises InputError where another one is.
    """
    if not _NAME.fullmatch(name):
        raise InputError(f"--name '{name}': use letters, digits, '-', '_' and '.', at most 64")
    if name == RANDOM:
        raise InputError(f"--name '{name}': means a circuit made for the occasion: give another")
    path = own_tracks_folder() / name / FILE_NAME
    if path.exists():
        if not force:
            raise InputError(f"{path}: is there already: give --name, or add --force")
    elif name in track_names():
        raise InputError(f"--name '{name}': a circuit that ships has it: give another")
    return path


def new_file_path(out: Path, *, force: bool = False) -> Path:
    """Return a path that a circuit is to be written to. Raises InputError where a file is."""
    if out.exists() and not force:
        raise InputError(f"{out}: is there already: name another file, or add --force")
    return out
