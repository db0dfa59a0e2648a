"""Write a lap as a nonlinear program: collocation at two points in each interval of a mesh.

The variables are the motion and the commands at the points, scaled to about one. The end of an
interval is the beginning of the next one, and that of the last is that of the first, as one flying
lap follows another. The derivatives are made once, for one interval, and put together for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from game.arrays import Array
from game.optimum.car_dynamics import Commands, Motion, PlaceOnLap, Subject, dynamics
from game.optimum.casadi_library import ca
from game.optimum.mesh import Mesh
from game.optimum.radau import FIRST_POINT, WEIGHTS

# Without these weights many ways to move the pedal and the wheel take the same time, and a search
# wanders among them.
_PEDAL_WEIGHT: Final = 3e-4  # s for a second of a pedal that moves by 1 a second
_STEERING_WEIGHT: Final = 1e-2  # s for a second of a steering angle that moves by 1 rad a second

_MOTION_SCALES: Final = Motion(3.0, 0.2, 40.0, 1.0, 0.5, 10.0, 10.0, 0.1, 0.05, 0.05, 0.05, 0.05)
_COMMAND_SCALES: Final = Commands(1.0, 0.5)
_SPIN_SCALE_RADPS: Final = 10.0
SCALES: Final = np.array([*_MOTION_SCALES, *_COMMAND_SCALES])
STATES: Final = len(_MOTION_SCALES)
POINT: Final = len(SCALES)  # variables of a point
_PLACE: Final = len(PlaceOnLap._fields)
_PEDAL: Final = STATES
_STEERING: Final = STATES + 1
_WHEELS: Final = 4
ROWS: Final = 2 * (STATES + _WHEELS)  # constraints of an interval: defects, then slips

Index = npt.NDArray[np.int64]


class Interval(NamedTuple):
    """Holds the functions of one interval.

    They are of the variables of three points (before, within and at the end), the interval's
    length, and the places of the last two.
    """

    values: Any  # constraints, time, cost
    slopes: Any  # Jacobian of the constraints, gradient of the cost
    curvature: Any  # upper triangle of the Lagrangian's Hessian


class Program(NamedTuple):
    """Holds the nonlinear program of a lap as CasADi's IPOPT wants it."""

    problem: dict[str, Any]
    derivatives: dict[str, Any]
    time_s: Any  # function of the variables: of each interval


class _Moved(NamedTuple):
    """Holds what a point adds to its interval, scaled."""

    quantities: Any
    rates: Any  # per metre
    time_spm: Any
    normalised_slips: Any


def interval(subject: Subject) -> Interval:
    """Return the functions of an interval for a car."""
    variables, length_m = ca.SX.sym("variables", 3 * POINT), ca.SX.sym("length_m")
    places = ca.SX.sym("places", 2 * _PLACE)
    before, first, second = ca.vertsplit(variables, POINT)
    begin = _moved(subject, before, places[:_PLACE])
    moved = [
        _moved(subject, point, place)
        for point, place in zip((first, second), ca.vertsplit(places, _PLACE), strict=True)
    ]
    defects = [
        end.quantities
        - begin.quantities
        - length_m * sum(weight * each.rates for weight, each in zip(weights, moved, strict=True))
        for end, weights in zip(moved, WEIGHTS, strict=True)
    ]
    constraints = ca.vertcat(*defects, *(each.normalised_slips for each in moved))
    time_s = length_m * sum(
        weight * each.time_spm for weight, each in zip(WEIGHTS[1], moved, strict=True)
    )
    cost = time_s + _effort(time_s, before, first, second)
    given = [variables, length_m, places]
    factor, multipliers = ca.SX.sym("factor"), ca.SX.sym("multipliers", ROWS)
    lagrangian = factor * cost + ca.dot(multipliers, constraints)
    hessian, _ = ca.hessian(lagrangian, variables)
    slopes = [ca.jacobian(constraints, variables), ca.densify(ca.gradient(cost, variables))]
    return Interval(
        ca.Function("values", given, [constraints, time_s, cost]),
        ca.Function("slopes", given, slopes),
        ca.Function("curvature", [*given, factor, multipliers], [ca.triu(hessian)]),
    )


def _moved(subject: Subject, point: Any, place: Any) -> _Moved:
    values = [scale * point[row] for row, scale in enumerate(SCALES.tolist())]
    moved = dynamics(
        subject,
        Motion(*values[:STATES]),
        Commands(*values[STATES:]),
        PlaceOnLap(*ca.vertsplit(place)),
    )
    scales = ca.DM([*_MOTION_SCALES[:-_WHEELS], *[_SPIN_SCALE_RADPS] * _WHEELS])
    return _Moved(
        ca.vertcat(*moved.quantities) / scales,
        ca.vertcat(*moved.rates) / scales / moved.progress_mps,
        1.0 / moved.progress_mps,
        ca.vertcat(*moved.normalised_slips),
    )


