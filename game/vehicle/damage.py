"""Bend a car where it is hit: air, alignment and cooling suffer from the energy of hits.

Only what a hit takes in a tick beyond a light touch bends anything, so that leaning on a wall and
scraping along it are free.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from game.compiled import tick_function
from game.scalars import absolute, clamp, minimum
from game.vehicle.aero import AirForce
from game.vehicle.spec import DamageSpec
from game.vehicle.state import DamageState

DamageMode = Literal["off", "reduced", "full"]

_MAX_SHARE: Final[dict[DamageMode, float]] = {"off": 0.0, "reduced": 0.5, "full": 1.0}


@dataclass(frozen=True, slots=True)
class Damage:
    """Says how a car is damaged, made ready for the tick."""

    max_share: float  # of a part, 0..1; 0: nothing is
    light_hit_j: float
    full_hit_j: float
    drag_gain: float
    front_downforce_loss: float
    rear_downforce_loss: float
    cooling_loss: float
    steering_rad: float
    outlasts_reset: int  # 1: only a new start repairs


class Blow(NamedTuple):
    """Describes what a tick of a hit did to a car, in its own axes."""

    forward_mps: float
    left_mps: float
    front_axle_left_mps: float
    energy_j: float  # lost


def make_damage(spec: DamageSpec, mode: DamageMode) -> Damage:
    """Return how a car is damaged under this rule: under *reduced* half as much, at most half."""
    return Damage(
        max_share=_MAX_SHARE[mode],
        light_hit_j=spec.light_hit_j,
        full_hit_j=spec.full_hit_j,
        drag_gain=spec.drag_gain,
        front_downforce_loss=spec.front_downforce_loss,
        rear_downforce_loss=spec.rear_downforce_loss,
        cooling_loss=spec.cooling_loss,
        steering_rad=spec.steering_rad,
        outlasts_reset=int(mode == "full"),
    )


@tick_function
def apply_blow(rule: Damage, damage: DamageState, blow: Blow) -> None:
    """Add what a blow bends. A car that is pushed to its right was hit on its left."""
    square = blow.forward_mps * blow.forward_mps + blow.left_mps * blow.left_mps
    if blow.energy_j <= rule.light_hit_j or square <= 0.0:
        return
    more = rule.max_share * (blow.energy_j - rule.light_hit_j) / rule.full_hit_j
    along = more * blow.forward_mps * blow.forward_mps / square
    across = more * blow.left_mps * blow.left_mps / square
    if blow.forward_mps < 0.0:
        damage.nose = minimum(damage.nose + along, rule.max_share)
    else:
        damage.tail = minimum(damage.tail + along, rule.max_share)
    if blow.left_mps < 0.0:
        damage.left = minimum(damage.left + across, rule.max_share)
    else:
        damage.right = minimum(damage.right + across, rule.max_share)
    sideways = clamp(
        blow.front_axle_left_mps * absolute(blow.front_axle_left_mps) / square, -1.0, 1.0
    )
    max_rad = rule.max_share * rule.steering_rad
    damage.steering_rad = clamp(
        damage.steering_rad + more * rule.steering_rad * sideways, -max_rad, max_rad
    )


@tick_function
def repair(damage: DamageState) -> None:
    """Make a car whole."""
    damage.nose = 0.0
    damage.tail = 0.0
    damage.left = 0.0
    damage.right = 0.0
    damage.steering_rad = 0.0


@tick_function
def is_wrecked(damage: DamageState) -> bool:
    """Return whether a part is wholly destroyed, so that the car does not drive on."""
    return damage.nose >= 1.0 or damage.tail >= 1.0 or damage.left >= 1.0 or damage.right >= 1.0


@tick_function
def is_bent(damage: DamageState) -> bool:
    """Return whether anything of the car is bent."""
    return damage.nose + damage.tail + damage.left + damage.right > 0.0


@tick_function
def bent_air(rule: Damage, damage: DamageState, air: AirForce) -> AirForce:
    """Return the air's force on a bent car: more drag, less downforce where it is bent."""
    drag = 1.0 + rule.drag_gain * 0.5 * (damage.nose + damage.tail)
    return AirForce(
        air.forward_n * drag,
        air.left_n * drag,
        air.front_downforce_n * (1.0 - rule.front_downforce_loss * damage.nose),
        air.rear_downforce_n * (1.0 - rule.rear_downforce_loss * damage.tail),
    )


@tick_function
def cooling_left(rule: Damage, damage: DamageState) -> float:
    """Return the share of its cooling that a car has left: the radiators are behind the nose."""
    return 1.0 - rule.cooling_loss * damage.nose


class DamageCost(NamedTuple):
    """Says what damage costs a car, as shares of what it had."""

    drag: float  # more of it
    front_downforce: float  # less of it, as are the next two
    rear_downforce: float
    cooling: float


def damage_cost(spec: DamageSpec, damage: DamageState) -> DamageCost:
    """Return what damage costs a car."""
    rule = make_damage(spec, "full")
    air = bent_air(rule, damage, AirForce(-1.0, 0.0, 1.0, 1.0))
    return DamageCost(
        -air.forward_n - 1.0,
        1.0 - air.front_downforce_n,
        1.0 - air.rear_downforce_n,
        1.0 - cooling_left(rule, damage),
    )
