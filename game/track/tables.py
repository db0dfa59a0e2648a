"""What the tick reads of a track: samples about a metre apart, and look-ups in constant time.

The look-ups run plainly over lists and compiled over arrays; both give the same bits.
"""

import math
from typing import NamedTuple

from game.compiled import tick_function
from game.track.frenet import arc_foot
from game.track.surfaces import GRASS, GRAVEL, KERB, PAINT, PIT_LANE, TARMAC

BANDS = 5  # columns of the band tables

_MOST_MOVES = 10  # of the search in one call, each of at most as many samples
_FAR_SAMPLES = 10


class TrackTables(NamedTuple):
    """Samples `i` at `i * step_m` along the closed centre line, and the ground beside them.

    A band table holds, row after row, the distances from the centre line to the outer edge of the
    tarmac, the kerb and the painted run-off, then to the inner and outer edge of the gravel; grass
    fills what is between and beyond, and a band that is absent has no width.
    """

    endless: int  # 1: tarmac without end, on which s is x and the offset is y
    count: int  # type: ignore[assignment]  # hides the method of tuples, which nobody needs
    step_m: float
    length_m: float
    x_m: list[float]
    y_m: list[float]
    cos: list[float]
    sin: list[float]
    heading_rad: list[float]
    curvature_1pm: list[float]
    bands_left_m: list[float]  # count rows of BANDS
    bands_right_m: list[float]
    paved_left_m: list[float]  # signed offsets of the edges of the pit lane or an escape road
    paved_right_m: list[float]
    limit_left_m: list[float]  # distances to the outermost edge that counts as track
    limit_right_m: list[float]
    least_left_m: float  # the tarmac is nowhere narrower
    least_right_m: float
    grip: list[float]  # by the number of the surface, from here on
    rolling_resistance: list[float]
    slow_rolling_resistance: list[float]
    slow_speed_mps: list[float]
    roughness_m: list[float]
    counts_as_track: list[int]


class Projection(NamedTuple):
    """A place in track coordinates, and the centre line beside it."""

    index: int  # type: ignore[assignment]  # of the nearest sample: the next search's hint
    s_m: float  # 0..length
    offset_m: float  # positive to the left
    heading_rad: float  # of the centre line there
    curvature_1pm: float


class TrackPoint(NamedTuple):
    """A place in track coordinates."""

    s_m: float
    offset_m: float


@tick_function
def project(tables: TrackTables, x_m: float, y_m: float, hint_index: int) -> Projection:
    """The place in track coordinates, searched downhill from the sample `hint_index`.

    The search moves by at most a hundred samples a call, so that a place that has no foot on the
    line cannot send it far; a car that is put down elsewhere needs a hint from there.
    """
    if tables.endless:
        return Projection(0, x_m, y_m, 0.0, 0.0)
    step_m = tables.step_m
    count = tables.count
    near_m = 0.5001 * step_m  # a hair over half, so that two samples cannot both refuse a place
    index = hint_index
    moves = 0
    while True:
        dx_m = x_m - tables.x_m[index]
        dy_m = y_m - tables.y_m[index]
        cos = tables.cos[index]
        sin = tables.sin[index]
        curvature_1pm = tables.curvature_1pm[index]
        foot = arc_foot(curvature_1pm, dx_m * cos + dy_m * sin, dy_m * cos - dx_m * sin)
        along_m = foot.along_m
        if -near_m <= along_m <= near_m:
            break
        if moves == _MOST_MOVES:
            along_m = near_m if along_m > 0.0 else -near_m
            break
        moves += 1
        samples = along_m / step_m
        if samples > _FAR_SAMPLES:
            index += _FAR_SAMPLES
        elif samples < -_FAR_SAMPLES:
            index -= _FAR_SAMPLES
        else:
            index += math.floor(samples + 0.5)
        if index >= count:
            index -= count
        elif index < 0:
            index += count
    if along_m >= 0.0:
        neighbour = index + 1 if index + 1 < count else 0
        share = along_m / step_m
    else:
        neighbour = index - 1 if index > 0 else count - 1
        share = -along_m / step_m
    here_1pm = curvature_1pm + share * (tables.curvature_1pm[neighbour] - curvature_1pm)
    s_m = index * step_m + along_m
    if s_m < 0.0:
        s_m += tables.length_m
    elif s_m >= tables.length_m:
        s_m -= tables.length_m
    return Projection(
        index,
        s_m,
        foot.offset_m,
        tables.heading_rad[index] + 0.5 * (curvature_1pm + here_1pm) * along_m,
        here_1pm,
    )


