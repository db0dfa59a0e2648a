"""Say how two bodies that hit each other slow down: they crush, then part with little rebound.

A body gives way under a constant force, as crash structures are made to, until the rest of its way
is too short for that: then under the force that stops it at the end of the way. A hit so light that
the force stops it within a tick is the space's alone, as a car that leans on a wall.
"""

from __future__ import annotations

from typing import NamedTuple

from game.vehicle.spec import ChassisSpec


class CrushLaw(NamedTuple):
    """Describes how a body gives way, or two that hit each other."""

    force_n: float
    depth_m: float  # the whole way
    fade_mps: float  # closing speed at which the restitution has halved


def crush_law(chassis: ChassisSpec, forward: float) -> CrushLaw:
    """Return how a car gives way where it is hit.

    forward: the share of the push that goes along the car, -1..1; the rest goes across it.
    """
    along = forward * forward
    return CrushLaw(
        chassis.crush_force_n,
        along * chassis.crush_depth_m + (1.0 - along) * chassis.side_crush_depth_m,
        chassis.restitution_fade_mps,
    )


def crush_between(one: CrushLaw, other: CrushLaw) -> CrushLaw:
    """Return how two cars give way to each other: under the force of the softer, both their ways.

    So two equal cars that meet head on are stopped as each is by a rigid wall.
    """
    return CrushLaw(
        min(one.force_n, other.force_n),
        one.depth_m + other.depth_m,
        min(one.fade_mps, other.fade_mps),
    )


def rebound_mps(law: CrushLaw, restitution: float, closing_mps: float) -> float:
    """Return the speed at which two bodies part that met at `closing_mps`.

    restitution: of a light touch. The faster they met, the less is left of it.
    """
    share = closing_mps * closing_mps / (law.fade_mps * law.fade_mps)
    return restitution * closing_mps / (1.0 + share * share)


def crushed_mps(
    law: CrushLaw, closing_mps: float, crushed_m: float, mass_kg: float, step_s: float
) -> float:
    """Return the closing speed that a tick of crushing leaves, 0 if it ends the crush.

    mass_kg: what resists a push between the two at that place, their reduced mass.
    """
    left_m = law.depth_m - crushed_m
    if left_m <= closing_mps * step_s:
        return 0.0
    slowing_mps2 = max(law.force_n / mass_kg, 0.5 * closing_mps * closing_mps / left_m)
    return max(closing_mps - slowing_mps2 * step_s, 0.0)


def max_restitution(friction: float, coupling: float) -> float:
    """Return the restitution up to which two bodies part with no more energy than they met with.

    coupling: the velocity across the normal that an impulse along it gives, over the one along it.

    With the inverse mass w of a push p along the normal, p gains w p^2 / 2 - closing p, and
    friction takes from that: no energy comes of p <= 2 closing / w. But what friction, up to a
    share of p, does to the closing speed takes more of p to part at the same speed,
    p <= (1 + restitution) closing / (w (1 - friction coupling)). Both agree up to here.
    """
    return max(1.0 - 2.0 * friction * abs(coupling), 0.0)
