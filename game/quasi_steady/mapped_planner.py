"""Speeds for a car whose axles share torque by a split map: each place has its own limits."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from game.arrays import Array
from game.quasi_steady.ggv_limits import ggv_limits
from game.quasi_steady.speed_profile import SpeedPlanner, TablePlaces
from game.quasi_steady.track_conditions import TrackConditions
from game.simulation.split_table import resolve
from game.track.track import Track
from game.vehicle.parts import Car
from game.vehicle.setup import Setup


def mapped_planner(
    track: Track, car: Car, setup: Setup, conditions: TrackConditions
) -> SpeedPlanner:
    """The planner of a car and its setup; without a map, that of the car's own limits.

    With one, the limits are worked out for each share that the map holds, and each station takes
    those of the share nearest to its own: a ramp is shorter than a few stations.
    """
    own = ggv_limits(car, conditions)
    if setup.split_map is None:
        return SpeedPlanner(own)
    table = resolve(setup.split_map, setup, track)
    drives = _held(table.front_torque_share, setup.front_torque_share)
    regens = _held(table.front_regen_share, setup.front_regen_share)
    driven = [ggv_limits(replace(car, front_torque_share=share), conditions) for share in drives]
    braked = [ggv_limits(replace(car, front_regen_share=share), conditions) for share in regens]
    limits = own._replace(
        drive_mps2=[value for limits in driven for value in limits.drive_mps2],
        brake_mps2=[value for limits in braked for value in limits.brake_mps2],
    )

    def tables_at(s_m: Array) -> TablePlaces:
        samples = np.rint(s_m / table.station_m).astype(int) % len(table.front_torque_share)
        exactly = [0.0] * len(samples)
        return TablePlaces(
            _nearest(drives, np.array(table.front_torque_share)[samples]),
            exactly,
            _nearest(regens, np.array(table.front_regen_share)[samples]),
            exactly,
        )

    return SpeedPlanner(limits, tables_at)


def _held(shares: list[float], own: float) -> list[float]:
    """The setup's share and all that hold for more than a station: not those on ramps."""
    return sorted({own, *(one for one, other in pairwise(shares) if one == other)})


def _nearest(held: list[float], shares: Array) -> list[int]:
    away = np.abs(np.array(held)[:, None] - shares)
    numbers: list[int] = away.argmin(axis=0).tolist()
    return numbers
