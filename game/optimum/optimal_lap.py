"""Search the lap of minimum time of a car on a circuit, within the corridor that the bot has."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import numpy as np

from game.bot.corridor import KERB_SHARE, corridor
from game.bot.plan import Plan
from game.errors import UnfinishedLapError
from game.optimum.car_dynamics import Subject
from game.optimum.first_guess import first_guess
from game.optimum.kept_laps import MESH_M, OptimalLap, keep_lap
from game.optimum.mesh import Mesh, make_mesh
from game.optimum.solver import Effort, Found, bounds_of, solve
from game.optimum.trajectory import Trajectory
from game.optimum.transcription import interval
from game.track.surfaces import KERB, TARMAC
from game.track.track import Track
from game.vehicle.parts import Car, make_car
from game.vehicle.setup import Setup, on_frozen_tyres
from game.vehicle.spec import CarSpec
from game.vehicle.state import Ground

# A coarse mesh is searched first, since a step on it costs a quarter; its end need not be exact.
_COARSENESS: Final = (4.0, 2.0, 1.0)
_FIRST: Final = Effort(barrier=1e-4, margin=1e-4, tolerance=1e-3, iterations=100)
_BETWEEN: Final = Effort(barrier=1e-5, margin=1e-6, tolerance=1e-3, iterations=80)
_LAST: Final = Effort(barrier=1e-5, margin=1e-6, tolerance=1e-5, iterations=400)

OnProgress = Callable[[str, int, float, float], None]  # mesh, iteration, time in s, infeasibility


class NotConvergedError(UnfinishedLapError):
    """Says that a search did not end at an optimum. The message is one line."""


def optimal_lap(
    track: Track,
    spec: CarSpec,
    setup: Setup,
    plan: Plan,
    mesh_m: float = MESH_M,
    near: OptimalLap | None = None,
    on_progress: OnProgress | None = None,
) -> OptimalLap:
    """Search the optimal lap, and keep it in the cache.

    plan: the bot's, to begin with. near: the optimum of a setup that differs little, to begin
    with instead. Raises NotConvergedError.
    """
    setup = on_frozen_tyres(setup)
    car = make_car(spec, setup)
    wet = spec.weather.is_wet
    one = interval(_subject(track, car, setup, wet))
    open_m = corridor(track, spec.chassis.width_m, 0.0 if wet else KERB_SHARE)
    guess = first_guess(car, setup.initial_charge, plan) if near is None else near.trajectory
    for coarseness in _COARSENESS if near is None else _COARSENESS[-1:]:
        mesh = make_mesh(track, spec, setup, plan, coarseness * mesh_m)
        effort = _FIRST if coarseness == _COARSENESS[0] else _BETWEEN
        found = solve(
            one,
            mesh,
            bounds_of(car, open_m, mesh),
            guess.at(mesh.points_m, track.length_m),
            _LAST if coarseness == 1.0 else effort,
            on_progress and partial(on_progress, f"mesh of {coarseness * mesh_m:g} m"),
        )
        guess = _trajectory(mesh, found)
    lap = _lap(found, guess)
    keep_lap(lap, track, spec, setup, mesh_m)
    return lap


def _subject(track: Track, car: Car, setup: Setup, wet: bool) -> Subject:
    tarmac, kerb = (track.tables.surfaces[number] for number in (TARMAC, KERB))
    return Subject(
        car,
        setup.initial_charge,
        Ground(tarmac.grip, tarmac.rolling_resistance),
        Ground(kerb.grip, kerb.rolling_resistance),
        track.tables.hilly > 0,
        wet,
    )


def _trajectory(mesh: Mesh, found: Found) -> Trajectory:
    return Trajectory(mesh.points_m.T.ravel(), found.points.transpose(0, 2, 1).reshape(14, -1))


def _lap(found: Found, trajectory: Trajectory) -> OptimalLap:
    """Return the lap that was found. Raises NotConvergedError."""
    if not found.converged:
        raise NotConvergedError(
            f"the search for the optimum did not converge in {found.iterations} iterations (its "
            f"equations are missed by {found.infeasibility:.1e}): try another --mesh"
        )
    ends_s = np.cumsum(found.times_s)
    begins_s = ends_s - found.times_s
    speed = 1.0 / found.points[2]  # shares the time of an interval between its two parts
    first_s = begins_s + found.times_s * speed[0] / (speed[0] + 2.0 * speed[1])
    return OptimalLap(
        lap_time_s=float(ends_s[-1]),
        iterations=float(found.iterations),
        infeasibility=found.infeasibility,
        time_s=np.vstack([first_s, ends_s]).T.ravel(),
        slip=found.slips.max(axis=0).T.ravel(),
        s_m=trajectory.s_m,
        values=trajectory.values,
    )
