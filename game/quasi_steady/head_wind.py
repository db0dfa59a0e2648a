"""Plan speeds with the wind along a line: limits are worked out for three head winds.

They are those of the wind from behind, of calm air and of the wind from ahead, and stations lie
between two of them. Limits change with the square of the air's speed: in a wind of 10 m/s what lies
between differs from them by 0.03 m/s2 at most. What blows across a line is left out: at 10 m/s it
adds 2 % to the drag of a car at 50 m/s.
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Indices
from game.quasi_steady.ggv_limits import GgvLimits
from game.quasi_steady.racing_line import RacingLine
from game.trig_arrays import directions
from game.vehicle.parts import Car

CALM: Final = 1  # the number of the limits in calm air


class WindLimits(NamedTuple):
    """Holds a steady wind, and a car's limits with all of it from behind and from ahead."""

    x_mps: float  # the way that it blows
    y_mps: float
    tail: GgvLimits
    head: GgvLimits


class WindPlaces(NamedTuple):
    """Names the two of the three limits that each station lies between; shape (n,)."""

    number: Indices
    after: Array  # share of the limits after it


def wind_speed(car: Car) -> float:
    """Return the speed of the wind that a car counts on."""
    return math.hypot(car.wind.x_mps, car.wind.y_mps)


def head_wind(x_mps: float, y_mps: float, line: RacingLine) -> Array:
    """Return by how much the air meets the nose faster than the car drives, at each station, (n,).

    It is negative where the wind blows from behind.
    """
    heading = directions(line.heading_rad)
    return -(x_mps * heading.cos + y_mps * heading.sin)


def car_head_wind(car: Car, line: RacingLine) -> Array:
    """Return the head wind of a car along a line, in the wind that it counts on; shape (n,)."""
    if wind_speed(car) == 0.0:
        return np.zeros(len(line.s_m))
    return head_wind(car.wind.x_mps, car.wind.y_mps, line)


def wind_places(wind: WindLimits | None, line: RacingLine) -> WindPlaces:
    """Return where stations lie between the limits; in calm air at those of calm air."""
    count = len(line.s_m)
    if wind is None:
        return WindPlaces(np.full(count, CALM, np.intp), np.zeros(count))
    head_mps = head_wind(wind.x_mps, wind.y_mps, line)
    place = np.clip(head_mps / math.hypot(wind.x_mps, wind.y_mps) + 1.0, 0.0, 2.0)
    number = np.minimum(place.astype(np.intp), CALM)
    return WindPlaces(number, place - number)
