"""Find the speeds that a line allows a car which is faster on a straight than its plan foresees.

Behind another car, in the air that this one drags along, or out of that air again, a car is faster
than its own motors make it. Its plan says less there, and braking begins where the plan's speed
has it begin. These speeds are the plan's wherever grip decides; on the way to a corner they are
those from which its braking can still be met.
"""

from __future__ import annotations

import dataclasses
import math
from typing import Final

import numpy as np

from game.arrays import Array
from game.bot.plan import GRIP_STEP, Plan
from game.bot.side_tables import SPEED_STEP_MPS, SpeedLimits

_MAX_FASTER: Final = 1.15  # times the planned speed
_MAX_USED: Final = 0.5  # of what grip gives to the side, where a car may be faster than planned
_BRAKE_SHARE: Final = 0.9  # of the hardest braking planned at a speed, to brake from higher ones


def racing_plan(plan: Plan, limits: list[SpeedLimits], max_left_mps2: float) -> Plan:
    """Return a plan with the speeds that its line allows, for tyres with less grip, too.

    limits: what it does at most straight on; max_left_mps2: to the side.
    """

    def faster(speed_mps: Array, grip: float) -> tuple[Array, Array]:
        brakes_mps2 = [limit.brake_mps2 * grip for limit in limits]
        allowed_mps = _allowed(plan, speed_mps, brakes_mps2, max_left_mps2 * grip)
        return allowed_mps, _accel(plan, allowed_mps)

    speed_mps, accel_mps2 = faster(plan.speed_mps, 1.0)
    levels = [
        faster(row, 1.0 - GRIP_STEP * level) for level, row in enumerate(plan.slower_speed_mps, 1)
    ]
    return dataclasses.replace(
        plan,
        speed_mps=speed_mps,
        accel_mps2=accel_mps2,
        slower_speed_mps=np.array([level[0] for level in levels]).reshape(-1, len(speed_mps)),
        slower_accel_mps2=np.array([level[1] for level in levels]).reshape(-1, len(speed_mps)),
    )


def _spacing(plan: Plan) -> Array:
    """Return the way from each station of a line to the next, shape (n,)."""
    return np.hypot(np.roll(plan.x_m, -1) - plan.x_m, np.roll(plan.y_m, -1) - plan.y_m)


def _accel(plan: Plan, speed_mps: Array) -> Array:
    after_mps = np.roll(speed_mps, -1)
    accel: Array = (after_mps * after_mps - speed_mps * speed_mps) / (2.0 * _spacing(plan))
    return accel


def _allowed(plan: Plan, speed_mps: Array, brakes_mps2: list[float], max_left_mps2: float) -> Array:
    """Return the highest speed at each station from which all that follow can be met."""
    used = np.abs(plan.curvature_1pm) * speed_mps * speed_mps / max_left_mps2
    faster = np.sqrt(np.clip(_MAX_USED / np.maximum(used, 1e-9), 1.0, _MAX_FASTER**2))
    most_mps = (speed_mps * faster).tolist()
    spare = np.sqrt(1.0 - np.minimum(used, 1.0) ** 2).tolist()
    spacing_m, planned_mps = _spacing(plan).tolist(), speed_mps.tolist()
    count, after_mps = len(planned_mps), 0.0
    allowed_mps = [0.0] * count
    for place in range(2 * count - 1, -1, -1):  # twice round: what follows the last is the first
        station = place % count
        step = min(int(after_mps / SPEED_STEP_MPS), len(brakes_mps2) - 1)
        slower_mps2 = _BRAKE_SHARE * spare[station] * brakes_mps2[step]
        reached_mps = math.sqrt(after_mps * after_mps + 2.0 * slower_mps2 * spacing_m[station])
        after_mps = max(min(reached_mps, most_mps[station]), planned_mps[station])
        allowed_mps[station] = after_mps
    return np.array(allowed_mps)
