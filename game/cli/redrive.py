"""Open a replay with the circuit and the car that it names, and drive it again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import typer

from game.cli.ghosts import replayed_track
from game.cli.progress import share_bar
from game.compiled import Backend
from game.errors import InputError
from game.recording.replay import Replay, load_replay, state_hash
from game.recording.replay_player import ReplayPlayer
from game.session import Listener
from game.track.track import Track, load_track
from game.vehicle.spec import DEFAULT_CAR, CarSpec, in_weather, load_car

ReplayTrack = Annotated[
    str | None,
    typer.Option("--track", metavar="T", help="Name of its circuit, or a path, if none is found."),
]
ReplayCar = Annotated[
    str | None,
    typer.Option("--car", metavar="C", help="Name of its car, or a path, if none is found."),
]

_SHOWN_TICKS = 2400  # between two reports of how far a drive is


class OpenReplay(NamedTuple):
    """Holds a replay at its beginning, with what it is driven on and in."""

    path: Path
    player: ReplayPlayer
    circuit: Track
    spec: CarSpec


def open_replay(
    path: Path, track: str | None, car: str | None, *, every_tick: bool = False
) -> OpenReplay:
    """Return a replay ready to be driven again, in the steps it was recorded in or tick by tick.

    track, car: names or paths, instead of those that the replay names. Raises InputError, which
    names the file, if there is no such replay, circuit or car, or it was driven with others.
    """
    recorded = load_replay(path)
    circuit = replayed_track(path, recorded) if track is None else load_track(track)
    spec = replayed_car(path, recorded) if car is None else load_car(car)
    spec = in_weather(spec, recorded.weather)
    if every_tick:
        recorded = msgspec.structs.replace(recorded, ticks_per_step=1)
    try:
        player = ReplayPlayer(recorded, circuit, spec, Backend.COMPILED)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    return OpenReplay(path, player, circuit, spec)


def replayed_car(path: Path, replay: Replay) -> CarSpec:
    """Return the car that a replay in a file names.

    Raises InputError with the remedy if it is not found.
    """
    try:
        return load_car(replay.car_id or DEFAULT_CAR)
    except InputError as error:
        raise InputError(f"{path}: {error}; name the file of its car with --car") from None


def drive_recorded(opened: OpenReplay, listeners: Sequence[Listener]) -> None:
    """Drive a replay to its end; end the program with 1 and a line if it is not the same drive."""
    player = opened.player
    shown = 0
    with share_bar(f"driving {opened.path.name} again") as show:
        while not player.at_end:
            step = player.step()
            for listener in listeners:
                listener.on_step(step)
            if player.tick - shown >= _SHOWN_TICKS:
                shown = player.tick
                show(shown / player.replay.ticks)
    if player.diverged_tick is not None:
        divergence = _divergence(player, player.diverged_tick)
        print(f"leaf-rc: {opened.path}: {divergence}", file=sys.stderr)
        raise typer.Exit(1)


def _divergence(player: ReplayPlayer, tick: int) -> str:
    """Return where a drive was found to differ from the one it was recorded from."""
    recorded = player.replay
    physics = " with other physics" if player.has_other_physics else ""
    return (
        f"differs after {tick} of {recorded.ticks} ticks ({tick * recorded.step_s:.3f} s): "
        f"recorded by version {recorded.program}{physics} as {recorded.state_hash}, now ends as "
        f"{state_hash(player.world)}"
    )
