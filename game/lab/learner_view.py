"""A learner's view of its car and of the track is a row of numbers within -1..1.

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
| 1 | offset from the centreline, left positive | 20 m | -1..1 |
| 2 | sine and cosine of the heading from the centreline's | 1 | -1..1 |
| 1 | curvature of the centreline | 1/10 m | -1..1 |
| 4 | normalised_slip of each tyre: slip as a share of the slip of peak grip | 4 | 0..1 |
| 4 | grip under each wheel: the ground's times its tyre's | 1.5 | 0..1 |
| 19 | distance to the track's edge along each ray, `RAY_ANGLES_DEG` | 200 m | 0..1 |
| 4 x 12 | at each distance of `AHEAD_M` ahead: curvature of the centreline | 1/10 m | -1..1 |
| | distance from the centreline to the left and to the right edge | 20 m | 0..1 |
| | grip of the ground at the car's own offset | 1.5 | 0..1 |
"""

from __future__ import annotations

from typing import Any, Final, Generic, NamedTuple, TypeVar

import numpy as np

from game.arrays import Array
from game.compiled import Backend, tick_function
from game.records import arrays, rows
from game.simulation.channels import write_numbers
from game.simulation.snapshot import Snapshot
from game.track.surfaces import MAX_GRIP
from game.track.tables import TrackTables
from game.track.track import Track
from game.track.track_sensor import (
    AHEAD_M,
    RAY_ANGLES_DEG,
    RAY_RANGE_M,
    EdgeGrid,
    RayFan,
    cast_rays,
    edge_grid,
    level_seen,
    look_ahead,
    ray_fan,
)
from game.trig import direction

_ASIDE_M: Final = 20.0
T = TypeVar("T")


class Scale(NamedTuple):
    """Makes a number of the view of a quantity."""

    unit: float  # what 1 stands for
    lowest: float  # -1, or 0 for what is never negative


class OwnChannels(NamedTuple, Generic[T]):
    """Holds the channels of the car itself and of the ground under it, in the view's order."""

    velocity_forward: T
    velocity_left: T
    yaw_rate: T
    accel_forward: T
    accel_left: T
    steering: T
    throttle: T
    brake: T
    front_torque_share: T
    offset: T
    heading_sin: T
    heading_cos: T
    curvature: T
    front_left_slip: T
    front_right_slip: T
    rear_left_slip: T
    rear_right_slip: T
    front_left_grip: T
    front_right_grip: T
    rear_left_grip: T
    rear_right_grip: T


_CURVATURE = Scale(0.1, -1.0)
_EDGE = Scale(_ASIDE_M, 0.0)
_ACCEL = Scale(20.0, -1.0)
_PEDAL = Scale(1.0, 0.0)
_SLIP = Scale(4.0, 0.0)
_GRIP = Scale(MAX_GRIP, 0.0)
_OWN: Final = OwnChannels(
    velocity_forward=Scale(70.0, -1.0),
    velocity_left=Scale(20.0, -1.0),
    yaw_rate=Scale(3.0, -1.0),
    accel_forward=_ACCEL,
    accel_left=_ACCEL,
    steering=Scale(1.0, -1.0),
    throttle=_PEDAL,
    brake=_PEDAL,
    front_torque_share=Scale(1.0, 0.0),
    offset=Scale(_ASIDE_M, -1.0),
    heading_sin=Scale(1.0, -1.0),
    heading_cos=Scale(1.0, -1.0),
    curvature=_CURVATURE,
    front_left_slip=_SLIP,
    front_right_slip=_SLIP,
    rear_left_slip=_SLIP,
    rear_right_slip=_SLIP,
    front_left_grip=_GRIP,
    front_right_grip=_GRIP,
    rear_left_grip=_GRIP,
    rear_right_grip=_GRIP,
)
_RAYS: Final = (Scale(RAY_RANGE_M, 0.0),) * len(RAY_ANGLES_DEG)
_AHEAD: Final = (_CURVATURE, _EDGE, _EDGE, _GRIP) * len(AHEAD_M)  # as `look_ahead` fills them
_SCALES: Final = (*_OWN, *_RAYS, *_AHEAD)
_RAYS_AT: Final = len(_OWN)
_AHEAD_AT: Final = _RAYS_AT + len(_RAYS)

