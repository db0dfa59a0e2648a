"""Measure the car's published figures from the command line."""

from __future__ import annotations

import dataclasses

import msgspec
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from game.cli.options import (
    AsJson,
    CarName,
    SetupName,
    TyreState,
    chosen_setup,
    json_text,
)
from game.cli.progress import spinner
from game.lab.figures import measure_figures
from game.vehicle.spec import DEFAULT_CAR, load_car

app = typer.Typer()


@app.command()
def figures(
    car: CarName = DEFAULT_CAR,
    setup: SetupName = None,
    tyre_state: TyreState = None,
    json: AsJson = False,
) -> None:
    """Measure the car's published figures in the simulation, on tyres from the warmers."""
    spec = load_car(car)
    base = chosen_setup(setup, spec, tyre_state)
    with spinner("measuring") as show_part:
        alone = measure_figures(
            spec, msgspec.structs.replace(base, driver_aboard=False), on_drive=show_part
        )
        with_driver = measure_figures(
            spec, msgspec.structs.replace(base, driver_aboard=True), on_drive=show_part
        )
    if json:
        report = dataclasses.asdict(alone)
        report["with_driver"] = dataclasses.asdict(with_driver)
        print(json_text(report))
        return
    warm = "frozen" if base.tyre_state == "frozen" else "from the warmers"
    table = Table(title=f"{spec.name}, {base.tyre} tyres, {warm}", box=SIMPLE)
    table.add_column("figure")
    table.add_column("published mass", justify="right")
    table.add_column("with driver", justify="right")
    for name, value in dataclasses.asdict(alone).items():
        table.add_row(name, f"{value:.2f}", f"{getattr(with_driver, name):.2f}")
    Console().print(table)
