"""Exchange setups as files: a folder for both ways, and the downloads."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import Final

import platformdirs

from game.app.setup.model.garage import Garage
from game.errors import InputError
from game.files import player_folder
from game.setups import presets
from game.setups.presets import Preset
from game.setups.setup_file import read_setup, write_setup
from game.translation import _
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

SETUP_SUFFIX: Final = ".toml"

_FOLDER: Final = "exchange"
_NAMELESS: Final = "imported"  # what a file is called here whose own name cannot be a setup's
_MAX_FILES: Final = 40  # that are offered, the latest first


def exchange_folder() -> Path:
    """Return the folder of exported setups, where files to be imported may be put as well."""
    return player_folder() / _FOLDER


def export(name: str, setup: Setup, spec: CarSpec, about: str = "") -> Path:
    """Write a setup to a new file; where it is. Raises InputError if it cannot be written."""
    folder = exchange_folder()
    path, number = folder / f"{name}.toml", 1
    while path.exists():
        number += 1
        path = folder / f"{name} {number}.toml"
    write_setup(path, setup, spec.id, about)
    return path


def import_setup(path: Path, spec: CarSpec) -> Preset:
    """Keep the setup of a file among the player's own, under a name that is free.

    Raises InputError for what is no setup's file, and for a setup for another car.
    """
    if path.suffix != SETUP_SUFFIX:
        raise InputError(_("{path}: is not a .toml file").format(path=path))
    read_setup(path, spec)  # before a name is looked for: what is wrong with it comes first
    try:
        name = presets.checked_name(path.stem)
    except InputError:
        name = _NAMELESS
    return presets.save_from_file(path, spec, presets.free_name(name))


def files_found() -> list[Path]:
    """Return the files that could be imported, the latest first."""
    folders = (exchange_folder(), Path(platformdirs.user_downloads_dir()))
    found: list[tuple[float, Path]] = []
    for folder in folders:
        try:
            paths = list(folder.glob("*.toml"))
        except OSError:
            continue  # a folder that cannot be read has nothing to offer
        for path in paths:
            with contextlib.suppress(OSError):  # a link that leads nowhere
                found.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(found, reverse=True)[:_MAX_FILES]]


def import_and_load(garage: Garage, path: Path) -> None:
    """Keep the setup of a file among the player's own and go on with it; or say what is wrong."""
    try:
        preset = import_setup(path, garage.spec)
    except InputError as error:
        garage.context.notice.show(str(error))
        return
    if preset.setup is not None:
        garage.workbench.load(preset.setup)
    text = _("{file}: kept as {name}, and loaded")
    garage.context.notice.show(text.format(file=path.name, name=preset.name))
