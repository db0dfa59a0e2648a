"""Let cars hit each other and walls, for the figures of a crash."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from game.lab.courses import MeasuredCar
from game.simulation.events import Contact
from game.simulation.snapshot import Snapshot
from game.simulation.world import Start, World
from game.track.elements import Pose
from game.units import G_MPS2
from game.validation.car_under_test import beside_wall, straight_wall
from game.vehicle.parts import make_car
from game.vehicle.state import Controls, controls

_APART_M: Final = 8.0  # between the middles of two cars, before they meet
_CRASH_S: Final = 1.5
_WALL_M: Final = 6.0  # beside the car
_WALL_HALF_M: Final = 400.0
_GLANCING_S: Final = 2.0
_PAST_S: Final = 0.3  # after the first touch, when the rear has been at the wall, too
_LEANING_S: Final = 20.0
_LEANT_S: Final = 5.0  # at the end, over which the speed is watched


@dataclass(frozen=True)
class HeadOn:
    """Holds what became of two equal cars that met head on."""

    closing_mps: float
    parting_mps: float
    peak_g: float
    momentum_error: float  # change of the sum, over what one of them had

    @property
    def restitution(self) -> float:
        """Return the share of the closing speed at which they part."""
        return self.parting_mps / self.closing_mps


def head_on(car: MeasuredCar, closing_mps: float) -> HeadOn:
    """Let two cars roll into each other, each with half of the closing speed."""
    speed_mps = 0.5 * closing_mps
    away_m = _APART_M + car.spec.chassis.nose_m - car.spec.chassis.tail_m
    starts = [
        Start(car.spec, car.setup, Pose(0.0, 0.0, 0.0), 0.0, speed_mps),
        Start(car.spec, car.setup, Pose(away_m, 0.0, math.pi), away_m, speed_mps),
    ]
    world = World(None, starts, backend=car.backend)
    mass_kg = make_car(car.spec, car.setup).mass_kg
    before, peak_ns = _sum_and_gap(world), 0.0
    met = parted = before
    while world.time_s < _APART_M / speed_mps + _CRASH_S:
        free = _sum_and_gap(world)
        step = world.step([Controls(), Controls()])
        impulse_ns = step.snapshots[0].impulse_ns
        if impulse_ns > 0.0:
            met = free if peak_ns == 0.0 else met
            parted = _sum_and_gap(world)
            peak_ns = max(peak_ns, impulse_ns)
    return HeadOn(
        -met[1],
        parted[1],
        peak_ns / mass_kg / world.step_s / G_MPS2,
        abs(parted[0] - met[0]) / (0.5 * abs(met[1])),
    )


def _sum_and_gap(world: World) -> tuple[float, float]:
    """Return the sum of the cars' speeds along the x axis, and how fast they part."""
    one, other = (_velocity(now)[0] for now in world.snapshots())
    return one + other, other - one


def _velocity(now: Snapshot) -> tuple[float, float]:
    cos, sin = math.cos(now.heading_rad), math.sin(now.heading_rad)
    return (
        now.velocity_forward_mps * cos - now.velocity_left_mps * sin,
        now.velocity_forward_mps * sin + now.velocity_left_mps * cos,
    )


def kept_at_wall(car: MeasuredCar, speed_mps: float, angle_rad: float) -> float:
    """Return the share of its energy that a rolling car keeps at a wall that it meets at an angle.

    It is judged when nose and tail have been there, about a third of a second later.
    """
    world = beside_wall(
        car, Pose(0.0, 0.0, angle_rad), speed_mps, straight_wall(_WALL_M, _WALL_HALF_M)
    )
    touched_s = before_j = math.nan
    while world.time_s < _GLANCING_S:
        free_j = _energy_j(car, world)
        touches = any(isinstance(event, Contact) for event in world.step([Controls()]).events)
        if touches and math.isnan(touched_s):
            touched_s, before_j = world.time_s, free_j
        if world.time_s > touched_s + _PAST_S:
            return _energy_j(car, world) / before_j
    return math.nan


def square_hit_peak_g(car: MeasuredCar, speed_mps: float) -> float:
    """Return the greatest acceleration of a car that rolls squarely into a wall, g."""
    wall = straight_wall(_WALL_M, _WALL_HALF_M)
    world = beside_wall(car, Pose(0.0, 0.0, 0.5 * math.pi), speed_mps, wall)
    mass_kg = make_car(car.spec, car.setup).mass_kg
    peak_ns = 0.0
    while world.time_s < _WALL_M / speed_mps + _CRASH_S:
        peak_ns = max(peak_ns, world.step([Controls()]).snapshots[0].impulse_ns)
    return peak_ns / mass_kg / world.step_s / G_MPS2


def leaning_ripple_kmh(car: MeasuredCar, steering: float, throttle: float) -> float:
    """Return the spread of the speed of a car that drives along a wall, leaning on it, km/h."""
    world = beside_wall(car, Pose(0.0, 0.0, 0.1), 10.0, straight_wall(_WALL_M, 4.0 * _WALL_HALF_M))
    speeds = []
    while world.time_s < _LEANING_S:
        now = world.step([controls(steering, throttle)]).snapshots[0]
        if world.time_s > _LEANING_S - _LEANT_S:
            speeds.append(now.velocity_forward_mps)
    drift = (speeds[-1] - speeds[0]) / (len(speeds) - 1)
    off = [speed - speeds[0] - drift * index for index, speed in enumerate(speeds)]
    return 3.6 * (max(off) - min(off))


def _energy_j(car: MeasuredCar, world: World) -> float:
    now = world.snapshots()[0]
    made = make_car(car.spec, car.setup)
    square = now.velocity_forward_mps**2 + now.velocity_left_mps**2
    return 0.5 * (made.mass_kg * square + made.yaw_inertia_kgm2 * now.yaw_rate_radps**2)
