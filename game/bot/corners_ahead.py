"""Find the corners that a plan brakes for: where they begin, and on which side their inside is."""

from __future__ import annotations

import math
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.bot.plan import Plan

_BRAKING_MPS2: Final = -2.0  # of a plan that brakes
_SLOWER_MPS: Final = 8.0  # that braking for a corner takes off at least


class CornersAhead(NamedTuple):
    """Holds for each station of a plan the next corner that is braked for, each of shape (n,)."""

    number: Array  # of the corner, from 0, up to where it is slowest; -1 on a lap without any
    inside: Array  # 1 on the left, -1 on the right
    brakes_m: Array  # way to where braking for it begins; 0 from there on


def corners_ahead(plan: Plan) -> CornersAhead:
    """Return the corners that a plan brakes for."""
    count = len(plan.speed_mps)
    number, inside, brakes_m = np.full(count, -1.0), np.zeros(count), np.full(count, math.inf)
    zones = _braking_zones(plan)
    for corner, (begin, end) in enumerate(zones):
        before = zones[corner - 1][1]
        way = (end - before) % count or count
        stations = (before + 1 + np.arange(way)) % count  # after the corner before, to this one
        number[stations] = corner
        inside[stations] = math.copysign(1.0, plan.curvature_1pm[end % count])
        left = (way - 1) - (end - begin) - np.arange(way)
        brakes_m[stations] = plan.station_m * np.maximum(left, 0)
    return CornersAhead(number, inside, brakes_m)


def _braking_zones(plan: Plan) -> list[tuple[int, int]]:
    """Return first and last station of each braking zone; the last is the slowest one.

    A zone that goes on behind the line has its last station beyond the lap.
    """
    count = len(plan.speed_mps)
    brakes = plan.accel_mps2 < _BRAKING_MPS2
    begins = np.flatnonzero(brakes & ~np.roll(brakes, 1))
    zones: list[tuple[int, int]] = []
    for begin in begins.tolist():
        if zones and begin <= zones[-1][1]:
            continue
        end = begin
        while plan.speed_mps[(end + 1) % count] < plan.speed_mps[end % count]:
            end += 1
        if plan.speed_mps[begin] - plan.speed_mps[end % count] >= _SLOWER_MPS:
            zones.append((begin, end))
    return zones
