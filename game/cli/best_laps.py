"""List your best laps from the command line, and forget one."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from game.boards.lap_database import circuit_folder
from game.cli.options import (
    DEFAULT_TRACK,
    DEFAULT_WEATHER,
    AsJson,
    CarName,
    TrackName,
    WeatherName,
    chosen_car,
    json_text,
)
from game.digests import drive_digests
from game.errors import InputError
from game.recording.best_lap import FORGOTTEN, best_path, comparable_best, load_best, put_aside
from game.track.track import load_track
from game.units import lap_time_text
from game.vehicle.spec import DEFAULT_CAR, CarSpec
from game.weather.weather import weather_digest

app = typer.Typer(help="Your best laps: list them, forget one.")


@app.command("list")
def best_list(
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
    json: AsJson = False,
) -> None:
    """List your best lap of a car on each tyre."""
    spec, circuit = chosen_car(car, weather), load_track(track)
    folder, digests = circuit_folder(circuit.name), drive_digests(circuit, spec)
    times_s: dict[str, float] = {}
    faults: dict[str, str] = {}
    for tyre in spec.tyres:
        try:
            best = comparable_best(best_path(folder, tyre, spec.id, digests.weather), digests)
        except InputError as error:
            faults[tyre] = str(error)
        else:
            if best is not None:
                times_s[tyre] = best.time_s
    if json:
        named = {"track": circuit.name, "car": spec.id, "weather": spec.weather.name}
        print(json_text(named | {"best_s": times_s, "faults": faults}))
        return
    for tyre, time_s in times_s.items():
        print(f"{tyre}: {lap_time_text(time_s)}")
    for tyre, fault in faults.items():
        print(f"{tyre}: {fault}; 'leaf-rc best forget {tyre}' puts it aside")
    if not times_s and not faults:
        print(f"there is no best lap of {spec.name} on {circuit.name} yet")


@app.command("forget")
def best_forget(
    tyre: Annotated[str, typer.Argument(metavar="TYRE", help="The tyre it was driven on.")],
    track: TrackName = DEFAULT_TRACK,
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
) -> None:
    """Put your best lap on a tyre aside, so that the next valid one is the best again."""
    spec = chosen_car(car, weather)
    path = _existing(circuit_folder(load_track(track).name), tyre, spec)
    try:
        best = load_best(path)
    except InputError:  # whatever is in the way there
        aside = put_aside(path, datetime.datetime.now(datetime.UTC), FORGOTTEN)
        print(f"what was kept for {tyre} tyres is no lap that can be read; it is now {aside}")
        return
    if best is None:
        raise InputError(f"{path}: there is no best lap on {tyre} tyres yet")
    aside = put_aside(path, best.date, FORGOTTEN)
    print(f"your best lap on {tyre} tyres, {lap_time_text(best.time_s)}, is kept as {aside}")


def _existing(folder: Path, tyre: str, spec: CarSpec) -> Path:
    if tyre not in spec.tyres:
        raise InputError(f"tyre '{tyre}': {spec.name} has {', '.join(spec.tyres)}")
    return best_path(folder, tyre, spec.id, weather_digest(spec.weather))
