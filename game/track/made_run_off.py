"""Make barriers, and gravel and paved run-off before them.

Cars leave the track outside of corners, as far as the speed of the straight before carries them.
That far the barrier stands back where there is room, and before it lies gravel; where corners are
fast, and in cities, tarmac.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from game.arrays import Array, Mask
from game.track.corners import Corner
from game.track.defaults import track_defaults
from game.track.made_kerbs import other_side, rounded_on_lap, tight_part
from game.track.profiles import trapezium
from game.track.sample_runs import sample_runs
from game.track.sketch import SIDES, Sketch, around, no_steeper
from game.track.track_file import Barrier, BarrierSection, Gravel, Material, Paved, Side

_KNOTS: Final = 3  # samples from row to row of what is written
_RISE: Final = 0.55  # of a barrier towards the track and away from it, by the way along the lap
_INSIDE: Final = 0.6  # of the radius, inside a corner
_APPROACH_M: Final = 150.0  # before a corner, in which the speed of its straight is looked for
_FREE_M: Final = 0.9  # before a barrier
_BEFORE_BARRIER_M: Final = 2.0
_PAVED_BEFORE_BARRIER_M: Final = 0.8
_BEYOND_PAINT_M: Final = 0.4  # where gravel begins
_MIN_DEPTH_M: Final = 1.5  # of a trap at a row
_MIN_PEAK_M: Final = 4.0  # of a trap at its deepest
_MIN_ROWS: Final = 2
_BRIDGE_ENDS_M: Final = 64.0  # from a bridge, without run-off
_CONCRETE_M: Final = 350.0  # from the start line, at most


class RunOff(NamedTuple):
    """Holds the depths of run-off that cars need, at the samples, and where it is to be paved."""

    depth_m: dict[Side, Array]
    paved: dict[Side, Mask]


def needed_run_off(sketch: Sketch, *, city: bool) -> RunOff:
    """Return the run-off that a lap needs, whether or not there is room for it."""
    none = np.zeros(len(sketch.frames.s_m))
    run_off = RunOff(dict.fromkeys(SIDES, none), dict.fromkeys(SIDES, none > 0.0))
    for corner in sketch.corners:
        side = other_side(corner.inside)
        depth_m, paved = _needed(sketch, corner, city)
        deeper = depth_m > run_off.depth_m[side]
        run_off.depth_m[side] = np.maximum(run_off.depth_m[side], depth_m)
        run_off.paved[side] = np.where(deeper, paved, run_off.paved[side])
    if sketch.frames.has_bridges:
        reach = int(_BRIDGE_ENDS_M / sketch.step_m) + 1
        bridged = around((sketch.frames.tier > 0).astype(float), reach, lowest=False) > 0.0
        for side in SIDES:
            run_off.depth_m[side] = np.where(bridged, 0.0, run_off.depth_m[side])
    return run_off


def _needed(sketch: Sketch, corner: Corner, city: bool) -> tuple[Array, bool]:
    """Return the depth of run-off outside one corner, and whether it is to be paved."""
    sizes = track_defaults().run_off
    part = tight_part(sketch, corner)
    before = sketch.between(corner.turn_in_m - _APPROACH_M, corner.turn_in_m)
    fast_mps = float(sketch.speed_mps[before].max())
    square = fast_mps * fast_mps - part.speed_mps * part.speed_mps
    depth_m = min(sizes.depth_by_square_1pmps2 * square, sizes.max_depth_m)
    if city:
        depth_m *= track_defaults().barriers.city_depth
    elif depth_m < sizes.min_depth_m:
        depth_m = 0.0
    begin_m, end_m = corner.turn_in_m - sizes.begins_m, corner.exit_m + sizes.ends_m
    rise_m = max(part.from_m - begin_m, sizes.begins_m)
    lap_m = sketch.length_m
    if end_m - begin_m >= lap_m:
        return np.zeros(len(sketch.frames.s_m)), False
    shape = trapezium(sketch.frames.s_m, begin_m % lap_m, end_m % lap_m, rise_m, lap_m)
    smooth: Array = depth_m * shape * shape * (3.0 - 2.0 * shape)
    return smooth, city or part.speed_mps >= sizes.paved_from_mps


def barrier_m(sketch: Sketch, side: Side, run_off: RunOff, needed_m: Array, *, city: bool) -> Array:
    """Return how far from the centreline a barrier stands at the samples.

    needed_m: at the samples, what lies beside the track already, which stays before the barrier.
    """
    places, sizes = track_defaults().barriers, track_defaults().run_off
    edge_m, depth_m = sketch.edge_m[side], run_off.depth_m[side]
    verge_m = edge_m + (places.city_verge_m if city else places.verge_m)
    behind_m = 1.0 if city else sizes.inner_m + sizes.behind_m
    with_run_off_m = np.where(depth_m > 0.0, edge_m + depth_m + behind_m, verge_m)
    target_m = np.maximum(np.maximum(verge_m, with_run_off_m), needed_m)
    bend_1pm = sketch.frames.curvature_1pm * (1.0 if side == "left" else -1.0)
    inside_m = np.where(bend_1pm > 0.0, _INSIDE / np.maximum(bend_1pm, 1e-6), target_m)
    limit_m = np.minimum(sketch.limit_m(side), np.maximum(inside_m, needed_m))
    lowest_m = around(np.minimum(target_m, limit_m), _KNOTS, lowest=True)
    smooth_m = no_steeper(lowest_m, _RISE * sketch.step_m)
    return np.maximum(smooth_m, around(needed_m, _KNOTS, lowest=False))


def made_barrier(
    sketch: Sketch, side: Side, stands_m: Array, run_off: RunOff, *, city: bool
) -> Barrier:
    """Return a barrier at those distances: tyres behind run-off, concrete at the start straight."""
    rows = range(0, len(stands_m), _KNOTS)
    distance_m = [
        (rounded_on_lap(row * sketch.step_m, sketch.length_m), _up(stands_m[row])) for row in rows
    ]
    other = [BarrierSection("tyres", *ends) for ends in _deep(sketch, run_off.depth_m[side])]
    begin_m = -min(sketch.before_line_m(), _CONCRETE_M)
    end_m = min(sketch.after_line_m(), _CONCRETE_M)
    if end_m - begin_m > sketch.step_m and not city:
        ends_m = (rounded_on_lap(begin_m, sketch.length_m), rounded_on_lap(end_m, sketch.length_m))
        other.insert(0, BarrierSection("concrete", *ends_m))
    kind: Material = "concrete" if city else "armco"
    return Barrier(side, kind, distance_m, other)


def _up(value: float) -> float:
    return round(float(value) + 0.05, 1)


def _deep(sketch: Sketch, depth_m: Array) -> list[tuple[float, float]]:
    """Return the stretches where run-off is half as deep as it is beside that corner at most."""
    lap_m, sizes = sketch.length_m, track_defaults().run_off
    return [
        (
            rounded_on_lap(run.begin * sketch.step_m, lap_m),
            rounded_on_lap(run.end * sketch.step_m, lap_m),
        )
        for run in sample_runs(depth_m >= 0.5 * sizes.min_depth_m)
        if run.size > 1
    ]


class SideSpace(NamedTuple):
    """Says at the samples what lies on one side of the track.

    That is the track's edge, the barrier, and where the ground is something else already.
    """

    paint_m: Array
    barrier_m: Array
    taken: Mask


class Trap(NamedTuple):
    """Describes run-off: its side, rows of distance, inner and outer edge, its ground."""

    side: Side
    rows: list[tuple[float, float, float]]
    paved: bool

    @property
    def depth_m(self) -> float:
        """Return its depth where it is deepest."""
        return max(outer - inner for _, inner, outer in self.rows)


def made_traps(
    sketch: Sketch, run_off: RunOff, beside: dict[Side, SideSpace], *, city: bool
) -> list[Trap]:
    """Return the run-off before the barriers, where there is room for any."""
    min_m = _MIN_DEPTH_M if city else _MIN_PEAK_M
    traps = [
        trap
        for side in SIDES
        for trap in _traps(sketch, side, run_off, beside[side])
        if trap.depth_m >= min_m
    ]
    deepest = sorted((trap for trap in traps if trap.paved), key=_shallow)
    return [trap for trap in traps if not trap.paved] + _apart(deepest, sketch.length_m)


def gravel_of(traps: list[Trap]) -> list[Gravel]:
    """Return the gravel among the traps."""
    return [Gravel(trap.side, trap.rows) for trap in traps if not trap.paved]


def paved_of(traps: list[Trap]) -> list[Paved]:
    """Return the paved run-off among the traps."""
    return [
        Paved(
            [(s, inner, outer) for s, inner, outer in trap.rows]
            if trap.side == "left"
            else [(s, -outer, -inner) for s, inner, outer in trap.rows]
        )
        for trap in traps
        if trap.paved
    ]


def _shallow(trap: Trap) -> float:
    return -trap.depth_m


def _traps(sketch: Sketch, side: Side, run_off: RunOff, beside: SideSpace) -> list[Trap]:
    """Return the stretches of one side that have room for run-off.

    From row to row the edges stay between those of the rows; so each row keeps clear of all that
    lies between its neighbours.
    """
    at = np.arange(0, len(sketch.frames.s_m), _KNOTS)
    paint_m = around(beside.paint_m, _KNOTS, lowest=False)
    highest_m = around(sketch.edge_m[side], _KNOTS, lowest=False)
    gravel_m = np.maximum(highest_m + track_defaults().run_off.inner_m, paint_m + _BEYOND_PAINT_M)
    lowest_m = around(sketch.edge_m[side], _KNOTS, lowest=True)
    paved = run_off.paved[side]
    inner_m = np.where(paved, lowest_m, gravel_m)[at]
    depth_m = run_off.depth_m[side][at]
    gap_m = np.where(paved, _PAVED_BEFORE_BARRIER_M, _BEFORE_BARRIER_M)[at]
    reach_m = around(beside.barrier_m, _KNOTS, lowest=True)[at] - gap_m
    from_m = np.where(paved[at], paint_m[at], inner_m)
    outer_m = np.minimum(from_m + depth_m, reach_m)
    taken = around(beside.taken.astype(float), _KNOTS, lowest=False)[at] > 0.0
    able = (depth_m > 0.0) & (outer_m - from_m >= _MIN_DEPTH_M) & ~taken
    traps = []
    for run in sample_runs(able):
        if not _MIN_ROWS <= run.size <= len(at) - 3:
            continue
        there = run.indices(len(at))
        deepest = int(there[int(depth_m[there].argmax())])
        is_paved = bool(paved[at[deepest]])
        begin_m = lowest_m[at] if is_paved else gravel_m[at]
        rows = []
        for row in range(run.begin - 1, run.end + 2):
            k = row % len(at)
            outer = outer_m[k] if run.begin <= row <= run.end else begin_m[k]
            s_m = rounded_on_lap(float(at[k]) * sketch.step_m, sketch.length_m)
            inner = round(float(begin_m[k]), 2)
            rows.append((s_m, inner, max(round(float(outer), 2), inner)))
        traps.append(Trap(side, rows, is_paved))
    return traps


def _apart(traps: list[Trap], lap_m: float) -> list[Trap]:
    """Return those of the traps that lie beside no other one, either side, the first ones first.

    The ground has one paved stretch at a rounded_on_lap.
    """
    kept: list[Trap] = []
    for trap in traps:
        if not any(_meet(trap, other, lap_m) for other in kept):
            kept.append(trap)
    return kept


def _meet(trap: Trap, other: Trap, lap_m: float) -> bool:
    def begins_in(one: Trap, two: Trap) -> bool:
        span_m = (two.rows[-1][0] - two.rows[0][0]) % lap_m
        return bool((one.rows[0][0] - two.rows[0][0]) % lap_m <= span_m)

    return begins_in(trap, other) or begins_in(other, trap)
