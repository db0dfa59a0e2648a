"""Keep optimal laps in the cache: each is worked out once for a circuit, a car and a mesh.

Nothing here needs CasADi, so that other commands can say what is known.
"""

from __future__ import annotations

import io
import math
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from game.arrays import Array
from game.bot.plan_cache import plan_key
from game.files import cache_folder
from game.kept_results import keep_result, read_result
from game.optimum.trajectory import ROWS, Trajectory
from game.program_digest import program_digest
from game.track.track import Track
from game.vehicle.setup import Setup, on_frozen_tyres
from game.vehicle.spec import CarSpec

MESH_M: Final = 5.0  # the mean interval of a lap, unless asked for otherwise
_MAX_BYTES: Final = 16_000_000  # of a file and of its content; a lap takes some 300,000
_SOLVING: Final = "game.optimum.optimal_lap"


@dataclass(frozen=True)
class OptimalLap:
    """Holds a lap of minimum time; arrays are of the points of the mesh, shape (n,)."""

    lap_time_s: float
    iterations: float
    infeasibility: float  # of the scaled equations
    time_s: Array  # at which a point is passed, from the start line
    slip: Array  # of the tyre that slips most, as a share of its peak slip
    s_m: Array
    values: Array  # those of a trajectory, shape (14, n)

    @property
    def trajectory(self) -> Trajectory:
        """Return the motion and the commands."""
        return Trajectory(self.s_m, self.values)


def kept_lap(
    track: Track, spec: CarSpec, setup: Setup, mesh_m: float = MESH_M
) -> OptimalLap | None:
    """Return the optimal lap of a car with its setup if it is in the cache."""
    return read_result(_path(track, spec, setup, mesh_m), _MAX_BYTES, _decoded)


def keep_lap(lap: OptimalLap, track: Track, spec: CarSpec, setup: Setup, mesh_m: float) -> None:
    """Keep a lap; one that cannot be kept is worked out again next time."""
    stream = io.BytesIO()
    np.savez(stream, **{name: getattr(lap, name) for name in OptimalLap.__dataclass_fields__})
    keep_result(_path(track, spec, setup, mesh_m), stream.getvalue())


def _path(track: Track, spec: CarSpec, setup: Setup, mesh_m: float) -> Path:
    key = plan_key(program_digest(_SOLVING), track, spec, on_frozen_tyres(setup))
    return cache_folder() / "optimal_laps" / f"{track.name}-{key}-{mesh_m!r}.npz"


def _decoded(content: bytes) -> OptimalLap:
    """Raises ValueError for content that is no lap."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as members:
            if sum(member.file_size for member in members.infolist()) > _MAX_BYTES:
                raise ValueError("too large")
        with np.load(io.BytesIO(content)) as stored:
            values: dict[str, Any] = {
                name: value if value.ndim else float(value) for name, value in stored.items()
            }
        lap = OptimalLap(**values)
    except Exception as error:  # zip, numpy and its headers fail in a dozen ways
        raise ValueError("no lap") from error
    _check(lap)
    return lap


def _check(lap: OptimalLap) -> None:
    """Raise ValueError for a lap without numbers where they have to be."""
    count = len(lap.s_m)
    columns = (lap.time_s, lap.slip, lap.s_m)
    if (
        count < 2
        or lap.values.shape != (len(ROWS), count)
        or any(column.shape != (count,) for column in columns)
        or not all(np.isfinite(column).all() for column in (*columns, lap.values))
        or not math.isfinite(lap.lap_time_s)
    ):
        raise ValueError("not a sound lap")
