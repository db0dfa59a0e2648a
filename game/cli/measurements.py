"""The commands that measure the car and the program."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

import msgspec
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from game.cli.options import (
    DEFAULT_TRACK,
    AsJson,
    PictureSize,
    SetupName,
    chosen_setup,
    json_text,
    picture_size,
)
from game.cli.progress import spinner


def figures(setup: SetupName = None, json: AsJson = False) -> None:
    """Measure the car's published figures in the simulation."""
    from game.lab.figures import measure_figures
    from game.vehicle.spec import load_car

    base = chosen_setup(setup)
    car = load_car()
    with spinner("measuring") as tell:
        alone = measure_figures(
            car, msgspec.structs.replace(base, driver_aboard=False), on_drive=tell
        )
        with_driver = measure_figures(
            car, msgspec.structs.replace(base, driver_aboard=True), on_drive=tell
        )
    if json:
        report = dataclasses.asdict(alone)
        report["with_driver"] = dataclasses.asdict(with_driver)
        print(json_text(report))
        return
    table = Table(title=f"{car.name}, {base.tyre} tyres", box=SIMPLE)
    table.add_column("figure")
    table.add_column("published mass", justify="right")
    table.add_column("with driver", justify="right")
    for name, value in dataclasses.asdict(alone).items():
        table.add_row(name, f"{value:.2f}", f"{getattr(with_driver, name):.2f}")
    Console().print(table)


def bench(
    json: AsJson = False,
    quick: Annotated[bool, typer.Option("--quick", help="A tenth of the work, rougher.")] = False,
    drive: Annotated[
        int,
        typer.Option(
            metavar="MINUTES", min=0, help="Only this: frames and memory of so long a drive."
        ),
    ] = 0,
    size: PictureSize = "1280x720",
) -> None:
    """Measure speeds: tick, lap, frame, environments, batch, and peers' environments."""
    from game.app.tools.frame_bench import time_frames
    from game.lab.benchmark import measure_speed
    from game.track.track import load_track
    from game.vehicle.setup import Setup
    from game.vehicle.spec import load_car

    with spinner("measuring") as tell:
        if drive:
            frames = time_frames(
                load_track(DEFAULT_TRACK),
                load_car(),
                Setup(),
                picture_size(size),
                3600 * drive,
                on_part=tell,
            )
            speed = {f"frame_{size}_ms": frames.report()}
        else:
            speed = measure_speed(
                lambda *what: time_frames(*what).report(), quick=quick, on_part=tell
            )
    if json:
        print(json_text(speed))
        return
    table = Table(title="speed", box=SIMPLE)
    table.add_column("what")
    table.add_column("measured", justify="right")
    for name, value in speed.items():
        _add_rows(table, name, value)
    Console().print(table)


def _add_rows(table: Table, name: str, value: Any) -> None:
    """A row for a figure, one for each of several; what is not there was not measured."""
    if isinstance(value, dict):
        for part, figure in value.items():
            _add_rows(table, f"{name} {part}", figure)
    elif isinstance(value, list):
        table.add_row(name, ", ".join(f"{figure:,.0f}" for figure in value))
    else:
        table.add_row(name, "not installed" if value is None else f"{value:,.2f}")
