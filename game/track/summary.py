"""Summarise a circuit from its file and its line, without building the rest."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.errors import InputError
from game.track.centreline import Centreline
from game.track.corners import Corner
from game.track.layout import lay_centreline
from game.track.road_profile import sample_profile
from game.track.track import read_track
from game.track.track_file import Source
from game.translation import N_
from game.units import TAU

# By whether a lap turns clockwise; None: it crosses itself and turns neither way on the whole.
DIRECTIONS: Final = {True: N_("clockwise"), False: N_("anticlockwise"), None: N_("figure of eight")}

_WHOLE_TURN: Final = 0.5  # of a turn, beyond which a lap goes round one way


class TrackSummary(NamedTuple):
    """Describes a circuit as it stands in a list."""

    name: str
    title: str
    credit: str
    length_m: float
    left_corners: int
    right_corners: int
    clockwise: bool | None  # None: it crosses itself so that it turns neither way on the whole
    source: Source | None  # of an imported one
    climb_m: float  # that a lap climbs in all; 0 on a flat one
    steepest: float  # grade, without its sign


def summarise(name_or_path: str) -> TrackSummary:
    """Return the summary of a circuit. Raises InputError if its file has no line."""
    name, path, file = read_track(name_or_path)
    try:
        centreline, corners = lay_centreline(file)
    except ValueError as error:
        raise InputError(f"{path}: {error}") from None
    left, right = count_sides(corners)
    count = max(round(centreline.length_m), 1)
    s_m: Array = np.arange(count, dtype=np.float64) * (centreline.length_m / count)
    profile = sample_profile(file.profile, s_m, centreline.length_m)
    return TrackSummary(
        name,
        file.title,
        file.credit,
        centreline.length_m,
        left,
        right,
        turns_clockwise(centreline),
        file.source,
        profile.climb_m,
        profile.steepest,
    )


def count_sides(corners: Sequence[Corner]) -> tuple[int, int]:
    """Return how many of the corners turn left, and how many right."""
    left = sum(corner.inside == "left" for corner in corners)
    return left, len(corners) - left


def turns_clockwise(centreline: Centreline) -> bool | None:
    """Return whether a lap turns to the right on the whole; None if to neither side."""
    turns = math.fsum(piece.turning_rad for piece in centreline.elements)
    if abs(turns) < _WHOLE_TURN * TAU:
        return None
    return turns < 0.0
