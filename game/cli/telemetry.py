"""Write a drive as telemetry."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from game.cli.options import check_outputs
from game.cli.redrive import ReplayCar, ReplayTrack, drive_recorded, open_replay
from game.recording.motec_log import LogTitle
from game.recording.telemetry import Telemetry, TelemetryChoice, chosen_channels
from game.recording.telemetry_file import (
    MAX_HZ,
    check_table_name,
    marker_path,
    save_telemetry,
)
from game.track.track import Track
from game.vehicle.spec import CarSpec

app = typer.Typer()


@app.command()
def telemetry(
    replay: Annotated[Path, typer.Argument(help="A replay file.")],
    out: Annotated[Path, typer.Argument(metavar="OUT.csv|.parquet|.ld")],
    lap: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="One lap of it, from line to line.")
    ] = None,
    channels: Annotated[
        str,
        typer.Option(metavar="A,B,..", help="Names or patterns, such as s_m,*_slip_ratio."),
    ] = "*",
    hz: Annotated[
        int | None,
        typer.Option(
            min=1, max=MAX_HZ, metavar="N", help="Rows a second; else every tick, 100 in .ld."
        ),
    ] = None,
    track: ReplayTrack = None,
    car: ReplayCar = None,
) -> None:
    """Drive a replay again and write what its first car did: CSV, Parquet or MoTeC's .ld."""
    check_table_name(out)
    check_outputs(out, marker_path(out))
    chosen_channels(channels)
    opened = open_replay(replay, track, car, every_tick=True)
    table = Telemetry(opened.player.replay.step_s)
    drive_recorded(opened, [table])
    title = replay_title(replay, opened.spec, opened.circuit)
    written = save_telemetry(table, out, title, TelemetryChoice(lap, channels, hz))
    count, rows = written.columns.shape
    print(f"{out}: {_counted(count, 'channel')}, {_counted(rows, 'row')}")


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def replay_title(replay: Path, spec: CarSpec, circuit: Track) -> LogTitle:
    """Return what a log of a replay in a file is called."""
    time = datetime.fromtimestamp(replay.stat().st_mtime)
    return LogTitle(replay.stem, spec.name, spec.chassis.mass_kg, circuit.title, time)
