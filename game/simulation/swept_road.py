"""The cars of a world sweep water off the road and lay rubber on it where their wheels roll.

Both are the state of a world: shares of the water that lies there by the weather, and of the rubber
that the road lacks, in cells a metre wide at each of the places along the lap. A car that comes to
a place takes some of the water at its four wheels: as much in all as the weather's traffic takes by
a car, which spreads over the widths that many cars drive. The road fills again, everywhere by the
same share (`unfilled_rows` of `weather.water`); so a cell keeps its share as of the start, and
nothing happens to it until the next wheel. Between cells the share changes evenly, so that a car
meets a part of what it has just swept itself: a fiftieth of the water at most.

Rubber is laid in the same way, where no water lies: as much by a wheel as by one of the traffic
when it slides as that does on average, and else in proportion to the power lost in sliding on each
metre. Rain washes it off everywhere by the same share (`left` of `weather.rubber`). That is exact
where the line's own rubber does not change; else what cars laid there lasts a little too long.
"""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from game.compiled import tick_function
from game.scalars import maximum, minimum
from game.simulation.wet_road import (
    ANY_M,
    COLUMN_M,
    MOST_M,
    Between,
    WaterAcross,
    WetRoad,
    places_beside,
    rubber_now,
    water_beside,
)
from game.trig import Direction
from game.vehicle.parts import Car
from game.vehicle.state import CarState, PerWheel, TyreState, WheelInWater, WheelState
from game.vehicle.tyre import Tyre
from game.vehicle.wet_grip import green_grip, wet_grip
from game.weather.rubber import LAID_SHARE
from game.weather.water import ROW_S, THROWN_SHARE

# Of what is in a column, by each wheel: the weather's traffic takes its share within MOST_M of the
# line, and less and less of it up to ANY_M.
_BY_WHEEL: Final = (MOST_M + ANY_M) / COLUMN_M / 4.0
_SWEPT_SHARE: Final = THROWN_SHARE * _BY_WHEEL
# Work of a wheel's sliding on each metre, the mean over the bot's lap of Ricardo Tormo on slicks.
_USUAL_WORK_N: Final = 166.0
_LAID_SHARE_1PN: Final = LAID_SHARE * _BY_WHEEL / _USUAL_WORK_N
_MIN_SPEED_MPS: Final = 1.0  # guards the division for a wheel that spins on the spot


class CellsBeside(NamedTuple):
    """Says which cells lie beside a place along the lap, and how much of their shares is left."""

    before: int  # number of the first cell across the road at the place before
    after: int  # and at the one after
    share: float  # of the way from one to the other
    unfilled: float
    line_rubber: float  # which the weather has on the driven line
    rubber_left: float


class OnRoad(NamedTuple):
    """Says how a car is on the road."""

    offset_m: float
    heading: Direction  # relative to the road
    square_m2ps2: float  # of its speed


@tick_function
def cell_count(road: WetRoad) -> int:
    """Return how many cells a road has: none if nothing changes its grip or it has no line."""
    return road.water_cells * (1 + road.rubbering)


def untouched_cells(road: WetRoad) -> list[float]:
    """Return the cells of a road that no car has driven on yet."""
    return [0.0] * cell_count(road)


def packed_cells(cells: Sequence[float]) -> bytes:
    """Return cells, plain or an array, as few bytes, from which they are unpacked to the bit."""
    return zlib.compress(struct.pack(f"{len(cells)}d", *cells), level=1) if len(cells) else b""


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
def cells_between(road: WetRoad, between: Between, time_s: float, first_cell: int) -> CellsBeside:
    """Return the cells of water between two places at a time.

    first_cell: where those of the world begin.
    """
    rubber = rubber_now(road, time_s)
    return CellsBeside(
        first_cell + between.before * road.columns,
        first_cell + between.after * road.columns,
        between.share,
        unfilled_now(road, time_s),
        rubber.line,
        rubber.left,
    )


@tick_function
def swept_share(
    road: WetRoad, cells: Sequence[float], beside: CellsBeside, offset_m: float
) -> float:
    """Return the share of the weather's water that is swept away at an offset, 0..1."""
    return beside.unfilled * _between_cells(road, cells, beside, offset_m, 0)


@tick_function
def rubber_at(
    road: WetRoad, cells: Sequence[float], beside: CellsBeside, driven: float, offset_m: float
) -> float:
    """Return the rubber at an offset of which so much is the driven line, 0..1."""
    if road.rubbering == 0:
        return driven
    laid = beside.rubber_left * _between_cells(road, cells, beside, offset_m, road.water_cells)
    return 1.0 - (1.0 - driven * beside.line_rubber) * (1.0 - laid)


@tick_function
def _between_cells(
    road: WetRoad, cells: Sequence[float], beside: CellsBeside, offset_m: float, further: int
) -> float:
    """Return what the cells have at an offset; further: from those of water to those meant."""
    place = (offset_m + road.right_m) / COLUMN_M
    column = int(place)
    if place < 0.0 or column >= road.columns - 1:
        return 0.0
    aside = place - column
    before = beside.before + further + column
    after = beside.after + further + column
    low = cells[before] + aside * (cells[before + 1] - cells[before])
    high = cells[after] + aside * (cells[after + 1] - cells[after])
    return low + beside.share * (high - low)


