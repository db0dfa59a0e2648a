"""Read tables of points: racetrack-database files, driven traces, telemetry, CSV of any kind."""

from __future__ import annotations

import contextlib
import csv
import io
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from game.arrays import Array
from game.errors import InputError
from game.track.importing.projection import on_plane
from game.track.importing.source_line import SourceLine, half_widths
from game.translation import _, ngettext

# Names of columns, without case, units and punctuation, the most telling first.
_X: Final = ("x", "xm", "posx", "positionx", "xpos", "east", "eastm", "easting", "eastingm")
_Y: Final = ("y", "ym", "posy", "positiony", "ypos", "north", "northm", "northing", "northingm")
_LATITUDE: Final = ("latitude", "lat", "gpslat", "gpslatitude", "latitudedeg", "latdeg")
_LONGITUDE: Final = (
    *("longitude", "lon", "lng", "long", "gpslon", "gpslong", "gpslongitude"),
    *("longitudedeg", "londeg"),
)
_RIGHT: Final = ("wtrrightm", "widthrightm", "wrightm", "wright", "widthright", "rightm")
_LEFT: Final = ("wtrleftm", "widthleftm", "wleftm", "wleft", "widthleft", "leftm")
_WIDTH: Final = ("width", "widthm", "trackwidth", "trackwidthm")
_DRIVEN: Final = (
    *("time", "times", "t", "timestamp", "speed", "speedmps", "speedkmh", "v", "vx", "vxmps"),
    *("velocity", "lap", "laptime", "throttle", "brake"),
)
_NUMBERS: Final = frozenset(
    (*_X, *_Y, *_LATITUDE, *_LONGITUDE, *_RIGHT, *_LEFT, *_WIDTH)
)  # columns that are read
_SEPARATORS: Final = (";", "\t", ",")
_MAX_FIELD: Final = 10_000  # characters
_HEAD: Final = 5_000  # characters, in which comments may state a licence
_SAMPLE: Final = 5_000  # rows, from which columns without names are guessed
_MAX_DEGREES: Final = 200.0  # between latitude and longitude of one place, most likely
_HEADER_ROWS: Final = 50  # of a logger that describes itself first

Columns = dict[str, Array]


def read_table(path: Path, content: bytes) -> SourceLine:
    """Return the line of a text table. Raises InputError with one line."""
    if b"\0" in content:
        raise InputError(
            _("{path}: is not a text: leaf-rc imports CSV, GeoJSON, GPX, KML, parquet").format(
                path=path
            )
        )
    text = content.decode("utf-8-sig", errors="replace")
    line = line_of_columns(path, _columns(path, *_split(path, text)), "CSV")
    stated = re.search(r"^#\s*licen[cs]e\s*[:=]\s*(.{1,200}?)\s*$", text[:_HEAD], re.I | re.M)
    return replace(line, licence=stated[1]) if stated else line


def read_parquet(path: Path, content: bytes) -> SourceLine:
    """Return the line of a parquet table. Raises InputError with one line."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        text = _("{path}: needs pyarrow: install leaf-rc[lab], or give a CSV")
        raise InputError(text.format(path=path)) from None
    try:
        table = pyarrow.parquet.read_table(io.BytesIO(content))
        columns = {
            _plain(name): np.asarray(table[name].to_numpy(), float)
            for name in table.column_names
            if pyarrow.types.is_floating(table.schema.field(name).type)
            or pyarrow.types.is_integer(table.schema.field(name).type)
        }
    except (pyarrow.ArrowException, OSError, ValueError, TypeError) as error:
        text = _("{path}: cannot be read ({reason})")
        raise InputError(text.format(path=path, reason=str(error).splitlines()[0])) from None
    return line_of_columns(path, columns, "parquet")


def line_of_columns(path: Path, columns: Columns, kind: str) -> SourceLine:
    """Return the line that named columns describe. Raises InputError with one line."""
    x_m, y_m = _find(columns, _X), _find(columns, _Y)
    latitude_deg, longitude_deg = _find(columns, _LATITUDE), _find(columns, _LONGITUDE)
    if x_m is not None and y_m is not None:
        places = np.column_stack([x_m, y_m])
    elif latitude_deg is not None and longitude_deg is not None:
        places = np.column_stack([latitude_deg, longitude_deg])
    else:
        raise InputError(
            _(
                "{path}: has no columns x and y, or latitude and longitude: name them in its first"
                " line (its columns are {names})"
            ).format(path=path, names=", ".join(list(columns)[:8]) or "-")
        )
    known = np.isfinite(places).all(axis=1)
    if known.sum() < 0.5 * len(places) or not known.any():
        raise InputError(
            _("{path}: {count} of {total} rows have no coordinates").format(
                path=path, count=int((~known).sum()), total=len(places)
            )
        )
    right_m, left_m = _find(columns, _RIGHT), _find(columns, _LEFT)
    width_m = _find(columns, _WIDTH)
    if (right_m is None or left_m is None) and width_m is not None:
        right_m, left_m = half_widths(width_m)
    line = SourceLine(
        kind,
        places[known],
        right_m=None if right_m is None or left_m is None else right_m[known],
        left_m=None if right_m is None or left_m is None else left_m[known],
        is_driven=any(name in columns for name in _DRIVEN),
    )
    if not known.all():
        skipped = int((~known).sum())
        text = ngettext(
            "{count} row without coordinates was skipped",
            "{count} rows without coordinates were skipped",
            skipped,
        )
        line = line.noted(text.format(count=skipped))
    return line if x_m is not None and y_m is not None else _projected(path, line)


def _projected(path: Path, line: SourceLine) -> SourceLine:
    try:
        plane = on_plane(*line.points_m.T)
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None
    return replace(line, points_m=plane.points_m, origin_deg=plane.origin_deg)


def _find(columns: Columns, names: Sequence[str]) -> Array | None:
    return next((columns[name] for name in names if name in columns), None)


def _plain(name: str) -> str:
    """Return a column's name in lower case letters, without punctuation: `w_tr_right_m` is
    `wtrrightm`, `Speed (km/h)` is `speedkmh`.
    """
    return re.sub(r"[^a-z]", "", name.lower())


def _split(path: Path, text: str) -> tuple[list[str], list[str], str]:
    """Return the names of a table's columns, the lines of its rows, and what separates cells."""
    lines = text.splitlines()
    first = next((at for at, line in enumerate(lines) if _is_row(line)), None)
    if first is None:
        raise InputError(
            _("{path}: has no rows of numbers: is it the right file?").format(path=path)
        )
    separator = _separator(lines[first])
    above = lines[max(0, first - _HEADER_ROWS) : first]
    heads = [_cells(line.lstrip("# \t"), separator) for line in above]
    wanted = {*_X, *_Y, *_LATITUDE, *_LONGITUDE}
    known = [head for head in heads if sum(_plain(name) in wanted for name in head) >= 2]
    if not known and heads and above[-1].strip() and not above[-1].lstrip().startswith("#"):
        known = heads[-1:] if len(heads[-1]) == len(_cells(lines[first], separator)) else []
    names = [_plain(name) for name in known[-1]] if known else []
    return names, lines[first:], separator


