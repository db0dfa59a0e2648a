"""Find the places of all cars after every lap of a race."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate


def places_by_lap(lap_times_s: Sequence[Sequence[float]]) -> list[list[int]]:
    """Return for each car its place on the grid, then that after each lap it has finished.

    lap_times_s: of the finished laps of each car, in the order of the grid. Places count from 1.
    """
    crossings_s = [list(accumulate(times)) for times in lap_times_s]
    places = [[car + 1] for car in range(len(lap_times_s))]
    for lap in range(max(map(len, crossings_s), default=0)):
        home = [car for car, times in enumerate(crossings_s) if lap < len(times)]
        home.sort(key=lambda car: crossings_s[car][lap])
        for place, car in enumerate(home, start=1):
            places[car].append(place)
    return places
