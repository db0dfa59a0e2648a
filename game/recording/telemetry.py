"""Keep a drive as a table: a row a step, a column a quantity, its unit in the column's name."""

from __future__ import annotations

import csv
import importlib.util
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from game.errors import InputError
from game.files import write_bytes, write_text
from game.simulation.channels import SNAPSHOT_CHANNELS, channel
from game.simulation.snapshot import Snapshot
from game.simulation.world import Step

CHANNELS: Final = (channel("time_s"), *SNAPSHOT_CHANNELS)


class Telemetry:
    """Listens to one car and keeps every step's snapshot."""

    def __init__(self, step_s: float, car: int = 0) -> None:
        self._step_s = step_s
        self._car = car
        self._snapshots: list[Snapshot] = []

    def on_step(self, step: Step) -> None:
        """Take note of a step."""
        self._snapshots.append(step.snapshots[self._car])

    def columns(self) -> list[str]:
        """Return the columns' names: the time, then the channels of a snapshot."""
        return [each.name for each in CHANNELS]

    def rows(self) -> Iterator[list[float]]:
        """Return one row a step, in the order of `columns`."""
        for snapshot in self._snapshots:
            yield [snapshot.tick * self._step_s, *snapshot]

    def save(self, path: Path) -> None:
        """Write a `.csv` or a `.parquet` file. Raises InputError if it cannot be written.

        Parquet needs pyarrow, of the extra `lab`.
        """
        check_table_name(path)
        if path.suffix == ".parquet":
            write_bytes(path, _parquet(self.columns(), self.rows()))
        else:
            stream = io.StringIO()
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(self.columns())
            writer.writerows(self.rows())
            write_text(path, stream.getvalue())


def check_table_name(path: Path) -> None:
    """Raise InputError unless the name says how the table is to be written, and it can be."""
    if path.suffix not in (".csv", ".parquet"):
        raise InputError(f"{path}: telemetry is written as .csv or .parquet")
    if path.suffix == ".parquet" and importlib.util.find_spec("pyarrow") is None:
        raise InputError(f"{path}: needs pyarrow: install leaf-rc[lab], or name a .csv file")


def _parquet(columns: list[str], rows: Iterable[list[float]]) -> bytes:
    import pyarrow
    import pyarrow.parquet

    values = list(zip(*rows, strict=True)) or [() for _ in columns]
    stream = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table(dict(zip(columns, values, strict=True))), stream)
    return stream.getvalue()