@tick_function
def relative(projection: Projection, along_m: float, left_m: float) -> TrackPoint:
    """The place that lies so far along and to the left of a projected one, for a car's wheels.

    The displacement is in the frame of the centre line, which is taken for an arc: exact on arcs
    and straights, within a centimetre over a wheel's distance on the quickest clothoids. `s_m` may
    leave 0..length by that displacement; the look-ups allow for it.
    """
    foot = arc_foot(projection.curvature_1pm, along_m, projection.offset_m + left_m)
    return TrackPoint(projection.s_m + foot.along_m, foot.offset_m)


@tick_function
def _edge(table: list[float], width: int, column: int, position: float) -> float:
    """A column of a table of `width` columns between two rows; 0 <= position <= rows."""
    rows = len(table) // width
    row = int(position)
    if row >= rows:
        row = rows - 1
    next_row = row + 1 if row + 1 < rows else 0
    value = table[row * width + column]
    return value + (position - row) * (table[next_row * width + column] - value)


@tick_function
def _sample_position(tables: TrackTables, s_m: float) -> float:
    if s_m < 0.0:
        s_m += tables.length_m
    elif s_m >= tables.length_m:
        s_m -= tables.length_m
    return s_m / tables.step_m


@tick_function
def surface_at(tables: TrackTables, s_m: float, offset_m: float) -> int:
    """The number of the surface at a place; s_m may be up to a lap out of 0..length."""
    if -tables.least_right_m <= offset_m <= tables.least_left_m:
        return TARMAC
    position = _sample_position(tables, s_m)
    if offset_m >= 0.0:
        bands = tables.bands_left_m
        distance_m = offset_m
    else:
        bands = tables.bands_right_m
        distance_m = -offset_m
    if distance_m <= _edge(bands, BANDS, 2, position):
        if distance_m <= _edge(bands, BANDS, 0, position):
            return TARMAC
        if distance_m <= _edge(bands, BANDS, 1, position):
            return KERB
        return PAINT
    if (
        _edge(tables.paved_right_m, 1, 0, position)
        < offset_m
        < _edge(tables.paved_left_m, 1, 0, position)
    ):
        return PIT_LANE
    if distance_m <= _edge(bands, BANDS, 3, position):
        return GRASS
    if distance_m <= _edge(bands, BANDS, 4, position):
        return GRAVEL
    return GRASS


@tick_function
def edge_excess_m(tables: TrackTables, s_m: float, offset_m: float) -> float:
    """How far a place lies beyond the outermost band that counts as track; negative within."""
    if tables.endless:
        return -math.inf
    position = _sample_position(tables, s_m)
    if offset_m >= 0.0:
        return offset_m - _edge(tables.limit_left_m, 1, 0, position)
    return -offset_m - _edge(tables.limit_right_m, 1, 0, position)


def flat_tables() -> TrackTables:
    """Tarmac without end, for measuring a car: grip 1, rolling resistance 0.015, smooth."""
    return TrackTables(
        endless=1,
        count=1,
        step_m=1.0,
        length_m=math.inf,
        x_m=[0.0],
        y_m=[0.0],
        cos=[1.0],
        sin=[0.0],
        heading_rad=[0.0],
        curvature_1pm=[0.0],
        bands_left_m=[math.inf] * BANDS,
        bands_right_m=[math.inf] * BANDS,
        paved_left_m=[0.0],
        paved_right_m=[0.0],
        limit_left_m=[math.inf],
        limit_right_m=[math.inf],
        least_left_m=math.inf,
        least_right_m=math.inf,
        grip=[1.0],
        rolling_resistance=[0.015],
        slow_rolling_resistance=[0.015],
        slow_speed_mps=[0.0],
        roughness_m=[0.0],
        counts_as_track=[1],
    )
