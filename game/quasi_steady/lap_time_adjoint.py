"""Find the gradient of the lap time by a line's curvature and length: the passes' adjoint.

A station's speed depends on its own curvature, on the station before it (drive) or on the one after
it (brakes). The adjoint of its speed, the change of the lap time with it, is propagated back along
that chain to the places whose curvature limits the speed.
"""

from __future__ import annotations

from typing import Final

from game.compiled import tick_function
from game.quasi_steady.ggv_limits import GgvLimits
from game.quasi_steady.speed_passes import (
    BRAKE,
    CORNERING,
    DRIVE,
    LAPS,
    LapTables,
    acceleration_at,
    cornering_at,
)

_PROBE_MPS: Final = 1e-3  # to differentiate the limits
_PROBE_1PM: Final = 1e-6


@tick_function
def run_adjoint(limits: tuple[GgvLimits, ...], tables: LapTables) -> None:
    """Fill `by_curvature_sm` and `by_spacing_spm` after `run_passes`."""
    _start(tables)
    count = len(tables.speed_mps)
    for _ in range(LAPS):  # twice round: a chain may cross the start of the lap
        for index in range(count):
            after = index + 1 if index + 1 < count else 0
            _backpropagate(limits, tables, BRAKE, index, after, index)
    for _ in range(LAPS):
        for index in range(count - 1, -1, -1):
            before = index - 1 if index > 0 else count - 1
            _backpropagate(limits, tables, DRIVE, index, before, before)
    for index in range(count):
        if tables.limited_by[index] == CORNERING:
            tighter = cornering_at(limits, tables, index, _PROBE_1PM)
            change = tighter - tables.speed_mps[index]
            tables.by_curvature_sm[index] += tables.adjoint_spmps[index] * change / _PROBE_1PM


@tick_function
def _start(tables: LapTables) -> None:
    """The lap time is the sum of 2 ds / (v + v_after): its changes with each v and each ds."""
    speed = tables.speed_mps
    adjoint = tables.adjoint_spmps
    count = len(speed)
    for index in range(count):
        adjoint[index] = 0.0
    for index in range(count):
        after = index + 1 if index + 1 < count else 0
        both = speed[index] + speed[after]
        tables.by_spacing_spm[index] = 2.0 / both
        per_speed = -2.0 * tables.spacing_m[index] / (both * both)
        adjoint[index] += per_speed
        adjoint[after] += per_speed
        tables.by_curvature_sm[index] = 0.0


@tick_function
def _backpropagate(
    limits: tuple[GgvLimits, ...],
    tables: LapTables,
    limit: int,
    index: int,
    source: int,
    piece: int,
) -> None:
    """Move the adjoint of a speed that depends on another station's to what that one depends on.

    v**2 = v_source**2 + 2 a(v_source, curvature) ds, differentiated.
    """
    adjoint = tables.adjoint_spmps[index]
    if tables.limited_by[index] != limit or adjoint == 0.0:
        return
    speed = tables.speed_mps[source]
    spacing = tables.spacing_m[piece]
    accel = acceleration_at(limits, tables, limit, source, speed, 0.0)
    faster = acceleration_at(limits, tables, limit, source, speed + _PROBE_MPS, 0.0)
    tighter = acceleration_at(limits, tables, limit, source, speed, _PROBE_1PM)
    per_mps = (faster - accel) / _PROBE_MPS
    per_1pm = (tighter - accel) / _PROBE_1PM
    share = adjoint / tables.speed_mps[index]
    tables.adjoint_spmps[source] += share * (speed + spacing * per_mps)
    tables.by_curvature_sm[source] += share * spacing * per_1pm
    tables.by_spacing_spm[piece] += share * accel
    tables.adjoint_spmps[index] = 0.0
