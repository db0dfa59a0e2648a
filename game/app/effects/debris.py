"""Throw into the air what a car throws: smoke of sliding tyres, gravel, grass, sparks at a wall."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.effects.particle_sprites import Matter
from game.app.effects.particles import Particles
from game.app.effects.wheel_places import WheelPlaces
from game.arrays import FloatArray
from game.simulation.snapshot import Snapshot
from game.track.surfaces import GRASS, GRAVEL
from game.vehicle.spec import ChassisSpec

_SMOKE_FROM_W: Final = 3500.0
_SMOKE_FULL_W: Final = 11_000.0
_SMOKE_FROM_SLIP: Final = 1.1  # of the slip of peak grip
_SMOKE_FULL_SLIP: Final = 1.7
_SMOKE_PS: Final = 34.0  # clouds of a wheel in a second
_SMOKE_DRAGGED: Final = 0.30  # of the wheel's velocity
_LOOSE_FULL_MPS: Final = 18.0
_LOOSE_FROM_MPS: Final = 2.0
_MIN_STRENGTH: Final = 0.3  # of particles, from a wheel that throws hardly anything
_HIT_FROM_NS: Final = 500.0
_HIT_FULL_NS: Final = 6000.0
_MAX_SPARKS: Final = 36
# Clouds and pieces of a wheel in a second at full speed on loose ground.
_LOOSE: Final = {
    GRAVEL: ((Matter.DUST, 24.0, 0.40), (Matter.STONE, 40.0, 0.70)),
    GRASS: ((Matter.SOIL, 14.0, 0.35), (Matter.CLOD, 30.0, 0.70)),
}


class DebrisEmitter:
    """Emits what the wheels and the body of one car throw into the air."""

    def __init__(self, chassis: ChassisSpec, particles: Particles) -> None:
        self._chassis = chassis
        self._wheels = WheelPlaces(chassis)
        self._particles = particles
        self._due = np.zeros((4, len(Matter)))

    def update(self, before: Snapshot, now: Snapshot, hit_ns: float, frame_s: float) -> None:
        """Emit what has come loose in the frame between two snapshots of the car."""
        velocities = self._wheels.velocities_mps(now).tolist()
        for wheel, velocity in enumerate(velocities):
            for matter, rate_ps, dragged, strength in _flows(now, wheel, math.hypot(*velocity)):
                count = self._count(wheel, matter, rate_ps * strength * frame_s)
                if count:
                    begin, end = (self._wheels.places_m(at)[wheel] for at in (before, now))
                    along = self._particles.chance.random((count, 1))
                    strong = _MIN_STRENGTH + (1.0 - _MIN_STRENGTH) * strength
                    places = begin + along * (end - begin)
                    self._particles.emit(matter, places, dragged * np.array(velocity), strong)
        if hit_ns > _HIT_FROM_NS:
            self._emit_contact(before, now, min(hit_ns / _HIT_FULL_NS, 1.0))

    def forget_motion(self) -> None:
        """Drop what is due: the car is put elsewhere."""
        self._due[:] = 0.0

    def _count(self, wheel: int, matter: Matter, more: float) -> int:
        """Return the number of whole particles that are due; the rest waits."""
        due = self._due[wheel, matter] + more
        self._due[wheel, matter] = due - int(due)
        return int(due)

    def _emit_contact(self, before: Snapshot, now: Snapshot, share: float) -> None:
        """Emit sparks and dust where the car was pushed from."""
        push = _velocity(now) - _velocity(before)
        size = math.hypot(*push.tolist())
        if size < 0.1:
            return
        way = -push / size
        cos, sin = math.cos(now.heading_rad), math.sin(now.heading_rad)
        forward, left = way[0] * cos + way[1] * sin, way[1] * cos - way[0] * sin
        half_m = (0.5 * self._chassis.length_m, 0.5 * self._chassis.width_m)
        reach_m = min(half_m[0] / max(abs(forward), 1e-3), half_m[1] / max(abs(left), 1e-3))
        middle_m = 0.5 * (self._chassis.nose_m + self._chassis.tail_m)
        place = np.array([now.x_m + middle_m * cos, now.y_m + middle_m * sin]) + reach_m * way
        velocity = 0.5 * _velocity(now)
        sparks = max(round(_MAX_SPARKS * share), 1)
        self._particles.emit(Matter.SPARK, np.tile(place, (sparks, 1)), velocity)
        self._particles.emit(Matter.DUST, np.tile(place, (sparks // 5, 1)), 0.4 * velocity, share)


def _flows(now: Snapshot, wheel: int, speed_mps: float) -> list[tuple[Matter, float, float, float]]:
    """Return what a wheel throws: matter, maximum rate, share of its velocity, strength 0..1."""
    surface = now.surface[wheel]
    if surface in _LOOSE:
        share = (speed_mps - _LOOSE_FROM_MPS) / (_LOOSE_FULL_MPS - _LOOSE_FROM_MPS)
        return [(*flow, min(max(share, 0.0), 1.0)) for flow in _LOOSE[surface]]
    smoke = _smoke(now.sliding_power_w[wheel], now.normalised_slip[wheel])
    return [(Matter.SMOKE, _SMOKE_PS, _SMOKE_DRAGGED, smoke)]


def _smoke(power_w: float, normalised_slip: float) -> float:
    """Return how much a tyre smokes, 0..1: it does when it is hot and beyond its grip."""
    hot = (power_w - _SMOKE_FROM_W) / (_SMOKE_FULL_W - _SMOKE_FROM_W)
    beyond = (normalised_slip - _SMOKE_FROM_SLIP) / (_SMOKE_FULL_SLIP - _SMOKE_FROM_SLIP)
    return min(max(hot, 0.0), 1.0) * min(max(beyond, 0.0), 1.0)


def _velocity(now: Snapshot) -> FloatArray:
    cos, sin = math.cos(now.heading_rad), math.sin(now.heading_rad)
    forward, left = now.velocity_forward_mps, now.velocity_left_mps
    return np.array([forward * cos - left * sin, forward * sin + left * cos])
