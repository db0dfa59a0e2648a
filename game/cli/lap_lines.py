"""Write laps as JSON lines, for programs that want them as they come."""

from __future__ import annotations

import contextlib
import sys
from io import FileIO
from typing import IO, Any

import msgspec

from game.errors import InputError
from game.files import reason


class LapLines:
    """Appends lines to a file, each whole and in one piece, so that what is there is kept.

    `-` is standard output; None is nowhere. Raises InputError if the file cannot be written.
    """

    def __init__(self, name: str | None) -> None:
        self._name = name
        self._files = contextlib.ExitStack()
        self._stream: IO[bytes] | FileIO | None = None
        if name == "-":
            self._stream = sys.stdout.buffer
        elif name is not None:
            try:
                self._stream = self._files.enter_context(FileIO(name, "ab"))
            except OSError as error:
                raise self._unwritable(error) from None

    def __enter__(self) -> LapLines:
        return self

    def __exit__(self, *_: object) -> None:
        self._files.close()

    def write(self, record: dict[str, Any]) -> None:
        """Append one line."""
        if self._stream is None:
            return
        try:
            self._stream.write(msgspec.json.encode(record) + b"\n")
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise self._unwritable(error) from None

    def _unwritable(self, error: OSError) -> InputError:
        return InputError(f"{self._name}: cannot be written ({reason(error)})")
