"""The command that lists circuits, with the times that are known on them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import typer

from game.cli.options import AsJson, CarName, json_text
from game.digests import car_digest, digest_of
from game.errors import InputError
from game.files import cache_folder, player_folder, tracks_folder
from game.kept_results import keep_result, read_result
from game.program_digest import program_digest
from game.recording.best_lap import best_path
from game.track.summary import TrackSummary, summarise
from game.track.track import read_track, track_names
from game.units import lap_time_text
from game.vehicle.setup import default_setup
from game.vehicle.spec import DEFAULT_CAR, CarSpec, load_car

_FACTS: Final = "game.app.venue.circuit_facts"  # the module that finds out the times
_MAX_BYTES: Final = 10_000
_DIRECTIONS: Final = {True: "clockwise", False: "anticlockwise", None: "both ways"}


class _Times(msgspec.Struct, frozen=True):
    """Holds the times on a circuit, as found out from files that have not changed since."""

    key: str = ""
    best_s: float | None = None
    bot_s: float | None = None
    medal: str | None = None


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
    found: dict[str, tuple[TrackSummary, _Times]] = {}
    faults: dict[str, str] = {}
    for name in track_names():
        try:
            found[name] = summarise(name), _times(name, spec, tyre)
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


def _row(track: TrackSummary, times: _Times) -> dict[str, Any]:
    source = None if track.source is None else msgspec.to_builtins(track.source)
    return {
        "track": track.name,
        "title": track.title,
        "length_m": track.length_m,
        "corners": track.left_corners + track.right_corners,
        "left_corners": track.left_corners,
        "right_corners": track.right_corners,
        "direction": _DIRECTIONS[track.clockwise],
        "credit": track.credit,
        "source": source,
        "best_s": times.best_s,
        "bot_s": times.bot_s,
        "medal": times.medal,
    }


def _lines(found: dict[str, tuple[TrackSummary, _Times]]) -> list[str]:
    """Return a line for each circuit, in columns."""
    rows = [
        (
            f"{track.name}:",
            f"{track.title},",
            f"{track.length_m:.0f} m,",
            _counted(track.left_corners + track.right_corners),
            f"{_DIRECTIONS[track.clockwise]};",
            f"you {_time(times.best_s)}{f' ({times.medal})' if times.medal else ''},",
            f"bot {_time(times.bot_s)};",
            track.credit,
        )
        for track, times in found.values()
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numbers = (2, 3)  # the columns that stand at the right
    return [
        " ".join(
            cell.rjust(width) if column in numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _counted(corners: int) -> str:
    return "1 corner, " if corners == 1 else f"{corners} corners,"


def _time(seconds: float | None) -> str:
    return "-" if seconds is None else lap_time_text(seconds)


def _times(name: str, spec: CarSpec, tyre: str) -> _Times:
    """Return the times on a circuit, which is built only if some are kept that are not known."""
    files = _kept_files(name, spec, tyre)
    if not files:
        return _Times()
    stamps = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    file = msgspec.json.encode(read_track(name).file)
    key = digest_of(program_digest(_FACTS), file, car_digest(spec), tyre, repr(stamps))
    known = cache_folder() / "circuits" / f"{name}-{spec.id}-{tyre}.json"
    times = read_result(known, _MAX_BYTES, msgspec.json.Decoder(_Times).decode)
    if times is None or times.key != key:
        times = _found_out(name, spec, tyre, key)
        keep_result(known, msgspec.json.encode(times))
    return times


def _kept_files(name: str, spec: CarSpec, tyre: str) -> list[Path]:
    """Return the files from which times on a circuit may be known."""
    stem = f"{spec.id}-{tyre}"
    return [
        *filter(Path.exists, [best_path(player_folder() / "laps" / name, tyre, spec.id)]),
        *sorted((tracks_folder() / name).glob(f"{stem}*")),
        *sorted((cache_folder() / "targets").glob(f"{name}-{stem}-*")),
        *sorted((cache_folder() / "plans").glob(f"{name}-*")),
    ]


def _found_out(name: str, spec: CarSpec, tyre: str, key: str) -> _Times:
    from game.app.venue.circuit_facts import (  # a second that is seldom needed
        circuit_facts,
    )

    facts = circuit_facts(name, spec, tyre)
    best_s, bot_s = (
        time_s if math.isfinite(time_s) else None for time_s in (facts.best_s, facts.bot_s)
    )
    return _Times(key, best_s, bot_s, None if facts.medal is None else facts.medal.value)
