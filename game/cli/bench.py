"""Measure from the command line how fast the program is."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from game.app.tools.frame_bench import BenchDrive, time_frames
from game.app.tools.ground_bench import measure_ground
from game.app.view.camera import CameraMode, CameraSettings
from game.cli.options import (
    DEFAULT_TRACK,
    DEFAULT_WEATHER,
    AsJson,
    PictureSize,
    TrackName,
    WeatherName,
    chosen_car,
    json_text,
    picture_size,
)
from game.cli.progress import spinner
from game.lab.benchmark import measure_speed
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import DEFAULT_CAR

app = typer.Typer()


@app.command()
def bench(
    json: AsJson = False,
    track: TrackName = DEFAULT_TRACK,
    weather: WeatherName = DEFAULT_WEATHER,
    quick: Annotated[
        bool, typer.Option("--quick", help="A tenth of the work; rougher figures.")
    ] = False,
    drive: Annotated[
        int,
        typer.Option(
            metavar="MINUTES",
            min=0,
            help="Measure only frames and memory, over a drive of this length.",
        ),
    ] = 0,
    ground: Annotated[
        bool,
        typer.Option("--ground", help="Measure only painting the circuit, as on a new machine."),
    ] = False,
    ghosts: Annotated[
        int, typer.Option(min=0, max=8, help="That drive along in the drive that is measured.")
    ] = 0,
    field: Annotated[
        int, typer.Option(min=0, max=32, help="Cars in a race that is measured; 0: no race.")
    ] = 0,
    size: PictureSize = "1280x720",
    camera: Annotated[CameraMode, typer.Option(help="Of the drive that is measured.")] = "north_up",
) -> None:
    """Measure speeds: tick, lap, frame, dry and wet, environments, batch, and peers'."""
    spec = chosen_car(DEFAULT_CAR, weather)
    with spinner("measuring") as show_part:
        if ground:
            painting = measure_ground(load_track(track), picture_size(size), show_part)
            speed: dict[str, Any] = {"ground": painting}
        elif drive:
            timed = BenchDrive(
                load_track(track),
                spec,
                Setup(),
                picture_size(size),
                3600 * drive,
                CameraSettings(camera),
                ghosts=ghosts,
                field=field,
            )
            speed = {f"frame_{size}_ms": time_frames(timed, show_part).report()}
        else:
            speed = measure_speed(
                load_track(track),
                spec,
                lambda *what: time_frames(BenchDrive(*what)).report(),
                quick=quick,
                on_part=show_part,
            )
    if json:
        print(json_text(speed))
    else:
        _show(speed)


def _show(speed: dict[str, Any]) -> None:
    """Print a table of all figures."""
    table = Table(title="speed", box=SIMPLE)
    table.add_column("what")
    table.add_column("measured", justify="right")
    for name, value in speed.items():
        _add_rows(table, name, value)
    Console().print(table)


def _add_rows(table: Table, name: str, value: Any) -> None:
    """Add a row for a figure, one for each of several; what is not there was not measured."""
    if isinstance(value, dict):
        for part, figure in value.items():
            _add_rows(table, f"{name} {part}", figure)
    elif isinstance(value, list):
        table.add_row(name, ", ".join(f"{figure:,.0f}" for figure in value))
    else:
        table.add_row(name, "not installed" if value is None else f"{value:,.2f}")
