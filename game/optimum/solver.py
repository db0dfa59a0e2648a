"""IPOPT searches the optimum of a lap's program, and reports how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np

from game.arrays import Array
from game.bot.corridor import Corridor
from game.optimum.casadi_library import ca
from game.optimum.mesh import Mesh
from game.optimum.transcription import (
    POINT,
    ROWS,
    STATES,
    Interval,
    points_of,
    program,
    variables_of,
)
from game.vehicle.parts import Car

_MIN_MPS: Final = 3.0
_MAX_VALUES: Final = np.array([1.0, 100.0, 20.0, 3.0, 30.0, 30.0])  # of the rows after the offset
_MAX_WHEEL_SLIP: Final = 0.2

OnIteration = Callable[[int, float, float], None]  # iteration, cost in s, infeasibility


class Bounds(NamedTuple):
    """Holds the bounds of a search: of a trajectory's values, (14, 2, n), and of slips."""

    minimum: Array
    maximum: Array
    slip: float  # of all tyres, as a share of the peak slip


class Effort(NamedTuple):
    """Describes a search: how near to the bounds it begins, and when it ends."""

    barrier: float
    margin: float
    tolerance: float
    iterations: int


class Found(NamedTuple):
    """Holds the end of a search."""

    points: Array  # values of `ROWS` of a trajectory, shape (14, 2, n)
    times_s: Array  # of each interval
    slips: Array  # of each wheel as a share of its peak, shape (4, 2, n)
    converged: bool
    iterations: int
    infeasibility: float  # of the scaled constraints


def _watch(sizes: tuple[int, int], slip: float, on_iteration: OnIteration) -> Any:
    """Return what IPOPT calls after each iteration. sizes: numbers of variables and constraints."""
    variables, constraints = sizes
    lengths = {"x": variables, "f": 1, "g": constraints, "lam_x": variables}
    lengths |= {"lam_g": constraints, "lam_p": 0}

    class Watch(ca.Callback):  # type: ignore[misc]
        """Reports iterations, in the form that CasADi wants."""

        iteration = 0

        def get_n_in(self) -> int:
            """Return the number of a solver's results."""
            return int(ca.nlpsol_n_out())

        def get_n_out(self) -> int:
            """Return the number of answers: whether to stop."""
            return 1

        def get_sparsity_in(self, index: int) -> Any:
            """Return the shape of a result."""
            return ca.Sparsity.dense(lengths[str(ca.nlpsol_out(index))], 1)

        def eval(self, results: Any) -> list[int]:
            """Report an iteration."""
            missed = _infeasibility(np.array(results[2]).reshape(-1, ROWS), slip)
            on_iteration(self.iteration, float(results[1]), missed)
            self.iteration += 1
            return [0]

    watch = Watch()
    ca.Callback.__init__(watch)
    watch.construct("watch", {})
    return watch


def solve(
    one: Interval,
    mesh: Mesh,
    bounds: Bounds,
    guess: Array,
    effort: Effort,
    on_iteration: OnIteration | None = None,
) -> Found:
    """Return the optimum found from a guess, shape (14, 2, n)."""
    made = program(one, mesh)
    count = len(mesh.length_m)
    options = {**made.derivatives, **_options(effort)}
    if on_iteration is not None:
        watch = _watch((2 * POINT * count, ROWS * count), bounds.slip, on_iteration)
        options["iteration_callback"] = watch
    search = ca.nlpsol("search", "ipopt", made.problem, options)
    minimum, maximum = np.zeros((count, ROWS)), np.zeros((count, ROWS))
    minimum[:, 2 * STATES :], maximum[:, 2 * STATES :] = -1.0, bounds.slip
    low, high = variables_of(bounds.minimum), variables_of(bounds.maximum)
    result = search(
        x0=np.clip(variables_of(guess), low, high),
        lbx=low,
        ubx=high,
        lbg=minimum.ravel(),
        ubg=maximum.ravel(),
    )
    stats = search.stats()
    constraints = np.array(result["g"]).reshape(count, ROWS)
    return Found(
        points_of(np.array(result["x"]).ravel()),
        np.array(made.time_s(result["x"])).ravel(),
        constraints[:, 2 * STATES :].reshape(count, 2, -1).transpose(2, 1, 0),
        bool(stats["success"]),
        int(stats["iter_count"]),
        _infeasibility(constraints, bounds.slip),
    )


def bounds_of(car: Car, corridor: Corridor, mesh: Mesh) -> Bounds:
    """Return the bounds of a car in a corridor.

    Traction control and ABS hold a tyre's slip at their targets; one that is off counts as the
    gentlest, since without a bound a search takes ever longer for hundredths of a second.
    """
    points_m = mesh.points_m
    maximum = np.empty((POINT, *points_m.shape))
    maximum[1:7] = _MAX_VALUES[:, None, None]
    maximum[7] = car.steering.lock_rad
    maximum[8:12] = _MAX_WHEEL_SLIP
    maximum[12] = 1.0
    maximum[13] = car.steering.rate_radps
    minimum = -maximum
    minimum[2] = _MIN_MPS
    maximum[0] = np.interp(points_m, corridor.s_m, corridor.left_m, period=mesh.lap_m)
    minimum[0] = np.interp(points_m, corridor.s_m, corridor.right_m, period=mesh.lap_m)
    slip = max(car.traction_control.slip_target, car.anti_lock.slip_target)
    return Bounds(minimum, maximum, slip)


def _options(effort: Effort) -> dict[str, Any]:
    return {
        "print_time": False,
        "error_on_fail": False,
        "ipopt.print_level": 0,
        "ipopt.sb": "yes",  # no banner
        "ipopt.linear_solver": "mumps",
        "ipopt.tol": effort.tolerance,
        "ipopt.max_iter": effort.iterations,
        "ipopt.mu_init": effort.barrier,
        "ipopt.bound_push": effort.margin,
        "ipopt.bound_frac": effort.margin,
    }


def _infeasibility(constraints: Array, slip: float) -> float:
    """Return by how much the constraints of all intervals, shape (n, rows), are missed at most."""
    return float(
        max(
            np.abs(constraints[:, : 2 * STATES]).max(),
            (constraints[:, 2 * STATES :] - slip).max(),
        )
    )
