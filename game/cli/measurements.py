"""The commands that measure the car and the program."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import msgspec
import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from game.cli.options import AsJson, SetupName, chosen_setup, json_text
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
) -> None:
    """Measure speeds: tick, lap, frame, environments, batch, and peers' environments."""
    from game.app.frame_bench import frame_times_ms
    from game.lab.benchmark import measure_speed

    with spinner("measuring") as tell:
        speed = measure_speed(frame_times_ms, quick=quick, on_part=tell)
    if json:
        print(json_text(speed))
        return
    table = Table(title="speed", box=SIMPLE)
    table.add_column("what")
    table.add_column("measured", justify="right")
    for name, value in speed.items():
        if isinstance(value, dict):
            for part, number in value.items():
                table.add_row(f"{name} {part}", f"{number:.2f}")
        else:
            table.add_row(name, "not installed" if value is None else f"{value:,.2f}")
    Console().print(table)
