"""Name setups: those that ship with the program and stay as they are, and the player's own.

`presets(spec)` lists those for a car; `save`, `duplicate`, `rename`, `delete` and `restore` change
the player's. Setups for all cars share their names. Whatever is deleted or replaced lies in the
trash beside them until it is restored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from game.errors import InputError
from game.files import assets_folder, move, player_folder
from game.setups.setup_file import OtherCarError, check_car, read_setup, write_setup
from game.setups.share_code import code_name, is_code, setup_of
from game.translation import _
from game.vehicle.setup import Setup, check_setup
from game.vehicle.spec import CarSpec

_MAX_LENGTH: Final = 40  # characters of a name
_NAME: Final = re.compile(r"[^\W_][\w .+()'-]*")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_TRASH: Final = ".trash"
_OLD_TRASH: Final = ".bin"  # its name up to version 0.1
_TRASHED_NAME: Final = re.compile(r"(\d{6}) (.+)\.toml")


class Preset(NamedTuple):
    """A preset is a setup with a name."""

    name: str
    path: Path
    shipped: bool
    setup: Setup | None  # None: the file is broken or for another car, see the error
    about: str
    error: str
    is_for_other_car: bool = False


def presets(spec: CarSpec) -> list[Preset]:
    """Return all setups for a car: the shipped ones, then the player's in alphabetical order."""
    found = [_read(file, spec) for file in _files()]
    return [preset for preset in found if not preset.is_for_other_car]


def preset_named(name: str, spec: CarSpec) -> Preset:
    """Return a preset of any car; capitals do not matter. Raises InputError for an unknown name."""
    file = _find(name)
    if file is None:
        raise _unknown(name, [preset.name for preset in presets(spec)])
    return _read(file, spec)


def load_setup(text: str, spec: CarSpec) -> Setup:
    """Return the setup for a car of a name, of a path to a file, or of a code.

    Raises InputError if there is none, it is for another car, or a value is out of its bounds.
    """
    if is_code(text):
        car_id, setup = setup_of(text)
        check_car(code_name(text), car_id, spec)
        check_setup(spec, setup)
        return setup
    if text.endswith(".toml"):
        return read_setup(Path(text), spec).setup
    return _setup_of(preset_named(text, spec))


def save(
    name: str, setup: Setup, spec: CarSpec, about: str = "", *, replace: bool = False
) -> Preset:
    """Keep a setup under a name. One of the player's that has it goes to the trash, with `replace`.

    Raises InputError for a name that cannot be one or is taken, also by a setup for another car,
    and if it cannot be written.
    """
    name = checked_name(name)
    taken = _find(name)
    if taken is not None and (taken.shipped or not replace):
        raise InputError(_taken(taken, name))
    path = own_folder() / f"{name}.toml"
    fresh = path.with_name(f".{name}.new")
    write_setup(fresh, setup, spec.id, about)  # whole, before the old one is touched
    if taken is not None:
        _move_to_trash(taken)
    move(fresh, path)
    return _read(_File(name, path, shipped=False), spec)


def duplicate(name: str, new_name: str, spec: CarSpec) -> Preset:
    """Keep another one like it. Raises InputError as `save` and `load_setup` do."""
    preset = preset_named(name, spec)
    return save(new_name, _setup_of(preset), spec, preset.about)


def rename(name: str, new_name: str) -> str:
    """Give one of the player's another name. Raises InputError as `save` and `delete` do."""
    file = _own(name)
    new_name = checked_name(new_name)
    taken = _find(new_name)
    if taken is not None and taken.path != file.path:
        raise InputError(_taken(taken, new_name))
    move(file.path, file.path.with_name(f"{new_name}.toml"))
    return new_name


def delete(name: str) -> None:
    """Move one of the player's to the trash. Raises InputError for a shipped or unknown one."""
    _move_to_trash(_own(name))


def restore() -> str:
    """Restore what was moved to the trash last. Raises InputError if that is empty.

    Where the name has been taken since, it comes back under another: the name that it has now.
    """
    trashed = sorted(
        (path for path in _trash_folder().glob("*.toml") if _TRASHED_NAME.fullmatch(path.name)),
        key=lambda path: path.name,
    )
    if not trashed:
        raise InputError(_("no setup was deleted: there is nothing to bring back"))
    match = _TRASHED_NAME.fullmatch(trashed[-1].name)
    assert match is not None
    name = free_name(match[2])
    move(trashed[-1], own_folder() / f"{name}.toml")
    return name


