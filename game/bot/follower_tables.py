"""Hold the tables that a follower of a plan reads: lists when plain, arrays when compiled."""

from __future__ import annotations

import math
from typing import NamedTuple

from game.bot.plan import Plan, PlanTable
from game.bot.side_tables import NO_SIDES, SideTables
from game.quasi_steady.axle import tyre_curve
from game.simulation.split_table import SplitMaps
from game.track.tables import TrackTables
from game.track.track import Track
from game.vehicle.parts import Car
from game.vehicle.spec import CarSpec


class FollowerTables(NamedTuple):
    """Holds the circuit, the plan, and the parts of a car that `Car` does not hold."""

    track: TrackTables
    splits: list[float]  # the rows of `SplitMaps`
    plan: PlanTable
    slip_at_force: list[float]  # of the tyre's curve
    secants: list[float]  # force over slip of a tyre, at even steps from no slip to its peak
    half_width_m: float
    sides: SideTables = NO_SIDES


def follower_tables(
    track: Track,
    maps: SplitMaps,
    spec: CarSpec,
    car: Car,
    plan: Plan,
    sides: SideTables = NO_SIDES,
) -> FollowerTables:
    """Return the tables for a car on a track, with the maps that the car was made with.

    sides: lines for driving among other cars.
    """
    curve = tyre_curve(car.tyre)
    return FollowerTables(
        track=track.tables,
        splits=maps.rows,
        plan=plan.table,
        slip_at_force=curve.slip_at_force,
        secants=[math.sqrt(square) for square in curve.squared_secants],
        half_width_m=0.5 * spec.chassis.width_m,
        sides=sides,
    )