def _columns(path: Path, names: list[str], lines: list[str], separator: str) -> Columns:
    """Return the columns that matter as numbers; what is not a number is NaN."""
    width = len(_cells(lines[0], separator))
    if not names:
        names = _guessed_names(path, lines, separator)
    columns: Columns = {name: np.zeros(0) for name in names[:width]}  # the names say what it is
    wanted = [name for name in columns if name in _NUMBERS]
    at = [names.index(name) for name in wanted]
    columns.update(zip(wanted, _numbers(lines, separator, at), strict=True))
    return columns


def _numbers(lines: list[str], separator: str, columns: list[int]) -> list[Array]:
    """Return the columns with these numbers in their row, read at once where all are numbers."""
    if not columns:
        return []
    with contextlib.suppress(ValueError):
        return list(
            np.loadtxt(
                lines,
                delimiter=None if separator == " " else separator,
                usecols=columns,
                unpack=True,
                ndmin=2,
            )
        )
    rows = _rows(lines, separator)
    return [
        np.array([_number(row[at]) if at < len(row) else math.nan for row in rows])
        for at in columns
    ]


def _rows(lines: list[str], separator: str) -> list[list[str]]:
    """Return the cells of lines that are neither empty nor comments."""
    split = _splitter(separator)
    return [split(line) for line in lines if line and not line.isspace() and line[0] != "#"]


def _guessed_names(path: Path, lines: list[str], separator: str) -> list[str]:
    """Return names for a table without any, whose first columns are x and y in metres."""
    width = len(_cells(lines[0], separator))
    some = lines[:: max(1, len(lines) // _SAMPLE)]
    places = np.array(_numbers(some, separator, [0, 1]))
    if (
        float(np.nanmax(places) - np.nanmin(places)) < _MAX_DEGREES
        and np.ptp(places, axis=1).max() < 1.0
    ):
        raise InputError(
            _("{path}: its columns seem to be degrees: say which in a first line `lat,lon`").format(
                path=path
            )
        )
    names = ["x", "y"]
    return [*names, "wtrrightm", "wtrleftm"] if width == 4 else names


def _is_row(line: str) -> bool:
    """Return whether a line has at least two numbers, and begins with what is no comment."""
    if len(line) > _MAX_FIELD or line.lstrip()[:1] in ("#", ""):
        return False
    cells = _cells(line, _separator(line))
    return sum(math.isfinite(_number(cell)) for cell in cells) >= 2


def _separator(line: str) -> str:
    return next((each for each in _SEPARATORS if each in line), " ")


def _cells(line: str, separator: str) -> list[str]:
    return _splitter(separator)(line[:_MAX_FIELD])


def _splitter(separator: str) -> Callable[[str], list[str]]:
    if separator == " ":
        return str.split

    def split(line: str) -> list[str]:
        if '"' in line:
            return next(csv.reader([line], delimiter=separator), [])
        return line.split(separator)

    return split


def _number(cell: str) -> float:
    """Return a cell as a number; NaN if it is none. Some write a comma for the point."""
    try:
        return float(cell)
    except ValueError:
        pass
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return float("nan")
