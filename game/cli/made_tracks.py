"""The command that makes a circuit from a seed and keeps it for the player."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from game.cli.options import AsJson, json_text
from game.track.characters import CHARACTERS, CharacterName
from game.track.maker import MAX_LENGTH_M, MAX_SEED, MIN_LENGTH_M, make_track_file
from game.track.own_tracks import new_file_path, own_track_path
from game.track.track import Track, build_track
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
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it there instead.")
    ] = None,
    force: Annotated[bool, typer.Option(help="Write over a circuit of that name.")] = False,
    json: AsJson = False,
) -> None:
    """Make a circuit from a seed and keep it in your own tracks."""
    if out is None:
        own_name = f"{character}-{length:g}-{seed}" if name is None else name
        path = own_track_path(own_name, force=force)
    else:
        path = new_file_path(out, force=force)
    file = make_track_file(seed, length, character)
    track = build_track(path.absolute().parent.name, file, path)
    write_track_file(path, file, f"{file.title}. Made by\n    {file.credit}")
    _tell(track, path, json)


def _tell(track: Track, path: Path, as_json: bool) -> None:
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
                }
            )
        )
        return
    corners = f"{len(track.corners)} corners ({left} left, {right} right)"
    print(f"{track.title}: {track.length_m:.0f} m, {corners}; {path}")
