"""The tick reads a track from tables: samples about a metre apart, and look-ups in constant time.

The look-ups run plainly over lists and compiled over arrays; both give the same bits.
"""

import math
from typing import Final, NamedTuple, TypeVar

from game.arrays import Array
from game.compiled import tick_function
from game.track.frenet import TrackPoint, project_on_arc
from game.track.levels import GROUND
from game.track.surfaces import GRASS, GRAVEL, KERB, PAINT, PIT_LANE, TARMAC
from game.trig import Direction
from game.units import G_MPS2

BANDS = 5  # edges of the bands beside the track
BandEdges = tuple[float, float, float, float, float]
Number = TypeVar("Number", float, Array)

_MAX_MOVES = 10  # of the search in one call, each of at most as many samples
_FAR_SAMPLES = 10
_BANKED_M = 20.0  # from the centreline; farther out nothing is banked
_MIN_LEVEL = 0.25  # square of the steepest road's cosine: 60 degrees
_MIN_NEARER = 0.2  # of the way along the centreline: no place is nearer to a bend's middle


class Sample(NamedTuple):
    """Describes the centreline at one place, and the ground beside it.

    Band edges are the distances from the centreline to the outer edge of the tarmac, the kerb and
    the painted run-off, then to the inner and the outer edge of the gravel; grass fills what is
    between and beyond, and a band that is absent has no width.
    """

    x_m: float
    y_m: float
    cos: float  # of the heading
    sin: float
    heading_rad: float
    curvature_1pm: float
    bands_left_m: BandEdges
    bands_right_m: BandEdges
    paved_left_m: float  # signed offsets of the edges of the pit lane or an escape road
    paved_right_m: float
    limit_left_m: float  # distances to the outermost edge that counts as track
    limit_right_m: float


class RoadSample(NamedTuple):
    """Describes how the road rises and falls at a sample, as `RoadProfile` has it."""

    height_m: float
    grade: float
    bend_1pm: float
    crossfall: float
    twist_1pm: float


LEVEL_ROAD: Final = RoadSample(0.0, 0.0, 0.0, 0.0, 0.0)


class SurfaceProperties(NamedTuple):
    """Holds the properties of a surface that act on a tyre."""

    grip: float
    rolling_resistance: float
    slow_rolling_resistance: float
    slow_speed_mps: float
    roughness_m: float
    counts_as_track: int
    height_m: float = 0.0


class TrackTables(NamedTuple):
    """Samples the closed centreline at `i * step_m`, and holds the surfaces by number."""

    endless: int  # 1: tarmac without end, on which s is x and the offset is y
    sample_count: int
    step_m: float
    length_m: float
    min_left_m: float  # the tarmac is nowhere narrower
    min_right_m: float
    bridged: int  # 1: the samples are not all on the ground
    samples: list[Sample]
    surfaces: list[SurfaceProperties]
    tiers: list[int]  # of the samples, as `levels` has them
    hilly: int  # 1: the road is not level
    profile: list[RoadSample]  # of the samples, then of the first two again; one if all is level


class Projection(NamedTuple):
    """Describes a place in track coordinates, and the centreline beside it."""

    index: int  # type: ignore[assignment]  # of the nearest sample: the next search's hint
    s_m: float  # 0..length
    offset_m: float  # positive to the left
    heading_rad: float  # of the centreline there
    curvature_1pm: float


@tick_function
def project(tables: TrackTables, x_m: float, y_m: float, hint_index: int) -> Projection:
    """Return the place in track coordinates, searched downhill from the sample `hint_index`.

    The search moves by at most a hundred samples a call, so that a place that has no projection on
    the line cannot send it far; a car that is placed elsewhere needs a hint from there.
    """
    if tables.endless:
        return Projection(0, x_m, y_m, 0.0, 0.0)
    step_m = tables.step_m
    count = tables.sample_count
    near_m = 0.5001 * step_m  # a hair over half, so that two samples cannot both refuse a place
    index = hint_index
    moves = 0
    while True:
        sample = tables.samples[index]
        dx_m = x_m - sample.x_m
        dy_m = y_m - sample.y_m
        cos = sample.cos
        sin = sample.sin
        curvature_1pm = sample.curvature_1pm
        on_arc = project_on_arc(
            0.0, curvature_1pm, dx_m * cos + dy_m * sin, dy_m * cos - dx_m * sin
        )
        along_m = on_arc.s_m
        if -near_m <= along_m <= near_m:
            break
        if moves == _MAX_MOVES:
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
    return _projection_at(tables, index, along_m, on_arc.offset_m)


