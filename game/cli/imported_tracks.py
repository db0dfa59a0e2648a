"""Import a circuit from a file of points."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from game.cli.options import AsJson, CircuitFile, OverCircuit, json_text
from game.cli.progress import share_bar
from game.track.importing.importing import (
    DEFAULT_TOLERANCE_M,
    DEFAULT_WIDTH_M,
    Imported,
    ImportOptions,
    import_circuit,
)
from game.track.track_file import LandscapeKind

_STARTS_M: Final = 1.0  # from the first point, where a lap is said to begin elsewhere
_KEEPS_IT: Final = "--start 0 keeps the start line at the first point"


def track_import(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="CSV, GeoJSON, GPX, KML or telemetry.")
    ],
    width: Annotated[
        float, typer.Option(metavar="METRES", help="Width of the road, if the file has none.")
    ] = DEFAULT_WIDTH_M,
    reverse: Annotated[bool, typer.Option("--reverse", help="Drive it the other way.")] = False,
    start: Annotated[
        float | None,
        typer.Option(metavar="METRES", help="Start line, from the file's first point on."),
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="N", help="What --track calls it.")] = None,
    title: Annotated[str | None, typer.Option(metavar="T", help="What people call it.")] = None,
    licence: Annotated[
        str | None, typer.Option(metavar="L", help="Licence that the file is under.")
    ] = None,
    landscape: Annotated[
        LandscapeKind | None,
        typer.Option(help="Land around the circuit; else meadows."),
    ] = None,
    tolerance: Annotated[
        float, typer.Option(metavar="METRES", help="Average distance of the points from the line.")
    ] = DEFAULT_TOLERANCE_M,
    out: CircuitFile = None,
    force: OverCircuit = False,
    json: AsJson = False,
) -> None:
    """Import a circuit from a file of points along it, and keep it in your own tracks."""
    options = ImportOptions(
        width_m=width,
        reverse=reverse,
        start_m=start,
        name=name,
        title=title,
        licence=licence,
        landscape=landscape,
        tolerance_m=tolerance,
        out=out,
        force=force,
    )
    with share_bar(f"importing {file.name}") as on_progress:
        imported = import_circuit(file, options, on_progress)
    if start is None and _STARTS_M < imported.start_m < imported.length_m - _STARTS_M:
        imported = imported._replace(notes=(*imported.notes, _KEEPS_IT))
    _report(imported, json)


def _report(imported: Imported, as_json: bool) -> None:
    if as_json:
        report = imported._asdict()
        report["track"], report["path"] = report.pop("name"), str(imported.path)
        print(json_text(report))
        return
    print(
        f"{imported.title}: {imported.length_m:.0f} m, {imported.corners} corners; {imported.path}"
    )
    print(
        f"{imported.points} points, {imported.rms_m:.2f} m RMS from the centreline,"
        f" {imported.max_m:.2f} m at most; {imported.elements} elements"
    )
    for note in imported.notes:
        print(f"  {note}")
