"""Write a `track.toml` that reads back as the same circuit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import tomli_w

from game.files import write_text
from game.track.track_file import TrackFile


def write_track_file(path: Path, file: TrackFile, comment: str = "") -> None:
    """Write a circuit to a file. Raises InputError if it cannot be written.

    comment: lines above everything else, without the signs that make them comments.
    """
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    text = tomli_w.dumps(_plain(file))
    write_text(path, "\n".join([*lines, "", text]) if lines else text)


def _plain(value: Any) -> Any:
    """Return a value as tables, lists and numbers, without what is as it would be if left out."""
    if isinstance(value, msgspec.Struct):
        contents = [(f, getattr(value, f.name)) for f in msgspec.structs.fields(value)]
        return {
            field.name: _plain(content)
            for field, content in contents
            if content is not None and not _is_default(field, content)
        }
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def _is_default(field: msgspec.structs.FieldInfo, content: Any) -> bool:
    if field.default_factory is not msgspec.NODEFAULT:
        return bool(content == field.default_factory())
    return bool(content == field.default)
