"""The cars of a world sweep water off the road where their wheels roll.

The water swept away is the state of a world: a share of what lies there by the weather, in cells a
metre wide at each of the places along the lap. A car that comes to a place takes some of it at its
four wheels: as much in all as the weather's traffic takes by a car, which spreads over the widths
that many cars drive. The road fills again, everywhere by the same share (`unfilled_rows` of
`weather.water`); so a cell keeps its share as of the start, and nothing happens to it until the
next wheel. Between cells the share changes evenly, so that a car meets a part of what it has just
swept itself: a fiftieth of the water at most.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from game.compiled import tick_function
from game.simulation.wet_road import (
    ANY_M,
    COLUMN_M,
    MOST_M,
    Between,
    WaterAcross,
    WetRoad,
    places_beside,
    water_beside,
)
from game.trig import Direction
from game.vehicle.parts import Car
from game.vehicle.state import CarState, PerWheel, TyreState, WheelInWater
from game.vehicle.tyre import Tyre
from game.vehicle.wet_grip import wet_grip
from game.weather.water import ROW_S, THROWN_SHARE

# Of the water in a column, by each wheel: the weather's traffic takes its share within MOST_M of
# the line, and less and less of it up to ANY_M.
_SWEPT_SHARE: Final = THROWN_SHARE * (MOST_M + ANY_M) / COLUMN_M / 4.0


class CellsBeside(NamedTuple):
    """Says which cells lie beside a place along the lap, and how much of their share is left."""

    before: int  # number of the first cell across the road at the place before
    after: int  # and at the one after
    share: float  # of the way from one to the other
    unfilled: float


class OnRoad(NamedTuple):
    """Says how a car is on the road."""

    offset_m: float
    heading: Direction  # relative to the road
    square_m2ps2: float  # of its speed


def cell_count(road: WetRoad) -> int:
    """Return how many cells a road has: none if it is dry or has no line."""
    return road.columns * len(road.places)


def not_swept(road: WetRoad) -> list[float]:
    """Return the cells of a road that no car has driven on yet."""
    return [0.0] * cell_count(road)


def packed_cells(swept: Sequence[float]) -> bytes:
    """Return cells, plain or an array, as few bytes, from which they are unpacked to the bit."""
    return zlib.compress(struct.pack(f"{len(swept)}d", *swept), level=1) if len(swept) else b""


def unpacked_cells(packed: bytes) -> tuple[float, ...]:
    """Return the cells that were packed."""
    content = zlib.decompress(packed) if packed else b""
    return struct.unpack(f"{len(content) // 8}d", content)


@tick_function
def unfilled_now(road: WetRoad, time_s: float) -> float:
    """Return how much is still missing at a time of the water swept away at the start."""
    last = len(road.unfilled) - 1
    place = time_s / ROW_S
    index = int(place)
    if index >= last:
        return road.unfilled[last]
    low = road.unfilled[index]
    return low + (place - index) * (road.unfilled[index + 1] - low)


@tick_function
def cells_between(road: WetRoad, between: Between, unfilled: float, first_cell: int) -> CellsBeside:
    """Return the cells between two places; first_cell: where those of the world begin."""
    return CellsBeside(
        first_cell + between.before * road.columns,
        first_cell + between.after * road.columns,
        between.share,
        unfilled,
    )


@tick_function
def swept_share(
    road: WetRoad, swept: Sequence[float], beside: CellsBeside, offset_m: float
) -> float:
    """Return the share of the weather's water that is swept away at an offset, 0..1."""
    place = (offset_m + road.right_m) / COLUMN_M
    column = int(place)
    if place < 0.0 or column >= road.columns - 1:
        return 0.0
    aside = place - column
    before = beside.before + column
    after = beside.after + column
    low = swept[before] + aside * (swept[before + 1] - swept[before])
    high = swept[after] + aside * (swept[after + 1] - swept[after])
    return beside.unfilled * (low + beside.share * (high - low))


