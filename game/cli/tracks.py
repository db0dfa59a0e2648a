"""Gather the commands about circuits."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.imported_tracks import track_import
from game.cli.made_tracks import track_make
from game.cli.options import (
    DEFAULT_WEATHER,
    AsJson,
    CarName,
    WeatherName,
    chosen_car,
    json_text,
    picture_size,
    subject_text,
)
from game.cli.track_list import track_list
from game.errors import InputError
from game.files import tracks_folder, write_text
from game.track.check import check
from game.track.export import centreline_csv
from game.track.track import Draft, Track, UnfitTrackError, load_track, read_track
from game.track.track_file import FILE_NAME
from game.units import lap_time_text
from game.vehicle.spec import DEFAULT_CAR, load_car

app = typer.Typer(help="Circuits: list, check, draw, make, import and export them.")
app.command("list")(track_list)
app.command("import")(track_import)
app.command("make")(track_make)


@app.command("check")
def track_check(track: Annotated[str, typer.Argument(metavar="T")], json: AsJson = False) -> None:
    """Check a circuit's geometry; exit 1 if something is wrong with it."""
    try:
        circuit = load_track(track)
        findings = check(circuit)
        name, title, length_m = circuit.name, circuit.title, circuit.length_m
    except UnfitTrackError as error:
        findings, draft = error.findings, error.draft
        name, title, length_m = draft.name, draft.title, draft.centreline.length_m
    if json:
        rows = [finding.as_json() for finding in findings]
        print(json_text({"track": name, "length_m": length_m, "findings": rows}))
    else:
        for finding in findings:
            print(f"{name}: {finding.kind}: {finding.key}: {finding.message}")
        if not findings:
            print(f"{title}: {length_m:.3f} m, no findings")
    if findings:
        raise typer.Exit(1)


@app.command("draw")
def track_draw(
    track: Annotated[str, typer.Argument(metavar="T")],
    out: Annotated[Path, typer.Argument(metavar="OUT.png|.jpg")],
    size: Annotated[str, typer.Option(metavar="WxH", help="Size in pixels.")] = "1600x1600",
) -> None:
    """Draw a whole circuit to a picture, with what `check` finds marked, and listed below."""
    from game.app.tools.track_picture import (  # half a second that no other command here needs
        draw_circuit,
    )

    circuit: Track | Draft
    try:
        circuit = load_track(track)
        findings = check(circuit)
    except UnfitTrackError as error:
        circuit, findings = error.draft, error.findings
    draw_circuit(circuit, findings, picture_size(size), out)


@app.command("export")
def track_export(
    track: Annotated[str, typer.Argument(metavar="T")],
    out: Annotated[Path, typer.Argument(metavar="OUT.csv")],
) -> None:
    """Write a circuit's centreline, a row every metre."""
    write_text(out, centreline_csv(load_track(track)))


@app.command("plan")
def track_plan(
    track: Annotated[str, typer.Argument(metavar="T")],
    car: CarName = DEFAULT_CAR,
    weather: WeatherName = DEFAULT_WEATHER,
    write: Annotated[
        bool,
        typer.Option("--write", help="Work it out again and ship it in the circuit's folder."),
    ] = False,
    json: AsJson = False,
) -> None:
    """Print the reference bot's plan for a car as it is shipped, and the quasi-steady lap time."""
    from game.cli.plans import plan_of, ship_plan_of

    circuit, spec = load_track(track), chosen_car(car, weather)
    if write:
        _check_ships(track)
    if write and spec.weather.words:
        raise InputError(f"--weather {weather}: plans ship for the usual weather only")
    plan = (ship_plan_of if write else plan_of)(circuit, spec)
    if json:
        times = {"lap_time_s": plan.lap_time_s, "quasi_steady_s": plan.quasi_steady_s}
        print(json_text({"track": circuit.name, "car": spec.id, **times}))
        return
    planned, quasi_steady = lap_time_text(plan.lap_time_s), lap_time_text(plan.quasi_steady_s)
    print(f"{subject_text(spec, circuit)}: planned {planned}, quasi-steady {quasi_steady}")


@app.command("ground")
def track_ground(track: Annotated[str, typer.Argument(metavar="T")]) -> None:
    """Paint the ground that ships in the circuit's folder: all of it coarsely, the start finely."""
    from game.app.tools.ship_ground import ship_ground

    _check_ships(track)
    print(ship_ground(load_track(track)))


@app.command("medals")
def track_medals(
    track: Annotated[str, typer.Argument(metavar="T")],
    car: CarName = DEFAULT_CAR,
    json: AsJson = False,
    write: Annotated[
        bool,
        typer.Option("--write", help="Drive them again and ship them in the circuit's folder."),
    ] = False,
) -> None:
    """Print the medal times of the lap and of every corner, as the reference bot sets them."""
    from game.cli.medals import medal_lines, medal_report, ship_targets, targets_of

    circuit, spec = load_track(track), load_car(car)
    if write:
        _check_ships(track)
    find = ship_targets if write else targets_of
    found = {tyre: find(circuit, spec, tyre) for tyre in spec.tyres}
    if json:
        reports = {tyre: medal_report(targets) for tyre, targets in found.items()}
        print(json_text({"track": circuit.name, "car": spec.id, "tyres": reports}))
        return
    for tyre, targets in found.items():
        print("\n".join(medal_lines(circuit, tyre, targets)))


def _check_ships(track: str) -> None:
    """Raise InputError unless a circuit is one of those that ship.

    Nothing is looked for beside others; and one elsewhere may have the name of one that ships.
    """
    found = read_track(track)
    if found.path.resolve() != (tracks_folder() / found.name / FILE_NAME).resolve():
        raise InputError(
            f"{track}: does not ship with leaf-rc: what is worked out and painted for it is kept in"
            " the cache by itself"
        )
