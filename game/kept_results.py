"""Read and write results in the cache, where a damaged one counts as none."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from game.errors import InputError
from game.files import read_bytes, write_bytes

Result = TypeVar("Result")


def read_result(path: Path, max_bytes: int, decode: Callable[[bytes], Result]) -> Result | None:
    """Return the result in a file; None if there is none or the file is damaged.

    decode: makes it of the file's content, or raises ValueError, as msgspec's decoders do.
    """
    try:
        return decode(read_bytes(path, max_bytes))
    except (InputError, ValueError, RecursionError):
        return None


def keep_result(path: Path, content: bytes) -> None:
    """Write the content of a file, if the disk can be written."""
    with suppress(InputError):
        write_bytes(path, content)
