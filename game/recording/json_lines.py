"""Keep a line of JSON for each entry in files of the player's, which only ever grow."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from game.errors import InputError, MissingFileError
from game.files import read_bytes, reason, unwritable
from game.translation import _

Entry = TypeVar("Entry", bound=msgspec.Struct)

_MAX_BYTES: Final = 200_000_000  # of a file: some 200,000 laps


def read_lines(path: Path, kind: type[Entry]) -> tuple[list[Entry], str]:
    """Return the entries of a file, the oldest first, and in one line which lines are damaged."""
    try:
        lines = read_bytes(path, _MAX_BYTES).splitlines()
    except MissingFileError:
        return [], ""
    except InputError as error:
        return [], str(error)
    entries, damaged, why = [], [], ""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entries.append(msgspec.json.decode(line, type=kind))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            damaged.append(number)
            why = why or str(error)
    if not damaged:
        return entries, ""
    text = _("{path}: line {number} cannot be read and is skipped ({reason})")
    if len(damaged) > 1:
        text = _(
            "{path}: line {number} and {others} more cannot be read and are skipped ({reason})"
        )
    return entries, text.format(path=path, number=damaged[0], others=len(damaged) - 1, reason=why)


def append_lines(path: Path, entries: Sequence[msgspec.Struct]) -> None:
    """Add entries to a file; they are on the disk when this returns.

    What is there stays as it is: a line that was cut short is ended first. Raises InputError if the
    entries cannot be written whole.
    """
    content = b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b", buffering=0) as stream:
            if stream.seek(0, os.SEEK_END):
                stream.seek(-1, os.SEEK_END)
                if stream.read(1) != b"\n":
                    content = b"\n" + content
            written = stream.write(content)
            os.fsync(stream.fileno())
    except OSError as error:
        raise unwritable(path, reason(error)) from None
    if written != len(content):
        raise unwritable(path, _("the disk is full"))
