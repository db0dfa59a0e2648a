"""Drive on grass and gravel as a tester would: coasting, braking, starting again."""

from __future__ import annotations

import math
from typing import Final

from game.lab.courses import MeasuredCar, drive_course
from game.simulation.snapshot import Snapshot
from game.track.surfaces import GRASS, GRAVEL
from game.units import G_MPS2, kmh
from game.validation.car_under_test import on_loose_ground
from game.vehicle.state import Controls, controls

_BRAKED_S: Final = 1.0
_LOOK_TICKS: Final = 4
_MAX_S: Final = 30.0
_FREED_S: Final = 4.0
_MIN_MPS: Final = 1.0


def grass_braking_g(car: MeasuredCar, speed_mps: float) -> float:
    """Return the mean deceleration of a second of full braking on grass, g."""
    world = on_loose_ground(car, GRASS, speed_mps)
    before_mps = world.snapshots()[0].velocity_forward_mps
    ticks = round(_BRAKED_S / world.step_s)
    after_mps = world.step([controls(brake=1.0)], ticks).snapshots[0].velocity_forward_mps
    return (before_mps - after_mps) / _BRAKED_S / G_MPS2


def gravel_drag_g(car: MeasuredCar, from_mps: float, to_mps: float) -> float:
    """Return the mean deceleration of a car that coasts through gravel between two speeds, g."""
    world = on_loose_ground(car, GRAVEL, from_mps)
    for now in drive_course(world, lambda _: Controls(), _MAX_S, _LOOK_TICKS):
        if now.velocity_forward_mps < max(to_mps, _MIN_MPS):
            return (from_mps - now.velocity_forward_mps) / world.time_s / G_MPS2
    return math.nan


def freed_kmh(car: MeasuredCar) -> float:
    """Return how fast a car is that stood in gravel, after four seconds at full pedal, km/h."""
    world = on_loose_ground(car, GRAVEL, 0.0)
    now: Snapshot = world.step([controls(throttle=1.0)], round(_FREED_S / world.step_s)).snapshots[
        0
    ]
    return kmh(now.velocity_forward_mps)
