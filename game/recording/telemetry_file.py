"""Write telemetry as a file: CSV, Parquet or the log of MoTeC's i2, as its name says."""

from __future__ import annotations

import csv
import importlib.util
import io
from pathlib import Path
from typing import Final

from game.errors import InputError
from game.files import write_bytes, write_text
from game.recording.motec_log import LogTitle, log_bytes, markers_text
from game.recording.telemetry import EVERYTHING, Telemetry, TelemetryChoice, TelemetryTable
from game.simulation.channels import COUNTS, Channel

FORMATS: Final = ".csv, .parquet or .ld"
MAX_HZ: Final = 1000
_LOG_HZ: Final = 100  # of a log that nothing else was asked of: loggers in cars have such rates


def check_table_name(path: Path) -> None:
    """Raise InputError unless the name says how the table is to be written, and it can be."""
    if path.suffix not in (".csv", ".parquet", ".ld"):
        raise InputError(f"{path}: telemetry is written as {FORMATS}")
    if path.suffix == ".parquet" and importlib.util.find_spec("pyarrow") is None:
        raise InputError(f"{path}: needs pyarrow: install leaf-rc[lab], or name a .csv file")


def marker_path(path: Path) -> Path | None:
    """Return where the laps of a log are written, beside it; None of tables, which have them."""
    return path.with_suffix(".ldx") if path.suffix == ".ld" else None


def save_telemetry(
    telemetry: Telemetry,
    path: Path,
    title: LogTitle,
    choice: TelemetryChoice = EVERYTHING,
) -> TelemetryTable:
    """Write a table as a `.csv`, a `.parquet` or a `.ld` file, and return it.

    A log in `.ld` has a rate, 100 rows a second if none was chosen, and its laps in an `.ldx` file
    beside it. Raises InputError if it cannot be written, or has no such lap or channel.
    """
    check_table_name(path)
    if path.suffix == ".ld" and choice.hz is None:
        choice = choice._replace(hz=_LOG_HZ)
    table = telemetry.table(choice)
    markers = marker_path(path)
    if path.suffix == ".parquet":
        write_bytes(path, _parquet(table))
    elif markers is None or choice.hz is None:
        write_text(path, _csv(table))
    else:
        write_bytes(path, log_bytes(table, choice.hz, title))
        write_text(markers, markers_text(table))
    return table


def _csv(table: TelemetryTable) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(each.name for each in table.channels)
    columns = [
        column.astype(int).tolist() if _is_whole(each) else column.tolist()
        for each, column in zip(table.channels, table.columns, strict=True)
    ]
    writer.writerows(zip(*columns, strict=True))
    return stream.getvalue()


def _parquet(table: TelemetryTable) -> bytes:
    """Return the table with the unit of every column in its field's metadata."""
    import pyarrow
    import pyarrow.parquet

    fields = [
        pyarrow.field(
            each.name,
            pyarrow.int64() if _is_whole(each) else pyarrow.float64(),
            metadata={"unit": each.unit},
        )
        for each in table.channels
    ]
    columns = [
        column.astype(int) if _is_whole(each) else column
        for each, column in zip(table.channels, table.columns, strict=True)
    ]
    stream = io.BytesIO()
    content = pyarrow.table(columns, schema=pyarrow.schema(fields))
    pyarrow.parquet.write_table(content, stream)
    return stream.getvalue()


def _is_whole(each: Channel) -> bool:
    """Return whether a channel has whole numbers only."""
    return each.name.endswith(COUNTS)