UNITS: Array = np.array([scale.unit for scale in _SCALES])
LOWEST: Array = np.array([scale.lowest for scale in _SCALES])


class SensorTables(NamedTuple):
    """Holds what an observation is computed from: lists in the plain form, arrays compiled."""

    tables: TrackTables
    grid: EdgeGrid
    fan: RayFan
    ahead_m: list[float]
    lock_rad: float  # of the steering
    units: list[float]
    lowest: list[float]
    quantities: Any  # room for one view before it is scaled, an array in both forms, shape (n,)


def make_sensor_tables(track: Track, lock_rad: float, backend: Backend) -> SensorTables:
    """Return the sensor's tables for a track in one of the two forms."""
    sensor = SensorTables(
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
        return sensor
    return sensor._replace(
        tables=track.table_arrays,
        grid=arrays(sensor.grid),
        fan=arrays(sensor.fan),
        ahead_m=rows(float, sensor.ahead_m),
        units=rows(float, sensor.units),
        lowest=rows(float, sensor.lowest),
    )


@tick_function
def view(sensor: SensorTables, car: Snapshot, numbers: Any) -> None:
    """Fill `numbers`, an array of shape (n,), with what the learner in a car sees."""
    quantities = sensor.quantities
    heading = direction(car.heading_rad - car.track_heading_rad)
    surfaces = sensor.tables.surfaces
    own = OwnChannels(
        velocity_forward=car.velocity_forward_mps,
        velocity_left=car.velocity_left_mps,
        yaw_rate=car.yaw_rate_radps,
        accel_forward=car.accel_forward_mps2,
        accel_left=car.accel_left_mps2,
        steering=car.steering_rad / sensor.lock_rad,
        throttle=car.throttle,
        brake=car.brake,
        front_torque_share=car.front_torque_share,
        offset=car.offset_m,
        heading_sin=heading.sin,
        heading_cos=heading.cos,
        curvature=car.curvature_1pm,
        front_left_slip=car.front_left_normalised_slip,
        front_right_slip=car.front_right_normalised_slip,
        rear_left_slip=car.rear_left_normalised_slip,
        rear_right_slip=car.rear_right_normalised_slip,
        front_left_grip=surfaces[int(car.front_left_surface)].grip
        * car.front_left_tyre_grip
        * car.front_left_wet_grip,
        front_right_grip=surfaces[int(car.front_right_surface)].grip
        * car.front_right_tyre_grip
        * car.front_right_wet_grip,
        rear_left_grip=surfaces[int(car.rear_left_surface)].grip
        * car.rear_left_tyre_grip
        * car.rear_left_wet_grip,
        rear_right_grip=surfaces[int(car.rear_right_surface)].grip
        * car.rear_right_tyre_grip
        * car.rear_right_wet_grip,
    )
    write_numbers(quantities, own)
    rays_m = quantities[_RAYS_AT:_AHEAD_AT]
    road = quantities[_AHEAD_AT:]
    level = level_seen(sensor.tables, car.s_m)
    cast_rays(sensor.grid, sensor.fan, car.x_m, car.y_m, car.heading_rad, level, rays_m)
    look_ahead(sensor.tables, sensor.ahead_m, car.s_m, car.offset_m, road)
    for grip_at in range(3, len(road), 4):
        road[grip_at] = surfaces[int(road[grip_at])].grip
    for index in range(len(quantities)):
        number = quantities[index] / sensor.units[index]
        if number > 1.0:
            number = 1.0
        elif number < sensor.lowest[index]:
            number = sensor.lowest[index]
        numbers[index] = number
