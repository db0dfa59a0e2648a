"""Decide when a car's lamps are lit."""

from __future__ import annotations

from typing import Final, NamedTuple

from game.simulation.snapshot import Snapshot

_PEDAL: Final = 0.02  # of its travel
_REGENERATING_MPS2: Final = 1.3  # deceleration from which regeneration must show brake lights
_REVERSING_MPS: Final = 0.2


class Lamps(NamedTuple):
    """Says of each lamp of a car whether it is lit."""

    braking: bool = False
    reversing: bool = False


def lamps_of(now: Snapshot) -> Lamps:
    """Light brake lamps by the pedal or, as in traffic law, by strong regeneration; and reverse."""
    regenerating = now.front_power_w + now.rear_power_w < 0.0
    slowed = regenerating and now.accel_forward_mps2 < -_REGENERATING_MPS2
    return Lamps(
        braking=now.brake > _PEDAL or slowed,
        reversing=now.velocity_forward_mps < -_REVERSING_MPS,
    )
