"""Prove what a replay says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from game.cli.lap_report import laps_table, tyres_table
from game.cli.options import check_outputs, subject_text
from game.cli.redrive import ReplayCar, ReplayTrack, drive_recorded, open_replay
from game.cli.telemetry import replay_title
from game.recording.lap_recorder import Lap, LapRecorder
from game.recording.replay_player import ReplayPlayer
from game.recording.telemetry import Telemetry
from game.recording.telemetry_file import FORMATS, check_table_name, marker_path, save_telemetry
from game.session import Listener
from game.setups.items import items_of
from game.setups.share_code import code_of
from game.track.track import Track
from game.vehicle.setup import Setup
from game.vehicle.spec import CarSpec

app = typer.Typer()


@app.command()
def verify(
    replay: Annotated[Path, typer.Argument(help="A replay file.")],
    track: ReplayTrack = None,
    car: ReplayCar = None,
    telemetry: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=f"Write every tick of its first car as {FORMATS}."),
    ] = None,
) -> None:
    """Drive a replay's inputs again and list its laps; exit 1 unless it ends in the same bits."""
    if telemetry is not None:
        check_table_name(telemetry)
        check_outputs(telemetry, marker_path(telemetry))
    opened = open_replay(replay, track, car, every_tick=telemetry is not None)
    recorded, spec, circuit = opened.player.replay, opened.spec, opened.circuit
    recorders = [LapRecorder(recorded.step_s, car) for car in range(len(recorded.starts))]
    table = Telemetry(recorded.step_s)
    listeners: list[Listener] = [*recorders]
    if telemetry is not None:
        listeners.append(table)
    drive_recorded(opened, listeners)
    if telemetry is not None:
        save_telemetry(table, telemetry, replay_title(replay, spec, circuit))
    for start, recorder in zip(recorded.starts, recorders, strict=True):
        _print_drive(spec, circuit, start.setup, recorder.laps)
    _print_verdict(opened.player, replay)


def _print_verdict(player: ReplayPlayer, path: Path) -> None:
    """Print that a replay was the same, and how much of what it names could be compared."""
    print(f"{path}: {player.world.time_s:.3f} s re-simulated, the same to the last bit")
    if words := player.replay.weather.words:
        print(f"(driven in this weather: {words})")
    if player.has_other_physics:
        print(
            f"(the physics have another digest than in version {player.replay.program}, which "
            "recorded it, but the drive is equal to the bit)"
        )
    if player.replay.digests is None:
        print("(its format is an earlier one, which names neither circuit nor car nor physics)")


def _print_drive(spec: CarSpec, track: Track, setup: Setup, laps: Sequence[Lap]) -> None:
    """Print the laps of a replay, and what of the setup is not the default."""
    if laps:
        Console().print(laps_table(laps, subject_text(spec, track)))
        if tyres := tyres_table(laps):
            Console().print(tyres)
    changed = [
        f"{item.label} {item.text(item.value_in(setup))}"
        for item in items_of(spec)
        if item.value_in(setup) != item.default
    ]
    changed += ["split map"] if setup.split_map is not None else []
    print(f"setup {code_of(setup, spec.id)}: {', '.join(changed) or 'the default'}")
