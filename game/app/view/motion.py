"""Follow the motion of a camera's car, and the road that lies ahead of it."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.simulation.snapshot import Snapshot
from game.track.centreline import Centreline
from game.trig import wrap_angle
from game.units import PI

MIN_TURNING_MPS: Final = 3.0  # slower, and in reverse, a car's course says little
STEP_S: Final = 0.1  # between two of the places ahead
TIMES_S: Final = tuple(STEP_S * step for step in range(29))  # of the places ahead
_GRID_M: Final = 2.0
# No car is quicker: the racing line is wider than the centreline, and brakes late.
_CORNER_MPS2: Final = 36.0
_BRAKING_MPS2: Final = 15.0
_STRAIGHT_1PM: Final = 1e-4
_GAINING_S: Final = 0.5  # a car that accelerates is taken to go on for so long
_MAX_GAIN_MPS2: Final = 10.0
_TURNING_S: Final = 0.6  # ahead, the track's direction counts for the view's heading
_BACK_ON_LINE_M: Final = 30.0  # ahead, the road is the centreline wherever the car is
_MAX_ASIDE_M: Final = 25.0  # the road of a car that is farther off begins beside the centreline


class FollowedMotion(NamedTuple):
    """Holds the followed car's velocity east and north, and where it is going."""

    velocity_x_mps: float
    velocity_y_mps: float
    forward_mps: float
    heading_rad: float  # for the view: between where the car goes and where the track goes
    ahead_m: tuple[tuple[float, float], ...]  # the road from the car, at `TIMES_S`

    @property
    def speed_mps(self) -> float:
        """Return the speed, whichever way the car goes."""
        return math.hypot(self.velocity_x_mps, self.velocity_y_mps)

    def place_m(self, soon_s: float) -> tuple[float, float]:
        """Return where the road will have taken the car by then, east and north of here."""
        return self.ahead_m[step_at(soon_s)]


def step_at(soon_s: float) -> int:
    """Return the index in `ahead_m` of the place that the car will have reached by then."""
    return round(soon_s / STEP_S)


def velocity_mps(now: Snapshot) -> tuple[float, float]:
    """Return a car's velocity, east and north."""
    cos, sin = math.cos(now.heading_rad), math.sin(now.heading_rad)
    forward_mps, left_mps = now.velocity_forward_mps, now.velocity_left_mps
    return forward_mps * cos - left_mps * sin, forward_mps * sin + left_mps * cos


class RoadAhead:
    """Holds a circuit's centreline, and how fast it can be driven at most, both ways round."""

    def __init__(self, centreline: Centreline) -> None:
        count = math.ceil(centreline.length_m / _GRID_M)
        self._grid_m = centreline.length_m / count
        grid_m = self._grid_m * np.arange(count)
        bends_1pm = np.abs(centreline.curvature_1pm(grid_m))
        self._places = [(x_m, y_m) for x_m, y_m in centreline.position(grid_m).tolist()]
        self._headings_rad = centreline.heading_rad(grid_m).tolist()
        corner_mps = np.sqrt(_CORNER_MPS2 / np.maximum(bends_1pm, _STRAIGHT_1PM))
        self._onwards_mps = _braked_mps(corner_mps, self._grid_m).tolist()
        self._backwards_mps = _braked_mps(corner_mps[::-1], self._grid_m)[::-1].tolist()

    def highest_mps(self, s_m: float) -> float:
        """Return a speed that no car exceeds at a place on the lap, driven onwards."""
        speed_mps: float = self._onwards_mps[self._cell(s_m)]
        return speed_mps

    def motion_of(self, now: Snapshot) -> FollowedMotion:
        """Return how the car of a snapshot moves."""
        forward_mps, left_mps = now.velocity_forward_mps, now.velocity_left_mps
        slip_rad = math.atan2(left_mps, forward_mps) if forward_mps > MIN_TURNING_MPS else 0.0
        course_rad = now.heading_rad + slip_rad
        velocity_x_mps, velocity_y_mps = velocity_mps(now)
        along_mps = velocity_x_mps * math.cos(now.track_heading_rad)
        along_mps += velocity_y_mps * math.sin(now.track_heading_rad)
        turns_to_m = now.s_m + _TURNING_S * along_mps
        turns_to_rad = self._headings_rad[self._cell(turns_to_m)]
        aside_rad = wrap_angle(turns_to_rad - course_rad)
        # Someone driving the wrong way is shown their own way.
        blend_rad = 0.5 * aside_rad if abs(aside_rad) < 0.5 * PI else 0.0
        return FollowedMotion(
            velocity_x_mps,
            velocity_y_mps,
            forward_mps,
            course_rad + blend_rad,
            self._places_m(now, along_mps + math.copysign(_soon_gained_mps(now), along_mps)),
        )

    def _places_m(self, now: Snapshot, along_mps: float) -> tuple[tuple[float, float], ...]:
        """Return the centreline ahead, from the car, in the direction in which it goes along it."""
        here_x_m, here_y_m = self._place(now.s_m)
        aside_x_m = min(max(here_x_m - now.x_m, -_MAX_ASIDE_M), _MAX_ASIDE_M)
        aside_y_m = min(max(here_y_m - now.y_m, -_MAX_ASIDE_M), _MAX_ASIDE_M)
        ahead = []
        for travelled_m in self._travelled_m(now.s_m, along_mps):
            x_m, y_m = self._place(now.s_m + travelled_m)
            back = min(abs(travelled_m) / _BACK_ON_LINE_M, 1.0)
            ahead.append((x_m - here_x_m + back * aside_x_m, y_m - here_y_m + back * aside_y_m))
        return tuple(ahead)

    def _place(self, s_m: float) -> tuple[float, float]:
        """Return a place of the centreline, a few centimetres off in the tightest bends."""
        cells = s_m / self._grid_m
        cell = math.floor(cells)
        share = cells - cell
        x_m, y_m = self._places[cell % len(self._places)]
        next_x_m, next_y_m = self._places[(cell + 1) % len(self._places)]
        return x_m + share * (next_x_m - x_m), y_m + share * (next_y_m - y_m)

    def _cell(self, s_m: float) -> int:
        return round(s_m / self._grid_m) % len(self._places)

    def _travelled_m(self, s_m: float, along_mps: float) -> list[float]:
        """Return how far the car will have gone at `TIMES_S` if it brakes as late as it can."""
        max_mps = self._onwards_mps if along_mps >= 0.0 else self._backwards_mps
        step_s = math.copysign(STEP_S, along_mps)
        travelled_m = [0.0]
        for _ in TIMES_S[1:]:
            highest = max_mps[self._cell(s_m + travelled_m[-1])]
            travelled_m.append(travelled_m[-1] + step_s * min(abs(along_mps), highest))
        return travelled_m


def _soon_gained_mps(now: Snapshot) -> float:
    """Return by how much a car that accelerates will be faster when the camera has moved."""
    return _GAINING_S * min(max(now.accel_forward_mps2, 0.0), _MAX_GAIN_MPS2)


def _braked_mps(corner_mps: Array, step_m: float) -> Array:
    """Return the highest speeds from which every corner ahead can be reached at its own speed."""
    squares = corner_mps * corner_mps
    gain = 2.0 * _BRAKING_MPS2 * step_m
    fastest = squares[0]
    for index in range(2 * len(squares) - 1, -1, -1):  # twice round: the lap is closed
        at = index % len(squares)
        fastest = min(squares[at], fastest + gain)
        squares[at] = fastest
    return np.sqrt(squares)
