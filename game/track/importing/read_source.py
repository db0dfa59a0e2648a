"""Read a circuit's points from a file, whatever its format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from game.errors import InputError
from game.files import read_bytes
from game.track.importing.geojson import read_geojson
from game.track.importing.gpx import read_gpx
from game.track.importing.kml import read_kml
from game.track.importing.source_line import SourceLine
from game.track.importing.tables import read_parquet, read_table
from game.translation import _

MAX_BYTES: Final = 96_000_000  # a million rows of a table

SourceReader = Callable[[Path, bytes], SourceLine]

_READERS: Final[dict[str, SourceReader]] = {
    ".csv": read_table,
    ".tsv": read_table,
    ".txt": read_table,
    ".json": read_geojson,
    ".geojson": read_geojson,
    ".gpx": read_gpx,
    ".kml": read_kml,
    ".parquet": read_parquet,
}
SUFFIXES: Final = tuple(_READERS)


def read_source(path: Path) -> SourceLine:
    """Return the points of a file. Raises InputError with one line."""
    content = read_bytes(path, MAX_BYTES)
    if not content.strip():
        raise InputError(_("{path}: is empty").format(path=path))
    reader = _READERS.get(path.suffix.lower()) or _reader_of(content)
    return reader(path, content)


def _reader_of(content: bytes) -> SourceReader:
    """Return the reader for a file whose name does not show its format."""
    head = content[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PAR1"):
        return read_parquet
    if head.startswith((b"{", b"[")):
        return read_geojson
    if head.startswith(b"<"):
        return read_kml if b"<kml" in head.lower() else read_gpx
    return read_table
