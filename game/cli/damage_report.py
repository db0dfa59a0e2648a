"""Report what hits did to a car in a lap, and what that costs it from then on."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Sequence
from typing import Any

from game.recording.lap_recorder import Lap, LapDamage, hit_text
from game.vehicle.damage import damage_cost
from game.vehicle.spec import CarSpec
from game.vehicle.state import DamageState


def damage_lines(laps: Sequence[Lap], spec: CarSpec) -> Iterator[str]:
    """Return a line for each lap in which the car was bent."""
    for lap in laps:
        if lap.hits and lap.damage is not None:
            hits = " and ".join(map(hit_text, lap.hits))
            yield f"lap {lap.number}: hit {hits}: {_bent(lap.damage)}; {_cost(lap.damage, spec)}"


def damage_object(lap: Lap, spec: CarSpec) -> dict[str, Any] | None:
    """Return the same for programs; None for a car that is whole."""
    if lap.damage is None:
        return None
    return {
        "hits": [dataclasses.asdict(hit) for hit in lap.hits],
        **lap.damage._asdict(),
        "costs": damage_cost(spec.damage, DamageState(*lap.damage))._asdict(),
    }


def _bent(damage: LapDamage) -> str:
    """Return the parts that are bent, as shares of their destruction."""
    parts = [
        f"{name} {100.0 * bent:.0f} %"
        for name, bent in zip(("nose", "tail", "left", "right"), damage, strict=False)
        if bent > 0.0
    ]
    return ", ".join(parts)


def _cost(damage: LapDamage, spec: CarSpec) -> str:
    cost = damage_cost(spec.damage, DamageState(*damage))
    side = "left" if damage.steering_rad >= 0.0 else "right"
    return (
        f"drag +{100.0 * cost.drag:.0f} %, downforce -{100.0 * cost.front_downforce:.0f} % front "
        f"and -{100.0 * cost.rear_downforce:.0f} % rear, cooling -{100.0 * cost.cooling:.0f} %, "
        f"pulls {math.degrees(abs(damage.steering_rad)):.1f} degrees to the {side}"
    )
