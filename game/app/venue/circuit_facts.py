"""Find the facts of a circuit that a player chooses by: its shape, and the times on it."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.goals.circuit_times import circuit_times
from game.goals.medals import Medal, MedalTimes
from game.track.levels import BRIDGE
from game.track.sample_runs import sample_runs
from game.track.summary import count_sides, turns_clockwise
from game.track.track import Track, load_track
from game.track.track_file import LandscapeKind
from game.vehicle.spec import CarSpec
from game.weather.weather import Weather

_POINTS: Final = 900
_ASIDE: Final = 1.0 / 26.0  # of the circuit's extent: from the line to a corner's number


class CornerMark(NamedTuple):
    """Places a corner's number, beside the line on the outside."""

    number: int
    x_m: float
    y_m: float


class CircuitShape(NamedTuple):
    """Describes the line of a lap as it is drawn; it begins and ends at the start line."""

    line_m: Array  # shape (n, 2)
    corners: tuple[CornerMark, ...]
    above: tuple[tuple[int, int], ...]  # first and last point of each stretch on a bridge


class CircuitFacts(NamedTuple):
    """Holds the facts of a circuit before it is opened; times are of one car on one tyre."""

    title: str
    credit: str
    length_m: float
    left_corners: int
    right_corners: int
    clockwise: bool | None  # None: it crosses itself so that it turns neither way on the whole
    climb_m: float  # that a lap climbs in all; 0 on a flat one
    steepest: float  # grade, without its sign
    landscape: LandscapeKind
    weather: Weather  # that the times are of
    shape: CircuitShape
    best_s: float  # of the player, infinite without a lap
    bot_s: float  # infinite as long as the bot does not know the circuit
    medal: Medal | None
    medal_times: MedalTimes  # none as long as the bot has not driven them


def circuit_facts(name: str, spec: CarSpec, tyre: str) -> CircuitFacts:
    """Return the facts of the circuit of this name. Raises InputError if it cannot be driven on."""
    track = load_track(name)
    left, right = count_sides(track.corners)
    return CircuitFacts(
        title=track.title,
        credit=track.credit,
        length_m=track.length_m,
        left_corners=left,
        right_corners=right,
        clockwise=turns_clockwise(track.centreline),
        climb_m=track.profile.climb_m,
        steepest=track.profile.steepest,
        landscape=track.landscape.kind,
        weather=spec.weather,
        shape=circuit_shape(track),
        **circuit_times(track, spec, tyre)._asdict(),
    )


def circuit_shape(track: Track) -> CircuitShape:
    """Return the line of a circuit with the places of its corners' numbers."""
    s_m = np.linspace(0.0, track.length_m, _POINTS)
    line_m = track.centreline.position(s_m)
    aside_m = float((line_m.max(axis=0) - line_m.min(axis=0)).max()) * _ASIDE
    marks = []
    for corner in track.corners:
        outside_m = -aside_m if corner.inside == "left" else aside_m
        marks.append(CornerMark(corner.number, *track.centreline.point(corner.apex_m, outside_m)))
    return CircuitShape(line_m, tuple(marks), _bridges(track, s_m))


def _bridges(track: Track, s_m: Array) -> tuple[tuple[int, int], ...]:
    """Return the first and last of the distances on each bridge; one over the line is in two."""
    above = np.array([track.frames.tier_at(each_m) for each_m in s_m.tolist()]) == BRIDGE
    return tuple((run.begin, run.end) for run in sample_runs(above, closed=False))
