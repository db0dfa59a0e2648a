"""Named setups: those that ship with the program, which stay as they are, and the player's own.

`presets()` lists them; `save`, `duplicate`, `rename`, `delete` and `restore` change the player's.
Whatever is deleted or replaced lies in the trash beside them until it is restored.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

from game.errors import InputError
from game.files import assets_folder, player_folder
from game.setups.setup_file import read_setup, write_setup
from game.setups.share_code import is_code, setup_of
from game.vehicle.setup import Setup

_MAX_LENGTH: Final = 40  # characters of a name
_NAME: Final = re.compile(r"[^\W_][\w .+()'-]*")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_TRASH: Final = ".trash"
_OLD_TRASH: Final = ".bin"  # its name up to version 0.1
_TRASHED_NAME: Final = re.compile(r"(\d{6}) (.+)\.toml")


class Preset(NamedTuple):
    """A setup with a name."""

    name: str
    path: Path
    shipped: bool
    setup: Setup | None  # None: the file is broken, see the complaint
    about: str
    complaint: str


def presets() -> list[Preset]:
    """All named setups: the shipped ones, then the player's in the order of the alphabet."""
    return [
        *(_read(path, shipped=True) for path in _files(_shipped_folder())),
        *(_read(path, shipped=False) for path in _files(own_folder())),
    ]


def preset_named(name: str) -> Preset:
    """One of them; capitals do not matter. Raises InputError if there is none of this name."""
    for preset in presets():
        if _same(preset.name, name):
            return preset
    known = ", ".join(preset.name for preset in presets())
    raise InputError(f"setup '{name}': is neither a .toml file nor one of {known}")


def load_setup(text: str) -> Setup:
    """The setup of a name, of a path to a file, or of a code.

    Raises InputError if there is none or a value is out of its bounds.
    """
    if is_code(text):
        return setup_of(text)
    if text.endswith(".toml"):
        return read_setup(Path(text)).setup
    preset = preset_named(text)
    if preset.setup is None:
        raise InputError(preset.complaint)
    return preset.setup


def save(name: str, setup: Setup, about: str = "", *, replace: bool = False) -> Preset:
    """Keep a setup under a name. One of the player's that has it goes to the trash, with `replace`.

    Raises InputError for a name that cannot be one or is taken, and if it cannot be written.
    """
    name = checked_name(name)
    taken = _find(name)
    if taken is not None and (taken.shipped or not replace):
        raise InputError(_taken(taken, name))
    path = own_folder() / f"{name}.toml"
    fresh = path.with_name(f".{name}.new")
    write_setup(fresh, setup, about)  # whole, before the old one is touched
    if taken is not None:
        _move_to_trash(taken)
    _move(fresh, path)
    return _read(path, shipped=False)


def duplicate(name: str, new_name: str) -> Preset:
    """Keep another one like it. Raises InputError as `save` does, or if it is broken."""
    preset = _whole(name)
    assert preset.setup is not None
    return save(new_name, preset.setup, preset.about)


def rename(name: str, new_name: str) -> Preset:
    """Give one of the player's another name. Raises InputError as `save` and `delete` do."""
    preset = _own(name)
    new_name = checked_name(new_name)
    taken = _find(new_name)
    if taken is not None and taken.path != preset.path:
        raise InputError(_taken(taken, new_name))
    path = preset.path.with_name(f"{new_name}.toml")
    _move(preset.path, path)
    return _read(path, shipped=False)


def delete(name: str) -> None:
    """Move one of the player's to the trash. Raises InputError for a shipped or unknown one."""
    _move_to_trash(_own(name))


def restore() -> Preset:
    """Restore what was moved to the trash last. Raises InputError if that is empty.

    Where the name has been taken since, it comes back under another.
    """
    trashed = sorted(
        (path for path in _trash_folder().glob("*.toml") if _TRASHED_NAME.fullmatch(path.name)),
        key=lambda path: path.name,
    )
    if not trashed:
        raise InputError("no setup was deleted: there is nothing to bring back")
    match = _TRASHED_NAME.fullmatch(trashed[-1].name)
    assert match is not None
    path = own_folder() / f"{free_name(match[2])}.toml"
    _move(trashed[-1], path)
    return _read(path, shipped=False)


def import_file(path: Path, name: str | None = None, *, replace: bool = False) -> Preset:
    """Keep the setup of a file under a name, its own by default. Raises InputError as `save`."""
    file = read_setup(path)
    return save(path.stem if name is None else name, file.setup, file.about, replace=replace)


def free_name(like: str) -> str:
    """A name that is free: this one, or this one with a number behind it."""
    taken = {preset.name.casefold() for preset in presets()}
    like = like.strip()[:_MAX_LENGTH]
    name, number = like, 1
    while name.casefold() in taken:
        number += 1
        end = f" {number}"
        name = like[: _MAX_LENGTH - len(end)] + end
    return name


def checked_name(name: str) -> str:
    """The name, without blanks around it. Raises InputError if it cannot name a file anywhere."""
    name = name.strip()
    if not name or len(name) > _MAX_LENGTH:
        raise InputError(f"setup name '{name}': has {len(name)} characters, 1 to {_MAX_LENGTH} do")
    if not _NAME.fullmatch(name) or name.endswith("."):
        raise InputError(
            f"setup name '{name}': letters, digits, blanks and . + - ( ) ' _ do, "
            "a letter or a digit first and no point last"
        )
    if is_code(name) or _RESERVED.fullmatch(name):
        raise InputError(f"setup name '{name}': means something else: choose another")
    return name


def own_folder() -> Path:
    """Where the player's setups are."""
    return player_folder() / "setups"


def _shipped_folder() -> Path:
    return assets_folder() / "setups"


def _trash_folder() -> Path:
    """The trash; what an older version has put into its own is taken over."""
    folder, old = own_folder() / _TRASH, own_folder() / _OLD_TRASH
    if old.is_dir() and not folder.exists():
        _move(old, folder)
    return folder


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.toml"), key=lambda path: path.stem.casefold())


def _read(path: Path, *, shipped: bool) -> Preset:
    try:
        setup, about = read_setup(path)
    except InputError as error:
        return Preset(path.stem, path, shipped, None, "", str(error))
    return Preset(path.stem, path, shipped, setup, about, "")


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _find(name: str) -> Preset | None:
    return next((preset for preset in presets() if _same(preset.name, name)), None)


def _whole(name: str) -> Preset:
    preset = preset_named(name)
    if preset.setup is None:
        raise InputError(preset.complaint)
    return preset


def _own(name: str) -> Preset:
    preset = preset_named(name)
    if preset.shipped:
        raise InputError(f"setup '{preset.name}': ships with leaf-rc and stays: duplicate it first")
    return preset


def _taken(taken: Preset, name: str) -> str:
    if taken.shipped:
        return f"setup '{name}': ships with leaf-rc and stays: choose another name"
    return f"setup '{name}': is there already: choose another name"


def _move_to_trash(preset: Preset) -> None:
    folder = _trash_folder()
    numbers = [
        int(match[1])
        for path in folder.glob("*.toml")
        if (match := _TRASHED_NAME.fullmatch(path.name))
    ]
    number = max(numbers, default=0) + 1
    _move(preset.path, folder / f"{number:06d} {preset.name}.toml")


def _move(path: Path, to: Path) -> None:
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        path.rename(to)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(f"{path}: cannot be moved to {to} ({reason})") from None