@tick_function
def meet_water(
    road: WetRoad,
    swept: Sequence[float],
    across: WaterAcross,
    beside: CellsBeside,
    car: Car,
    state: CarState,
    place: OnRoad,
) -> None:
    """Find the water under each wheel of a car, and the grip that it leaves."""
    at_m = _wheel_offsets(car, place)
    square_m2ps2 = place.square_m2ps2
    weather = state.weather
    tyres = state.tyres
    front_left = water_beside(across, at_m.front_left)
    front_right = water_beside(across, at_m.front_right)
    rear_left = water_beside(across, at_m.rear_left)
    rear_right = water_beside(across, at_m.rear_right)
    weather.front_left.water_m = front_left.water_m * (
        1.0 - swept_share(road, swept, beside, at_m.front_left)
    )
    weather.front_right.water_m = front_right.water_m * (
        1.0 - swept_share(road, swept, beside, at_m.front_right)
    )
    weather.rear_left.water_m = rear_left.water_m * (
        1.0 - swept_share(road, swept, beside, at_m.rear_left)
    )
    weather.rear_right.water_m = rear_right.water_m * (
        1.0 - swept_share(road, swept, beside, at_m.rear_right)
    )
    weather.wet = 1
    weather.unfilled = beside.unfilled
    _stand_in(weather.front_left, car.tyre, tyres.front_left, front_left.driven, square_m2ps2)
    _stand_in(weather.front_right, car.tyre, tyres.front_right, front_right.driven, square_m2ps2)
    _stand_in(weather.rear_left, car.tyre, tyres.rear_left, rear_left.driven, square_m2ps2)
    _stand_in(weather.rear_right, car.tyre, tyres.rear_right, rear_right.driven, square_m2ps2)
    front = weather.front_left.grip + weather.front_right.grip
    weather.grip = 0.25 * (front + weather.rear_left.grip + weather.rear_right.grip)


@tick_function
def _stand_in(
    wheel: WheelInWater, tyre: Tyre, state: TyreState, driven: float, square_m2ps2: float
) -> None:
    """Write the grip that its water leaves a wheel, with the pressure that its tyre has now."""
    pressure_pa = state.pressure_pa if state.pressure_pa > 0.0 else tyre.pressure_pa
    wheel.grip = wet_grip(tyre, wheel.water_m, driven, square_m2ps2, pressure_pa)


@tick_function
def _wheel_offsets(car: Car, place: OnRoad) -> PerWheel[float]:
    """Return the offsets of a car's wheels from the centreline."""
    ahead_m = place.offset_m + car.front_axle_m * place.heading.sin
    behind_m = place.offset_m - car.rear_axle_m * place.heading.sin
    aside_m = car.half_track_m * place.heading.cos
    return PerWheel(ahead_m + aside_m, ahead_m - aside_m, behind_m + aside_m, behind_m - aside_m)


@tick_function
def place_passed(road: WetRoad, from_m: float, to_m: float) -> int:
    """Return the number of the place that a car passed on its way along the lap; -1 for none."""
    if math.floor(from_m / road.place_m) == math.floor(to_m / road.place_m):
        return -1  # as mostly, which is spared what follows
    before = places_beside(road, from_m).before
    after = places_beside(road, to_m).before
    if before == after:
        return -1
    step = after - before
    if step == 1 or step < -1:  # ahead; beyond the last place comes the first
        return after
    return before


@tick_function
def sweep_place(
    road: WetRoad,
    swept: Any,
    first_cell: int,
    car: Car,
    unfilled: float,
    place: OnRoad,
) -> None:
    """Sweep water off the road under a car's wheels; first_cell: of the place that it passes."""
    at_m = _wheel_offsets(car, place)
    roll_over(road, swept, first_cell, at_m.front_left, unfilled)
    roll_over(road, swept, first_cell, at_m.front_right, unfilled)
    roll_over(road, swept, first_cell, at_m.rear_left, unfilled)
    roll_over(road, swept, first_cell, at_m.rear_right, unfilled)


@tick_function
def roll_over(road: WetRoad, swept: Any, first_cell: int, offset_m: float, unfilled: float) -> None:
    """Let a wheel at an offset sweep the two cells between which it rolls, if there are any."""
    place = (offset_m + road.right_m) / COLUMN_M
    column = int(place)
    if place >= 0.0 and column < road.columns - 1:
        aside = place - column
        cell = first_cell + column
        sweep_cell(swept, cell, (1.0 - aside) * _SWEPT_SHARE, unfilled)
        sweep_cell(swept, cell + 1, aside * _SWEPT_SHARE, unfilled)


@tick_function
def sweep_cell(swept: Any, cell: int, taken: float, unfilled: float) -> None:
    """Take a share of the water that is left in a cell."""
    share = swept[cell] * unfilled
    swept[cell] = (share + taken * (1.0 - share)) / unfilled
