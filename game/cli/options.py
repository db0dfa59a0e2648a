"""Define options and arguments that several commands share."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from game.errors import InputError
from game.setups.items import item_named
from game.setups.presets import load_setup
from game.track.track import DEFAULT_TRACK as DEFAULT_TRACK
from game.track.track import Track
from game.vehicle.damage import DamageMode
from game.vehicle.setup import Setup, default_setup
from game.vehicle.spec import CarSpec, TyreStateMode, in_weather, load_car
from game.weather.weather import DEFAULT_WEATHER as DEFAULT_WEATHER
from game.weather.weather import load_weather

TrackName = Annotated[
    str, typer.Option("--track", metavar="T", help="Name of a circuit, or a path to one.")
]
CarName = Annotated[
    str, typer.Option("--car", metavar="C", help="Name of a car, or a path to its file.")
]
WeatherName = Annotated[
    str, typer.Option("--weather", metavar="W", help="Name of a weather, or a path to its file.")
]
SetupName = Annotated[
    str | None,
    typer.Option("--setup", metavar="S", help="Name of a setup, a path to one, or its code."),
]
TyreState = Annotated[
    TyreStateMode | None,
    typer.Option(help="Instead of the setup's: tyres that warm up and wear, or do not."),
]
Damage = Annotated[
    DamageMode,
    typer.Option(help="What hits do to the car: nothing, half as much at most, or all of it."),
]
WarmTyres = Annotated[
    bool, typer.Option("--warm-tyres", help="Start on tyres from the warmers, not cold ones.")
]
TimeLimit = Annotated[
    float,
    typer.Option(min=0.001, max=3600.0, metavar="S", help="Seconds a bot may think at a time."),
]
Plain = Annotated[
    bool, typer.Option("--plain", help="Drive without machine code, even if it is installed.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")]
CircuitFile = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="Write it there instead.")
]
OverCircuit = Annotated[
    bool, typer.Option("--force/--no-force", help="Write over a circuit of that name.")
]
PictureSize = Annotated[str, typer.Option(metavar="WxH", help="Size in pixels.")]


def chosen_car(car: str, weather: str) -> CarSpec:
    """Return the car of this name or path as it stands in the weather of this name or path.

    Raises InputError if there is no such car or weather.
    """
    return in_weather(load_car(car), load_weather(weather))


def subject_text(spec: CarSpec, track: Track) -> str:
    """Return what is driven, where, and in what weather if it is not the usual one."""
    return ", ".join(filter(None, (spec.name, track.title, spec.weather.words)))


def chosen_setup(name: str | None, spec: CarSpec, tyre_state: TyreStateMode | None = None) -> Setup:
    """Return the setup for a car of this name, path or code, or the car's default.

    tyre_state: in place of the setup's own. Raises InputError if there is no such setup, or it is
    for another car.
    """
    setup = default_setup(spec) if name is None else load_setup(name, spec)
    return setup if tyre_state is None else msgspec.structs.replace(setup, tyre_state=tyre_state)


def with_tyre(setup: Setup, tyre: str, spec: CarSpec) -> Setup:
    """Return a setup on another tyre. Raises InputError if the car has no such tyre."""
    item = item_named("tyre", spec)
    if not item.accepts(tyre):
        raise InputError(f"--tyre {tyre}: there is no such tyre; choose one of {item.bounds_text}")
    return item.with_value(setup, tyre)


def check_outputs(*paths: Path | None) -> None:
    """Say now, rather than after all the work, which files cannot be written."""
    asked = [path for path in paths if path is not None]
    for path in asked:
        if path.is_dir():
            raise InputError(f"{path}: cannot be written (is a folder)")
        if not path.absolute().parent.is_dir():
            raise InputError(f"{path}: cannot be written (there is no such folder)")
        if sum(path.resolve() == other.resolve() for other in asked) > 1:
            raise InputError(f"{path}: is asked for twice: name two files")


def picture_size(text: str) -> tuple[int, int]:
    """Return a size such as 1280x720. Raises InputError for anything else."""
    width, _, height = text.lower().partition("x")
    if width.isdigit() and height.isdigit():
        size = int(width), int(height)
        if all(200 <= side <= 8192 for side in size):
            return size
    raise InputError(f"--size {text}: is not a size such as 1280x720, each side 200 to 8192")


def json_text(report: dict[str, Any]) -> str:
    """Return a report as one line of JSON, in letters that a terminal of any encoding has."""
    text = msgspec.json.encode(report).decode()
    return re.sub(r"[^\x00-\x7f]+", lambda letters: json.dumps(letters[0])[1:-1], text)
