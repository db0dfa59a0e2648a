"""The command that proves what a replay says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from game.cli.lap_report import laps_table
from game.compiled import Backend
from game.recording.laps import Lap, LapRecorder
from game.recording.replay import load_replay, resimulate, state_hash
from game.setups.items import ITEMS
from game.setups.share_code import code_of
from game.track.track import load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import load_car

app = typer.Typer()


@app.command()
def verify(replay: Annotated[Path, typer.Argument(help="A replay file.")]) -> None:
    """Re-simulate a replay's inputs, and list its laps; exit 1 unless it ends in the same bits."""
    recorded = load_replay(replay)
    track, spec = load_track(recorded.track), load_car()
    recorders = [LapRecorder(recorded.step_s, car) for car in range(len(recorded.starts))]
    listeners = [recorder.on_step for recorder in recorders]
    world = resimulate(recorded, track, spec, backend=Backend.COMPILED, listeners=listeners)
    found = state_hash(world)
    if found != recorded.state_hash:
        print(
            f"leaf-rc: {replay}: differs after {recorded.ticks} ticks: recorded by version "
            f"{recorded.program} as {recorded.state_hash}, now {found}",
            file=sys.stderr,
        )
        raise typer.Exit(1)
    for start, recorder in zip(recorded.starts, recorders, strict=True):
        _print_drive(f"{spec.name}, {track.title}", start.setup, recorder.laps)
    print(f"{replay}: {world.time_s:.3f} s re-simulated, the same to the last bit")


def _print_drive(title: str, setup: Setup, laps: Sequence[Lap]) -> None:
    """The laps of a replay, and what of the setup is not the default."""
    if laps:
        Console().print(laps_table(laps, title))
    changed = [
        f"{item.label} {item.text(item.of(setup))}"
        for item in ITEMS
        if item.of(setup) != item.default
    ]
    changed += ["split map"] if setup.split_map is not None else []
    print(f"setup {code_of(setup)}: {', '.join(changed) or 'the default'}")