def _effort(time_s: Any, before: Any, first: Any, second: Any) -> Any:
    """Return the weighted effort of moving the pedal and the steering wheel, s."""
    pedal = (first[_PEDAL] - before[_PEDAL]) ** 2 / FIRST_POINT + (
        second[_PEDAL] - first[_PEDAL]
    ) ** 2 / (1.0 - FIRST_POINT)
    steering = sum(
        weight * point[_STEERING] ** 2
        for weight, point in zip(WEIGHTS[1], (first, second), strict=True)
    )
    scale = _COMMAND_SCALES.steering_radps**2
    return _PEDAL_WEIGHT * pedal / time_s + _STEERING_WEIGHT * scale * steering * time_s


def program(one: Interval, mesh: Mesh) -> Program:
    """Return the program of a lap on a mesh."""
    count = len(mesh.length_m)
    size = 2 * POINT * count
    variables, parameters = ca.MX.sym("variables", size), ca.MX.sym("parameters", 0)
    columns = ca.reshape(variables, 2 * POINT, count)
    before = ca.horzcat(columns[POINT:, count - 1], columns[POINT:, : count - 1])
    given = (ca.vertcat(before, columns), ca.DM(mesh.length_m).T, ca.DM(_places(mesh)))
    own = np.arange(size).reshape(count, 2 * POINT).T
    places = np.vstack([np.roll(own, 1, axis=1)[POINT:], own])  # of an interval's variables

    constraints, times_s, costs = one.values.map(count)(*given)
    cost, residuals = ca.sum2(costs), ca.vec(constraints)
    jacobians, gradients = one.slopes.map(count)(*given)
    rows = np.arange(ROWS * count).reshape(count, ROWS).T
    row, column = _nonzeros(one.slopes)
    jacobian = _sum((ROWS * count, size), rows[row], places[column], jacobians)
    gradient = _sum((size, 1), places, np.zeros_like(places), gradients)

    factor, multipliers = ca.MX.sym("factor"), ca.MX.sym("multipliers", ROWS * count)
    hessians = one.curvature.map(count)(
        *given, ca.repmat(factor, 1, count), ca.reshape(multipliers, ROWS, count)
    )
    row, column = _nonzeros(one.curvature)
    lower, upper = np.minimum(places[row], places[column]), np.maximum(places[row], places[column])
    hessian = _sum((size, size), lower, upper, hessians)
    asked = [variables, parameters]
    return Program(
        {"x": variables, "p": parameters, "f": cost, "g": residuals},
        {
            "jac_g": ca.Function(
                "jac_g", asked, [residuals, jacobian], ["x", "p"], ["g", "jac:g:x"]
            ),
            "grad_f": ca.Function(
                "grad_f", asked, [cost, ca.densify(gradient)], ["x", "p"], ["f", "grad:f:x"]
            ),
            "hess_lag": ca.Function(
                "hess_lag",
                [*asked, factor, multipliers],
                [hessian],
                ["x", "p", "lam:f", "lam:g"],
                ["triu:hess:gamma:x:x"],
            ),
        },
        ca.Function("time_s", [variables], [times_s]),
    )


def variables_of(points: Array) -> Array:
    """Return the program's variables for the values at the points, shape (14, 2, n)."""
    scaled = points / SCALES[:, None, None]
    variables: Array = scaled.transpose(2, 1, 0).ravel()
    return variables


def points_of(variables: Array) -> Array:
    """Return the values at the points, shape (14, 2, n), from the program's variables."""
    points: Array = variables.reshape(-1, 2, POINT).transpose(2, 1, 0) * SCALES[:, None, None]
    return points


def _places(mesh: Mesh) -> Array:
    """Return the two places of each interval, in the order of `PlaceOnLap`."""
    columns = [getattr(mesh, name) for name in PlaceOnLap._fields]
    return np.vstack([column[point] for point in (0, 1) for column in columns])


def _nonzeros(function: Any) -> tuple[Index, Index]:
    """Return the rows and columns of a function's first result."""
    row, column = function.sparsity_out(0).get_triplet()
    return np.array(row), np.array(column)


def _sum(shape: Sequence[int], row: Index, column: Index, blocks: Any) -> Any:
    """Return the sparse matrix that has the blocks' numbers at these places, added where several
    meet; row and column: shape (numbers of a block, blocks).
    """
    key = (column * shape[0] + row).ravel(order="F")
    unique, where = np.unique(key, return_inverse=True)
    pattern = ca.Sparsity.triplet(
        shape[0], shape[1], (unique % shape[0]).tolist(), (unique // shape[0]).tolist()
    )
    numbers = range(len(key))
    adding = ca.Sparsity.triplet(len(unique), len(key), where.tolist(), list(numbers))
    return ca.MX(pattern, ca.DM(adding, 1.0) @ blocks.nz[:])
