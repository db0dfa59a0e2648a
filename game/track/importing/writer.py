"""Write an imported circuit as a `track.toml` that a person can read and go on with."""

from __future__ import annotations

import json
import math
from typing import Final, NamedTuple

from game.track.importing.closed_elements import RoundedChain
from game.track.importing.heights import HeightRows
from game.track.importing.widths import EdgeProfile
from game.track.track_file import BridgeEntry, LandscapeKind

_HEAD: Final = """\
# A circuit, imported from {file} ({format}).
# Lengths are metres; distances count along the centreline from the start line in driving direction
# and wrap at the end of the lap; offsets from the centreline are positive to the left.
#
# What is not written here is made for the circuit: kerbs, run-off, gravel, walls, sectors, grid,
# surfaces, and what stands around, in meadows. To have one of them your own way, write its key; an
# empty list means that there is none of it. The README of the circuits that ship tells all keys.
"""
_CENTRELINE: Final = """
# Elements of linear curvature: [length, curvature at the start, at the end], 1/m, positive in left
# turns. They close the loop; after a change of one of them, `leaf-rc track check` tells by how much
# it misses. Corners are found where it bends, unless `corners = [{ number, from_m, to_m, name }]`
# lists them.
"""
_GROUND: Final = """
# Tarmac to either side of the centreline: one number, or smooth through [[distance, width], ...].
# Here `kerbs`, `paint`, `gravel` and `paved` may be given, too.
"""
_HEIGHTS: Final = """
# Heights of the centreline, as the file has them, smoothed: [distance, height].
"""


class NamedRange(NamedTuple):
    """Describes a corner with a name."""

    number: int
    from_m: float
    to_m: float
    name: str


class Contents(NamedTuple):
    """Holds everything that an import knows about a circuit."""

    title: str
    credit: str
    file: str
    format: str
    licence: str
    points: int
    rms_m: float
    max_m: float
    origin_deg: tuple[float, float] | None
    chain: RoundedChain
    corner_count: int
    corners: list[NamedRange]  # those of the lap, if some have names; else they are found
    bridges: list[BridgeEntry]
    left_m: EdgeProfile
    right_m: EdgeProfile
    landscape: LandscapeKind | None
    heights_m: HeightRows  # none if the road is flat


def track_toml(contents: Contents) -> str:
    """Return the text of a circuit's file."""
    start = contents.chain.start
    lines = [_HEAD.format(file=_plain(contents.file), format=contents.format)]
    lines += [f"title = {_text(contents.title)}", f"credit = {_text(contents.credit)}"]
    lines += [
        "",
        "[source]",
        f"file = {_text(contents.file)}",
        f"format = {_text(contents.format)}",
        f"licence = {_text(contents.licence)}",
        f"points = {contents.points}",
        f"rms_m = {contents.rms_m:.3f} # of the points from the centreline, root mean square",
        f"max_m = {contents.max_m:.3f} # of the one farthest from it",
        _CENTRELINE,
        "[centreline]",
    ]
    place = "" if contents.origin_deg is None else _place(*contents.origin_deg)
    lines += [
        f"x_m = {start.x_m!r}{place}",
        f"y_m = {start.y_m!r}",
        f"heading_deg = {round(math.degrees(start.heading_rad), 7)!r}",
    ]
    if contents.bridges:
        lines.append("# The stretches that run above where the line crosses itself.")
        rows = ", ".join(
            f"{{ from_m = {each.from_m!r}, to_m = {each.to_m!r} }}" for each in contents.bridges
        )
        lines.append(f"bridges = [{rows}]")
    if contents.corners:
        lines.append("corners = [")
        lines += [
            f"  {{ number = {each.number}, from_m = {each.from_m:.1f}, to_m = {each.to_m:.1f}"
            + (f", name = {_text(each.name)}" if each.name else "")
            + " },"
            for each in contents.corners
        ]
        lines.append("]")
    lines.append("elements = [")
    lines += [f"  [{', '.join(_number(each) for each in row)}]," for row in contents.chain.rows]
    lines += ["]", _GROUND, "[ground]"]
    lines += [f"left_m = {_profile(contents.left_m)}", f"right_m = {_profile(contents.right_m)}"]
    if contents.heights_m:
        lines += [_HEIGHTS, "[profile]", f"heights_m = {_profile(contents.heights_m)}"]
    if contents.landscape is not None:
        lines += ["", "[landscape]", f'kind = "{contents.landscape}"']
    return "\n".join(lines) + "\n"


def _number(value: float) -> str:
    """Return a number without an exponent, and a zero as it is written by hand."""
    text = f"{value:.10f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


def _profile(value: EdgeProfile) -> str:
    if isinstance(value, float):
        return repr(value)
    rows = [f"[{s!r}, {width!r}]" for s, width in value]
    lines = [", ".join(rows[at : at + 6]) for at in range(0, len(rows), 6)]
    return "[\n  " + ",\n  ".join(lines) + ",\n]"


def _text(value: str) -> str:
    """Return a text as TOML quotes it, which escapes as JSON does."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(value: str) -> str:
    """Return a file's name as it can stand in a comment."""
    return "".join(letter if letter.isprintable() else "?" for letter in value)


def _place(latitude_deg: float, longitude_deg: float) -> str:
    return (
        f" # east of {abs(longitude_deg):.7f} {'E' if longitude_deg >= 0.0 else 'W'},"
        f" north of {abs(latitude_deg):.7f} {'N' if latitude_deg >= 0.0 else 'S'}"
    )
