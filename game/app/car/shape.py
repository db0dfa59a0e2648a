"""Shape a car from above: a field of heights and the outlines of its parts, by its look.

The frame is the look's: x forward, y left, the origin in the middle of the car's length. Arrays
have the shape (w, h), x growing with the first index and y falling with the second, as on a
picture. Distances to an outline are positive within.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple

import numpy as np

from game.app.car.look import CarLook, Edge, HeightLook, HollowLook
from game.arrays import FloatArray
from game.vehicle.spec import ChassisSpec

PIXELS_PER_M: Final = 80.0
MARGIN_M: Final = 0.20  # around the car, where turned wheels and mirrors reach


class Axles(NamedTuple):
    """Gives the places of the axles, measured from the middle of the car's length."""

    front_m: float
    rear_m: float
    half_track_m: float


class CarBody(NamedTuple):
    """Holds the look and the dimensions of a car; with its colours they make its picture."""

    look: CarLook
    length_m: float
    width_m: float
    middle_m: float  # of its length, ahead of the centre of gravity
    axles: Axles

    @property
    def stretch(self) -> tuple[float, float]:
        """Return metres of the look for a metre of the car, along and across."""
        return self.look.drawn_length_m / self.length_m, self.look.drawn_width_m / self.width_m


class Shape(NamedTuple):
    """Holds fields of shape (w, h): places, the body's height and parts as distances in metres."""

    x: FloatArray
    aside: FloatArray  # from the middle line
    y: FloatArray
    body: FloatArray
    splitter: FloatArray
    diffuser: FloatArray
    mirrors: FloatArray
    greenhouse: FloatArray  # all glass, with its frame
    roof: FloatArray
    wing: FloatArray
    height: FloatArray


def car_body(chassis: ChassisSpec, look: CarLook) -> CarBody:
    """Return a look with the dimensions of a car."""
    middle_m = chassis.nose_m - 0.5 * chassis.length_m
    front_m = chassis.front_axle_m - middle_m
    axles = Axles(front_m, front_m - chassis.wheelbase_m, 0.5 * chassis.track_width_m)
    return CarBody(look, chassis.length_m, chassis.width_m, middle_m, axles)


@cache
def car_shape(body: CarBody) -> Shape:
    """Return the shape at `PIXELS_PER_M`, made once for each car."""
    x, y = _grid(body)
    aside = np.abs(y)
    look, half_m = body.look, 0.5 * body.look.drawn_length_m
    outline = _body(look, x, aside)
    glass, roof, diffuser = look.glass, look.roof, look.diffuser
    return Shape(
        x,
        aside,
        y,
        outline,
        _splitter(look, x, aside),
        overlap(
            diffuser.half_width_m - aside,
            diffuser.front_m - x,
            x + half_m - diffuser.short_of_tail_m,
        ),
        _mirrors(look, x, aside),
        overlap(
            glass.half_width_m - _taper(look, x) - aside,
            _edge(glass.windscreen, aside) - x,
            x - glass.rear_m - glass.rear_sweep * aside,
        ),
        overlap(
            roof.half_width_m - _taper(look, x) - aside,
            _edge(roof.front, aside) - x,
            x - roof.rear_m,
        ),
        _wing(look, x, aside),
        _height(body, x, aside, outline),
    )


def soft(distance: FloatArray) -> FloatArray:
    """Return 1 inside, 0 outside, and a pixel of transition."""
    cover: FloatArray = np.clip(distance * np.float32(PIXELS_PER_M) + 0.5, 0.0, 1.0)
    return cover


def overlap(*distances: FloatArray) -> FloatArray:
    """Return the distance to an outline that lies inside of all the given ones."""
    smallest = distances[0]
    for distance in distances[1:]:
        smallest = np.minimum(smallest, distance)
    return smallest


def step(low: float, high: float, value: FloatArray) -> FloatArray:
    """Return a smooth step from 0 at `low` to 1 at `high`; `low` may be the larger."""
    share = np.clip((value - low) / (high - low), 0.0, 1.0)
    smooth: FloatArray = share * share * (3.0 - 2.0 * share)
    return smooth


def bump(value: FloatArray, middle: float, half: float, edge: float) -> FloatArray:
    """Return 1 within `half` of the middle, 0 beyond, over an edge so wide."""
    return step(half + 0.5 * edge, half - 0.5 * edge, np.abs(value - middle))


def _grid(body: CarBody) -> tuple[FloatArray, FloatArray]:
    width = round((body.length_m + 2.0 * MARGIN_M) * PIXELS_PER_M)
    height = round((body.width_m + 2.0 * MARGIN_M) * PIXELS_PER_M)
    across = (np.arange(width, dtype=np.float32) + 0.5 - 0.5 * width) / PIXELS_PER_M
    up = (0.5 * height - np.arange(height, dtype=np.float32) - 0.5) / PIXELS_PER_M
    along, sideways = body.stretch
    x, y = np.meshgrid(
        (along * across).astype(np.float32), (sideways * up).astype(np.float32), indexing="ij"
    )
    return x, y


def _edge(edge: Edge, aside: FloatArray) -> FloatArray:
    """Return the place of a line across the car, positive forward."""
    return _swept(np.full_like(aside, edge.middle_m), edge, aside, 1.0)


def _swept(place: FloatArray, edge: Edge, aside: FloatArray, sign: float) -> FloatArray:
    """Move places as the sweep of an edge says, or against it."""
    for forward_m, reach_m, power in edge.sweep:
        place = place + sign * forward_m * (aside / reach_m) ** power
    return place


