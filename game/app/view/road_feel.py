"""Measure what a driver feels of the road: kerbs, loose ground, sliding and flat tyres, hits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from game.simulation.snapshot import Snapshot
from game.track.surfaces import GRASS, GRAVEL, KERB
from game.track.tables import SurfaceProperties

_AUDIBLE_SLIP: Final = 0.7  # of the slip of peak grip: where tyres begin to be audible
_SLIP_FULL: Final = 1.2  # of the slip of peak grip: where tyres are at their loudest
_FULL_SPEED_MPS: Final = 40.0
_FULL_HIT_NS: Final = 6000.0
_FULL_FLAT_SPOT: Final = 0.6  # from which the worst tyre shakes the car as much as any can
_HALF_STRENGTH_M: Final = 0.004  # height of bumps; the tyres swallow more and more of higher ones


class RoadFeel(NamedTuple):
    """Says how strongly the driver feels each part of the road, 0..1."""

    kerb: float = 0.0
    loose: float = 0.0  # grass and gravel
    slip_front: float = 0.0
    slip_rear: float = 0.0
    hit: float = 0.0
    flat_spot: float = 0.0


def road_feel_of(now: Snapshot, surfaces: Sequence[SurfaceProperties], hit_ns: float) -> RoadFeel:
    """Return what the car of a snapshot feels on ground like this, by number of surface.

    `hit_ns`: the hardest contact since the last look.
    """
    speed = min(abs(now.velocity_forward_mps) / _FULL_SPEED_MPS, 1.0)
    normalised_slip = now.normalised_slip
    return RoadFeel(
        kerb=speed * _roughness(now, surfaces, (KERB,)),
        loose=speed * _roughness(now, surfaces, (GRASS, GRAVEL)),
        slip_front=_speed_faded(_slip(max(normalised_slip[:2])), now),
        slip_rear=_speed_faded(_slip(max(normalised_slip[2:])), now),
        hit=min(hit_ns / _FULL_HIT_NS, 1.0),
        flat_spot=speed * min(max(now.flat_spot) / _FULL_FLAT_SPOT, 1.0),
    )


def _speed_faded(value: float, now: Snapshot) -> float:
    """Fade a feeling out at low speed: a wheel that hardly moves neither squeals nor shakes."""
    fastest_mps = max(abs(now.velocity_forward_mps), abs(now.velocity_left_mps))
    return value * min(fastest_mps / 3.0, 1.0)


def _roughness(
    now: Snapshot, surfaces: Sequence[SurfaceProperties], kinds: tuple[int, ...]
) -> float:
    """Return how rough the ground of these kinds is, shared among four wheels."""
    wheels = now.surface
    heights_m = (surfaces[wheel].roughness_m for wheel in wheels if wheel in kinds)
    return sum(height_m / (height_m + _HALF_STRENGTH_M) for height_m in heights_m) / len(wheels)


def _slip(normalised_slip: float) -> float:
    return min(max((normalised_slip - _AUDIBLE_SLIP) / (_SLIP_FULL - _AUDIBLE_SLIP), 0.0), 1.0)
