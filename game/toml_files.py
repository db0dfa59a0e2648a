"""Read TOML files as checked structs, with errors that name the file and the key."""

from __future__ import annotations

import math
import re
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Final, NamedTuple, TypeVar

import msgspec

from game.errors import InputError
from game.files import assets_folder, player_folder, read_text
from game.translation import _

Content = TypeVar("Content")

Share = Annotated[float, msgspec.Meta(ge=0.0, le=1.0)]  # of a whole
Metres = Annotated[float, msgspec.Meta(gt=0.0, le=1000.0)]  # of things in a landscape


class TomlTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a file has its fields as keys, and no others."""


_DEEP_KEY: Final = re.compile(
    r"""(?:(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){16}"""
)


class TomlFolder(NamedTuple):
    """Finds the files of one kind by name: those that ship, and the player's own."""

    folder: str  # its name, among the assets and in the player's folder
    first: str = ""  # the name that comes first
    beside: str = ""  # how the names of files end that only belong to another

    def names(self) -> list[str]:
        """Return the names of all files."""
        names = {name for folder in self._folders() for name in self._names_in(folder)}
        return sorted(names, key=lambda name: (name != self.first, name))

    def find(self, name_or_path: str) -> Path | None:
        """Return the file of that name, or at that path; None if it is neither."""
        for folder in self._folders():
            if name_or_path in self._names_in(folder):
                return folder / f"{name_or_path}.toml"
        path = Path(name_or_path)
        return path if path.suffix == ".toml" else None

    def _folders(self) -> tuple[Path, Path]:
        return assets_folder() / self.folder, player_folder() / self.folder

    def _names_in(self, folder: Path) -> set[str]:
        names = {path.stem for path in folder.glob("*.toml")}
        return {name for name in names if not (self.beside and name.endswith(self.beside))}


def read_toml(path: Path, kind: type[Content]) -> Content:
    """Return a TOML file as a checked struct. Raises InputError as `read_tables` and `checked`."""
    return checked(path, read_tables(path), kind)


def read_tables(path: Path) -> dict[str, Any]:
    """Return a TOML file's content, its numbers finite. Raises InputError with one line."""
    text = read_text(path)
    # tomllib keeps every beginning of a key: one of 5,000 parts takes 1.6 GB.
    if _DEEP_KEY.search(text):
        raise InputError(_("{path}: has a key of more than 16 parts").format(path=path))
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _invalid(path, str(error)) from None
    except RecursionError:
        raise InputError(_("{path}: has values nested too deeply").format(path=path)) from None
    except ValueError:  # Python reads integers up to some length
        text = _("{path}: has a number of more than {count} digits")
        raise InputError(text.format(path=path, count=sys.get_int_max_str_digits())) from None
    endless = _not_finite(content)
    if endless:
        text = _("{path}: {key}: expected a finite number")
        raise InputError(text.format(path=path, key=endless))
    return content


def checked(path: Path, content: dict[str, Any], kind: type[Content]) -> Content:
    """Return a file's content as a struct. Raises InputError naming file, key and what is wrong."""
    try:
        return msgspec.convert(content, kind)
    except msgspec.ValidationError as error:
        raise InputError(f"{path}: {_in_words(str(error))}") from None


def _invalid(path: Path, why: str) -> InputError:
    return InputError(_("{path}: is not valid TOML: {reason}").format(path=path, reason=why))


def _not_finite(value: Any) -> str | None:
    """Return the key of a number that is infinite or not a number, which ranges alone let pass."""
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
    """Return a checker's message `Expected float <= 1.0 - at $.motor.gear` with the key first."""
    text, _at, place = error.partition(" - at `$")
    key = place.strip("`.").removeprefix(".")
    text = text[0].lower() + text[1:]
    return f"{key}: {text}" if key else text
