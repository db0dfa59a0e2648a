"""Define the command that lists circuits, with the times that are known on them."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
import typer

from game.cli.options import AsJson, CarName, json_text
from game.errors import InputError
from game.goals.known_times import KnownTimes, known_times
from game.track.summary import DIRECTIONS, TrackSummary, summarise
from game.track.track import track_names
from game.units import lap_time_text
from game.vehicle.setup import default_setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, load_car


def track_list(
    car: CarName = DEFAULT_CAR,
    tyre: Annotated[
        str | None, typer.Option(metavar="T", help="Of the times; the car's own by default.")
    ] = None,
    json: AsJson = False,
) -> None:
    """List the circuits that ship with the game and those you have saved."""
    spec = load_car(car)
    tyre = _known_tyre(tyre, spec)
    found: dict[str, tuple[TrackSummary, KnownTimes]] = {}
    faults: dict[str, str] = {}
    for name in track_names():
        try:
            found[name] = summarise(name), known_times(name, spec, tyre)
        except InputError as error:
            faults[name] = str(error)
    if json:
        rows = [_row(*each) for each in found.values()]
        rows += [{"track": name, "fault": fault} for name, fault in faults.items()]
        rows.sort(key=_name_of)
        print(json_text({"car": spec.id, "tyre": tyre, "tracks": rows}))
        return
    for line in _lines(found):
        print(line)
    for name, fault in faults.items():
        print(f"{name}: cannot be driven on: {fault}")


def _known_tyre(tyre: str | None, spec: CarSpec) -> str:
    if tyre is None:
        return default_setup(spec).tyre
    if tyre not in spec.tyres:
        raise InputError(f"tyre '{tyre}': {spec.name} has {', '.join(spec.tyres)}")
    return tyre


def _name_of(row: dict[str, Any]) -> str:
    return str(row["track"])


def _row(track: TrackSummary, times: KnownTimes) -> dict[str, Any]:
    source = None if track.source is None else msgspec.to_builtins(track.source)
    return {
        "track": track.name,
        "title": track.title,
        "length_m": track.length_m,
        "corners": track.left_corners + track.right_corners,
        "left_corners": track.left_corners,
        "right_corners": track.right_corners,
        "climb_m": track.climb_m,
        "steepest_grade": track.steepest,
        "direction": DIRECTIONS[track.clockwise],
        "credit": track.credit,
        "source": source,
        "best_s": times.best_s,
        "bot_s": times.bot_s,
        "medal": times.medal,
    }


def _lines(found: dict[str, tuple[TrackSummary, KnownTimes]]) -> list[str]:
    """Return a line for each circuit, in columns."""
    rows = [
        (
            f"{track.name}:",
            f"{track.title},",
            f"{track.length_m:.0f} m,",
            f"{track.climb_m:.0f} m up," if track.climb_m > 0.0 else "",
            _counted(track.left_corners + track.right_corners),
            f"{DIRECTIONS[track.clockwise]};",
            f"you {_time(times.best_s)}{f' ({times.medal})' if times.medal else ''},",
            f"bot {_time(times.bot_s)};",
            track.credit,
        )
        for track, times in found.values()
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numbers = (2, 3, 4)  # the columns that stand at the right
    return [
        " ".join(
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
            if width > 0  # as it is for climbs where all circuits are flat
        ).rstrip()
        for row in rows
    ]


def _counted(corners: int) -> str:
    return "1 corner, " if corners == 1 else f"{corners} corners,"


def _time(seconds: float | None) -> str:
    return "-" if seconds is None else lap_time_text(seconds)
