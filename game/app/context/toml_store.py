"""Keep something of the player's in a TOML file from one start of the game to the next."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
import tomli_w

from game.errors import InputError
from game.files import move, write_text
from game.toml_files import checked, read_tables
from game.translation import _

Content = TypeVar("Content", bound=msgspec.Struct)


class TomlStore(Generic[Content]):
    """Reads a file once, and writes it whenever its content changes.

    A file that cannot be used stays as it is until then; it is moved aside, not overwritten.
    """

    def __init__(self, path: Path, kind: type[Content]) -> None:
        """Read the file; without a usable one the content is the defaults of its type."""
        self.path = path
        self.warning = ""  # what is wrong with the file, one line
        self.content = kind()
        try:
            if path.exists():
                self.content = checked(path, self._taken_over(read_tables(path)), kind)
        except InputError as error:
            self.warning = _("{error}; using the defaults").format(error=error)
        self._unusable = bool(self.warning)

    def keep(self, content: Content) -> None:
        """Write content that differs from the file's. Raises InputError if it cannot be."""
        if content == self.content:
            return
        self.content = content
        if self._unusable:
            self._put_aside()
        self._write()

    def _taken_over(self, tables: dict[str, Any]) -> dict[str, Any]:
        """Return a file's tables with what an earlier version left out."""
        return tables

    def _write(self) -> None:
        """Write the content. Raises InputError if it cannot be."""
        write_text(self.path, tomli_w.dumps(_without_none(msgspec.to_builtins(self.content))))

    def _put_aside(self) -> None:
        aside = self.path.with_name(f"{self.path.name}.broken")
        number = 1
        while aside.exists():
            number += 1
            aside = self.path.with_name(f"{self.path.name}.broken{number}")
        move(self.path, aside)
        self._unusable = False


def _without_none(table: dict[str, object]) -> dict[str, object]:
    """Leave out what is None: TOML has no word for it."""
    return {
        key: _without_none(value) if isinstance(value, dict) else value
        for key, value in table.items()
        if value is not None
    }