def _body(look: CarLook, x: FloatArray, aside: FloatArray) -> FloatArray:
    body = look.body
    places, widths = zip(*body.half_widths_m, strict=True)
    half = np.interp(x[:, 0], places, widths).astype(np.float32)[:, None]
    nose = _edge(body.nose, aside) - x
    tail = _swept(x - body.tail.middle_m, body.tail, aside, -1.0)
    return _rounded(_rounded(half - aside, nose, body.nose_radius_m), tail, body.tail_radius_m)


def _splitter(look: CarLook, x: FloatArray, aside: FloatArray) -> FloatArray:
    splitter, nose = look.splitter, look.body.nose
    lip = overlap(
        splitter.lip_half_width_m - aside,
        _edge(nose, aside) + 0.5 * look.drawn_length_m - nose.middle_m - x,
        x - splitter.lip_begin_m,
    )
    rear_m, front_m = splitter.blade_m
    blade = overlap(splitter.blade_half_width_m - aside, front_m - x, x - rear_m)
    return np.maximum(lip, blade)


def _mirrors(look: CarLook, x: FloatArray, aside: FloatArray) -> FloatArray:
    mirror = look.mirrors
    swept = x - mirror.middle_m[0] + mirror.sweep * (aside - mirror.sweep_from_m)
    outwards = (aside - mirror.middle_m[1]) * mirror.stretch[1]
    ellipse: FloatArray = mirror.radius_m - np.hypot(swept * mirror.stretch[0], outwards)
    return ellipse


def _taper(look: CarLook, x: FloatArray) -> FloatArray:
    """Return by how much the cabin's sides come in towards the tail."""
    begin_m, over_m = look.glass.taper_m
    taper: FloatArray = (
        look.glass.taper * np.clip(-x - begin_m, 0.0, over_m) ** look.glass.taper_power
    )
    return taper


def _wing(look: CarLook, x: FloatArray, aside: FloatArray) -> FloatArray:
    wing, from_end = look.wing, x + 0.5 * look.drawn_length_m
    plane = overlap(from_end, _edge(wing.front, aside) - x, wing.half_width_m - aside)
    plate = wing.plate_half_width_m - np.abs(aside - wing.plate_aside_m)
    return np.maximum(plane, overlap(from_end, wing.plate_front_m - x, plate))


def _height(body: CarBody, x: FloatArray, aside: FloatArray, outline: FloatArray) -> FloatArray:
    look = body.look.height
    rim = np.clip(outline / look.rim_m, 0.0, 1.0)
    height: FloatArray = (look.edge_m + look.bonnet_rise_m * step(*look.bonnet_m, x)) * np.sqrt(
        1.0 - (1.0 - rim) ** 2
    )
    height += look.deck_rise_m * step(0.0, look.deck_rim_m, outline) * step(*look.deck_m, x)
    height += look.cabin_rise_m * _cabin(body.look, x, aside)
    fenders, along = look.fenders, body.stretch[0]
    for axle_m, half_m in zip(body.axles[:2], fenders.half_lengths_m, strict=True):
        shoulder = bump(x, along * axle_m, half_m, fenders.edge_m) * step(*fenders.aside_m, aside)
        height += fenders.rise_m * shoulder * step(0.0, fenders.rim_m, outline)
    _shape_bonnet_and_tail(look, height, x, aside)
    return height


def _shape_bonnet_and_tail(
    look: HeightLook, height: FloatArray, x: FloatArray, aside: FloatArray
) -> None:
    """Add the spine of the bonnet, and take off the hollows."""
    spine, tray = look.spine, look.tray
    begin_m, over_m = spine.narrowing_m
    narrowed = aside + spine.narrowing * np.clip(x - begin_m, 0.0, over_m)
    height += spine.rise_m * step(*spine.aside_m, narrowed) * bump(x, *spine.along_m)
    height -= _hollow(look.channels, x, aside)
    rear_m, front_m = tray.along_m
    inside = overlap(tray.half_width_m - aside, x - rear_m, front_m - x)
    height -= tray.depth_m * step(0.0, tray.rim_m, inside)
    height -= _hollow(look.intakes, x, aside)


def _hollow(hollow: HollowLook, x: FloatArray, aside: FloatArray) -> FloatArray:
    return hollow.depth_m * bump(aside, *hollow.aside_m) * bump(x, *hollow.along_m)


def _cabin(look: CarLook, x: FloatArray, aside: FloatArray) -> FloatArray:
    """Return the height within the cabin: 0 at the waist, 1 on the roof."""
    height = look.height
    front = step(*height.cabin_front_m, x + height.cabin_front_sweep * aside**2)
    ends = front * step(*height.cabin_rear_m, x)
    camber = 1.0 - height.cabin_camber * (aside / height.cabin_camber_half_m) ** 2
    cabin: FloatArray = ends * (step(*height.cabin_sides_m, aside + _taper(look, x)) * camber)
    return cabin


def _rounded(one: FloatArray, other: FloatArray, round_m: float) -> FloatArray:
    """Return the smaller of two distances, rounded where they meet."""
    gap = np.clip(0.5 + 0.5 * (other - one) / round_m, 0.0, 1.0)
    rounded: FloatArray = other + gap * (one - other) - round_m * gap * (1.0 - gap)
    return rounded
