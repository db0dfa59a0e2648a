"""Make a circuit from a seed and keep it for the player."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from game.cli.options import AsJson, CircuitFile, OverCircuit, json_text
from game.errors import InputError
from game.track.characters import CHARACTERS, CharacterName
from game.track.made_heights import MAX_HILLS_M, with_hills
from game.track.maker import MAX_LENGTH_M, MAX_SEED, MIN_LENGTH_M, make_track_file
from game.track.own_tracks import new_file_path, own_track_path
from game.track.track import Track, build_track
from game.track.track_file import LandscapeKind, TrackFile
from game.track.track_writer import write_track_file


def track_make(
    seed: Annotated[int, typer.Option(min=0, max=MAX_SEED, help="Each makes another circuit.")],
    length: Annotated[
        float, typer.Option(min=MIN_LENGTH_M, max=MAX_LENGTH_M, metavar="METRES", help="Of a lap.")
    ] = 4000.0,
    character: Annotated[
        CharacterName, typer.Option(help="What kind of circuit it is to be.")
    ] = CHARACTERS[0],
    name: Annotated[str | None, typer.Option(metavar="N", help="What --track calls it.")] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What players read; else made of the seed.")
    ] = None,
    landscape: Annotated[
        LandscapeKind | None, typer.Option(help="What land it lies in; else the seed decides.")
    ] = None,
    hills: Annotated[
        float,
        typer.Option(
            min=0.0, max=MAX_HILLS_M, metavar="METRES", help="From the lowest place to the highest."
        ),
    ] = 0.0,
    corner: Annotated[
        list[str] | None,
        typer.Option(metavar="N=NAME", help="Name of a corner; may be repeated."),
    ] = None,
    out: CircuitFile = None,
    force: OverCircuit = False,
    json: AsJson = False,
) -> None:
    """Make a circuit from a seed and keep it in your own tracks."""
    if out is None:
        own_name = f"{character}-{length:g}-{seed}" if name is None else name
        path = own_track_path(own_name, force=force)
    else:
        path = new_file_path(out, force=force)
    corners = corner or []
    file = _dressed(make_track_file(seed, length, character, landscape), title, corners)
    if hills > 0.0:
        file = with_hills(file, seed, hills)
    track = build_track(path.absolute().parent.name, file, path)
    made = f"leaf-rc track make --seed {seed} --length {length:g} --character {character}"
    made += f" --hills {hills:g}" if hills > 0.0 else ""
    command = _command(made, title, landscape, corners)
    write_track_file(path, file, f"{file.title}. Made by\n    {command}")
    _report(track, path, json)


def _dressed(file: TrackFile, title: str | None, corners: Sequence[str]) -> TrackFile:
    """Return a made circuit with the title and the corner names that it was given."""
    if title is not None:
        file = msgspec.structs.replace(file, title=title)
    for text in corners:
        file = _with_corner_name(file, text)
    return file


def _command(
    command: str, title: str | None, landscape: LandscapeKind | None, corners: Sequence[str]
) -> str:
    """Return the command that makes a circuit again, an option a line."""
    options = [] if title is None else [f"--title {shlex.quote(title)}"]
    options += [] if landscape is None else [f"--landscape {landscape}"]
    options += [f"--corner {shlex.quote(text)}" for text in corners]
    return " \\\n        ".join([command, *options])


def _with_corner_name(file: TrackFile, text: str) -> TrackFile:
    """Return the circuit with one corner's name. Raises InputError if there is no such corner."""
    number, _, name = text.partition("=")
    turns = file.centreline.turns
    if not name or number not in {str(turn.number) for turn in turns}:
        raise InputError(f"--corner '{text}': write N=NAME, N from 1 to {len(turns)}")
    named = [
        msgspec.structs.replace(turn, name=name) if str(turn.number) == number else turn
        for turn in turns
    ]
    centreline = msgspec.structs.replace(file.centreline, turns=named)
    return msgspec.structs.replace(file, centreline=centreline)


def _report(track: Track, path: Path, as_json: bool) -> None:
    left = sum(corner.inside == "left" for corner in track.corners)
    right = len(track.corners) - left
    if as_json:
        print(
            json_text(
                {
                    "track": track.name,
                    "title": track.title,
                    "path": str(path),
                    "length_m": track.length_m,
                    "corners": len(track.corners),
                    "left": left,
                    "right": right,
                    "climb_m": track.profile.climb_m,
                }
            )
        )
        return
    corners = f"{len(track.corners)} corners ({left} left, {right} right)"
    if track.profile.climb_m > 0.0:
        corners += f", {track.profile.climb_m:.0f} m up"
    print(f"{track.title}: {track.length_m:.0f} m, {corners}; {path}")
