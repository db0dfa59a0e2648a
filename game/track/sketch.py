"""Sketch a lap: the room beside it and the speeds along it, by which surroundings are made.

Everything is elementwise, or one number after another, so that all machines make the same.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from game.arrays import Array, Indices
from game.track.bands import profile
from game.track.centreline import Centreline
from game.track.corners import Corner
from game.track.defaults import Speeds, track_defaults
from game.track.levels import GROUND, all_that_meet
from game.track.sampling import Frames, sample_frames
from game.track.track_file import CentrelineEntry, GroundEntry, Side

SIDES: Final[tuple[Side, Side]] = ("left", "right")
_STEP_M: Final = 4.0
_MAX_PLACES: Final = 2500  # all pairs are compared
_ROWS: Final = 64  # of pairs that are compared at a time
_MAX_ROOM_M: Final = 250.0
_STRAIGHT_1PM: Final = 1e-4
_SPARE_M: Final = 1.0  # of the room beside the lap: a barrier leaves as much of it ...
_BARRIER_SHARE: Final = 0.85  # ... and takes this share of it at most
_ASIDE_M: Final = 1e-6  # what is less to the side lies ahead or behind


@dataclass(frozen=True)
class Sketch:
    """Samples a lap in steps of about four metres; all arrays have the shape (n,)."""

    frames: Frames
    corners: tuple[Corner, ...]
    edge_m: dict[Side, Array]  # of the tarmac, from the centreline
    speed_mps: Array

    @cached_property
    def room_m(self) -> dict[Side, Array]:
        """Return how far a side reaches before another part of the lap is nearer.

        All pairs of samples are compared for it, which a file that has its own walls needs not.
        """
        return {"left": _room_m(self.frames, 1.0), "right": _room_m(self.frames, -1.0)}

    @property
    def length_m(self) -> float:
        """Return the length of the lap."""
        return self.frames.length_m

    @property
    def step_m(self) -> float:
        """Return the distance between two samples."""
        return self.frames.length_m / len(self.frames.s_m)

    def between(self, from_m: float, to_m: float) -> Indices:
        """Return the samples from one distance to another, in driving order, one at least."""
        count = len(self.frames.s_m)
        first = math.floor(from_m / self.step_m)
        last = max(math.ceil(to_m / self.step_m), first + 1)
        return np.arange(first, min(last, first + count - 1) + 1) % count

    def limit_m(self, side: Side) -> Array:
        """Return how far from the centreline a barrier may stand on a side."""
        room_m = self.room_m[side]
        return np.minimum(room_m - _SPARE_M, _BARRIER_SHARE * room_m)

    def bridged(self, at: Indices) -> bool:
        """Return whether one of the samples lies on a bridge or on its ramps."""
        return bool((self.frames.tier[at] != GROUND).any())

    def before_line_m(self) -> float:
        """Return the length of the straight before the start line, 0 if it lies in a corner."""
        ends_m = [(-corner.exit_m) % self.length_m for corner in self.corners]
        return 0.0 if self.in_corner(0.0) else min(ends_m, default=self.length_m)

    def after_line_m(self) -> float:
        """Return the length of the straight after the start line, 0 if it lies in a corner."""
        begins_m = [corner.turn_in_m % self.length_m for corner in self.corners]
        return 0.0 if self.in_corner(0.0) else min(begins_m, default=self.length_m)

    def in_corner(self, s_m: float) -> bool:
        """Return whether a place on the lap lies within a corner."""
        return any(
            (s_m - corner.turn_in_m) % self.length_m < corner.exit_m - corner.turn_in_m
            for corner in self.corners
        )


def sketch_lap(
    centreline: Centreline,
    corners: tuple[Corner, ...],
    entry: CentrelineEntry,
    ground: GroundEntry,
) -> Sketch:
    """Return the outline of a lap."""
    step_m = max(_STEP_M, centreline.length_m / _MAX_PLACES)
    frames = sample_frames(centreline, entry.bridges, step_m)
    return Sketch(
        frames,
        corners,
        {
            "left": profile(frames.s_m, ground.left_m, frames.length_m),
            "right": profile(frames.s_m, ground.right_m, frames.length_m),
        },
        _speeds_mps(frames, track_defaults().speeds),
    )


def around(values: Array, reach: int, *, lowest: bool) -> Array:
    """Return the lowest or the highest of the values up to `reach` places away on a closed lap."""
    pick = np.minimum if lowest else np.maximum
    found = values
    for shift in range(1, reach + 1):
        found = pick(found, pick(np.roll(values, shift), np.roll(values, -shift)))
    return found


def no_steeper(values: Array, rise: float) -> Array:
    """Return the highest values that are not above these and rise by at most so much a place."""
    found: list[float] = values.tolist()
    count = len(found)
    lowest = found.index(min(found))
    for onwards in (1, -1):
        for place in range(count):
            here = (lowest + onwards * place) % count
            there = (here + onwards) % count
            found[there] = min(found[there], found[here] + rise)
    return np.array(found)


def _room_m(frames: Frames, sign: float) -> Array:
    """Return how far to a side the own part of the lap is the nearest.

    The place at a distance d to the side is nearer to the own part than to another one that lies
    in the direction q as long as |q - d n| > d with n to the side: d < |q|^2 / (2 q n).
    """
    x_m, y_m = frames.x_m, frames.y_m
    rows = []
    for begin in range(0, len(x_m), _ROWS):
        at = slice(begin, begin + _ROWS)
        east_m, north_m = x_m - x_m[at, None], y_m - y_m[at, None]
        aside_m = sign * (north_m * frames.cos[at, None] - east_m * frames.sin[at, None])
        other = aside_m > _ASIDE_M
        if frames.has_bridges:
            other &= all_that_meet(frames.tier[at, None], frames.tier[None, :])
        square = east_m * east_m + north_m * north_m
        room_m = np.where(other, square / np.where(other, 2.0 * aside_m, 1.0), _MAX_ROOM_M)
        rows.append(np.minimum(room_m.min(axis=1), _MAX_ROOM_M))
    return np.concatenate(rows)


def _speeds_mps(frames: Frames, car: Speeds) -> Array:
    """Return the speeds of a car that takes each corner as fast as it can."""
    bend_1pm = np.maximum(np.abs(frames.curvature_1pm), _STRAIGHT_1PM)
    cornering = np.minimum(np.sqrt(car.lateral_mps2 / bend_1pm), car.max_mps)
    speeds: list[float] = cornering.tolist()
    step_m = frames.length_m / len(speeds)
    slowest = speeds.index(min(speeds))
    order = [(slowest + place) % len(speeds) for place in range(len(speeds) + 1)]
    _follow(speeds, order, step_m, car, braking=False)
    _follow(speeds, order[::-1], step_m, car, braking=True)
    return np.array(speeds)


def _follow(
    speeds: list[float], order: Sequence[int], step_m: float, car: Speeds, *, braking: bool
) -> None:
    """Lower speeds to what can be reached from the ones before them in that order."""
    for here, there in pairwise(order):
        speed = speeds[here]
        by_power = min(car.accelerating_mps2, car.power_wpkg / max(speed, 1.0))
        change = car.braking_mps2 if braking else by_power
        speeds[there] = min(speeds[there], math.sqrt(speed * speed + 2.0 * change * step_m))
