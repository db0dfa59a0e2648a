"""Make circuits from seeds: every seed another one, and on every machine the same.

A request is a seed, a length and a character. Some outlines are drawn; the one that is folded most
is rounded first, as it has the most to look at on the least land. Where rounding leaves no room,
the next one is taken, and after them others are drawn, with a corner less each time, so that there
always is one.
"""

from __future__ import annotations

import itertools
from typing import Final

import msgspec
import numpy as np

from game.errors import InputError
from game.track.characters import CHARACTERS, Character, CharacterName, character_of
from game.track.landscapes import landscape_of_seed
from game.track.layout import lay_centreline
from game.track.made_outline import Outline, Rng, grow_outline, scaled, spread_m2
from game.track.made_turns import closed_straights, rounded_corners, turns_of
from game.track.track_file import (
    CentrelineEntry,
    GroundEntry,
    LandscapeKind,
    TrackFile,
    Turn,
)

_CREDIT: Final = "Made by leaf-rc"
RANDOM: Final = "random"  # in place of a circuit's name: made anew for each seed
MIN_LENGTH_M: Final = 1000.0
MAX_LENGTH_M: Final = 8000.0
MAX_SEED: Final = 2**63 - 1
_OUTLINES: Final = 6  # drawn at once, of which the best is taken
_MIN_CORNERS: Final = 4
_LENGTH_TOLERANCE: Final = 1e-4  # share of the length
_FITS: Final = 8  # of an outline's size to the length; each leaves a tenth of the error
_STEP_M: Final = 4.0  # between the places that are compared,
_ROWS: Final = 64  # so many of them at once
_ALONG_SHARE: Final = 0.33  # two places may be that share of their way along the lap apart


def make_track_file(
    seed: int, length_m: float, character: CharacterName, landscape: LandscapeKind | None = None
) -> TrackFile:
    """Return the circuit of a seed: its line, its widths and the landscape it lies in, and nothing
    that stands beside it.

    landscape: None leaves it to the seed; a street circuit lies in a city.
    Raises InputError for a seed, a length or a character that does not exist.
    """
    _check(seed, length_m, character)
    numbers = character_of(character)
    for batch in itertools.count():
        outlines = []
        for number in range(_OUTLINES):
            rng = Rng(seed, round(1000.0 * length_m), CHARACTERS.index(character), batch, number)
            outline = _outline(rng, numbers, length_m, fewer=batch)
            if outline is not None:
                outlines.append((spread_m2(outline), number, outline, rng))
        for _, _, outline, rng in sorted(outlines, key=lambda row: row[:2]):
            file = _rounded_file(rng, numbers, outline, length_m)
            if file is not None:
                title = f"{character.capitalize()} {seed}"
                kind = landscape or ("city" if character == "street" else None)
                entry = landscape_of_seed(seed, kind)
                return msgspec.structs.replace(file, title=title, landscape=entry)
    raise AssertionError("the batches have no end")


def check_length(length_m: float) -> None:
    """Raise InputError for a length that no circuit is made of."""
    if not MIN_LENGTH_M <= length_m <= MAX_LENGTH_M:
        raise InputError(f"length is {length_m:g} m, expected {MIN_LENGTH_M:g}..{MAX_LENGTH_M:g}")


def _check(seed: int, length_m: float, character: str) -> None:
    if not 0 <= seed <= MAX_SEED:
        raise InputError(f"seed is {seed}, expected 0..{MAX_SEED}")
    check_length(length_m)
    if character not in CHARACTERS:
        raise InputError(f"no character '{character}': choose one of {', '.join(CHARACTERS)}")


def _outline(rng: Rng, numbers: Character, length_m: float, fewer: int) -> Outline | None:
    """Return an outline, or None if the seed leaves no room for its first corners."""
    wanted = round(rng.within(*numbers.corners_per_km) * length_m / 1000.0)
    return grow_outline(rng, numbers, length_m, max(wanted - fewer, _MIN_CORNERS))


def _rounded_file(
    rng: Rng, numbers: Character, outline: Outline, length_m: float
) -> TrackFile | None:
    """Return an outline as a file, turned the way the seed says; None if there is no room."""
    corners = rounded_corners(rng, numbers, outline)
    half_m = round(rng.within(*numbers.half_width_m), 1)
    turns_left = rng.share() < 0.5
    for _ in range(_FITS):
        straights, lap_m = closed_straights(outline, corners)
        if min(straights) < 0.0:
            return None
        if abs(lap_m - length_m) <= _LENGTH_TOLERANCE * length_m:
            break
        outline = scaled(outline, 1.0 + (length_m - lap_m) / lap_m)
    else:
        return None
    turns, last_m = turns_of(straights, corners)
    if not turns_left:
        turns = [_mirrored(turn) for turn in turns]
    file = _file(turns, last_m, half_m)
    return file if _parts_are_apart(file, numbers.clearance_m) else None


def _mirrored(turn: Turn) -> Turn:
    side = "right" if turn.direction == "left" else "left"
    return msgspec.structs.replace(turn, direction=side)


def _file(turns: list[Turn], last_m: float, half_m: float) -> TrackFile:
    return TrackFile(
        title="",
        credit=_CREDIT,
        centreline=CentrelineEntry(0.0, 0.0, 0.0, turns=turns, last_straight_m=last_m),
        ground=GroundEntry(half_m, half_m),
    )


def _parts_are_apart(file: TrackFile, clearance_m: float) -> bool:
    """Return whether no two parts of the line come nearer to each other than they may."""
    try:
        centreline, _ = lay_centreline(file)
    except ValueError:  # a free straight has not the length to close the loop
        return False
    length_m = centreline.length_m
    s_m = np.arange(0.0, length_m, _STEP_M)
    x_m, y_m = centreline.position(s_m).T
    for begin in range(0, len(s_m), _ROWS):  # a few of them with all that follow
        at, rest = slice(begin, begin + _ROWS), slice(begin, None)
        square = (x_m[at, None] - x_m[rest]) ** 2 + (y_m[at, None] - y_m[rest]) ** 2
        along_m = np.abs(s_m[at, None] - s_m[rest])
        along_m = np.minimum(along_m, length_m - along_m)
        needed_m = np.minimum(clearance_m, _ALONG_SHARE * along_m)
        if (square < needed_m * needed_m).any():
            return False
    return True
