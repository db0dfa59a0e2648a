"""Find a car's line of minimum lap time: curvature and length weighted by their cost in time.

A first search goes by the lap time's gradient. Each round takes it by curvature and length, finds
the offsets of minimum linearised time within a trust region, and keeps them if the speed passes
confirm a gain. A small penalty on the change of curvature keeps the line from getting jagged.

The lap time hangs on the curvature of the few stations where a corner is slowest. A step that
straightens only those bends their neighbours, which are slowest then, and a search by such steps
stops short by up to some thousandths of the lap time. So the gradient by curvature is spread over
the stations around, and a second search goes by line and speeds together (`line_and_speed`).
Searches from several lines end in different places, some ten-thousandths apart; the best is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.bot.bounded_qp import BoundedMinimum, solve_bounded_qp
from game.bot.corridor import Corridor, line_at
from game.bot.cyclic_bands import CyclicPentadiagonal
from game.bot.line_and_speed import TimedLine, faster_line
from game.bot.min_curvature_line import (
    difference_matrix,
    linearised_curvature,
    min_curvature_line,
)
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.speed_profile import SpeedPlanner
from game.trig_arrays import directions
from game.units import PI

_LENGTH_WEIGHTS_1PM2: Final = (2e-4, 3e-3)  # of the lines from which searches start
_TRUST_M: Final = 1.5  # the linearisation is trusted no farther
_FIRST_PENALTY_SM2: Final = 5000.0  # of a squared change of curvature at a station
_MAX_PENALTY_SM2: Final = 1e8  # a round that needs more gains nothing any longer
_CONVERGED_S: Final = 2e-4  # gain of the last rounds below which the line is found
_CONVERGED_ROUNDS: Final = 5
_RELAXED: Final = 0.8  # factor of the penalty after a round that gained ...
_TIGHTENED: Final = 1.6  # ... and after one that did not
_MAX_ROUNDS: Final = 120
_SPREAD: Final = 9  # stations over which the gradient by curvature is spread


class _LinearisedTime(NamedTuple):
    """Holds the lap time near a line, to first order, and what a change of curvature costs."""

    by_offset_spm: Array  # change of the lap time with the line's offset at each station, (n,)
    bending: CyclicPentadiagonal  # the change of curvature, squared and summed, as a form


def min_time_line(
    corridor: Corridor,
    planner: SpeedPlanner,
    on_round: Callable[[float], None] | None = None,
) -> RacingLine:
    """Return the fastest line found, searched from minimum-curvature lines.

    `on_round` is called after each round with the best lap time so far.
    """
    found = []
    for weight in _LENGTH_WEIGHTS_1PM2:
        line = min_curvature_line(corridor, weight)
        first = TimedLine(line, planner.profile(line).lap_time_s)
        first = _searched(corridor, planner, first, on_round)
        found.append(faster_line(corridor, planner, first, on_round))
    return min(found, key=lambda each: each.lap_time_s).line


def _searched(
    corridor: Corridor,
    planner: SpeedPlanner,
    first: TimedLine,
    on_round: Callable[[float], None] | None,
) -> TimedLine:
    """Return the fastest line that one search finds from a first one."""
    line, lap_time_s = first
    near = _linearised(corridor, line, planner)
    penalty, step = _FIRST_PENALTY_SM2, None
    gains_s = [1.0] * _CONVERGED_ROUNDS
    for _ in range(_MAX_ROUNDS):
        step = _best_step(corridor, line, near, penalty, step)
        trial = line_at(corridor, line.offset_m + step.x)
        trial_s = planner.profile(trial).lap_time_s
        if trial_s < lap_time_s:
            gains_s = [*gains_s[1:], lap_time_s - trial_s]
            line, lap_time_s = trial, trial_s
            near = _linearised(corridor, line, planner)
            penalty *= _RELAXED
        else:
            penalty *= _TIGHTENED
        if on_round is not None:
            on_round(lap_time_s)
        if penalty > _MAX_PENALTY_SM2 or sum(gains_s) < _CONVERGED_S:
            break
    return TimedLine(line, lap_time_s)


def _linearised(corridor: Corridor, line: RacingLine, planner: SpeedPlanner) -> _LinearisedTime:
    """Return how the lap time and the curvature change where the line moves a little."""
    gradient = planner.gradient(line)
    _, jacobian = linearised_curvature(corridor, line.offset_m)
    along_x = np.roll(line.x_m, -1) - line.x_m
    along_y = np.roll(line.y_m, -1) - line.y_m
    by_x = gradient.by_spacing_spm * along_x / line.spacing_m
    by_y = gradient.by_spacing_spm * along_y / line.spacing_m
    return _LinearisedTime(
        by_offset_spm=gradient.by_offset_spm
        + jacobian.transposed_times(_spread(gradient.by_curvature_sm))
        + (
            difference_matrix(corridor.normal_x).transposed_times(by_x)
            + difference_matrix(corridor.normal_y).transposed_times(by_y)
        ),
        bending=jacobian.squared(),
    )


def _spread(values: Array) -> Array:
    """Return values along the lap, each spread over the stations around it."""
    half = _SPREAD // 2
    away = range(-half, half + 1)
    weights = 1.0 + directions(PI / (half + 1) * np.array(away, np.float64)).cos  # Hann's
    weights /= weights.sum()
    return sum(
        (weight * np.roll(values, shift) for weight, shift in zip(weights, away, strict=True)),
        np.zeros_like(values),
    )


def _best_step(
    corridor: Corridor,
    line: RacingLine,
    near: _LinearisedTime,
    penalty: float,
    last: BoundedMinimum | None,
) -> BoundedMinimum:
    """Return the change of a line's offsets to the minimum linearised lap time near it.

    last: that of the last round.
    """
    return solve_bounded_qp(
        near.bending.times(penalty),
        near.by_offset_spm,
        np.maximum(corridor.right_m - line.offset_m, -_TRUST_M),
        np.minimum(corridor.left_m - line.offset_m, _TRUST_M),
        last,
    )
