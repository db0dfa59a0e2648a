"""TOML files as checked structs, with errors that name the file and the key."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from game.errors import InputError
from game.files import read_text

Kind = TypeVar("Kind")


def read_toml(path: Path, kind: type[Kind]) -> Kind:
    """A TOML file as a checked struct. Raises InputError naming file, key and what is wrong."""
    try:
        content: dict[str, Any] = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is not valid TOML: {error}") from None
    return checked(path, content, kind)


def checked(path: Path, content: dict[str, Any], kind: type[Kind]) -> Kind:
    """Return a file's content as a struct. Raises InputError naming file, key and what is wrong."""
    endless = _not_finite(content)
    if endless:
        raise InputError(f"{path}: {endless}: expected a finite number")
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {_in_words(str(error))}") from None


def _not_finite(value: Any) -> str | None:
    """The key of a number that is infinite or none, which ranges alone let pass."""
    if isinstance(value, float):
        return None if math.isfinite(value) else ""
    inner: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    for key, item in inner:
        place = _not_finite(item)
        if place is not None:
            return f"{key}.{place}".rstrip(".")
    return None


def _in_words(error: str) -> str:
    """A checker's message `Expected float <= 1.0 - at $.motor.gear` with the key first."""
    text, _, place = error.partition(" - at `$")
    key = place.strip("`.").removeprefix(".")
    text = text[0].lower() + text[1:]
    return f"{key}: {text}" if key else text
