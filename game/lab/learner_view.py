"""What a learner sees of its car and of the track, as numbers within -1..1.

Every number is a quantity over its unit in the table below, cut at the bounds. In this order:

| count | what | over | bounds |
|---|---|---|---|
| 1 | velocity forward | 70 m/s | -1..1 |
| 1 | velocity to the left | 20 m/s | -1..1 |
| 1 | yaw rate | 3 rad/s | -1..1 |
| 2 | acceleration forward, to the left | 20 m/s2 | -1..1 |
| 1 | mean angle of the front wheels | the steering lock | -1..1 |
| 2 | throttle, brake, as applied | 1 | 0..1 |
| 1 | front axle's share of the drive torque, as applied | 1 | 0..1 |
| 1 | offset from the centre line, left positive | 20 m | -1..1 |
| 2 | sine and cosine of the heading from the centre line's | 1 | -1..1 |
| 1 | curvature of the centre line | 1/10 m | -1..1 |
| 4 | normalised_slip of each tyre: slip as a share of the slip of most grip | 4 | 0..1 |
| 4 | grip of the ground under each wheel | 1.5 | 0..1 |
| 19 | distance to the track's edge along each ray, `RAY_ANGLES_DEG` | 200 m | 0..1 |
| 4 x 12 | at each distance of `AHEAD_M` ahead: curvature of the centre line | 1/10 m | -1..1 |
| | distance from the centre line to the left and to the right edge | 20 m | 0..1 |
| | grip of the ground at the car's own offset | 1.5 | 0..1 |
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.compiled import Backend, arrays, rows, tick_function
from game.simulation.snapshot import Snapshot
from game.track.surfaces import MAX_GRIP
from game.track.tables import TrackTables
from game.track.track import Track
from game.track.track_sensor import (
    AHEAD_M,
    RAY_ANGLES_DEG,
    RAY_RANGE_M,
    EdgeGrid,
    cast_rays,
    edge_grid,
    look_ahead,
    ray_fan,
)
from game.trig import Direction, direction

_ASIDE_M: Final = 20.0
_CURVATURE_1PM: Final = 0.1


class Quantity(NamedTuple):
    """One kind of number in the view."""

    unit: float  # what 1 stands for
    lowest: float  # -1, or 0 for what is never negative
    times: int = 1


_ROAD = (
    Quantity(_CURVATURE_1PM, -1.0),
    Quantity(_ASIDE_M, 0.0, 2),
    Quantity(MAX_GRIP, 0.0),
)
_OWN = (
    Quantity(70.0, -1.0),
    Quantity(20.0, -1.0),
    Quantity(3.0, -1.0),
    Quantity(20.0, -1.0, 2),
    Quantity(1.0, -1.0),
    Quantity(1.0, 0.0, 3),
    Quantity(_ASIDE_M, -1.0),
    Quantity(1.0, -1.0, 2),
    Quantity(_CURVATURE_1PM, -1.0),
    Quantity(4.0, 0.0, 4),
    Quantity(MAX_GRIP, 0.0, 4),
)
_QUANTITIES = (*_OWN, Quantity(RAY_RANGE_M, 0.0, len(RAY_ANGLES_DEG)), *(_ROAD * len(AHEAD_M)))
_RAYS_AT: Final = sum(quantity.times for quantity in _OWN)
_AHEAD_AT: Final = _RAYS_AT + len(RAY_ANGLES_DEG)

UNITS: Array = np.repeat(
    [quantity.unit for quantity in _QUANTITIES], [quantity.times for quantity in _QUANTITIES]
)
LOWEST: Array = np.repeat(
    [quantity.lowest for quantity in _QUANTITIES], [quantity.times for quantity in _QUANTITIES]
)


class Senses(NamedTuple):
    """What looking takes besides the car: plainly of lists, compiled of arrays."""

    tables: TrackTables
    grid: EdgeGrid
    fan: list[Direction]
    ahead_m: list[float]
    lock_rad: float  # of the steering
    units: list[float]
    lowest: list[float]
    quantities: Any  # room for one view before it is scaled, an array in both forms, shape (n,)


def make_senses(track: Track, lock_rad: float, backend: Backend) -> Senses:
    """The senses for a track in one of the two forms."""
    senses = Senses(
        track.tables,
        edge_grid(track),
        ray_fan(),
        list(AHEAD_M),
        lock_rad,
        UNITS.tolist(),
        LOWEST.tolist(),
        np.zeros(len(UNITS)),
    )
    if backend is Backend.PLAIN:
        return senses
    return senses._replace(
        tables=arrays(senses.tables),
        grid=arrays(senses.grid),
        fan=rows(Direction, senses.fan),
        ahead_m=rows(float, senses.ahead_m),
        units=rows(float, senses.units),
        lowest=rows(float, senses.lowest),
    )


@tick_function
def view(senses: Senses, car: Snapshot, numbers: Any) -> None:
    """Fill `numbers`, an array of shape (n,), with what the learner in a car sees."""
    seen = senses.quantities
    way = direction(car.heading_rad - car.track_heading_rad)
    surfaces = senses.tables.surfaces
    seen[0] = car.velocity_forward_mps
    seen[1] = car.velocity_left_mps
    seen[2] = car.yaw_rate_radps
    seen[3] = car.accel_forward_mps2
    seen[4] = car.accel_left_mps2
    seen[5] = car.steering_rad / senses.lock_rad
    seen[6] = car.throttle
    seen[7] = car.brake
    seen[8] = car.front_torque_share
    seen[9] = car.offset_m
    seen[10] = way.sin
    seen[11] = way.cos
    seen[12] = car.curvature_1pm
    seen[13] = car.front_left_normalised_slip
    seen[14] = car.front_right_normalised_slip
    seen[15] = car.rear_left_normalised_slip
    seen[16] = car.rear_right_normalised_slip
    seen[17] = surfaces[int(car.front_left_surface)].grip
    seen[18] = surfaces[int(car.front_right_surface)].grip
    seen[19] = surfaces[int(car.rear_left_surface)].grip
    seen[20] = surfaces[int(car.rear_right_surface)].grip
    rays_m = seen[_RAYS_AT:_AHEAD_AT]
    road = seen[_AHEAD_AT:]
    cast_rays(senses.grid, senses.fan, car.x_m, car.y_m, car.heading_rad, RAY_RANGE_M, rays_m)
    look_ahead(senses.tables, senses.ahead_m, car.s_m, car.offset_m, road)
    for grip_at in range(3, len(road), 4):
        road[grip_at] = surfaces[int(road[grip_at])].grip
    for index in range(len(seen)):
        number = seen[index] / senses.units[index]
        if number > 1.0:
            number = 1.0
        elif number < senses.lowest[index]:
            number = senses.lowest[index]
        numbers[index] = number
