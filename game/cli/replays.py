"""Prove what a replay says."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from game.cli.ghosts import replayed_track
from game.cli.lap_report import laps_table, tyres_table
from game.cli.options import check_outputs, subject_text
from game.compiled import Backend
from game.errors import InputError
from game.recording.lap_recorder import Lap, LapRecorder
from game.recording.replay import Replay, load_replay, state_hash
from game.recording.replay_player import ReplayPlayer
from game.recording.telemetry import Telemetry, check_table_name
from game.session import Listener
from game.setups.items import items_of
from game.setups.share_code import code_of
from game.track.track import Track, load_track
from game.vehicle.setup import Setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, in_weather, load_car

app = typer.Typer()


@app.command()
def verify(
    replay: Annotated[Path, typer.Argument(help="A replay file.")],
    track: Annotated[
        str | None,
        typer.Option(
            metavar="T", help="Name of its circuit, or a path, if the replay's is not found."
        ),
    ] = None,
    car: Annotated[
        str | None,
        typer.Option(metavar="C", help="Name of its car, or a path, if the replay's is not found."),
    ] = None,
    telemetry: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write every tick of its first car as .csv or .parquet."),
    ] = None,
) -> None:
    """Drive a replay's inputs again and list its laps; exit 1 unless it ends in the same bits."""
    if telemetry is not None:
        check_table_name(telemetry)
        check_outputs(telemetry)
    recorded = load_replay(replay)
    circuit = replayed_track(replay, recorded) if track is None else load_track(track)
    spec = _car_of(recorded, replay) if car is None else load_car(car)
    spec = in_weather(spec, recorded.weather)
    try:
        player = ReplayPlayer(recorded, circuit, spec, Backend.COMPILED)
    except InputError as error:
        raise InputError(f"{replay}: {error}") from None
    recorders = [LapRecorder(recorded.step_s, car) for car in range(len(recorded.starts))]
    table = Telemetry(recorded.step_s)
    listeners: list[Listener] = [*recorders]
    if telemetry is not None:
        listeners.append(table)
    while not player.at_end:
        step = player.step()
        for listener in listeners:
            listener.on_step(step)
    if player.diverged_tick is not None:
        print(f"leaf-rc: {replay}: {_divergence(player, player.diverged_tick)}", file=sys.stderr)
        raise typer.Exit(1)
    if telemetry is not None:
        table.save(telemetry)
    for start, recorder in zip(recorded.starts, recorders, strict=True):
        _print_drive(spec, circuit, start.setup, recorder.laps)
    _print_verdict(player, replay)


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


def _car_of(recorded: Replay, path: Path) -> CarSpec:
    """Return the car that a replay names. Raises InputError with the remedy if it is not found."""
    try:
        return load_car(recorded.car_id or DEFAULT_CAR)
    except InputError as error:
        raise InputError(f"{path}: {error}; name the file of its car with --car") from None


def _divergence(player: ReplayPlayer, tick: int) -> str:
    """Return where a drive was found to differ from the one it was recorded from."""
    recorded = player.replay
    physics = " with other physics" if player.has_other_physics else ""
    return (
        f"differs after {tick} of {recorded.ticks} ticks ({tick * recorded.step_s:.3f} s): "
        f"recorded by version {recorded.program}{physics} as {recorded.state_hash}, now ends as "
        f"{state_hash(player.world)}"
    )


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