@tick_function
def _projection_at(tables: TrackTables, index: int, along_m: float, offset_m: float) -> Projection:
    """Return the projection some way along the centreline from a sample, or before it."""
    sample = tables.samples[index]
    count = tables.sample_count
    step_m = tables.step_m
    curvature_1pm = sample.curvature_1pm
    if along_m >= 0.0:
        neighbour = index + 1 if index + 1 < count else 0
        share = along_m / step_m
    else:
        neighbour = index - 1 if index > 0 else count - 1
        share = -along_m / step_m
    here_1pm = curvature_1pm + share * (tables.samples[neighbour].curvature_1pm - curvature_1pm)
    s_m = index * step_m + along_m
    if s_m < 0.0:
        s_m += tables.length_m
    if s_m >= tables.length_m:  # also where the sum above was rounded up to it
        s_m -= tables.length_m
    return Projection(
        index,
        s_m,
        offset_m,
        sample.heading_rad + 0.5 * (curvature_1pm + here_1pm) * along_m,
        here_1pm,
    )


@tick_function
def direction_along(tables: TrackTables, place: Projection) -> Direction:
    """Return the direction of the centreline beside a place, within 2e-8.

    It is that of the nearest sample, turned by the little that the centreline turns from there.
    """
    sample = tables.samples[place.index]
    angle_rad = place.heading_rad - sample.heading_rad
    half = 0.5 * angle_rad * angle_rad
    cos = 1.0 - half
    sin = angle_rad * (1.0 - half * (1.0 / 3.0))
    return Direction(
        sample.cos * cos - sample.sin * sin,
        sample.sin * cos + sample.cos * sin,
    )


@tick_function
def displaced(projection: Projection, along_m: float, left_m: float) -> TrackPoint:
    """Return the place some way ahead and to the left of a projected one, for wheels.

    The displacement is in the frame of the centreline, which is approximated by an arc: exact on
    arcs and straights, within 15 mm sideways for a wheel on the tightest clothoids. `s_m` may
    leave 0..length by that displacement; the look-ups allow for it.
    """
    return project_on_arc(
        projection.s_m, projection.curvature_1pm, along_m, projection.offset_m + left_m
    )


def sample_near(tables: TrackTables, s_m: float) -> int:
    """Return the sample of the centreline nearest to a distance along the lap."""
    if tables.endless:
        return 0
    return round(s_m / tables.step_m) % tables.sample_count


@tick_function
def tier_at(tables: TrackTables, sample_index: int) -> int:
    """Return the tier of a sample; circuits without bridges are spared the look-up."""
    if tables.bridged:
        return tables.tiers[sample_index]
    return GROUND


class SamplePair(NamedTuple):
    """Holds the two samples between which a place on the lap lies."""

    before: int
    after: int
    share: float  # of the way from the one to the other


@tick_function
def samples_around(tables: TrackTables, s_m: float) -> SamplePair:
    """Return the samples beside a place on the lap; s_m may be a lap out of 0..length."""
    if s_m < 0.0:
        s_m += tables.length_m
    elif s_m >= tables.length_m:
        s_m -= tables.length_m
    place = s_m / tables.step_m
    before = int(place)
    if before >= tables.sample_count:
        before = tables.sample_count - 1
    after = before + 1 if before + 1 < tables.sample_count else 0
    return SamplePair(before, after, place - before)


class RoadSlope(NamedTuple):
    """Describes the road at a place, in the directions of the centreline there."""

    grade: float  # sine of its angle along the lap, positive uphill
    crossfall: float  # tangent of its angle across, positive where it falls to the left
    bend_1pm: float  # curvature that presses a car on its way along the lap, negative on a crest
    height_m: float


@tick_function
def slope_at(tables: TrackTables, s_m: float, offset_m: float, curvature_1pm: float) -> RoadSlope:
    """Return how the road slopes at a place, s_m within the lap; curvature_1pm: of the centreline
    there.
    """
    if tables.endless:
        return slope_beside(tables.profile[0], offset_m, curvature_1pm)
    place = s_m / tables.step_m
    index = int(place)
    share = place - index
    before = tables.profile[index]
    after = tables.profile[index + 1]
    here = RoadSample(  # what `lerp` gives: a call for each number would take a third of the time
        before.height_m + share * (after.height_m - before.height_m),
        before.grade + share * (after.grade - before.grade),
        before.bend_1pm + share * (after.bend_1pm - before.bend_1pm),
        before.crossfall + share * (after.crossfall - before.crossfall),
        before.twist_1pm + share * (after.twist_1pm - before.twist_1pm),
    )
    return slope_beside(here, offset_m, curvature_1pm)


