"""Drive in the window, and render pictures: what needs the window's package."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated

import typer

from game.app.car.livery import FILE_GHOSTS
from game.app.car.settings import CarSettings
from game.app.driving.rival import Rival
from game.app.scenes.rivals import MAX_RIVALS
from game.app.scenes.startup import drive_first, replay_first, title_first
from game.app.tools.clip_maker import clip_maker
from game.app.tools.shot import Shot, render_shot
from game.app.tools.sound_render import render_lap, write_wav
from game.app.window import AskedAtStart, run
from game.cli.ghosts import check_drivable, load_ghost, replayed_track
from game.cli.options import (
    DEFAULT_TRACK,
    DEFAULT_WEATHER,
    CarName,
    PictureSize,
    SetupName,
    TrackName,
    TyreState,
    WeatherName,
    chosen_car,
    chosen_setup,
    picture_size,
    with_tyre,
)
from game.cli.redrive import ReplayCar, ReplayTrack, replayed_car
from game.errors import InputError
from game.recording.car_label import MAX_NUMBER, OWN_NUMBER, LiveryName
from game.recording.replay import load_replay
from game.track.track import load_track
from game.vehicle.damage import DamageMode
from game.vehicle.spec import DEFAULT_CAR, load_car

app = typer.Typer()

TelemetryPort = Annotated[
    int | None,
    typer.Option(
        min=1, max=65535, metavar="PORT", help="Send telemetry there on this computer, as JSON."
    ),
]


def title() -> None:
    """Open the window with the title, at the circuit that was chosen last."""
    run(None, load_car(), None, title_first, make_clip=clip_maker)


@app.command()
def drive(
    track: Annotated[
        str | None,
        typer.Option(
            metavar="T", help="Name of a circuit, or a path to one; else the one chosen last."
        ),
    ] = None,
    car: CarName = DEFAULT_CAR,
    weather: Annotated[
        str | None,
        typer.Option(metavar="W", help="Name of a weather, or a path; else the one chosen last."),
    ] = None,
    setup: SetupName = None,
    tyre: Annotated[
        str | None, typer.Option(metavar="TYRE", help="Instead of the setup's tyre.")
    ] = None,
    tyre_state: TyreState = None,
    damage: Annotated[
        DamageMode | None,
        typer.Option(help="What hits do to the car, instead of the setting's choice."),
    ] = None,
    ghost: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="REPLAY", help="Drive against the best valid lap of a replay; up to eight."
        ),
    ] = None,
    telemetry_udp: TelemetryPort = None,
) -> None:
    """Open the window and drive, with the setup that was edited last unless one is named."""
    circuit, spec = None if track is None else load_track(track), load_car(car)
    chosen = None
    if setup is not None or tyre is not None or tyre_state is not None:
        chosen = chosen_setup(setup, spec, tyre_state)
    if chosen is not None and tyre is not None:
        chosen = with_tyre(chosen, tyre, spec)
    ghosts = ghost or []
    if len(ghosts) > MAX_RIVALS:
        raise InputError(f"--ghost: {len(ghosts)} replays, at most {MAX_RIVALS} drive along")
    rivals = []
    for path, livery in zip(ghosts, FILE_GHOSTS, strict=False):
        circuit = replayed_track(path, load_replay(path)) if circuit is None else circuit
        rivals.append(Rival(path.stem, livery, load_ghost(path, circuit, spec)))
    asked = AskedAtStart(damage, weather, telemetry_udp)
    run(circuit, spec, chosen, drive_first, rivals, asked, make_clip=clip_maker)


@app.command()
def watch(
    replay: Annotated[Path, typer.Argument(help="A replay file.")],
    track: ReplayTrack = None,
    car: ReplayCar = None,
) -> None:
    """Open the window and watch a replay, from any moment of it, and drive on from there."""
    recorded = load_replay(replay)
    circuit = replayed_track(replay, recorded) if track is None else load_track(track)
    spec = replayed_car(replay, recorded) if car is None else load_car(car)
    check_drivable(replay, recorded, circuit, spec)
    run(circuit, spec, None, replay_first(replay), make_clip=clip_maker)


@app.command()
def shot(
    out: Annotated[Path, typer.Argument(metavar="OUT.png|.jpg")],
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
    setup: SetupName = None,
    at: Annotated[float, typer.Option(metavar="METRES", help="Where on the lap.")] = 0.0,
    size: PictureSize = "1280x720",
    scene: Annotated[
        str, typer.Option(help="drive, title, map, ...; an unknown name lists all.")
    ] = ("drive"),
    livery: Annotated[LiveryName, typer.Option(help="What the car wears.")] = "works",
    number: Annotated[
        int,
        typer.Option(min=OWN_NUMBER, max=MAX_NUMBER, help="On its roof; 0: the livery's own."),
    ] = OWN_NUMBER,
) -> None:
    """Render a scene to a picture; needs no display."""
    if not math.isfinite(at):
        raise InputError(f"--at {at}: is not a place on the lap")
    spec = chosen_car(car, weather)
    chosen = chosen_setup(setup, spec)
    wanted = Shot(scene, at, picture_size(size), CarSettings(livery, number))
    render_shot(load_track(track), spec, chosen, wanted, out)


@app.command()
def sound(
    out: Annotated[Path, typer.Argument(metavar="OUT.wav")],
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
    setup: SetupName = None,
) -> None:
    """Write what a lap of the bot sounds like; needs no sound device."""
    if out.suffix != ".wav":
        raise InputError(f"{out}: sound is written as .wav")
    spec = chosen_car(car, weather)
    write_wav(out, render_lap(load_track(track), spec, chosen_setup(setup, spec)))
