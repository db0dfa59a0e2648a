"""The line of least lap time for a car: curvature and length weighed by what they cost in time.

Sequential quadratic programming: each round takes the lap time's slopes to curvature and length,
asks for the offsets of least linearised time within a trust region, and keeps them if the passes
confirm a gain. The curvature's change is priced a little, so that no round makes a jagged line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from game.quasi_steady.racing_line import (
    Corridor,
    RacingLine,
    least_within,
    line_at,
    linearised_curvature,
    min_curvature_line,
    stretch,
)
from game.quasi_steady.speed_profile import SpeedPlanner

_SHORTENINGS_1PM2: Final = (2e-4, 6e-4, 1.2e-3)  # the first line is the best of these mixes
_TRUST_M: Final = 1.5  # the linear forecast is asked no farther
_FIRST_ROUGHNESS_SM2: Final = 5000.0  # price of a squared change of curvature at a station
_MOST_ROUGHNESS_SM2: Final = 1e8  # a round that needs more gains nothing any longer
_SETTLED_S: Final = 2e-4  # gain of the last rounds below which the line is found
_SETTLED_ROUNDS: Final = 5
_RELAXED: Final = 0.8  # of the price, after a round that gained
_TIGHTENED: Final = 1.6  # after one that did not
_MOST_ROUNDS: Final = 120


def min_time_line(
    corridor: Corridor,
    planner: SpeedPlanner,
    on_round: Callable[[float], None] | None = None,
    first: RacingLine | None = None,
) -> RacingLine:
    """The quickest line found, searched from `first` or, without it, from least curvature.

    `on_round` is told of each round and the best lap time so far.
    """
    firsts = [first] if first else [min_curvature_line(corridor, s) for s in _SHORTENINGS_1PM2]
    line, lap_time_s = min(
        ((line, planner.profile(line).lap_time_s) for line in firsts), key=lambda found: found[1]
    )
    roughness = _FIRST_ROUGHNESS_SM2
    gains_s = [1.0] * _SETTLED_ROUNDS
    for _ in range(_MOST_ROUNDS):
        trial = _trial(corridor, line, planner, roughness)
        trial_s = planner.profile(trial).lap_time_s
        if trial_s < lap_time_s:
            gains_s = [*gains_s[1:], lap_time_s - trial_s]
            line, lap_time_s = trial, trial_s
            roughness *= _RELAXED
        else:
            roughness *= _TIGHTENED
        if on_round is not None:
            on_round(lap_time_s)
        if roughness > _MOST_ROUGHNESS_SM2 or sum(gains_s) < _SETTLED_S:
            break
    return line


def _trial(
    corridor: Corridor, line: RacingLine, planner: SpeedPlanner, roughness: float
) -> RacingLine:
    """The line of least linearised lap time near this one."""
    slopes = planner.slopes(line)
    _, jacobian = linearised_curvature(corridor, line.offset_m)
    along_x = np.roll(line.x_m, -1) - line.x_m
    along_y = np.roll(line.y_m, -1) - line.y_m
    linear = jacobian.T @ slopes.by_curvature_sm + (
        stretch(corridor.normal_x).T @ (slopes.by_spacing_spm * along_x / line.spacing_m)
        + stretch(corridor.normal_y).T @ (slopes.by_spacing_spm * along_y / line.spacing_m)
    )
    step_m = least_within(
        roughness * (jacobian.T @ jacobian),
        linear,
        np.maximum(corridor.right_m - line.offset_m, -_TRUST_M),
        np.minimum(corridor.left_m - line.offset_m, _TRUST_M),
    )
    return line_at(corridor, line.offset_m + step_m)