@tick_function
def meet_road(
    road: WetRoad,
    cells: Sequence[float],
    across: WaterAcross,
    beside: CellsBeside,
    car: Car,
    state: CarState,
    place: OnRoad,
) -> None:
    """Find the water and the rubber under each wheel of a car, and the grip that they leave."""
    at_m = _wheel_offsets(car, place)
    weather = state.weather
    weather.road_varies = 1
    weather.unfilled = beside.unfilled
    weather.rubber_left = beside.rubber_left
    _meet(road, cells, across, beside, weather.front_left, at_m.front_left)
    _meet(road, cells, across, beside, weather.front_right, at_m.front_right)
    _meet(road, cells, across, beside, weather.rear_left, at_m.rear_left)
    _meet(road, cells, across, beside, weather.rear_right, at_m.rear_right)
    square_m2ps2 = place.square_m2ps2
    tyres = state.tyres
    _stand_in(road, weather.front_left, car.tyre, tyres.front_left, square_m2ps2)
    _stand_in(road, weather.front_right, car.tyre, tyres.front_right, square_m2ps2)
    _stand_in(road, weather.rear_left, car.tyre, tyres.rear_left, square_m2ps2)
    _stand_in(road, weather.rear_right, car.tyre, tyres.rear_right, square_m2ps2)
    front = weather.front_left.grip + weather.front_right.grip
    weather.grip = 0.25 * (front + weather.rear_left.grip + weather.rear_right.grip)


@tick_function
def _meet(
    road: WetRoad,
    cells: Sequence[float],
    across: WaterAcross,
    beside: CellsBeside,
    wheel: WheelInWater,
    offset_m: float,
) -> None:
    """Write what lies under a wheel at an offset."""
    here = water_beside(across, offset_m)
    wheel.water_m = here.water_m * (1.0 - swept_share(road, cells, beside, offset_m))
    wheel.rubber = rubber_at(road, cells, beside, here.driven, offset_m)


@tick_function
def _stand_in(
    road: WetRoad, wheel: WheelInWater, tyre: Tyre, state: TyreState, square_m2ps2: float
) -> None:
    """Write the grip that this leaves a wheel, with the pressure that its tyre has now."""
    pressure_pa = state.pressure_pa if state.pressure_pa > 0.0 else tyre.pressure_pa
    wheel.grip = wet_grip(tyre, wheel.water_m, wheel.rubber, square_m2ps2, pressure_pa)
    if road.rubbering != 0:
        wheel.grip *= green_grip(tyre, wheel.water_m, wheel.rubber)


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
    cells: Any,
    first_cell: int,
    car: Car,
    unfilled: float,
    place: OnRoad,
) -> None:
    """Sweep water off the road under a car's wheels; first_cell: of the place that it passes."""
    at_m = _wheel_offsets(car, place)
    roll_over(road, cells, first_cell, at_m.front_left, _SWEPT_SHARE, unfilled)
    roll_over(road, cells, first_cell, at_m.front_right, _SWEPT_SHARE, unfilled)
    roll_over(road, cells, first_cell, at_m.rear_left, _SWEPT_SHARE, unfilled)
    roll_over(road, cells, first_cell, at_m.rear_right, _SWEPT_SHARE, unfilled)


@tick_function
def lay_rubber(
    road: WetRoad, cells: Any, first_cell: int, car: Car, state: CarState, place: OnRoad
) -> None:
    """Lay rubber on the road under a car's wheels; first_cell: of the place that it passes."""
    at_m = _wheel_offsets(car, place)
    speed_mps = maximum(math.sqrt(place.square_m2ps2), _MIN_SPEED_MPS)
    weather = state.weather
    left = weather.rubber_left
    front_left = _laid(state.front_left, weather.front_left, speed_mps)
    front_right = _laid(state.front_right, weather.front_right, speed_mps)
    rear_left = _laid(state.rear_left, weather.rear_left, speed_mps)
    rear_right = _laid(state.rear_right, weather.rear_right, speed_mps)
    roll_over(road, cells, first_cell, at_m.front_left, front_left, left)
    roll_over(road, cells, first_cell, at_m.front_right, front_right, left)
    roll_over(road, cells, first_cell, at_m.rear_left, rear_left, left)
    roll_over(road, cells, first_cell, at_m.rear_right, rear_right, left)


@tick_function
def _laid(wheel: WheelState, under: WheelInWater, speed_mps: float) -> float:
    """Return the share of the rubber lacking in a column that a wheel lays: none in water."""
    if under.water_m > 0.0:
        return 0.0
    return minimum(_LAID_SHARE_1PN * wheel.sliding_power_w / speed_mps, 1.0)


@tick_function
def roll_over(
    road: WetRoad, cells: Any, first_cell: int, offset_m: float, taken: float, left: float
) -> None:
    """Let a wheel take a share from the two cells between which it rolls, if there are any."""
    place = (offset_m + road.right_m) / COLUMN_M
    column = int(place)
    if place >= 0.0 and column < road.columns - 1:
        aside = place - column
        cell = first_cell + column
        take_from_cell(cells, cell, (1.0 - aside) * taken, left)
        take_from_cell(cells, cell + 1, aside * taken, left)


@tick_function
def take_from_cell(cells: Any, cell: int, taken: float, left: float) -> None:
    """Take a share of what a cell still has of its water, or lacks of rubber.

    left: of a share that was taken at the start.
    """
    share = cells[cell] * left
    cells[cell] = (share + taken * (1.0 - share)) / left