def save_from_file(
    path: Path, spec: CarSpec, name: str | None = None, *, replace: bool = False
) -> Preset:
    """Keep the setup of a file under a name, its own by default. Raises InputError as `save`."""
    file = read_setup(path, spec)
    own_name = path.stem if name is None else name
    return save(own_name, file.setup, spec, file.about, replace=replace)


def is_shipped(name: str) -> bool:
    """Return whether a setup of this name ships with the program."""
    file = _find(name)
    return file is not None and file.shipped


def free_name(like: str) -> str:
    """Return a name that is free: this one, or this one with a number behind it."""
    taken = {file.name.casefold() for file in _files()}
    like = like.strip()[:_MAX_LENGTH]
    name, number = like, 1
    while name.casefold() in taken:
        number += 1
        end = f" {number}"
        name = like[: _MAX_LENGTH - len(end)] + end
    return name


def checked_name(name: str) -> str:
    """Return the name without blanks around it. Raises InputError if no file can have it."""
    name = name.strip()
    if not name or len(name) > _MAX_LENGTH:
        text = _("setup name '{name}': has {count} characters, 1 to {max} are allowed")
        raise InputError(text.format(name=name, count=len(name), max=_MAX_LENGTH))
    if not _NAME.fullmatch(name) or name.endswith("."):
        raise InputError(
            _(
                "setup name '{name}': letters, digits, blanks and . + - ( ) ' _ do, "
                "a letter or a digit first and no point last"
            ).format(name=name)
        )
    if is_code(name) or _RESERVED.fullmatch(name):
        raise InputError(
            _("setup name '{name}': means something else: choose another").format(name=name)
        )
    return name


def own_folder() -> Path:
    """Return the folder of the player's setups."""
    return player_folder() / "setups"


def _shipped_folder() -> Path:
    return assets_folder() / "setups"


def _trash_folder() -> Path:
    """Return the trash; what an older version has put into its own is taken over."""
    folder, old = own_folder() / _TRASH, own_folder() / _OLD_TRASH
    if old.is_dir() and not folder.exists():
        move(old, folder)
    return folder


class _File(NamedTuple):
    """Describes the file of a setup, whatever is in it."""

    name: str
    path: Path
    shipped: bool


def _files() -> list[_File]:
    """Return the files of all cars, the shipped ones first."""
    return [
        _File(path.stem, path, shipped)
        for folder, shipped in ((_shipped_folder(), True), (own_folder(), False))
        for path in sorted(folder.glob("*.toml"), key=lambda path: path.stem.casefold())
    ]


def _read(file: _File, spec: CarSpec) -> Preset:
    try:
        setup, about = read_setup(file.path, spec)
    except InputError as error:
        is_for_other_car = isinstance(error, OtherCarError)
        return Preset(*file, None, "", str(error), is_for_other_car)
    return Preset(*file, setup, about, "")


def _setup_of(preset: Preset) -> Setup:
    """Return the setup. Raises InputError if it is broken or for another car."""
    if preset.setup is None:
        raise InputError(preset.error)
    return preset.setup


def _find(name: str) -> _File | None:
    wanted = name.strip().casefold()
    return next((file for file in _files() if file.name.strip().casefold() == wanted), None)


def _unknown(name: str, known: Sequence[str]) -> InputError:
    text = _("setup '{name}': is not a .toml file")
    if known:
        text = _("setup '{name}': is neither a .toml file nor one of {names}")
    return InputError(text.format(name=name, names=", ".join(known)))


def _own(name: str) -> _File:
    file = _find(name)
    if file is None:
        raise _unknown(name, [each.name for each in _files()])
    if file.shipped:
        text = _("setup '{name}': ships with leaf-rc and stays: duplicate it first")
        raise InputError(text.format(name=file.name))
    return file


def _taken(taken: _File, name: str) -> str:
    text = _("setup '{name}': already exists: choose another name")
    if taken.shipped:
        text = _("setup '{name}': ships with leaf-rc and stays: choose another name")
    return text.format(name=name)


def _move_to_trash(file: _File) -> None:
    folder = _trash_folder()
    numbers = [
        int(match[1])
        for path in folder.glob("*.toml")
        if (match := _TRASHED_NAME.fullmatch(path.name))
    ]
    number = max(numbers, default=0) + 1
    move(file.path, folder / f"{number:06d} {file.name}.toml")
