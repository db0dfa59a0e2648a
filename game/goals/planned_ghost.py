"""Make a ghost of the bot's plan, which is there as soon as the bot knows a circuit."""

from __future__ import annotations

import math

import numpy as np

from game.bot.plan import Plan
from game.recording.ghost import GhostLap, TapedPose
from game.trig_arrays import lengths


def planned_ghost(plan: Plan, wheelbase_m: float) -> GhostLap:
    """Return a lap along the plan's line at its speeds, with the wheels along the line's bends."""
    ahead_m = lengths(np.roll(plan.x_m, -1) - plan.x_m, np.roll(plan.y_m, -1) - plan.y_m)
    steps_s = 2.0 * ahead_m / (plan.speed_mps + np.roll(plan.speed_mps, -1))
    scale = plan.lap_time_s / float(steps_s.sum())
    times_s = scale * np.concatenate([[0.0], np.cumsum(steps_s)])
    columns = (plan.x_m, plan.y_m, plan.heading_rad, plan.curvature_1pm)
    poses = [
        TapedPose(x_m, y_m, heading_rad, math.atan(wheelbase_m * curvature_1pm))
        for x_m, y_m, heading_rad, curvature_1pm in zip(
            *(each.tolist() for each in columns), strict=True
        )
    ]
    return GhostLap(plan.lap_time_s, tuple(times_s.tolist()), (*poses, poses[0]))