@tick_function
def slope_beside(here: RoadSample, offset_m: float, curvature_1pm: float) -> RoadSlope:
    """Return how the road slopes beside a place of the centreline.

    The banking goes on beside the road as far as `_BANKED_M`, and beyond there the land is level
    across. On a banked bend the way along the lap is a dip in the direction of the car.
    """
    aside_m = offset_m
    crossfall = here.crossfall
    if offset_m > _BANKED_M:
        aside_m = _BANKED_M
        crossfall = 0.0
    elif offset_m < -_BANKED_M:
        aside_m = -_BANKED_M
        crossfall = 0.0
    nearer = 1.0 - offset_m * curvature_1pm
    if nearer < _MIN_NEARER:
        nearer = _MIN_NEARER
    return RoadSlope(
        (here.grade - aside_m * here.twist_1pm) / nearer,
        crossfall,
        (here.bend_1pm / nearer + crossfall * curvature_1pm) / nearer,
        here.height_m - here.crossfall * aside_m,
    )


@tick_function
def upright_share(road: RoadSlope) -> float:
    """Return the share of its weight with which a car at rest presses on a road."""
    level = 1.0 - road.grade * road.grade
    if level < _MIN_LEVEL:
        level = _MIN_LEVEL
    return math.sqrt(level / (1.0 + road.crossfall * road.crossfall))


@tick_function
def pressing(road: RoadSlope, along_mps: float) -> float:
    """Return what a road adds to a car's weight for each kilogram, at a speed along the lap, m/s2.

    It is the load at a right angle to the road, by its slope and by its bend.
    """
    return added_weight(upright_share(road), along_mps * along_mps, road.bend_1pm)


@tick_function
def added_weight(upright: Number, square_m2ps2: Number, bend_1pm: Number) -> Number:
    """Return what slope and bend of a road add to a car's weight for each kilogram, m/s2.

    upright: as `upright_share` has it; square_m2ps2: of the speed along the lap. They are numbers,
    or arrays of one shape.
    """
    return upright * (G_MPS2 + square_m2ps2 * bend_1pm) - G_MPS2


@tick_function
def lerp(before: float, after: float, share: float) -> float:
    """Interpolate linearly between the values of two samples."""
    return before + share * (after - before)


@tick_function
def surface_at(tables: TrackTables, s_m: float, offset_m: float) -> int:
    """Return the number of the surface at a place; s_m may be up to a lap out of 0..length."""
    if -tables.min_right_m <= offset_m <= tables.min_left_m:
        return TARMAC
    place = samples_around(tables, s_m)
    before = tables.samples[place.before]
    after = tables.samples[place.after]
    share = place.share
    if offset_m >= 0.0:
        edges = before.bands_left_m
        next_edges = after.bands_left_m
        distance_m = offset_m
    else:
        edges = before.bands_right_m
        next_edges = after.bands_right_m
        distance_m = -offset_m
    if distance_m <= lerp(edges[2], next_edges[2], share):
        if distance_m <= lerp(edges[0], next_edges[0], share):
            return TARMAC
        if distance_m <= lerp(edges[1], next_edges[1], share):
            return KERB
        return PAINT
    if (
        lerp(before.paved_right_m, after.paved_right_m, share)
        < offset_m
        < lerp(before.paved_left_m, after.paved_left_m, share)
    ):
        return PIT_LANE
    if distance_m <= lerp(edges[3], next_edges[3], share):
        return GRASS
    if distance_m <= lerp(edges[4], next_edges[4], share):
        return GRAVEL
    return GRASS


@tick_function
def edge_excess_m(tables: TrackTables, s_m: float, offset_m: float) -> float:
    """Return how far a place lies beyond the outermost band of the track; negative within."""
    if tables.endless:
        return -math.inf
    place = samples_around(tables, s_m)
    before = tables.samples[place.before]
    after = tables.samples[place.after]
    if offset_m >= 0.0:
        return offset_m - lerp(before.limit_left_m, after.limit_left_m, place.share)
    return -offset_m - lerp(before.limit_right_m, after.limit_right_m, place.share)


def flat_tables() -> TrackTables:
    """Return tarmac without end, for measuring a car: grip 1, rolling resistance 0.015, smooth."""
    wide: BandEdges = (math.inf, math.inf, math.inf, math.inf, math.inf)
    return TrackTables(
        endless=1,
        sample_count=1,
        step_m=1.0,
        length_m=math.inf,
        min_left_m=math.inf,
        min_right_m=math.inf,
        bridged=0,
        samples=[Sample(0.0, 0.0, 1.0, 0.0, 0.0, 0.0, wide, wide, 0.0, 0.0, math.inf, math.inf)],
        surfaces=[SurfaceProperties(1.0, 0.015, 0.015, 0.0, 0.0, 1)],
        tiers=[GROUND],
        hilly=0,
        profile=[LEVEL_ROAD],
    )
