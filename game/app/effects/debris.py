"""Throw into the air what a car throws: smoke of sliding tyres, gravel, grass, sparks at a wall."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from game.app.effects.contact import FrameContact
from game.app.effects.particle_sprites import ParticleMaterial
from game.app.effects.particles import Particles
from game.app.effects.road_water import RoadWater
from game.app.effects.roadside import Roadside
from game.app.effects.settings import EffectSettings
from game.app.effects.wheel_places import Pair, WheelPlaces
from game.simulation.snapshot import Snapshot
from game.track.surfaces import GRASS, GRAVEL
from game.vehicle.spec import ChassisSpec

_SMOKE_FROM_W: Final = 3500.0
_SMOKE_FULL_W: Final = 20_000.0
_SMOKE_FROM_SLIP: Final = 0.95  # of the slip of peak grip
_SMOKE_FULL_SLIP: Final = 1.45
_SMOKE_AT_LIMIT: Final = 0.38  # of its strength beyond the limit, at the limit of grip
_SMOKE_PS: Final = 38.0  # clouds of a wheel in a second
_SMOKE_DRAGGED: Final = 0.30  # of the wheel's velocity
_LOOSE_FULL_MPS: Final = 18.0
_LOOSE_FROM_MPS: Final = 2.0
_MIN_STRENGTH: Final = 0.3  # of particles, from a wheel that throws hardly anything
_SPARKS_FROM: Final = 0.03  # of the hardest contact
_MAX_SPARKS: Final = 90
_SPARKS_BACK: Final = 4.0  # m/s away from what was hit, at the hardest
# Clouds and pieces of a wheel in a second at full speed on loose ground.
_LOOSE: Final = {
    GRAVEL: ((ParticleMaterial.DUST, 24.0, 0.40), (ParticleMaterial.STONE, 40.0, 0.70)),
    GRASS: (
        (ParticleMaterial.SOIL, 18.0, 0.35),
        (ParticleMaterial.CLOD, 30.0, 0.70),
        (ParticleMaterial.BLADE, 44.0, 0.45),
    ),
}
_DUST_LAID_M: Final = 5e-5  # with so much water on the ground nothing is dusty, and no tyre smokes
_SPRAY_PS: Final = 27.0  # clouds of a wheel in a second, at most
_SPRAY_DRAGGED: Final = 0.42
_SPRAY_FROM_MPS: Final = 6.0
_SPRAY_FULL_MPS: Final = 50.0
_SPRAY_FULL_M: Final = 8e-4
_EDGE_DUST_PS: Final = 16.0  # of a wheel on the dusty edge of the road, at full speed
_EDGE_DUST_DRAGGED: Final = 0.35
_EDGE_FROM_MPS: Final = 12.0
_EDGE_FULL_MPS: Final = 40.0
_WAKE_PS: Final = 18.0  # blades of grass that a car blows up beside it, at full speed
_WAKE_FULL_MPS: Final = 55.0
_WAKE_DRAGGED: Final = 0.22


class DebrisEmitter:
    """Emits what the wheels and the body of one car throw into the air."""

    def __init__(
        self,
        chassis: ChassisSpec,
        particles: Particles,
        roadside: Roadside | None = None,
        water: RoadWater | None = None,
    ) -> None:
        """roadside: where dust and grass lie; without one nothing is blown off them; water: on the
        road; without one it is dry.
        """
        self._water = water
        self._water_m = 0.0  # where the car is
        self.settings = EffectSettings()
        self._roadside = roadside
        self._wheels = WheelPlaces(chassis)
        self._particles = particles
        self._due = np.zeros((4, len(ParticleMaterial)))
        self._wake_due = 0.0
        self._dusty = False  # whether a wheel may be on the dusty edge of the road

    def update(
        self, before: Snapshot, now: Snapshot, contact: FrameContact | None, frame_s: float
    ) -> None:
        """Emit what has come loose in the frame between two snapshots of the car."""
        self._water_m = 0.0 if self._water is None else self._water.depth_m(now)
        self._emit_flows(before, now, frame_s)
        if self._roadside is not None and self.settings.grass:
            self._emit_wake(self._roadside, now, frame_s)
        if contact is not None and contact.share > _SPARKS_FROM:
            self._emit_contact(contact)

    def _emit_flows(self, before: Snapshot, now: Snapshot, frame_s: float) -> None:
        """Emit what the wheels throw up."""
        velocities = self._wheels.velocities_mps(now)
        self._dusty = (
            self._roadside is not None
            and self.settings.dust
            and abs(now.velocity_forward_mps) > _EDGE_FROM_MPS
            and self._roadside.is_near_edge(now)
        )
        for wheel, velocity in enumerate(velocities):
            for material, rate_ps, dragged, strength in self._flows(now, wheel, velocity):
                count = self._count(wheel, material, rate_ps * strength * frame_s)
                if count:
                    ends = (self._wheels.places_m(at)[wheel] for at in (before, now))
                    begin, end = map(np.array, ends)
                    along = self._particles.chance.random((count, 1))
                    strong = _MIN_STRENGTH + (1.0 - _MIN_STRENGTH) * strength
                    places = begin + along * (end - begin)
                    self._particles.emit(material, places, dragged * np.array(velocity), strong)

    def forget_motion(self) -> None:
        """Drop what is due: the car is put elsewhere."""
        self._due[:] = 0.0
        self._wake_due = 0.0

    def _count(self, wheel: int, material: ParticleMaterial, more: float) -> int:
        """Return the number of whole particles that are due; the rest waits."""
        due = self._due[wheel, material] + more
        self._due[wheel, material] = due - int(due)
        return int(due)

    def _emit_wake(self, roadside: Roadside, now: Snapshot, frame_s: float) -> None:
        """Emit the grass that the air around a fast car blows up beside the road."""
        fast = min(abs(now.velocity_forward_mps) / _WAKE_FULL_MPS, 1.0) ** 2
        side = roadside.grass_beside(now)
        if side is None:
            return
        self._wake_due += _WAKE_PS * fast * frame_s
        count = int(self._wake_due)
        self._wake_due -= count
        if count:
            places = roadside.grass_places(now, side, self._particles.chance.random((count, 2)))
            cos, sin = math.cos(now.heading_rad), math.sin(now.heading_rad)
            speed = _WAKE_DRAGGED * now.velocity_forward_mps
            self._particles.emit(
                ParticleMaterial.BLADE, places, np.array([speed * cos, speed * sin]), 0.8
            )

    def _emit_contact(self, contact: FrameContact) -> None:
        """Emit sparks and dust where the car was pushed from."""
        sparks = max(round(_MAX_SPARKS * contact.share), 2)
        place = contact.place_m
        velocity = 0.55 * contact.velocity_mps - _SPARKS_BACK * contact.share * contact.direction
        self._particles.emit(ParticleMaterial.SPARK, np.tile(place, (sparks, 1)), velocity)
        clouds = np.tile(place, (sparks // 6, 1))
        self._particles.emit(
            ParticleMaterial.DUST, clouds, 0.4 * contact.velocity_mps, contact.share
        )

    def _wet_flows(
        self, surface: int, speed_mps: float
    ) -> list[tuple[ParticleMaterial, float, float, float]]:
        """Return what a wheel throws from wet ground: no dust, and no smoke."""
        flows = []
        if self.settings.spray:
            strength = spray(speed_mps, self._water_m)
            flows.append((ParticleMaterial.SPRAY, _SPRAY_PS, _SPRAY_DRAGGED, strength))
        if surface in _LOOSE:
            strength = _loosened(speed_mps)
            flows += [
                (*flow, strength)
                for flow in _LOOSE[surface]
                if flow[0] in (ParticleMaterial.STONE, ParticleMaterial.CLOD)
            ]
        return flows

    def _flows(
        self, now: Snapshot, wheel: int, velocity_mps: Pair
    ) -> list[tuple[ParticleMaterial, float, float, float]]:
        """Return what a wheel throws: material, maximum rate, share of its velocity, strength."""
        surface = now.surface[wheel]
        if self._water_m > _DUST_LAID_M:
            return self._wet_flows(surface, math.hypot(*velocity_mps))
        if surface in _LOOSE:
            strength = _loosened(math.hypot(*velocity_mps))
            return [
                (*flow, strength)
                for flow in _LOOSE[surface]
                if self.settings.grass or flow[0] is not ParticleMaterial.BLADE
            ]
        flows = []
        smoke = _smoke(now.sliding_power_w[wheel], now.normalised_slip[wheel])
        if smoke > 0.0:
            flows.append((ParticleMaterial.SMOKE, _SMOKE_PS, _SMOKE_DRAGGED, smoke))
        if self._dusty and self._roadside is not None:
            speed_mps = math.hypot(*velocity_mps)
            share = (speed_mps - _EDGE_FROM_MPS) / (_EDGE_FULL_MPS - _EDGE_FROM_MPS)
            dusty = min(max(share, 0.0), 1.0) * self._roadside.dust_under(now, wheel)
            if dusty > 0.0:
                flows.append((ParticleMaterial.SOIL, _EDGE_DUST_PS, _EDGE_DUST_DRAGGED, dusty))
        return flows


def _loosened(speed_mps: float) -> float:
    """Return how much a wheel tears off loose ground, 0..1."""
    share = (speed_mps - _LOOSE_FROM_MPS) / (_LOOSE_FULL_MPS - _LOOSE_FROM_MPS)
    return min(max(share, 0.0), 1.0)


def spray(speed_mps: float, water_m: float) -> float:
    """Return how much spray a wheel throws up, 0..1: by the water that it meets each second."""
    fast = min(max((speed_mps - _SPRAY_FROM_MPS) / (_SPRAY_FULL_MPS - _SPRAY_FROM_MPS), 0.0), 1.0)
    return fast * math.sqrt(min(water_m / _SPRAY_FULL_M, 1.0))


def _smoke(power_w: float, normalised_slip: float) -> float:
    """Return how much a tyre smokes, 0..1: a little at the limit of grip, much beyond it."""
    if normalised_slip < _SMOKE_FROM_SLIP:
        return 0.0
    hot = (power_w - _SMOKE_FROM_W) / (_SMOKE_FULL_W - _SMOKE_FROM_W)
    beyond = (normalised_slip - _SMOKE_FROM_SLIP) / (_SMOKE_FULL_SLIP - _SMOKE_FROM_SLIP)
    sliding = _SMOKE_AT_LIMIT + (1.0 - _SMOKE_AT_LIMIT) * min(beyond, 1.0)
    return min(max(hot, 0.0), 1.0) * sliding
