"""The water and the rubber on a circuit are fields along and across the lap, which wheels meet.

How deep it gets at a place is due to the road there (`track.wet_places`); over time it follows from
the weather (`weather.water`), where its traffic drives as beside there. Rubber lies on the same
line, as much as usual or as the weather says (`weather.rubber`). That is the same for everybody and
needs no state, so that it can be planned with. What the cars of a world sweep away and lay besides
is its state (`swept_road.py`).
"""

from __future__ import annotations

import math
from typing import Final, NamedTuple

from game.compiled import tick_function
from game.scalars import absolute, clamp
from game.track.track import Track
from game.track.wet_places import WetPlace
from game.weather.rubber import RubberRow, rubber_rows
from game.weather.water import ROW_S, WaterRow, unfilled_rows, water_rows
from game.weather.weather import Weather

_NO_PLACE: Final = WetPlace(0.0, 1.0)
COLUMN_M: Final = 1.0  # from one cell across the road to the next
# Estimates, of how far from the line wheels roll: the wheels of most cars, and of any.
MOST_M: Final = 1.8
ANY_M: Final = 4.0


class WetRoad(NamedTuple):
    """Holds water and rubber of a drive on a circuit: lists when plain, arrays when compiled."""

    varies: int  # 0: neither makes its grip differ by place and time
    wet: int  # 0: there never is any water
    rubbering: int  # 0: there is as much rubber as usual, which nothing changes
    lined: int  # 0: tarmac without end, on which cars drive anywhere
    place_m: float  # from one place along the lap to the next
    places: list[WetPlace]
    rows: list[WaterRow]  # ROW_S apart; the last one stays
    unfilled: list[float]  # what is still missing of water swept away at the start, with the rows
    rubber: list[RubberRow]  # as the rows of the water
    columns: int  # of cells across the road (`swept_road`), at each of the places
    right_m: float  # from the centreline to the first of them
    water_cells: int  # after which come as many of rubber, where it changes


class WaterHere(NamedTuple):
    """Describes the water at a place on the road at a moment."""

    water_m: float
    driven: float  # how much of it is the line that is driven, where rubber lies, 0..1


class WaterAcross(NamedTuple):
    """Describes the water across the road at one place along it, at a moment."""

    line_m: float  # offset of the line that is driven
    on_line_m: float  # depth
    beside_m: float
    lined: int


class Between(NamedTuple):
    """Says between which places along the lap something is."""

    before: int
    after: int
    share: float  # of the way from one to the other


def wet_road(track: Track | None, weather: Weather) -> WetRoad:
    """Return water and rubber of a weather on a circuit, or on tarmac without end."""
    endless = WetRoad(
        varies=int(weather.road_varies),
        wet=int(weather.is_wet),
        rubbering=int(weather.rubber is not None),
        lined=0,
        place_m=1.0,
        places=[_NO_PLACE],
        rows=list(water_rows(weather)),
        unfilled=list(unfilled_rows(weather)),
        rubber=list(rubber_rows(weather)),
        columns=0,
        right_m=0.0,
        water_cells=0,
    )
    if track is None or not endless.varies:
        return endless
    places = track.wet_places
    left, right = (
        math.ceil(float(edges_m[:, 0].max()) / COLUMN_M)
        for edges_m in (track.bands.left_m, track.bands.right_m)
    )
    columns = left + 1 + right
    return endless._replace(
        lined=1,
        place_m=track.length_m / len(places),
        places=places,
        columns=columns,
        right_m=right * COLUMN_M,
        water_cells=columns * len(places),
    )


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
def rubber_now(road: WetRoad, time_s: float) -> RubberRow:
    """Return the rubber on the driven line at a time, and what is left of that of the start."""
    rows = road.rubber
    last = len(rows) - 1
    place = time_s / ROW_S
    index = int(place)
    if index >= last:
        return RubberRow(rows[last].line, rows[last].left)
    share = place - index
    low = rows[index]
    high = rows[index + 1]
    return RubberRow(
        low.line + share * (high.line - low.line), low.left + share * (high.left - low.left)
    )


@tick_function
def places_beside(road: WetRoad, s_m: float) -> Between:
    """Return between which places one on the lap is; s_m is within a lap of it."""
    count = len(road.places)
    place = s_m / road.place_m
    if place < 0.0:
        place += count
    before = int(place)
    share = place - before
    if before >= count:
        before -= count
    return Between(before, before + 1 if before + 1 < count else 0, share)


@tick_function
def water_across(road: WetRoad, s_m: float, time_s: float) -> WaterAcross:
    """Return the water across the road at a place along the lap; s_m is within a lap of it."""
    return water_between(road, places_beside(road, s_m), time_s)


@tick_function
def water_between(road: WetRoad, between: Between, time_s: float) -> WaterAcross:
    """Return the water across the road between two places along the lap."""
    now = water_now(road, time_s)
    if road.lined == 0:
        return WaterAcross(0.0, now.line_m, now.beside_m, 0)
    low = road.places[between.before]
    high = road.places[between.after]
    share = between.share
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
    driven = clamp((ANY_M - from_line_m) / (ANY_M - MOST_M), 0.0, 1.0)
    return WaterHere(across.beside_m + driven * (across.on_line_m - across.beside_m), driven)
