"""Make a line faster by steps of line and speeds together.

Each step solves a convex quadratic program: of offsets and of squared speeds, with the car's limits
as planes (`limit_planes`). So it finds where a station that was not limited comes to be, which a
gradient of the lap time cannot tell: a corner can be slowest at one place and be driven through at
even speed after one step. Steps are kept if the speed passes confirm a gain.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.bot.corridor import Corridor, line_at
from game.bot.cyclic_bands import CyclicPentadiagonal, CyclicTridiagonal
from game.bot.lap_program import LapLimits, LapProgram, solve_lap_program
from game.bot.min_curvature_line import linearised_curvature
from game.quasi_steady.limit_planes import Planes
from game.quasi_steady.racing_line import RacingLine
from game.quasi_steady.speed_profile import SpeedPlanner

_TRUST_M: Final = 1.5  # the linearisation is trusted no farther
_FIRST_PENALTY_SM2: Final = 1000.0  # of a squared change of curvature at a station
_RELAXED: Final = 0.5  # factor of the penalty after a step that gained most of its promise, ...
_TIGHTENED: Final = 1.5  # ... after one that gained little of it, ...
_REFUSED: Final = 3.0  # ... and after one that lost
_MOST: Final = 0.5
_LITTLE: Final = 0.2
_MAX_STEPS: Final = 60
_MAX_REFUSED: Final = 7  # in a row
_CONVERGED_S: Final = 1e-3  # gain of the last steps below which the line is found
_CONVERGED_STEPS: Final = 4
_PRECISION_S: Final = 1e-5  # of a step
_EDGE_M: Final = 1e-6  # that a line may lie outside of its corridor
_LATERAL_SCALE: Final = 100.0  # m2/s2; makes shares of grip as large as squares of speeds
_STIFFNESS: Final = 1e-9  # keeps straights, where any offset costs nothing, from wandering


class TimedLine(NamedTuple):
    """Holds a line and its quasi-steady lap time."""

    line: RacingLine
    lap_time_s: float


class _LinePieces(NamedTuple):
    """Holds the pieces from each station to the next; shape (n,)."""

    length_m: Array
    by_offset: Array  # change of the length with the station's offset ...
    by_next_offset: Array  # ... and with the one of the next


def faster_line(
    corridor: Corridor,
    planner: SpeedPlanner,
    first: TimedLine,
    on_round: Callable[[float], None] | None = None,
) -> TimedLine:
    """Return the fastest line that is found from a first one."""
    best = first
    penalty = _FIRST_PENALTY_SM2
    gains_s = [1.0] * _CONVERGED_STEPS
    refused = 0
    for _ in range(_MAX_STEPS):
        step_m, promised_s = _step(corridor, planner, best.line, penalty)
        line = line_at(
            corridor, np.clip(best.line.offset_m + step_m, corridor.right_m, corridor.left_m)
        )
        gain_s = best.lap_time_s - planner.profile(line).lap_time_s
        if gain_s > 0.0:
            best, refused = TimedLine(line, best.lap_time_s - gain_s), 0
            gains_s = [*gains_s[1:], gain_s]
        else:
            refused += 1
        penalty *= _penalty_factor(gain_s, promised_s)
        if on_round is not None:
            on_round(best.lap_time_s)
        if refused > _MAX_REFUSED or sum(gains_s) < _CONVERGED_S:
            break
    return best


def _penalty_factor(gain_s: float, promised_s: float) -> float:
    if gain_s <= 0.0:
        return _REFUSED
    if gain_s > _MOST * promised_s:
        return _RELAXED
    return _TIGHTENED if gain_s < _LITTLE * promised_s else 1.0


def _step(
    corridor: Corridor, planner: SpeedPlanner, line: RacingLine, penalty: float
) -> tuple[Array, float]:
    """Return the step of the offsets, shape (n,), and the time that it promises to gain."""
    speed_mps = planner.profile(line).speed_mps
    pieces = _pieces(corridor, line)
    _, jacobian = linearised_curvature(corridor, line.offset_m)
    side = np.where(line.curvature_1pm < 0.0, -1.0, 1.0)
    bend = CyclicTridiagonal(*(side * column for column in jacobian))
    limits = _limits(planner, line, speed_mps, pieces, bend)
    right_m = np.maximum(corridor.right_m - line.offset_m, -_TRUST_M) - _EDGE_M
    left_m = np.minimum(corridor.left_m - line.offset_m, _TRUST_M) + _EDGE_M
    linear, by_squares = _time(speed_mps, pieces)
    bending = jacobian.squared().times(penalty)
    bending = bending._replace(here=bending.here + _STIFFNESS)
    quadratic = by_squares, bending
    step = solve_lap_program(LapProgram(quadratic, linear, limits, right_m, left_m), _PRECISION_S)
    return step[1], -float((linear * step).sum())


def _pieces(corridor: Corridor, line: RacingLine) -> _LinePieces:
    along_x = (np.roll(line.x_m, -1) - line.x_m) / line.spacing_m
    along_y = (np.roll(line.y_m, -1) - line.y_m) / line.spacing_m
    return _LinePieces(
        line.spacing_m,
        -(along_x * corridor.normal_x + along_y * corridor.normal_y),
        along_x * np.roll(corridor.normal_x, -1) + along_y * np.roll(corridor.normal_y, -1),
    )


def _time(speed_mps: Array, pieces: _LinePieces) -> tuple[Array, CyclicPentadiagonal]:
    """Return the lap time's changes with squared speeds and offsets, shape (2, n), and the second
    ones with squared speeds.

    A piece takes 2 ds / (v + v_after).
    """
    after_mps = np.roll(speed_mps, -1)
    both_mps = speed_mps + after_mps
    slowness = 2.0 / both_mps
    by_speed = -slowness * pieces.length_m / both_mps
    by_square = (by_speed + np.roll(by_speed, 1)) / (2.0 * speed_mps)
    by_offset = slowness * pieces.by_offset + np.roll(slowness * pieces.by_next_offset, 1)
    twice = 2.0 * slowness * pieces.length_m / both_mps**2 / 4.0
    own = twice / speed_mps**2 * (1.0 + 0.5 * both_mps / speed_mps)
    next_own = twice / after_mps**2 * (1.0 + 0.5 * both_mps / after_mps)
    nothing = np.zeros_like(own)
    return np.array([by_square, by_offset]), CyclicPentadiagonal(
        own + np.roll(next_own, 1), twice / (speed_mps * after_mps), nothing
    )


def _limits(
    planner: SpeedPlanner,
    line: RacingLine,
    speed_mps: Array,
    pieces: _LinePieces,
    bend: CyclicTridiagonal,
) -> LapLimits:
    """Return the limits of drive, brakes and cornering."""
    drive, brake, share = planner.planes(line, speed_mps)
    square = speed_mps**2
    before = _LinePieces(*(np.roll(column, 1) for column in pieces))
    kinds = [
        _accelerating(drive, pieces, bend, np.roll(square, -1) - square, 2),
        _accelerating(brake, before, bend, np.roll(square, 1) - square, 1),
        _cornering(share, bend),
    ]
    rows, room = (np.concatenate(column) for column in zip(*kinds, strict=True))
    return LapLimits(rows, room, len(drive.value), len(brake.value))


def _accelerating(
    planes: Planes, pieces: _LinePieces, bend: CyclicTridiagonal, rise: Array, begin: int
) -> tuple[Array, Array]:
    """Return rows and room of an acceleration's limit: what the square of the speed may rise by.

    pieces: those to the station after (drive), or from the one before (brakes); begin: the entry of
    the offset where they begin; rise: what the square rises by there now, m2/s2.
    """
    twice_m = 2.0 * pieces.length_m
    rows = _rows(-1.0 - twice_m * planes.by_square, -twice_m * planes.by_curvature, bend)
    rows[:, 2] -= twice_m * planes.by_offset
    rows[:, begin] -= 2.0 * planes.value * pieces.by_offset
    rows[:, begin + 1] -= 2.0 * planes.value * pieces.by_next_offset
    return rows, twice_m * planes.value - rise


def _cornering(share: Planes, bend: CyclicTridiagonal) -> tuple[Array, Array]:
    """Return rows and room of the share of lateral grip."""
    rows = _rows(share.by_square, share.by_curvature, bend)
    rows[:, 2] += share.by_offset
    return _LATERAL_SCALE * rows, _LATERAL_SCALE * (1.0 - share.value)


def _rows(by_square: Array, by_curvature: Array, bend: CyclicTridiagonal) -> Array:
    """Return rows of limits by their changes with the square of the speed and the curvature."""
    rows = np.empty((len(by_square), 4, len(bend.here)))
    rows[:, 0] = by_square
    for column, entries in zip((1, 2, 3), bend, strict=True):
        rows[:, column] = by_curvature * entries
    return rows
