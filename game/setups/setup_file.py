"""A setup as a file: TOML that a person can read and write."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple

import msgspec
import tomli_w
from msgspec import Meta

from game.errors import InputError
from game.files import read_text, write_text
from game.setups.items import ITEMS, Item
from game.toml_files import checked
from game.vehicle.setup import Setup

FORMAT: Final = 1
_FORMAT_KEY: Final = "format"
_ABOUT_KEY: Final = "about"


class SetupFile(NamedTuple):
    """What a file holds."""

    setup: Setup
    about: str  # what it is for, in a line


class _Head(msgspec.Struct, frozen=True):
    format: Annotated[int, Meta(ge=1)] = FORMAT
    about: Annotated[str, Meta(max_length=400)] = ""


def read_setup(path: Path) -> SetupFile:
    """The setup of a file; values that are not named are the default's.

    Raises InputError naming the file, the key and what is wrong, or that a later version wrote it.
    """
    try:
        content: dict[str, Any] = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is not valid TOML: {error}") from None
    head = checked(path, content, _Head)
    if head.format > FORMAT:
        raise InputError(
            f"{path}: was written by a later version of leaf-rc (format {head.format}; this one "
            f"reads up to {FORMAT}): update leaf-rc"
        )
    values = {key: content[key] for key in content if key not in (_FORMAT_KEY, _ABOUT_KEY)}
    for item in ITEMS:
        if item.name in values:
            _check_value(path, item, values[item.name])
    return SetupFile(checked(path, values, Setup), head.about)


def write_setup(path: Path, setup: Setup, about: str = "") -> None:
    """Write a setup that `read_setup` reads back equal. Raises InputError if it cannot be."""
    content: dict[str, Any] = {_FORMAT_KEY: FORMAT}
    if about:
        content[_ABOUT_KEY] = about
    values = msgspec.to_builtins(setup)
    # TOML has no word for nothing: what is None is left out.
    content |= {key: value for key, value in values.items() if value is not None}
    write_text(path, tomli_w.dumps(content))


def _check_value(path: Path, item: Item, value: Any) -> None:
    """Raises InputError that says what the value can be, which the checker of structs does not."""
    if not item.accepts(value):
        raise InputError(f"{path}: {item.name}: is {value!r}, can be {item.bounds_text}")
