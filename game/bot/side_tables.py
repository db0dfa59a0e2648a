"""Hold the lines for cars side by side as a follower reads them."""

from __future__ import annotations

from typing import Final, NamedTuple

SPEED_STEP_MPS: Final = 2.0  # from one of the limits by speed to the next


class SideStation(NamedTuple):
    """Holds the lines beside the planned one at a station of the plan.

    Speeds are kept as 1 / v**2, which is to a curvature as a line is to its offset.
    """

    middle_m: float  # offset of the middle line
    across_rad: float  # its heading relative to the centreline's
    curvature_1pm: float
    road_right_m: float  # lowest place on the road for a whole car, from the middle line
    road_left_m: float  # highest one
    wide_right_m: float  # the same for a car that keeps its place all along the road around
    wide_left_m: float
    right_m: float  # the same at racing speed: corners have room for two
    left_m: float
    slow_right_s2pm2: float  # on the line `side_m` to the right
    slow_s2pm2: float  # on the middle line
    slow_left_s2pm2: float
    accel_mps2: float  # on the middle line, to the next station
    corner: float  # number of the next one that is braked for; -1 without any
    inside: float  # of that corner: 1 on the left, -1 on the right
    brakes_m: float  # way to where the plan begins to brake for it


class SpeedLimits(NamedTuple):
    """Holds what a car can do at a speed, in one direction at a time."""

    forward_mps2: float
    brake_mps2: float
    left_mps2: float  # or to the right


class SideTables(NamedTuple):
    """Holds the lines for cars side by side; a car that is always alone has none."""

    stations: list[SideStation]
    limits: list[SpeedLimits]  # every `SPEED_STEP_MPS`
    side_m: float
    max_left_mps2: float  # of the plan
    half_width_m: float  # of the car
    half_length_m: float


NO_SIDES: Final = SideTables([], [], 1.0, 1.0, 1.0, 1.0)
