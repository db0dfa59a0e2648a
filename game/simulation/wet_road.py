"""The water on a circuit is a field along and across the lap, which every wheel meets.

How deep it gets at a place is due to the road there (`track.wet_places`); over time it follows from
the weather (`weather.water`), where cars drive as beside there. Cars that pass, many a minute, dry
their line; so that it is the same for everybody, and needs no state: the cars of a world count as
some of them and do not dry the road once more. Rubber lies on the same line.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import absolute, clamp
from game.track.track import Track
from game.track.wet_places import WetPlace
from game.trig import Direction
from game.vehicle.parts import Car
from game.vehicle.state import CarState, TyreState, WheelInWater
from game.vehicle.tyre import Tyre
from game.vehicle.wet_grip import wet_grip
from game.weather.water import ROW_S, WaterRow, water_rows
from game.weather.weather import Weather

_NO_PLACE: Final = WetPlace(0.0, 1.0)
# Estimates, of how far from the line wheels roll: the wheels of most cars, and of any.
_MOST_M: Final = 1.8
_ANY_M: Final = 4.0


class WetRoad(NamedTuple):
    """Holds the water of a drive on a circuit: lists when plain, arrays when compiled."""

    wet: int  # 0: there never is any
    lined: int  # 0: tarmac without end, on which cars drive anywhere
    place_m: float  # from one place along the lap to the next
    places: list[WetPlace]
    rows: list[WaterRow]  # ROW_S apart; the last one stays


class WaterHere(NamedTuple):
    """Describes the water at a place on the road at a moment."""

    water_m: float
    driven: float  # how much of it is the line that is driven, and has rubber on it, 0..1


class WaterAcross(NamedTuple):
    """Describes the water across the road at one place along it, at a moment."""

    line_m: float  # offset of the line that is driven
    on_line_m: float  # depth
    beside_m: float
    lined: int


def wet_road(track: Track | None, weather: Weather) -> WetRoad:
    """Return the water of a weather on a circuit, or on tarmac without end."""
    rows = list(water_rows(weather))
    if track is None or not weather.is_wet:
        return WetRoad(int(weather.is_wet), 0, 1.0, [_NO_PLACE], rows)
    places = track.wet_places
    return WetRoad(1, 1, track.length_m / len(places), places, rows)


@tick_function
def water_now(road: WetRoad, time_s: float) -> WaterRow:
    """Return the water at a time, on a road of the usual width and fall."""
    rows = road.rows
    last = len(rows) - 1
    place = time_s / ROW_S
    index = int(place)
    if index >= last:
        return WaterRow(rows[last].line_m, rows[last].beside_m)
    share = place - index
    low = rows[index]
    high = rows[index + 1]
    return WaterRow(
        low.line_m + share * (high.line_m - low.line_m),
        low.beside_m + share * (high.beside_m - low.beside_m),
    )


@tick_function
def water_across(road: WetRoad, s_m: float, time_s: float) -> WaterAcross:
    """Return the water across the road at a place along the lap; s_m is within a lap of it."""
    now = water_now(road, time_s)
    if road.lined == 0:
        return WaterAcross(0.0, now.line_m, now.beside_m, 0)
    count = len(road.places)
    place = s_m / road.place_m
    if place < 0.0:
        place += count
    before = int(place)
    share = place - before
    if before >= count:
        before -= count
    after = before + 1 if before + 1 < count else 0
    low = road.places[before]
    high = road.places[after]
    deeper = low.deeper + share * (high.deeper - low.deeper)
    return WaterAcross(
        low.line_m + share * (high.line_m - low.line_m),
        deeper * now.line_m,
        deeper * now.beside_m,
        1,
    )


@tick_function
def water_beside(across: WaterAcross, offset_m: float) -> WaterHere:
    """Return the water at an offset from the centreline."""
    if across.lined == 0:
        return WaterHere(across.beside_m, 0.0)
    from_line_m = absolute(offset_m - across.line_m)
    driven = clamp((_ANY_M - from_line_m) / (_ANY_M - _MOST_M), 0.0, 1.0)
    return WaterHere(across.beside_m + driven * (across.on_line_m - across.beside_m), driven)


@tick_function
def meet_water(
    car: Car,
    state: CarState,
    across: WaterAcross,
    offset_m: float,
    heading: Direction,
    square_m2ps2: float,
) -> None:
    """Find the water under each wheel of a car, and the grip that it leaves.

    Given are the car's offset, its heading relative to the road, and the square of its speed.
    """
    ahead_m = offset_m + car.front_axle_m * heading.sin
    behind_m = offset_m - car.rear_axle_m * heading.sin
    aside_m = car.half_track_m * heading.cos
    weather = state.weather
    tyres = state.tyres
    front_left = water_beside(across, ahead_m + aside_m)
    front_right = water_beside(across, ahead_m - aside_m)
    rear_left = water_beside(across, behind_m + aside_m)
    rear_right = water_beside(across, behind_m - aside_m)
    weather.wet = 1
    _stand_in(weather.front_left, car.tyre, tyres.front_left, front_left, square_m2ps2)
    _stand_in(weather.front_right, car.tyre, tyres.front_right, front_right, square_m2ps2)
    _stand_in(weather.rear_left, car.tyre, tyres.rear_left, rear_left, square_m2ps2)
    _stand_in(weather.rear_right, car.tyre, tyres.rear_right, rear_right, square_m2ps2)
    front = weather.front_left.grip + weather.front_right.grip
    weather.grip = 0.25 * (front + weather.rear_left.grip + weather.rear_right.grip)


@tick_function
def _stand_in(
    wheel: WheelInWater, tyre: Tyre, state: TyreState, here: WaterHere, square_m2ps2: float
) -> None:
    """Write the water at a wheel, with the pressure that its tyre has now."""
    pressure_pa = state.pressure_pa if state.pressure_pa > 0.0 else tyre.pressure_pa
    wheel.water_m = here.water_m
    wheel.grip = wet_grip(tyre, here.water_m, here.driven, square_m2ps2, pressure_pa)
